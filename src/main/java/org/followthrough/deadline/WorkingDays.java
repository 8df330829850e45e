package org.followthrough.deadline;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The days on which offices work, those of England unless another nation is named: Monday to Friday without bank holidays,
 * corrected by the authority's own table of overrides (domain/working-days, pitfalls 1 and 2). A council's closing days
 * between Christmas and New Year are working days: statutory limits run through them (pitfall 3).
 *
 * <p>The bank holidays of a year are worked out once and kept; the overrides are read anew for each count, because another
 * node may have entered one. Any number of threads may ask at the same time.
 */
public final class WorkingDays {

  /** Days begin and end where the children live, whatever zone the machine counts in. */
  public static final ZoneId LONDON = ZoneId.of("Europe/London");

  /** When a working day begins; until then out-of-hours answers (the evening team hands over at nine: process-rules 1.8). */
  public static final LocalTime OPENING = LocalTime.of(9, 0);

  /** When a working day is over. No source fixes an hour; offices hand over to the out-of-hours team then. */
  public static final LocalTime CLOSING = LocalTime.of(17, 0);

  private final Supplier<? extends Collection<HolidayOverride>> overrides;
  private final String nation;
  private final HolidayManager bankHolidays;
  private final Map<Integer, Set<LocalDate>> holidaysByYear = new ConcurrentHashMap<>();

  /**
   * England's working days.
   *
   * @param overrides read once for each count
   */
  public WorkingDays(Supplier<? extends Collection<HolidayOverride>> overrides) {
    this(overrides, Nation.ENGLAND_AND_WALES.calendar());
  }

  WorkingDays(Supplier<? extends Collection<HolidayOverride>> overrides, String nation) {
    this.overrides = overrides;
    this.nation = nation;
    bankHolidays = HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.UNITED_KINGDOM));
    var nations = bankHolidays.getCalendarHierarchy().getChildren().keySet();
    // The library takes an unknown nation for none, and Easter Monday would silently become a working day.
    if (!nations.contains(nation)) {
      throw new IllegalArgumentException(
          "No bank holidays are known for \"%s\", only for %s".formatted(nation, nations));
    }
  }

  /** The calendar day in London at this instant. */
  public static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, LONDON);
  }

  /** The instant at which this day's work is over, {@link #CLOSING} in London. */
  public static Instant closingOf(LocalDate day) {
    return day.atTime(CLOSING).atZone(LONDON).toInstant();
  }

  /** Whether offices in England work on this day. */
  public boolean isWorkingDay(LocalDate day) {
    return calendar().test(day);
  }

  /** The first working day after this one. */
  public LocalDate next(LocalDate day) {
    return onOrAfter(day.plusDays(1));
  }

  /** The last working day before this one. */
  public LocalDate previous(LocalDate day) {
    return onOrBefore(day.minusDays(1));
  }

  /** This day when it is a working day, otherwise the next one. */
  public LocalDate onOrAfter(LocalDate day) {
    return steps(day, 0, 1);
  }

  /** This day when it is a working day, otherwise the one before. */
  public LocalDate onOrBefore(LocalDate day) {
    return steps(day, 0, -1);
  }

  /**
   * The last of so many working days from an event; always a working day itself.
   *
   * @param event the day of the event, which may be a Saturday or a holiday
   * @throws IllegalArgumentException when the convention cannot count so few days
   */
  public LocalDate after(LocalDate event, int workingDays, Convention convention) {
    return steps(event, convention.steps(workingDays), 1);
  }

  /**
   * The working day that lies so many working days before an event; always a working day itself.
   *
   * @throws IllegalArgumentException when the convention cannot count so few days
   */
  public LocalDate before(LocalDate event, int workingDays, Convention convention) {
    return steps(event, convention.steps(workingDays), -1);
  }

  /** How many working days begin after one day and up to another, that one included: 1 from a Friday to the Monday after it. */
  public int passed(LocalDate since, LocalDate until) {
    int passed = 0;
    for (var day = next(since); !day.isAfter(until); day = next(day)) {
      passed++;
    }
    return passed;
  }

  /** The working day so many steps away, or the nearest that way when there is none to go. */
  private LocalDate steps(LocalDate from, int steps, int direction) {
    var works = calendar();
    var day = from;
    for (int left = steps; left > 0; left--) {
      do {
        day = day.plusDays(direction);
      } while (!works.test(day));
    }
    while (!works.test(day)) {
      day = day.plusDays(direction);
    }
    return day;
  }

  /** The days that are worked on, as the overrides stand now. */
  private Predicate<LocalDate> calendar() {
    var changes = new HashMap<LocalDate, HolidayOverride.Change>();
    overrides.get().forEach(override -> changes.put(override.date(), override.change()));
    return day -> {
      var change = changes.get(day);
      return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY
          && (change == null ? !holidaysOf(day.getYear()).contains(day) : change == HolidayOverride.Change.REMOVE);
    };
  }

  private Set<LocalDate> holidaysOf(int year) {
    return holidaysByYear.computeIfAbsent(year, y -> bankHolidays.getHolidays(Year.of(y), nation).stream()
        .map(Holiday::getDate).collect(Collectors.toUnmodifiableSet()));
  }
}
