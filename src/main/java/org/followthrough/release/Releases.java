package org.followthrough.release;

import java.io.ByteArrayInputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts models in force, and keeps who did; the engine lets nobody else deploy. */
@Component
public class Releases {

  private final RepositoryService repository;
  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final Clock clock;
  /** Whether what this thread deploys comes from here. */
  private final ThreadLocal<Boolean> deploying = ThreadLocal.withInitial(() -> false);

  Releases(@Lazy RepositoryService repository, JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
    this.repository = repository;
    this.jdbc = jdbc;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
  }

  /** Whether what is deployed at this moment is being put in force here. */
  public boolean deploying() {
    return deploying.get();
  }

  /** Nodes that start together, and people who decide together, take turns; until the transaction ends. */
  void takeTurns() {
    jdbc.sql("lock table release_model in exclusive mode").update();
  }

  /**
   * Deploys these files, and takes that back: what the engine or the guards have against them is said now and not when somebody puts them
   * in force.
   *
   * @param files by their names
   */
  void rehearse(Map<String, byte[]> files) {
    apart.executeWithoutResult(status -> {
      deploy(files, "rehearsal", "rehearsal");
      status.setRollbackOnly();
    });
  }

  /** Deploys these files together, in the transaction of its caller. Returns the deployment's id. */
  String deploy(Map<String, byte[]> files, String name, String source) {
    DeploymentBuilder deployment = repository.createDeployment().name(name).source(source);
    files.forEach((file, content) -> deployment.addInputStream(file, new ByteArrayInputStream(content)));
    deploying.set(true);
    try {
      return deployment.deploy().getId();
    } finally {
      deploying.remove();
    }
  }

  /**
   * Writes down that a deployment was put in force.
   *
   * @param by who did, and by which proposal; both null for a release that was installed
   * @param builtAt when that release was built; null for a proposal
   */
  void keep(String deployment, String by, UUID proposal, Instant builtAt) {
    jdbc.sql("""
            insert into model_release (deployment_id, put_in_force_at, put_in_force_by, proposal_id, built_at)
            values (:deployment, :at, :by, :proposal, :built)""")
        .param("deployment", deployment).param("at", Timestamp.from(clock.instant())).param("by", by).param("proposal", proposal)
        .param("built", builtAt == null ? null : Timestamp.from(builtAt)).update();
  }
}
