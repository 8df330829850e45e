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
import java.util.stream.Collectors;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.Lateness;
import org.followthrough.deadline.WorkingDays;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.minutes.Circulation;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

@Component
class AgreeWhatHappensNow implements Step {

  private static final Duration LONGEST = Duration.ofDays(92);

  private final Clocks clocks;
  private final Families families;
  private final Circulation circulation;
  private final AgreedActions actions;
  private final Enquiries enquiries;
  private final Chronology chronology;
  private final WorkingDays workingDays;
  private final Lateness lateness;
  private final Clock clock;
  private final Agencies agencies;
  private final Ladder ladder;

  AgreeWhatHappensNow(Clocks clocks, Families families, Circulation circulation, AgreedActions actions, Enquiries enquiries,
      Chronology chronology, WorkingDays workingDays, Lateness lateness, Clock clock, Agencies agencies, Ladder ladder) {
    this.clocks = clocks;
    this.families = families;
    this.circulation = circulation;
    this.actions = actions;
    this.enquiries = enquiries;
    this.chronology = chronology;
    this.workingDays = workingDays;
    this.lateness = lateness;
    this.clock = clock;
    this.agencies = agencies;
    this.ladder = ladder;
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
        + late.rule() + (countsBack(late) ? " the " : ", from ") + late.countFrom() + " on " + Words.moment(late.countedFrom()) + ")"
        + byHowMuch(late) + ".\n\n"
        + missing(late) + whomToAsk(late) + promised(late)
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
    if (late.deadlineClass() == DeadlineClass.DANGER
        && newDate.isAfter(WorkingDays.closingOf(workingDays.next(WorkingDays.dayOf(typed.recordedAt()))))) {
      throw new Refusal("newDate", "A child may be in danger: the new date cannot lie beyond the next working day.");
    }
    // what runs out does so whatever was agreed: afterwards is too late
    if (countsBack(late) && late.countedFrom().isAfter(typed.recordedAt()) && newDate.isAfter(late.countedFrom())) {
      throw new Refusal("newDate", "The " + late.countFrom() + " is on " + Words.moment(late.countedFrom())
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
    return isAction(late) ? actions.get(late.subjectId()).ifNotDone() : null;
  }

  private String byHowMuch(Clocks.Running late) {
    Instant now = clock.instant();
    return now.isAfter(late.dueAt()) ? " and is late by **" + lateness.by(late.deadlineClass(), late.dueAt(), now) + "**" : "";
  }

  /** Which promise it is, and how it stands: a late action is one of many. */
  private String promised(Clocks.Running late) {
    return late.process().equals(AgreedActions.PROCESS) ? actions.inWords(actions.get(late.subjectId())) + "\n\nIt stands so: "
        + actions.standing(actions.get(late.subjectId())) + ".\n\n" : "";
  }

  /** Whether it was due some time before an end, and not after an event. */
  private static boolean countsBack(Clocks.Running late) {
    return late.countedFrom().isAfter(late.dueAt());
  }

  /** Who is silent, unseen or unheard, by name: a manager can ring a person, not a number. */
  private String missing(Clocks.Running late) {
    List<String> names = switch (late.obligation()) {
      case "SeeChildren" -> enquiries.unseen(late.subjectId());
      case "CheckAgencies" -> enquiries.checks(late.subjectId()).stream().filter(check -> check.answeredAt() == null)
          .map(Enquiries.Check::inWords).toList();
      case "SpeakWithParents" -> enquiries.unheard(late.subjectId());
      default -> List.of();
    };
    if (!names.isEmpty()) {
      return "**Still missing**\n\n" + names.stream().map(name -> "- " + Words.escaped(name)).collect(Collectors.joining("\n")) + "\n\n";
    }
    List<Circulation.Copy> missing = late.obligation().equals("ConfirmReceipts") ? circulation.missing(late.subjectId()) : List.of();
    return missing.isEmpty() ? "" : "**Not confirmed by " + missing.size() + " of " + circulation.awaited(late.subjectId()).size()
        + "**\n\n"
        + missing.stream().map(copy -> "- " + Words.escaped(copy.recipient()) + ", " + Words.escaped(agencies.spoken(copy.agency())))
        .collect(Collectors.joining("\n")) + "\n\n";
  }

  /** Who answers for children in the organisations that are silent, and how they are reached. */
  private String whomToAsk(Clocks.Running late) {
    List<String> leads = ladder.silentAgencies(late).stream().flatMap(code -> agencies.organisation(code).stream())
        .filter(one -> !one.lead().isEmpty()).map(one -> "- " + Words.escaped(one.name() + ": " + one.lead())).toList();
    return leads.isEmpty() ? "" : "**Whom to ask there**\n\n" + String.join("\n", leads) + "\n\n";
  }

  private Clocks.Running late(Matter matter) {
    return clocks.get(UUID.fromString(matter.reference("lateClockRef")));
  }
}
