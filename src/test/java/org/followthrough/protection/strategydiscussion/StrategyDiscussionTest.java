package org.followthrough.protection.strategydiscussion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Those who know a child talk at once, and decide for each child. Friday 20 November 2026, six in the evening. */
@InTheHouse
class StrategyDiscussionTest {

  private static final String CONVENE = "Convene discussion";
  private static final String ATTENDANCE = "Record attendance";
  private static final String DISCUSSION = "Record discussion";
  private static final String ACTION = "Agree action";
  private static final String OUTCOME = "Decide outcome";
  private static final String ASKED = "Agree what happens now";

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired Clocks clocks;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aFridayEvening() {
    init(engine);
    practice.itIs("2026-11-20T18:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
    record.change("alter table casework.meeting drop constraint if exists planted");
  }

  // From the decision to the discussion.

  @Test
  void a_decision_calls_the_discussion_in_the_same_step() {
    String contact = aContact("neglect");
    decided(contact);

    assertThat(practice.process("strategy-discussion", contact).getBusinessKey()).isEqualTo(practice.caseOf(contact));
    Task convene = practice.task(CONVENE, contact);
    assertThat(convene).hasDueDate(at("2026-11-21T18:00"));
    assertThat(practice.groupsOf(convene)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(practice.taskList("out-of-hours", contact)).contains(CONVENE);
    assertThat(practice.taskList("south-worker", contact)).isEmpty();
    assertThat(meetings(contact)).containsExactly("called");
  }

  @Test
  void a_decision_without_its_discussion_is_not_taken() {
    String contact = aContact("neglect");
    record.change("alter table casework.meeting add constraint planted check (follows is not null) not valid");
    assertThatThrownBy(() -> decided(contact)).isNotInstanceOf(Refusal.class);
    record.change("alter table casework.meeting drop constraint planted");
    assertThat(record.effects(contact)).isEmpty();
    assertThat(practice.tasks("Decide response", contact)).hasSize(1);
  }

  @ParameterizedTest(name = "{1}, decided {0}: held by {2}")
  @CsvSource({
      "2026-11-20T18:00, neglect,         2026-11-21T18:00",     // over the night
      "2026-11-20T18:00, physical-injury, 2026-11-20T23:59:59",  // a Friday evening
      "2026-11-21T00:30, sexual-abuse,    2026-11-21T23:59:59",
      "2026-08-31T09:00, physical-injury, 2026-08-31T23:59:59",  // a bank holiday
      "2026-12-24T16:00, neglect,         2026-12-25T16:00",     // Christmas Day
      "2027-03-27T12:00, alcohol,         2027-03-28T13:00",     // the clocks go forward: 24 hours all the same
      "2026-10-24T20:00, emotional-abuse, 2026-10-25T19:00"})    // and back
  void it_is_held_within_a_day_and_on_the_same_day_after_an_injury(String decided, String alleged, String due) {
    practice.itIs(decided);
    String contact = aContact(alleged);
    decided(contact);
    isDue(contact, due);
  }

  @Test
  void it_counts_from_when_it_was_decided_and_not_from_when_that_was_written_down() {
    String contact = aContact("neglect", "happenedAt", "2026-11-20T14:00");
    practice.handIn("manager", "Decide response", contact,
        practice.aDecision("strategy-discussion", "happenedEarlier", true, "happenedAt", "2026-11-20T16:30"));
    isDue(contact, "2026-11-21T16:30");
  }

  @Test
  void an_urgent_enquiry_that_began_first_is_brought_to_a_discussion_within_a_day() {
    String contact = aContact("neglect", "happenedAt", "2026-11-20T14:00");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    practice.handIn("worker", "Arrange protection", contact, practice.aProtection(List.of(record.child(contact, "Niall")),
        "kind", "police-protection", "since", "2026-11-20T16:10", "until", null));

    isDue(contact, "2026-11-21T16:10");
    assertThat(clock(contact).counted().from()).isEqualTo("urgent enquiry begun");
  }

  @ParameterizedTest(name = "injury {0}, enquiry since {1}: held by {2}")
  @CsvSource({
      "no,  ,                 2026-11-21T18:00",
      "yes, ,                 2026-11-20T23:59:59",
      "no,  2026-11-20T11:30, 2026-11-21T11:30"})
  void a_worker_calls_one_from_the_case_as_well(String injury, String enquiryBegun, String due) {
    String contact = aContact("neglect");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    String family = practice.caseOf(contact);

    menu.chooseOnCase("worker", family, "call-discussion",
        page(Map.of("injury", injury, "why", "He told his teacher."), "enquiryBegunAt", enquiryBegun));

    Task convene = engine.getTaskService().createTaskQuery().processInstanceBusinessKey(family).taskName(CONVENE).singleResult();
    assertThat(convene).hasDueDate(at(due));
    assertThat(shown(convene, "worker").get("dueText")).isEqualTo("To be held by " + inWords(due) + ".");
    practice.handIn("worker", convene.getId(), convened());
    Task attendance = engine.getTaskService().createTaskQuery().processInstanceBusinessKey(family).taskName(ATTENDANCE).singleResult();
    assertThat(shown(attendance, "worker")).as("nobody told us").containsEntry("referrerExpected", false);
    practice.handIn("worker", attendance.getId(), held());
    assertThat(meetings(contact)).containsExactly("held quorate");
  }

  // While one waits to be held.

  @Test
  void a_further_decision_is_talked_over_where_one_waits_and_puts_nothing_off() {
    String first = aContact("neglect");
    decided(first);
    practice.itIs("2026-11-20T20:00");
    String second = practice.anotherContactAbout(first);
    ProcessInstance referral = practice.process("referral", second);
    decided(second);

    assertThat(referral).hasPassed(findId("No process needed")).hasNotPassed(findId("Strategy discussion needed"));
    assertThat(practice.process("strategy-discussion", second)).isNull();
    isDue(first, "2026-11-21T18:00");
  }

  @Test
  void a_discussion_is_due_by_the_decision_that_came_first_also_where_that_is_known_late() {
    String first = aContact("neglect");
    decided(first);
    practice.itIs("2026-11-20T20:00");
    String second = practice.anotherContactAbout(first);
    decided(second);
    practice.itIs("2026-11-20T23:00");

    menu.chooseOnCase("manager", practice.caseOf(first), "correct-time", Map.of("why", "It was decided after supper.",
        "happenedAt", "2026-11-20T21:30", "entry", decisionOf(first)));
    isDue(first, "2026-11-21T20:00");

    menu.chooseOnCase("manager", practice.caseOf(first), "correct-time", Map.of("why", "It was the further contact that came late.",
        "happenedAt", "2026-11-20T22:15", "entry", decisionOf(second)));
    isDue(first, "2026-11-21T21:30");

    menu.chooseOnCase("manager", practice.caseOf(first), "correct-time", Map.of("why", "The receiver has noted it.",
        "happenedAt", "2026-11-20T20:05", "entry", decisionOf(second)));
    isDue(first, "2026-11-21T20:05");
  }

  @Test
  void an_injury_alleged_meanwhile_moves_the_waiting_discussion_to_the_same_day() {
    practice.itIs("2026-11-19T18:00");
    String first = aContact("neglect");
    decided(first);
    practice.handIn("worker", CONVENE, first, convened("when", "later", "plannedAt", "2026-11-20T17:00"));
    isDue(first, ATTENDANCE, "2026-11-20T18:00");
    practice.itIs("2026-11-19T21:00");
    String second = anotherContact(first, "physical-injury");
    decided(second);

    isDue(first, ATTENDANCE, "2026-11-19T23:59:59");
    assertThat(clock(first).counted().from()).isEqualTo("injury or sexual abuse alleged");
    assertThat(record.texts("select why from clock_change where clock_id = ?", clock(first).id()))
        .containsExactly("A further contact alleges an injury or sexual abuse");
    practice.itIs("2026-11-19T23:59:59");
    practice.timersFire();
    assertThat(asked(clock(first))).hasSize(1);
  }

  @Test
  void an_injury_alleged_a_second_time_gives_no_further_day() {
    String first = aContact("physical-injury");
    decided(first);
    practice.itIs("2026-11-21T09:00");
    decided(anotherContact(first, "sexual-abuse"));
    isDue(first, "2026-11-20T23:59:59");
  }

  @Test
  void a_second_police_protection_gives_no_further_day_either() {
    String contact = practice.aContactAbout(twoSisters(), practice.aConcern("factors", List.of("neglect")),
        "happenedAt", "2026-11-20T14:00");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    practice.handIn("worker", "Arrange protection", contact, practice.aProtection(List.of(record.child(contact, "Aoife")),
        "kind", "police-protection", "since", "2026-11-20T16:10", "until", null, "anotherChild", "yes"));
    practice.itIs("2026-11-20T22:00");
    practice.handIn("worker", "Arrange protection", contact, practice.aProtection(List.of(record.child(contact, "Zoë")),
        "kind", "police-protection", "since", "2026-11-20T21:30", "until", null));
    isDue(contact, "2026-11-21T16:10");
  }

  @Test
  void a_further_decision_does_not_wait_for_a_further_meeting() {
    String first = aContact("neglect");
    decided(first);
    practice.itIs("2026-11-20T18:40");
    through(first, held("chairAsks", true), "no-further-action");
    isDue(first, "2026-11-27T17:00");

    practice.itIs("2026-11-23T10:00");
    decided(anotherContact(first, "neglect"));
    isDue(first, "2026-11-24T10:00");
  }

  @Test
  void a_further_meeting_brought_forward_by_an_injury_climbs_as_danger_and_not_as_the_meeting_it_was() {
    String first = aContact("neglect");
    decided(first);
    practice.itIs("2026-11-20T18:40");
    through(first, held("chairAsks", true), "no-further-action");
    practice.itIs("2026-11-23T10:00");
    decided(anotherContact(first, "physical-injury"));
    isDue(first, "2026-11-23T23:59:59");

    practice.itIs("2026-11-23T23:59:59");
    practice.timersFire();

    assertThat(record.asked(clock(first))).containsExactly("service-manager,out-of-hours");
    assertThat(asked(clock(first)).get(0).getDueDate()).isEqualTo(london("2026-11-24T01:59:59"));
  }

  // Convened, postponed, held.

  @Test
  void by_telephone_right_now_is_a_discussion() {
    String contact = aContact("neglect");
    decided(contact);
    practice.itIs("2026-11-20T18:30");
    practice.handIn("out-of-hours", CONVENE, contact, convened());
    practice.handIn("out-of-hours", ATTENDANCE, contact, held("how", "video"));

    assertThat(record.text("select m.how || ', ' || chaired_by || ', ' || (held_at = '2026-11-20T18:30Z') from meeting m "
        + "join contact c on c.id = m.contact_id where c.reference = ?", contact)).isEqualTo("video, Grace Mensah, true");
    assertThat(attendance(contact)).containsExactly("social-care: Grace Mensah", "police: Dan Hughes", "health: Siobhán Doyle",
        "school: Joan Patel");
    assertThat(clock(contact).metAt()).isEqualTo(london("2026-11-20T18:30"));
    assertThat(practice.task(DISCUSSION, contact).getAssignee()).as("whoever writes it down goes on").isEqualTo("out-of-hours");
    assertThat(practice.task(DISCUSSION, contact)).hasDueDate(at("2026-11-20T23:59:59"));
  }

  @Test
  void one_that_is_written_down_later_was_held_when_it_was_held() {
    String contact = aContact("physical-injury");
    decided(contact);
    practice.itIs("2026-11-21T08:00");
    practice.timersFire();
    assertThat(asked(clock(contact))).hasSize(1);
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held("happenedEarlier", true, "happenedAt", "2026-11-20T19:15"));

    assertThat(clock(contact).metAt()).isEqualTo(london("2026-11-20T19:15"));
    assertThat(asked(clock(contact))).as("it was in time after all").isEmpty();
    assertThat(practice.task(DISCUSSION, contact)).hasDueDate(at("2026-11-20T23:59:59"));
  }

  @Test
  void a_time_that_has_passed_is_no_plan() {
    String contact = aContact("neglect");
    decided(contact);
    refused("plannedAt", () -> practice.handIn("worker", CONVENE, contact, convened("when", "later", "plannedAt", "2026-11-20T17:00")));
    refused("plannedAt", () -> practice.handIn("worker", CONVENE, contact, convened("when", "later")));
    practice.handIn("worker", CONVENE, contact, convened("when", "later", "plannedAt", "2026-11-21T09:00", "how", "in-person"));
    assertThat(record.moment("select planned_at from meeting m join contact c on c.id = m.contact_id where c.reference = ?", contact))
        .isEqualTo(london("2026-11-21T09:00"));
  }

  @Test
  void one_that_was_not_held_is_convened_again_and_the_clock_runs_on() {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    refused("whyNotHeld", () -> practice.handIn("worker", ATTENDANCE, contact, Map.of("discussionHeld", "no")));
    practice.handIn("worker", ATTENDANCE, contact, Map.of("discussionHeld", "no", "whyNotHeld", "The police were called away."));

    assertThat(attendance(contact)).isEmpty();
    assertThat(meetings(contact)).containsExactly("called");
    assertThat(record.chronology(contact)).contains("Strategy discussion postponed").doesNotContain("Strategy discussion held");
    assertThat(clock(contact).endedAs()).isNull();
    isDue(contact, "2026-11-21T18:00");

    practice.itIs("2026-11-21T09:00");
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held());
    assertThat(clock(contact).metAt()).isEqualTo(london("2026-11-21T09:00"));

    menu.choose("manager", practice.task(DISCUSSION, contact).getId(), "correct-time", Map.of("why", "By my watch.",
        "happenedAt", "2026-11-20T17:55", "entry", entry(contact, "Strategy discussion postponed")));
    assertThat(clock(contact).metAt()).as("what was postponed met nothing").isEqualTo(london("2026-11-21T09:00"));
  }

  @Test
  void when_it_was_held_is_corrected_with_everything_that_counts_from_it() {
    String contact = aContact("neglect", "happenedAt", "2026-11-19T14:00");
    decided(contact);
    practice.itIs("2026-11-21T00:20");
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held());
    assertThat(practice.task(DISCUSSION, contact)).hasDueDate(at("2026-11-21T23:59:59"));

    menu.choose("manager", practice.task(DISCUSSION, contact).getId(), "correct-time", Map.of("why", "It ended before midnight.",
        "happenedAt", "2026-11-20T23:40", "entry", entry(contact, "Strategy discussion held")));
    assertThat(clock(contact).metAt()).isEqualTo(london("2026-11-20T23:40"));
    assertThat(practice.task(DISCUSSION, contact)).hasDueDate(at("2026-11-20T23:59:59"));
    assertThat(record.moment("select held_at from meeting m join contact c on c.id = m.contact_id where c.reference = ?", contact))
        .isEqualTo(london("2026-11-20T23:40"));
  }

  @Test
  void a_wrong_day_is_noticed() {
    String contact = aContact("neglect", "happenedAt", "2026-11-20T14:00");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    refused("happenedAt", () -> practice.handIn("worker", ATTENDANCE, contact,
        held("happenedEarlier", true, "happenedAt", "2026-11-20T13:59")));
    practice.handIn("worker", ATTENDANCE, contact, held("happenedEarlier", true, "happenedAt", "2026-11-20T14:30"));
    assertThat(clock(contact).metAt()).as("held before it was decided: all the better").isEqualTo(london("2026-11-20T14:30"));
    practice.handIn("worker", DISCUSSION, contact, recorded());
    practice.handIn("worker", ACTION, contact, noAction());
    refused("happenedAt", () -> practice.handIn("manager", OUTCOME, contact, page(outcome(contact, "assessment", "Niall"),
        "happenedEarlier", true, "happenedAt", "2026-11-20T14:29")));
  }

  // Late.

  @Test
  void late_it_goes_once_to_the_service_manager_and_at_night_to_out_of_hours_as_well() {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened("when", "later", "plannedAt", "2026-11-21T17:00"));
    practice.itIs("2026-11-21T17:59:59");
    practice.timersFire();
    assertThat(asked(clock(contact))).isEmpty();
    practice.itIs("2026-11-21T18:00");
    practice.timersFire();
    practice.timersFire();

    assertThat(asked(clock(contact))).hasSize(1);
    Task question = asked(clock(contact)).get(0);
    assertThat(practice.groupsOf(question)).containsExactly("out-of-hours", "service-manager");
    assertThat(record.asked(clock(contact))).containsExactly("service-manager,out-of-hours");
    assertThat((String) shown(question, "service-manager").get("lateText")).contains("**Hold discussion** was due on "
        + "**Saturday 21 November 2026 at 18:00** (24 hours, from strategy discussion called on Friday 20 November 2026 at 18:00)");

    practice.handIn("worker", ATTENDANCE, contact, held());
    assertThat(asked(clock(contact))).as("held, the escalation ends by itself").isEmpty();
    assertThat(clock(contact).metAt()).isEqualTo(london("2026-11-21T18:00"));
  }

  @Test
  void a_child_without_an_outcome_on_the_day_is_late() {
    String contact = practice.aContactAbout(twoSisters(), practice.aConcern("factors", List.of("neglect")));
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held());
    practice.handIn("worker", DISCUSSION, contact, recorded());
    practice.handIn("worker", ACTION, contact, noAction());
    practice.handIn("manager", OUTCOME, contact, outcome(contact, "assessment", "Aoife"));
    practice.itIs("2026-11-20T23:59:59");
    practice.timersFire();
    Clocks.Running late = record.clock("AgreeNextSteps", contact);
    assertThat(asked(late)).hasSize(1).allSatisfy(question -> assertThat(practice.groupsOf(question)).containsExactly("service-manager"));

    practice.itIs("2026-11-21T00:30");
    practice.handIn("manager", OUTCOME, contact, outcome(contact, "assessment", "Zoë"));
    assertThat(asked(late)).isEmpty();
    assertThat(clocks.get(late.id()).metAt()).as("by the last child").isEqualTo(london("2026-11-21T00:30"));

    menu.chooseOnCase("manager", practice.caseOf(contact), "correct-time", Map.of("why", "By my watch.", "happenedAt", "2026-11-20T18:10",
        "entry", entry(contact, "Outcome decided")));
    assertThat(clocks.get(late.id()).metAt()).as("the first child’s outcome met nothing").isEqualTo(london("2026-11-21T00:30"));
  }

  // Who took part.

  @Test
  void the_page_knows_who_told_us_and_who_manages() {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    Task attendance = practice.task(ATTENDANCE, contact);
    assertThat(shown(attendance, "manager")).containsEntry("socialWorkName", "Grace Mensah").containsEntry("healthName", "Siobhán Doyle")
        .containsEntry("healthRole", "Health visitor").containsEntry("healthReach", "01632 960101")
        .containsEntry("referrerExpected", false);
    assertThat(shown(attendance, "worker")).as("a social worker is no manager").doesNotContainKey("socialWorkName");
  }

  @Test
  void a_referrer_from_elsewhere_has_a_place_of_their_own() {
    String contact = aContact("neglect", "agency", "housing", "referrerName", "Lena Ruiz", "referrerRole", "Housing officer");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    assertThat(shown(practice.task(ATTENDANCE, contact), "worker")).containsEntry("referrerExpected", true)
        .containsEntry("referrerName", "Lena Ruiz");
    refused("referrer", () -> practice.handIn("worker", ATTENDANCE, contact, held()));
    refused("referrerWhy", () -> practice.handIn("worker", ATTENDANCE, contact, held("referrer", "absent")));
    practice.handIn("worker", ATTENDANCE, contact, held("referrer", "absent", "referrerWhy", "Her office was closed."));
    assertThat(attendance(contact)).contains("housing, absent: Her office was closed.");
    assertThat(meetings(contact)).containsExactly("held quorate");
    assertThat(because(contact)).contains("School or the person who told us did not", "tell them what was agreed");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"socialWork, absent", "socialWork, not-asked", "police, absent", "police, not-asked", "health, absent",
      "health, not-asked", "school, absent"})
  void nobody_is_missing_without_a_reason(String place, String answer) {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    refused(place + "Why", () -> practice.handIn("worker", ATTENDANCE, contact, held(place, answer)));
    refused(place, () -> practice.handIn("worker", ATTENDANCE, contact, held(place, null)));
    assertThat(attendance(contact)).isEmpty();
    assertThat(meetings(contact)).containsExactly("called");
    practice.handIn("worker", ATTENDANCE, contact, held(place, answer, place + "Why", "On the motorway."));
    assertThat(attendance(contact)).anySatisfy(line -> assertThat(line).endsWith("absent: On the motorway."));
  }

  @Test
  void a_school_that_nobody_asked_is_missing_and_one_that_does_not_exist_is_not() {
    String unasked = aContact("neglect");
    decided(unasked);
    practice.handIn("worker", CONVENE, unasked, convened());
    practice.handIn("worker", ATTENDANCE, unasked, held("school", "absent", "schoolWhy", "Nobody asked them."));
    assertThat(because(unasked)).contains("School or the person who told us did not");

    String baby = aContact("neglect");
    decided(baby);
    practice.handIn("worker", CONVENE, baby, convened());
    practice.handIn("worker", ATTENDANCE, baby, held("school", "none"));
    assertThat(because(baby)).isEqualTo("Everybody who belongs there took part.");
  }

  @Test
  void one_alone_is_no_discussion() {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    refused("discussionHeld", () -> practice.handIn("worker", ATTENDANCE, contact, held("police", "absent", "policeWhy", "Away.",
        "health", "absent", "healthWhy", "Away.", "school", "none")));
  }

  @Test
  void up_to_three_others_are_written_down_and_each_comes_from_somewhere() {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    refused("otherAgency", () -> practice.handIn("worker", ATTENDANCE, contact, held("otherName", "Owen Tudor")));
    practice.handIn("worker", ATTENDANCE, contact, held("otherName", "Owen Tudor", "otherAgency", "other", "anotherName", "Dr Zoë O’Neill",
        "anotherAgency", "health", "anotherRole", "Paediatrician", "thirdName", "Sam Carter", "thirdAgency", "social-care"));
    assertThat(attendance(contact)).contains("other: Owen Tudor", "health: Dr Zoë O’Neill", "social-care: Sam Carter");
  }

  // The quorum prompts and never blocks.

  @ParameterizedTest(name = "without {0}")
  @ValueSource(strings = {"socialWork", "police", "health"})
  void an_urgent_discussion_goes_ahead_without_them_says_why_and_all_meet_again(String place) {
    String contact = aContact("physical-injury");
    decided(contact);
    practice.itIs("2026-11-20T18:40");
    practice.handIn("out-of-hours", CONVENE, contact, convened());
    practice.handIn("out-of-hours", ATTENDANCE, contact, held(place, "absent", place + "Why", "Nobody answered."));

    assertThat(meetings(contact)).containsExactly("held not quorate");
    Task discussion = practice.task(DISCUSSION, contact);
    assertThat(shown(discussion, "out-of-hours")).containsEntry("quorate", false);
    assertThat((String) shown(discussion, "out-of-hours").get("quorumText")).contains("absent, Nobody answered.",
        "all agencies meet again");
    refused("goneAheadWhy", () -> practice.handIn("out-of-hours", DISCUSSION, contact, recorded("goneAheadWhy", null)));
    practice.handIn("out-of-hours", DISCUSSION, contact, recorded("goneAheadWhy", "He is in hospital and may be discharged tonight."));
    practice.handIn("out-of-hours", ACTION, contact, noAction());
    practice.handIn("manager", OUTCOME, contact, outcome(contact, "section-47-joint", "Niall"));

    assertThat(practice.process("strategy-discussion", contact)).hasPassed(findId("Enquiry decided"))
        .hasNotPassed(findId("Further meeting not needed"));
    assertThat(meetings(contact)).containsExactly("held not quorate", "called");
    isDue(contact, "2026-11-27T17:00");
  }

  @Test
  void who_is_quorate_needs_no_excuse() {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held());
    assertThat(shown(practice.task(DISCUSSION, contact), "worker")).containsEntry("quorate", true);
    practice.handIn("worker", DISCUSSION, contact, recorded("goneAheadWhy", null));
    assertThat(practice.tasks(ACTION, contact)).hasSize(1);
  }

  // A further meeting.

  @Test
  void a_further_meeting_has_its_own_people_outcomes_and_minutes_and_is_the_last_where_all_come() {
    String contact = aContact("neglect");
    decided(contact);
    ProcessInstance process = practice.process("strategy-discussion", contact);
    practice.itIs("2026-11-20T18:40");
    through(contact, held("police", "absent", "policeWhy", "Called away."), "section-47-single");

    assertThat(practice.tasks("Write minutes", contact)).hasSize(1);
    Task convene = practice.task(CONVENE, contact);
    assertThat((String) shown(convene, "worker").get("dueText"))
        .isEqualTo("Further meeting. Last time: Police did not take part. Go ahead if a child cannot wait; all agencies meet again. "
            + "To be held by Friday 27 November 2026 at 17:00.");
    practice.itIs("2026-11-24T10:00");
    practice.handIn("worker", CONVENE, contact, convened("how", "in-person"));
    assertThat(shown(practice.task(ATTENDANCE, contact), "worker")).containsEntry("furtherMeeting", true);
    refused("happenedAt", () -> practice.handIn("worker", ATTENDANCE, contact,
        held("happenedEarlier", true, "happenedAt", "2026-11-20T18:40")));
    practice.handIn("worker", ATTENDANCE, contact, held());
    practice.handIn("worker", DISCUSSION, contact, recorded());
    practice.handIn("worker", ACTION, contact, anAction());
    practice.handIn("manager", OUTCOME, contact, outcome(contact, "section-47-joint", "Niall"));

    hasEndedAt(process, "Further meeting not needed");
    List<String> ids = ids(contact);
    assertThat(ids).hasSize(2);
    assertThat(meetings(contact)).containsExactly("held not quorate", "held quorate");
    assertThat(record.text("select follows::text from meeting where id = ?::uuid", ids.get(1))).isEqualTo(ids.get(0));
    assertThat(record.texts("select outcome from meeting_outcome where meeting_id = ?::uuid", ids.get(0)))
        .containsExactly("section-47-single");
    assertThat(record.texts("select outcome from meeting_outcome where meeting_id = ?::uuid", ids.get(1)))
        .containsExactly("section-47-joint");
    assertThat(record.count("select count(*) from attendance where meeting_id = ?::uuid and took_part", ids.get(1))).isEqualTo(4);
    assertThat(practice.tasks("Write minutes", contact).stream().map(task -> engine.getTaskService()
        .getVariable(task.getId(), "subjectRef"))).as("the minutes of each").containsExactlyInAnyOrderElementsOf(ids);
    assertThat(record.clocks("HoldDiscussion", contact)).extracting(Clocks.Running::metAt)
        .containsExactly(london("2026-11-24T10:00"), london("2026-11-20T18:40"));
    assertThat(record.clocks("AgreeNextSteps", contact)).extracting(Clocks.Running::dueAt)
        .containsExactly(london("2026-11-24T23:59:59"), london("2026-11-20T23:59:59"));
  }

  @ParameterizedTest(name = "held {0}: again by {1}")
  @CsvSource({"2026-12-23T10:00, 2027-01-04T17:00", "2027-03-25T10:00, 2027-04-05T17:00", "2026-10-23T17:00, 2026-10-30T17:00"})
  void a_further_meeting_is_due_by_working_days(String held, String due) {
    practice.itIs(held);
    String contact = aContact("neglect");
    decided(contact);
    through(contact, held("chairAsks", true), "no-further-action");
    assertThat(because(contact)).isEqualTo("Social work, police and health took part. The chair asks for a further meeting.");
    isDue(contact, due);
    assertThat(clock(contact).counted().from()).isEqualTo("further meeting called");
  }

  @Test
  void a_further_meeting_where_somebody_essential_is_missing_again_is_followed_by_another() {
    String contact = aContact("neglect");
    decided(contact);
    through(contact, held("health", "absent", "healthWhy", "Away."), "assessment");
    practice.itIs("2026-11-26T10:00");
    through(contact, held("health", "absent", "healthWhy", "Still away."), "assessment");
    assertThat(meetings(contact)).containsExactly("held not quorate", "held not quorate", "called");
    isDue(contact, "2026-12-03T17:00");
  }

  @Test
  void enquiries_before_bring_all_together_once() {
    String first = aContact("neglect");
    decided(first);
    through(first, held(), "section-47-single");
    practice.itIs("2027-02-01T10:00");
    String second = anotherContact(first, "neglect");
    decided(second);

    through(second, held(), "section-47-joint");
    assertThat(because(second)).contains("There were enquiries about these children before");
    isDue(second, "2027-02-08T17:00");
    practice.itIs("2027-02-04T10:00");
    ProcessInstance process = practice.process("strategy-discussion", second);
    through(second, held(), "section-47-joint");
    hasEndedAt(process, "Further meeting not needed");
  }

  @Test
  void enquiries_in_another_authority_count_as_well() {
    String contact = aContact("neglect");
    decided(contact);
    through(contact, held("earlierEnquiries", true), "assessment");
    assertThat(because(contact)).contains("There were enquiries about these children before");
    assertThat(meetings(contact)).containsExactly("held quorate", "called");
  }

  // What is agreed.

  @Test
  void what_everybody_does_nobody_does() {
    String contact = recordedDiscussion();
    for (String nobody : List.of("somebody", "All", "the team", "Everybody!", "Duty social worker", "someone from health",
        "The Police", "TBC", "n/a", "?", "To be confirmed", "Mother", "us all")) {
      refused("namedPerson", () -> practice.handIn("worker", ACTION, contact, anAction("namedPerson", nobody)));
    }
    assertThat(actions(contact)).isEmpty();
  }

  @Test
  void an_action_needs_what_who_from_where_and_by_when() {
    String contact = recordedDiscussion();
    for (String needed : List.of("what", "namedPerson", "agency", "accepted", "dueOn", "anotherAction")) {
      refused(needed, () -> practice.handIn("worker", ACTION, contact, anAction(needed, null)));
    }
    refused("dueOn", () -> practice.handIn("worker", ACTION, contact, anAction("dueOn", "2026-11-19")));
    assertThat(actions(contact)).isEmpty();

    practice.handIn("worker", ACTION, contact, anAction("namedPerson", "Dr Zoë O’Neill, duty paediatrician",
        "agency", "health", "anotherAction", "yes"));
    assertThat((String) shown(practice.task(ACTION, contact), "worker").get("actionsText")).contains("Dr Zoë O’Neill", "24 November 2026");
    practice.handIn("worker", ACTION, contact, anAction("namedPerson", "PC Will Head", "agency", "police"));
    assertThat(actions(contact)).containsExactly("See Niall at school: Dr Zoë O’Neill, duty paediatrician, health, 2026-11-24",
        "See Niall at school: PC Will Head, police, 2026-11-24");
    assertThat(practice.tasks(OUTCOME, contact)).hasSize(1);
  }

  @Test
  void what_was_agreed_on_friday_for_saturday_may_be_written_down_on_monday() {
    String contact = recordedDiscussion();
    practice.itIs("2026-11-23T09:00");
    practice.handIn("worker", ACTION, contact, anAction("dueOn", "2026-11-21"));
    assertThat(actions(contact)).hasSize(1);
  }

  @Test
  void nothing_agreed_is_said_too() {
    String contact = recordedDiscussion();
    practice.handIn("worker", ACTION, contact, noAction());
    assertThat(actions(contact)).isEmpty();
    assertThat(record.chronology(contact)).contains("All actions agreed").doesNotContain("Action agreed");
  }

  // What is decided for each child.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "section-47-joint,  Enquiry decided",
      "section-47-single, Enquiry decided",
      "assessment,        Assessment decided",
      "no-further-action, No further action decided"})
  void the_process_ends_with_what_was_decided_and_the_minutes_are_written_beside_it(String outcome, String end) {
    String contact = aContact("neglect");
    decided(contact);
    ProcessInstance process = practice.process("strategy-discussion", contact);
    through(contact, held(), outcome);

    hasEndedAt(process, end);
    assertThat(process).hasPassed(findId("Discussion held"), findId("Agencies brought together"), findId("Outcome decided"),
        findId("Next steps agreed"), findId("Minutes needed"), findId("Further meeting not needed"));
    assertThat(outcomes(contact)).containsExactly("Niall: " + outcome);
    assertThat(practice.tasks("Write minutes", contact)).hasSize(1);
    assertThat(record.chronology(contact)).containsSubsequence("Response decided", "Strategy discussion called",
        "Strategy discussion convened", "Strategy discussion held", "Discussion recorded", "All actions agreed", "Outcome decided");
  }

  @Test
  void a_manager_decides_and_nobody_else() {
    String contact = recordedDiscussion();
    practice.handIn("worker", ACTION, contact, noAction());
    assertThat(practice.groupsOf(practice.task(OUTCOME, contact))).containsExactly("north.team-manager", "out-of-hours");
    assertThat(practice.taskList("worker", contact)).doesNotContain(OUTCOME);
    assertThatThrownBy(() -> practice.handIn("worker", OUTCOME, contact, outcome(contact, "assessment", "Niall")))
        .isInstanceOf(org.camunda.bpm.engine.AuthorizationException.class);
  }

  @Test
  void brothers_and_sisters_in_two_households_and_an_unborn_child_each_have_their_own_outcome() {
    String name = Practice.aNewName();
    String contact = practice.aContactAbout(List.of(
        practice.aNewChild("Zoë", "lastName", name, "birthDate", "2019-07-14", "address", System.nanoTime() + " Mill Lane"),
        practice.aNewChild("Ronan", "lastName", "O’" + name, "birthDate", "2012-05-05",
            "livesWhere", "elsewhere", "address", System.nanoTime() + " Station Road"),
        practice.aNewChild("", "kind", "unborn", "firstName", null, "lastName", null, "birthDate", null, "expectedDate", "2027-02-01",
            "address", null)),
        practice.aConcern("factors", List.of("domestic-abuse")));
    decided(contact);
    ProcessInstance process = practice.process("strategy-discussion", contact);
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held());
    practice.handIn("worker", DISCUSSION, contact, recorded());
    practice.handIn("worker", ACTION, contact, noAction());
    assertThat(offered(contact)).containsExactly("Ronan O’" + name, "Zoë " + name, "Unborn child");
    refused("children", () -> practice.handIn("manager", OUTCOME, contact, outcome(contact, "assessment")));
    refused("outcome", () -> practice.handIn("manager", OUTCOME, contact, page(outcome(contact, "assessment", "Zoë"), "outcome", null)));
    refused("reasons", () -> practice.handIn("manager", OUTCOME, contact, page(outcome(contact, "assessment", "Zoë"), "reasons", null)));

    practice.handIn("manager", OUTCOME, contact, outcome(contact, "no-further-action", "Ronan"));
    assertThat(offered(contact)).containsExactly("Zoë " + name, "Unborn child");
    practice.handIn("manager", OUTCOME, contact, page(outcome(contact, "section-47-joint", "Zoë"), "children",
        List.of(record.child(contact, "Zoë"), unborn(contact))));

    hasEndedAt(process, "Enquiry decided");
    assertThat(outcomes(contact)).containsExactly("Ronan: no-further-action", "Unborn: section-47-joint", "Zoë: section-47-joint");
  }

  @Test
  void a_newborn_sister_who_joins_the_family_midway_is_not_forgotten() {
    String contact = recordedDiscussion();
    practice.handIn("worker", ACTION, contact, noAction());
    assertThat(offered(contact)).hasSize(1);
    bornIntoTheFamily(contact, "Saoirse");

    assertThat(offered(contact)).hasSize(2).anySatisfy(name -> assertThat(name).startsWith("Saoirse "));
    practice.handIn("manager", OUTCOME, contact, outcome(contact, "assessment", "Niall"));
    assertThat(practice.tasks(OUTCOME, contact)).as("asked again").hasSize(1);
    practice.handIn("manager", OUTCOME, contact, page(outcome(contact, "section-47-joint"), "children", offeredIds(contact)));
    assertThat(outcomes(contact)).containsExactly("Niall: assessment", "Saoirse: section-47-joint");
  }

  @Test
  void where_the_last_child_without_an_outcome_has_died_the_page_asks_for_nothing() {
    String contact = practice.aContactAbout(twoSisters(), practice.aConcern("factors", List.of("neglect")));
    decided(contact);
    ProcessInstance process = practice.process("strategy-discussion", contact);
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held());
    practice.handIn("worker", DISCUSSION, contact, recorded());
    practice.handIn("worker", ACTION, contact, noAction());
    practice.handIn("manager", OUTCOME, contact, outcome(contact, "section-47-joint", "Aoife"));
    menu.choose("manager", practice.task(OUTCOME, contact).getId(), "child-died",
        Map.of("child", record.child(contact, "Zoë"), "diedOn", "2026-11-20"));

    assertThat(shown(practice.task(OUTCOME, contact), "manager")).containsEntry("childUndecided", false);
    practice.handIn("manager", OUTCOME, contact, Map.of());
    hasEndedAt(process, "Enquiry decided");
    assertThat(outcomes(contact)).containsExactly("Aoife: section-47-joint");
  }

  @Test
  void a_child_of_another_family_cannot_be_ticked() {
    String other = aContact("neglect");
    String contact = recordedDiscussion();
    practice.handIn("worker", ACTION, contact, noAction());
    assertThatThrownBy(() -> practice.handIn("manager", OUTCOME, contact, outcome(other, "assessment", "Niall")))
        .isInstanceOf(Refusal.class).hasMessageContaining("a choice that is not offered");
  }

  // Withdrawn.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Discussion withdrawn",
      "no-longer-needed,  Discussion no longer needed",
      "recorded-in-error, Discussion recorded in error"})
  void a_manager_ends_it_with_a_reason_and_the_next_decision_calls_a_new_one(String how, String end) {
    String contact = aContact("neglect");
    decided(contact);
    ProcessInstance process = practice.process("strategy-discussion", contact);
    menu.choose("manager", practice.task(CONVENE, contact).getId(), "end", Map.of("how", how, "why", "It was another family."));

    hasEndedAt(process, end);
    assertThat(clock(contact).endedAs()).isEqualTo("withdrawn");
    assertThat(meetings(contact)).containsExactly(how);
    assertThat(record.chronology(contact)).contains("Strategy discussion ended: " + how.replace('-', ' '));

    String second = practice.anotherContactAbout(contact);
    decided(second);
    assertThat(practice.tasks(CONVENE, second)).hasSize(1);
  }

  @Test
  void what_was_held_stays_when_the_rest_is_withdrawn() {
    String contact = recordedDiscussion();
    menu.choose("manager", practice.task(ACTION, contact).getId(), "end", Map.of("how", "no-longer-needed",
        "why", "They have moved to Cork."));
    assertThat(meetings(contact)).containsExactly("held quorate");
    assertThat(attendance(contact)).hasSize(4);
  }

  @Test
  void a_decision_taken_back_gives_the_discussion_up_that_was_not_held() {
    String contact = aContact("neglect");
    decided(contact);
    ProcessInstance process = practice.process("strategy-discussion", contact);
    menu.choose("manager", practice.task(CONVENE, contact).getId(), "take-back", Map.of("why", "It was about another child."));
    hasEndedAt(process, "Discussion withdrawn");
    assertThat(meetings(contact)).containsExactly("withdrawn");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    assertThat(practice.tasks(CONVENE, contact)).hasSize(1);
  }

  // Pages with what is usual on them.

  private static Map<String, Object> convened(Object... changes) {
    return page(Map.of("when", "now", "how", "telephone", "asked", List.of("social-work", "police", "health", "school")), changes);
  }

  private static Map<String, Object> held(Object... changes) {
    return page(Map.ofEntries(Map.entry("discussionHeld", "yes"), Map.entry("socialWork", "took-part"),
        Map.entry("socialWorkName", "Grace Mensah"), Map.entry("police", "took-part"), Map.entry("policeName", "Dan Hughes"),
        Map.entry("policeReach", "dan.hughes@police.example"), Map.entry("health", "took-part"), Map.entry("healthName", "Siobhán Doyle"),
        Map.entry("school", "took-part"), Map.entry("schoolName", "Joan Patel")), changes);
  }

  private static Map<String, Object> recorded(Object... changes) {
    return page(Map.of("known", "Health: he has lost weight. Police: nothing known.",
        "tonight", "With his aunt, who rings the duty team at eight.",
        "whoIsTold", "Grace Mensah tells his mother tomorrow morning. His father is not told yet.",
        "goneAheadWhy", "It could not wait."), changes);
  }

  private static Map<String, Object> anAction(Object... changes) {
    return page(Map.of("agreed", "action", "what", "See Niall at school", "namedPerson", "Joan Patel",
        "agency", "school", "accepted", "yes", "dueOn", "2026-11-24", "anotherAction", "no"), changes);
  }

  private static Map<String, Object> noAction() {
    return Map.of("agreed", "nothing");
  }

  private Map<String, Object> outcome(String contact, String outcome, String... firstNames) {
    return page(Map.of("outcome", outcome, "reasons", "Two bruises that nobody explains.",
        "children", List.of(firstNames).stream().map(name -> record.child(contact, name)).toList()));
  }

  private static Map<String, Object> page(Map<String, Object> usual, Object... changes) {
    return Practice.page(usual, changes);
  }

  // What happens.

  private String aContact(String factor, Object... contactChanges) {
    return practice.aContactAbout(List.of(practice.aNewChild("Niall")), practice.aConcern("factors", List.of(factor)), contactChanges);
  }

  /** A further contact about the same children; the concern names this. */
  private String anotherContact(String earlier, String factor) {
    String contact = practice.anotherContactAbout(earlier);
    record.change("update concern set factors = array[?] where contact_id = (select id from contact where reference = ?)", factor, contact);
    return contact;
  }

  private List<Map<String, Object>> twoSisters() {
    String name = Practice.aNewName();
    String home = System.nanoTime() + " Long Road";
    return List.of(practice.aNewChild("Aoife", "lastName", name, "birthDate", "2020-02-29", "address", home),
        practice.aNewChild("Zoë", "lastName", name, "birthDate", "2012-07-14", "address", home));
  }

  /** The line of what was decided on a contact, as it stands. */
  private String decisionOf(String contact) {
    return record.text("select e.id::text from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? "
        + "and e.what = 'Response decided' and not exists (select from chronology_entry n where n.corrects = e.id)", contact);
  }

  private void decided(String contact) {
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
  }

  /** From the convening to the outcome, the same for every child. */
  private void through(String contact, Map<String, Object> attendance, String outcome) {
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, attendance);
    practice.handIn("worker", DISCUSSION, contact, recorded());
    practice.handIn("worker", ACTION, contact, noAction());
    practice.handIn("manager", OUTCOME, contact, page(outcome(contact, outcome), "children", offeredIds(contact)));
  }

  /** A discussion held on Friday evening, about one boy, as far as its actions. */
  private String recordedDiscussion() {
    String contact = aContact("neglect");
    decided(contact);
    practice.handIn("worker", CONVENE, contact, convened());
    practice.handIn("worker", ATTENDANCE, contact, held());
    practice.handIn("worker", DISCUSSION, contact, recorded());
    return contact;
  }

  private void bornIntoTheFamily(String earlier, String firstName) {
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    Map<String, Object> brother = record.texts("select typed ->> 'lastName' || '|' || (typed ->> 'address') from contact_person p "
        + "join contact c on c.id = p.contact_id where c.reference = ?", earlier).stream().map(both -> both.split("\\|"))
        .map(both -> Map.<String, Object>of("lastName", both[0], "address", both[1])).findFirst().orElseThrow();
    practice.handIn("contact", "Record person", contact, practice.aNewChild(firstName, "lastName", brother.get("lastName"),
        "address", brother.get("address"), "birthDate", "2026-11-20", "relation", "sibling"));
    practice.tasks("Choose person", contact).forEach(task -> practice.handIn("contact", task.getId(), Map.of("samePerson", "new")));
    practice.handIn("contact", "Record concern", contact, practice.aConcern());
    practice.handIn("contact", "Choose family", contact, Map.of("family", practice.caseOf(earlier)));
  }

  // What is there.

  private void isDue(String contact, String londonTime) {
    isDue(contact, CONVENE, londonTime);
  }

  /** The clock, its timer and its task say the same. */
  private void isDue(String contact, String task, String londonTime) {
    Clocks.Running clock = clock(contact);
    assertThat(clock.dueAt()).isEqualTo(london(londonTime));
    assertThat(practice.task(task, contact)).hasDueDate(at(londonTime));
    assertThat(practice.timers("Event_DiscussionOverdue", contact)).hasSize(1)
        .allSatisfy(timer -> assertThat(timer.getDuedate()).isEqualTo(at(londonTime)));
  }

  /** The clock of the newest discussion on a contact. */
  private Clocks.Running clock(String contact) {
    String newest = ids(contact).get(ids(contact).size() - 1);
    return record.clocks("HoldDiscussion", contact).stream().filter(clock -> newest.equals(clock.subjectId().toString()))
        .findFirst().orElseThrow();
  }

  /** The first entry of an event in the chronology of a contact. */
  private String entry(String contact, String event) {
    return record.texts("select e.id::text from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? "
        + "and what = ? order by position", contact, event).get(0);
  }

  /** The managers who are asked about a late clock: a waiting task each. */
  private List<Task> asked(Clocks.Running late) {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("lateClockRef", late.id().toString())
        .taskName(ASKED).list();
  }

  private Map<String, Object> shown(Task task, String user) {
    return forms.prefilled(task, user);
  }

  private List<Option> options(String contact) {
    List<Option> options = new ArrayList<>();
    ((List<?>) shown(practice.task(OUTCOME, contact), "manager").get("offeredChildren")).forEach(option -> options.add((Option) option));
    return options;
  }

  private List<String> offered(String contact) {
    return options(contact).stream().map(Option::label).toList();
  }

  private List<String> offeredIds(String contact) {
    return options(contact).stream().map(Option::value).toList();
  }

  private String unborn(String contact) {
    return record.text("select p.id::text from contact_person c join person p on p.id = c.person_id join contact o on o.id = c.contact_id "
        + "where o.reference = ? and p.expected_on is not null", contact);
  }

  /**
   * The meetings about a contact's family, in the order in which they were called: how they ended, or whether they were held and quorate.
   */
  private List<String> meetings(String contact) {
    return record.texts("""
        select case when ended_as is not null then ended_as when held_at is null then 'called' when quorate then 'held quorate'
          else 'held not quorate' end
        from meeting m join family_case f on f.id = m.case_id where f.reference = ? order by m.called_at, m.follows nulls first""",
        practice.caseOf(contact));
  }

  private List<String> ids(String contact) {
    return record.texts("select m.id::text from meeting m join contact c on c.id = m.contact_id where c.reference = ? "
        + "order by m.called_at, m.follows nulls first", contact);
  }

  /** What the quorum table said of the newest discussion that was held. */
  private String because(String contact) {
    return record.texts("select quorum_because from meeting m join contact c on c.id = m.contact_id where c.reference = ? "
        + "and held_at is not null order by held_at desc", contact).get(0);
  }

  private List<String> attendance(String contact) {
    return record.texts("select a.agency || coalesce(': ' || a.name, '') || case when took_part then '' else ', absent: "
        + "' || absent_why end from attendance a join meeting m on m.id = a.meeting_id join contact c on c.id = m.contact_id "
        + "where c.reference = ? order by a.position", contact);
  }

  private List<String> actions(String contact) {
    return record.texts("select a.what || ': ' || a.named_person || ', ' || a.agency || ', ' || a.due_on from agreed_action a "
        + "join meeting m on m.id = a.meeting_id join contact c on c.id = m.contact_id where c.reference = ? order by a.position", contact);
  }

  private List<String> outcomes(String contact) {
    return record.texts("select coalesce(nullif(n.first_name, ''), 'Unborn') || ': ' || o.outcome from meeting_outcome o "
        + "join meeting m on m.id = o.meeting_id join contact c on c.id = m.contact_id left "
        + "join person_name n on n.person_id = o.person_id and n.position = 1 where c.reference = ? order by 1", contact);
  }

  private static void refused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private static void hasEndedAt(ProcessInstance process, String end) {
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  private static String inWords(String londonTime) {
    return org.followthrough.page.Words.moment(london(londonTime));
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
