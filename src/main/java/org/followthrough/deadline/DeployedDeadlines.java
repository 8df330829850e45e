package org.followthrough.deadline;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The deadline tables that were ever deployed; each is read once. */
@Component
class DeployedDeadlines {

  private final RepositoryService repository;
  private final ConcurrentMap<Integer, DeadlineTable> tables = new ConcurrentHashMap<>();

  DeployedDeadlines(@Lazy RepositoryService repository) {
    this.repository = repository;
  }

  /** The version in force for clocks that start now. */
  int version() {
    return repository.createDecisionDefinitionQuery().decisionDefinitionKey("deadlines").latestVersion().singleResult()
        .getVersion();
  }

  /** The table of a version: a clock keeps the rule it was started under. */
  DeadlineTable table(int version) {
    return tables.computeIfAbsent(version, v -> {
      DecisionDefinition definition = repository.createDecisionDefinitionQuery()
          .decisionDefinitionKey("deadlines").decisionDefinitionVersion(v).singleResult();
      return DeadlineTable.read(repository.getDecisionModel(definition.getId()));
    });
  }
}
