package org.followthrough.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;
import static org.followthrough.deadline.Convention.DAY_AFTER;
import static org.followthrough.deadline.Convention.DAY_ONE;
import static org.followthrough.deadline.HolidayOverride.Change.ADD;
import static org.followthrough.deadline.HolidayOverride.Change.REMOVE;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting on the calendar of England, by dates worked out by hand (domain/working-days). */
class WorkingDaysTest {

  private final List<HolidayOverride> overrides = new ArrayList<>();
  private final WorkingDays england = new WorkingDays(() -> overrides);

  @ParameterizedTest(name = "{0}: {1} + {2}")
  @CsvSource(delimiter = '|', textBlock = """
      conference over Easter                | 2026-03-16 | 15 | 2026-04-08 | 2026-04-07
      out-of-hours discussion on a Saturday | 2026-11-21 | 15 | 2026-12-11 | 2026-12-10
      referral before Good Friday           | 2027-03-25 |  1 | 2027-03-30 | 2027-03-25
      core group over Christmas             | 2026-12-17 | 10 | 2027-01-05 | 2027-01-04
      assessment in 45 days                 | 2026-10-26 | 45 | 2026-12-30 | 2026-12-29
      the Queen's funeral                   | 2022-09-05 | 15 | 2022-09-27 | 2022-09-26
      discussion before Christmas           | 2026-12-18 | 15 | 2027-01-13 | 2027-01-12
      on Christmas Day                      | 2026-12-25 |  1 | 2026-12-29 | 2026-12-29
      on a Saturday                         | 2026-11-21 |  1 | 2026-11-23 | 2026-11-23
      on a Friday                           | 2026-11-20 |  1 | 2026-11-23 | 2026-11-20
      over the turn of the year             | 2027-12-24 |  2 | 2027-12-30 | 2027-12-29
      """)
  void counts_forwards_by_both_conventions(
      String event, LocalDate date, int workingDays, LocalDate dayAfter, LocalDate dayOne) {
    assertThat(england.after(date, workingDays, DAY_AFTER)).isEqualTo(dayAfter);
    assertThat(england.after(date, workingDays, DAY_ONE)).isEqualTo(dayOne);
  }

  @ParameterizedTest(name = "{0}: from {1} to {2}")
  @CsvSource(delimiter = '|', textBlock = """
      a weekend is no lateness      | 2026-11-20 | 2026-11-22 |  0
      from a Friday to its Monday   | 2026-11-20 | 2026-11-23 |  1
      from a Saturday to its Monday | 2026-11-21 | 2026-11-23 |  1
      on the same day               | 2026-11-23 | 2026-11-23 |  0
      over Christmas                | 2026-12-24 | 2026-12-30 |  2
      over Easter                   | 2027-03-25 | 2027-04-01 |  3
      a whole week                  | 2026-11-18 | 2026-11-25 |  5
      """)
  void counts_how_many_have_passed(String what, LocalDate since, LocalDate until, int passed) {
    assertThat(england.passed(since, until)).isEqualTo(passed);
  }

  @ParameterizedTest(name = "{0}: due {1}, now {2}")
  @CsvSource(delimiter = '|', textBlock = """
      statutory | 2026-11-20T17:00 | 2026-11-23T09:00 | 1 working day
      record    | 2026-11-20T17:00 | 2026-11-22T23:00 | less than a working day
      statutory | 2026-11-18T23:59 | 2026-11-25T10:00 | 5 working days
      danger    | 2026-11-20T18:00 | 2026-11-20T18:00 | 1 minute
      danger    | 2026-11-20T17:00 | 2026-11-20T17:45 | 45 minutes
      danger    | 2026-11-20T17:00 | 2026-11-22T09:00 | 40 hours
      danger    | 2026-11-20T17:00 | 2026-11-23T17:00 | 3 days
      """)
  void says_how_late_something_is_in_working_days_and_by_the_clock_where_a_child_may_be_in_danger(
      String deadlineClass, String due, String now, String words) {
    DeadlineClass grave = DeadlineClass.valueOf(deadlineClass.toUpperCase(Locale.ROOT));
    assertThat(new Lateness(england).by(grave, london(due), london(now))).isEqualTo(words);
  }

  @ParameterizedTest(name = "{0}: {1} - {2}")
  @CsvSource(delimiter = '|', textBlock = """
      report before a conference after Easter   | 2026-04-08 |  3 | 2026-04-01 | 2026-04-02
      core group before a review in January     | 2027-01-11 | 10 | 2026-12-23 | 2026-12-24
      before a Monday                           | 2026-11-23 |  1 | 2026-11-20 | 2026-11-23
      before a Sunday                           | 2026-11-22 |  1 | 2026-11-20 | 2026-11-20
      """)
  void counts_backwards_by_both_conventions(
      String event, LocalDate date, int workingDays, LocalDate dayAfter, LocalDate dayOne) {
    assertThat(england.before(date, workingDays, DAY_AFTER)).isEqualTo(dayAfter);
    assertThat(england.before(date, workingDays, DAY_ONE)).isEqualTo(dayOne);
  }

  @Test
  void no_days_from_a_holiday_end_on_the_next_or_last_working_day() {
    var christmas = LocalDate.parse("2026-12-25");

    assertThat(england.after(christmas, 0, DAY_AFTER)).isEqualTo("2026-12-29");
    assertThat(england.before(christmas, 0, DAY_AFTER)).isEqualTo("2026-12-24");
  }

  @Test
  void there_is_no_day_before_the_first() {
    var monday = LocalDate.parse("2026-11-23");

    assertThatThrownBy(() -> england.after(monday, 0, DAY_ONE)).hasMessageContaining("day one");
    assertThatThrownBy(() -> england.after(monday, -1, DAY_AFTER)).hasMessageContaining("-1 days");
    assertThatThrownBy(() -> england.before(monday, -1, DAY_AFTER)).hasMessageContaining("-1 days");
  }

  @Test
  void finds_the_neighbouring_working_days() {
    var thursdayBeforeEaster = LocalDate.parse("2026-04-02");
    var tuesdayAfterEaster = LocalDate.parse("2026-04-07");

    assertThat(england.next(thursdayBeforeEaster)).isEqualTo(tuesdayAfterEaster);
    assertThat(england.previous(tuesdayAfterEaster)).isEqualTo(thursdayBeforeEaster);
  }

  @Test
  void a_leap_day_is_a_day_like_any_other() {
    assertThat(england.after(LocalDate.parse("2028-02-28"), 1, DAY_AFTER)).isEqualTo("2028-02-29");
    assertThat(england.before(LocalDate.parse("2028-03-01"), 1, DAY_AFTER)).isEqualTo("2028-02-29");
    assertThat(england.after(LocalDate.parse("2027-02-26"), 1, DAY_AFTER)).isEqualTo("2027-03-01");
  }

  /** Eight a year but for the jubilee, the funeral and the coronation; each falls on a weekday by substitution. */
  @ParameterizedTest
  @CsvSource({"2020, 8", "2021, 8", "2022, 10", "2023, 9", "2024, 8", "2025, 8", "2026, 8", "2027, 8", "2028, 8"})
  void england_has_this_many_bank_holidays(int year, int holidays) {
    assertThat(weekdaysOff(england, year)).isEqualTo(holidays);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GB-ENG", "england", "ENG", ""})
  void an_unknown_nation_is_refused_rather_than_given_too_few_holidays(String nation) {
    assertThatThrownBy(() -> new WorkingDays(List::of, nation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining('"' + nation + '"')
        .hasMessageContaining("eng");
  }

  @Test
  void another_nation_has_holidays_of_its_own() {
    assertThat(england.isWorkingDay(LocalDate.parse("2026-04-06"))).as("Easter Monday in England").isFalse();
    assertThat(new WorkingDays(List::of, "sct").isWorkingDay(LocalDate.parse("2026-04-06"))).as("in Scotland").isTrue();
  }

  @Test
  void a_proclaimed_holiday_counts_at_once() {
    var friday = LocalDate.parse("2026-11-27");
    assertThat(england.after(friday.minusDays(1), 1, DAY_AFTER)).isEqualTo(friday);

    overrides.add(new HolidayOverride(friday, ADD, "A proclaimed holiday"));
    assertThat(england.isWorkingDay(friday)).isFalse();
    assertThat(england.after(friday.minusDays(1), 1, DAY_AFTER)).isEqualTo("2026-11-30");

    overrides.clear();
    assertThat(england.isWorkingDay(friday)).isTrue();
  }

  @Test
  void a_holiday_that_moved_away_is_a_working_day() {
    var earlyMay = LocalDate.parse("2027-05-03");
    overrides.add(new HolidayOverride(earlyMay, REMOVE, "Early May bank holiday, moved"));
    overrides.add(new HolidayOverride(LocalDate.parse("2027-05-07"), ADD, "Early May bank holiday, moved here"));

    assertThat(england.isWorkingDay(earlyMay)).isTrue();
    assertThat(england.isWorkingDay(LocalDate.parse("2027-05-07"))).isFalse();
    assertThat(weekdaysOff(england, 2027)).isEqualTo(8);
  }

  @Test
  void no_override_makes_a_weekend_work() {
    var saturday = LocalDate.parse("2026-11-21");
    overrides.add(new HolidayOverride(saturday, REMOVE, "A mistake"));

    assertThat(england.isWorkingDay(saturday)).isFalse();
  }

  @Test
  void a_count_under_way_keeps_to_one_calendar() {
    var friday = LocalDate.parse("2026-11-27");
    var changing = new WorkingDays(() -> {
      var before = List.copyOf(overrides);
      if (before.isEmpty()) {
        overrides.add(new HolidayOverride(friday, ADD, "Proclaimed while a thread was reading"));
      }
      return before;
    });

    assertThat(changing.after(friday.minusDays(1), 1, DAY_AFTER)).as("the count under way").isEqualTo(friday);
    assertThat(changing.after(friday.minusDays(1), 1, DAY_AFTER)).as("the next count").isEqualTo("2026-11-30");
  }

  @Test
  void many_threads_count_alike() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var counts = IntStream.range(0, 200).mapToObj(i -> threads.submit(() -> new WorkingDays(() -> overrides)
          .after(LocalDate.parse("2026-10-26"), 450, DAY_AFTER))).toList();
      for (var count : counts) {
        assertThat(count.get(1, TimeUnit.MINUTES)).isEqualTo("2028-08-07");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static long weekdaysOff(WorkingDays calendar, int year) {
    return LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1))
        .filter(day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
        .filter(day -> !calendar.isWorkingDay(day))
        .count();
  }
}
