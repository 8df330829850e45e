package org.followthrough.oversight.escalation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.Lateness;
import org.followthrough.deadline.WorkingDays;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

@Component
class AgreeWhatHappensNow implements Step {

  private static final Duration LONGEST = Duration.ofDays(92);

  private final Clocks clocks;
  private final Families families;
  private final StillMissing missing;
  private final AgreedActions actions;
  private final Chronology chronology;
  private final WorkingDays workingDays;
  private final Lateness lateness;
  private final Clock clock;

  AgreeWhatHappensNow(Clocks clocks, Families families, StillMissing missing, AgreedActions actions, Chronology chronology,
      WorkingDays workingDays, Lateness lateness, Clock clock) {
    this.clocks = clocks;
    this.families = families;
    this.missing = missing;
    this.actions = actions;
    this.chronology = chronology;
    this.workingDays = workingDays;
    this.lateness = lateness;
    this.clock = clock;
  }

  @Override
  public Reads reads() {
    return new Reads().choice("cause").text("causeNote", "planChanges", "agreed").yes("contingencyBegins", "planHolds").moment("newDate");
  }

  @Override
  public String event() {
    return "New date agreed";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Clocks.Running late = late(matter);
    String what = Words.label(late.obligation());
    Map<String, Object> shown = new HashMap<>(Map.of("lateText", "**" + what + "** was due on **" + Words.moment(late.dueAt()) + "** ("
        + late.rule().inWords() + (countsBack(late) ? " the " : ", from ") + late.counted().from() + " on "
        + Words.moment(late.counted().at()) + ")"
        + byHowMuch(late) + ".\n\n"
        + missing.of(late) + missing.whomToAsk(late) + promised(late)
        + (late.caseId() == null ? "" : families.summary(late.caseId()))));
    if (planAsked(late)) {
      shown.put("planText", isAction(late) ? "It was part of what keeps this family’s children safe."
          : "Until the conference, what was agreed for the time before it is all that keeps the children safe.");
    }
    if (ifNotDone(late) != null) {
      shown.put("ifNotDoneText", Words.escaped(ifNotDone(late)));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Clocks.Running late = late(typed.matter());
    Instant newDate = typed.moment("newDate");
    if (!newDate.isAfter(typed.recordedAt())) {
      throw new Refusal("newDate", "The new date has passed already. Agree on one that lies ahead.");
    }
    if (newDate.isAfter(typed.recordedAt().plus(LONGEST))) {
      throw new Refusal("newDate", "The new date is more than three months ahead. Check the month and year, or agree on a nearer step.");
    }
    if (late.rule().deadlineClass() == DeadlineClass.DANGER
        && newDate.isAfter(WorkingDays.closingOf(workingDays.next(WorkingDays.dayOf(typed.recordedAt()))))) {
      throw new Refusal("newDate", "A child may be in danger: the new date cannot lie beyond the next working day.");
    }
    // what runs out does so whatever was agreed: afterwards is too late
    if (countsBack(late) && late.counted().at().isAfter(typed.recordedAt()) && newDate.isAfter(late.counted().at())) {
      throw new Refusal("newDate", "The " + late.counted().from() + " is on " + Words.moment(late.counted().at())
          + ", and the new date cannot lie beyond it.");
    }
    if (planAsked(late)) {
      lookAtPlan(late, typed);
    }
    clocks.agreed(late.id(), typed.text("cause") + (typed.text("causeNote") == null ? "" : ": " + typed.text("causeNote")),
        typed.text("agreed"), newDate, typed.recordedAt(), typed.matter().user());
    return Map.of("agreedDate", Date.from(newDate));
  }

  /** What fails is answered by what was agreed for it, and the plan is looked at again (learning points C-22, Q-01). */
  private void lookAtPlan(Clocks.Running late, Submission typed) {
    List<String> said = new ArrayList<>();
    if (ifNotDone(late) != null) {
      typed.demand("contingencyBegins", "Say whether what was agreed for this case begins now.");
      if (typed.yes("contingencyBegins")) {
        actions.contingencyBegun(late.subjectId(), typed.recordedAt());
        said.add("What was agreed for this case begins now.");
      }
    }
    typed.demand("planHolds", "Say whether the plan still holds.");
    if (!typed.yes("planHolds")) {
      typed.demand("planChanges", "The plan does not hold. Say what changes, and who sees to it.");
    }
    said.add(typed.yes("planHolds") ? "The plan still holds." : "The plan does not hold: " + typed.text("planChanges"));
    chronology.add(Chronology.Line.fact(late.contactId(), late.caseId(), null, "Plan looked at again", typed.recordedAt(),
        typed.matter().user(), String.join(" ", said))
        .about(late.subjectId()));
  }

  private static boolean isAction(Clocks.Running late) {
    return late.obligation().equals("CarryOutAction");
  }

  private static boolean planAsked(Clocks.Running late) {
    return isAction(late) || late.obligation().equals("HoldConference");
  }

  private String ifNotDone(Clocks.Running late) {
    return isAction(late) ? actions.get(late.subjectId()).contingency().ifNotDone() : null;
  }

  private String byHowMuch(Clocks.Running late) {
    Instant now = clock.instant();
    return now.isAfter(late.dueAt()) ? " and is late by **" + lateness.by(late.rule().deadlineClass(), late.dueAt(), now) + "**" : "";
  }

  /** Which promise it is, and how it stands: a late action is one of many. */
  private String promised(Clocks.Running late) {
    return late.process().equals(AgreedActions.PROCESS) ? actions.inWords(actions.get(late.subjectId())) + "\n\nIt stands so: "
        + actions.standing(actions.get(late.subjectId())) + ".\n\n" : "";
  }

  /** Whether it was due some time before an end, and not after an event. */
  private static boolean countsBack(Clocks.Running late) {
    return late.counted().at().isAfter(late.dueAt());
  }

  private Clocks.Running late(Matter matter) {
    return clocks.get(UUID.fromString(matter.reference("lateClockRef")));
  }
}
