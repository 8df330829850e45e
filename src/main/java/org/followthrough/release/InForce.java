package org.followthrough.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.engine.BadUserRequestException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is in force: the newest version of every process, table and form, as the engine keeps them; and what was before. */
@Component
class InForce {

  private static final String DEFINITIONS = """
      with definition as (
        select key_ || '.bpmn' as key, version_, deployment_id_, resource_name_ from camunda.act_re_procdef
        union all select key_ || '.dmn', version_, deployment_id_, resource_name_ from camunda.act_re_decision_def
        union all select key_ || '.form', version_, deployment_id_, resource_name_ from camunda.act_re_camformdef)
      """;

  private final JdbcClient jdbc;

  InForce(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A file that is in force, and with which deployment it came. */
  record Current(ModelFile file, String deployment) {}

  /**
   * A version of a file that is or was in force.
   *
   * @param by who put it in force; null where a release brought it, or where that was before it was written down
   * @param running how many cases run by it; always none for tables and forms
   */
  record Version(int number, Instant since, String by, String reason, int running) {}

  /** By key. */
  Map<String, Current> all() {
    Map<String, Current> files = new TreeMap<>();
    jdbc.sql(DEFINITIONS + """
            select distinct on (d.key) d.key, d.deployment_id_, b.bytes_
            from definition d join camunda.act_ge_bytearray b on b.deployment_id_ = d.deployment_id_ and b.name_ = d.resource_name_
            order by d.key, d.version_ desc""")
        .query(row -> {
          files.put(row.getString(1), new Current(new ModelFile(row.getString(1), row.getBytes(3)), row.getString(2)));
        });
    return files;
  }

  /** The versions of every file by its key, the newest first. */
  Map<String, List<Version>> versions() {
    Map<String, List<Version>> versions = new TreeMap<>();
    jdbc.sql(DEFINITIONS + """
            , running as (
              select v.key_ || '.bpmn' as key, v.version_, count(*)::int as cases
              from camunda.act_ru_execution e join camunda.act_re_procdef v on v.id_ = e.proc_def_id_
              where e.parent_id_ is null group by 1, 2)
            select d.key, d.version_, p.deploy_time_, r.put_in_force_by, m.reason, coalesce(running.cases, 0)
            from definition d join camunda.act_re_deployment p on p.id_ = d.deployment_id_
            left join running on running.key = d.key and running.version_ = d.version_
            left join model_release r on r.deployment_id = d.deployment_id_
            left join model_proposal m on m.id = r.proposal_id
            order by d.key, d.version_ desc""")
        .query(row -> {
          versions.computeIfAbsent(row.getString(1), none -> new ArrayList<>()).add(new Version(row.getInt(2),
              row.getTimestamp(3).toInstant(), row.getString(4), row.getString(5), row.getInt(6)));
        });
    return versions;
  }

  /** A file as it was in one of its versions. */
  Optional<ModelFile> version(String key, int number) {
    return jdbc.sql(DEFINITIONS + """
            select b.bytes_ from definition d
            join camunda.act_ge_bytearray b on b.deployment_id_ = d.deployment_id_ and b.name_ = d.resource_name_
            where d.key = :key and d.version_ = :number""").param("key", key).param("number", number)
        .query((row, n) -> new ModelFile(key, row.getBytes(1))).optional();
  }

  /**
   * What has to be deployed together so that these are in force: a form stays frozen with its process, so a process brings all of its
   * forms, and a form its process with all of its other forms.
   *
   * @return by the names under which they are deployed
   * @throws BadUserRequestException when a form is missing, or when nothing opens one; all of them at once
   */
  static Map<String, byte[]> completed(Collection<ModelFile> brought, Map<String, Current> inForce) {
    Map<String, ModelFile> then = new TreeMap<>();
    inForce.forEach((key, current) -> then.put(key, current.file()));
    brought.forEach(file -> then.put(file.key(), file));

    Set<String> changed = new TreeSet<>();
    brought.forEach(file -> changed.add(file.key()));
    Map<String, byte[]> together = new LinkedHashMap<>();
    Set<String> faults = new TreeSet<>();
    Set<String> opened = new TreeSet<>();
    then.values().stream().filter(ModelFile::isProcess).forEach(process -> {
      Set<String> forms = process.forms();
      if (changed.contains(process.key()) || forms.stream().anyMatch(changed::contains)) {
        together.put(process.name(process.id()), process.content());
        forms.forEach(form -> Optional.ofNullable(then.get(form)).ifPresentOrElse(
            known -> together.put(known.name(process.id()), known.content()),
            () -> faults.add("“%s” opens the form “%s”, which there is not. Deploy it together with the process."
                .formatted(process.key(), form))));
      }
      opened.addAll(forms);
    });
    brought.stream().filter(ModelFile::isForm).filter(form -> !opened.contains(form.key())).forEach(form ->
        faults.add("No task opens the form “%s”. Name it in the task that is to open it, and deploy both.".formatted(form.key())));
    if (!faults.isEmpty()) {
      throw new BadUserRequestException(String.join("\n", faults));
    }
    brought.stream().filter(file -> file.key().endsWith(ModelFile.TABLE)).forEach(table ->
        together.put(table.name(table.id()), table.content()));
    return together;
  }
}
