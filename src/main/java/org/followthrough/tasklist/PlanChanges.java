package org.followthrough.tasklist;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/** The end of a child's plan outside any conference. */
@Component
class PlanChanges {

  private static final List<Option> YES_OR_NO = List.of(new Option("Yes", "yes"), new Option("No", "no"));
  private static final String EIGHTEEN = "turned-eighteen";
  private static final String LEFT = "left-the-country";
  private static final String OTHER_AUTHORITY = "other-authority-confirmed";
  private static final List<Option> WHY_ENDED = List.of(new Option("The child is eighteen", EIGHTEEN),
      new Option("The child has left the country for good", LEFT), new Option("Another authority has taken over, after its own conference",
          OTHER_AUTHORITY), new Option("It was recorded in error", "recorded-in-error"));
  private static final int OF_AGE = 18;

  private final Families families;
  private final Persons persons;
  private final Plans plans;
  private final Chronology chronology;
  private final ProcessInstances instances;

  PlanChanges(Families families, Persons persons, Plans plans, Chronology chronology, ProcessInstances instances) {
    this.families = families;
    this.persons = persons;
    this.plans = plans;
    this.chronology = chronology;
    this.instances = instances;
  }

  /** What a manager may end; everything else ends by a review conference. */
  List<Change> corrections(Matter matter) {
    List<Option> planned = planned(matter, plans, persons);
    return planned.isEmpty() ? List.of() : List.of(Change.correcting("end-plan", "End a child’s plan",
        "Otherwise only a review conference ends a plan. The visits to this child end, and after the last plan the core group.",
        List.of(Change.Field.select("plan", "Whose plan?", planned), Change.Field.select("how", "It ends because", WHY_ENDED),
            Change.Field.date("endedOn", "On which day?"),
            Change.Field.select("forGood", "If the child has left: is it for good?", YES_OR_NO).ifKnown(),
            Change.Field.date("theirConference", "If another authority took over: day of its conference").ifKnown(),
            Change.Field.select("inWriting", "If another authority took over: confirmed in writing?", YES_OR_NO).ifKnown(),
            Change.Field.reason("How do you know?")), this::endPlan));
  }

  /** The children of a case who are on a plan of protection, by their plans. */
  static List<Option> planned(Matter matter, Plans plans, Persons persons) {
    return matter.caseId() == null ? List.of() : plans.inForce(matter.caseId(), Plans.CHILD_PROTECTION).stream()
        .map(plan -> new Option(persons.name(plan.personId()), plan.id().toString())).toList();
  }

  private void endPlan(TaskList.Entry on, Submission typed) {
    Plans.Plan plan = plans.get(UUID.fromString(typed.text("plan")));
    LocalDate ended = typed.date("endedOn");
    if (ended.isAfter(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
      throw new Refusal("endedOn", "The day lies in the future. A plan is in force until it has come.");
    }
    String how = typed.text("how");
    if (!ended.isAfter(plan.begunOn()) && !how.equals("recorded-in-error")) {
      throw new Refusal("endedOn", "The plan began on " + Words.date(plan.begunOn()) + " and ends later than that. Check the day.");
    }
    mayEnd(plan, how, ended, typed);
    plans.end(plan.id(), ended.isBefore(plan.begunOn()) ? plan.begunOn() : ended, how, null, typed.recordedAt(), on.user());
    chronology.add(Chronology.Line.fact(null, plan.caseId(), plan.personId(), Events.PLAN_ENDED, typed.recordedAt(), on.user(),
        Words.sentence(how) + ": " + typed.text("why")).about(plan.id()).happened(ended.atStartOfDay(Submission.LONDON).toInstant()));
    List<String> references = families.references(on.matter().caseId());
    instances.tell(Plans.PLAN_ENDED, references, List.of(plan.id()));
    if (plans.inForce(on.matter().caseId(), Plans.CHILD_PROTECTION).isEmpty()) {
      instances.tell(Conferences.LAST_PLAN_ENDED, references, null);
    }
  }

  private void mayEnd(Plans.Plan plan, String how, LocalDate ended, Submission typed) {
    if (how.equals(EIGHTEEN) && !persons.age(plan.personId(), ended).reached(OF_AGE, ended)) {
      throw new Refusal("endedOn", "The child is not eighteen on this day, or the date of birth is not known.");
    }
    if (how.equals(LEFT) && !typed.yes("forGood")) {
      throw new Refusal("forGood", "Only a departure for good ends a plan. While the child is away, where they are must be known.");
    }
    if (how.equals(OTHER_AUTHORITY)) {
      typed.demand("theirConference", "Give the day on which the other authority held its conference. Until then the plan is ours.");
      if (!typed.yes("inWriting")) {
        throw new Refusal("inWriting", "Only a confirmation in writing ends our plan. Ask them for it; until then the plan is ours.");
      }
      if (ended.isBefore(typed.date("theirConference"))) {
        throw new Refusal("endedOn", "Our plan cannot end before the other authority has held its conference.");
      }
    }
  }
}
