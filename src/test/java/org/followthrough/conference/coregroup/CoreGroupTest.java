package org.followthrough.conference.coregroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.FormIntake;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.minutes.Receipts;
import org.followthrough.minutes.RedactedMinutes;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Words;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The core group of two sisters and an unborn child, after the conference of Thursday 17 December 2026. */
@InTheHouse
class CoreGroupTest {

  private static final String ARRANGE = "Arrange core group";
  private static final String RECORD = "Record core group";
  private static final String REVIEW = "Review action";
  private static final String PLAN = "Add to plan";

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired HeldMeeting held;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired ProcessInstances instances;
  @Autowired Redating redating;
  @Autowired Plans plans;
  @Autowired Meetings meetings;
  @Autowired CoreGroups coreGroups;
  @Autowired AgreedActions actions;
  @Autowired Receipts receipts;
  @Autowired RedactedMinutes redacted;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID conference;
  private UUID aoife;
  private ProcessInstance process;

  @BeforeEach
  void aConferenceBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    practice.itIs("2026-12-17T14:00");
    conference = family.conference(contact, london("2026-12-17T10:00"));
    aoife = family.wholePlan(contact, "Aoife", conference);
    family.members(contact);
    process = family.coreGroup(contact, conference);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Meeting after meeting.

  @Test
  void the_first_is_held_within_ten_working_days_of_the_conference_and_the_next_within_twenty() {
    Task arrange = practice.task(ARRANGE, contact);
    assertThat(arrange.getDueDate()).isEqualTo(london("2027-01-05T17:00"));
    assertThat(practice.groupsOf(arrange)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(labels(arrange, "members")).hasSize(3).anySatisfy(one -> assertThat(one)
        .isEqualTo("Niamh Byrne, Health visitor, health: no address yet"));
    practice.handIn("worker", ARRANGE, contact, arranged("2027-01-05T10:00"));
    practice.itIs("2027-01-05T12:30");
    practice.handIn("worker", RECORD, contact, recorded("happenedEarlier", true, "happenedAt", "2027-01-05T10:00"));

    assertThat(process).hasPassed(findId("Core group met"), findId("Core group held"));
    Clocks.Running first = record.clock("HoldCoreGroup", contact);
    assertThat(first.metAt()).isEqualTo(london("2027-01-05T10:00"));
    assertThat(first.counted().from()).isEqualToIgnoringCase("first conference held");
    assertThat(record.clock("ReviewPlan", contact).dueAt()).isEqualTo(london("2027-01-06T17:00"));
    assertThat(record.texts("select agency || ', ' || coalesce(name, '-') || ', ' || took_part from attendance where meeting_id = ? "
        + "order by position", UUID.fromString(first.subjectId().toString()))).containsExactly("social-care, Sam Carter, true",
            "school, Joan Patel, true", "health, Niamh Byrne, true", "family, " + family.mother(contact) + ", true");

    workThrough("unchanged");
    assertThat(process).hasPassed(findId("Action looked at"), findId("Plan worked through"), findId("Plan reviewed"),
        findId("Minutes needed"), findId("Nothing to be completed"));
    Clocks.Running next = record.clocks("HoldCoreGroup", contact).get(0);
    assertThat(next.dueAt()).isEqualTo(london("2027-02-02T17:00"));
    assertThat(next.counted().from()).isEqualToIgnoringCase("previous core group held");
    assertThat(practice.task(ARRANGE, contact).getDueDate()).isEqualTo(london("2027-02-02T17:00"));
    assertThat(record.clock("ProduceMinutes", contact).dueAt()).isEqualTo(london("2027-01-12T17:00"));
    assertThat(record.clock("ProduceMinutes", contact).subjectId()).isEqualTo(first.subjectId());
  }

  @Test
  void it_goes_ahead_without_the_social_worker_and_says_who_takes_along_what_was_agreed() {
    practice.handIn("worker", ARRANGE, contact, arranged("2027-01-05T10:00"));
    practice.itIs("2027-01-05T12:30");
    assertThatThrownBy(() -> practice.handIn("manager", RECORD, contact, recorded("socialWorker", "no"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("who takes along");
    practice.handIn("manager", RECORD, contact, recorded("socialWorker", "no", "socialWorkerWhy", "Ill; Grace Mensah takes them along.",
        "ledBy", "Joan Patel"));
    assertThat(process).hasPassed(findId("Core group held"));
    assertThat(record.texts("select m.chaired_by || ': ' || a.absent_why from attendance a join meeting m on m.id = a.meeting_id "
        + "where a.agency = 'social-care' and m.case_id = ?", family.caseOf(contact)))
        .containsExactly("Joan Patel: Ill; Grace Mensah takes them along.");
  }

  @Test
  void whoever_was_not_there_has_a_reason_and_somebody_new_may_belong_to_it_from_then_on() {
    practice.handIn("worker", ARRANGE, contact, arranged("2027-01-05T10:00"));
    practice.itIs("2027-01-05T12:30");
    List<String> there = List.of(ids().get(0), ids().get(2));
    assertThatThrownBy(() -> practice.handIn("worker", RECORD, contact, recorded("tookPart", there))).isInstanceOf(Refusal.class)
        .extracting("field").isEqualTo("m2Why");
    assertThatThrownBy(() -> practice.handIn("worker", RECORD, contact, recorded("happenedEarlier", true,
        "happenedAt", "2026-12-17T09:00")))
        .isInstanceOf(Refusal.class).hasMessageContaining("before the conference");
    practice.handIn("worker", RECORD, contact, recorded("tookPart", there, "m2Why", "On leave", "otherName", "Zoë Murphy",
        "otherRole", "Aunt", "otherAgency", "family", "otherJoins", true));
    assertThat(record.texts("select name || ': ' || absent_why from attendance where not took_part and meeting_id = ?", meeting()))
        .containsExactly("Niamh Byrne: On leave");
    assertThat(coreGroups.members(family.caseOf(contact))).extracting(one -> one.inWords(Words::spoken))
        .contains("Zoë Murphy, Aunt, family");
  }

  @Test
  void two_are_needed_and_what_did_not_take_place_is_arranged_again_while_the_clock_goes_on() {
    practice.handIn("worker", ARRANGE, contact, arranged("2027-01-04T10:00"));
    practice.itIs("2027-01-04T12:30");
    assertThatThrownBy(() -> practice.handIn("worker", RECORD, contact, recorded("tookPart", List.of()))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> practice.handIn("worker", RECORD, contact, Map.of("coreGroupHeld", "no"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("why it did not take place");
    practice.handIn("worker", RECORD, contact, Map.of("coreGroupHeld", "no", "whyNotHeld", "Snow."));

    Task again = practice.task(ARRANGE, contact);
    assertThat(again.getDueDate()).isEqualTo(london("2027-01-05T17:00"));
    assertThat(forms.prefilled(again, "worker").get("postponedText")).asString().contains("Monday 4 January 2027 at 10:00");
    assertThat(record.clock("HoldCoreGroup", contact).endedAs()).isNull();
    assertThat(record.chronology(contact)).contains("Core group postponed").doesNotContain("Core group held");
  }

  @Test
  void who_belongs_to_it_is_asked_or_it_is_said_why_not_and_somebody_new_is_asked_too() {
    Task arrange = practice.task(ARRANGE, contact);
    assertThatThrownBy(() -> practice.handIn("worker", arrange.getId(), arranged("2027-01-04T10:00", "asked", List.of(ids().get(0)))))
        .isInstanceOf(Refusal.class).hasMessageContaining("is not asked");
    assertThatThrownBy(() -> practice.handIn("worker", arrange.getId(), arranged("2026-12-16T10:00"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("passed already");
    practice.handIn("worker", arrange.getId(), arranged("2027-01-04T10:00", "newName", "Niamh Byrne",
        "newAgency", "health", "newReach", "niamh@nhs.example"));
    assertThat(coreGroups.members(family.caseOf(contact))).hasSize(3).filteredOn(one -> one.name().equals("Niamh Byrne")).singleElement()
        .satisfies(one -> assertThat(one.reach()).isEqualTo("niamh@nhs.example"));
  }

  @Test
  void a_social_worker_who_is_also_on_the_list_of_members_is_written_down_once() {
    coreGroups.join(family.caseOf(contact), "Sam Carter", "Social worker", "social-care", null, london("2026-12-17T11:00"));
    List<String> others = ids().stream().filter(id -> coreGroups.members(family.caseOf(contact)).stream()
        .noneMatch(one -> one.id().toString().equals(id) && one.name().equals("Sam Carter"))).toList();
    practice.handIn("worker", ARRANGE, contact, arranged("2027-01-05T10:00"));
    practice.itIs("2027-01-05T12:30");
    practice.handIn("worker", RECORD, contact, recorded("tookPart", others));
    assertThat(record.count("select count(*) from attendance where name = 'Sam Carter' and meeting_id = ?",
        record.clock("HoldCoreGroup", contact).subjectId()))
        .isEqualTo(1);
  }

  // Late.

  @Test
  void a_core_group_that_is_not_held_brings_the_team_manager_on_the_tenth_working_day() {
    late("HoldCoreGroup", "2027-01-05T17:00", "north.team-manager");
    assertThat(practice.tasks(ARRANGE, contact)).as("nothing is closed").hasSize(1);
  }

  @Test
  void a_plan_that_nobody_works_through_after_the_meeting_brings_the_team_manager_the_next_day() {
    hold("2027-01-04T10:00");
    late("ReviewPlan", "2027-01-05T17:00", "north.team-manager");
    workThrough("unchanged");
    assertThat(record.clock("ReviewPlan", contact).endedAs()).isEqualTo("met");
  }

  @Test
  void the_last_core_group_before_a_review_is_held_in_time_for_it_and_is_asked_for_once() {
    hold("2027-01-04T10:00");
    workThrough("unchanged");
    hold("2027-02-01T10:00");
    workThrough("unchanged");
    assertThat(record.clocks("HoldCoreGroup", contact).get(0).dueAt()).isEqualTo(london("2027-03-01T17:00"));

    UUID review = meetings.call("review-conference", family.caseOf(contact), null, conference, "conference-chair", "minute-taker",
        london("2027-02-01T11:00"));
    meetings.plan(review, london("2027-03-08T10:00"), "in-person");
    redating.recount("date of next review", null, family.caseOf(contact), null, "The review was arranged");
    Clocks.Running before = record.clocks("HoldCoreGroup", contact).get(0);
    assertThat(before.dueAt()).isEqualTo(london("2027-02-22T17:00"));
    assertThat(practice.task(ARRANGE, contact).getDueDate()).isEqualTo(london("2027-02-22T17:00"));

    hold("2027-02-18T10:00");
    workThrough("unchanged");
    assertThat(record.clocks("HoldCoreGroup", contact).get(0).dueAt()).as("not again before the review")
        .isEqualTo(london("2027-03-18T17:00"));
    meetings.plan(review, london("2027-03-22T10:00"), "in-person");
    redating.recount("date of next review", null, family.caseOf(contact), null, "The review was put off");
    assertThat(record.clocks("HoldCoreGroup", contact).get(0).dueAt()).as("put off, it needs another one before")
        .isEqualTo(london("2027-03-08T17:00"));
  }

  @Test
  void a_core_group_held_after_the_limit_before_a_review_is_not_followed_by_one_that_is_late_at_once() {
    UUID review = meetings.call("review-conference", family.caseOf(contact), null, conference, "conference-chair", "minute-taker",
        london("2026-12-17T11:00"));
    meetings.plan(review, london("2027-01-14T10:00"), "in-person");
    redating.recount("date of next review", null, family.caseOf(contact), null, "The review was arranged");
    assertThat(record.clock("HoldCoreGroup", contact).dueAt()).isEqualTo(london("2026-12-30T17:00"));
    hold("2027-01-05T10:00");
    workThrough("unchanged");
    assertThat(record.clocks("HoldCoreGroup", contact).get(0).dueAt()).isEqualTo(london("2027-02-02T17:00"));
  }

  // What was promised.

  @Test
  void every_open_action_gets_a_word_and_none_is_passed_over_in_silence() {
    action("Mend the window", "2027-01-15");
    action("Ring the clinic", "2027-01-08");
    action("Find a bed", "2027-01-20");
    hold("2027-01-04T10:00");
    List<Task> pages = practice.tasks(REVIEW, contact);
    assertThat(pages).hasSize(4).allSatisfy(page -> assertThat(page.getDueDate()).isEqualTo(london("2027-01-05T17:00")));
    for (String result : List.of("done", "changed", "not-looked-at")) {
      assertThatThrownBy(() -> practice.handIn("worker", pages.get(0).getId(), Map.of("result", result))).as(result)
          .isInstanceOf(Refusal.class);
    }
    practice.handIn("worker", review("Ring the clinic").getId(), Map.of("result", "done", "evidence", "Letter seen by Joan Patel."));
    practice.handIn("worker", review("Mend the window").getId(), Map.of("result", "changed", "change", "The landlord needs longer.",
        "newDueOn", "2027-01-29"));
    practice.handIn("worker", review("Find a bed").getId(), Map.of("result", "not-looked-at", "notLookedAtWhy", "No time left."));
    assertThat(practice.tasks(PLAN, contact)).as("one action has no word yet").isEmpty();
    practice.handIn("worker", review("Take her to swimming").getId(), Map.of("result", "unchanged"));

    assertThat(record.texts("select a.what || ': ' || r.result from action_review r join agreed_action a on a.id = r.action_id "
        + "where r.meeting_id = ? order by 1", meeting()))
        .containsExactly("Find a bed: not-looked-at", "Mend the window: changed", "Ring the clinic: done",
            "Take her to swimming: unchanged");
    assertThat(record.chronology(contact)).contains("Action reviewed", "Action carried forward");
    assertThat(record.count("select count(*) from agreed_action where case_id = ? and ended_as is null", family.caseOf(contact)))
        .as("whoever promised it says so on their own page").isEqualTo(4);

    workThrough("unchanged");
    hold("2027-01-18T10:00");
    assertThat(text(review("Mend the window"))).contains("promised for **29 January 2027**", "First agreed for 15 January 2027",
        "The landlord needs longer.");
    assertThat(text(review("Find a bed"))).contains("Core group of 4 January 2027: not looked at. No time left.");
  }

  @Test
  void a_promise_that_was_given_to_somebody_else_is_theirs_wherever_it_is_read() {
    action("Mend the window", "2027-01-15");
    UUID window = UUID.fromString(record.text("select id::text from agreed_action where case_id = ? and what = 'Mend the window'",
        family.caseOf(contact)));
    actions.giveTo(window, "Lena Ruiz", "housing");
    hold("2027-01-04T10:00");
    assertThat(text(review("Mend the window"))).contains("Lena Ruiz, housing").doesNotContain("Joan Patel");
    practice.handIn("worker", review("Mend the window").getId(), Map.of("result", "unchanged"));
    assertThat(coreGroups.reviews(meeting())).extracting(CoreGroups.Review::namedPerson).containsExactly("Lena Ruiz");
  }

  @Test
  void a_day_that_the_core_group_agrees_on_takes_the_place_of_a_managers_leave() {
    action("Mend the window", "2027-01-15");
    UUID window = UUID.fromString(record.text("select id::text from agreed_action where case_id = ? and what = 'Mend the window'",
        family.caseOf(contact)));
    actions.goesOn(window, LocalDate.parse("2027-01-22"));
    assertThat(actions.get(window).dueOn()).as("a leave moves no promise").isEqualTo("2027-01-15");
    hold("2027-01-04T10:00");
    practice.handIn("worker", review("Mend the window").getId(), Map.of("result", "changed", "change", "In other words.",
        "newDueOn", "2027-01-29"));
    assertThat(actions.get(window)).satisfies(one -> {
      assertThat(one.dueOn()).isEqualTo("2027-01-29");
      assertThat(one.goesOnUntil()).isNull();
    });
  }

  @Test
  void what_was_taken_over_with_a_family_is_looked_at_too() {
    UUID move = UUID.randomUUID();
    record.change("insert into move (id, incoming, case_id, destination, learned_at, learned_from) "
        + "values (?, true, ?, 'england-or-wales', now(), 'Felpersham')",
        move, family.caseOf(contact));
    record.change("insert into agreed_action (move_id, case_id, what, named_person, agency, due_on, recorded_at, recorded_by) "
        + "values (?, ?, 'Find a nursery', 'Niamh Byrne', 'health', date '2027-01-20', now(), 'manager')", move, family.caseOf(contact));
    hold("2027-01-04T10:00");
    assertThat(practice.tasks(REVIEW, contact)).hasSize(2);
    assertThat(text(review("Find a nursery"))).contains("Niamh Byrne, health");
  }

  @Test
  void what_the_core_group_agrees_itself_is_looked_at_the_next_time() {
    hold("2027-01-04T10:00");
    record.change("insert into agreed_action (meeting_id, case_id, what, named_person, agency, due_on, recorded_at, recorded_by) "
        + "values (?, ?, 'Ask about nursery', 'Niamh Byrne', 'health', date '2027-01-20', now(), 'worker')", meeting(),
        family.caseOf(contact));
    workThrough("unchanged");
    assertThat(record.texts("select a.what from action_review r join agreed_action a on a.id = r.action_id where r.meeting_id = ?",
        record.clocks("HoldCoreGroup", contact).get(1).subjectId())).containsExactly("Take her to swimming");
    hold("2027-01-18T10:00");
    assertThat(practice.tasks(REVIEW, contact)).hasSize(2);
  }

  // What a plan lacks.

  @Test
  void what_a_plan_lacks_is_somebodys_task_with_a_date_while_the_next_core_group_is_arranged() {
    UUID zoe = family.plan(contact, "Zoë", conference);
    hold("2027-01-04T10:00");
    workThrough("unchanged");
    Task gaps = practice.task(PLAN, contact);
    assertThat(gaps.getDueDate()).isEqualTo(london("2027-01-11T17:00"));
    assertThat(practice.tasks(ARRANGE, contact)).hasSize(1);
    assertThat((String) forms.prefilled(gaps, "worker").get("gapsText")).contains("No risk is named", "Not said how often",
        "No action is for the child directly");

    practice.handIn("worker", gaps.getId(), Map.of("adding", "nothing"));
    assertThat(practice.tasks(PLAN, contact)).as("it stays open until it is whole").hasSize(1);
    late("CompletePlan", "2027-01-11T17:00", "north.team-manager");

    family.fill(contact, zoe);
    practice.handIn("worker", PLAN, contact, Map.of("adding", "nothing"));
    assertThat(process).hasPassed(findId("Nothing left out"), findId("Plan completed"), findId("Plan complete and told"));
    assertThat(record.clock("CompletePlan", contact).endedAs()).isEqualTo("met");
    assertThat(practice.tasks(PLAN, contact)).isEmpty();
  }

  @Test
  void while_gaps_are_being_filled_already_the_next_core_group_asks_for_them_no_second_time() {
    family.plan(contact, "Zoë", conference);
    hold("2027-01-04T10:00");
    workThrough("unchanged");
    UUID first = record.clock("CompletePlan", contact).subjectId();
    hold("2027-01-18T10:00");
    for (Task page : practice.tasks(REVIEW, contact)) {
      practice.handIn("worker", page.getId(), Map.of("result", "unchanged"));
    }
    practice.handIn("worker", "Agree action", contact, Map.of("agreed", "nothing"));
    for (Task page : practice.tasks(PLAN, contact)) {
      practice.handIn("worker", page.getId(), Map.of("adding", "nothing"));
    }
    assertThat(record.clock("CompletePlan", contact)).satisfies(clock -> {
      assertThat(clock.endedAs()).isNull();
      assertThat(clock.subjectId()).as("the core group after which it was lacking").isEqualTo(first);
      assertThat(clock.dueAt()).isEqualTo(london("2027-01-11T17:00"));
    });
    assertThat(practice.tasks(PLAN, contact)).hasSize(1);
  }

  // Minutes.

  @Test
  void the_minutes_carry_what_was_said_of_each_promise_and_the_plan_and_go_to_those_who_were_there() {
    hold("2027-01-04T10:00");
    UUID meeting = meeting();
    practice.handIn("worker", review("Take her to swimming").getId(), Map.of("result", "done", "evidence", "Joan has seen her swim."));
    workThrough("unchanged");
    late("ProduceMinutes", "2027-01-11T17:00", "north.team-manager");
    practice.handIn("worker", "Write minutes", contact, Map.of("summary", "It is better at night."));
    Task agree = practice.task("Agree minutes", contact);
    assertThat((String) forms.prefilled(agree, "manager").get("minutesText")).contains("**Promised before**", "Joan has seen her swim.",
        "**The plan**", "Somebody is at home every night");
    practice.handIn("manager", agree.getId(), HeldMeeting.agreed());

    Task circulate = practice.task("Circulate minutes", contact);
    assertThat(List.of(held.slot(circulate, "Sam Carter"), held.slot(circulate, "Joan Patel"), held.slot(circulate, "Niamh Byrne")))
        .doesNotHaveDuplicates();
    String mother = held.slot(circulate, "Katarzyna");
    Map<String, Object> page = forms.prefilled(circulate, "worker");
    assertThat(page).containsEntry("familyWhereAgreed", false).containsEntry(mother + "Decision", page.get(mother + "Send"))
        .containsEntry(mother + "Extent", "without-confidential-part").doesNotContainKey("r5Name");
    practice.handIn("worker", circulate.getId(), held.sent(circulate, mother + "Decision", page.get(mother + "Send"),
        mother + "Way", "by-hand", mother + "Reach", "On the next visit", mother + "Checked", true, held.slot(circulate, "Sam Carter")
            + "Reach", "At the office",
        held.slot(circulate, "Niamh Byrne") + "Reach", "At the clinic", mother + "LeftOut", null));

    assertThat(receipts.copies(meeting)).hasSize(4);
    assertThat(practice.tasks("Confirm receipt", contact)).as("the family is never chased").hasSize(3);
    for (Receipts.Copy copy : receipts.copies(meeting)) {
      assertThat(redacted.of(copy.id())).as(copy.recipient()).contains("# Minutes of the core group", "## The plan from now on",
          "Somebody is at home every night", "## What was promised before", "Joan has seen her swim.");
    }
  }

  // The end.

  @Test
  void with_the_last_plan_the_core_group_ends_and_nobody_waits_for_the_next() {
    plans.end(aoife, LocalDate.parse("2026-12-18"), "review-conference", null, london("2026-12-18T09:00"), "chair");
    instances.tell("LastPlanEnded", List.of(practice.caseOf(contact)), null);
    assertThat(process).isEnded().hasPassed(findId("Core group ended"));
    assertThat(record.clock("HoldCoreGroup", contact).endedAs()).isEqualTo("withdrawn");
    assertThat(record.texts("select ended_as from meeting where kind = 'core-group' and case_id = ?", family.caseOf(contact)))
        .containsExactly("no-longer-needed");
  }

  @Test
  void a_core_group_that_meets_as_the_last_plan_ends_is_the_last() {
    hold("2027-01-04T10:00");
    plans.end(aoife, LocalDate.parse("2027-01-04"), "review-conference", null, london("2027-01-04T11:00"), "chair");
    workThrough("unchanged");
    assertThat(process).isEnded().hasPassed(findId("Core group finished"), findId("Nothing to be completed"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"withdrawn, Core group called off", "no-longer-needed, Core group no longer needed",
      "recorded-in-error, Core group recorded in error"})
  void a_manager_ends_the_core_group_with_a_reason(String how, String end) {
    menu.choose("manager", practice.task(ARRANGE, contact).getId(), "end", Map.of("how", how, "why", "The process was begun twice."));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
    assertThat(record.texts("select ended_as from meeting where kind = 'core-group' and case_id = ?", family.caseOf(contact)))
        .containsExactly(how);
  }

  // Hands.

  private void hold(String at) {
    practice.handIn("worker", ARRANGE, contact, arranged(at));
    practice.itIs(at.replace("T10:00", "T12:30"));
    practice.handIn("worker", RECORD, contact, recorded("happenedEarlier", true, "happenedAt", at));
  }

  private void workThrough(String result) {
    for (Task page : practice.tasks(REVIEW, contact)) {
      practice.handIn("worker", page.getId(), Map.of("result", result));
    }
    for (Task page : practice.tasks("Agree action", contact)) {
      practice.handIn("worker", page.getId(), Map.of("agreed", "nothing"));
    }
    for (Task page : practice.tasks(PLAN, contact)) {
      practice.handIn("worker", page.getId(), Map.of("adding", "nothing"));
    }
  }

  private Map<String, Object> arranged(String at, Object... changes) {
    return Practice.page(Map.of("plannedAt", at, "place", "At the school", "asked", ids()), changes);
  }

  private Map<String, Object> recorded(Object... changes) {
    return Practice.page(new HashMap<>(Map.of("coreGroupHeld", "yes", "ledBy", "Joan Patel",
        "socialWorker", "yes", "socialWorkerName", "Sam Carter", "tookPart", ids())), changes);
  }

  private List<String> ids() {
    return coreGroups.members(family.caseOf(contact)).stream().map(one -> one.id().toString()).toList();
  }

  /** The newest core group of the family. */
  private UUID meeting() {
    return record.clocks("HoldCoreGroup", contact).get(0).subjectId();
  }

  private void action(String what, String dueOn) {
    record.change("insert into agreed_action (meeting_id, case_id, what, named_person, agency, due_on, recorded_at, recorded_by) "
        + "values (?, ?, ?, 'Joan Patel', 'school', cast(? as date), now(), 'chair')", conference, family.caseOf(contact), what, dueOn);
  }

  private Task review(String what) {
    return practice.tasks(REVIEW, contact).stream().filter(task -> text(task).contains(what)).findFirst().orElseThrow();
  }

  private String text(Task review) {
    return (String) forms.prefilled(review, "worker").get("actionText");
  }

  private List<String> labels(Task task, String key) {
    return ((List<?>) forms.prefilled(task, "worker").get(key)).stream().map(option -> ((Option) option).label()).toList();
  }

  /** A second before nobody is asked; on the second these groups are. */
  private void late(String obligation, String due, String groups) {
    Clocks.Running clock = record.clock(obligation, contact);
    assertThat(clock.dueAt()).isEqualTo(london(due));
    practice.itIs(due.replace("17:00", "16:59:59"));
    practice.timersFire();
    assertThat(record.asked(clock)).isEmpty();
    practice.itIs(due);
    practice.timersFire();
    assertThat(record.asked(clock)).containsExactly(groups);
  }
}
