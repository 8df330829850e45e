package org.followthrough.move.succession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.DepartingFamily.newsOfTeam;
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

/** The head teacher and the health visitor stay behind. */
@InTheHouse
class SuccessionTest {

  private static final String NAME = "Name successor";
  private static final String CONFIRM = "Confirm succession";
  private static final Map<String, Object> SUCCESSOR = Map.of("named", "yes", "successor", "Ewa Nowak, head teacher",
      "successorAgency", "school", "successorReach", "01632 960500");

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired DepartingFamily moving;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID move;

  @BeforeEach
  void aWednesdayBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-23T09:00");
    contact = family.contact();
    family.members(contact);
    move = moving.moves(contact, newsOfTeam());
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void each_who_stays_behind_is_succeeded_and_the_successor_says_so() {
    ProcessInstance process = behind("Joan Patel", "Niamh Byrne");
    assertThat(moving.tasks(NAME, move)).hasSize(2).allSatisfy(task -> {
      assertThat(practice.groupsOf(task)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
      assertThat(task.getDueDate()).as("five working days, two holidays and a weekend").isEqualTo(london("2027-01-04T17:00"));
    });
    practice.handIn("worker", naming("Joan Patel").getId(), SUCCESSOR);
    assertThat(moving.tasks(CONFIRM, move)).hasSize(1);
    practice.handIn("worker", naming("Niamh Byrne").getId(), Map.of("named", "no", "noneWhy", "No post is filled.",
        "watchedBy", "Ruth Ankrah"));
    assertThat(process).isNotEnded();
    practice.itIs("2026-12-24T10:00");
    moving.handIn("worker", CONFIRM, move, Map.of("confirmedHow", "She rang me.", "knows", "She sees Aoife on 4 January."));

    assertThat(process).isEnded().hasPassed(findId("Succession confirmed"), findId("No successor named"), findId("Everybody succeeded"),
        findId("Professionals succeeded"));
    assertThat(record.texts("select name || ': ' || coalesce(successor || ', ' || successor_agency || ', ' || confirmed_how, "
        + "none_why || ' ' || watched_by) from move_leaving where move_id = ? order by 1", move))
        .containsExactly("Joan Patel: Ewa Nowak, head teacher, school, She rang me.", "Niamh Byrne: No post is filled. Ruth Ankrah");
    assertThat(moving.clock("ArrangeSuccession", move).metAt()).isEqualTo(london("2026-12-24T10:00"));
  }

  @Test
  void nobody_is_no_successor_and_a_gap_has_somebody_who_watches_it() {
    behind("Joan Patel");
    refused(Map.of("named", "yes"), "by name");
    refused(Practice.page(SUCCESSOR, "successor", "TBC"), "names nobody");
    refused(Practice.page(SUCCESSOR, "successorReach", null), "how they are reached");
    refused(Map.of("named", "no", "noneWhy", "Not yet."), "who sees to it");
    assertThat(moving.tasks(NAME, move)).hasSize(1);
  }

  @Test
  void who_has_no_successor_in_time_goes_to_the_team_manager_once() {
    behind("Joan Patel", "Niamh Byrne");
    practice.itIs("2027-01-04T16:59:59");
    practice.timersFire();
    assertThat(record.asked(moving.clock("ArrangeSuccession", move))).isEmpty();
    practice.itIs("2027-01-04T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("ArrangeSuccession", move))).containsExactly("north.team-manager");
    assertThat(moving.questions(practice.caseOf(contact)).stream().filter(task -> practice.groupsOf(task)
        .equals(List.of("north.team-manager"))).filter(task -> moving.clock("ArrangeSuccession", move).id().toString()
            .equals(engine.getTaskService().getVariable(task.getId(), "lateClockRef"))))
        .as("one question for both").hasSize(1);
  }

  @Test
  void where_nobody_stays_behind_there_is_nothing_to_arrange() {
    ProcessInstance process = behind();
    assertThat(process).as("ended at once").isNull();
    assertThat(engine.getHistoryService().createHistoricActivityInstanceQuery().activityId("Event_ProfessionalsSucceeded")
        .finished().count()).isPositive();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Succeeding withdrawn",
      "no-longer-needed,  Succession no longer needed",
      "recorded-in-error, Succession recorded in error"})
  void a_manager_ends_it_with_a_reason(String how, String end) {
    ProcessInstance process = behind("Joan Patel");
    menu.choose("manager", moving.task(NAME, move).getId(), "end", Map.of("how", how, "why", "She goes on."));
    assertThat(process).isEnded().hasPassed(findId(end));
  }

  private ProcessInstance behind(String... names) {
    moving.prepared(move, "staysBehind", List.of(names).stream().map(this::known).toList());
    return moving.process("succession", move);
  }

  private String known(String name) {
    return ((List<?>) forms.prefilled(moving.task("Weigh up move", move), "worker").get("network")).stream().map(Option.class::cast)
        .filter(one -> one.label().startsWith(name)).map(Option::value).findFirst().orElseThrow();
  }

  private Task naming(String name) {
    return moving.tasks(NAME, move).stream().filter(task -> name.equals(record.text("select name from move_leaving where id = ?::uuid",
        engine.getTaskService().getVariable(task.getId(), "leavingRef")))).findFirst().orElseThrow();
  }

  private void refused(Map<String, Object> page, String said) {
    assertThatThrownBy(() -> moving.handIn("worker", NAME, move, page)).isInstanceOf(Refusal.class).hasMessageContaining(said);
  }
}
