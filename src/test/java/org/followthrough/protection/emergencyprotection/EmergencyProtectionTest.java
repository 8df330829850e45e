package org.followthrough.protection.emergencyprotection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What protects a child tonight, and what comes after it. Friday 20 November 2026, twenty to seven in the evening. */
@InTheHouse
class EmergencyProtectionTest {

  private static final String ARRANGE = "Arrange protection";
  private static final String FOLLOWS = "Arrange what follows";
  private static final String ASKED = "Agree what happens now";

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired ProcessInstances instances;
  @Autowired Families families;
  @Autowired Chronology chronology;
  @Autowired Clocks clocks;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aFridayEvening() {
    init(engine);
    practice.itIs("2026-11-20T18:40");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // From tonight to what follows.

  @Test
  void a_child_in_police_protection_is_watched_until_it_is_said_what_follows() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    assertThat(practice.task(ARRANGE, contact)).hasDueDate(at("2026-11-20T20:40"));
    assertThat(practice.groupsOf(practice.task(ARRANGE, contact))).containsExactly("north.social-worker", "north.team-manager",
        "out-of-hours");

    practice.itIs("2026-11-20T19:30");
    practice.handIn("out-of-hours", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:10", "Aoife"));

    assertThat(clock("ProtectChildren", contact).metAt()).isEqualTo(london("2026-11-20T19:30"));
    assertThat(ends(contact)).containsExactly(london("2026-11-23T18:10"));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-23T14:10"));
    assertThat(practice.groupsOf(practice.task(FOLLOWS, contact))).containsExactly("north.social-worker", "north.team-manager",
        "out-of-hours");
    Clocks.Running watch = clock("ArrangeWhatFollows", contact);
    assertThat(watch.counted().at()).isEqualTo(london("2026-11-23T18:10"));
    assertThat(watch.counted().from()).isEqualTo("end of protection");

    practice.itIs("2026-11-23T11:00");
    practice.handIn("worker", FOLLOWS, contact, safe(contact, "Aoife"));

    hasEndedAt(process, "Protection followed up");
    assertThat(process).hasPassed(findId("Protection arranged"), findId("Children protected"), findId("What follows arranged"),
        findId("Strategy discussion needed")).hasNotPassed(findId("Strategy discussion not needed"));
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Aoife: police-protection, safe-without-protection");
    assertThat(record.text("select p.followed_why || ' ' || p.followed_at || ' ' || p.details || ' ' || p.whereabouts from protection p "
        + "join family_case f on f.id = p.case_id where f.reference = ?", practice.caseOf(contact)))
        .contains("Her father has gone back to Cork").contains("12 Park Lane, with their aunt Zoë");
    assertThat(record.chronology(contact)).containsSubsequence("Response decided", "Protected: police protection", "Protection arranged",
        "What follows arranged");
    assertThat(record.text("select e.words || ' ' || (e.person_id = ?::uuid) || ' ' || (e.happened_at = ?::timestamptz) "
        + "from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? and what like 'Protected:%'",
        child(contact, "Aoife"), "2026-11-20T18:10Z", contact)).isEqualTo("Until Monday 23 November 2026 at 18:10 true true");
  }

  @Test
  void who_leaves_the_home_protects_without_an_enquiry() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Aoife"));
    assertThat(process).hasPassed(findId("Strategy discussion not needed")).hasNotPassed(findId("Strategy discussion needed"));
    assertThat(discussions(contact)).isZero();
    assertThat(record.chronology(contact)).doesNotContain("Urgent enquiry begun");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"police-protection", "emergency-protection-order"})
  void police_protection_or_an_order_means_an_enquiry_and_calls_a_discussion(String kind) {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, protection(contact, kind, "Aoife", "since", "2026-11-20T16:00"));
    assertThat(discussions(contact)).isEqualTo(1);
    assertThat(record.text("select (happened_at = '2026-11-20T16:00Z')::text from chronology_entry where subject_id = ?::uuid "
        + "and what = 'Urgent enquiry begun'", need(contact))).isEqualTo("true");
    assertThat(clock("HoldDiscussion", contact).dueAt()).as("within a day of when the enquiry began").isEqualTo(london("2026-11-21T16:00"));
  }

  @Test
  void a_discussion_that_waits_to_be_held_is_not_called_twice_and_is_due_by_the_enquiry_too() {
    String contact = aChildInDanger("Aoife");
    String meeting = aDiscussionCalled(contact);
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T16:00", "Aoife"));
    assertThat(discussions(contact)).isZero();
    assertThat(process(contact)).hasPassed(findId("Strategy discussion not needed"));
    assertThat(record.text("select subject_id::text from chronology_entry e join contact c on c.id = e.contact_id "
        + "where c.reference = ? and what = 'Urgent enquiry begun'", contact)).isEqualTo(meeting);
  }

  @Test
  void it_begins_from_an_open_case_without_any_contact() {
    String family = practice.caseOf(practice.aRecordedContact("Aoife"));
    UUID caseId = families.idOf(family).orElseThrow();
    practice.itIs("2026-11-20T19:00");
    chronology.add(Chronology.Line.fact(null, caseId, null, "Protection needed", london("2026-11-20T19:00"), "worker", null)
        .happened(london("2026-11-20T18:50")));
    instances.begin("ProtectionNeeded", family, Map.of());

    Task page = ofCase(ARRANGE, family);
    assertThat(page).hasDueDate(at("2026-11-20T20:50"));
    String child = families.children(caseId).get(0).value();
    practice.handIn("out-of-hours", page.getId(), practice.aProtection(List.of(child), "kind", "police-protection",
        "since", "2026-11-20T18:00"));
    assertThat(ofCase(FOLLOWS, family)).hasDueDate(at("2026-11-23T14:00"));
    assertThat(engine.getTaskService().createTaskQuery().processInstanceBusinessKey(family).taskName("Convene discussion").count())
        .isEqualTo(1);
    passesTo("2026-11-23T14:00");
    String clock = record.text("select id::text from clock where process = 'emergency-protection' and case_id = ?::uuid "
        + "and ended_at is null", caseId.toString());
    assertThat(engine.getTaskService().createTaskQuery().processVariableValueEquals("lateClockRef", clock).list()).singleElement()
        .satisfies(question -> assertThat(practice.groupsOf(question)).containsExactly("north.team-manager"));
  }

  @Test
  void a_need_decided_earlier_and_written_down_later_counts_from_when_it_was_decided() {
    practice.itIs("2026-11-20T18:00");
    String contact = practice.aRecordedContact("Aoife");
    practice.itIs("2026-11-20T20:30");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice", "childNeedsProtectingNow", "yes",
        "happenedEarlier", true, "happenedAt", "2026-11-20T18:10"));
    assertThat(practice.task(ARRANGE, contact)).hasDueDate(at("2026-11-20T20:10"));
    practice.timersFire();
    assertThat(practice.groupsOf(question("ProtectChildren", contact))).containsExactly("north.team-manager", "out-of-hours");
  }

  // Until when.

  @ParameterizedTest(name = "taken {0}: until {1}, to be settled by {2}")
  @CsvSource({
      "2026-11-20T18:00, 2026-11-23T18:00, 2026-11-23T14:00",
      "2026-10-23T20:00, 2026-10-26T19:00, 2026-10-26T15:00",   // the clocks go back
      "2027-03-26T20:00, 2027-03-29T21:00, 2027-03-29T17:00",   // the clocks go forward
      "2026-12-24T23:30, 2026-12-27T23:30, 2026-12-27T19:30"})
  void police_protection_ends_after_seventy_two_hours_of_the_clock(String taken, String ends, String settled) {
    practice.itIs(taken);
    String contact = aChildInDanger("Aoife");
    practice.handIn("out-of-hours", ARRANGE, contact, inPoliceProtection(contact, taken, "Aoife"));
    assertThat(ends(contact)).containsExactly(london(ends));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at(settled));
  }

  @Test
  void an_earlier_end_that_the_police_set_wins() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "police-protection", "Aoife", "since", "2026-11-20T18:00",
        "endsEarlier", true, "until", "2026-11-21T12:00"));
    assertThat(ends(contact)).containsExactly(london("2026-11-21T12:00"));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-21T08:00"));
  }

  @Test
  void an_order_has_its_own_date_and_time() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "emergency-protection-order", "Aoife", "since", "2026-11-20T17:30",
        "until", "2026-11-28T16:00"));
    assertThat(ends(contact)).containsExactly(london("2026-11-28T16:00"));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-28T12:00"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(delimiter = '|', textBlock = """
      police-protection          | since=2026-11-20T18:00,endsEarlier=true,until=2026-11-23T18:01 | until      | \
      Police protection lasts until Monday 23 November 2026 at 18:00 at the latest. Correct the end, or when it began.
      police-protection          | since=2026-11-20T18:00,endsEarlier=true                        | until      | \
      You said that it ends earlier. Give both the day and the time.
      police-protection          |                                                                | since      | \
      Say when the police took the child, or when the court made the order: the law counts from then.
      police-protection          | since=2026-11-20T18:41                                         | since      | \
      Until it begins, nothing would protect the children. It must begin by Friday 20 November 2026 at 18:40 at the latest; say what \
      protects them until then.
      emergency-protection-order | since=2026-11-20T18:00                                         | until      | \
      Say until when this holds. Give both the day and the time.
      emergency-protection-order | until=2026-11-28T16:00                                         | since      | \
      Say when the police took the child, or when the court made the order: the law counts from then.
      section-20-agreement       | until=2026-11-28T16:00                                         | agreedBy   | \
      Say who agreed. It must be somebody with parental responsibility.
      other                      |                                                                | until      | \
      Say until when this holds. Give both the day and the time.
      other                      | until=2026-11-20T18:40                                         | until      | \
      It would end before it begins. Check both dates.
      not-needed                 |                                                                | kind       | \
      Nothing is arranged yet. If no child needs protecting after all, a manager ends this work in the menu of the case.
      """)
  void what_cannot_be_is_refused_in_a_sentence(String kind, String typed, String field, String sentence) {
    String contact = aChildInDanger("Aoife");
    Map<String, Object> page = protection(contact, kind, "Aoife", "until", null);
    for (String pair : typed == null ? new String[0] : typed.split(",")) {
      page.put(pair.split("=")[0], pair.split("=")[1].equals("true") ? (Object) true : pair.split("=")[1]);
    }
    assertThatThrownBy(() -> practice.handIn("worker", ARRANGE, contact, page))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field)).hasMessage(sentence);
    assertThat(practice.tasks(ARRANGE, contact)).hasSize(1);
    assertThat(record.protections(practice.caseOf(contact))).isEmpty();
  }

  @Test
  void an_agreement_under_section_20_says_who_agreed() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "section-20-agreement", "Aoife",
        "agreedBy", "Both parents, in writing"));
    assertThat(record.text("select agreed_by from protection p join family_case f on f.id = p.case_id where f.reference = ?",
        practice.caseOf(contact)))
        .isEqualTo("Both parents, in writing");
    assertThat(discussions(contact)).isZero();
  }

  @Test
  void an_arrangement_written_down_after_it_ran_out_is_taken_and_is_late_at_once() {
    String contact = aChildInDanger("Aoife");
    practice.itIs("2026-11-24T09:30");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "police-protection", "Aoife", "since", "2026-11-20T18:00",
        "happenedEarlier", true, "happenedAt", "2026-11-20T19:00"));
    assertThat(clock("ProtectChildren", contact).metAt()).isEqualTo(london("2026-11-20T19:00"));
    practice.timersFire();
    assertThat(practice.groupsOf(question("ArrangeWhatFollows", contact))).containsExactly("north.team-manager");
    assertThat(clock("ArrangeWhatFollows", contact).dueAt()).isEqualTo(london("2026-11-23T14:00"));
  }

  // Late, at night.

  @Test
  void a_child_nobody_has_protected_is_escalated_on_a_friday_night() {
    String contact = aChildInDanger("Aoife");
    passesTo("2026-11-20T20:39:59");
    assertThat(asked("ProtectChildren", contact)).isEmpty();
    passesTo("2026-11-20T20:40");
    assertThat(practice.groupsOf(question("ProtectChildren", contact))).containsExactly("north.team-manager", "out-of-hours");
    assertThat(practice.taskList("out-of-hours", contact)).containsExactly(ASKED, ARRANGE);
    assertThat(practice.taskList("south-manager", contact)).isEmpty();
    passesTo("2026-11-20T22:40");
    passesTo("2026-11-21T00:40");
    assertThat(practice.groupsOf(question("ProtectChildren", contact))).containsExactly("head-of-service", "north.team-manager",
        "out-of-hours", "service-manager");

    practice.handIn("out-of-hours", ARRANGE, contact, protection(contact, "someone-leaves", "Aoife"));
    assertThat(asked("ProtectChildren", contact)).isEmpty();
  }

  @ParameterizedTest(name = "taken {0}, running out {1}")
  @CsvSource({
      // Boxing Day at two in the morning
      "2026-12-23T02:00, 2026-12-26T02:00, 2026-12-25T22:00, 2026-12-26T00:00, 2026-12-26T02:00",
      // Easter Monday at two in the morning, a night after the clocks went forward
      "2027-03-26T01:00, 2027-03-29T02:00, 2027-03-28T22:00, 2027-03-29T00:00, 2027-03-29T02:00"})
  void protection_that_runs_out_in_the_night_of_a_bank_holiday_reaches_out_of_hours_and_climbs(String taken, String ends, String late,
      String firstClimb, String secondClimb) {
    practice.itIs(taken);
    String contact = aChildInDanger("Aoife");
    practice.handIn("out-of-hours", ARRANGE, contact, inPoliceProtection(contact, taken, "Aoife"));
    assertThat(ends(contact)).containsExactly(london(ends));

    passesTo(LocalDateTime.parse(late).minusSeconds(1).toString());
    assertThat(asked("ArrangeWhatFollows", contact)).isEmpty();
    passesTo(late);
    assertThat(practice.groupsOf(question("ArrangeWhatFollows", contact))).containsExactly("north.team-manager", "out-of-hours");
    assertThat(question("ArrangeWhatFollows", contact)).hasDueDate(at(firstClimb));
    assertThat(practice.taskList("out-of-hours", contact)).contains(ASKED, FOLLOWS);
    passesTo(firstClimb);
    assertThat(practice.groupsOf(question("ArrangeWhatFollows", contact))).containsExactly("north.team-manager", "out-of-hours",
        "service-manager");
    passesTo(secondClimb);
    assertThat(practice.groupsOf(question("ArrangeWhatFollows", contact))).containsExactly("head-of-service", "north.team-manager",
        "out-of-hours", "service-manager");
    assertThat(record.asked(clock("ArrangeWhatFollows", contact))).hasSize(3);
  }

  @Test
  void two_children_unprotected_are_one_escalation() {
    String contact = siblingsInDanger();
    passesTo("2026-11-20T20:40");
    practice.timersFire();
    assertThat(asked("ProtectChildren", contact)).hasSize(1);
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Ronan", "anotherChild", "yes"));
    practice.timersFire();
    assertThat(asked("ProtectChildren", contact)).as("the second child is still unprotected").hasSize(1);
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Sorcha"));
    assertThat(asked("ProtectChildren", contact)).isEmpty();
    passesTo("2026-11-21T18:00");
    practice.timersFire();
    assertThat(asked("ArrangeWhatFollows", contact)).as("both run out at one hour").hasSize(1);
  }

  // Brothers and sisters.

  @Test
  void brothers_and_sisters_are_protected_differently_in_one_need_and_the_first_end_counts() {
    String contact = siblingsInDanger();
    ProcessInstance process = process(contact);
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Ronan", "anotherChild", "yes"));

    assertThat(options(ARRANGE, contact)).as("who is left").containsExactly("Sorcha");
    assertThat((String) forms.prefilled(practice.task(ARRANGE, contact), "worker").get("holdingText"))
        .contains("Ronan").contains("police protection until **Monday 23 November 2026 at 18:00**").contains("12 Park Lane");
    practice.itIs("2026-11-20T19:00");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "other", "Sorcha", "until", "2026-11-22T09:00"));

    assertThat(discussions(contact)).as("for Ronan, whatever the last page said").isEqualTo(1);
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Ronan: police-protection", "Sorcha: other");
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-22T05:00"));
    assertThat(options(FOLLOWS, contact)).hasSize(2).first().asString().contains("Sorcha")
        .contains("another arrangement until Sunday 22 November 2026 at 09:00");

    practice.itIs("2026-11-21T10:00");
    practice.handIn("worker", FOLLOWS, contact, safe(contact, "Sorcha"));
    assertThat(process).isNotEnded();
    assertThat(practice.task(FOLLOWS, contact)).as("now by Ronan's end").hasDueDate(at("2026-11-23T14:00"));
    assertThat(practice.timers("Event_EndOfProtectionOverdue", contact)).singleElement()
        .satisfies(timer -> assertThat(timer.getDuedate()).isEqualTo(at("2026-11-23T14:00")));
    practice.handIn("worker", FOLLOWS, contact, safe(contact, "Ronan"));
    hasEndedAt(process, "Protection followed up");
    assertThat(discussions(contact)).isEqualTo(1);
  }

  @Test
  void children_protected_in_the_same_way_need_one_page() {
    String contact = siblingsInDanger();
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", List.of("Ronan", "Sorcha")));
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Ronan: someone-leaves", "Sorcha: someone-leaves");
    assertThat(practice.tasks(FOLLOWS, contact)).hasSize(1);
  }

  @Test
  void while_a_brother_or_sister_is_left_somebody_says_whether_they_need_protecting_too() {
    String contact = siblingsInDanger();
    assertThatThrownBy(() -> practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Ronan")))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("anotherChild"));
    assertThat(record.protections(practice.caseOf(contact))).isEmpty();
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Ronan", "anotherChild", "no"));
    assertThat(practice.tasks(ARRANGE, contact)).isEmpty();
    assertThat(practice.tasks(FOLLOWS, contact)).hasSize(1);
  }

  @Test
  void a_child_who_needs_no_protection_after_all_closes_the_second_page() {
    String contact = siblingsInDanger();
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Ronan", "anotherChild", "yes"));
    practice.handIn("worker", ARRANGE, contact, protection(contact, "not-needed", "Sorcha", "until", null,
        "details", "She is at sea with the Scouts."));
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Ronan: someone-leaves");
    assertThat(practice.tasks(FOLLOWS, contact)).hasSize(1);
  }

  @Test
  void an_unborn_child_can_be_under_no_power_of_law_yet() {
    String name = Practice.aNewName();
    String contact = inDanger(practice.aContactAbout(List.of(practice.aNewChild("Zoë", "lastName", name),
        Map.of("kind", "unborn", "expectedDate", "2027-02-01", "relation", "child-of-concern", "livesWhere", "with-the-children")),
        practice.aConcern()));
    String unborn = record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.typed ->> 'kind' = 'unborn'", contact);
    for (String kind : List.of("police-protection", "emergency-protection-order", "section-20-agreement")) {
      assertThatThrownBy(() -> practice.handIn("worker", ARRANGE, contact, practice.aProtection(List.of(child(contact, "Zoë"), unborn),
          "kind", kind, "since", "2026-11-20T18:00", "agreedBy", "Their mother"))).isInstanceOf(Refusal.class)
          .hasMessageStartingWith("An unborn child cannot be in police protection, under an order or looked after.");
    }
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Zoë", "anotherChild", "yes"));
    practice.handIn("worker", ARRANGE, contact, practice.aProtection(List.of(unborn), "kind", "someone-leaves"));
    assertThat(record.protections(practice.caseOf(contact))).containsExactlyInAnyOrder("Zoë: police-protection", "Unborn: someone-leaves");
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-21T14:40"));

    assertThatThrownBy(() -> practice.handIn("worker", FOLLOWS, contact,
        Map.of("children", List.of(unborn), "whatFollows", "court-order-made",
        "courtOrder", "interim care order"))).isInstanceOf(Refusal.class).hasMessageContaining("unborn child");
  }

  // What follows.

  @Test
  void protected_again_is_a_new_arrangement_with_a_clock_of_its_own() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Aoife"));
    practice.itIs("2026-11-23T12:00");
    practice.handIn("worker", FOLLOWS, contact, again(contact, "emergency-protection-order", "Aoife", "since", "2026-11-23T11:30",
        "until", "2026-12-01T12:00"));

    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Aoife: police-protection, protected-again",
        "Aoife: emergency-protection-order");
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-12-01T08:00"));
    assertThat(discussions(contact)).as("the enquiry has begun already").isEqualTo(1);
    assertThat(record.clocks("ArrangeWhatFollows", contact)).extracting(Clocks.Running::endedAs).containsExactly(null, "met");
    assertThat(process).isNotEnded();
  }

  @Test
  void an_order_after_an_arrangement_without_one_calls_a_discussion() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Aoife"));
    assertThat(discussions(contact)).isZero();
    practice.itIs("2026-11-21T10:00");
    practice.handIn("out-of-hours", FOLLOWS, contact, again(contact, "emergency-protection-order", "Aoife", "since", "2026-11-21T09:30",
        "until", "2026-11-29T12:00"));
    assertThat(discussions(contact)).isEqualTo(1);
    practice.handIn("out-of-hours", FOLLOWS, contact, safe(contact, "Aoife"));
    assertThat(discussions(contact)).isEqualTo(1);
  }

  @Test
  void what_follows_may_begin_when_the_first_ends_but_not_later() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Aoife"));
    practice.itIs("2026-11-23T12:00");
    assertThatThrownBy(() -> practice.handIn("worker", FOLLOWS, contact, again(contact, "section-20-agreement", "Aoife",
        "agreedBy", "Her mother", "since", "2026-11-23T18:01", "until", "2026-12-01T12:00"))).isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Until it begins, nothing would protect the children. It must begin by Monday 23 November 2026 at 18:00");
    practice.handIn("worker", FOLLOWS, contact, again(contact, "section-20-agreement", "Aoife", "agreedBy", "Her mother",
        "since", "2026-11-23T18:00", "until", "2026-12-01T12:00"));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-12-01T08:00"));
  }

  @Test
  void an_order_of_the_court_becomes_the_legal_status() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Aoife"));
    practice.itIs("2026-11-23T12:00");
    assertThatThrownBy(() -> practice.handIn("worker", FOLLOWS, contact, Map.of("children", List.of(child(contact, "Aoife")),
        "whatFollows", "court-order-made")))
        .isInstanceOf(Refusal.class).hasMessage("Say which order the court has made.");
    practice.handIn("worker", FOLLOWS, contact, Map.of("children", List.of(child(contact, "Aoife")), "whatFollows", "court-order-made",
        "courtOrder", "Interim care order", "happenedEarlier", true, "happenedAt", "2026-11-23T11:15"));
    hasEndedAt(process, "Protection followed up");
    assertThat(record.text("select status || ' ' || (since = '2026-11-23T11:15Z') from legal_status s where person_id = ?::uuid "
        + "and until is null", child(contact, "Aoife"))).isEqualTo("Interim care order true");
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Aoife: police-protection, court-order-made");
  }

  @Test
  void safe_without_protection_needs_a_reason() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Aoife"));
    assertThatThrownBy(() -> practice.handIn("worker", FOLLOWS, contact, Map.of("children", List.of(child(contact, "Aoife")),
        "whatFollows", "safe-without-protection")))
        .isInstanceOf(Refusal.class).hasMessage("Say why the children are safe without it.");
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Aoife: someone-leaves");
  }

  @Test
  void an_end_that_was_written_down_wrongly_is_corrected_and_the_clock_moves() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Aoife"));
    practice.itIs("2026-11-21T10:00");
    practice.handIn("worker", FOLLOWS, contact, again(contact, "police-protection", "Aoife", "whatFollows", "recorded-in-error",
        "why", "Taken at eight in the morning, not at six in the evening.", "since", "2026-11-20T08:00", "until", null));
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Aoife: police-protection, recorded-in-error",
        "Aoife: police-protection");
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-23T04:00"));
    assertThat(discussions(contact)).isEqualTo(1);
    assertThatThrownBy(() -> practice.handIn("worker", FOLLOWS, contact,
        again(contact, "other", "Aoife", "whatFollows", "recorded-in-error",
        "why", "It begins later.", "since", "2026-11-22T08:00"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("It must begin by Saturday 21 November 2026 at 10:00");
  }

  @Test
  void a_child_who_moves_to_another_case_is_still_watched() {
    String contact = siblingsInDanger();
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", List.of("Ronan", "Sorcha")));
    menu.choose("manager", practice.task(FOLLOWS, contact).getId(), "split",
        Map.of("children", List.of(child(contact, "Ronan")), "why", "He lives with his father."));
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Sorcha: someone-leaves");
    assertThat(options(FOLLOWS, contact)).hasSize(2);
    practice.handIn("worker", FOLLOWS, contact, again(contact, "other", "Ronan", "until", "2026-11-25T12:00"));
    assertThat(record.texts("select p.kind || coalesce(', ' || p.followed_by, '') from protection p where p.person_id = ?::uuid "
        + "order by followed_at nulls last", child(contact, "Ronan"))).containsExactly("someone-leaves, protected-again", "other");
    assertThat(record.count("select count(distinct case_id) from protection where person_id = ?::uuid", child(contact, "Ronan")))
        .isEqualTo(1);
  }

  // At one instant.

  @Test
  void two_workers_who_hand_in_at_one_instant_arrange_once() throws Exception {
    ExecutorService hands = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        String contact = siblingsInDanger();
        String task = practice.task(ARRANGE, contact).getId();
        List<Callable<Void>> both = new ArrayList<>();
        for (String user : List.of("worker", "out-of-hours")) {
          both.add(() -> {
            practice.handIn(user, task, protection(contact, "someone-leaves", List.of("Ronan", "Sorcha")));
            return null;
          });
        }
        int lost = 0;
        for (Future<Void> one : hands.invokeAll(both)) {
          try {
            one.get();
          } catch (ExecutionException tooLate) {
            lost++;
          }
        }
        assertThat(lost).isEqualTo(1);
        assertThat(record.protections(practice.caseOf(contact))).containsExactly("Ronan: someone-leaves", "Sorcha: someone-leaves");
        assertThat(practice.tasks(FOLLOWS, contact)).hasSize(1);
      }
    } finally {
      hands.shutdownNow();
    }
  }

  @Test
  void two_arrangements_of_one_child_for_one_need_cannot_be_written() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "someone-leaves", "Aoife"));
    assertThatThrownBy(() -> record.change("insert into protection (need_id, case_id, person_id, kind, details, since, "
        + "ends_at, whereabouts, recorded_at, recorded_by) select need_id, case_id, person_id, 'other', 'A second "
        + "one.', since, ends_at, whereabouts, recorded_at, recorded_by from protection where need_id = ?::uuid",
        need(contact))).hasMessageContaining("one_arrangement_at_a_time");
  }

  @Test
  void two_needs_of_one_family_have_a_process_each() {
    String first = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, first, protection(first, "someone-leaves", "Aoife"));
    practice.itIs("2026-11-20T21:00");
    String second = inDanger(practice.anotherContactAbout(first));
    assertThat(practice.task(ARRANGE, second)).hasDueDate(at("2026-11-20T23:00"));
    assertThat((String) forms.prefilled(practice.task(ARRANGE, second), "worker").get("holdingText")).contains("someone leaves until");
    practice.handIn("worker", ARRANGE, second, protection(second, "other", "Aoife", "until", "2026-11-21T08:00"));
    assertThat(practice.task(FOLLOWS, first)).hasDueDate(at("2026-11-21T14:40"));
    assertThat(practice.task(FOLLOWS, second)).hasDueDate(at("2026-11-21T04:00"));
  }

  // Ended otherwise.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Protection withdrawn",
      "no-longer-needed,  Protection no longer needed",
      "recorded-in-error, Protection recorded in error"})
  void a_manager_ends_it_with_a_reason(String how, String end) {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    menu.choose("manager", practice.task(ARRANGE, contact).getId(), "end", Map.of("how", how, "why", "She was at school all day."));
    hasEndedAt(process, end);
    assertThat(clock("ProtectChildren", contact).endedAs()).isEqualTo("withdrawn");
    assertThat(practice.tasks("Tell referrer", contact)).as("the referral goes on").hasSize(1);
  }

  @Test
  void a_decision_taken_back_ends_protection_in_which_nothing_was_arranged() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    passesTo("2026-11-20T20:40");
    menu.choose("manager", practice.task(ARRANGE, contact).getId(), "take-back", Map.of("why", "It was another child."));
    hasEndedAt(process, "Protection withdrawn");
    assertThat(practice.tasks(ARRANGE, contact)).isEmpty();
    assertThat(asked("ProtectChildren", contact)).isEmpty();
    assertThat(clock("ProtectChildren", contact).endedAs()).isEqualTo("withdrawn");
  }

  @Test
  void an_arrangement_that_holds_outlives_the_decision() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Aoife"));
    menu.choose("manager", practice.task(FOLLOWS, contact).getId(), "take-back", Map.of("why", "It was another child."));
    assertThat(process).isNotEnded();
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-23T14:00"));
    assertThat(practice.tasks("Decide response", contact)).hasSize(1);
    assertThat(discussions(contact)).as("a child in police protection has a discussion, whatever becomes of the decision").isEqualTo(1);
  }

  @Test
  void a_discussion_that_was_decided_and_not_held_is_taken_back_with_the_decision() {
    String contact = practice.aRecordedContact("Aoife");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion", "childNeedsProtectingNow", "yes"));
    assertThat(discussions(contact)).isEqualTo(1);
    menu.choose("manager", practice.task(ARRANGE, contact).getId(), "take-back", Map.of("why", "It was another child."));
    assertThat(discussions(contact)).isZero();
    assertThat(practice.tasks(ARRANGE, contact)).isEmpty();
  }

  @Test
  void a_discussion_that_another_decision_asks_for_too_stays() {
    String first = practice.aRecordedContact("Aoife");
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", first, practice.aDecision("strategy-discussion"));
    practice.handIn("manager", "Decide response", second, practice.aDecision("strategy-discussion"));
    menu.choose("manager", practice.task("Name lead professional", first).getId(), "take-back", Map.of("why", "It was another child."));
    assertThat(discussions(first)).isEqualTo(1);
  }

  @Test
  void when_the_only_child_dies_nothing_is_asked_any_more() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Aoife"));
    hasDied(contact, FOLLOWS, "Aoife");
    hasEndedAt(process, "Protection no longer needed");
    assertThat(discussions(contact)).isZero();
    assertThat(record.protections(practice.caseOf(contact))).containsExactly("Aoife: police-protection, child-died");
  }

  @Test
  void a_death_that_was_reported_in_error_asks_for_protection_again() {
    String contact = aChildInDanger("Aoife");
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Aoife"));
    hasDied(contact, FOLLOWS, "Aoife");
    String family = practice.caseOf(contact);
    practice.itIs("2026-11-20T22:10");

    menu.choose("manager", engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family)
        .taskName("Decide what continues").singleResult().getId(), "end", Map.of("how", "recorded-in-error",
            "why", "It was a child of the same name."));

    assertThat(engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family).taskName(ARRANGE)
        .singleResult().getDueDate()).isEqualTo(london("2026-11-21T00:10"));
  }

  @Test
  void a_case_stays_open_as_long_as_a_child_is_protected_whatever_was_decided_beside_it() {
    String contact = practice.aRecordedContact("Aoife");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice", "childNeedsProtectingNow", "yes"));
    String closed = "select (closed_at is not null)::text from family_case where reference = ?";
    assertThat(record.text(closed, practice.caseOf(contact))).isEqualTo("false");
    practice.handIn("worker", ARRANGE, contact, practice.aProtection(List.of(child(contact, "Aoife"))));
    assertThat(record.text(closed, practice.caseOf(contact))).isEqualTo("false");

    practice.handIn("worker", FOLLOWS, contact, Map.of("children", List.of(child(contact, "Aoife")),
        "whatFollows", "safe-without-protection", "why", "The man has left the country."));
    assertThat(record.text(closed, practice.caseOf(contact))).isEqualTo("true");
  }

  @Test
  void when_the_only_child_dies_before_anything_was_arranged_nobody_is_asked() {
    String contact = aChildInDanger("Aoife");
    ProcessInstance process = process(contact);
    hasDied(contact, ARRANGE, "Aoife");
    hasEndedAt(process, "Protection no longer needed");
  }

  @Test
  void when_one_child_dies_the_clock_counts_from_the_first_end_of_the_living() {
    String contact = siblingsInDanger();
    practice.handIn("worker", ARRANGE, contact, protection(contact, "other", "Ronan", "until", "2026-11-21T12:00", "anotherChild", "yes"));
    practice.handIn("worker", ARRANGE, contact, inPoliceProtection(contact, "2026-11-20T18:00", "Sorcha"));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-21T08:00"));
    passesTo("2026-11-21T08:30");
    assertThat(asked("ArrangeWhatFollows", contact)).hasSize(1);

    hasDied(contact, FOLLOWS, "Ronan");

    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-23T14:00"));
    assertThat(asked("ArrangeWhatFollows", contact)).as("it is not late any more").isEmpty();
    assertThat(practice.timers("Event_NewDueDatePassed", contact)).singleElement()
        .satisfies(timer -> assertThat(timer.getDuedate()).isEqualTo(at("2026-11-23T14:00")));
    assertThat(record.text("select why from clock_change where clock_id = ?", clock("ArrangeWhatFollows", contact).id()))
        .isEqualTo("A child has died");
    passesTo("2026-11-23T14:00");
    assertThat(asked("ArrangeWhatFollows", contact)).hasSize(1);
  }

  @Test
  void when_every_protected_child_has_died_but_another_lives_the_process_ends() {
    String contact = siblingsInDanger();
    ProcessInstance process = process(contact);
    practice.handIn("worker", ARRANGE, contact, protection(contact, "other", "Ronan", "anotherChild", "no"));
    hasDied(contact, FOLLOWS, "Ronan");
    hasEndedAt(process, "Protection no longer needed");
  }

  @Test
  void a_page_about_a_living_child_stays_when_the_first_has_died() {
    String contact = siblingsInDanger();
    practice.handIn("worker", ARRANGE, contact, protection(contact, "other", "Ronan", "anotherChild", "yes"));
    hasDied(contact, ARRANGE, "Ronan");
    assertThat(options(ARRANGE, contact)).containsExactly("Sorcha");
    practice.handIn("worker", ARRANGE, contact, protection(contact, "other", "Sorcha", "until", "2026-11-21T13:00"));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-21T09:00"));
  }

  @Test
  void a_clock_that_was_met_keeps_its_date_when_a_later_end_moves() {
    String contact = siblingsInDanger();
    practice.handIn("worker", ARRANGE, contact, protection(contact, "other", List.of("Ronan", "Sorcha"), "until", "2026-11-21T12:00"));
    practice.itIs("2026-11-20T19:00");
    practice.handIn("worker", FOLLOWS, contact, again(contact, "other", "Ronan", "until", "2026-11-24T12:00"));
    assertThat(practice.task(FOLLOWS, contact)).hasDueDate(at("2026-11-21T08:00"));
    practice.itIs("2026-11-20T19:10");
    hasDied(contact, FOLLOWS, "Sorcha");
    assertThat(record.clocks("ArrangeWhatFollows", contact)).extracting(Clocks.Running::dueAt)
        .as("the second counts from Ronan now, the first from what held then").containsExactly(london("2026-11-24T08:00"),
            london("2026-11-21T08:00"));
  }

  // Words of this test.

  private String aChildInDanger(String firstName) {
    return inDanger(practice.aRecordedContact(firstName));
  }

  private String siblingsInDanger() {
    String name = Practice.aNewName();
    return inDanger(practice.aContactAbout(List.of(practice.aNewChild("Ronan", "lastName", name, "birthDate", "2012-05-05",
        "livesWhere", "elsewhere"), practice.aNewChild("Sorcha", "lastName", name, "birthDate", "2020-02-29")), practice.aConcern()));
  }

  private String inDanger(String contact) {
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    return contact;
  }

  private Map<String, Object> inPoliceProtection(String contact, String since, String firstName, Object... changes) {
    Map<String, Object> page = protection(contact, "police-protection", firstName, changes);
    page.put("since", since);
    page.remove("until");
    return page;
  }

  private Map<String, Object> protection(String contact, String kind, String firstName, Object... changes) {
    return protection(contact, kind, List.of(firstName), changes);
  }

  private Map<String, Object> protection(String contact, String kind, List<String> firstNames, Object... changes) {
    Map<String, Object> page = practice.aProtection(firstNames.stream().map(name -> child(contact, name)).toList(), "kind", kind);
    return Practice.page(page, changes);
  }

  private Map<String, Object> again(String contact, String kind, String firstName, Object... changes) {
    return Practice.page(Practice.page(protection(contact, kind, firstName), "whatFollows", "protected-again"), changes);
  }

  private Map<String, Object> safe(String contact, String firstName) {
    return Map.of("children", List.of(child(contact, firstName)), "whatFollows", "safe-without-protection",
        "why", "Her father has gone back to Cork.");
  }

  private void hasDied(String contact, String task, String firstName) {
    menu.choose("manager", practice.task(task, contact).getId(), "child-died",
        Map.of("child", child(contact, firstName), "diedOn", "2026-11-20"));
  }

  private String child(String contact, String firstName) {
    return record.child(contact, firstName);
  }

  private ProcessInstance process(String contact) {
    return practice.process("emergency-protection", contact);
  }

  private String need(String contact) {
    return (String) engine.getRuntimeService().getVariable(process(contact).getId(), "subjectRef");
  }

  /** How many strategy discussions wait on a contact. */
  private long discussions(String contact) {
    return engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("strategy-discussion")
        .variableValueEquals("contactRef", contact).count();
  }

  private String aDiscussionCalled(String contact) {
    String id = UUID.randomUUID().toString();
    record.change("insert into meeting (id, kind, case_id, called_at, chair_role, writer_role) "
        + "select ?::uuid, 'strategy-discussion', id, now(), 'team-manager', 'social-worker' from family_case where reference = ?",
        id, practice.caseOf(contact));
    return id;
  }

  /** Where managers are asked about an obligation of this process that is late. */
  private List<Task> asked(String obligation, String contact) {
    return record.clocks(obligation, contact).stream().flatMap(clock -> engine.getTaskService().createTaskQuery()
        .processVariableValueEquals("lateClockRef", clock.id().toString()).taskName(ASKED).list().stream()).toList();
  }

  private Task question(String obligation, String contact) {
    List<Task> asked = asked(obligation, contact);
    assertThat(asked).as("questions about %s of %s", obligation, contact).hasSize(1);
    return asked.get(0);
  }

  private Clocks.Running clock(String obligation, String contact) {
    return record.clocks(obligation, contact).get(0);
  }

  private List<Instant> ends(String contact) {
    return record.texts("select to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from protection p "
        + "join family_case f on f.id = p.case_id where f.reference = ? and followed_at is null order by ends_at",
        practice.caseOf(contact)).stream().map(Instant::parse).toList();
  }

  private List<String> options(String label, String contact) {
    return ((List<?>) forms.prefilled(practice.task(label, contact), "worker")
        .get(label.equals(ARRANGE) ? "unprotectedChildren" : "protectedChildren")).stream()
        .map(option -> ((Option) option).label().replaceFirst("^(\\S+) \\S+$", "$1")).toList();
  }

  private Task ofCase(String label, String family) {
    return engine.getTaskService().createTaskQuery().processInstanceBusinessKey(family).taskName(label).singleResult();
  }

  private void passesTo(String londonTime) {
    practice.itIs(londonTime);
    practice.timersFire();
  }

  private static void hasEndedAt(ProcessInstance process, String end) {
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
