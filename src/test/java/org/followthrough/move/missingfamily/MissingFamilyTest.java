package org.followthrough.move.missingfamily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.InTheHouse;
import org.followthrough.MovingFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The school rings on Friday 20 November 2026 at twenty to seven: the house is empty, and nobody knows where they went. */
@InTheHouse
class MissingFamilyTest {

  private static final String REPORT = "Report missing";
  private static final String TRACE = "Trace family";

  @Autowired Practice practice;
  @Autowired MovingFamily moved;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID move;

  @BeforeEach
  void aFridayEvening() {
    init(engine);
    practice.itIs("2026-11-20T18:30");
    contact = moved.contact();
    practice.itIs("2026-11-20T18:40");
    move = moved.move(contact, "not-known", null, false, london("2026-11-20T18:40"));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void police_and_manager_are_told_within_the_hour_and_a_discussion_is_called() {
    ProcessInstance process = moved.called("missing-family", contact, move);
    assertThat(practice.task(REPORT, contact)).hasDueDate(at("2026-11-20T19:40"));
    assertThat(practice.groupsOf(practice.task(REPORT, contact))).containsExactly("north.social-worker", "north.team-manager",
        "out-of-hours");
    assertThat(shown(REPORT).get("learnedText").toString()).contains("Friday 20 November 2026 at 18:40", "The school, by telephone");

    practice.itIs("2026-11-20T19:10");
    practice.handIn("out-of-hours", REPORT, contact, reported("happenedEarlier", true, "happenedAt", "2026-11-20T18:55"));

    assertThat(process).hasPassed(findId("Family reported missing"), findId("Search begun")).isNotEnded();
    assertThat(record.clock("ReportMissing", contact).metAt()).isEqualTo(london("2026-11-20T18:55"));
    assertThat(record.text("select police_reference || ', ' || manager from missing_report where move_id = ?", move))
        .isEqualTo("CAD 4471, PC Khan, Grace Mensah");
    assertThat(record.moment("select police_told_at from missing_report where move_id = ?", move)).isEqualTo(london("2026-11-20T18:55"));
    // within a day of being called
    assertThat(practice.task("Convene discussion", contact)).hasDueDate(at("2026-11-21T19:10"));
    assertThat(record.chronology(contact)).containsSubsequence("Family missing", "Tracing looked at", "Family reported missing",
        "Strategy discussion called");
    assertThat(shown(TRACE).get("reportText").toString()).contains("at 18:55: CAD 4471, PC Khan", "Their father has found them");
  }

  @Test
  void where_a_discussion_waits_already_no_second_is_called_and_it_is_due_by_this_too() {
    practice.itIs("2026-11-20T18:35");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    practice.itIs("2026-11-20T18:40");
    ProcessInstance process = moved.called("missing-family", contact, move);
    practice.handIn("worker", REPORT, contact, reported());

    assertThat(process).hasPassed(findId("Search begun")).hasNotPassed(findId("Strategy discussion needed"));
    assertThat(practice.task("Convene discussion", contact)).hasDueDate(at("2026-11-21T18:35"));
    assertThat(record.count("select count(*) from meeting where case_id = (select case_id from move where id = ?) "
        + "and kind = 'strategy-discussion'", move)).isEqualTo(1);
  }

  @Test
  void a_report_that_nobody_makes_goes_to_the_service_manager_that_same_evening() {
    moved.called("missing-family", contact, move);
    practice.itIs("2026-11-20T19:39:59");
    practice.timersFire();
    assertThat(record.asked(record.clock("ReportMissing", contact))).isEmpty();
    practice.itIs("2026-11-20T19:40");
    practice.timersFire();
    assertThat(record.asked(record.clock("ReportMissing", contact))).containsExactly("service-manager,out-of-hours");
  }

  @Test
  void each_look_that_finds_nobody_lets_the_next_one_count() {
    ProcessInstance process = moved.called("missing-family", contact, move);
    assertThat(practice.task(TRACE, contact)).hasDueDate(at("2026-11-27T17:00"));
    practice.itIs("2026-11-26T11:00");
    practice.handIn("worker", TRACE, contact, looked());
    // from Thursday 26 November
    assertThat(practice.task(TRACE, contact)).hasDueDate(at("2026-12-03T17:00"));
    assertThat(shown(TRACE).get("looksText").toString())
        .contains("26 November 2026, asked: police, child benefit. Nobody knows. Next: Their aunt in Cork; Sam Carter rings.");
    assertThat(record.clocks("TraceFamily", contact)).extracting(clock -> clock.metAt()).containsExactly(null, london("2026-11-26T11:00"));

    practice.itIs("2026-12-03T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clocks("TraceFamily", contact).get(0))).containsExactly("service-manager,out-of-hours");
    assertThat(process).isNotEnded();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
      "england-or-wales, felpersham, , felpersham true",
      "scotland,         , City of Brigadoon, City of Brigadoon false",
      "northern-ireland, , Ballydown Trust, Ballydown Trust false",
      "abroad,           , Tusla, Tusla false"})
  void when_they_are_found_the_move_goes_on_from_where_they_are(String destination, String authority, String other, String moved) {
    ProcessInstance process = this.moved.called("missing-family", contact, move);
    practice.handIn("worker", REPORT, contact, reported());
    practice.itIs("2026-11-24T15:00");
    practice.handIn("worker", TRACE, contact, found(destination, "authority", authority, "otherAuthority", other, "happenedEarlier", true,
        "happenedAt", "2026-11-24T09:30"));

    assertThat(process).hasPassed(findId("Trace followed"), findId("Family found"), findId("Whereabouts known again")).isEnded();
    assertThat(record.text("select destination || ': ' || authority || ' ' || connected from move where id = ?", move))
        .isEqualTo(destination + ": " + moved);
    assertThat(record.text("select address from move where id = ?", move)).isEqualTo("7 Harbour View, with their grandmother");
    assertThat(record.moment("select happened_at from chronology_entry where what = 'Whereabouts learned' and subject_id = ?", move))
        .isEqualTo(london("2026-11-24T09:30"));
  }

  @Test
  void who_is_found_before_anybody_was_told_need_not_be_reported_missing_any_more() {
    ProcessInstance process = moved.called("missing-family", contact, move);
    practice.itIs("2026-11-20T19:00");
    practice.handIn("out-of-hours", TRACE, contact, found("england-or-wales", "authority", "felpersham"));
    assertThat(process).hasPassed(findId("Whereabouts known again")).isEnded();
    assertThat(practice.tasks(REPORT, contact)).isEmpty();
    assertThat(record.clock("ReportMissing", contact).endedAs()).isEqualTo("withdrawn");
    practice.itIs("2026-11-20T20:00");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
  }

  @Test
  void within_the_authority_the_other_teams_are_offered() {
    moved.called("missing-family", contact, move);
    record.change("insert into legal_status (person_id, case_id, status, since, recorded_at, recorded_by) select c.person_id, "
        + "m.case_id, 'Care order', now(), now(), 'manager' from move_child c join move m on m.id = c.move_id where m.id = ?", move);
    assertThat(record.texts("select distinct coalesce(stays_because, '') from move_child where move_id = ?", move))
        .containsExactly("Care order");
    assertThat(((List<?>) shown(TRACE).get("teams"))).extracting(team -> ((Option) team).value()).containsExactly("south");
    assertRefused("team", "which team", () -> practice.handIn("worker", TRACE, contact, found("team")));
    practice.handIn("worker", TRACE, contact, found("team", "team", "south"));
    assertThat(record.text("select destination || ' ' || team from move where id = ? and authority is null", move)).isEqualTo("team south");
    assertThat(record.texts("select distinct coalesce(stays_because, '') from move_child where move_id = ?", move))
        .as("an order binds no team").containsExactly("");
  }

  @Test
  void what_is_missing_is_asked_for() {
    moved.called("missing-family", contact, move);
    assertRefused("next", "whom to ask next", () -> practice.handIn("worker", TRACE, contact, looked("next", null)));
    assertRefused("destination", "where the family is", () -> practice.handIn("worker", TRACE, contact, found(null)));
    assertRefused("address", "address", () -> practice.handIn("worker", TRACE, contact,
        found("abroad", "otherAuthority", "Tusla", "address", null)));
    assertRefused("otherAuthority", "the one authority", () -> practice.handIn("worker", TRACE, contact, found("abroad")));
    assertRefused("otherAuthority", "the one authority", () -> practice.handIn("worker", TRACE, contact,
        found("england-or-wales", "authority", "felpersham", "otherAuthority", "Ambridge")));
    assertRefused("happenedAt", "not known to be missing", () -> practice.handIn("worker", TRACE, contact,
        looked("happenedEarlier", true, "happenedAt", "2026-11-20T18:39")));
    assertThat(record.count("select count(*) from tracing where move_id = ?", move)).isZero();
  }

  private static Map<String, Object> reported(Object... changes) {
    return page(Map.of("policeReference", "CAD 4471, PC Khan", "managerTold", "Grace Mensah",
        "agenciesAsked", "School: on Wednesday for the last time.", "legalAdvice", "Amara Obi: a recovery order on Monday.",
        "feared", "Their father has found them."), changes);
  }

  private static Map<String, Object> looked(Object... changes) {
    return page(Map.of("asked", List.of("police", "child-benefit"), "result", "Nobody knows.", "familyFound", "no",
        "next", "Their aunt in Cork; Sam Carter rings."), changes);
  }

  private static Map<String, Object> found(String destination, Object... changes) {
    return page(looked("familyFound", "yes", "next", null, "result", "The new school asked for their file.", "destination", destination,
        "address", "7 Harbour View, with their grandmother"), changes);
  }

  private Map<String, Object> shown(String label) {
    return forms.prefilled(practice.task(label, contact), "worker");
  }

  private static void assertRefused(String field, String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> {
      assertThat(refusal).hasMessageContaining(words);
      assertThat(refusal.field()).isEqualTo(field);
    });
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
