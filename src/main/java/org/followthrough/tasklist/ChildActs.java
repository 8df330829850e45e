package org.followthrough.tasklist;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.deadline.Redating;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.people.Agencies;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What people may tell of children outside any page: that somebody else has seen one, and a birth. */
@Component
@Order(2)
class ChildActs implements Offers {

  private static final List<Option> SEXES = List.of(new Option("Girl", "F"), new Option("Boy", "M"), new Option("Not known", "U"));
  /** No child is born so long before the day on which they were expected. */
  private static final int MONTHS_TOO_EARLY = 6;

  private final Families families;
  private final Persons persons;
  private final Plans plans;
  private final Sightings sightings;
  private final Chronology chronology;
  private final Redating redating;
  private final List<CaseProcess> processes;
  private final Agencies agencies;

  ChildActs(Families families, Persons persons, Plans plans, Sightings sightings, Chronology chronology, Redating redating,
      List<CaseProcess> processes, Agencies agencies) {
    this.families = families;
    this.persons = persons;
    this.plans = plans;
    this.sightings = sightings;
    this.chronology = chronology;
    this.redating = redating;
    this.processes = processes;
    this.agencies = agencies;
  }

  @Override
  public List<Change> offered(Matter matter) {
    List<Change> acts = new ArrayList<>();
    List<Option> planned = PlanChanges.planned(matter, plans, persons);
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
    chronology.add(Chronology.Line.fact(null, plan.caseId(), plan.personId(), Events.CHILD_SEEN_BY_ANOTHER_AGENCY,
        typed.recordedAt(), on.user(), typed.text("who") + ", " + agencies.spoken(typed.text("agency")) + ": " + typed.text("told"))
        .about(plan.id()).happened(at));
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
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), child, Events.BIRTH_RECORDED, typed.recordedAt(), on.user(),
        typed.text("words"))
        .happened(born.atStartOfDay(Submission.LONDON).toInstant()));
    processes.forEach(one -> one.born(on.matter().caseId(), child, born, typed.recordedAt(), on.user()));
  }
}
