package org.followthrough.referral.leadprofessional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A child with open work has exactly one lead professional. */
@InTheHouse
class LeadProfessionalTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired FormIntake forms;
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
  void the_team_manager_names_one_for_every_child_without() {
    String name = Practice.aNewName();
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Ronan", "lastName", name, "birthDate", "2012-05-05"),
        practice.aNewChild("Sorcha", "lastName", name, "birthDate", "2020-02-29")), practice.aConcern());
    ProcessInstance process = aChildWithoutALead(contact);

    practice.itIs("2026-11-16T11:30");
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows them from school."));

    assertThat(process).isEnded().hasPassed(findId("Lead professional named"), findId("Gap filled"));
    assertThat(record.texts("select n.first_name || ': ' || l.user_id || ', ' || l.why from lead_professional l "
        + "join family_case f on f.id = l.case_id join person_name n on n.person_id = l.person_id and n.position = 1 "
        + "where f.reference = ? and l.until is null order by 1", practice.caseOf(contact)))
        .containsExactly("Ronan: worker, Knows them from school.", "Sorcha: worker, Knows them from school.");
    assertThat(record.clock("NameLeadProfessional", contact).metAt()).isEqualTo(london("2026-11-16T11:30"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Request withdrawn",
      "no-longer-needed,  Request no longer needed",
      "recorded-in-error, Request recorded in error"})
  void a_manager_ends_the_search_with_a_reason(String how, String end) {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance process = aChildWithoutALead(contact);

    menu.choose("manager", practice.task("Name lead professional", contact).getId(),
        "end", Map.of("how", how, "why", "They have moved away."));

    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
    assertThat(record.clock("NameLeadProfessional", contact).endedAs()).isEqualTo("withdrawn");
    assertThat(practice.tasks("Tell referrer", contact)).as("the referral goes on").hasSize(1);
    assertThat(record.chronology(contact)).contains("Lead professional ended: " + how.replace('-', ' '));
  }

  @Test
  void it_is_overdue_after_four_hours_and_goes_to_the_service_manager() {
    String contact = practice.aRecordedContact("Niall");
    aChildWithoutALead(contact);
    practice.itIs("2026-11-16T13:59:59");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
    practice.itIs("2026-11-16T14:00");
    practice.timersFire();
    assertThat(practice.groupsOf(practice.task("Agree what happens now", contact))).containsExactly("service-manager");
  }

  @Test
  void only_workers_of_the_team_are_offered() {
    String contact = practice.aRecordedContact("Niall");
    aChildWithoutALead(contact);
    assertThat(((List<?>) forms.prefilled(practice.task("Name lead professional", contact), "manager").get("workers")))
        .extracting(option -> ((Option) option).value()).containsExactly("worker");
    assertThatThrownBy(() -> practice.handIn("manager", "Name lead professional", contact,
        Map.of("lead", "south-worker", "leadReason", "Near.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("a choice that is not offered");
  }

  @Test
  void two_leads_for_one_child_cannot_be_written() {
    String contact = practice.aRecordedContact("Niall");
    aChildWithoutALead(contact);
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows him."));
    assertThatThrownBy(() -> record.change("insert into lead_professional (person_id, case_id, user_id, why, since, named_by) "
        + "select person_id, case_id, 'chair', 'A second one.', now(), 'manager' from lead_professional l "
        + "join family_case f on f.id = l.case_id where f.reference = ?", practice.caseOf(contact)))
        .hasMessageContaining("one_lead_per_child");
  }

  private ProcessInstance aChildWithoutALead(String contact) {
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    return practice.process("lead-professional", contact);
  }
}
