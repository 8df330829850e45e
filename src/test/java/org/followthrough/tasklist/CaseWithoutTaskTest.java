package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.server.ResponseStatusException;

/** A manager without a task on a family finds it, and may do there what needs doing. */
@InTheHouse
class CaseWithoutTaskTest {

  @Autowired Practice practice;
  @Autowired Menu menu;
  @Autowired CaseApi api;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void aTuesdayMorning() {
    practice.itIs("2026-11-17T09:30");
  }

  @Test
  void a_family_is_found_by_reference_alias_contact_and_name_spelled_otherwise() {
    String name = "Gráinne" + System.nanoTime();
    String contact = practice.aRecordedContact(name);
    String reference = caseOf(contact);

    assertThat(found("manager", reference)).contains(reference);
    assertThat(found("manager", reference.toLowerCase())).contains(reference);
    assertThat(found("manager", contact)).contains(reference);
    assertThat(found("manager", name.replace("á", "a"))).contains(reference);
    assertThat(found("manager", name.replace("inne", "ine"))).as("a letter too few").contains(reference);
    assertThat(found("manager", "x")).as("a single letter").isEmpty();
  }

  @Test
  void south_finds_nothing_of_norths_families_nor_does_an_agency() {
    String reference = caseOf(practice.aRecordedContact("Hidden" + System.nanoTime()));

    for (String stranger : List.of("south-manager", "south-worker", "police", "school", "designer", "admin")) {
      assertThat(found(stranger, reference)).as(stranger).isEmpty();
      assertThatThrownBy(() -> api.file("cases", reference, () -> stranger)).as(stranger).isInstanceOf(ResponseStatusException.class);
      assertThatThrownBy(() -> menu.chooseOnCase(stranger, reference, "end", Map.of())).as(stranger)
          .isInstanceOf(ResponseStatusException.class);
    }
    assertThat(api.file("cases", reference, () -> "manager").references().reference()).isEqualTo(reference);
    assertThatThrownBy(() -> menu.chooseOnCase("worker", reference, "end", Map.of())).as("a worker corrects nothing")
        .isInstanceOf(Refusal.class);
  }

  @Test
  void a_decision_for_advice_is_taken_back_though_nothing_waits_for_the_manager() {
    String contact = practice.aRecordedContact("Advised");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));

    menu.chooseOnCase("manager", caseOf(contact), "take-back", Map.of("contact", contact, "why", "The nursery has rung since."));

    assertThat(practice.tasks("Tell referrer", contact)).isEmpty();
    assertThat(practice.task("Decide response", contact)).isNotNull();
  }

  @Test
  void when_the_follow_through_is_done_a_decision_is_no_longer_taken_back() {
    String contact = practice.aRecordedContact("Told");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    practice.handIn("contact", "Tell referrer", contact, Map.of("toldHow", "telephone", "toldTo", "S. Doyle", "toldWhat", "Advice."));
    practice.handIn("health", "Confirm outcome heard", contact, Map.of("heard", "yes"));

    assertThatThrownBy(() -> menu.chooseOnCase("manager", caseOf(contact), "take-back", Map.of("contact", contact, "why", "Too late.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("done already");
    assertThat(jdbc.sql("select count(*) from decision d join contact c on c.id = d.contact_id where c.reference = :ref "
        + "and taken_back_at is null")
        .param("ref", contact).query(Integer.class).single()).as("the decision still stands").isEqualTo(1);
  }

  @Test
  void a_referral_recorded_in_error_after_its_decision_leaves_no_episode_and_asks_for_no_lead() {
    String contact = practice.aRecordedContact("Mistaken");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    String process = jdbc.sql("select proc_inst_id_ from camunda.act_hi_procinst where business_key_ = :key and proc_def_key_ = 'referral'")
        .param("key", caseOf(contact)).query(String.class).single();

    menu.chooseOnCase("manager", caseOf(contact), "end", Map.of("process", process, "how", "recorded-in-error",
        "why", "Another family's notice."));

    assertThat(jdbc.sql("select count(*) from episode e join contact c on c.case_id = e.case_id where c.reference = :ref "
        + "and e.closed_at is null")
        .param("ref", contact).query(Integer.class).single()).isZero();
    assertThat(practice.tasks("Name lead professional", contact)).isEmpty();
    assertThat(practice.tasks("Tell referrer", contact)).isEmpty();
  }

  @Test
  void work_that_began_under_a_joined_reference_is_ended_from_the_case_that_stays() {
    String stays = practice.aRecordedContact("Twice");
    String duplicate = practice.aRecordedContact("Twice");
    practice.handIn("manager", "Decide response", duplicate, practice.aDecision("assessment"));
    String family = caseOf(stays);
    menu.chooseOnCase("manager", family, "join", Map.of("reference", caseOf(duplicate), "why", "The same two sisters."));
    String process = jdbc.sql("select proc_inst_id_ from camunda.act_ru_variable where name_ = 'contactRef' and text_ = :ref "
        + "and proc_def_id_ like 'referral:%'")
        .param("ref", duplicate).query(String.class).single();

    menu.chooseOnCase("manager", family, "end", Map.of("process", process, "how", "recorded-in-error", "why", "Another family's notice."));

    assertThat(practice.tasks("Tell referrer", duplicate)).isEmpty();
    assertThat(practice.tasks("Name lead professional", duplicate)).as("nobody lacks a lead any more").isEmpty();
    assertThat(practice.tasks("Decide response", stays)).as("the other contact goes on").hasSize(1);
  }

  private List<String> found(String user, String text) {
    return api.find(new CaseApi.Sought(text), () -> user).stream().map(CaseApi.Found::reference).toList();
  }

  private String caseOf(String contact) {
    return jdbc.sql("select f.reference from family_case f join contact c on c.case_id = f.id where c.reference = :ref")
        .param("ref", contact).query(String.class).single();
  }
}
