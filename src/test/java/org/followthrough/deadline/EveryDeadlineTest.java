package org.followthrough.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of {@code bpmn/deadlines.dmn} by dates worked out on the calendar, in London time. Who changes a number in
 * the table changes a date here too: that is how a slip of the hand is told from a decision.
 */
class EveryDeadlineTest {

  /** Process and obligation, the date from which the row counts, and when it falls due. */
  private static final String WORKED = """
      referral RecordContact                 | Sat 21 Nov 2026 09:15 | Sat 21 Nov 2026 23:59:59
      referral RecordContact                 | Wed 1 Jul 2026 00:10  | Wed 1 Jul 2026 23:59:59
      referral DecideResponse                | Thu 25 Mar 2027 11:00 | Tue 30 Mar 2027 17:00
      referral DecideResponse                | Thu 24 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      referral DecideResponse                | Fri 23 Oct 2026 11:00 | Mon 26 Oct 2026 17:00
      referral ArrangeProtection             | Fri 20 Nov 2026 18:40 | Fri 20 Nov 2026 20:40
      referral ArrangeProtection             | Sat 27 Mar 2027 23:30 | Sun 28 Mar 2027 02:30
      referral TellReferrer                  | Fri 20 Nov 2026 11:00 | Mon 23 Nov 2026 17:00
      referral ConfirmOutcomeHeard           | Fri 28 Aug 2026 15:00 | Tue 1 Sep 2026 17:00
      referral AcknowledgeContact            | Thu 2 Apr 2026 15:00  | Tue 7 Apr 2026 17:00
      lead-professional NameLeadProfessional | Sun 22 Nov 2026 22:00 | Mon 23 Nov 2026 02:00
      lead-professional NameLeadProfessional | Sat 24 Oct 2026 23:00 | Sun 25 Oct 2026 02:00
      child-death DecideWhatContinues        | Fri 1 May 2026 08:00  | Tue 5 May 2026 17:00
      minutes ProduceMinutes                 | ProduceRecord=Fri 20 Nov 2026 10:00 | Mon 23 Nov 2026 17:00
      minutes ProduceMinutes                 | CorrectMinutes=Tue 24 Nov 2026 10:00 | Wed 25 Nov 2026 17:00
      minutes ProduceRecord                  | Fri 20 Nov 2026 18:40 | Mon 23 Nov 2026 17:00
      minutes ProduceRecord                  | Thu 24 Dec 2026 16:00 | Tue 29 Dec 2026 17:00
      minutes CorrectMinutes                 | Thu 25 Mar 2027 10:00 | Tue 30 Mar 2027 17:00
      receipts ConfirmReceipts               | Fri 20 Nov 2026 11:00 | Tue 24 Nov 2026 17:00
      receipts ConfirmReceipts               | Wed 23 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      escalation FirstClimb                  | Mon 23 Nov 2026 17:00 | Wed 25 Nov 2026 17:00
      escalation SecondClimb                 | Mon 23 Nov 2026 17:00 | Mon 30 Nov 2026 17:00
      escalation FirstClimbInDanger          | Fri 20 Nov 2026 20:40 | Fri 20 Nov 2026 22:40
      escalation SecondClimbInDanger         | Fri 20 Nov 2026 20:40 | Sat 21 Nov 2026 00:40
      """;

  /** A weekday that does not fit its date is refused. */
  private static final DateTimeFormatter CALENDAR =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm[:ss]", Locale.ENGLISH);

  private final DueDates dueDates = new DueDates(new WorkingDays(List::of));

  @ParameterizedTest(name = "{0}: {1} - {2}")
  @MethodSource("worked")
  void falls_due_on_the_worked_date(String obligation, String countedFrom, String due) throws IOException {
    var row = table().row(obligation.split(" ")[0], obligation.split(" ")[1]);

    assertThat(dueDates.due(row, london(countedFrom))).isEqualTo(london(due));
  }

  @Test
  void every_row_has_a_worked_date_and_every_worked_date_a_row() throws IOException {
    assertThat(worked().map(example -> example.get()[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(
            table().rows().stream().map(row -> row.process() + " " + row.obligation()).toList());
  }

  static Stream<Arguments> worked() {
    return WORKED.lines().map(line -> arguments((Object[]) line.trim().split("\\s*\\|\\s*")));
  }

  private static DeadlineTable table() throws IOException {
    try (var dmn = Files.newInputStream(Path.of("bpmn", "deadlines.dmn"))) {
      return DeadlineTable.read(dmn);
    }
  }

  private static Instant london(String time) {
    return LocalDateTime.parse(time, CALENDAR).atZone(WorkingDays.LONDON).toInstant();
  }
}
