package org.followthrough.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.page.Refusal;
import org.followthrough.people.Deputies;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** From the contact to the end of the process, and back where somebody changed their mind. Monday 16 November 2026, ten o'clock. */
@InTheHouse
class ReferralTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired Deputies deputies;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-11-16T10:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // How it ends.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "strategy-discussion, Strategy discussion decided",
      "assessment,          Assessment decided",
      "early-help,          Early help decided",
      "advice,              Advice given",
      "no-further-action,   No further action decided"})
  void the_process_ends_with_what_was_decided_once_the_referrer_has_heard(String response, String end) {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance referral = practice.process("referral", contact);
    assertThat(practice.task("Decide response", contact)).hasDueDate(at("2026-11-17T17:00")).hasCandidateGroup("north.team-manager");

    practice.handIn("manager", "Decide response", contact, practice.aDecision(response));
    tellReferrer(contact);
    assertThat(referral).isNotEnded();
    practice.handIn("health", "Confirm outcome heard", contact, Map.of("heard", "yes"));

    hasEndedAt(referral, end);
    assertThat(referral).hasPassed(findId("Referrer told"), findId("Outcome heard"), findId("Referrer heard the outcome"));
    assertThat(record.chronology(contact)).containsSubsequence("Contact opened", "Contact received", "Person recorded",
        "Concern recorded", "Response decided", "Referrer told", "Outcome heard");
  }

  @Test
  void a_professional_is_told_within_a_working_day_of_receipt_and_has_one_more_to_confirm() {
    String contact = practice.aRecordedContact("Niall");
    practice.itIs("2026-11-17T09:30");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));

    assertThat(practice.task("Tell referrer", contact)).hasDueDate(at("2026-11-17T17:00"));
    tellReferrer(contact);
    Task hearing = practice.task("Confirm outcome heard", contact);
    assertThat(hearing).hasDueDate(at("2026-11-18T17:00"));
    assertThat(practice.groupsOf(hearing)).containsExactly("contact-centre", "health");
  }

  @Test
  void an_agency_without_people_here_is_asked_by_the_contact_centre() {
    String contact = practice.aRecordedContact("Niall", "agency", "housing");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    tellReferrer(contact);

    assertThat(practice.groupsOf(practice.task("Confirm outcome heard", contact))).containsExactly("contact-centre");
    practice.handIn("contact", "Confirm outcome heard", contact,
        Map.of("heard", "yes", "onBehalfOf", "Mr Ali, housing officer", "onBehalfHow", "by-telephone"));
    assertThat(record.text("select on_behalf_of || ', ' || on_behalf_how from chronology_entry e join contact c on c.id = e.contact_id "
        + "where c.reference = ? and what = 'Outcome heard'", contact)).isEqualTo("Mr Ali, housing officer, by-telephone");
  }

  @Test
  void a_member_of_the_public_is_thanked_and_told_nothing_about_the_family() {
    String contact = practice.aRecordedContact("Niall", "whoReferred", "member-of-the-public", "agency", null, "referrerRole", null,
        "askedNotToBeNamed", true);
    ProcessInstance referral = practice.process("referral", contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));

    assertThat(practice.tasks("Tell referrer", contact)).isEmpty();
    assertThat(practice.task("Acknowledge contact", contact)).hasDueDate(at("2026-11-17T17:00")).hasCandidateGroup("contact-centre");
    practice.handIn("contact", "Acknowledge contact", contact, Map.of("acknowledged", "yes"));

    hasEndedAt(referral, "Advice given");
    assertThat(referral).hasPassed(findId("Contact acknowledged"), findId("Caller answered"));
  }

  @Test
  void a_caller_who_cannot_be_reached_needs_a_reason() {
    String contact = practice.aRecordedContact("Niall", "whoReferred", "member-of-the-public", "agency", null, "referrerRole", null);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));

    assertThatThrownBy(() -> practice.handIn("contact", "Acknowledge contact", contact, Map.of("acknowledged", "not-possible")))
        .isInstanceOf(Refusal.class).hasMessage("Say why the caller could not be reached.");
    assertThat(practice.tasks("Acknowledge contact", contact)).hasSize(1);
  }

  @Test
  void nobody_is_told_where_nobody_gave_a_name() {
    String contact = practice.aRecordedContact("Niall", "whoReferred", "anonymous", "agency", null, "referrerRole", null,
        "referrerName", null);
    ProcessInstance referral = practice.process("referral", contact);

    practice.handIn("manager", "Decide response", contact, practice.aDecision("no-further-action"));

    hasEndedAt(referral, "No further action decided");
    assertThat(referral).hasPassed(findId("Nobody to be told"), findId("No protection needed now"),
        findId("Lead professional already named"))
        .hasNotPassed(findId("Protection needed"), findId("Referrer heard the outcome"), findId("Caller answered"));
  }

  @Test
  void a_child_in_danger_is_protected_in_a_process_of_its_own_beside_everything_else() {
    String contact = practice.aRecordedContact("Niall", "whoReferred", "anonymous", "agency", null, "referrerRole", null,
        "referrerName", null);
    ProcessInstance referral = practice.process("referral", contact);
    practice.itIs("2026-11-16T16:30");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));

    hasEndedAt(referral, "Assessment decided");
    assertThat(referral).hasPassed(findId("Protection needed")).hasNotPassed(findId("No protection needed now"));
    assertThat(practice.process("emergency-protection", contact).getBusinessKey()).isEqualTo(practice.caseOf(contact));
    assertThat(practice.task("Arrange protection", contact)).hasDueDate(at("2026-11-16T18:30")).hasCandidateGroup("north.social-worker");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "strategy-discussion, Strategy discussion needed, strategy-discussion",
      "assessment,          Assessment needed,          assessment",
      "early-help,          Support needed,             child-in-need",
      "advice,              No process needed,",
      "no-further-action,   No process needed,"})
  void the_process_that_was_decided_begins_at_once_and_no_other(String response, String event, String process) {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance referral = practice.process("referral", contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision(response));

    assertThat(referral).hasPassed(findId(event));
    for (String one : List.of("strategy-discussion", "assessment", "child-in-need")) {
      ProcessInstance begun = practice.process(one, contact);
      assertThat(begun == null ? null : begun.getBusinessKey()).as(one).isEqualTo(one.equals(process) ? practice.caseOf(contact) : null);
    }
  }

  @Test
  void a_child_without_a_lead_professional_gets_one_in_a_process_of_its_own() {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance referral = practice.process("referral", contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));

    assertThat(referral).hasPassed(findId("Lead professional missing")).hasNotPassed(findId("Lead professional already named"));
    ProcessInstance lead = practice.process("lead-professional", contact);
    assertThat(lead.getBusinessKey()).isEqualTo(practice.caseOf(contact)).startsWith("CP-2026-");
    assertThat(practice.task("Name lead professional", contact)).hasDueDate(at("2026-11-16T14:00"))
        .hasCandidateGroup("north.team-manager");
  }

  @Test
  void a_child_who_has_a_lead_professional_keeps_them() {
    String first = aReferredChildWithALead();
    String second = practice.anotherContactAbout(first);
    ProcessInstance referral = practice.process("referral", second);

    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));

    assertThat(referral).hasPassed(findId("Lead professional already named")).hasNotPassed(findId("Lead professional missing"));
    assertThat(practice.tasks("Name lead professional", second)).isEmpty();
    assertThat(leads(first)).containsExactly("worker");
  }

  @Test
  void while_a_lead_professional_is_being_named_nobody_is_asked_a_second_time() {
    String first = practice.aRecordedContact("Niall");
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", first, practice.aDecision("assessment"));
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));

    assertThat(practice.tasks("Name lead professional", first)).hasSize(1);
    assertThat(practice.tasks("Name lead professional", second)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Contact withdrawn",
      "no-longer-needed,  Contact no longer needed",
      "recorded-in-error, Contact recorded in error"})
  void a_manager_ends_a_referral_with_a_reason(String how, String end) {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance referral = practice.process("referral", contact);

    menu.choose("manager", practice.task("Decide response", contact).getId(), "end", Map.of("how", how, "why", "The nursery rang again."));

    hasEndedAt(referral, end);
    assertThat(record.clock("DecideResponse", contact).endedAs()).isEqualTo("withdrawn");
    assertThat(record.clock("RecordContact", contact).endedAs()).isEqualTo("met");
    assertThat(record.text("select ended_as from contact where reference = ?", contact)).isEqualTo(how);
    assertThat(record.text("select words from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? "
        + "and what like 'Referral ended:%'", contact)).isEqualTo("The nursery rang again.");
    assertThat(engine.getManagementService().createJobQuery().processInstanceId(referral.getId()).count()).isZero();
  }

  @Test
  void ending_needs_a_reason_and_a_manager_of_the_team() {
    String contact = practice.aRecordedContact("Niall");
    String task = practice.task("Decide response", contact).getId();

    assertThatThrownBy(() -> menu.choose("manager", task, "end", Map.of("how", "withdrawn"))).isInstanceOf(Refusal.class)
        .hasMessage("“Why” is empty. Fill it in.");
    assertThatThrownBy(() -> menu.choose("south-manager", task, "end", Map.of("how", "withdrawn", "why", "No.")))
        .hasMessageContaining("not yours");
    assertThat(practice.tasks("Decide response", contact)).hasSize(1);
  }

  // The decision.

  @Test
  void who_took_a_contact_down_does_not_decide_it() {
    deputies.name("contact", "manager", london("2026-11-16T12:00"));
    deputies.name("manager", "worker", london("2026-11-16T12:00"));
    try {
      String contact = practice.contactOf(practice.start("manager"));
      practice.handIn("manager", "Record contact", contact, practice.aContact());
      practice.handIn("manager", "Record person", contact, practice.aNewChild("Niall"));
      practice.tasks("Choose person", contact).forEach(task -> practice.handIn("manager", task.getId(), Map.of("samePerson", "new")));
      practice.handIn("manager", "Record concern", contact, practice.aConcern());
      practice.tasks("Choose family", contact).forEach(task -> practice.handIn("manager", task.getId(), Map.of("family", "new")));

      assertThatThrownBy(() -> practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment")))
          .isInstanceOf(Refusal.class).hasMessageContaining("Another manager must decide it");
      assertThat(record.count("select count(*) from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
          .isZero();

      practice.handIn("worker", "Decide response", contact, practice.aDecision("assessment"));
      assertThat(record.text("select decided_by from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
          .isEqualTo("worker");
    } finally {
      practice.itIs("2026-11-16T12:00");
      deputies.end();
      record.change("delete from deputy");
    }
  }

  @Test
  void the_recommendation_is_never_overruled_silently() {
    String contact = practice.aRecordedContact("Niall");

    assertThatThrownBy(() -> practice.handIn("manager", "Decide response", contact, practice.aDecision("advice", "overruleReason", null)))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("overruleReason"))
        .hasMessage("The rules suggest “assessment”. Say in one sentence why you decide otherwise.");
    assertThat(practice.tasks("Decide response", contact)).hasSize(1);
    assertThat(record.effects(contact)).isEmpty();

    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice", "overruleReason", "Seen by the nurse today."));
    assertThat(record.text("select d.recommendation || ' ' || response || ' ' || overrule_reason from decision d "
        + "join contact c on c.id = d.contact_id where c.reference = ?", contact)).isEqualTo("assessment advice Seen by the nurse today.");
  }

  @Test
  void who_follows_the_recommendation_needs_no_reason_to() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "overruleReason", null));
    assertThat(record.effects(contact)).containsExactly("Niall: assessment, referral");
  }

  @Test
  void a_decision_cannot_lie_before_the_contact() {
    String contact = practice.aRecordedContact("Niall");
    assertThatThrownBy(() -> practice.handIn("manager", "Decide response", contact,
        practice.aDecision("assessment", "happenedEarlier", true, "happenedAt", "2026-11-16T09:59")))
        .isInstanceOf(Refusal.class).hasMessageContaining("before the contact was received");
  }

  @Test
  void the_south_team_neither_sees_nor_decides_what_the_north_team_holds() {
    String contact = practice.aRecordedContact("Niall");
    assertThat(practice.taskList("south-manager", contact)).isEmpty();
    assertThat(practice.taskList("manager", contact)).containsExactly("Decide response");
    assertThatThrownBy(() -> practice.handIn("south-manager", "Decide response", contact, practice.aDecision("assessment")))
        .isInstanceOf(org.camunda.bpm.engine.AuthorizationException.class);
  }

  @Test
  void brothers_and_sisters_may_be_decided_differently() {
    String home = System.nanoTime() + " Long Road";
    String name = Practice.aNewName();
    String contact = practice.aContactAbout(List.of(
        practice.aNewChild("Ronan", "lastName", name, "address", home, "birthDate", "2012-05-05"),
        practice.aNewChild("Sorcha", "lastName", name, "address", home, "birthDate", "2020-02-29")), practice.aConcern());
    String ronan = child(contact, "Ronan");

    assertThatThrownBy(() -> practice.handIn("manager", "Decide response", contact,
        practice.aDecision("assessment", "childrenDifferent", List.of(ronan), "differentReasons", "He lives with his aunt.")))
        .isInstanceOf(Refusal.class).hasMessage("Say what is decided for the children you ticked.");
    assertThatThrownBy(() -> practice.handIn("manager", "Decide response", contact,
        practice.aDecision("assessment", "childrenDifferent", List.of(ronan), "differentResponse", "advice")))
        .isInstanceOf(Refusal.class).hasMessage("Give the reasons for the children you ticked.");

    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childrenDifferent", List.of(ronan),
        "differentResponse", "advice", "differentReasons", "He lives with his aunt."));

    assertThat(record.effects(contact)).containsExactly("Ronan: advice, no referral", "Sorcha: assessment, referral");
    assertThat(record.openEpisodes(practice.caseOf(contact))).containsExactly("Sorcha");
  }

  @Test
  void a_child_of_another_family_cannot_be_ticked() {
    String other = practice.aRecordedContact("Conor");
    String contact = practice.aRecordedContact("Niall");
    assertThatThrownBy(() -> practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment",
        "childrenDifferent", List.of(child(other, "Conor")), "differentResponse", "advice", "differentReasons", "No.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("a choice that is not offered");
  }

  // First referral, new concern.

  @Test
  void a_referral_is_dated_at_receipt_and_a_further_contact_is_a_new_concern_on_it() {
    String first = practice.aRecordedContact("Niall", "happenedAt", "2026-11-13T18:30");
    practice.handIn("manager", "Decide response", first, practice.aDecision("assessment"));
    assertThat(record.effects(first)).containsExactly("Niall: assessment, referral");

    practice.itIs("2026-11-18T11:00");
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", second, practice.aDecision("strategy-discussion"));

    assertThat(practice.caseOf(second)).isEqualTo(practice.caseOf(first));
    assertThat(record.effects(second)).containsExactly("Niall: strategy-discussion, new concern");
    assertThat(record.moment("select e.referred_at from episode e join family_case f on f.id = e.case_id where f.reference = ?",
        practice.caseOf(first))).isEqualTo(london("2026-11-13T18:30"));
  }

  @Test
  void advice_on_an_open_episode_leaves_it_open() {
    String first = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", first, practice.aDecision("assessment"));
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", second, practice.aDecision("advice"));

    assertThat(record.effects(second)).containsExactly("Niall: advice, no referral");
    assertThat(record.openEpisodes(practice.caseOf(first))).containsExactly("Niall");
    assertThat(closed(first)).isFalse();
  }

  @Test
  void a_family_about_which_nothing_is_open_is_closed_and_reopens_with_the_next_contact() {
    String first = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", first, practice.aDecision("advice"));
    assertThat(closed(first)).isTrue();

    String second = practice.anotherContactAbout(first);
    assertThat(closed(first)).isFalse();
    assertThat(record.chronology(second)).contains("Case reopened", "History looked at");
  }

  @Test
  void repeated_low_level_concerns_are_seen_together() {
    String first = practice.aContactAbout(List.of(practice.aNewChild("Niall")), practice.aConcern("factors", List.of("none-of-these")));
    assertThat(recommended(first)).isEqualTo("advice");
    String last = first;
    for (String recommended : List.of("early-help", "early-help", "assessment")) {
      last = furtherWithout(first);
      assertThat(recommended(last)).isEqualTo(recommended);
    }
    assertThat(record.text("select because from contact where reference = ?", last)).isNotBlank();
  }

  private String furtherWithout(String first) {
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    String typed = record.text("select typed ->> 'lastName' from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ?", first);
    practice.handIn("contact", "Record person", contact, practice.aNewChild("Niall", "lastName", typed));
    practice.handIn("contact", "Choose person", contact, Map.of("samePerson", child(first, "Niall")));
    practice.handIn("contact", "Record concern", contact, practice.aConcern("factors", List.of("none-of-these")));
    practice.handIn("contact", "Choose family", contact, Map.of("family", practice.caseOf(first)));
    practice.handIn("contact", "Look at history", contact, Map.of("historyMeaning", "It happens again."));
    return contact;
  }

  // Taken back.

  @Test
  void a_decision_taken_back_withdraws_what_followed_and_is_asked_again() {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance referral = practice.process("referral", contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    ProcessInstance lead = practice.process("lead-professional", contact);
    assertThat(record.openEpisodes(practice.caseOf(contact))).containsExactly("Niall");

    practice.itIs("2026-11-16T11:00");
    takeBack(contact, "It was about another child.");

    assertThat(record.openEpisodes(practice.caseOf(contact))).isEmpty();
    assertThat(record.text("select closed_why from episode e join family_case f on f.id = e.case_id where f.reference = ?",
        practice.caseOf(contact))).isEqualTo("decision taken back");
    assertThat(lead).isEnded().hasPassed("Event_RequestWithdrawn");
    for (String gone : List.of("Name lead professional", "Tell referrer", "Arrange protection")) {
      assertThat(practice.tasks(gone, contact)).as(gone).isEmpty();
    }
    for (String stopped : List.of("ProtectChildren", "TellReferrer", "NameLeadProfessional")) {
      assertThat(record.clock(stopped, contact).endedAs()).as(stopped).isEqualTo("withdrawn");
    }
    assertThat(record.text("select taken_back_why from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
        .isEqualTo("It was about another child.");
    assertThat(record.chronology(contact)).contains("Decision taken back");

    // the limit has not moved: the family waits since Monday
    assertThat(practice.task("Decide response", contact)).hasDueDate(at("2026-11-17T17:00"));
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    tellReferrer(contact);
    practice.handIn("health", "Confirm outcome heard", contact, Map.of("heard", "yes"));
    hasEndedAt(referral, "Advice given");
    assertThat(record.effects(contact)).containsExactly("Niall: advice, no referral");
    assertThat(record.count("select count(*) from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
        .isEqualTo(2);
    assertThat(closed(contact)).isTrue();
  }

  @Test
  void an_assessment_taken_back_is_not_written_and_early_help_not_arranged() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    ProcessInstance assessment = practice.process("assessment", contact);
    takeBack(contact, "It was about another child.");
    hasEndedAt(assessment, "Assessing withdrawn");
    assertThat(practice.tasks("Write assessment", contact)).isEmpty();
    assertThat(record.clock("CompleteAssessment", contact).endedAs()).isEqualTo("withdrawn");

    practice.handIn("manager", "Decide response", contact, practice.aDecision("early-help"));
    ProcessInstance support = practice.process("child-in-need", contact);
    menu.chooseOnCase("manager", practice.caseOf(contact), "take-back", Map.of("contact", contact, "why", "They have help already."));
    hasEndedAt(support, "Helping withdrawn");
    assertThat(practice.tasks("Arrange support", contact)).isEmpty();
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    assertThat(closed(contact)).as("nothing keeps the family open").isTrue();
  }

  @Test
  void an_assessment_that_another_decision_wants_too_goes_on() {
    String first = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", first, practice.aDecision("assessment"));
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));

    takeBack(first, "It was about another child.");

    assertThat(practice.tasks("Write assessment", first)).hasSize(1);
  }

  @Test
  void a_family_with_early_help_stays_open_until_it_has_helped() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("early-help"));
    assertThat(closed(contact)).isFalse();
    assertThat(record.openEpisodes(practice.caseOf(contact))).as("early help is no referral").isEmpty();
  }

  @Test
  void a_decision_taken_back_leaves_the_episode_to_another_decision_that_stands_on_it() {
    String first = practice.aRecordedContact("Niall");
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", first, practice.aDecision("assessment"));
    practice.handIn("manager", "Decide response", second, practice.aDecision("strategy-discussion"));
    assertThat(record.effects(second)).containsExactly("Niall: strategy-discussion, new concern");

    takeBack(first, "It was about another child.");

    assertThat(record.openEpisodes(practice.caseOf(first))).containsExactly("Niall");
    assertThat(record.effects(second)).containsExactly("Niall: strategy-discussion, referral");
    assertThat(engine.getTaskService().createTaskQuery().processInstanceBusinessKey(practice.caseOf(first))
        .taskName("Name lead professional").count()).as("somebody still asked for a lead professional").isEqualTo(1);
  }

  @Test
  void a_decision_is_not_taken_back_when_everything_is_done() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    String task = practice.task("Name lead professional", contact).getId();
    tellReferrer(contact);
    practice.handIn("health", "Confirm outcome heard", contact, Map.of("heard", "yes"));

    assertThatThrownBy(() -> menu.choose("manager", task, "take-back", Map.of("why", "Too late.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("cannot be taken back");
    assertThat(record.effects(contact)).containsExactly("Niall: assessment, referral");
    assertThat(record.openEpisodes(practice.caseOf(contact))).containsExactly("Niall");
  }

  // The referrer's word.

  @Test
  void a_referrer_who_disagrees_says_with_what_and_it_stays_readable() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    tellReferrer(contact);

    assertThatThrownBy(() -> practice.handIn("health", "Confirm outcome heard", contact, Map.of("heard", "yes-but-disagree")))
        .isInstanceOf(Refusal.class).hasMessage("Say what you disagree with, so that it stands in the record of the case.");
    practice.handIn("health", "Confirm outcome heard", contact,
        Map.of("heard", "yes-but-disagree", "disagreement", "He has lost weight again."));

    assertThat(record.text("select nature || ' ' || fields from chronology_entry e join contact c on c.id = e.contact_id "
        + "where c.reference = ? and what = 'Outcome heard'", contact)).startsWith("reported").contains("He has lost weight again.");
  }

  @Test
  void a_referrer_who_has_not_heard_keeps_the_question_open() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    tellReferrer(contact);
    assertThatThrownBy(() -> practice.handIn("health", "Confirm outcome heard", contact, Map.of("heard", "not-heard")))
        .isInstanceOf(Refusal.class).hasMessageStartingWith("Then this stays open.");
    assertThat(practice.tasks("Confirm outcome heard", contact)).hasSize(1);
  }

  // The same notice twice.

  @Test
  void the_same_notice_sent_twice_is_one_contact_until_the_first_was_an_error() {
    String theirs = "HV/" + System.nanoTime();
    String first = practice.aRecordedContact("Niall", "sourceReference", theirs);
    String second = practice.contactOf(practice.start("contact"));

    assertThatThrownBy(() -> practice.handIn("contact", "Record contact", second,
        practice.aContact("sourceReference", theirs.toLowerCase())))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("sourceReference"))
        .hasMessageContaining("already taken down as " + first);
    assertThat(practice.tasks("Record contact", second)).hasSize(1);
    assertThat(record.text("select coalesce(source_reference, 'none') from contact where reference = ?", second)).isEqualTo("none");

    menu.choose("manager", practice.task("Decide response", first).getId(),
        "end", Map.of("how", "recorded-in-error", "why", "Wrong child."));
    practice.handIn("contact", "Record contact", second, practice.aContact("sourceReference", theirs));
    assertThat(practice.tasks("Record person", second)).hasSize(1);
  }

  @Test
  void the_same_reference_of_another_agency_is_another_notice() {
    String theirs = "2026/" + System.nanoTime();
    practice.aRecordedContact("Niall", "sourceReference", theirs, "agency", "health");
    String second = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", second, practice.aContact("sourceReference", theirs, "agency", "police"));
    assertThat(practice.tasks("Record person", second)).hasSize(1);
  }

  // Words of this test.

  private void tellReferrer(String contact) {
    practice.handIn("contact", "Tell referrer", contact,
        Map.of("toldHow", "telephone", "toldTo", "Siobhán Doyle", "toldWhat", "What was decided."));
  }

  /** From whatever task of theirs the managers still have on the family. */
  private void takeBack(String contact, String why) {
    menu.choose("manager", practice.task("Name lead professional", contact).getId(), "take-back", Map.of("why", why));
  }

  private String aReferredChildWithALead() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows him from school."));
    return contact;
  }

  private List<String> leads(String contact) {
    return record.texts("select user_id from lead_professional l join family_case f on f.id = l.case_id where f.reference = ? "
        + "and l.until is null", practice.caseOf(contact));
  }

  private String child(String contact, String firstName) {
    return record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.typed ->> 'firstName' = ?", contact, firstName);
  }

  private String recommended(String contact) {
    return record.text("select recommendation from contact where reference = ?", contact);
  }

  private boolean closed(String contact) {
    return record.text("select (closed_at is not null)::text from family_case where reference = ?", practice.caseOf(contact))
        .equals("true");
  }

  private static void hasEndedAt(ProcessInstance process, String end) {
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
