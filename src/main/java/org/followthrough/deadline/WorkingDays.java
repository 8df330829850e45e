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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The days on which offices work, those of England unless another nation is named: Monday to Friday without bank holidays,
 * corrected by the authority's own table of overrides (domain/working-days, pitfalls 1 and 2). A council's closing days
 * between Christmas and New Year are working days: statutory limits run through them (pitfall 3).
 *
 * <p>Holidays are worked out once per year and kept. Any number of threads may ask at the same time.
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
  private volatile Map<Integer, Set<LocalDate>> holidaysByYear = new ConcurrentHashMap<>();

  /**
   * England's working days.
   *
   * @param overrides read when a year is first asked for, and again after {@link #holidaysChanged()}
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
    var weekday = day.getDayOfWeek();
    return weekday != DayOfWeek.SATURDAY && weekday != DayOfWeek.SUNDAY && !holidaysOf(day.getYear()).contains(day);
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
    var candidate = day;
    while (!isWorkingDay(candidate)) {
      candidate = candidate.plusDays(1);
    }
    return candidate;
  }

  /** This day when it is a working day, otherwise the one before. */
  public LocalDate onOrBefore(LocalDate day) {
    var candidate = day;
    while (!isWorkingDay(candidate)) {
      candidate = candidate.minusDays(1);
    }
    return candidate;
  }

  /**
   * The last of so many working days from an event; always a working day itself.
   *
   * @param event the day of the event, which may be a Saturday or a holiday
   * @throws IllegalArgumentException when the convention cannot count so few days
   */
  public LocalDate after(LocalDate event, int workingDays, Convention convention) {
    var day = event;
    for (int step = convention.steps(workingDays); step > 0; step--) {
      day = next(day);
    }
    return onOrAfter(day);
  }

  /**
   * The working day that lies so many working days before an event; always a working day itself.
   *
   * @throws IllegalArgumentException when the convention cannot count so few days
   */
  public LocalDate before(LocalDate event, int workingDays, Convention convention) {
    var day = event;
    for (int step = convention.steps(workingDays); step > 0; step--) {
      day = previous(day);
    }
    return onOrBefore(day);
  }

  /** How many working days begin after one day and up to another, that one included: 1 from a Friday to the Monday after it. */
  public int passed(LocalDate since, LocalDate until) {
    int passed = 0;
    for (var day = next(since); !day.isAfter(until); day = next(day)) {
      passed++;
    }
    return passed;
  }

  /**
   * Forgets what was worked out, so that the overrides are read again. To be told in the transaction that changes them
   * when that transaction goes on to count, and in any case once it has ended: until then other threads read, and
   * keep, the old ones.
   */
  public void holidaysChanged() {
    holidaysByYear = new ConcurrentHashMap<>();
  }

  private Set<LocalDate> holidaysOf(int year) {
    // A thread that was reading during a change fills the map that was thrown away. Not computeIfAbsent: it would make
    // threads that hold a database connection wait for one that still needs a connection to read the overrides.
    var known = holidaysByYear;
    var holidays = known.get(year);
    if (holidays == null) {
      holidays = readHolidaysOf(year);
      known.put(year, holidays);
    }
    return holidays;
  }

  private Set<LocalDate> readHolidaysOf(int year) {
    var holidays = bankHolidays.getHolidays(Year.of(year), nation).stream()
        .map(Holiday::getDate)
        .collect(Collectors.toSet());
    for (var override : overrides.get()) {
      switch (override.change()) {
        case ADD -> holidays.add(override.date());
        case REMOVE -> holidays.remove(override.date());
      }
    }
    return Set.copyOf(holidays);
  }
}
