package org.followthrough.deadline;

import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * How late something is, in words. Offices that are closed make nobody later: lateness is counted in working days, as limits are. Where a
 * child may be in danger every hour counts, and it is said by the clock.
 */
@Component
public class Lateness {

  private static final Duration IN_HOURS_UP_TO = Duration.ofHours(48);

  private final WorkingDays workingDays;

  Lateness(WorkingDays workingDays) {
    this.workingDays = workingDays;
  }

  /**
   * By how much a limit has passed: {@code 3 working days}, {@code less than a working day}; for {@link DeadlineClass#DANGER}
   * {@code 25 minutes}, {@code 3 hours}, {@code 4 days}.
   *
   * @param due when the limit passed
   * @param until now, or when it was met; after {@code due}
   */
  public String by(DeadlineClass deadlineClass, Instant due, Instant until) {
    if (deadlineClass == DeadlineClass.DANGER) {
      Duration by = Duration.between(due, until);
      return by.toHours() < 1 ? counted(Math.max(1, by.toMinutes()), "minute")
          : by.compareTo(IN_HOURS_UP_TO) < 0 ? counted(by.toHours(), "hour") : counted(by.toDays(), "day");
    }
    int passed = workingDays.passed(WorkingDays.dayOf(due), WorkingDays.dayOf(until));
    return passed == 0 ? "less than a working day" : counted(passed, "working day");
  }

  private static String counted(long amount, String unit) {
    return amount + " " + unit + (amount == 1 ? "" : "s");
  }
}
