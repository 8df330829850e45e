package org.followthrough.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The open tasks that running clocks count for, read for many clocks at once; whether somebody may see one is the caller's question. */
@Component
public class OpenTasks {

  /**
   * One task.
   *
   * @param label its name
   * @param assignee who has it; null while nobody has
   * @param groups whose it may be
   * @param asks whether it asks a manager about what is late, and is not the work itself
   */
  public record OpenTask(String id, UUID clockId, String label, String assignee, List<String> groups, boolean asks) {}

  /** From the scope that keeps a clock down to its tasks, through called processes, and not into what has a clock of its own. */
  private static final String UNDER = """
      with recursive scope (clock, execution) as (
        select k.id, v.execution_id_ from casework.clock k
        join camunda.act_ru_variable v on v.proc_inst_id_ = k.process_instance_id and v.name_ = 'clockRef' and v.text_ = k.id::text
        where k.id in (:clocks)
        union all
        select s.clock, e.id_ from scope s
        join lateral (select id_ from camunda.act_ru_execution where parent_id_ = s.execution
          union all select id_ from camunda.act_ru_execution where super_exec_ = s.execution) e on true
        where not exists (
          select from camunda.act_ru_variable v where v.execution_id_ = e.id_ and v.name_ = 'clockRef' and v.text_ <> s.clock::text))
      select distinct s.clock, t.id_, t.name_, t.assignee_, d.key_ = 'escalation' as asks,
        array(select l.group_id_ from camunda.act_ru_identitylink l where l.task_id_ = t.id_ and l.type_ = 'candidate' order by 1) as groups
      from scope s join camunda.act_ru_task t on t.execution_id_ = s.execution join camunda.act_re_procdef d on d.id_ = t.proc_def_id_
      order by t.name_, t.id_""";

  private final JdbcClient jdbc;

  OpenTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The open tasks of each of these clocks that has any. */
  public Map<UUID, List<OpenTask>> under(Collection<UUID> clocks) {
    return clocks.isEmpty() ? Map.of() : jdbc.sql(UNDER).param("clocks", clocks)
        .query((row, n) -> new OpenTask(row.getString("id_"), row.getObject("clock", UUID.class), row.getString("name_"),
            row.getString("assignee_"), List.of((String[]) row.getArray("groups").getArray()), row.getBoolean("asks")))
        .list().stream().collect(Collectors.groupingBy(OpenTask::clockId));
  }

  /** The process instances in which somebody has taken a task, at most so many. */
  public List<String> instancesWith(String assignee, int most) {
    return jdbc.sql("select distinct proc_inst_id_ from camunda.act_ru_task where assignee_ = :assignee and proc_inst_id_ is not null "
        + "limit :most").param("assignee", assignee).param("most", most).query(String.class).list();
  }
}
