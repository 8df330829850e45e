package org.followthrough.move.teamtransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.DepartingFamily.aFamilyTold;
import static org.followthrough.DepartingFamily.newsOfTeam;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.DepartingFamily;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Refusal;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.followthrough.tasklist.CaseFile;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Aoife and Zoë, each with a plan and visits, and a child who is expected, go from the team North to the team South. */
@InTheHouse
class TeamTransferTest {

  private static final String TAKE = "Take family on";
  private static final String SETTLE = "Settle handover";
  private static final String ACCEPT = "Accept family";

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired DepartingFamily moving;
  @Autowired HeldMeeting held;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Families families;
  @Autowired CaseFile file;
  @Autowired Meetings meetings;
  @Autowired AgreedActions actions;
  @Autowired Directory directory;
  @Autowired Sight sight;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;
  private String reference;
  private UUID conference;
  private UUID aoife;
  private UUID zoe;

  @BeforeEach
  void aConferenceBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    reference = practice.caseOf(contact);
    practice.itIs("2026-12-17T14:00");
    conference = family.conference(contact, london("2026-12-17T10:00"));
    aoife = family.wholePlan(contact, "Aoife", conference);
    zoe = family.wholePlan(contact, "Zoë", conference);
    family.visits(contact, aoife);
    family.visits(contact, zoe);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Asked, refused, settled.

  @Test
  void the_other_teams_manager_answers_in_two_working_days_or_the_service_manager_is_asked_once() {
    practice.itIs("2026-12-23T15:00");
    UUID move = asked();
    assertThat(practice.groupsOf(moving.task(TAKE, move))).containsExactly("south.team-manager");
    assertThat(moving.task(TAKE, move).getDueDate()).isEqualTo(london("2026-12-29T17:00"));
    practice.itIs("2026-12-29T16:59:59");
    practice.timersFire();
    assertThat(record.asked(moving.clock("TakeFamilyOn", move))).isEmpty();
    practice.itIs("2026-12-29T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("TakeFamilyOn", move))).containsExactly("service-manager");
  }

  @Test
  void the_manager_sees_who_comes_and_what_it_means_and_names_somebody_of_the_own_team() {
    UUID move = asked();
    Map<String, Object> page = forms.prefilled(moving.task(TAKE, move), "south-manager");
    assertThat(page.get("moveText")).asString().contains("Aoife").contains("from North to South");
    assertThat(page.get("weighedText")).asString().contains("The risk rises.").contains("Nobody there knows them.");
    assertThatThrownBy(() -> moving.handIn("south-manager", TAKE, move, Map.of("takenOn", "yes"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("who of your team");
    assertThatThrownBy(() -> moving.handIn("south-manager", TAKE, move, Map.of("takenOn", "yes", "worker", "worker")))
        .isInstanceOf(Refusal.class).hasMessageContaining("not offered");
    assertThatThrownBy(() -> moving.handIn("south-manager", TAKE, move, Map.of("takenOn", "no"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("Say why");
  }

  @Test
  void a_refusal_goes_to_the_service_manager_who_may_ask_again() {
    UUID move = asked();
    refuse(move);
    assertThat(practice.groupsOf(moving.task(SETTLE, move))).containsExactly("service-manager");
    assertThat(moving.task(SETTLE, move).getDueDate()).isEqualTo(london("2026-12-21T17:00"));
    assertThat(forms.prefilled(moving.task(SETTLE, move), "service-manager").get("refusedText")).isEqualTo("Nobody has room.");
    assertThat(families.teams(family.caseOf(contact))).as("everything stays where it is").containsExactly("north");

    practice.itIs("2026-12-21T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("SettleHandover", move))).containsExactly("head-of-service");
    practice.itIs("2026-12-22T10:00");
    moving.handIn("service-manager", SETTLE, move, Map.of("goesAhead", "yes", "why", "Leila has room."));
    assertThat(moving.task(TAKE, move).getDueDate()).as("asked anew").isEqualTo(london("2026-12-24T17:00"));
  }

  @Test
  void a_handover_that_does_not_go_ahead_leaves_everything_where_it_was() {
    UUID move = asked();
    ProcessInstance transfer = moving.process("team-transfer", move);
    refuse(move);
    moving.handIn("service-manager", SETTLE, move, Map.of("goesAhead", "no", "why", "They come back in March."));
    assertThat(transfer).isEnded().hasPassed(findId("Handover settled"), findId("Transfer to team refused"));
    assertThat(families.teams(family.caseOf(contact))).containsExactly("north");
    assertThat(visit(aoife).getDueDate()).isEqualTo(london("2027-01-05T17:00"));
  }

  // Accepted: all of it at one moment.

  @Test
  void the_acceptance_shows_what_there_is_to_take_over() {
    UUID move = acceptanceWaits(asked());
    assertThat(practice.groupsOf(moving.task(ACCEPT, move))).containsExactly("south.team-manager");
    assertThat(moving.task(ACCEPT, move).getDueDate()).isEqualTo(london("2026-12-18T17:00"));
    Map<String, Object> page = forms.prefilled(moving.task(ACCEPT, move), "south-manager");
    assertThat(page.get("workerText")).isEqualTo("Leila Haddad");
    assertThat(page.get("onlySome")).isEqualTo(false);
    assertThat(page.get("takenOverText")).asString().contains("Visit child: by Tuesday 5 January 2027 at 17:00")
        .contains("2 agreed actions are open").contains("no visit of ours is recorded").contains("No assessment is complete")
        .containsPattern("The chronology has \\d+ entries");
    practice.itIs("2026-12-18T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("AcceptFamily", move))).containsExactly("service-manager");
  }

  @Test
  void at_one_moment_everything_is_the_new_teams() {
    claim("worker", visit(aoife));
    claim("out-of-hours", visit(zoe));
    UUID move = acceptanceWaits(asked());
    practice.itIs("2027-01-05T17:00");
    practice.timersFire();
    Task late = question("VisitChild", aoife);
    assertThat(practice.groupsOf(late)).containsExactly("north.team-manager");
    List<String> before = names(taskList("worker"));
    assertThat(before).contains("Record visit", "Announce move");

    ProcessInstance process = moving.process("family-move", move);
    moving.handIn("south-manager", ACCEPT, move, Map.of("accepted", "yes", "notReady", "The visit is late; Leila goes tomorrow."));

    assertThat(record.texts("select team || ', ' || (until is null) || ', ' || (since = ?::timestamptz or until = ?::timestamptz) "
        + "from responsibility r join family_case f on f.id = r.case_id where f.reference = ? order by 1", "2027-01-05T17:00Z",
        "2027-01-05T17:00Z", reference))
        .containsExactly("north, false, true", "north, false, true", "north, false, true", "south, true, true", "south, true, true",
            "south, true, true");
    assertThat(record.texts("select distinct user_id || ', ' || why from lead_professional l join family_case f on f.id = l.case_id "
        + "where f.reference = ? and until is null", reference))
        .containsExactly("south-worker, The family moved to the team South.");
    assertThat(record.text("select accepted_by || ', ' || (passed_at = accepted_at) from move where id = ?", move))
        .isEqualTo("Peter Novak, true");

    assertThat(practice.groupsOf(visit(aoife))).containsExactly("out-of-hours", "south.social-worker", "south.team-manager");
    assertThat(visit(aoife).getAssignee()).as("the old worker").isNull();
    assertThat(visit(zoe).getAssignee()).as("who is asked still").isEqualTo("out-of-hours");
    assertThat(visit(aoife).getDueDate()).as("no date has moved").isEqualTo(london("2027-01-05T17:00"));
    assertThat(practice.groupsOf(late)).containsExactly("south.team-manager");
    assertThat(taskList("worker")).as("the former team").isEmpty();
    assertThat(taskList("manager")).isEmpty();
    assertThat(names(taskList("south-worker"))).contains("Record visit", "Announce move", "Tell family");
    assertThat(names(taskList("south-manager"))).contains("Agree what happens now");
    assertThat(maySee("worker")).isFalse();
    assertThat(maySee("manager")).isFalse();
    assertThat(maySee("south-worker")).isTrue();
    assertThatThrownBy(() -> menu.chooseOnCase("worker", reference, "protect", Map.of("why", "I know them."))).hasMessageContaining("404");

    // who is asked next about what was late before is asked in the new team's line, and the first one still is
    practice.itIs("2027-01-07T17:00");
    practice.timersFire();
    assertThat(practice.groupsOf(late)).contains("south.team-manager", "service-manager").doesNotContain("north.team-manager");

    assertThat(process).isWaitingAt(findId("Tell family"));
    moving.handIn("south-worker", "Tell family", move, aFamilyTold());
    assertThat(process).isEnded().hasPassed(findId("Move to team"), findId("Family handed over"));
    assertThat(engine.getHistoryService().createHistoricActivityInstanceQuery().activityId("Event_FamilyMovedToTeam").finished().count())
        .isPositive();
  }

  @Test
  void where_one_part_fails_nothing_has_moved() {
    UUID move = acceptanceWaits(asked());
    record.change("update move set worker = null where id = ?", move);
    assertThatThrownBy(() -> moving.handIn("south-manager", ACCEPT, move, Map.of("accepted", "yes"))).isNotNull();
    assertThat(families.teams(family.caseOf(contact))).containsExactly("north");
    assertThat(practice.groupsOf(visit(aoife))).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(record.count("select count(*) from move where id = ? and accepted_at is null and passed_at is null", move)).isEqualTo(1);
    assertThat(moving.tasks(ACCEPT, move)).hasSize(1);
  }

  @Test
  void an_acceptance_by_the_other_team_passes_each_child_once() {
    UUID move = acceptanceWaits(asked());
    moving.handIn("south-manager", ACCEPT, move, Map.of("accepted", "yes"));
    assertThatThrownBy(() -> record.change("insert into responsibility (person_id, case_id, team, since, passed_by) "
        + "select person_id, case_id, 'south', now(), ? from responsibility where person_id = ?::uuid and until is null",
        move, family.child(contact, "Zoë"))).hasMessageContaining("one_holder_per_child");
  }

  // Some of the children.

  @Test
  void a_child_who_moves_without_the_others_gets_a_case_of_their_own_with_what_is_about_none_who_stays() {
    String child = family.child(contact, "Aoife");
    family.members(contact);
    UUID hers = UUID.fromString(record.text("select id::text from agreed_action where for_child = ?::uuid", child));
    UUID both = actions.agree(conference, family.caseOf(contact), "Ring the landlord", "Sam Carter", "social-care",
        LocalDate.parse("2027-01-20"), null,
        new Meetings.Terms(true, null), london("2026-12-17T14:00"), "chair");
    held.begin("ActionAgreed", contact, hers);
    held.begin("ActionAgreed", contact, both);
    UUID move = moving.moves(contact, newsOfTeam("children", List.of(child)));
    moving.prepared(move);
    acceptanceWaits(move);
    assertThat(forms.prefilled(moving.task(ACCEPT, move), "south-manager").get("onlySome")).isEqualTo(true);
    moving.handIn("south-manager", ACCEPT, move, Map.of("accepted", "yes"));

    String other = record.text("select f.reference from move m join family_case f on f.id = m.case_id where m.id = ?", move);
    UUID otherCase = families.idOf(other).orElseThrow();
    assertThat(other).isNotEqualTo(reference);
    assertThat(families.children(otherCase)).extracting(one -> one.value()).containsExactly(child);
    assertThat(families.teams(otherCase)).containsExactly("south");
    assertThat(families.teams(family.caseOf(contact))).containsExactly("north");

    for (UUID subject : List.of(aoife, hers)) {
      assertThat(caseOfProcess(subject)).as("goes along").isEqualTo(other + ", " + other);
      assertThat(record.texts("select distinct f.reference from clock c join family_case f on f.id = c.case_id where c.subject_id = ? "
          + "and c.ended_at is null", subject))
          .containsExactly(other);
    }
    for (UUID subject : List.of(zoe, both)) {
      assertThat(caseOfProcess(subject)).as("stays").isEqualTo(reference + ", " + reference);
    }
    assertThat(caseOfProcess(move)).isEqualTo(other + ", " + other);
    assertThat(visit(aoife).getDueDate()).isEqualTo(london("2027-01-05T17:00"));
    assertThat(practice.groupsOf(visit(aoife))).containsExactly("out-of-hours", "south.social-worker", "south.team-manager");
    assertThat(practice.groupsOf(visit(zoe))).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(names(taskList("worker"))).contains("Record visit").doesNotContain("Tell family");
    assertThat(names(taskList("south-worker"))).contains("Record visit", "Tell family", "Arrange core group");
    assertThat(record.texts("select name from core_group_member where case_id = ? order by 1", otherCase)).hasSize(3)
        .contains("Joan Patel");

    CaseFile.File read = file.open(otherCase, null, "south-worker", "South", false, name -> name, code -> code);
    assertThat(read.chronology()).extracting(CaseFile.Line::what).as("what was known when they split")
        .contains("Contact received", "Move learned", "Case split");
    assertThat(read.meetings()).as("the conference they share").hasSizeGreaterThanOrEqualTo(2);
    moving.handIn("south-worker", "Tell family", move, aFamilyTold());
    assertThat(record.texts("select f.reference from chronology_entry e join family_case f on f.id = e.case_id "
        + "where e.what = 'Family told' and e.subject_id = ?", move))
        .containsExactly(other);
    // what happens to those who stayed is no business of theirs
    menu.chooseOnCase("worker", reference, "protect", Map.of("why", "Zoë is ill."));
    assertThat(file.open(otherCase, null, "south-worker", "South", false, name -> name, code -> code).chronology())
        .extracting(CaseFile.Line::what).doesNotContain("Protection needed");
  }

  @Test
  void a_manager_who_splits_a_case_takes_plans_visits_and_actions_along_too() {
    String child = family.child(contact, "Zoë");
    menu.chooseOnCase("manager", reference, "split", Map.of("children", List.of(child), "why", "She lives with her father now."));
    String other = record.text("select f.reference from plan p join family_case f on f.id = p.case_id where p.id = ?", zoe);
    assertThat(other).isNotEqualTo(reference);
    assertThat(caseOfProcess(zoe)).isEqualTo(other + ", " + other);
    assertThat(caseOfProcess(aoife)).isEqualTo(reference + ", " + reference);
    practice.handIn("worker", visit(zoe).getId(), PlannedFamily.seen());
    assertThat(record.texts("select f.reference from chronology_entry e join family_case f on f.id = e.case_id "
        + "where e.what = 'Child visited' and e.subject_id = ?", zoe))
        .containsExactly(other);
    assertThat(visit(zoe).getDueDate()).as("and so on").isEqualTo(london("2027-01-05T17:00"));
  }

  @Test
  void where_every_child_with_a_plan_leaves_the_core_group_and_their_enquiry_go_along() {
    family.members(contact);
    ProcessInstance coreGroup = family.coreGroup(contact, conference);
    UUID enquiry = UUID.randomUUID();
    record.change("insert into enquiry (id, case_id, decided_by, opened_at) values (?, ?, ?, now())", enquiry,
        family.caseOf(contact), conference);
    record.change("insert into enquiry_child (enquiry_id, person_id, how, begun_at) values (?, ?::uuid, 'joint', now())",
        enquiry, family.child(contact, "Zoë"));
    menu.chooseOnCase("manager", reference, "split", Map.of("children", List.of(family.child(contact, "Aoife"),
        family.child(contact, "Zoë")), "why", "The baby stays."));

    String other = record.text("select f.reference from plan p join family_case f on f.id = p.case_id where p.id = ?", zoe);
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(coreGroup.getId()).singleResult().getBusinessKey())
        .isEqualTo(other);
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("core-group").count()).as("no second one")
        .isEqualTo(1);
    assertThat(record.texts("select f.reference from enquiry q join family_case f on f.id = q.case_id where q.id = ?", enquiry))
        .containsExactly(other);
    assertThat(record.texts("select distinct f.reference from core_group_member m join family_case f on f.id = m.case_id "
        + "where m.name = 'Joan Patel' and f.reference in (?, ?)", reference, other)).containsExactly(other);
    assertThat(coreGroup).isWaitingAt(findId("Arrange core group"));
  }

  // Hands.

  private UUID asked() {
    UUID move = moving.moves(contact, newsOfTeam());
    moving.prepared(move);
    return move;
  }

  private void refuse(UUID move) {
    moving.handIn("south-manager", TAKE, move, Map.of("takenOn", "no", "refusedWhy", "Nobody has room."));
  }

  private UUID acceptanceWaits(UUID move) {
    moving.understood(move);
    return move;
  }

  private void claim(String user, Task task) {
    practice.as(user, () -> engine.getTaskService().claim(task.getId(), user));
  }

  private Task visit(UUID plan) {
    return moving.task("Record visit", plan);
  }

  private Task question(String obligation, UUID subject) {
    return engine.getTaskService().createTaskQuery().taskName("Agree what happens now")
        .processVariableValueEquals("lateClockRef", moving.clock(obligation, subject).id().toString()).singleResult();
  }

  /** The business key and the case of the process about a subject. */
  private String caseOfProcess(UUID subject) {
    ProcessInstance process = engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances()
        .variableValueEquals("subjectRef", subject.toString()).list().stream()
        .filter(one -> !List.of("notice", "succession").contains(one.getProcessDefinitionKey())).findFirst().orElseThrow();
    return process.getBusinessKey() + ", " + engine.getRuntimeService().getVariable(process.getId(), "caseRef");
  }

  private List<Task> taskList(String user) {
    List<Task> found = new ArrayList<>();
    practice.as(user, () -> found.addAll(engine.getTaskService().createTaskQuery().listPage(0, 100)));
    return found;
  }

  private static List<String> names(List<Task> tasks) {
    return tasks.stream().map(Task::getName).distinct().toList();
  }

  private boolean maySee(String user) {
    return sight.maySee(directory.groupsOf(user), family.caseOf(contact), null);
  }
}
