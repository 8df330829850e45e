package org.followthrough.plan;

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
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What must change, written down row by row in a core group about two sisters. */
@InTheHouse
class PlanTest {

  private static final String PAGE = "Add to plan";

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired FormIntake forms;
  @Autowired Plans plans;
  @Autowired CoreGroups coreGroups;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID conference;
  private UUID aoife;
  private ProcessInstance process;

  @BeforeEach
  void aCoreGroupThatUpdatesThePlan() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    conference = family.conference(contact, london("2026-12-17T10:00"));
    aoife = family.plan(contact, "Aoife", conference);
    family.members(contact);
    family.coreGroup(contact, conference);
    practice.itIs("2027-01-04T10:00");
    List<String> members = coreGroups.members(family.caseOf(contact)).stream().map(one -> one.id().toString()).toList();
    practice.handIn("worker", "Arrange core group", contact, Map.of("plannedAt", "2027-01-04T10:00", "place", "School", "asked", members));
    practice.handIn("worker", "Record core group", contact,
        Map.of("coreGroupHeld", "yes", "ledBy", "Joan Patel", "socialWorker", "yes", "socialWorkerName", "Sam Carter",
            "tookPart", members));
    practice.handIn("worker", "Agree action", contact, Map.of("agreed", "nothing"));
    process = practice.process("plan", contact);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void one_thing_to_a_page_until_nothing_more_is_added() {
    Task page = practice.task(PAGE, contact);
    assertThat(practice.groupsOf(page)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(page.getDueDate()).isEqualTo(london("2027-01-05T17:00"));
    add("adding", "row", "risk", "Alone at night", "mustChange", "Somebody at home", "byWhen", "2027-03-01", "addMore", "yes");
    add("adding", "child-says", "childSays", "Somebody is there when I wake up.", "addMore", "yes");
    add("adding", "seen", "seenHowOften", "Weekly, alone every other time", "addMore", "yes");
    assertThat(shown("planText")).contains("Somebody at home", "by 1 March 2027", "Alone at night");
    assertThat(shown("gapsText")).contains("not said what is done then").doesNotContain("by when");
    add("adding", "fill", "row", row(), "seenHow", "The neighbour sees the light", "consequence", "We ask the court",
        "contingency", "Her aunt comes", "addMore", "no");

    assertThat(process).isEnded().hasPassed(findId("Plan written down"));
    assertThat(plans.rows(aoife)).singleElement().satisfies(row -> assertThat(row.contingency()).isEqualTo("Her aunt comes"));
    assertThat(plans.gaps(aoife)).containsExactly("No action is for the child directly");
  }

  @Test
  void what_is_said_already_is_not_written_over() {
    add("adding", "row", "risk", "Alone at night", "mustChange", "Somebody at home", "byWhen", "2027-03-01", "addMore", "yes");
    refused("byWhen", "adding", "fill", "row", row(), "byWhen", "2027-04-01", "addMore", "no");
    refused("byWhen", "adding", "fill", "row", row(), "addMore", "no");
    add("adding", "end", "row", row(), "endedAs", "achieved", "endedWhy", "Her aunt lives there now.", "addMore", "no");
    assertThat(plans.rows(aoife)).isEmpty();
    assertThat(plans.gaps(aoife)).contains("No risk is named, and nothing that must change");
  }

  @Test
  void with_two_children_it_is_said_for_whom_and_an_only_child_need_not_be_ticked() {
    refused("mustChange", "adding", "row", "risk", "Alone at night", "addMore", "no");
    UUID zoe = family.plan(contact, "Zoë", conference);
    assertThat(forms.prefilled(practice.task(PAGE, contact), "worker")).containsEntry("onlyChild", false);
    refused("children", "adding", "row", "risk", "Alone at night", "mustChange", "Somebody at home", "addMore", "no");
    refused("byWhen", "adding", "row", "risk", "Alone", "mustChange", "Somebody", "children", List.of(zoe.toString()),
        "byWhen", "2026-03-01", "addMore", "no");
    add("adding", "row", "risk", "Alone at night", "mustChange", "Somebody at home", "children", List.of(zoe.toString(), aoife.toString()),
        "addMore", "no");
    assertThat(plans.rows(aoife)).hasSize(1);
    assertThat(plans.rows(zoe)).hasSize(1);
  }

  @Test
  void nothing_is_asked_twice_and_each_kind_asks_for_its_own() {
    refused("childSays", "adding", "child-says", "addMore", "no");
    refused("seenHowOften", "adding", "seen", "addMore", "no");
    refused("row", "adding", "fill", "seenHow", "The light", "addMore", "no");
    refused("addMore", "adding", "seen", "seenHowOften", "Weekly");
    add("adding", "nothing");
    assertThat(process).isEnded();
  }

  private void add(Object... fields) {
    practice.handIn("worker", PAGE, contact, Practice.page(Map.of(), fields));
  }

  private void refused(String field, Object... fields) {
    assertThatThrownBy(() -> add(fields)).isInstanceOf(Refusal.class).extracting("field").isEqualTo(field);
  }

  private String row() {
    return plans.rows(aoife).get(0).id().toString();
  }

  private String shown(String key) {
    return (String) forms.prefilled(practice.task(PAGE, contact), "worker").get(key);
  }
}
