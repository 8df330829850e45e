package org.followthrough.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.HeldMeeting.written;
import static org.followthrough.Practice.london;

import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.followthrough.Year;
import org.followthrough.page.Refusal;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who takes a task, gives it back, and gives it to somebody, as Tasklist asks the engine for it; and what a second person must do. */
@InTheHouse
class AssignmentTest {

  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final String NOT_YOURS = "This task is done, or it is not yours.";
  private static final String SAM_HAS_IT =
      "Sam Carter has this task. They can give it back, or a manager of the team gives it to somebody else.";
  private static final String ONLY_A_MANAGER = "Only a manager of the team that holds the case gives a task to somebody else.";

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Year year;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private final Map<String, Visitor> signedIn = new HashMap<>();
  private String contact;
  /** Whose it may be: social workers and managers of the North, and out of hours. */
  private Task protection;

  @BeforeEach
  void aChildOfTheNorthNeedsProtecting() {
    practice.itIs("2026-11-16T10:00");
    contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    protection = practice.task("Arrange protection", contact);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  /** What somebody asks for with a task. */
  private record Ask(String path, Map<String, Object> body) {

    static Ask claim(String user) {
      return new Ask("claim", Collections.singletonMap("userId", user));
    }

    static Ask assignee(String user) {
      return new Ask("assignee", Collections.singletonMap("userId", user));
    }

    static Ask unclaim() {
      return new Ask("unclaim", Map.of());
    }

    static Ask link(String how, String user) {
      return new Ask(how, Map.of("userId", user, "type", "assignee"));
    }
  }

  private Visitor at(String person) {
    return signedIn.computeIfAbsent(person, one -> {
      Visitor visitor = Visitor.at(port, one);
      visitor.get("/camunda/app/tasklist/default/");
      return visitor;
    });
  }

  private HttpResponse<String> ask(String person, Task task, Ask ask) {
    return at(person).json("POST", ENGINE + "/task/" + task.getId() + "/" + ask.path(), ask.body());
  }

  private void may(String person, Task task, Ask ask, String assignee) {
    HttpResponse<String> answer = ask(person, task, ask);
    assertThat(answer.statusCode()).as("%s %s: %s", person, ask, answer.body()).isEqualTo(204);
    assertThat(assignee(task)).as("%s %s", person, ask).isEqualTo(assignee);
  }

  /** Refused, in one plain sentence, and nothing has changed. */
  private void mayNot(String person, Task task, Ask ask, String sentence) {
    String before = assignee(task);
    HttpResponse<String> answer = ask(person, task, ask);
    assertThat(answer.statusCode()).as("%s %s: %s", person, ask, answer.body()).isEqualTo(403);
    assertThat(Visitor.read(answer).path("message").asText()).as("%s %s", person, ask).isEqualTo(sentence);
    assertThat(assignee(task)).as("%s %s", person, ask).isEqualTo(before);
  }

  private String assignee(Task task) {
    return engine.getTaskService().createTaskQuery().taskId(task.getId()).singleResult().getAssignee();
  }

  // Given back -------------------------------------------------------------------------------------------------------

  @Test
  void whoever_has_a_task_gives_it_back_and_everybody_who_may_do_it_can_take_it() {
    may("worker", protection, Ask.claim("worker"), "worker");
    may("worker", protection, Ask.unclaim(), null);
    may("out-of-hours", protection, Ask.claim("out-of-hours"), "out-of-hours");
    may("out-of-hours", protection, Ask.assignee(null), null);
    may("manager", protection, Ask.claim("manager"), "manager");
    may("manager", protection, Ask.link("identity-links/delete", "manager"), null);

    assertThat(engine.getHistoryService().createUserOperationLogQuery().taskId(protection.getId()).property("assignee").list())
        .as("who did it is kept").extracting(one -> one.getUserId() + ": " + one.getOrgValue() + " to " + one.getNewValue())
        .containsExactlyInAnyOrder("worker: null to worker", "worker: worker to null", "out-of-hours: null to out-of-hours",
            "out-of-hours: out-of-hours to null", "manager: null to manager", "manager: manager to null");
  }

  @Test
  void a_task_that_the_model_gave_to_somebody_is_given_back_too() {
    String started = practice.contactOf(practice.start("contact"));
    Task page = practice.task("Record contact", started);
    assertThat(assignee(page)).isEqualTo("contact");
    may("contact", page, Ask.unclaim(), null);
    may("out-of-hours", page, Ask.claim("out-of-hours"), "out-of-hours");
  }

  // Nobody takes it away ---------------------------------------------------------------------------------------------

  private static Stream<Ask> takingAway() {
    return Stream.of(Ask.claim("out-of-hours"), Ask.claim(null), Ask.claim("manager"), Ask.unclaim(), Ask.assignee("out-of-hours"),
        Ask.assignee(null), Ask.assignee("manager"), Ask.link("identity-links", "out-of-hours"),
        Ask.link("identity-links/delete", "worker"));
  }

  @Test
  void a_colleague_does_not_take_a_task_from_whoever_has_it() {
    may("worker", protection, Ask.claim("worker"), "worker");
    takingAway().forEach(ask -> mayNot("out-of-hours", protection, ask, SAM_HAS_IT));
  }

  @Test
  void nobody_claims_a_task_that_somebody_has_not_even_their_manager() {
    may("worker", protection, Ask.claim("worker"), "worker");
    mayNot("manager", protection, Ask.claim("manager"), SAM_HAS_IT);
  }

  @Test
  void a_colleague_gives_a_task_to_nobody_else() {
    for (Ask ask : List.of(Ask.claim("out-of-hours"), Ask.assignee("out-of-hours"), Ask.link("identity-links", "manager"))) {
      mayNot("worker", protection, ask, ONLY_A_MANAGER);
    }
    may("worker", protection, Ask.claim("worker"), "worker");
    mayNot("worker", protection, Ask.assignee("out-of-hours"), ONLY_A_MANAGER);
  }

  @Test
  void who_may_not_see_a_task_moves_it_nowhere() {
    for (String person : List.of("south-worker", "south-manager", "police", "school", "chair", "designer")) {
      Stream.concat(takingAway(), Stream.of(Ask.claim(person))).forEach(ask -> mayNot(person, protection, ask, NOT_YOURS));
    }
  }

  @Test
  void a_task_that_is_not_there_looks_like_one_of_others() {
    HttpResponse<String> answer = Visitor.at(port).withBasic("admin", "admin-demo")
        .json("POST", "/engine-rest/task/no-such-task/unclaim", Map.of());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Visitor.read(answer).path("message").asText()).isEqualTo(NOT_YOURS);
  }

  // A manager gives it -----------------------------------------------------------------------------------------------

  @Test
  void a_manager_of_the_case_and_operations_give_it_to_somebody_whose_it_may_be_and_back_for_somebody_on_leave() {
    List.of("manager", "service-manager", "head", "admin").forEach(this::gives);
  }

  private void gives(String person) {
    may("worker", protection, Ask.claim("worker"), "worker");
    may(person, protection, Ask.assignee("out-of-hours"), "out-of-hours");
    may(person, protection, Ask.assignee(null), null);
    may(person, protection, Ask.link("identity-links", "worker"), "worker");
    may(person, protection, Ask.unclaim(), null);
    for (String other : List.of("police", "south-worker", "admin", "chair")) {
      HttpResponse<String> answer = ask(person, protection, Ask.assignee(other));
      assertThat(answer.statusCode()).as(other).isEqualTo(403);
      assertThat(Visitor.read(answer).path("message").asText()).as(other)
          .endsWith(" cannot do this task. It is for: North social worker, North team manager, Out of hours.");
    }
    mayNot(person, protection, Ask.assignee("nobody-of-ours"), "Nobody of this user name works here.");
    assertThat(assignee(protection)).isNull();
  }

  @Test
  void operations_take_no_familys_task_themselves() {
    for (Ask ask : List.of(Ask.claim("admin"), Ask.assignee("admin"))) {
      mayNot("admin", protection, ask, "You cannot do this task. It is for: North social worker, North team manager, Out of hours.");
    }
  }

  @Test
  void a_manager_gives_also_what_is_not_in_their_own_list_by_name_from_the_case() {
    String family = practice.caseOf(contact);
    Task writing = practice.task("Write assessment", contact);
    assertThat(practice.taskList("manager", contact)).doesNotContain("Write assessment");
    may("worker", writing, Ask.claim("worker"), "worker");

    menu.chooseOnCase("manager", family, "give-task", Map.of("task", writing.getId(), "who", "nobody"));
    assertThat(assignee(writing)).isNull();
    menu.chooseOnCase("manager", family, "give-task", Map.of("task", writing.getId(), "who", "worker"));
    assertThat(assignee(writing)).isEqualTo("worker");
    assertThatThrownBy(() -> menu.chooseOnCase("manager", family, "give-task", Map.of("task", writing.getId(), "who", "out-of-hours")))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("who"))
        .hasMessage("Tom Okafor cannot do this task. It is for: North social worker.");
    assertThatThrownBy(() -> menu.chooseOnCase("manager", family, "give-task", Map.of("task", writing.getId(), "who", "police")))
        .isInstanceOf(Refusal.class).hasMessageContaining("a choice that is not offered");
    assertThatThrownBy(() -> menu.chooseOnCase("worker", family, "give-task", Map.of("task", writing.getId(), "who", "nobody")))
        .isInstanceOf(Refusal.class).hasMessageContaining("not possible");
    assertThat(engine.getHistoryService().createUserOperationLogQuery().taskId(writing.getId()).property("assignee").list())
        .extracting(one -> one.getUserId() + ": " + one.getNewValue())
        .containsExactlyInAnyOrder("worker: worker", "manager: null", "manager: worker");
  }

  // A second person --------------------------------------------------------------------------------------------------

  /** Each page that a second person must do: whose it is, how it comes about, who was the first, and what they are told. */
  static Stream<Arguments> secondPersons() {
    return Stream.of(
        Arguments.of("Decide response", "contact", "north.team-manager", "You took this contact down yourself."),
        Arguments.of("Agree minutes", "out-of-hours", null, "You wrote these minutes yourself."),
        Arguments.of("Agree assessment", "worker", "north.team-manager", "You wrote this assessment yourself."),
        Arguments.of("Confirm action", "worker", null, "You reported this yourself."),
        Arguments.of("Decide finding", "worker", "north.team-manager", "You wrote the analysis."),
        Arguments.of("Accept support", "worker", null, "This was handed to somebody else by name."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secondPersons")
  void what_a_second_person_must_do_is_neither_offered_nor_given_to_the_first(String label, String first, String role, String sentence) {
    IdentityService identity = engine.getIdentityService();
    if (role != null) {
      identity.createMembership(first, role);
    }
    try {
      Task task = comesAbout(label, first);
      assertThat(at(first).get("/api/cards?tasks=" + task.getId()).body()).as("what the list says").contains("\"notForYou\":\"" + sentence);
      HttpResponse<String> refused = ask(first, task, Ask.claim(first));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(Visitor.read(refused).path("message").asText()).startsWith(sentence);
      HttpResponse<String> given = ask("manager", task, Ask.assignee(first));
      assertThat(given.statusCode()).isEqualTo(403);
      assertThat(Visitor.read(given).path("message").asText()).contains(" cannot do this task. Its page tells them: “" + sentence);
      assertThatThrownBy(() -> practice.handIn(first, task.getId(), Map.of())).isInstanceOf(Refusal.class).hasMessageStartingWith(sentence);

      // whoever has it all the same, because it was theirs before, gives it back
      engine.getTaskService().setAssignee(task.getId(), first);
      may(first, task, Ask.unclaim(), null);
      assertThat(at("manager").get("/api/cards?tasks=" + task.getId()).body()).contains("\"notForYou\":null");
      may("manager", task, Ask.claim("manager"), "manager");
    } finally {
      if (role != null) {
        identity.deleteMembership(first, role);
      }
    }
  }

  private Task comesAbout(String label, String first) {
    switch (label) {
      case "Decide response" -> contact = practice.aRecordedContact("Niall");
      case "Agree minutes" -> {
        meetings.about(contact, london("2026-11-16T09:00"), "police", "health");
        practice.handIn(first, "Write minutes", contact, written());
      }
      case "Agree assessment" -> {
        year.begins(contact);
        Task writing = practice.task("Write assessment", contact);
        practice.handIn(first, writing.getId(), year.answer(writing));
      }
      case "Confirm action" -> {
        meetings.agreed(contact, london("2026-11-16T09:00"), Map.of("agency", "social-care", "who", "Sam Carter"));
        practice.handIn(first, "Report on action", contact, Map.of("stands", "done", "evidence", "He told me."));
      }
      case "Decide finding" -> {
        contact = practice.aRecordedContact("Aoife");
        practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
        year.begins(contact);
        year.answer("Agree action", (task, shown) -> Map.of("agreed", "nothing"));
        year.keepBack(task -> Set.of(label, "Write minutes", "Write assessment").contains(task.getName()));
        year.everybodyWorks();
      }
      case "Accept support" -> {
        contact = practice.aRecordedContact("Aoife");
        practice.handIn("manager", "Decide response", contact, practice.aDecision("early-help"));
        practice.handIn("manager", "Arrange support", contact, Map.of("kind", "early-help",
            "children", List.of(record.child(contact, "Aoife")), "help", "Breakfast club every day.", "receiver", "worker",
            "receiverUser", "worker", "lead", "worker"));
        record.change("update support set receiver_user = 'chair' where receiver_user = 'worker' and accepted_at is null");
      }
      default -> throw new AssertionError(label);
    }
    return practice.task(label, contact);
  }
}
