package org.followthrough.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.deadline.Unit.DAYS;
import static org.followthrough.deadline.Unit.DAYS_BEFORE;
import static org.followthrough.deadline.Unit.EARLIER_OF;
import static org.followthrough.deadline.Unit.HOURS;
import static org.followthrough.deadline.Unit.HOURS_BEFORE;
import static org.followthrough.deadline.Unit.MONTHS;
import static org.followthrough.deadline.Unit.SAME_DAY;
import static org.followthrough.deadline.Unit.WORKING_DAYS;
import static org.followthrough.deadline.Unit.WORKING_DAYS_BEFORE;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every unit of the deadline table by dates worked out by hand; times are London's, as people read them. */
class DueDatesTest {

  private final DueDates dueDates = new DueDates(new WorkingDays(List::of));

  @ParameterizedTest(name = "{0}: {1} + {2} h")
  @CsvSource(delimiter = '|', textBlock = """
      over a weekend                   | 2026-11-20T16:30 | 72 | 2026-11-23T16:30
      clocks go back, 25 October 2026  | 2026-10-24T12:00 | 72 | 2026-10-27T11:00
      clocks go forward, 28 March 2027 | 2027-03-27T12:00 | 72 | 2027-03-30T13:00
      into the hour that is skipped    | 2027-03-27T23:30 |  2 | 2027-03-28T02:30
      over Christmas                   | 2026-12-24T20:00 | 24 | 2026-12-25T20:00
      """)
  void hours_are_hours_of_the_clock(String event, LocalDateTime happened, int hours, LocalDateTime due) {
    assertThat(dueDates.due(row(HOURS, hours), london(happened))).isEqualTo(london(due));
    assertThat(Duration.between(london(happened), london(due))).hasHours(hours);
  }

  @ParameterizedTest(name = "{0}: {1} - {2} h")
  @CsvSource(delimiter = '|', textBlock = """
      back over midnight               | 2026-12-26T02:00 |  4 | 2026-12-25T22:00
      clocks went back, 25 October     | 2026-10-25T03:00 |  4 | 2026-10-25T00:00
      clocks went forward, 28 March    | 2027-03-28T04:00 |  4 | 2027-03-27T23:00
      back over a weekend              | 2026-11-23T09:00 | 72 | 2026-11-20T09:00
      """)
  void hours_before_are_the_same_hours_backwards(String event, LocalDateTime ends, int hours, LocalDateTime due) {
    assertThat(dueDates.due(row(HOURS_BEFORE, hours), london(ends))).isEqualTo(london(due));
    assertThat(Duration.between(london(due), london(ends))).hasHours(hours);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
      a working day                | 2026-11-20T09:00    | 2026-11-20T23:59:59
      a Sunday                     | 2026-11-22T23:59:59 | 2026-11-22T23:59:59
      a leap day                   | 2028-02-29T00:00    | 2028-02-29T23:59:59
      summer, still yesterday UTC  | 2026-07-01T00:30    | 2026-07-01T23:59:59
      the day of 25 hours          | 2026-10-25T00:30    | 2026-10-25T23:59:59
      the day of 23 hours          | 2027-03-28T00:30    | 2027-03-28T23:59:59
      """)
  void the_same_day_ends_at_midnight_in_london(String event, LocalDateTime happened, LocalDateTime due) {
    assertThat(dueDates.due(row(SAME_DAY, null), london(happened))).isEqualTo(london(due));
    assertThat(dueDates.due(row(SAME_DAY, 0), london(happened))).isEqualTo(london(due));
  }

  @ParameterizedTest(name = "{0}: {1} + {2} {3}")
  @CsvSource(delimiter = '|', textBlock = """
      referral on the eve of Good Friday | 2027-03-25T16:59 |  1 | DAY_AFTER | 2027-03-30T17:00
      the same by day one                | 2027-03-25T16:59 |  1 | DAY_ONE   | 2027-03-25T17:00
      just after midnight in summer      | 2026-07-01T00:30 |  1 | DAY_AFTER | 2026-07-02T17:00
      just before midnight in summer     | 2026-06-30T23:30 |  1 | DAY_AFTER | 2026-07-01T17:00
      after closing                      | 2026-11-20T22:00 |  1 | DAY_AFTER | 2026-11-23T17:00
      on a Saturday                      | 2026-11-21T10:00 | 15 | DAY_AFTER | 2026-12-11T17:00
      over Christmas                     | 2026-12-18T14:00 | 15 | DAY_AFTER | 2027-01-13T17:00
      over Easter                        | 2026-03-16T10:00 | 15 | DAY_AFTER | 2026-04-08T17:00
      clocks go back                     | 2026-10-23T10:00 |  1 | DAY_AFTER | 2026-10-26T17:00
      clocks go forward                  | 2026-03-27T10:00 |  1 | DAY_AFTER | 2026-03-30T17:00
      onto a leap day                    | 2028-02-28T10:00 |  1 | DAY_AFTER | 2028-02-29T17:00
      """)
  void working_days_end_when_the_last_one_closes(
      String event, LocalDateTime happened, int amount, Convention convention, LocalDateTime due) {
    assertThat(dueDates.due(row(WORKING_DAYS, amount, convention), london(happened))).isEqualTo(london(due));
  }

  @Test
  void five_o_clock_in_london_is_another_instant_in_summer() {
    assertThat(dueDates.due(row(WORKING_DAYS, 1), london("2026-11-23T10:00"))).isEqualTo("2026-11-24T17:00:00Z");
    assertThat(dueDates.due(row(WORKING_DAYS, 1), london("2026-06-23T10:00"))).isEqualTo("2026-06-24T16:00:00Z");
  }

  @ParameterizedTest(name = "{0}: {1} - {2} {3}")
  @CsvSource(delimiter = '|', textBlock = """
      reports for a conference after Easter | 2026-04-08T10:00 |  3 | DAY_AFTER | 2026-04-01T17:00
      the same by day one                   | 2026-04-08T10:00 |  3 | DAY_ONE   | 2026-04-02T17:00
      core group before a January review    | 2027-01-11T10:00 | 10 | DAY_AFTER | 2026-12-23T17:00
      on the very day                       | 2026-11-23T10:00 |  0 | DAY_AFTER | 2026-11-23T17:00
      """)
  void working_days_before_count_back_from_what_is_prepared(
      String event, LocalDateTime held, int amount, Convention convention, LocalDateTime due) {
    assertThat(dueDates.due(row(WORKING_DAYS_BEFORE, amount, convention), london(held))).isEqualTo(london(due));
  }

  @ParameterizedTest(name = "{0}: {1} - {2} {3}")
  @CsvSource(delimiter = '|', textBlock = """
      twelve weeks before a birth | 2027-04-14T00:00 | 84 | DAY_AFTER | 2027-01-20T17:00
      the same by day one         | 2027-04-14T00:00 | 84 | DAY_ONE   | 2027-01-21T17:00
      into the winter             | 2026-11-01T00:00 | 10 | DAY_AFTER | 2026-10-22T17:00
      over a leap day             | 2028-03-10T00:00 | 10 | DAY_AFTER | 2028-02-29T17:00
      on a Sunday: days are days  | 2027-04-18T00:00 | 84 | DAY_AFTER | 2027-01-24T17:00
      on the very day             | 2027-04-14T00:00 |  0 | DAY_AFTER | 2027-04-14T17:00
      """)
  void days_before_count_back_from_what_is_expected(
      String event, LocalDateTime expected, int amount, Convention convention, LocalDateTime due) {
    assertThat(dueDates.due(row(DAYS_BEFORE, amount, convention), london(expected))).isEqualTo(london(due));
  }

  @ParameterizedTest(name = "{0}: {1} + {2} {3}")
  @CsvSource(delimiter = '|', textBlock = """
      a complaint within 28 days | 2026-11-30T10:00 | 28 | DAY_AFTER | 2026-12-28T17:00
      the same by day one        | 2026-11-30T10:00 | 28 | DAY_ONE   | 2026-12-27T17:00
      clocks go back             | 2026-10-20T10:00 |  7 | DAY_AFTER | 2026-10-27T17:00
      over a leap day            | 2028-02-28T10:00 |  2 | DAY_AFTER | 2028-03-01T17:00
      """)
  void days_are_days_of_the_calendar(
      String event, LocalDateTime happened, int amount, Convention convention, LocalDateTime due) {
    assertThat(dueDates.due(row(DAYS, amount, convention), london(happened))).isEqualTo(london(due));
  }

  @ParameterizedTest(name = "{0}: {1} + {2} months")
  @CsvSource(delimiter = '|', textBlock = """
      review on a Sunday moves back | 2026-11-30T10:00 |  3 | 2027-02-26T17:00
      from the 31st                 | 2026-08-31T10:00 |  6 | 2027-02-26T17:00
      from the 31st to a leap day   | 2027-08-31T10:00 |  6 | 2028-02-29T17:00
      from a leap day               | 2028-02-29T10:00 | 12 | 2029-02-28T17:00
      onto Christmas Day            | 2026-06-25T10:00 |  6 | 2026-12-24T17:00
      onto Easter Monday            | 2026-10-29T10:00 |  5 | 2027-03-25T17:00
      from winter into summer       | 2026-02-04T10:00 |  3 | 2026-05-01T17:00
      """)
  void months_end_on_a_working_day_not_later(String event, LocalDateTime happened, int months, LocalDateTime due) {
    assertThat(dueDates.due(row(MONTHS, months), london(happened))).isEqualTo(london(due));
  }

  @Test
  void the_earlier_of_two_obligations_counts() {
    var table = tableOf("""
        conference | ReviewUnborn | ReviewFirst, ReviewAfterBirth |    | earlier of   |           | statutory
        conference | ReviewFirst      | conference held           | 3  | months       |           | statutory
        conference | ReviewAfterBirth | child born                | 20 | working days | day after | statutory
        """);
    var review = table.row("conference", "ReviewUnborn");
    var held = london("2026-11-30T10:00");

    assertThat(dueDates.due(review, Map.of("conference held", held, "child born", london("2026-12-10T03:00"))::get, table))
        .as("born soon: 20 working days from the birth").isEqualTo(london("2027-01-12T17:00"));
    assertThat(dueDates.due(review, Map.of("conference held", held, "child born", london("2027-02-20T03:00"))::get, table))
        .as("born late: three months from the conference").isEqualTo(london("2027-02-26T17:00"));
    assertThat(dueDates.due(review, Map.of("conference held", held)::get, table))
        .as("not yet born").isEqualTo(london("2027-02-26T17:00"));
    assertThatThrownBy(() -> dueDates.due(review, Map.<String, Instant>of()::get, table))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("conference ReviewUnborn counts from \"conference held\" or \"child born\", and the record holds no"
            + " such date");
    assertThatThrownBy(() -> dueDates.due(review, held)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conference ReviewUnborn");
  }

  @Test
  void the_earliest_of_several_obligations_counts() {
    var table = tableOf("""
        strategy | Hold | Called, Injury, Enquiry |    | earlier of |  | danger
        strategy | Called  | discussion called    | 24 | hours      |  | danger
        strategy | Injury  | injury alleged       |    | same day   |  | danger
        strategy | Enquiry | enquiry begun        | 24 | hours      |  | danger
        """);
    var hold = table.row("strategy", "Hold");
    var friday = london("2026-11-20T18:40");

    assertThat(dueDates.counting(hold, Map.of("discussion called", friday)::get, table).obligation()).isEqualTo("Called");
    assertThat(dueDates.due(hold, Map.of("discussion called", friday, "enquiry begun", london("2026-11-20T16:00"))::get, table))
        .as("the enquiry began first").isEqualTo(london("2026-11-21T16:00"));
    assertThat(dueDates.due(hold, Map.of("discussion called", friday, "enquiry begun", london("2026-11-20T16:00"),
        "injury alleged", friday)::get, table))
        .as("an injury, on the same day").isEqualTo(london("2026-11-20T23:59:59"));
    assertThatThrownBy(() -> dueDates.due(hold, Map.<String, Instant>of()::get, table)).isInstanceOf(IllegalStateException.class)
        .hasMessage("strategy Hold counts from \"discussion called\" or \"injury alleged\" or \"enquiry begun\", and the record holds no"
            + " such date");
  }

  @Test
  void what_prepares_for_a_day_ahead_is_left_out_while_it_is_prepared_for() {
    var table = tableOf("""
        group | Meet       | Next, BeforeReview |    | earlier of          |           | statutory
        group | Next         | last met           | 3  | working days        | day after | statutory
        group | BeforeReview | review             | 10 | working days before | day after | statutory
        """);
    var meet = table.row("group", "Meet");
    var review = london("2026-11-30T10:00");

    assertThat(dueDates.counting(meet, Map.of("review", review)::get, table).obligation()).as("nothing else counts")
        .isEqualTo("BeforeReview");
    assertThat(dueDates.counting(meet, Map.of("review", review, "last met", london("2026-11-12T10:00"))::get, table).obligation())
        .as("before the limit of Monday the sixteenth").isEqualTo("BeforeReview");
    assertThat(dueDates.due(meet, Map.of("review", review, "last met", london("2026-11-16T10:00"))::get, table))
        .as("on its day: the next is not late at once").isEqualTo(london("2026-11-19T17:00"));
    assertThat(dueDates.due(meet, Map.of("review", review, "last met", london("2026-11-26T10:00"))::get, table))
        .as("after it").isEqualTo(london("2026-12-01T17:00"));
  }

  @Test
  void a_missing_date_is_an_error_and_never_now() {
    var table = tableOf("referral | DecideResponse | contact received | 1 | working days | day after | statutory");
    var row = table.row("referral", "DecideResponse");

    assertThat(dueDates.due(row, Map.of("contact received", london("2027-03-25T16:00"))::get, table))
        .isEqualTo(london("2027-03-30T17:00"));
    assertThatThrownBy(() -> dueDates.due(row, Map.<String, Instant>of()::get, table))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("referral DecideResponse counts from \"contact received\", and the record holds no such date");
  }

  @Test
  void every_due_time_is_a_whole_second() {
    var happened = Instant.parse("2026-11-23T10:00:00.987654321Z");

    assertThat(dueDates.due(row(HOURS, 2), happened)).isEqualTo("2026-11-23T12:00:00Z");
    assertThat(dueDates.due(row(SAME_DAY, null), happened)).isEqualTo("2026-11-23T23:59:59Z");
  }

  @Test
  void a_clock_turns_amber_some_clock_hours_before() {
    var due = london("2026-11-23T17:00");

    assertThat(dueDates.amberFrom(warned(24), due)).isEqualTo(london("2026-11-22T17:00"));
    assertThat(dueDates.amberFrom(warned(0), due)).isEqualTo(due);
    assertThat(dueDates.amberFrom(warned(24), london("2027-03-28T17:00"))).isEqualTo(london("2027-03-27T16:00"));
  }

  @Test
  void a_proclaimed_holiday_moves_what_counts_working_days() {
    var proclaimed = new HolidayOverride(
        LocalDate.parse("2026-11-24"), HolidayOverride.Change.ADD, "A proclaimed holiday");
    var after = new DueDates(new WorkingDays(() -> List.of(proclaimed)));
    var monday = london("2026-11-23T10:00");

    assertThat(after.due(row(WORKING_DAYS, 1), monday)).isEqualTo(london("2026-11-25T17:00"));
    assertThat(after.due(row(HOURS, 24), monday)).isEqualTo(london("2026-11-24T10:00"));
  }

  @Test
  void a_limit_reads_as_people_say_it() {
    assertThat(row(WORKING_DAYS, 1).limit()).isEqualTo("1 working day");
    assertThat(row(WORKING_DAYS, 15).limit()).isEqualTo("15 working days");
    assertThat(row(WORKING_DAYS_BEFORE, 1).limit()).isEqualTo("1 working day before");
    assertThat(row(DAYS_BEFORE, 84).limit()).isEqualTo("84 days before");
    assertThat(row(DAYS_BEFORE, 1).limit()).isEqualTo("1 day before");
    assertThat(row(HOURS, 1).limit()).isEqualTo("1 hour");
    assertThat(row(HOURS_BEFORE, 4).limit()).isEqualTo("4 hours before");
    assertThat(row(HOURS_BEFORE, 1).limit()).isEqualTo("1 hour before");
    assertThat(row(SAME_DAY, 0).limit()).isEqualTo("same day");
    assertThat(row(EARLIER_OF, null).limit()).isEqualTo("earlier of");
  }

  private static DeadlineRow row(Unit unit, Integer amount) {
    return row(unit, amount, unit.countsDays() ? Convention.DAY_AFTER : null);
  }

  private static DeadlineRow row(Unit unit, Integer amount, Convention convention) {
    return new DeadlineRow("conference", "HoldReview", unit == EARLIER_OF ? "One, Other" : "conference held", amount, unit,
        convention, Nation.ENGLAND_AND_WALES, DeadlineClass.STATUTORY, 24, "service-manager", Basis.NATIONAL_GUIDANCE, "a source");
  }

  private static DeadlineRow warned(int hours) {
    return new DeadlineRow("conference", "HoldReview", "conference held", 1, HOURS, null, Nation.ENGLAND_AND_WALES,
        DeadlineClass.STATUTORY, hours, "service-manager", Basis.NATIONAL_GUIDANCE, "a source");
  }

  private static DeadlineTable tableOf(String rows) {
    return DeadlineTable.read(TableFile.of(rows).stream());
  }

  private static Instant london(LocalDateTime time) {
    return time.atZone(WorkingDays.LONDON).toInstant();
  }

  private static Instant london(String time) {
    return london(LocalDateTime.parse(time));
  }
}
