package org.followthrough.move.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.MovingFamily.action;
import static org.followthrough.MovingFamily.birthday;
import static org.followthrough.MovingFamily.firstCall;
import static org.followthrough.MovingFamily.person;
import static org.followthrough.MovingFamily.understanding;
import static org.followthrough.Practice.london;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.followthrough.HeldConference;
import org.followthrough.InTheHouse;
import org.followthrough.MovingFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Niall and Zoë arrive from fellshire, and we take them over. */
@InTheHouse
class AcceptanceTest {

  @Autowired Practice practice;
  @Autowired MovingFamily moving;
  @Autowired PlannedFamily family;
  @Autowired HeldConference conferences;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Clocks clocks;
  @Autowired AgreedActions agreed;
  @Autowired ProcessInstances managers;
  @Autowired ProcessEngine engine;

  private Map<String, Object> niall;
  private Map<String, Object> zoe;
  private Map<String, Object> dentist;
  private Map<String, Object> swimming;
  private UUID move;

  @BeforeEach
  void twoChildren() {
    init(engine);
    practice.itIs("2026-12-22T10:00");
    String name = Practice.aNewName();
    niall = person(true, "Niall", name, "bornOn", birthday(2012), "sex", "M");
    zoe = person(true, "Zoë", name, "bornOn", birthday(2019));
    dentist = action("See the dentist", "2027-01-08", "ifNotDone", "The health visitor goes along.", "forChild", niall.get("id"));
    swimming = action("Take both swimming", "2026-12-24");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void responsibility_is_ours_from_the_moment_they_let_go_and_each_kept_action_goes_on() {
    ProcessInstance process = takenOn(false);
    understood(Map.of("dropped", List.of()));
    Task accept = practice.task("Accept responsibility", contact());
    assertThat(accept.getDueDate()).isEqualTo(london("2026-12-23T17:00"));
    assertThat(practice.groupsOf(accept)).containsExactly("north.team-manager");
    assertThatThrownBy(() -> practice.handIn("manager", "Accept responsibility", contact(),
        Map.of("acceptedBy", "Rhys Morgan", "children", both())))
        .isInstanceOf(Refusal.class).hasMessageContaining("Only what is written");
    practice.itIs("2026-12-23T11:20");
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    assertThat(moving.fields(move, "acceptance").path("children").toString()).contains(id(niall), id(zoe));
    assertThat(moving.fields(move, "acceptance").path("happenedAt").asText()).isEqualTo("2026-12-23T11:20Z");
    assertThat(moving.fields(move, "acceptance").path("acceptedBy").asText()).isEqualTo("Rhys Morgan, team manager");

    // bound, and still theirs until they have it in hand
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");
    assertThat(practice.task("Record handing over", contact()).getDueDate()).isEqualTo(london("2026-12-24T17:00"));
    practice.itIs("2026-12-23T15:00");
    practice.handIn("worker", "Record handing over", contact(), Map.of("children", both(), "happenedEarlier", true,
        "happenedAt", "2026-12-23T11:24"));

    assertThat(process).isEnded().hasPassed(findId("Family taken over"), findId("Action carried on"));
    for (Map<String, Object> child : List.of(niall, zoe)) {
      assertThat(moving.holders(id(child))).containsExactly("north fellshire until 2026-12-23T11:24", "north ours");
      assertThat(moving.alwaysHeld(id(child))).isTrue();
      assertThat(record.text("select user_id from lead_professional where person_id = ?::uuid and until is null", id(child)))
          .isEqualTo("worker");
      assertThat(record.text("select d.response || ' ' || e.source_code from episode e join decision d on d.id = e.decision_id "
          + "where e.person_id = ?::uuid and e.closed_at is null", id(child))).isEqualTo("transfer-in 5C");
    }
    assertThat(record.texts("select id::text || ' ' || due_on || ' ' || what from agreed_action where move_id = ? order by due_on", move))
        .containsExactly(swimming.get("id") + " 2026-12-24 Take both swimming", dentist.get("id") + " 2027-01-08 See the dentist");
    assertThat(record.text("select for_child::text from agreed_action where id = ?::uuid", dentist.get("id"))).isEqualTo(id(niall));
    // each in its process, asked of whoever has it here, under its own date
    List<Task> asked = practice.tasks("Accept action", contact());
    assertThat(asked).hasSize(2);
    assertThat((String) forms.prefilled(asked.get(0), "worker").get("actionText")).contains("Taken over with the family");
    assertThat(agreed.open(family.caseOf(contact()), UUID.randomUUID())).hasSize(2);
    assertThat(record.text("select ended_as from move where id = ?", move)).isEqualTo("taken-over");
    assertThat(moving.posted(move)).doesNotContain("handed-over", "understood");
  }

  @Test
  void an_action_that_was_dropped_does_not_come_along() {
    takenOn(false);
    understood(Map.of("dropped", List.of(swimming.get("id")), "droppedWhy", "There is no pool here."));
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    practice.handIn("worker", "Record handing over", contact(), Map.of("children", both()));
    assertThat(record.texts("select what from agreed_action where move_id = ?", move)).containsExactly("See the dentist");
  }

  @Test
  void a_child_whom_they_do_not_hand_over_stays_theirs_with_what_was_promised_for_him() {
    ProcessInstance process = takenOn(false);
    understood(Map.of());
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    practice.handIn("worker", "Record handing over", contact(), Map.of("children", List.of(id(zoe)),
        "staying", "Niall: an interim care order of 21 December."));
    assertThat(process).isEnded();
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");
    assertThat(moving.holders(id(zoe))).hasSize(2).last().isEqualTo("north ours");
    assertThat(record.texts("select what from agreed_action where move_id = ?", move)).containsExactly("Take both swimming");
    assertThat(record.openEpisodes(practice.caseOf(contact()))).containsExactly("Zoë");
    assertThat(record.text("select words from chronology_entry where subject_id = ? and what = 'Children stay with other authority'", move))
        .isEqualTo("Niall: an interim care order of 21 December.");
  }

  @Test
  void their_message_says_who_stays_child_by_child() {
    takenOn(false);
    understood(Map.of());
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    Task page = practice.task("Record handing over", contact());
    practice.itIs("2026-12-22T13:00");
    practice.as("worker", () -> engine.getFormService().submitTaskForm(page.getId(), Map.of("happenedAt", "2026-12-22T10:04",
        "children", SpinValues.jsonValue("[\"" + id(zoe) + "\"]").create(),
        "staying", SpinValues.jsonValue("[{\"id\":\"" + id(niall) + "\",\"because\":\"interim care order\"}]").create())));
    assertThat(record.text("select stays_because from move_child where move_id = ? and their_id = ?::uuid", move, id(niall)))
        .isEqualTo("interim care order");
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");
    assertThat(moving.holders(id(zoe))).as("when they say, not when we read it")
        .containsExactly("north fellshire until 2026-12-22T10:04", "north ours");
  }

  @Test
  void where_nobody_is_handed_over_the_process_ends_and_the_children_are_theirs() {
    ProcessInstance process = takenOn(false);
    understood(Map.of());
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    practice.handIn("worker", "Record handing over", contact(), Map.of("staying", "Both, under orders of yesterday."));
    assertThat(process).isEnded();
    assertThat(moving.holders(id(zoe))).containsExactly("north fellshire");
    assertThat(record.text("select ended_as from move where id = ?", move)).isEqualTo("nobody-handed-over");
    assertThat(record.count("select count(*) from agreed_action where move_id = ?", move)).isZero();
  }

  @Test
  void nobody_hands_over_before_we_have_accepted() {
    takenOn(false);
    understood(Map.of());
    practice.itIs("2026-12-23T11:20");
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    practice.itIs("2026-12-23T15:00");
    assertThatThrownBy(() -> practice.handIn("worker", "Record handing over", contact(), Map.of("children", both(), "happenedEarlier", true,
        "happenedAt", "2026-12-23T11:00"))).isInstanceOf(Refusal.class).hasMessageContaining("before our acceptance");
    // and the record itself lets nobody claim a child who was not accepted
    assertThatThrownBy(() -> record.change("""
        with held as (update responsibility set until = now() where person_id = ?::uuid and until is null returning person_id,
          case_id, team)
        insert into responsibility (person_id, case_id, team, since) select person_id, case_id, team, now() from held""", id(niall)))
        .hasMessageContaining("only a written acceptance");
  }

  @Test
  void children_on_a_plan_are_accepted_after_our_conference() {
    practice.itIs("2026-12-22T12:00");
    takenOn(true);
    assertThat(practice.process("acceptance", contact())).isNull();
    conferences.knownBefore(contact(), "social-care", "health", "school");
    conferences.quorate(contact(), "2027-01-13T10:00");
    practice.handIn("minutes", "Record view", contact(), HeldConference.viewed());
    conferences.decided(contact(), "plan-begins", List.of());
    conferences.rounded(contact(), "2027-01-20T10:00", "2027-04-12T10:00");

    assertThat(record.text("select conference_outcome from move where id = ?", move)).contains("Niall", "plan begins, neglect", "Zoë");
    ProcessInstance process = practice.process("acceptance", contact());
    assertThat((String) engine.getRuntimeService().getVariable(process.getId(), "subjectRef")).isEqualTo(move.toString());
    // the plan is ours, the children are theirs until the acceptance is in their hands
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");
    understood(Map.of());
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    practice.handIn("worker", "Record handing over", contact(), Map.of("children", both()));
    assertThat(moving.holders(id(niall))).last().isEqualTo("north ours");
    assertThat(record.count("select count(*) from plan where person_id = ?::uuid and ended_on is null", id(niall))).isEqualTo(1);
  }

  @Test
  void a_conference_that_was_not_quorate_and_meets_again_is_still_about_this_family() {
    takenOn(true);
    conferences.knownBefore(contact(), "social-care", "health", "school");
    practice.handIn("chair", "Arrange conference", contact(), HeldConference.arranged("2027-01-06T10:00"));
    conferences.inviteEverybody(contact());
    practice.itIs("2027-01-06T10:30");
    practice.handIn("minutes", "Record conference", contact(), conferences.recorded(contact(), List.of("social-care")));
    practice.handIn("chair", "Decide way forward", contact(), Map.of("wayForward", "new-day", "nextAt", "2027-01-13T10:00",
        "nextHow", "Town Hall, room 3", "planHolds", "holds"));
    assertThat(record.text("select conference_id::text from move where id = ?", move)).isEqualTo(conferences.meeting(contact()).toString());
    assertThat(record.text("select to_char(conference_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') from move where id = ?", move))
        .isEqualTo("2027-01-13 10:00");
  }

  @Test
  void an_acceptance_that_waits_and_a_handing_over_that_is_not_known_go_up() {
    ProcessInstance process = takenOn(false);
    understood(Map.of());
    practice.itIs("2026-12-23T17:00");
    practice.timersFire();
    assertThat(asked("AcceptResponsibility")).containsExactly("service-manager");
    practice.handIn("manager", "Accept responsibility", contact(), accepted(both()));
    practice.itIs("2026-12-24T17:00");
    practice.timersFire();
    assertThat(asked("RecordHandingOver")).containsExactly("service-manager");
    assertThat(process).hasPassed(findId("Our acceptance overdue"), findId("Handing over overdue"));
  }

  @Test
  void a_manager_ends_it_with_a_reason() {
    for (String how : List.of("withdrawn", "no-longer-needed", "recorded-in-error")) {
      twoChildren();
      ProcessInstance process = takenOn(false);
      managers.withdraw(process.getId(), how);
      assertThat(process).isEnded().hasPassed(findId(Map.of("withdrawn", "Accepting withdrawn",
          "no-longer-needed", "Acceptance no longer needed", "recorded-in-error", "Acceptance recorded in error").get(how)));
    }
  }

  // Steps in common.

  private ProcessInstance takenOn(boolean onPlan) {
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall, zoe), List.of(), "onPlan", onPlan));
    moving.withEverything(move, List.of(dentist, swimming));
    practice.handIn("manager", "Answer move", contact(), Map.of("answer", "taken-on", "worker", "worker", "onPlan", onPlan ? "yes" : "no"));
    return practice.process("acceptance", contact());
  }

  private void understood(Map<String, Object> said) {
    practice.handIn("worker", "Write understanding", contact(), understanding(said.entrySet().stream()
        .flatMap(one -> Stream.of(one.getKey(), one.getValue())).toArray()));
    practice.handIn("worker", "Confirm understanding", contact(), Map.of("understood", "yes"));
  }

  private static Map<String, Object> accepted(List<String> children) {
    return Map.of("acceptedBy", "Rhys Morgan, team manager", "children", children, "inWriting", true);
  }

  private List<String> both() {
    return List.of(id(niall), id(zoe));
  }

  private static String id(Map<String, Object> person) {
    return (String) person.get("id");
  }

  private String contact() {
    return moving.contactOf(move);
  }

  private List<String> asked(String obligation) {
    return conferences.asked(clocks.newest(obligation, move).id()).stream().flatMap(task -> practice.groupsOf(task).stream()).toList();
  }
}
