package org.followthrough.plan.visit;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.followthrough.family.Persons;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;
import org.followthrough.plan.Sightings.Sighting;
import org.springframework.stereotype.Component;

/** One visit, or one attempt, to one child. */
@Component
class RecordVisit implements Step {

  /** From this age a child is seen alone as a rule, as Central Bedfordshire. */
  private static final int SEEN_ALONE_FROM = 4;

  private final Plans plans;
  private final Sightings sightings;
  private final Persons persons;
  private final Meetings meetings;
  private final Clock clock;
  private final Agencies agencies;

  RecordVisit(Plans plans, Sightings sightings, Persons persons, Meetings meetings, Clock clock, Agencies agencies) {
    this.plans = plans;
    this.sightings = sightings;
    this.persons = persons;
    this.meetings = meetings;
    this.clock = clock;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("seen", "alone", "bedroom").choice("notSeenWhy")
        .text("tried", "notAloneWhy", "notBedroomWhy", "ownWords", "noWordsWhy", "againstPlan", "onBehalfOf").happened();
  }

  @Override
  public String event() {
    return "Child visited";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("seen") ? event() : "Child not seen";
  }

  /** Not seen does not count, and neither does what is written down of an earlier visit after a later one. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return typed.yes("seen") && sightings.newest(typed.matter().subjectId(), typed.happenedAt());
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Plans.Plan plan = plans.get(matter.subjectId());
    List<Sighting> visits = sightings.of(plan.personId());
    Persons.Age age = persons.age(plan.personId(), LocalDate.ofInstant(clock.instant(), Submission.LONDON));
    List<String> lines = new ArrayList<>();
    lines.add("**" + Words.escaped(persons.name(plan.personId())) + "**, " + age.inWords() + "\n");
    lines.add("- Seen by us: " + when(visits, one -> one.byAgency().equals(Agencies.SOCIAL_CARE)));
    lines.add("- Seen by anybody: " + when(visits, one -> true));
    if (!age.unborn()) {
      lines.add("- Alone: " + when(visits, one -> Boolean.TRUE.equals(one.alone())));
      lines.add("- Bedroom: " + when(visits, one -> Boolean.TRUE.equals(one.bedroom())));
    }
    visits.stream().filter(one -> one.ownWords() != null).findFirst()
        .ifPresent(one -> lines.add("- Said on " + Words.date(one.at()) + ": “" + Words.escaped(one.ownWords()) + "”"));
    Map<String, Object> shown = new HashMap<>(Map.of("childText", String.join("\n", lines), "unborn", age.unborn()));
    planned(plan).ifPresent(text -> shown.put("planText", text));
    due(plan, visits, age).ifPresent(text -> shown.put("dueText", text));
    return shown;
  }

  private String when(List<Sighting> visits, Predicate<Sighting> which) {
    return visits.stream().filter(Sighting::seen).filter(which).findFirst().map(one -> "last on **" + Words.moment(one.at()) + "**"
        + (one.byAgency().equals(Agencies.SOCIAL_CARE) ? "" : ", " + Words.escaped(agencies.spoken(one.byAgency())))).orElse("**not yet**");
  }

  private Optional<String> planned(Plans.Plan plan) {
    List<String> lines = new ArrayList<>();
    if (plan.seenHowOften() != null) {
      lines.add("- To be seen: " + Words.escaped(plan.seenHowOften()));
    }
    if (plan.childSays() != null) {
      lines.add("- The child says must change: " + Words.escaped(plan.childSays()));
    }
    plans.rows(plan.id()).forEach(row -> lines.add("- **" + Words.escaped(row.mustChange()) + "**"
        + (row.seenHow() == null ? "" : ". Seen by: " + Words.escaped(row.seenHow()))));
    return lines.isEmpty() ? Optional.empty() : Optional.of("**What the plan says**\n\n" + String.join("\n", lines));
  }

  /** What was left out last time is due this time: at least at alternate visits, as Southwark. */
  private Optional<String> due(Plans.Plan plan, List<Sighting> visits, Persons.Age age) {
    List<String> due = new ArrayList<>();
    if (!age.unborn() && lastVisit(plan, visits).filter(one -> !Boolean.TRUE.equals(one.alone())).isPresent()) {
      due.add("be seen alone");
    }
    if (!age.unborn() && lastVisit(plan, visits).filter(one -> !Boolean.TRUE.equals(one.bedroom())).isPresent()) {
      due.add("show where they sleep");
    }
    return due.isEmpty() ? Optional.empty() : Optional.of("Not last time, so this time: the child should "
        + String.join(" and ", due) + ".");
  }

  /** Our last visit to the child on this plan at which the child was seen. */
  private static Optional<Sighting> lastVisit(Plans.Plan plan, List<Sighting> visits) {
    return visits.stream().filter(one -> one.seen() && plan.id().equals(one.during())).findFirst();
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Plans.Plan plan = plans.get(typed.matter().subjectId());
    Instant at = typed.happenedAt();
    if (!at.isAfter(meetings.find(plan.begunBy()).orElseThrow().heldAt())) {
      throw new Refusal("happenedAt", "This lies before the conference that began the plan. Check the date and time.");
    }
    boolean seen = typed.yes("seen");
    sightings.record(seen ? seen(typed, plan, at) : notSeen(typed, plan, at), typed.recordedAt(), typed.matter().user());
    return Map.of("childSeen", meetsItsClock(typed), "childStillOnPlan", plan.endedOn() == null);
  }

  private Sighting notSeen(Submission typed, Plans.Plan plan, Instant at) {
    typed.demand("notSeenWhy", "Say why the child was not seen.");
    typed.demand("tried", "Say what you tried, and what you do next. It stays open until the child is seen.");
    return new Sighting(plan.personId(), plan.caseId(), plan.id(), Agencies.SOCIAL_CARE, who(typed), at, false,
        Words.sentence(typed.text("notSeenWhy")) + ". " + typed.text("tried"), null, null, null, null);
  }

  private Sighting seen(Submission typed, Plans.Plan plan, Instant at) {
    Persons.Age age = persons.age(plan.personId(), LocalDate.ofInstant(at, Submission.LONDON));
    typed.demand("againstPlan", "Say how things look against the plan: what is better, what is worse.");
    if (age.unborn()) {
      return new Sighting(plan.personId(), plan.caseId(), plan.id(), Agencies.SOCIAL_CARE, who(typed), at, true, null,
          null, null, null, null);
    }
    Optional<Sighting> last = lastVisit(plan, sightings.of(plan.personId()));
    typed.demand("alone", "Say whether the child was seen alone.");
    if (!typed.yes("alone") && (age.reached(SEEN_ALONE_FROM, LocalDate.ofInstant(at, Submission.LONDON))
        || last.filter(one -> !Boolean.TRUE.equals(one.alone())).isPresent())) {
      typed.demand("notAloneWhy", "Not alone this time: say why.");
    }
    typed.demand("bedroom", "Say whether you saw where the child sleeps.");
    if (!typed.yes("bedroom") && last.filter(one -> !Boolean.TRUE.equals(one.bedroom())).isPresent()) {
      typed.demand("notBedroomWhy", "It was not seen last time either: say why.");
    }
    if (typed.text("ownWords") == null) {
      typed.demand("noWordsWhy", "Write what the child said, in their own words; or say why there is nothing, as: too young to speak.");
    }
    return new Sighting(plan.personId(), plan.caseId(), plan.id(), Agencies.SOCIAL_CARE, who(typed), at, true, null,
        typed.yes("alone"), typed.text("notAloneWhy"), typed.yes("bedroom"), typed.text("ownWords"));
  }

  private static String who(Submission typed) {
    return typed.text("onBehalfOf") == null ? typed.matter().user() : typed.text("onBehalfOf");
  }
}
