package org.followthrough;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.followthrough.page.Submission;

/**
 * The application in the morning of a Tuesday: what people do on working days, before the day's limits run out, is tested on
 * Sundays and towards midnight too.
 */
public final class AtAnotherTime {

  private static final String AHEAD = "clock.ahead";
  private static final Duration UNTIL_TUESDAY = Duration.between(Instant.now(),
      LocalDate.now(Submission.LONDON).with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
          .atTime(9, 0).atZone(Submission.LONDON)).truncatedTo(ChronoUnit.MINUTES);

  private AtAnotherTime() {}

  public static void main(String[] args) {
    ClockUtil.offset(Long.getLong(AHEAD));
    FollowThrough.main(args);
  }

  /** The command that starts it, see {@link Release#command}; settings follow. */
  public static List<String> command() {
    return Release.command(AtAnotherTime.class, "-D" + AHEAD + "=" + UNTIL_TUESDAY.toMillis());
  }

  /** The London wall time that the clock of an application started so tells. */
  public static LocalDateTime now() {
    return LocalDateTime.ofInstant(Instant.now().plus(UNTIL_TUESDAY), Submission.LONDON);
  }
}
