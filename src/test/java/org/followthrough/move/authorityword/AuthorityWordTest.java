package org.followthrough.move.authorityword;

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
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Felpersham writes on Thursday 24 December 2026 about a family of ours that is moving there. */
@InTheHouse
class AuthorityWordTest {

  private static final String ANSWER = "Answer authority";

  @Autowired Practice practice;
  @Autowired MovingFamily moved;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID move;

  @BeforeEach
  void christmasEve() {
    init(engine);
    practice.itIs("2026-12-24T09:00");
    contact = moved.contact();
    move = moved.move(contact, "england-or-wales", "felpersham", true, london("2026-12-14T10:00"));
    practice.itIs("2026-12-24T10:30");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
    record.change("delete from inbox");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"team-manager, north.team-manager", "service-manager, service-manager", "head-of-service, head-of-service"})
  void who_is_asked_by_name_answers_the_next_working_day(String level, String group) {
    ProcessInstance process = arrives("chase", Map.of("waitsFor", "Record receipt", "since", "2026-12-22T17:00", "level", level));
    assertThat(practice.groupsOf(practice.task(ANSWER, contact))).containsExactly(group);
    // it came in at ten; after Christmas the next working day is the 29th
    assertThat(practice.task(ANSWER, contact)).hasDueDate(Date.from(london("2026-12-29T17:00")));
    assertThat(shown().get("wordText").toString()).contains("Felpersham", "Ada Brook, team manager",
        "waits for **Record receipt** since Tuesday 22 December 2026 at 17:00");
    assertThat(shown().get("contactsText").toString()).contains("Siân Rhys, head of service: 01632 960311");

    practice.itIs("2026-12-24T11:00");
    practice.handIn(level.equals("head-of-service") ? "head" : level.equals("team-manager") ? "manager" : level, ANSWER,
        contact, answered());
    assertThat(process).hasPassed(findId("Answer given"), findId("Authority answered")).isEnded();
    assertThat(record.clock("AnswerAuthority", contact).metAt()).isEqualTo(london("2026-12-24T11:00"));
    assertThat(record.chronology(contact)).containsSubsequence("Authority word received", "Authority answered");
  }

  @Test
  void where_nobody_has_the_role_whoever_stands_above_is_asked() {
    engine.getIdentityService().deleteMembership("manager", "north.team-manager");
    try {
      arrives("chase", Map.of("waitsFor", "Record receipt", "since", "2026-12-22T17:00", "level", "team-manager"));
      assertThat(practice.groupsOf(practice.task(ANSWER, contact))).containsExactly("service-manager");
    } finally {
      engine.getIdentityService().createMembership("manager", "north.team-manager");
    }
  }

  @Test
  void a_child_of_ours_whom_they_protect_is_named_and_the_night_hears_of_it_too() {
    String zoe = record.child(contact, "Zoë");
    String stranger = record.child(moved.contact(), "Niall");
    arrives("protecting", Map.of("what", "Police protection since the stairs.", "children", List.of(zoe, stranger),
        "happenedAt", "2026-12-24T01:15"));
    assertThat(practice.groupsOf(practice.task(ANSWER, contact))).containsExactly("north.team-manager", "out-of-hours");
    assertThat(shown()).containsEntry("protecting", true);
    assertThat(shown().get("wordText").toString()).contains("protects **Zoë O’", "since Thursday 24 December 2026 at 01:15",
        "Police protection since the stairs.")
        .as("nobody else’s name is given away").doesNotContain("Niall");
  }

  @Test
  void an_answer_that_is_late_goes_to_the_service_manager_and_one_for_yesterday_is_none() {
    arrives("chase", Map.of("waitsFor", "Record receipt", "since", "2026-12-22T17:00", "level", "team-manager"));
    assertThatThrownBy(() -> practice.handIn("manager", ANSWER, contact, answered("byWhen", "2026-12-23")))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("byWhen"));
    practice.itIs("2026-12-29T16:59");
    practice.timersFire();
    assertThat(record.asked(record.clock("AnswerAuthority", contact))).isEmpty();
    practice.itIs("2026-12-29T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clock("AnswerAuthority", contact))).containsExactly("service-manager");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Word taken back",
      "no-longer-needed,  Word no longer needed",
      "recorded-in-error, Word recorded in error"})
  void a_manager_ends_it_with_a_reason(String why, String end) {
    ProcessInstance process = arrives("chase", Map.of("waitsFor", "Record receipt", "since", "2026-12-22T17:00", "level", "team-manager"));
    engine.getRuntimeService().createMessageCorrelation("WordWithdrawn").processInstanceId(process.getId())
        .setVariable("whyWithdrawn", why).correlate();
    assertThat(process).hasPassed(findId(end)).isEnded();
    assertThat(record.clock("AnswerAuthority", contact).endedAs()).isEqualTo("withdrawn");
  }

  /** Their word came in at ten; its process begins when the machine gets to it. */
  private ProcessInstance arrives(String type, Map<String, Object> fields) {
    return moved.word(contact, move, type, fields, london("2026-12-24T10:00"));
  }

  private static Map<String, Object> answered(Object... changes) {
    return page(Map.of("happensNow", "Grace Mensah sends the receipt.", "byWhen", "2026-12-24", "toldWhom", "Ada Brook"), changes);
  }

  private Map<String, Object> shown() {
    return forms.prefilled(practice.task(ANSWER, contact), "manager");
  }
}
