package org.followthrough.deadline;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The deadline tables that were ever deployed; each is read once, and kept by its definition's id: the number of a version
 * that was deleted is given again to another. Which of them there are is asked each time: another node may have deployed one.
 */
@Component
class DeployedDeadlines {

  private final RepositoryService repository;
  private final JdbcClient jdbc;
  private final ConcurrentMap<String, DeadlineTable> tables = new ConcurrentHashMap<>();

  DeployedDeadlines(@Lazy RepositoryService repository, JdbcClient jdbc) {
    this.repository = repository;
    this.jdbc = jdbc;
  }

  /** The id of the table in force for clocks that start now. */
  String inForce() {
    return jdbc.sql("select id_ from camunda.act_re_decision_def where key_ = 'deadlines' order by version_ desc limit 1")
        .query(String.class).single();
  }

  /**
   * A table by its id: a clock keeps the rule it was started under. Of a table that was deleted nothing is left to count by, on
   * none of the nodes, whatever each of them still remembers: then the one in force counts.
   */
  DeadlineTable table(String definition) {
    boolean there = jdbc.sql("select exists (select from camunda.act_re_decision_def where id_ = :id)")
        .param("id", definition).query(Boolean.class).single();
    return tables.computeIfAbsent(there ? definition : inForce(), id -> DeadlineTable.read(repository.getDecisionModel(id)));
  }
}
