package org.followthrough;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Submission;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** A family whose children have plans of protection, as an initial conference leaves it behind. */
@Component
public class PlannedFamily {

  private final Practice practice;
  private final TheRecord record;
  private final HeldMeeting held;
  private final Contacts contacts;
  private final Meetings meetings;
  private final AgreedActions actions;
  private final Plans plans;
  private final CoreGroups coreGroups;

  PlannedFamily(Practice practice, TheRecord record, HeldMeeting held, Contacts contacts, Meetings meetings, AgreedActions actions,
      Plans plans, CoreGroups coreGroups) {
    this.practice = practice;
    this.record = record;
    this.held = held;
    this.contacts = contacts;
    this.meetings = meetings;
    this.actions = actions;
    this.plans = plans;
    this.coreGroups = coreGroups;
  }

  /** A contact about Aoife and Zoë O’Neill-like sisters, an unborn child and their mother Katarzyna, all with a name of their own. */
  public String contact() {
    String name = Practice.aNewName();
    String home = System.nanoTime() + " Mill Lane";
    String contact = practice.aContactAbout(List.of(
        practice.aNewChild("Aoife", "lastName", name, "birthDate", "2020-02-29", "address", home),
        practice.aNewChild("Zoë", "lastName", name, "birthDate", "2025-07-14", "address", home),
        practice.aNewChild("", "kind", "unborn", "firstName", null, "lastName", null, "birthDate", null, "expectedDate", "2027-02-01",
            "address", null),
        practice.aNewChild("Katarzyna", "kind", "adult", "lastName", name, "birthDate", "1990-03-01",
            "relation", "mother", "address", home)),
        practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    return contact;
  }

  /** An initial conference about the family of a contact, held then. */
  public UUID conference(String contact, Instant heldAt) {
    UUID conference = meetings.call("initial-conference", caseOf(contact), contacts.idOf(contact).orElseThrow(), null,
        "conference-chair", "minute-taker", heldAt);
    meetings.hold(conference, heldAt, null, "chair", List.of());
    return conference;
  }

  /** A plan for a child of a contact, by first name ("" for the unborn one), begun by that conference. */
  public UUID plan(String contact, String firstName, UUID conference) {
    Instant at = meetings.find(conference).orElseThrow().heldAt();
    return plans.begin(Plans.CHILD_PROTECTION, UUID.fromString(child(contact, firstName)), caseOf(contact), conference,
        LocalDate.ofInstant(at, Submission.LONDON), "neglect", at, "chair");
  }

  /** The same with everything a plan must say. */
  public UUID wholePlan(String contact, String firstName, UUID conference) {
    UUID plan = plan(contact, firstName, conference);
    fill(contact, plan);
    return plan;
  }

  /** Writes into a plan what it lacks. */
  public void fill(String contact, UUID plan) {
    Plans.Plan one = plans.get(plan);
    Instant at = meetings.find(one.begunBy()).orElseThrow().heldAt();
    plans.add(plan, "She is left alone at night", "Somebody is at home every night", one.begunOn().plusMonths(2),
        "The neighbour sees the light", "We ask the court", "Her aunt comes", at, "chair");
    plans.childSays(plan, "That somebody is there when I wake up.");
    plans.seenHowOften(plan, "Every week by the social worker");
    actions.agree(one.begunBy(), one.caseId(), "Take her to swimming", "Joan Patel", "school", one.begunOn().plusDays(30), null,
        new Meetings.Terms(true, one.personId()), at.plusSeconds(1), "chair");
  }

  /** Three who belong to the core group: from school, from health, and the mother. */
  public void members(String contact) {
    Instant at = Practice.london("2026-01-05T09:00");
    coreGroups.join(caseOf(contact), "Joan Patel", "Head teacher", "school", "joan@school.example", at);
    coreGroups.join(caseOf(contact), "Niamh Byrne", "Health visitor", "health", null, at);
    coreGroups.join(caseOf(contact), mother(contact), "Mother", null, null, at);
  }

  /** The mother as the record spells her. */
  public String mother(String contact) {
    return "Katarzyna " + record.text("select n.last_name from contact_person p join contact c on c.id = p.contact_id "
        + "join person_name n on n.person_id = p.person_id and n.position = 1 where c.reference = ? and n.first_name = 'Katarzyna'",
        contact);
  }

  public String child(String contact, String firstName) {
    return record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.child and coalesce(p.typed ->> 'firstName', '') = ?", contact, firstName);
  }

  public UUID caseOf(String contact) {
    return contacts.byId(contacts.idOf(contact).orElseThrow()).caseId();
  }

  /** The core group of a family whose conference it follows. */
  public ProcessInstance coreGroup(String contact, UUID conference) {
    return held.begin("CoreGroupNeeded", contact, conference);
  }

  /** The visits to the child of a plan. */
  public ProcessInstance visits(String contact, UUID plan) {
    return held.begin("PlanBegun", contact, plan);
  }

  // Pages.

  /** A visit at which the child was seen as one should be. */
  public static Map<String, Object> seen(Object... changes) {
    return Practice.page(Map.of("seen", "yes", "alone", "yes", "bedroom", "yes", "ownWords", "I like the new bed.",
        "againstPlan", "Somebody was at home every night."), changes);
  }
}
