package org.followthrough.oversight.escalation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.Deadline;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/**
 * Who is asked when, tier by tier. The first tier stands in the deadline's row, one above the owner; a tier nobody holds
 * is passed over, so that an escalation never waits for an empty chair.
 */
@Component("ladder")
public class Ladder {

  private final Clocks clocks;
  private final Deadline deadline;
  private final Tiers tiers;
  private final Clock clock;

  Ladder(Clocks clocks, Deadline deadline, Tiers tiers, Clock clock) {
    this.clocks = clocks;
    this.deadline = deadline;
    this.tiers = tiers;
    this.clock = clock;
  }

  /** The groups that are asked now, comma separated, for {@code camunda:candidateGroups}. */
  @ForModels
  public String managers(DelegateExecution execution) {
    return (String) execution.getVariable("askedGroups");
  }

  /** When the next tier is brought in unless somebody answers. */
  @ForModels
  public Date climbAt(DelegateExecution execution) {
    boolean danger = late(execution).rule().deadlineClass() == DeadlineClass.DANGER;
    boolean first = (Integer) execution.getVariable("tiersThisTime") < 2;
    return Date.from(deadline.passes("escalation", (first ? "FirstClimb" : "SecondClimb") + (danger ? "InDanger" : ""),
        ((Date) execution.getVariable("askedAt")).toInstant()));
  }

  /** Until when the manager's agreement stops the climb. */
  @ForModels
  public Date agreedDate(DelegateExecution execution) {
    return (Date) execution.getVariable("agreedDate");
  }

  /** When the obligation will be overdue after its date was moved. */
  @ForModels
  public Date newDueDate(DelegateExecution execution) {
    return Date.from(late(execution).dueAt());
  }

  Clocks.Running late(DelegateExecution execution) {
    return clocks.get(UUID.fromString((String) execution.getVariable("lateClockRef")));
  }

  /** Asks the first tier, afresh: after the start, and after a due date that had moved passed again. */
  void askFirst(DelegateExecution execution) {
    ask(execution, firstTier(execution), true);
  }

  /** Asks the tier above for the first time of a new round; at the top, the top again. Class "record" stays where it is. */
  void askAbove(DelegateExecution execution) {
    Integer above = above(execution);
    ask(execution, above == null ? (Integer) execution.getVariable("tier") : above, true);
  }

  /** Brings in the next tier beside those already asked. */
  boolean bringIn(DelegateExecution execution) {
    Integer above = above(execution);
    if (above != null) {
      ask(execution, above, false);
    }
    return above != null && nextTier(execution) != null;
  }

  private void ask(DelegateExecution execution, int tier, boolean newRound) {
    List<String> groups = new ArrayList<>(tiers.asked(late(execution), tier));
    if (!newRound) {
      groups.addAll(0, List.of(managers(execution).split(",")));
    }
    execution.setVariable("tier", tier);
    execution.setVariable("askedGroups", String.join(",", groups.stream().distinct().toList()));
    execution.setVariable("tiersThisTime", newRound ? 1 : (Integer) execution.getVariable("tiersThisTime") + 1);
    if (newRound) {
      execution.setVariable("askedAt", Date.from(clock.instant()));
    }
    clocks.asked(late(execution).id(), managers(execution), clock.instant());
  }

  private int firstTier(DelegateExecution execution) {
    int tier = Tiers.LINE.indexOf(late(execution).rule().escalateTo());
    while (tier < Tiers.LINE.size() - 1 && !tiers.held(late(execution), tier)) {
      tier++;
    }
    return tier;
  }

  /** The tier above; none for class "record", which stops at the first manager. */
  private Integer above(DelegateExecution execution) {
    return late(execution).rule().deadlineClass() == DeadlineClass.RECORD ? null : nextTier(execution);
  }

  private Integer nextTier(DelegateExecution execution) {
    for (int tier = (Integer) execution.getVariable("tier") + 1; tier < Tiers.LINE.size(); tier++) {
      if (tiers.held(late(execution), tier)) {
        return tier;
      }
    }
    return null;
  }
}
