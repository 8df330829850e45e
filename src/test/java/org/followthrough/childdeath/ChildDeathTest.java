package org.followthrough.childdeath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.DepartingFamily;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.page.Refusal;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What would still be sent or asked for a child who has died stops at once. */
@InTheHouse
class ChildDeathTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired PlannedFamily family;
  @Autowired DepartingFamily moving;
  @Autowired Menu menu;
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

  @Test
  void the_processes_of_an_only_child_end_and_a_manager_decides_what_continues() {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance referral = practice.process("referral", contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    ProcessInstance lead = practice.process("lead-professional", contact);
    String family = practice.caseOf(contact);

    hasDied(contact, "Name lead professional", "Niall");

    assertThat(referral).isEnded();
    assertThat(referral).hasPassed(findId("Contact no longer needed"));
    assertThat(lead).isEnded();
    assertThat(lead).hasPassed(findId("Request no longer needed"));
    for (String obligation : List.of("TellReferrer", "NameLeadProfessional")) {
      assertThat(record.clock(obligation, contact).endedAs()).as(obligation).isEqualTo("withdrawn");
    }
    Task question = waitingOn(family).get(0);
    assertThat(waitingOn(family)).extracting(Task::getName).containsExactly("Decide what continues");
    assertThat(practice.groupsOf(question)).containsExactly("north.team-manager");
    ProcessInstance process = engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(question.getProcessInstanceId())
        .singleResult();
    practice.handIn("manager", question.getId(), Map.of("continues", "A worker stays with the parents."));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Continuation decided"), findId("Continuation settled"));
    assertThat(record.text("select died_on::text from person p join contact_person n on n.person_id = p.id "
        + "join contact c on c.id = n.contact_id where c.reference = ?", contact)).isEqualTo("2026-11-15");
  }

  @Test
  void while_a_brother_or_sister_lives_the_work_for_them_goes_on() {
    String name = Practice.aNewName();
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Ronan", "lastName", name, "birthDate", "2012-05-05"),
        practice.aNewChild("Sorcha", "lastName", name, "birthDate", "2020-02-29")), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));

    hasDied(contact, "Name lead professional", "Ronan");

    assertThat(waitingOn(practice.caseOf(contact))).extracting(Task::getName)
        .containsExactlyInAnyOrder("Decide what continues", "Name lead professional", "Tell referrer", "Write assessment");
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows her."));
    assertThat(record.texts("select n.first_name from lead_professional l join person_name n on n.person_id = l.person_id "
        + "and n.position = 1 join family_case f on f.id = l.case_id where f.reference = ? and l.until is null",
        practice.caseOf(contact)))
        .as("no lead is named for a child who has died").containsExactly("Sorcha");
  }

  @Test
  void the_lead_professional_of_a_child_who_has_died_is_relieved() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows him."));
    String further = practice.anotherContactAbout(contact);
    hasDied(further, "Decide response", "Niall");
    assertThat(record.count("select count(*) from lead_professional l join family_case f on f.id = l.case_id where f.reference = ? "
        + "and l.until is null", practice.caseOf(contact))).isZero();
    assertThat(waitingOn(practice.caseOf(contact))).extracting(Task::getName).as("both referrals have ended")
        .containsExactly("Decide what continues");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Report withdrawn",
      "no-longer-needed,  Report no longer needed",
      "recorded-in-error, Report recorded in error"})
  void a_manager_ends_the_report_with_a_reason(String how, String end) {
    String contact = practice.aRecordedContact("Niall");
    hasDied(contact, "Decide response", "Niall");
    Task question = waitingOn(practice.caseOf(contact)).get(0);
    ProcessInstance process = engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(question.getProcessInstanceId())
        .singleResult();

    menu.choose("manager", question.getId(), "end", Map.of("how", how, "why", "It was a child of the same name."));

    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
    assertThat(waitingOn(practice.caseOf(contact))).isEmpty();
    assertThat(record.count("select count(*) from clock k join family_case f on f.id = k.case_id where f.reference = ? "
        + "and obligation = 'DecideWhatContinues' and ended_as = 'withdrawn'", practice.caseOf(contact))).isEqualTo(1);
  }

  @Test
  void a_death_reported_in_error_leaves_the_child_alive_in_the_record() {
    String contact = practice.aRecordedContact("Niall");
    hasDied(contact, "Decide response", "Niall");
    menu.choose("manager", waitingOn(practice.caseOf(contact)).get(0).getId(), "end",
        Map.of("how", "recorded-in-error", "why", "It was a child of the same name."));
    assertThat(record.text("select coalesce(died_on::text, 'alive') from person p join contact_person n on n.person_id = p.id "
        + "join contact c on c.id = n.contact_id where c.reference = ?", contact)).isEqualTo("alive");
  }

  @Test
  void an_only_childs_case_closes_when_it_is_decided_what_continues() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    String family = practice.caseOf(contact);
    hasDied(contact, "Name lead professional", "Niall");
    assertThat(record.text("select closed_why from episode e join family_case f on f.id = e.case_id where f.reference = ?", family))
        .isEqualTo("child died");

    practice.handIn("manager", waitingOn(family).get(0).getId(), Map.of("continues", "A worker stays with the parents."));

    assertThat(record.count("select count(*) from family_case where reference = ? and closed_at is not null", family)).isEqualTo(1);
  }

  @Test
  void after_a_mistaken_report_the_child_has_the_episode_again_and_a_lead_is_asked_for() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    String family = practice.caseOf(contact);
    hasDied(contact, "Name lead professional", "Niall");

    menu.choose("manager", waitingOn(family).get(0).getId(), "end", Map.of("how", "recorded-in-error", "why", "A child of the same name."));

    assertThat(record.count("select count(*) from episode e join family_case f on f.id = e.case_id where f.reference = ? "
        + "and e.closed_at is null", family))
        .isEqualTo(1);
    assertThat(waitingOn(family)).extracting(Task::getName).containsExactly("Name lead professional");
  }

  @Test
  void the_plan_of_a_child_who_has_died_ends_that_day_with_the_visits_and_the_core_group_goes_on_for_a_sister() {
    String contact = family.contact();
    UUID conference = family.conference(contact, london("2026-11-12T10:00"));
    ProcessInstance toAoife = family.visits(contact, family.plan(contact, "Aoife", conference));
    UUID zoes = family.plan(contact, "Zoë", conference);
    ProcessInstance toZoe = family.visits(contact, zoes);
    ProcessInstance coreGroup = family.coreGroup(contact, conference);
    String aoife = family.child(contact, "Aoife");

    hasDied(contact, "Arrange core group", "Aoife");
    assertThat(record.texts("select ended_why || ' ' || ended_on from plan where person_id = cast(? as uuid)", aoife))
        .containsExactly("died 2026-11-15");
    assertThat(toAoife).isEnded().hasPassed(findId("Visits ended"));
    assertThat(toZoe).isNotEnded();
    assertThat(coreGroup).isNotEnded();

    hasDied(contact, "Arrange core group", "Zoë");
    assertThat(toZoe).isEnded();
    assertThat(coreGroup).isEnded().hasPassed(findId("Core group ended"));
    assertThat(practice.tasks("Record visit", contact)).isEmpty();
  }

  @Test
  void after_a_mistaken_report_the_plan_is_in_force_again_with_its_visits_and_its_core_group() {
    String contact = family.contact();
    UUID conference = family.conference(contact, london("2026-11-12T10:00"));
    UUID plan = family.plan(contact, "Aoife", conference);
    family.visits(contact, plan);
    family.coreGroup(contact, conference);
    String reference = practice.caseOf(contact);
    hasDied(contact, "Arrange core group", "Aoife");
    Task question = waitingOn(reference).stream().filter(task -> task.getName().equals("Decide what continues")).findFirst().orElseThrow();

    menu.choose("manager", question.getId(), "end", Map.of("how", "recorded-in-error", "why", "A child of the same name."));

    assertThat(waitingOn(reference)).extracting(Task::getName).contains("Record visit", "Arrange core group")
        .doesNotContain("Decide what continues");
    assertThat(record.count("select count(*) from plan where id = ? and ended_on is null", plan)).isEqualTo(1);
  }

  @Test
  void where_the_last_child_has_died_core_group_visits_and_move_end_at_once() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    UUID conference = family.conference(contact, london("2026-11-16T09:00"));
    UUID plan = family.plan(contact, "Niall", conference);
    ProcessInstance visits = family.visits(contact, plan);
    ProcessInstance coreGroup = family.coreGroup(contact, conference);
    UUID move = moving.moves(contact, DepartingFamily.news());
    ProcessInstance journey = moving.process("family-move", move);
    ProcessInstance notice = moving.process("notice", move);

    hasDied(contact, "Record visit", "Niall");

    for (ProcessInstance process : List.of(visits, coreGroup, journey, notice)) {
      assertThat(process).isEnded();
    }
    assertThat(record.text("select ended_as from move where id = ?", move)).isEqualTo("no-longer-needed");
  }

  @Test
  void it_is_overdue_after_a_working_day_and_goes_to_the_service_manager() {
    String contact = practice.aRecordedContact("Niall");
    String family = practice.caseOf(contact);
    hasDied(contact, "Decide response", "Niall");
    practice.itIs("2026-11-16T17:00");
    practice.timersFire();
    assertThat(waitingOn(family)).filteredOn(task -> task.getName().equals("Agree what happens now")).singleElement()
        .satisfies(task -> assertThat(practice.groupsOf(task)).containsExactly("service-manager"));
    assertThat(record.moment("select due_at from clock k join family_case f on f.id = k.case_id where f.reference = ? "
        + "and obligation = 'DecideWhatContinues'", family)).isEqualTo(london("2026-11-16T17:00"));
  }

  @Test
  void a_death_in_the_future_is_refused() {
    String contact = practice.aRecordedContact("Niall");
    assertThatThrownBy(() -> menu.choose("manager", practice.task("Decide response", contact).getId(), "child-died",
        Map.of("child", child(contact, "Niall"), "diedOn", "2026-11-17")))
        .isInstanceOf(Refusal.class).hasMessageContaining("lies in the future");
    assertThat(practice.tasks("Decide response", contact)).hasSize(1);
  }

  /** On Sunday, told on Monday. */
  private void hasDied(String contact, String task, String firstName) {
    menu.choose("manager", practice.task(task, contact).getId(), "child-died",
        Map.of("child", child(contact, firstName), "diedOn", "2026-11-15"));
  }

  private String child(String contact, String firstName) {
    return record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.typed ->> 'firstName' = ?", contact, firstName);
  }

  private List<Task> waitingOn(String family) {
    return engine.getTaskService().createTaskQuery().processInstanceBusinessKey(family).list();
  }
}
