package org.followthrough.move.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.DepartingFamily.news;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

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

/** On Christmas Eve the school says that the family moves; school, two from health and the probation officer have to know. */
@InTheHouse
class NoticeTest {

  private static final String ANNOUNCE = "Announce move";
  private static final String CONFIRM = "Confirm notice";
  private static final Map<String, Object> BY_TELEPHONE = Map.of("knows", true, "onBehalfOf", "Their duty desk",
      "onBehalfHow", "by-telephone");

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired DepartingFamily moving;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private UUID move;
  private ProcessInstance process;

  @BeforeEach
  void christmasEve() {
    init(engine);
    practice.itIs("2026-12-24T14:00");
    String contact = family.contact();
    family.members(contact);
    practice.itIs("2026-12-24T15:00");
    move = moving.moves(contact, news());
    process = moving.process("notice", move);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void everybody_is_told_on_the_same_day_also_on_christmas_eve() {
    Task announce = moving.task(ANNOUNCE, move);
    assertThat(announce.getDueDate()).isEqualTo(london("2026-12-24T23:59:59"));
    assertThat(practice.groupsOf(announce)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    practice.itIs("2026-12-24T23:59:58");
    practice.timersFire();
    assertThat(record.asked(moving.clock("AnnounceMove", move))).isEmpty();
    practice.itIs("2026-12-24T23:59:59");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("AnnounceMove", move))).containsExactly("north.team-manager");
  }

  @Test
  void each_is_told_in_a_way_or_it_is_said_why_not() {
    assertThatThrownBy(() -> announce("spokenTo", List.of(known("Joan Patel")))).isInstanceOf(Refusal.class)
        .hasMessageContaining("Say why");
    assertThatThrownBy(() -> announce("spokenTo", everybody(), "otherAgency", "probation")).isInstanceOf(Refusal.class)
        .hasMessageContaining("by name");
    announce("spokenTo", List.of(known("Joan Patel")), "writtenTo", List.of(known("Niamh Byrne")), "notToldWhy", "On leave until January.",
        "otherAgency", "probation", "otherName", "Owen Tudor", "otherReach", "01632 960400");

    assertThat(record.texts("select agency || ', ' || name || ': ' || coalesce(told_how, not_told_why) from move_notice "
        + "where move_id = ? order by 1", move))
        .containsExactly("health, Niamh Byrne: written-to", "health, Siobhán Doyle: On leave until January.",
            "probation, Owen Tudor: spoken-to", "school, Joan Patel: spoken-to");
    assertThat(process).hasPassed(findId("Move announced"));
    assertThat(moving.tasks(CONFIRM, move)).as("who was not told is not waited for").hasSize(3);
  }

  @Test
  void agencies_confirm_for_themselves_where_they_work_here_and_others_are_written_down() {
    announce("spokenTo", everybody(), "otherAgency", "probation", "otherName", "Owen Tudor");
    assertThat(practice.groupsOf(confirmation("school"))).containsExactly("north.social-worker", "north.team-manager",
        "out-of-hours", "school");
    assertThat(practice.groupsOf(confirmation("probation"))).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");

    assertThatThrownBy(() -> practice.handIn("school", confirmation("school").getId(), Map.of())).isInstanceOf(Refusal.class)
        .hasMessageContaining("Tick that they know");
    assertThatThrownBy(() -> practice.handIn("worker", confirmation("probation").getId(), Map.of("knows", true)))
        .isInstanceOf(Refusal.class).hasMessageContaining("Say who told you");
    practice.itIs("2026-12-24T16:00");
    practice.handIn("school", confirmation("school").getId(), Map.of("knows", true, "says", "We ring the new school."));
    practice.handIn("worker", confirmation("probation").getId(), BY_TELEPHONE);
    assertThat(process).isNotEnded();
    for (Task health : moving.tasks(CONFIRM, move)) {
      practice.handIn("health", health.getId(), Map.of("knows", true));
    }

    assertThat(process).isEnded().hasPassed(findId("Notice confirmed"), findId("Every notice confirmed"), findId("Move made known"));
    assertThat(record.texts("select agency || coalesce(' for ' || confirmed_for, '') from move_notice where move_id = ? "
        + "and confirmed_at is not null order by 1", move))
        .containsExactly("health", "health", "probation for Their duty desk", "school");
    assertThat(moving.clock("CollectConfirmations", move).metAt()).isEqualTo(london("2026-12-24T16:00"));
  }

  @Test
  void the_silent_are_asked_through_their_own_lead_once_and_on_the_next_working_day() {
    announce("spokenTo", everybody());
    practice.handIn("school", confirmation("school").getId(), Map.of("knows", true));
    assertThat(moving.tasks(CONFIRM, move).get(0).getDueDate()).as("the first working day after Christmas is a Tuesday")
        .isEqualTo(london("2026-12-29T17:00"));
    practice.itIs("2026-12-29T16:59:59");
    practice.timersFire();
    assertThat(record.asked(moving.clock("CollectConfirmations", move))).isEmpty();
    practice.itIs("2026-12-29T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("CollectConfirmations", move))).containsExactly("health.safeguarding-lead");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Telling withdrawn",
      "no-longer-needed,  Notice no longer needed",
      "recorded-in-error, Notice recorded in error"})
  void a_manager_ends_the_telling_and_the_move_goes_on(String how, String end) {
    menu.choose("manager", moving.task(ANNOUNCE, move).getId(), "end", Map.of("how", how, "why", "They know it from us."));
    assertThat(process).isEnded().hasPassed(findId(end));
    assertThat(moving.process("family-move", move)).isNotEnded();
  }

  private void announce(Object... fields) {
    moving.handIn("worker", ANNOUNCE, move, page(Map.of(), fields));
  }

  private Task confirmation(String agency) {
    return moving.tasks(CONFIRM, move).stream()
        .filter(task -> agency.equals(record.text("select agency from move_notice where id = ?::uuid",
        engine.getTaskService().getVariable(task.getId(), "noticeRef")))).findFirst().orElseThrow();
  }

  private List<Option> network() {
    return ((List<?>) forms.prefilled(moving.task(ANNOUNCE, move), "worker").get("network")).stream().map(Option.class::cast).toList();
  }

  private String known(String name) {
    return network().stream().filter(one -> one.label().startsWith(name)).map(Option::value).findFirst().orElseThrow();
  }

  private List<String> everybody() {
    return network().stream().map(Option::value).toList();
  }
}
