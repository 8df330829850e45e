package org.followthrough.tasklist;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What people may tell of children with a plan outside any page: that somebody else has seen one, a birth, and the end of a plan. */
@Component
@Order(2)
class PlanChanges implements Offers {

  private static final List<Option> YES_OR_NO = List.of(new Option("Yes", "yes"), new Option("No", "no"));
  private static final List<Option> SEXES = List.of(new Option("Girl", "F"), new Option("Boy", "M"), new Option("Not known", "U"));
  private static final String EIGHTEEN = "turned-eighteen";
  private static final String LEFT = "left-the-country";
  private static final String OTHER_AUTHORITY = "other-authority-confirmed";
  private static final List<Option> WHY_ENDED = List.of(new Option("The child is eighteen", EIGHTEEN),
      new Option("The child has left the country for good", LEFT), new Option("Another authority has taken over, after its own conference",
          OTHER_AUTHORITY), new Option("It was recorded in error", "recorded-in-error"));
  private static final int OF_AGE = 18;
  /** No child is born so long before the day on which they were expected. */
  private static final int MONTHS_TOO_EARLY = 6;

  private final Families families;
  private final Persons persons;
  private final Plans plans;
  private final Sightings sightings;
  private final Chronology chronology;
  private final Redating redating;
  private final ProcessInstances instances;
  private final List<CaseProcess> processes;
  private final Agencies agencies;

  PlanChanges(Families families, Persons persons, Plans plans, Sightings sightings, Chronology chronology,
      Redating redating, ProcessInstances instances, List<CaseProcess> processes, Agencies agencies) {
    this.families = families;
    this.persons = persons;
    this.plans = plans;
    this.sightings = sightings;
    this.chronology = chronology;
    this.redating = redating;
    this.instances = instances;
    this.processes = processes;
    this.agencies = agencies;
  }

  /** What everybody who works with the family may tell. */
  @Override
  public List<Change> offered(Matter matter) {
    List<Change> acts = new ArrayList<>();
    List<Option> planned = planned(matter);
    if (!planned.isEmpty()) {
      acts.add(Change.acting("seen-by-agency", "Another agency has seen the child",
          "It is known that somebody has seen them. Our own visits stay due.",
          List.of(Change.Field.select("plan", "Which child?", planned), Change.Field.select("agency", "Seen by", agencies.others()),
              Change.Field.text("who", "By whom?", "Name and role."), Change.Field.datetime("at", "When?"),
              Change.Field.story("told", "What do they say about the child?", null)), this::seenByAgency));
    }
    List<Option> unborn = unborn(matter);
    if (!unborn.isEmpty()) {
      acts.add(Change.acting("birth", "Record a birth", "The child has a name and a date of birth from now on.",
          List.of(Change.Field.select("child", "Which child?", unborn), Change.Field.date("bornOn", "Born on"),
              Change.Field.text("firstName", "First name", null).ifKnown(), Change.Field.text("lastName", "Last name", null).ifKnown(),
              Change.Field.select("sex", "Sex", SEXES).ifKnown(), Change.Field.story("words", "How are mother and child?", null).ifKnown()),
          this::born));
    }
    return acts;
  }

  /** What a manager may end; everything else ends by a review conference. */
  List<Change> corrections(Matter matter) {
    List<Option> planned = planned(matter);
    return planned.isEmpty() ? List.of() : List.of(Change.correcting("end-plan", "End a child’s plan",
        "Otherwise only a review conference ends a plan. The visits to this child end, and after the last plan the core group.",
        List.of(Change.Field.select("plan", "Whose plan?", planned), Change.Field.select("how", "It ends because", WHY_ENDED),
            Change.Field.date("endedOn", "On which day?"),
            Change.Field.select("forGood", "If the child has left: is it for good?", YES_OR_NO).ifKnown(),
            Change.Field.date("theirConference", "If another authority took over: day of its conference").ifKnown(),
            Change.Field.select("inWriting", "If another authority took over: confirmed in writing?", YES_OR_NO).ifKnown(),
            Change.Field.reason("How do you know?")), this::endPlan));
  }

  private List<Option> planned(Matter matter) {
    return matter.caseId() == null ? List.of() : plans.inForce(matter.caseId(), Plans.CHILD_PROTECTION).stream()
        .map(plan -> new Option(persons.name(plan.personId()), plan.id().toString())).toList();
  }

  private List<Option> unborn(Matter matter) {
    return matter.caseId() == null ? List.of() : families.children(matter.caseId()).stream()
        .filter(child -> persons.age(UUID.fromString(child.value()), LocalDate.EPOCH).unborn()).toList();
  }

  private void seenByAgency(TaskList.Entry on, Submission typed) {
    Plans.Plan plan = plans.get(UUID.fromString(typed.text("plan")));
    Instant at = typed.moment("at");
    if (at.isAfter(typed.recordedAt())) {
      throw new Refusal("at", "This time is in the future. Enter when they really saw the child.");
    }
    sightings.record(new Sightings.Sighting(plan.personId(), plan.caseId(), null, typed.text("agency"), typed.text("who"),
        at, true, null, null, null, null, null), typed.recordedAt(), on.user());
    chronology.add(Chronology.Line.fact(null, plan.caseId(), plan.personId(), "Child seen by another agency", typed.recordedAt(), on.user(),
        typed.text("who") + ", " + agencies.spoken(typed.text("agency")) + ": " + typed.text("told")).about(plan.id()).happened(at));
    redating.recount("child last seen by anyone", null, plan.caseId(), plan.id(), "Another agency has seen the child");
  }

  private void born(TaskList.Entry on, Submission typed) {
    UUID child = UUID.fromString(typed.text("child"));
    LocalDate born = typed.date("bornOn");
    if (born.isAfter(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
      throw new Refusal("bornOn", "The day lies in the future. Check it.");
    }
    if (born.isBefore(persons.age(child, born).expected().minusMonths(MONTHS_TOO_EARLY))) {
      throw new Refusal("bornOn", "The child was expected much later. Check the month and the year.");
    }
    persons.born(child, born, typed.text("firstName"), typed.text("lastName"), typed.text("sex"), typed.recordedAt(), on.user());
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), child, "Birth recorded", typed.recordedAt(), on.user(),
        typed.text("words"))
        .happened(born.atStartOfDay(Submission.LONDON).toInstant()));
    processes.forEach(one -> one.born(on.matter().caseId(), child, born, typed.recordedAt(), on.user()));
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
    chronology.add(Chronology.Line.fact(null, plan.caseId(), plan.personId(), "Plan ended", typed.recordedAt(), on.user(),
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
