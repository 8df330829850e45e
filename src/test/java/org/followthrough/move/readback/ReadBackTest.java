package org.followthrough.move.readback;

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

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldConference;
import org.followthrough.InTheHouse;
import org.followthrough.MovingFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody takes Aoife and Zoë over, and says back what they have understood. */
@InTheHouse
class ReadBackTest {

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired MovingFamily moving;
  @Autowired HeldConference people;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Clocks clocks;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID move;

  @BeforeEach
  void twoSistersOnPlans() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    practice.itIs("2026-12-17T14:00");
    UUID conference = family.conference(contact, london("2026-12-17T10:00"));
    family.wholePlan(contact, "Aoife", conference);
    family.wholePlan(contact, "Zoë", conference);
    practice.itIs("2026-12-23T10:00");
    move = moving.leaves(contact, london("2026-12-23T10:00"), false, "team", "Aoife", "Zoë");
    record.change("update move set team = 'south', authority = null where id = ?", move);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void within_the_authority_the_other_team_says_it_and_ours_says_whether_it_is_so() {
    ProcessInstance process = readBack();
    Task write = practice.task("Write understanding", contact);
    assertThat(practice.groupsOf(write)).containsExactly("south.social-worker", "south.team-manager");
    assertThat(write.getDueDate()).isEqualTo(london("2026-12-30T17:00"));
    assertThat(shown("Write understanding")).extractingByKey("notReachedText").asString()
        .contains("Aoife", "Somebody is at home every night, by 17 February 2027",
        "She is left alone at night");
    assertThat(shown("Write understanding").get("whoseText")).isNull();
    practice.handIn("south-worker", "Write understanding", contact, understanding());

    Task confirm = practice.task("Confirm understanding", contact);
    assertThat(practice.groupsOf(confirm)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(confirm.getDueDate()).isEqualTo(london("2026-12-24T17:00"));
    assertThat(shown("Confirm understanding")).containsEntry("dangersText", "Both are left alone at night.")
        .containsEntry("visitText", "Agreed: Monday at four.");
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    assertThat(process).isEnded().hasPassed(findId("Family understood"));
    assertThat(events()).containsSubsequence("Read-back asked", "Read-back written", "Read-back confirmed");
  }

  @Test
  void what_is_missing_comes_back_with_what_was_written_until_it_is_so() {
    ProcessInstance process = readBack();
    practice.handIn("south-worker", "Write understanding", contact, understanding());
    assertThatThrownBy(() -> practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "no")))
        .isInstanceOf(Refusal.class).hasMessageContaining("what is missing");
    practice.itIs("2026-12-24T09:00");
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "no", "missing", "The step-father has a key."));
    assertThat(shown("Write understanding")).containsEntry("dangers", "Both are left alone at night.")
        .containsEntry("missingText", "**Not so yet:** The step-father has a key.");
    practice.handIn("south-worker", "Write understanding", contact,
        understanding("dangers", "Both are left alone at night, and he has a key."));
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    assertThat(process).isEnded();
    assertThat(events()).containsSubsequence("Read-back written", "Read-back not right", "Read-back written", "Read-back confirmed");
    assertThat(record.texts("select understood::text from read_back where move_id = ? order by written_at", move))
        .containsExactly("false", "true");
  }

  @Test
  void each_open_action_is_kept_or_dropped_with_a_reason_and_what_was_agreed_since_is_seen() {
    readBack();
    List<String> actions = options("Write understanding", "openActions");
    assertThat(actions).hasSize(2);
    assertThatThrownBy(() -> practice.handIn("south-worker", "Write understanding", contact,
        understanding("dropped", List.of(actions.get(0)))))
        .isInstanceOf(Refusal.class).hasMessageContaining("why you do not go on");
    assertThatThrownBy(() -> practice.handIn("south-worker", "Write understanding", contact,
        understanding("jointVisit", "not-possible", "jointVisitWhat", null)))
        .isInstanceOf(Refusal.class);
    practice.handIn("south-worker", "Write understanding", contact, understanding("dropped", List.of(actions.get(0)),
        "droppedWhy", "There is no pool there."));
    record.change("""
        insert into agreed_action (meeting_id, case_id, what, named_person, agency, due_on, recorded_at, recorded_by)
        select meeting_id, case_id, 'Fit a new lock', 'Lena Ruiz', 'housing', date '2027-01-05', now(), 'worker' from agreed_action
          where id = ?::uuid""", actions.get(0));
    assertThat(shown("Confirm understanding")).extractingByKey("actionsText").asString()
        .contains("**not gone on with**, because: There is no pool there.", ": kept",
        "Fit a new lock", "they do not know it");
    assertThat(record.texts("select coalesce(dropped_why, 'kept') from read_back_action a join read_back r on r.id = a.read_back_id "
        + "where r.move_id = ? order by 1", move))
        .containsExactly("There is no pool there.", "kept");
  }

  @Test
  void at_the_receiver_the_actions_of_the_pack_are_said_back_and_their_side_hears_them() {
    Map<String, Object> niall = person(true, "Niall", Practice.aNewName(), "bornOn", birthday(2012));
    Map<String, Object> dentist = action("See the dentist", "2027-01-08");
    move = moving.announced(london("2026-12-23T09:30"), firstCall(List.of(niall), List.of()));
    moving.withEverything(move, List.of(dentist));
    contact = moving.contactOf(move);
    practice.handIn("manager", "Answer move", contact, Map.of("answer", "taken-on", "worker", "worker", "onPlan", "no"));
    assertThat(practice.groupsOf(practice.task("Write understanding", contact))).contains("north.social-worker");
    assertThat(options("Write understanding", "openActions")).containsExactly((String) dentist.get("id"));
    assertThat(shown("Write understanding")).extractingByKey("notReachedText").asString().contains("Somebody gets him up");
    practice.handIn("worker", "Write understanding", contact, understanding("dropped", List.of(dentist.get("id")),
        "droppedWhy", "He has one here."));
    JsonNode said = moving.fields(move, "read-back");
    assertThat(said.path("dropped").toString()).isEqualTo("[\"" + dentist.get("id") + "\"]");
    assertThat(said.path("dangers").asText()).isEqualTo("Both are left alone at night.");
    assertThat(said.path("droppedWhy").asText()).isEqualTo("He has one here.");
    assertThat(said.path("jointVisit").asText()).isEqualTo("agreed");
    // whether it is so is theirs to say; we only write it down
    assertThat((String) shown("Confirm understanding").get("whoseText")).contains("fellshire", "fills itself in");
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    assertThat(moving.posted(move)).doesNotContain("understood");
  }

  @Test
  void a_read_back_that_waits_goes_to_the_manager_of_the_team_that_has_the_family() {
    ProcessInstance process = readBack();
    practice.itIs("2026-12-30T17:00");
    practice.timersFire();
    assertThat(asked("WriteUnderstanding")).containsExactly("north.team-manager");
    practice.handIn("south-worker", "Write understanding", contact, understanding());
    practice.itIs("2026-12-31T17:00");
    practice.timersFire();
    assertThat(asked("ConfirmUnderstanding")).containsExactly("north.team-manager");
    assertThat(process).hasPassed(findId("Read-back overdue"), findId("Confirmation of read-back overdue"));
  }

  // Steps in common.

  private ProcessInstance readBack() {
    return engine.getRuntimeService().startProcessInstanceByKey("read-back", practice.caseOf(contact),
        Map.of("contactRef", contact, "caseRef", practice.caseOf(contact), "subjectRef", move.toString()));
  }

  private Map<String, Object> shown(String label) {
    return forms.prefilled(practice.task(label, contact), "worker");
  }

  private List<String> options(String label, String key) {
    return ((List<?>) shown(label).get(key)).stream().map(Option.class::cast).map(Option::value).toList();
  }

  private List<String> events() {
    return record.texts("select what from chronology_entry where subject_id = ? order by position", move);
  }

  private List<String> asked(String obligation) {
    return people.asked(clocks.newest(obligation, move).id()).stream().flatMap(task -> practice.groupsOf(task).stream()).toList();
  }
}
