package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Clocks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the record's tables hold, for tests that look behind the screens. */
@Component
public class TheRecord {

  private final JdbcClient jdbc;
  private final Clocks clocks;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final ManagementService management;

  TheRecord(JdbcClient jdbc, Clocks clocks, ProcessEngine engine) {
    this.jdbc = jdbc;
    this.clocks = clocks;
    this.runtime = engine.getRuntimeService();
    this.tasks = engine.getTaskService();
    this.management = engine.getManagementService();
  }

  /** The open tasks and timers of a family whose date is not that of the clock they hang on, row by row; empty where all agree. */
  public List<String> datesThatDisagree(String caseRef) {
    List<String> wrong = new ArrayList<>();
    for (Task task : tasks.createTaskQuery().processVariableValueEquals("caseRef", caseRef).list()) {
      Object clock = task.getProcessDefinitionId().startsWith("escalation:") ? null : tasks.getVariable(task.getId(), "clockRef");
      Clocks.Running running = clock == null ? null : clocks.get(UUID.fromString(clock.toString()));
      if (running != null && !running.dueAt().equals(task.getDueDate().toInstant())) {
        wrong.add(task.getName() + ": the task " + task.getDueDate().toInstant() + ", the clock " + running.dueAt());
      }
    }
    for (var instance : runtime.createProcessInstanceQuery().variableValueEquals("caseRef", caseRef).list()) {
      for (Job timer : management.createJobQuery().processInstanceId(instance.getId()).timers().list()) {
        Object clock = instance.getProcessDefinitionId().startsWith("escalation:") ? null
            : runtime.getVariable(timer.getExecutionId(), "clockRef");
        Clocks.Running running = clock == null ? null : clocks.get(UUID.fromString(clock.toString()));
        if (running != null && !Set.of(running.dueAt(), running.counted().amberAt()).contains(timer.getDuedate().toInstant())) {
          wrong.add(running.obligation() + ": the timer " + timer.getDuedate().toInstant() + ", the clock " + running.dueAt());
        }
      }
    }
    return wrong;
  }

  /** The texts that a query finds. */
  public List<String> texts(String sql, Object... params) {
    return jdbc.sql(sql).params(params).query((row, n) -> row.getString(1)).list();
  }

  /** The one text that a query finds. */
  public String text(String sql, Object... params) {
    List<String> found = texts(sql, params);
    assertThat(found).as(sql).hasSize(1);
    return found.get(0);
  }

  /** The one moment that a query finds. */
  public Instant moment(String sql, Object... params) {
    return jdbc.sql(sql).params(params).query(Timestamp.class).single().toInstant();
  }

  /** How many rows a query counts. */
  public int count(String sql, Object... params) {
    return jdbc.sql(sql).params(params).query(Integer.class).single();
  }

  /** Changes the record past the application, for what a test must put right again. */
  public void change(String sql, Object... params) {
    jdbc.sql(sql).params(params).update();
  }

  /** The clocks of an obligation on a contact, the newest first. */
  public List<Clocks.Running> clocks(String obligation, String contact) {
    return jdbc.sql("""
            select k.id from clock k join contact c on c.id = k.contact_id
            where k.obligation = ? and c.reference = ? order by k.opened_at desc""")
        .params(obligation, contact).query(UUID.class).list().stream().map(clocks::get).toList();
  }

  /** The one clock of an obligation on a contact. */
  public Clocks.Running clock(String obligation, String contact) {
    List<Clocks.Running> found = clocks(obligation, contact);
    assertThat(found).as("clocks of %s on %s", obligation, contact).hasSize(1);
    return found.get(0);
  }

  /** Who was asked about a late obligation, level by level: the groups of each level, comma separated. */
  public List<String> asked(Clocks.Running late) {
    return texts("select asked from escalation_step where clock_id = ? order by level", late.id());
  }

  /** What the chronology of a contact says happened, in the order in which it was written. */
  public List<String> chronology(String contact) {
    return texts("""
        select e.what from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? order by e.position""",
        contact);
  }

  /** The child of this first name on a contact. */
  public String child(String contact, String firstName) {
    return text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.typed ->> 'firstName' = ?", contact, firstName);
  }

  /** What a family's children were protected by, in the order in which it was recorded: first name, kind, what followed. */
  public List<String> protections(String caseRef) {
    return texts("""
        select coalesce(nullif(n.first_name, ''), 'Unborn') || ': ' || p.kind || coalesce(', ' || p.followed_by, '')
        from protection p join family_case f on f.id = p.case_id
        left join person_name n on n.person_id = p.person_id and n.position = 1
        where f.reference = ? order by p.recorded_at, 1""", caseRef);
  }

  /** The effect of the standing decision on each child of a contact, by first name. */
  public List<String> effects(String contact) {
    return texts("""
        select n.first_name || ': ' || d.response || ', ' || d.effect
        from decision_child d join decision x on x.id = d.decision_id and x.taken_back_at is null
        join contact c on c.id = x.contact_id left join person_name n on n.person_id = d.person_id and n.position = 1
        where c.reference = ? order by 1""", contact);
  }

  /** The open episodes of a case: first name and when it was referred. */
  public List<String> openEpisodes(String caseRef) {
    return texts("""
        select n.first_name from episode e join family_case f on f.id = e.case_id
        left join person_name n on n.person_id = e.person_id and n.position = 1
        where f.reference = ? and e.closed_at is null order by 1""", caseRef);
  }
}
