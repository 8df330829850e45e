package org.followthrough.deadline;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When a limit passes. Days are London's; what is counted in days falls due when the last of them closes
 * ({@link WorkingDays#CLOSING}). Every result is a whole second, so that a timer, a task and a row of the database can
 * hold the same instant however precisely each of them stores it.
 */
public final class DueDates {

  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  private final Map<Nation, WorkingDays> calendars = new EnumMap<>(Nation.class);

  /** @param workingDays ours; the other nations' holidays are those of the library, which our corrections do not touch */
  public DueDates(WorkingDays workingDays) {
    for (var nation : Nation.values()) {
      calendars.put(nation, nation == Nation.ENGLAND_AND_WALES ? workingDays : new WorkingDays(List::of, nation.calendar()));
    }
  }

  /**
   * When the limit of this row passes.
   *
   * @param countedFrom when that happened from which the row counts
   * @throws IllegalArgumentException for {@link Unit#EARLIER_OF}, which counts from more than one date
   */
  public Instant due(DeadlineRow row, Instant countedFrom) {
    var start = countedFrom.truncatedTo(ChronoUnit.SECONDS);
    var day = WorkingDays.dayOf(start);
    var workingDays = calendars.get(row.holidaysOf());
    return switch (row.unit()) {
      case HOURS -> start.plus(Duration.ofHours(row.amount()));
      case HOURS_BEFORE -> start.minus(Duration.ofHours(row.amount()));
      case SAME_DAY -> day.atTime(END_OF_DAY).atZone(WorkingDays.LONDON).toInstant();
      case WORKING_DAYS -> WorkingDays.closingOf(workingDays.after(day, row.amount(), row.convention()));
      case WORKING_DAYS_BEFORE -> WorkingDays.closingOf(workingDays.before(day, row.amount(), row.convention()));
      case DAYS -> WorkingDays.closingOf(day.plusDays(row.convention().steps(row.amount())));
      case DAYS_BEFORE -> WorkingDays.closingOf(day.minusDays(row.convention().steps(row.amount())));
      // A review held early is lawful, one held late is not: back to a day on which it can be held.
      case MONTHS -> WorkingDays.closingOf(workingDays.onOrBefore(day.plusMonths(row.amount())));
      case EARLIER_OF -> throw new IllegalArgumentException(
          "%s %s counts from several dates of the record".formatted(row.process(), row.obligation()));
    };
  }

  /**
   * The row by which an obligation falls due now: itself, or of the rows of {@link Unit#EARLIER_OF} the one that passes
   * first. Some of those may still lack their date, such as the birth of an unborn child: then the others count. One that
   * counts back in working days prepares for a day ahead, and is left out while that is prepared for already.
   *
   * @param dates from a name of the column "countFrom" to when it happened, null when the record holds no such date
   * @throws IllegalStateException when no date is there; it is never taken for now
   */
  public DeadlineRow counting(DeadlineRow row, Function<String, Instant> dates, DeadlineTable table) {
    var rows = row.unit() == Unit.EARLIER_OF
        ? row.alternatives().stream().map(obligation -> table.row(row.process(), obligation)).toList()
        : List.of(row);
    var known = rows.stream().filter(candidate -> dates.apply(candidate.countFrom()) != null).toList();
    return known.stream()
        .filter(candidate -> !prepared(candidate, known, dates))
        .min(Comparator.comparing(candidate -> due(candidate, dates.apply(candidate.countFrom()))))
        .orElseThrow(() -> new IllegalStateException("%s %s counts from %s, and the record holds no such date"
            .formatted(row.process(), row.obligation(),
                rows.stream().map(start -> '"' + start.countFrom() + '"').collect(Collectors.joining(" or ")))));
  }

  /**
   * Whether a day ahead is prepared for: the limit before it had passed when another row began to count, or another row asks
   * for nothing more before that day. Else the core group just held would be followed by one that is overdue at once.
   */
  private boolean prepared(DeadlineRow before, List<DeadlineRow> known, Function<String, Instant> dates) {
    if (before.unit() != Unit.WORKING_DAYS_BEFORE) {
      return false;
    }
    var ahead = dates.apply(before.countFrom());
    var limit = WorkingDays.dayOf(due(before, ahead));
    return known.stream().filter(other -> other.unit() != Unit.WORKING_DAYS_BEFORE).anyMatch(other -> {
      var from = dates.apply(other.countFrom());
      return !WorkingDays.dayOf(from).isBefore(limit) || WorkingDays.dayOf(due(other, from)).isAfter(WorkingDays.dayOf(ahead));
    });
  }

  /** When an obligation is due by the row that counts now. */
  public Instant due(DeadlineRow row, Function<String, Instant> dates, DeadlineTable table) {
    DeadlineRow counting = counting(row, dates, table);
    return due(counting, dates.apply(counting.countFrom()));
  }

  /** From when a clock that falls due then is marked amber; the due time itself where the row asks for no mark. */
  public Instant amberFrom(DeadlineRow row, Instant due) {
    return due.minus(Duration.ofHours(row.warnHours()));
  }
}
