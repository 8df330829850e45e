package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.family.Persons;
import org.followthrough.page.Refusal;
import org.followthrough.plan.Plans;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The end of a plan that no conference decides, and a birth. */
@InTheHouse
class PlanChangesTest {

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired TheRecord record;
  @Autowired Plans plans;
  @Autowired Persons persons;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID aoife;
  private UUID zoe;
  private ProcessInstance toAoife;
  private ProcessInstance toZoe;
  private ProcessInstance coreGroup;

  @BeforeEach
  void twoSistersWithPlans() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    practice.itIs("2026-12-17T14:00");
    UUID conference = family.conference(contact, london("2026-12-17T10:00"));
    aoife = family.plan(contact, "Aoife", conference);
    zoe = family.plan(contact, "Zoë", conference);
    toAoife = family.visits(contact, aoife);
    toZoe = family.visits(contact, zoe);
    coreGroup = family.coreGroup(contact, conference);
    practice.itIs("2027-01-04T10:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"left-the-country, forGood, yes, x, 1", "other-authority-confirmed, inWriting, yes, theirConference, 2027-01-02",
      "recorded-in-error, y, 1, x, 1"})
  void a_manager_ends_a_childs_plan_and_the_visits_end_and_with_the_last_plan_the_core_group(String how, String key,
      String value, String further, String day) {
    Map<String, Object> page = Map.of("plan", aoife.toString(), "how", how, "endedOn", "2027-01-03", key, value, further, day,
        "why", "Letter of the same day.");
    menu.chooseOnCase("manager", practice.caseOf(contact), "end-plan", page);
    assertThat(plans.get(aoife)).extracting(Plans.Plan::endedOn, Plans.Plan::endedWhy).containsExactly(LocalDate.parse("2027-01-03"), how);
    assertThat(toAoife).isEnded().hasPassed(findId("Visits ended"));
    assertThat(toZoe).isNotEnded();
    assertThat(coreGroup).isNotEnded();
    menu.chooseOnCase("manager", practice.caseOf(contact), "end-plan", Practice.page(page, "plan", zoe.toString()));
    assertThat(toZoe).isEnded();
    assertThat(coreGroup).isEnded().hasPassed(findId("Core group ended"));
    assertThat(record.texts("select e.words from chronology_entry e where subject_id = ? and what = 'Plan ended'", zoe))
        .singleElement().asString().endsWith("Letter of the same day.");
  }

  @Test
  void a_plan_ends_at_eighteen_and_not_a_day_before() {
    record.change("update person set born_on = date '2009-01-04' where id = ?", plans.get(aoife).personId());
    refused("endedOn", "how", "turned-eighteen", "endedOn", "2027-01-03");
    end("how", "turned-eighteen", "endedOn", "2027-01-04");
    assertThat(plans.get(aoife).endedWhy()).isEqualTo("turned-eighteen");
  }

  @Test
  void a_plan_does_not_end_by_hearsay_a_holiday_or_a_slip_of_the_date() {
    refused("forGood", "how", "left-the-country", "endedOn", "2027-01-03");
    refused("forGood", "how", "left-the-country", "endedOn", "2027-01-03", "forGood", "no");
    refused("theirConference", "how", "other-authority-confirmed", "endedOn", "2027-01-03", "inWriting", "yes");
    refused("inWriting", "how", "other-authority-confirmed", "endedOn", "2027-01-03", "theirConference", "2027-01-02");
    refused("inWriting", "how", "other-authority-confirmed", "endedOn", "2027-01-03", "theirConference", "2027-01-02", "inWriting", "no");
    refused("endedOn", "how", "other-authority-confirmed", "endedOn", "2027-01-01", "theirConference", "2027-01-02", "inWriting", "yes");
    refused("endedOn", "how", "left-the-country", "endedOn", "2026-12-17", "forGood", "yes");
    refused("endedOn", "how", "left-the-country", "endedOn", "2027-01-05", "forGood", "yes");
    assertThatThrownBy(() -> menu.chooseOnCase("worker", practice.caseOf(contact), "end-plan",
        Map.of("plan", aoife.toString(), "how", "recorded-in-error", "endedOn", "2027-01-03", "why", "…"))).as("only a manager")
        .isInstanceOf(Refusal.class).hasMessageContaining("not possible");
    assertThat(plans.get(aoife).endedOn()).isNull();
    assertThat(toAoife).isNotEnded();
  }

  @Test
  void a_birth_gives_the_child_a_name_and_stands_in_the_chronology() {
    String child = family.child(contact, "");
    practice.itIs("2027-01-30T10:00");
    for (String wrong : List.of("2027-01-31", "2026-07-31")) {
      assertThatThrownBy(() -> born(child, wrong)).as(wrong).isInstanceOf(Refusal.class).extracting("field").isEqualTo("bornOn");
    }
    born(child, "2027-01-29");
    assertThat(persons.name(UUID.fromString(child))).isEqualTo("Róisín O’Neill");
    assertThat(record.text("select born_on || ', ' || sex || coalesce(expected_on::text, '') from person where id = cast(? as uuid)",
        child)).isEqualTo("2027-01-29, F");
    assertThat(record.moment("select happened_at from chronology_entry where what = 'Birth recorded' and person_id = cast(? as uuid)",
        child))
        .isEqualTo(london("2027-01-29T00:00"));
    assertThatThrownBy(() -> born(child, "2027-01-29")).as("born once").isInstanceOf(Refusal.class);
  }

  private void born(String child, String on) {
    menu.chooseOnCase("worker", practice.caseOf(contact), "birth", Map.of("child", child, "bornOn", on, "firstName", "Róisín",
        "lastName", "O’Neill", "sex", "F"));
  }

  private void end(Object... fields) {
    menu.chooseOnCase("manager", practice.caseOf(contact), "end-plan",
        Practice.page(Map.of("plan", aoife.toString(), "why", "Letter."), fields));
  }

  private void refused(String field, Object... fields) {
    assertThatThrownBy(() -> end(fields)).isInstanceOf(Refusal.class).extracting("field").isEqualTo(field);
  }
}
