package org.followthrough.move.dispute;

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
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.MovingFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Matters;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** Felpersham says on Friday 18 December 2026 that it does not take the family on. */
@InTheHouse
class DisputeTest {

  private static final String SETTLE = "Settle dispute";

  @Autowired Practice practice;
  @Autowired MovingFamily moved;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Matters matters;
  @Autowired @Qualifier("settleDispute") Step settle;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID move;
  private List<String> holders;

  @BeforeEach
  void theFridayBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-18T10:00");
    contact = moved.contact();
    move = moved.move(contact, "england-or-wales", "felpersham", true, london("2026-12-14T10:00"));
    record.change("update move set answer = 'refused', answer_why = 'They will not stay.', answered_at = now(), their_worker = 'Nobody' "
        + "where id = ?", move);
    holders = moved.holdersNow(contact);
    assertThat(holders).containsExactly("Niall: north", "Zoë: north");
  }

  @AfterEach
  void theFamilyIsStillOurs() {
    assertThat(moved.holdersNow(contact)).isEqualTo(holders);
    practice.endEverything();
  }

  @Test
  void it_climbs_stage_by_stage_each_with_its_people_and_its_time() {
    moved.called("dispute", contact, move);
    // two working days: 21 and 22 December
    assertStage("2026-12-22T17:00", "north.social-worker", "north.team-manager");
    assertThat(shown().get("refusalText").toString()).contains("Felpersham", "They will not stay.");
    assertThat(shown().get("contactsText").toString()).contains("Ada Brook, team manager: 01632 960310").doesNotContain("Rhys");
    practice.itIs("2026-12-21T10:00");
    practice.handIn("worker", SETTLE, contact, talked("not-settled"));

    // five: 22, 23, 24, 29 and 30 December
    assertStage("2026-12-30T17:00", "north.team-manager", "service-manager");
    assertThat(shown().get("beforeText").toString())
        .contains("Workers, 21 December 2026, with Ada Brook: They have no room. (not settled)");
    practice.itIs("2026-12-30T10:00");
    practice.handIn("service-manager", SETTLE, contact, talked("not-settled"));

    // two: 31 December and 4 January
    assertStage("2027-01-04T17:00", "head-of-service");
    assertThat(shown().get("contactsText").toString()).contains("Siân Rhys").doesNotContain("Brook");
    practice.itIs("2027-01-04T10:00");
    practice.handIn("head", SETTLE, contact, talked("not-settled"));

    // ten: from 5 to 18 January
    assertStage("2027-01-18T17:00", "head-of-service");
    assertThat(((List<?>) shown().get("results"))).extracting(one -> ((Option) one).value()).containsExactly("asked-again", "stays-here");
    assertThatThrownBy(() -> practice.handIn("head", SETTLE, contact, talked("not-settled"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("not offered");
    assertThat(record.chronology(contact)).containsSubsequence("Dispute with workers", "Dispute with managers",
        "Dispute with heads of service", "Dispute in partnership");
    assertThat(moved.told(move)).as("nothing was said to them in writing").isEmpty();
  }

  @Test
  void they_are_asked_again_and_their_answer_is_open_once_more() {
    ProcessInstance process = moved.called("dispute", contact, move);
    practice.itIs("2026-12-21T10:00");
    practice.handIn("worker", SETTLE, contact, talked("asked-again", "happenedEarlier", true, "happenedAt", "2026-12-18T16:00"));

    assertThat(process).hasPassed(findId("Dispute talked over"), findId("Other side asked again")).isEnded();
    assertThat(record.clock("SettleDispute", contact).metAt()).isEqualTo(london("2026-12-18T16:00"));
    assertThat(record.count("select count(*) from move where id = ? and answer is null and answer_why is null and answered_at is null "
        + "and their_worker is null", move)).isEqualTo(1);
    assertThat(record.moment("select happened_at from chronology_entry where what = 'Answer asked' and subject_id = ?", move))
        .isEqualTo(london("2026-12-18T16:00"));
    assertThat(moved.told(move)).containsExactly("asked-again {\"said\": \"They have no room.\", \"stage\": \"workers\"}");
  }

  @Test
  void who_refuses_again_goes_on_where_it_stopped() {
    moved.called("dispute", contact, move);
    practice.handIn("worker", SETTLE, contact, talked("asked-again"));
    practice.itIs("2026-12-22T10:00");
    moved.called("dispute", contact, move);
    // five working days from 22 December: 23, 24, 29, 30 and 31
    assertStage("2026-12-31T17:00", "north.team-manager", "service-manager");
    practice.handIn("manager", SETTLE, contact, talked("asked-again"));
    assertThat(moved.told(move)).as("each is told once").hasSize(2);
  }

  @Test
  void the_family_stays_and_they_hear_why() {
    ProcessInstance process = moved.called("dispute", contact, move);
    practice.handIn("manager", SETTLE, contact, talked("stays-here", "said", "The family comes back in a month."));
    assertThat(process).hasPassed(findId("Family kept here")).isEnded();
    assertThat(moved.told(move)).containsExactly("called-off {\"why\": \"The family comes back in a month.\"}");
    assertThat(record.text("select answer from move where id = ?", move)).isEqualTo("refused");
    assertThat(record.chronology(contact)).doesNotContain("Answer asked");
  }

  @ParameterizedTest
  @CsvSource({"asked-again, asked-again,", "stays-here, stays-here, false", "not-settled,,"})
  void the_transfer_that_called_hears_how_it_was_settled(String result, String settledAs, Boolean passed) {
    moved.called("dispute", contact, move);
    Task page = practice.task(SETTLE, contact);
    Submission typed = new Submission(matters.of(engine.getTaskService().getVariables(page.getId()), "manager"), london("2026-12-18T11:00"),
        page.getId(), talked(result));
    Map<String, Object> told = settle.take(typed);
    assertThat(told.get("disputeSettledAs")).isEqualTo(settledAs);
    assertThat(told.get("responsibilityPassed")).as("so that the move goes on and ends").isEqualTo(passed);
  }

  @Test
  void where_they_are_not_connected_everything_goes_by_hand() {
    record.change("update move set connected = false, authority = 'Ambridge' where id = ?", move);
    moved.called("dispute", contact, move);
    assertThat(shown()).doesNotContainKey("contactsText");
    assertThat(shown().get("refusalText").toString()).contains("Ambridge");
    practice.handIn("worker", SETTLE, contact, talked("asked-again"));
    assertThat(moved.told(move)).isEmpty();
  }

  @Test
  void a_stage_that_nobody_talks_over_goes_to_the_service_manager() {
    moved.called("dispute", contact, move);
    practice.itIs("2026-12-22T16:59");
    practice.timersFire();
    assertThat(record.asked(record.clock("SettleDispute", contact))).isEmpty();
    practice.itIs("2026-12-22T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clock("SettleDispute", contact))).containsExactly("service-manager");
  }

  private void assertStage(String due, String... groups) {
    assertThat(practice.task(SETTLE, contact)).hasDueDate(Date.from(london(due)));
    assertThat(practice.groupsOf(practice.task(SETTLE, contact))).containsExactly(groups);
  }

  private static Map<String, Object> talked(String result, Object... changes) {
    return page(Map.of("spokeWith", "Ada Brook", "said", "They have no room.", "result", result), changes);
  }

  private Map<String, Object> shown() {
    return forms.prefilled(practice.task(SETTLE, contact), "manager");
  }
}
