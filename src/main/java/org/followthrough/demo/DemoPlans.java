package org.followthrough.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.WorkingDays;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.meeting.Outcomes;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;

/** A conference and its plans as rows: its pages would take a dozen people a morning. */
@ForDemonstration
class DemoPlans {

  /** A process that goes on from the conference, by the message that begins it and what it is about. */
  record Begun(String message, UUID about) {}

  /** Where Joan Patel works. */
  static final String JOANS = "mill-road-school";

  private final Meetings meetings;
  private final Outcomes outcomes;
  private final Conferences conferences;
  private final Plans plans;
  private final Sightings sightings;
  private final CoreGroups coreGroups;
  private final AgreedActions actions;
  private final Chronology chronology;

  DemoPlans(Meetings meetings, Outcomes outcomes, Conferences conferences, Plans plans, Sightings sightings, CoreGroups coreGroups,
      AgreedActions actions, Chronology chronology) {
    this.meetings = meetings;
    this.outcomes = outcomes;
    this.conferences = conferences;
    this.plans = plans;
    this.sightings = sightings;
    this.coreGroups = coreGroups;
    this.actions = actions;
    this.chronology = chronology;
  }

  /** The conference as it was held, what it decided for both children, and the processes that go on from there. */
  List<Begun> decided(UUID contactId, UUID family, List<UUID> children, Instant heldAt, Instant seenAt, LocalDate today) {
    List<Begun> begun = new ArrayList<>();
    UUID conference = meetings.call("initial-conference", family, contactId, null, "conference-chair", "minute-taker", heldAt);
    conferences.open(conference, UUID.randomUUID(), false, null);
    meetings.hold(conference, heldAt, "in-person", "chair", List.of(
        new Meetings.Attended("social-care", "Sam Carter", "Social worker", null, true, null),
        new Meetings.Attended(JOANS, "Joan Patel", "Designated safeguarding lead", "joan.patel@school.example", true, null),
        new Meetings.Attended("health", "Niamh Doherty", "Health visitor", "niamh.doherty@health.example", true, null)));
    meetings.judged(conference, true, "Social care and two agencies that work with the children took part.");
    chronology.add(Chronology.Line.fact(contactId, family, null, Events.CONFERENCE_HELD, heldAt, "chair", null).about(conference));
    coreGroups.join(family, "Joan Patel", "Designated safeguarding lead", JOANS, "joan.patel@school.example", heldAt);
    coreGroups.join(family, "Niamh Doherty", "Health visitor", "health", "niamh.doherty@health.example", heldAt);
    outcomes.decide(conference, children, "plan-begins", "neglect", "They are alone at night, again and again.", heldAt, "chair");
    for (UUID child : children) {
      UUID plan = plans.begin(Plans.CHILD_PROTECTION, child, family, conference, LocalDate.ofInstant(heldAt, WorkingDays.LONDON),
          "neglect", heldAt, "chair");
      plans.add(plan, "Alone at night", "A grown-up is at home every night", today.plusMonths(2), "The neighbour sees the light",
          "We ask the court", "Their aunt comes", heldAt, "chair");
      plans.childSays(plan, "“I want somebody to be there when I wake up.”");
      plans.seenHowOften(plan, "Every week by the social worker");
      sightings.record(new Sightings.Sighting(child, family, plan, "social-care", "Sam Carter", seenAt,
          true, null, true, null, true, "“I like the new lamp.”"), seenAt, "worker");
      begun.add(new Begun(Plans.PLAN_BEGUN, plan));
    }
    begun.add(new Begun(Conferences.CORE_GROUP_NEEDED, conference));
    UUID action = actions.agree(conference, family, "Bring both children to the breakfast club", "Joan Patel", JOANS,
        today.plusDays(21), "The family worker brings them",
        new Meetings.Terms(true, null), heldAt, "chair");
    chronology.add(Chronology.Line.fact(contactId, family, null, Events.ACTION_AGREED, heldAt,
        "chair", "Bring both children to the breakfast club").about(action));
    begun.add(new Begun(AgreedActions.ACTION_AGREED, action));
    return begun;
  }
}
