package org.followthrough.support.childinneed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody by name helps, somebody looks whether it helps, and the case closes with nothing left open. Monday 21 December 2026. */
@InTheHouse
class ChildInNeedTest {

  private static final String ARRANGE = "Arrange support";
  private static final String PLAN = "Add to plan";
  private static final String ACCEPT = "Accept support";
  private static final String REVIEW = "Review support";
  private static final String CLOSE = "Decide closing";

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired HeldMeeting meetings;
  @Autowired Menu menu;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-12-21T10:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Taken over by name.

  @Test
  void early_help_is_arranged_accepted_reviewed_and_ends_without_a_referral() {
    String contact = earlyHelp("Niall");
    ProcessInstance process = practice.process("child-in-need", contact);
    Task arrange = practice.task(ARRANGE, contact);
    assertThat(arrange).hasDueDate(at("2026-12-30T17:00"));
    assertThat(practice.groupsOf(arrange)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(shown(ARRANGE, contact)).containsEntry("kind", "early-help")
        .containsEntry("children", List.of(record.child(contact, "Niall")));

    practice.handIn("worker", ARRANGE, contact, arranged(contact, "early-help"));
    assertThat(practice.tasks(PLAN, contact)).as("early help has no plan").isEmpty();
    assertThat(practice.groupsOf(practice.task(ACCEPT, contact))).containsExactly("north.team-manager", "school");
    practice.handIn("school", ACCEPT, contact, Map.of("accepted", "yes"));
    assertThat(record.clock("HandOverSupport", contact).endedAs()).isEqualTo("met");
    practice.handIn("worker", REVIEW, contact, reviewed("close"));
    assertThat(shown(CLOSE, contact)).containsEntry("childOpen", false);
    practice.handIn("manager", CLOSE, contact, Map.of());

    hasEndedAt(process, "Support finished");
    assertThat(closed(contact)).isTrue();
    assertThat(record.chronology(contact)).containsSubsequence("Support needed", "Support arranged", "Support last reviewed",
        "Support accepted", "Closing needed", "Support reviewed", "Closing decided");
  }

  @Test
  void a_child_in_need_has_a_plan_of_its_own_and_a_lead() {
    String contact = inNeed("Niall");
    refused("lead", () -> practice.handIn("worker", ARRANGE, contact, arranged(contact, "child-in-need", "lead", null)));
    practice.handIn("worker", ARRANGE, contact, arranged(contact, "child-in-need"));

    assertThat(plans(contact)).containsExactly("Niall: child-in-need, 2026-12-21");
    assertThat(record.texts("select user_id from lead_professional where person_id = ?::uuid and until is null",
        record.child(contact, "Niall")))
        .containsExactly("worker");
    assertThat(practice.groupsOf(practice.task(PLAN, contact))).containsExactly("north.social-worker", "north.team-manager",
        "out-of-hours");
    assertThat(practice.task(PLAN, contact)).hasDueDate(at("2026-12-30T17:00"));
    practice.handIn("worker", PLAN, contact, Map.of("adding", "nothing"));
    assertThat(practice.tasks(ACCEPT, contact)).hasSize(1);
  }

  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource({"worker, receiverUser", "agency, receiverName", "agency, receiverAgency"})
  void nobody_in_particular_takes_nothing_over(String receiver, String field) {
    String contact = earlyHelp("Niall");
    refused(field, () -> practice.handIn("worker", ARRANGE, contact, arranged(contact, "early-help", "receiver", receiver, field, null)));
  }

  @Test
  void a_team_is_no_name() {
    String contact = earlyHelp("Niall");
    refused("receiverName", () -> practice.handIn("worker", ARRANGE, contact,
        arranged(contact, "early-help", "receiverName", "the school nurse team")));
  }

  @Test
  void one_of_the_team_answers_by_themselves_or_a_manager_for_them() {
    String contact = earlyHelp("Niall");
    practice.handIn("manager", ARRANGE, contact, arranged(contact, "early-help",
        "receiver", "worker", "receiverUser", "worker", "receiverName", null,
        "receiverAgency", null));
    assertThat(practice.groupsOf(practice.task(ACCEPT, contact))).containsExactly("north.social-worker", "north.team-manager");
    record.change("update support set receiver_user = 'chair' where receiver_user = 'worker' and accepted_at is null");
    assertThatThrownBy(() -> practice.handIn("worker", ACCEPT, contact, Map.of("accepted", "yes"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("somebody else by name");
    practice.handIn("manager", ACCEPT, contact, Map.of("accepted", "yes"));
    assertThat(practice.tasks(REVIEW, contact)).hasSize(1);
  }

  @Test
  void an_agency_without_people_here_is_heard_by_the_manager() {
    String contact = earlyHelp("Niall");
    practice.handIn("worker", ARRANGE, contact, arranged(contact, "early-help", "receiverAgency", "housing"));
    assertThat(practice.groupsOf(practice.task(ACCEPT, contact))).containsExactly("north.team-manager");
  }

  @Test
  void who_cannot_take_it_over_says_why_and_it_is_arranged_again_under_the_same_clock() {
    String contact = earlyHelp("Niall");
    practice.handIn("worker", ARRANGE, contact, arranged(contact, "early-help"));
    refused("whyNot", () -> practice.handIn("school", ACCEPT, contact, Map.of("accepted", "no")));
    practice.handIn("school", ACCEPT, contact, Map.of("accepted", "no", "whyNot", "I have no hours left."));

    assertThat(shown(ARRANGE, contact)).containsEntry("declinedText", "I have no hours left.")
        .containsEntry("help", "Breakfast club every day.");
    assertThat(practice.task(ARRANGE, contact)).hasDueDate(at("2026-12-30T17:00"));
    assertThat(record.chronology(contact)).contains("Support declined").doesNotContain("Support accepted", "Support last reviewed");
    practice.handIn("worker", ARRANGE, contact, arranged(contact, "early-help"));
    practice.handIn("school", ACCEPT, contact, Map.of("accepted", "yes"));
    assertThat(record.clock("HandOverSupport", contact).endedAs()).isEqualTo("met");
  }

  @Test
  void help_that_nobody_has_taken_over_goes_to_the_manager() {
    String contact = earlyHelp("Niall");
    practice.itIs("2026-12-30T16:59:59");
    practice.timersFire();
    assertThat(record.asked(record.clock("HandOverSupport", contact))).isEmpty();
    practice.itIs("2026-12-30T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clock("HandOverSupport", contact))).containsExactly("north.team-manager");
  }

  // One help at a time.

  @Test
  void a_child_who_is_helped_so_already_is_not_helped_twice() {
    String first = accepted(earlyHelp("Niall"), "early-help");
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", second, practice.aDecision("early-help"));

    assertThat(practice.tasks(ARRANGE, second)).isEmpty();
    assertThat(record.chronology(second)).contains("Support joined").doesNotContain("Support needed");
    assertThat(practice.tasks(REVIEW, first)).hasSize(1);
    assertThat(record.count("select count(*) from camunda.act_hi_actinst a join camunda.act_hi_procinst p on p.id_ = a.proc_inst_id_ "
        + "where a.act_id_ = ? and p.business_key_ = ? and p.end_time_ is not null", findId("Support joined"), practice.caseOf(second)))
        .isEqualTo(1);
  }

  @Test
  void graver_help_takes_a_child_over_from_lighter() {
    String first = accepted(earlyHelp("Niall"), "early-help");
    ProcessInstance early = practice.process("child-in-need", first);
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));
    assessedAs(second, "child-in-need");

    hasEndedAt(early, "Support no longer needed");
    assertThat(practice.tasks(REVIEW, first)).isEmpty();
    assertThat(practice.tasks(ARRANGE, second)).hasSize(1);
    assertThatThrownBy(() -> record.change("update support_child set ended_at = null where person_id = ?::uuid",
        record.child(first, "Niall")))
        .hasMessageContaining("one_support_per_child");
  }

  @Test
  void rules_4001_and_4016_a_child_on_a_protection_plan_has_no_other() {
    String contact = inNeed("Niall");
    onAProtectionPlan(contact, "Niall");
    refused("children", () -> practice.handIn("worker", ARRANGE, contact, arranged(contact, "child-in-need")));
    assertThat(plans(contact)).containsExactly("Niall: child-protection, 2026-12-21");
    assertThatThrownBy(() -> record.change("insert into plan (id, kind, person_id, case_id, begun_on, recorded_at, recorded_by) "
        + "select gen_random_uuid(), 'child-in-need', person_id, case_id, begun_on, now(), 'x' from plan where person_id = ?::uuid",
        record.child(contact, "Niall")))
        .hasMessageContaining("one_plan_at_a_time");
  }

  @Test
  void rule_8832_a_child_without_a_referral_has_early_help_and_no_plan() {
    String contact = earlyHelp("Niall");
    refused("children", () -> practice.handIn("worker", ARRANGE, contact, arranged(contact, "child-in-need")));
    assertThat(plans(contact)).isEmpty();
  }

  @Test
  void an_enquiry_and_a_conference_ask_for_every_child_without_a_protection_plan() {
    String contact = twoChildren();
    onAProtectionPlan(contact, "Ronan");
    meetings.begin("SupportNeeded", contact, UUID.randomUUID());
    assertThat(shown(ARRANGE, contact)).containsEntry("kind", "child-in-need")
        .containsEntry("children", List.of(record.child(contact, "Sorcha")));
  }

  // Whether it helps.

  @Test
  void it_is_looked_at_again_and_again_counted_from_the_last_time() {
    practice.itIs("2026-11-23T10:00");
    String contact = accepted(earlyHelp("Niall"), "early-help");
    assertThat(practice.task(REVIEW, contact)).hasDueDate(at("2027-01-07T17:00"));
    refused("c1Evidence", () -> practice.handIn("worker", REVIEW, contact, page(reviewed("continue"), "c1Evidence", null)));

    practice.itIs("2027-01-05T10:00");
    practice.handIn("worker", REVIEW, contact, reviewed("continue"));
    assertThat(practice.task(REVIEW, contact)).hasDueDate(at("2027-02-16T17:00"));
    assertThat((String) shown(REVIEW, contact).get("reviewsText")).startsWith("- 5 January 2027, Niall")
        .endsWith(": **better**. He eats with us every day.");

    practice.itIs("2027-02-16T16:59:59");
    practice.timersFire();
    assertThat(record.asked(record.clocks("ReviewSupport", contact).get(0))).isEmpty();
    practice.itIs("2027-02-16T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clocks("ReviewSupport", contact).get(0))).containsExactly("north.team-manager");
  }

  @Test
  void fear_of_significant_harm_calls_a_strategy_discussion_within_a_day_of_now() {
    String contact = accepted(inNeed("Niall"), "child-in-need");
    ProcessInstance process = practice.process("child-in-need", contact);
    practice.itIs("2027-01-11T09:00");
    refused("why", () -> practice.handIn("worker", REVIEW, contact, reviewed("strategy-discussion", "why", null)));
    practice.handIn("worker", REVIEW, contact, reviewed("strategy-discussion", "c1How", "worse"));

    hasEndedAt(process, "Strategy discussion needed");
    assertThat(practice.task("Convene discussion", contact)).hasDueDate(at("2027-01-12T09:00"));
    assertThat(plans(contact)).as("the plan holds until something takes its place").containsExactly("Niall: child-in-need, 2026-12-21");
  }

  @Test
  void a_discussion_that_waits_to_be_held_is_not_called_a_second_time() {
    String contact = accepted(inNeed("Niall"), "child-in-need");
    String second = practice.anotherContactAbout(contact);
    practice.handIn("manager", "Decide response", second, practice.aDecision("strategy-discussion"));
    refused("goesOn", () -> practice.handIn("worker", REVIEW, contact, reviewed("strategy-discussion")));
    practice.handIn("worker", REVIEW, contact, reviewed("continue"));
  }

  // Closing.

  @Test
  void a_case_closes_with_its_plan_its_lead_and_its_reason() {
    String contact = accepted(inNeed("Niall"), "child-in-need");
    ProcessInstance process = practice.process("child-in-need", contact);
    practice.itIs("2027-03-25T10:00");
    practice.handIn("worker", REVIEW, contact, reviewed("close"));
    assertThat(practice.task(CLOSE, contact)).hasDueDate(at("2027-04-05T17:00"));
    assertThat(practice.groupsOf(practice.task(CLOSE, contact))).containsExactly("north.team-manager");
    practice.itIs("2027-03-30T10:00");
    practice.handIn("manager", CLOSE, contact, closing(contact, "RC7", "closedOn", "2027-03-25"));

    hasEndedAt(process, "Support finished");
    assertThat(episodes(contact)).containsExactly("Niall: RC7, He eats every day., 2027-03-25");
    assertThat(record.texts("select ended_why || ', ' || ended_on from plan where person_id = ?::uuid", record.child(contact, "Niall")))
        .containsExactly("support-ended, 2027-03-25");
    assertThat(record.count("select count(*) from lead_professional where person_id = ?::uuid and until is null",
        record.child(contact, "Niall"))).isZero();
    assertThat(closed(contact)).isTrue();
    assertThat(record.chronology(contact)).contains("Episode closed");
  }

  @Test
  void rules_8805_and_8810_a_closing_day_has_a_reason_and_a_reason_a_day() {
    String contact = toBeClosed("Niall");
    for (String field : List.of("reason", "closedOn", "why", "children")) {
      refused(field, () -> practice.handIn("manager", CLOSE, contact, closing(contact, "RC8", field, null)));
    }
    String child = record.child(contact, "Niall");
    assertThatThrownBy(() -> record.change("update episode set closing_code = 'RC7' where person_id = ?::uuid", child))
        .hasMessageContaining("closed_by_code");
    assertThatThrownBy(() -> record.change("update episode set closed_at = referred_at, closed_why = 'because' where person_id = ?::uuid",
        child))
        .hasMessageContaining("closed_by_code");
    assertThatThrownBy(() -> record.change("update episode set closed_at = referred_at - interval '2 days', closed_why "
        + "= 'because', closing_code = 'RC7' where person_id = ?::uuid", child))
        .hasMessageContaining("not_closed_before_it_was_referred");
  }

  @ParameterizedTest(name = "on {0}")
  @ValueSource(strings = {"2026-12-20", "2026-12-22"})
  void the_closing_day_lies_neither_before_what_was_done_nor_ahead(String day) {
    String contact = toBeClosed("Niall");
    refused("closedOn", () -> practice.handIn("manager", CLOSE, contact, closing(contact, "RC8", "closedOn", day)));
  }

  @Test
  void rules_8867_and_8565_an_open_assessment_keeps_the_child_open() {
    String contact = toBeClosed("Niall");
    String second = practice.anotherContactAbout(contact);
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));
    assertThat(((Option) ((List<?>) shown(CLOSE, contact).get("openChildren")).get(0)).label())
        .endsWith(" – the assessment is not complete");
    refusedBecause("The assessment is not complete.", () -> practice.handIn("manager", CLOSE, contact, closing(contact, "RC8")));

    practice.handIn("manager", CLOSE, contact, Map.of());
    assertThat(practice.tasks(CLOSE, contact)).as("somebody works with the child").isEmpty();
    assertThat(record.openEpisodes(practice.caseOf(contact))).containsExactly("Niall");
  }

  @Test
  void a_child_with_whom_nobody_works_cannot_be_left_open() {
    String contact = toBeClosed("Niall");
    refused("children", () -> practice.handIn("manager", CLOSE, contact, Map.of()));
    assertThat(practice.tasks(CLOSE, contact)).hasSize(1);
  }

  @Test
  void a_protection_plan_an_action_a_meeting_and_a_protection_keep_it_open() {
    String contact = toBeClosed("Niall");
    UUID meeting = meetings.about(contact, london("2026-12-21T09:00"), "police", "health");
    refusedBecause("The action due on 27 November 2026 is open.", () -> practice.handIn("manager", CLOSE, contact,
        closing(contact, "RC7")));
    record.change("update agreed_action set ended_as = 'done', ended_at = now() where meeting_id = ?", meeting);
    record.change("update meeting set held_at = null where id = ?", meeting);
    refusedBecause("The strategy discussion called on 21 December 2026 is not held.",
        () -> practice.handIn("manager", CLOSE, contact, closing(contact, "RC7")));
    record.change("update meeting set kind = 'initial-conference' where id = ?", meeting);
    refusedBecause("The initial conference called on 21 December 2026 is not held.",
        () -> practice.handIn("manager", CLOSE, contact, closing(contact, "RC7")));
    record.change("update meeting set ended_as = 'withdrawn' where id = ?", meeting);
    record.change("insert into protection (need_id, case_id, person_id, kind, details, since, ends_at, whereabouts, "
        + "recorded_at, recorded_by) select gen_random_uuid(), case_id, person_id, 'other', 'x', now(), now() "
        + "+ interval '1 day', 'x', now(), 'x' from episode where person_id = ?::uuid",
        record.child(contact, "Niall"));
    refusedBecause("It is not said what follows the protection.", () -> practice.handIn("manager", CLOSE, contact,
        closing(contact, "RC7")));
    record.change("update protection set followed_at = now(), followed_by = 'safe-without-protection' where person_id = ?::uuid",
        record.child(contact, "Niall"));
    onAProtectionPlan(contact, "Niall");
    refusedBecause("The protection plan is in force.", () -> practice.handIn("manager", CLOSE, contact, closing(contact, "RC7")));
    record.change("update plan set ended_on = begun_on, ended_why = 'recorded-in-error' where person_id = ?::uuid",
        record.child(contact, "Niall"));
    practice.handIn("manager", CLOSE, contact, closing(contact, "RC7"));
    assertThat(episodes(contact)).containsExactly("Niall: RC7, He eats every day., 2026-12-21");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RC8", "RC9"})
  void rules_8831_and_2990_who_had_a_plan_or_an_enquiry_is_not_closed_after_assessment(String code) {
    String contact = accepted(inNeed("Niall"), "child-in-need");
    practice.handIn("worker", REVIEW, contact, reviewed("close"));
    refused("reason", () -> practice.handIn("manager", CLOSE, contact, closing(contact, code)));

    String other = toBeClosed("Conor");
    record.change("update agreed_action set ended_as = 'done', ended_at = now() where meeting_id = ?",
        meetings.about(other, london("2026-12-21T10:00"), "police"));
    refused("reason", () -> practice.handIn("manager", CLOSE, other, closingOf(other, "Conor", code)));
  }

  @Test
  void who_was_not_assessed_is_not_closed_after_assessment() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    practice.handIn("worker", "Write assessment", contact, assessment());
    menu.choose("manager", practice.task("Agree assessment", contact).getId(), "end", Map.of("how", "no-longer-needed", "why", "Abroad."));
    closingNeeded(contact);
    refused("reason", () -> practice.handIn("manager", CLOSE, contact, closing(contact, "RC8")));
    practice.handIn("manager", CLOSE, contact, closing(contact, "RC7"));
  }

  @Test
  void brothers_and_sisters_close_for_their_own_reasons_page_by_page() {
    String contact = twoChildren();
    practice.handIn("worker", "Write assessment", contact, page(assessment(), "c2Seen", "yes", "c2Words", "She sings."));
    practice.handIn("manager", "Agree assessment", contact, Map.of("agreed", "yes"));
    practice.handIn("manager", "Decide next step", contact,
        Map.of("children", List.of(record.child(contact, "Ronan"), record.child(contact, "Sorcha")),
        "nextStep", "no-further-action", "reasons", "They thrive."));
    practice.handIn("manager", CLOSE, contact, closingOf(contact, "Ronan", "RC4"));
    assertThat(record.clock("CloseCase", contact).endedAs()).as("one child waits").isNull();
    assertThat(closed(contact)).isFalse();
    practice.handIn("manager", CLOSE, contact, closingOf(contact, "Sorcha", "RC8"));

    assertThat(episodes(contact)).containsExactly("Ronan: RC4, He eats every day., 2026-12-21",
        "Sorcha: RC8, He eats every day., 2026-12-21");
    assertThat(record.clock("CloseCase", contact).endedAs()).isEqualTo("met");
    assertThat(closed(contact)).isTrue();
  }

  @Test
  void a_brother_is_closed_while_his_sister_is_still_helped() {
    String contact = twoChildren();
    practice.handIn("worker", "Write assessment", contact, page(assessment(), "c2Seen", "yes", "c2Words", "She sings."));
    practice.handIn("manager", "Agree assessment", contact, Map.of("agreed", "yes"));
    practice.handIn("manager", "Decide next step", contact, Map.of("children", List.of(record.child(contact, "Sorcha")),
        "nextStep", "child-in-need", "reasons", "Help."));
    practice.handIn("manager", "Decide next step", contact, Map.of("children", List.of(record.child(contact, "Ronan")),
        "nextStep", "no-further-action", "reasons", "He thrives."));
    ProcessInstance closing = engine.getRuntimeService().createProcessInstanceQuery()
        .processInstanceId(practice.task(CLOSE, contact).getProcessInstanceId()).singleResult();
    refusedBecause("Other support goes on.", () -> practice.handIn("manager", CLOSE, contact, closingOf(contact, "Sorcha", "RC8")));
    practice.handIn("manager", CLOSE, contact, closingOf(contact, "Ronan", "RC8"));

    hasEndedAt(closing, "Support finished");
    assertThat(record.openEpisodes(practice.caseOf(contact))).containsExactly("Sorcha");
    assertThat(closed(contact)).isFalse();
    assertThat(practice.tasks(ARRANGE, contact)).hasSize(1);
  }

  @Test
  void a_discussion_that_decides_on_no_further_action_closes_the_case() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    closingNeeded(contact);
    assertThat(practice.task(CLOSE, contact)).hasDueDate(at("2026-12-30T17:00"));
  }

  @Test
  void a_case_that_is_not_closed_goes_to_the_service_manager() {
    String contact = toBeClosed("Niall");
    practice.itIs("2026-12-30T16:59:59");
    practice.timersFire();
    assertThat(record.asked(record.clock("CloseCase", contact))).isEmpty();
    practice.itIs("2026-12-30T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clock("CloseCase", contact))).containsExactly("service-manager");
  }

  // Withdrawn.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Helping withdrawn",
      "no-longer-needed,  Support no longer needed",
      "recorded-in-error, Support recorded in error"})
  void a_manager_ends_it_with_a_reason_and_it_keeps_nothing_open(String how, String end) {
    String contact = earlyHelp("Niall");
    ProcessInstance process = practice.process("child-in-need", contact);
    menu.choose("manager", practice.task(ARRANGE, contact).getId(), "end", Map.of("how", how, "why", "They want none."));
    hasEndedAt(process, end);
    assertThat(record.text("select s.ended_as from support s join contact c on c.id = s.contact_id where c.reference = ?", contact))
        .isEqualTo(how);
    assertThat(closed(contact)).isTrue();
  }

  // Words of this test.

  private String earlyHelp(String child) {
    String contact = practice.aRecordedContact(child);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("early-help"));
    return contact;
  }

  private String inNeed(String child) {
    String contact = practice.aRecordedContact(child);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    assessedAs(contact, "child-in-need");
    return contact;
  }

  private String toBeClosed(String child) {
    String contact = practice.aRecordedContact(child);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    assessedAs(contact, "no-further-action");
    return contact;
  }

  private String twoChildren() {
    String name = Practice.aNewName();
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Ronan", "lastName", name, "birthDate", "2012-05-05"),
        practice.aNewChild("Sorcha", "lastName", name, "birthDate", "2020-02-29")), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    return contact;
  }

  private void assessedAs(String contact, String nextStep) {
    practice.handIn("worker", "Write assessment", contact, assessment());
    practice.handIn("manager", "Agree assessment", contact, Map.of("agreed", "yes"));
    Task next = practice.task("Decide next step", contact);
    List<String> children = ((List<?>) forms.prefilled(next, "manager").get("offeredChildren")).stream()
        .map(one -> ((Option) one).value()).toList();
    practice.handIn("manager", next.getId(), Map.of("children", children, "nextStep", nextStep, "reasons", "Seen with the history."));
  }

  private static Map<String, Object> assessment() {
    return new HashMap<>(Map.ofEntries(Map.entry("c1Seen", "yes"), Map.entry("c1Words", "“I like my gran.”"),
        Map.entry("adults", "His mother."), Map.entry("history", "Two contacts."), Map.entry("checked", "The school."),
        Map.entry("strengths", "His gran."), Map.entry("harms", "Alone."),
        Map.entry("noFactors", true), Map.entry("analysis", "Hungry on Fridays."), Map.entry("moreTimeNeeded", "no")));
  }

  private String accepted(String contact, String kind) {
    practice.handIn("worker", ARRANGE, contact, arranged(contact, kind));
    if (!practice.tasks(PLAN, contact).isEmpty()) {
      practice.handIn("worker", PLAN, contact, Map.of("adding", "nothing"));
    }
    practice.handIn("school", ACCEPT, contact, Map.of("accepted", "yes"));
    return contact;
  }

  private Map<String, Object> arranged(String contact, String kind, Object... changes) {
    return page(Map.of("kind", kind, "children", shown(ARRANGE, contact).get("children"), "help", "Breakfast club every day.",
        "receiver", "agency", "receiverName", "Joan Patel", "receiverAgency", "school", "lead", "worker"), changes);
  }

  private static Map<String, Object> reviewed(String goesOn, Object... changes) {
    return page(Map.of("c1How", "better", "c1Evidence", "He eats with us every day.", "goesOn", goesOn, "why", "He is well."), changes);
  }

  private Map<String, Object> closing(String contact, String code, Object... changes) {
    return closingOf(contact, "Niall", code, changes);
  }

  private Map<String, Object> closingOf(String contact, String child, String code, Object... changes) {
    return page(Map.of("children", List.of(record.child(contact, child)), "reason", code, "why", "He eats every day.", "closedOn",
        LocalDate.ofInstant(ClockUtil.getCurrentTime().toInstant(), Submission.LONDON).toString()), changes);
  }

  /** As a strategy discussion ends that decided on no further action. */
  private void closingNeeded(String contact) {
    UUID meeting = meetings.about(contact, london("2026-12-21T09:30"), "police", "health");
    record.change("delete from meeting_outcome where meeting_id = ?", meeting);
    record.change("update agreed_action set ended_as = 'done', ended_at = now() where meeting_id = ?", meeting);
    record.change("insert into chronology_entry (contact_id, case_id, subject_id, what, happened_at, recorded_at, recorded_by, nature) "
        + "select contact_id, case_id, id, 'Closing needed', held_at, held_at, 'manager', 'fact' from meeting where id = ?", meeting);
    meetings.begin("ClosingNeeded", contact, meeting);
  }

  private void onAProtectionPlan(String contact, String child) {
    UUID conference = UUID.randomUUID();
    record.change("insert into meeting (id, kind, case_id, called_at, chair_role, writer_role, held_at) select ?, "
        + "'initial-conference', case_id, timestamptz '2026-12-21T08:00Z', 'conference-chair', 'minute-taker', "
        + "timestamptz '2026-12-21T09:00Z' from contact where reference = ?", conference, contact);
    record.change("insert into plan (id, kind, person_id, case_id, begun_by, begun_on, first_category, latest_category, "
        + "recorded_at, recorded_by) select gen_random_uuid(), 'child-protection', ?::uuid, case_id, id, date "
        + "'2026-12-21', 'neglect', 'neglect', now(), 'chair' from meeting where id = ?",
        record.child(contact, child), conference);
  }

  private List<String> plans(String contact) {
    return record.texts("select n.first_name || ': ' || p.kind || ', ' || p.begun_on from plan p "
        + "join person_name n on n.person_id = p.person_id join contact c on c.case_id = p.case_id where c.reference = ? "
        + "and p.ended_on is null order by 1", contact);
  }

  private List<String> episodes(String contact) {
    return record.texts("select n.first_name || ': ' || e.closing_code || ', ' || e.closed_why || ', ' || (e.closed_at "
        + "at time zone 'Europe/London')::date from episode e join person_name n on n.person_id = e.person_id "
        + "join contact c on c.case_id = e.case_id where c.reference = ? order by 1", contact);
  }

  private boolean closed(String contact) {
    return record.text("select (closed_at is not null)::text from family_case where reference = ?", practice.caseOf(contact))
        .equals("true");
  }

  private Map<String, Object> shown(String label, String contact) {
    return forms.prefilled(practice.task(label, contact), "manager");
  }

  private static void refused(String field, Runnable act) {
    assertThatThrownBy(act::run).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private static void refusedBecause(String sentence, Runnable act) {
    assertThatThrownBy(act::run).isInstanceOf(Refusal.class).hasMessageContaining(sentence);
  }

  private static void hasEndedAt(ProcessInstance process, String end) {
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
