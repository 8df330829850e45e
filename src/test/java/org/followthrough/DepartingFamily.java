package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Clocks;
import org.followthrough.page.Submission;
import org.followthrough.tasklist.Menu;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A family that is on the move, as people tell of it, and the pages that follow. */
@Component
public class DepartingFamily {

  private final Practice practice;
  private final Menu menu;
  private final JdbcClient jdbc;
  private final Clocks clocks;
  private final RuntimeService runtime;
  private final TaskService tasks;

  DepartingFamily(Practice practice, Menu menu, JdbcClient jdbc, Clocks clocks, ProcessEngine engine) {
    this.practice = practice;
    this.menu = menu;
    this.jdbc = jdbc;
    this.clocks = clocks;
    this.runtime = engine.getRuntimeService();
    this.tasks = engine.getTaskService();
  }

  /** What somebody learns now: the family goes to another authority that is not connected, for good. */
  public static Map<String, Object> news(Object... changes) {
    String now = LocalDateTime.ofInstant(ClockUtil.getCurrentTime().toInstant(), Submission.LONDON).toString().substring(0, 16);
    return Practice.page(Map.of("destination", "england-or-wales", "authority", "Felpersham", "onlyForATime", "no", "learnedAt", now,
        "learnedFrom", "Joan Patel, head teacher", "address", "5 Quay Street", "why", "They have a flat there."), changes);
  }

  /** The same to the team South. */
  public static Map<String, Object> newsOfTeam(Object... changes) {
    return Practice.page(Practice.page(news("destination", "team", "team", "south", "authority", null)), changes);
  }

  /** A worker says so on the case of a contact; returns the move. */
  public UUID moves(String contact, Map<String, Object> news) {
    String reference = practice.caseOf(contact);
    menu.chooseOnCase("worker", reference, "family-moves", news);
    return jdbc.sql("select m.id from move m join family_case f on f.id = m.case_id where f.reference = ? "
        + "order by m.learned_at desc, m.ended_at nulls first limit 1")
        .param(reference).query(UUID.class).single();
  }

  /** The running instance of a process about a move. */
  public ProcessInstance process(String process, UUID move) {
    return runtime.createProcessInstanceQuery().processDefinitionKey(process).variableValueEquals("subjectRef", move.toString())
        .singleResult();
  }

  /** The open tasks of this name about a move. */
  public List<Task> tasks(String label, UUID move) {
    return tasks.createTaskQuery().processVariableValueEquals("subjectRef", move.toString()).taskName(label).orderByTaskCreateTime()
        .asc().list();
  }

  /** The one open task of this name about a move. */
  public Task task(String label, UUID move) {
    List<Task> open = tasks(label, move);
    assertThat(open).as("open tasks “%s” of %s", label, move).hasSize(1);
    return open.get(0);
  }

  public void handIn(String user, String label, UUID move, Map<String, Object> page) {
    practice.handIn(user, task(label, move).getId(), page);
  }

  /** The questions to managers on a case. */
  public List<Task> questions(String reference) {
    return tasks.createTaskQuery().processVariableValueEquals("caseRef", reference).taskName("Agree what happens now").list();
  }

  /** The newest clock of an obligation about a move. */
  public Clocks.Running clock(String obligation, UUID move) {
    return clocks.newest(obligation, move);
  }

  /** Leila takes them on and has been understood. The acceptance of the other team waits. */
  public void understood(UUID move) {
    handIn("south-manager", "Take family on", move, Map.of("takenOn", "yes", "worker", "south-worker"));
    handIn("south-worker", "Write understanding", move, MovingFamily.understanding());
    handIn("worker", "Confirm understanding", move, Map.of("understood", "yes"));
  }

  // Pages.

  public static Map<String, Object> aFirstCall(Object... changes) {
    return Practice.page(Map.of("spokeWith", "Ines Osei, duty social worker", "reach", "01632 960300", "told", "Two girls with a plan.",
        "safety", "Sam Carter sees them every day until then.", "callerReach", "01632 960100"), changes);
  }

  public static Map<String, Object> aWeighing(Object... changes) {
    return Practice.page(Map.of("distance", "Forty miles.", "supportLost", "Their aunt.", "newServices", "The school has confirmed.",
        "appointments", "The hospital on 11 January.", "networkThen", "A new school; nobody else yet.",
        "risk", "rises", "comesTo", "Nobody there knows them.", "nobodyBehindWhy", "All go on by telephone."), changes);
  }

  public static Map<String, Object> aFamilyTold(Object... changes) {
    return Practice.page(Map.of("toldBy", "Sam Carter and Leila Haddad", "childWords", "Leila comes to you now.",
        "childrenSaid", "Aoife asked why.", "parentsSaid", "Their mother wanted Sam to stay.",
        "whyAgain", "They live in the South now."), changes);
  }

  /** Told, called and weighed up; who stays behind is given. */
  public void prepared(UUID move, Object... weighing) {
    handIn("worker", "Make first call", move, aFirstCall());
    handIn("worker", "Weigh up move", move, aWeighing(weighing));
  }
}
