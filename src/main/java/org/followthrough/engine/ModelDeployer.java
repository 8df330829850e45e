package org.followthrough.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts every model and form into one deployment under stable names, so that a form stays frozen with the process that
 * uses it. Nothing changed: nothing is deployed. Anything changed: all of it, together.
 *
 * <p>What a designer changed stays in force. Where a release changed the same file, the release's waits as a proposal, which
 * operations see in health. A start neither fails nor asks because of what designers deployed, and an older release never
 * puts its models over those of a newer one.
 */
@Component("models")
class ModelDeployer implements SmartInitializingSingleton, HealthIndicator {

  static final String NAME = "follow-through";

  private static final Logger LOG = LoggerFactory.getLogger(ModelDeployer.class);

  private final RepositoryService repository;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Instant built;
  private volatile Map<String, Instant> waiting = Map.of();

  ModelDeployer(RepositoryService repository, JdbcClient jdbc, TransactionTemplate transaction, Clock clock,
      ObjectProvider<BuildProperties> build) {
    this.repository = repository;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    // started without a build, as from an editor, it is what was just saved
    built = build.stream().map(BuildProperties::getTime).findFirst().orElseGet(clock::instant);
  }

  /** What is in force under a key: the newest version of the process, table or form. */
  private record InForce(String deployment, byte[] content) {}

  /** A file as a release brought it last, and since when it waits behind a designer's. */
  private record Brought(byte[] content, Timestamp waitsSince) {}

  @Override
  public void afterSingletonsInstantiated() {
    install(release(), built);
  }

  /** Which files of the release wait, and since when. As the start found it: the answer needs no database. */
  @Override
  public Health health() {
    return Health.up().withDetail("releaseFilesThatWait", waiting).build();
  }

  /**
   * Puts in force what a release changed and no designer did.
   *
   * @param release its files by their names
   * @param builtAt when it was built; one older than the last that was installed installs nothing
   */
  void install(Map<String, byte[]> release, Instant builtAt) {
    Set<String> designers = new HashSet<>();
    try {
      transaction.executeWithoutResult(status -> install(release, builtAt, designers, false));
    } catch (RuntimeException e) {
      if (designers.isEmpty()) {
        throw e;
      }
      LOG.error("Designers’ {} stay as they were deployed; together with this release they are refused: {}", designers, e.getMessage());
      transaction.executeWithoutResult(status -> install(release, builtAt, designers, true));
    }
    waiting = new TreeMap<>(jdbc.sql("select name, waits_since from release_model where waits_since is not null")
        .query((row, n) -> Map.entry(row.getString("name"), row.getTimestamp("waits_since").toInstant())).list().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    if (!waiting.isEmpty()) {
      LOG.warn("Designers’ versions stay in force; of this release wait: {}", String.join(", ", waiting.keySet()));
    }
  }

  /**
   * @param designers the processes and tables that designers changed; filled here
   * @param apart whether those stay in the deployments where they are, with their forms, instead of joining the release's
   */
  private void install(Map<String, byte[]> release, Instant builtAt, Set<String> designers, boolean apart) {
    // nodes that start together take turns
    jdbc.sql("lock table release_model in exclusive mode").update();
    if (jdbc.sql("select exists (select from release_model where built_at > :built)").param("built", Timestamp.from(builtAt))
        .query(Boolean.class).single()) {
      LOG.warn("The models in force come from a newer release than this one, built {}: it installs none of its own", builtAt);
      return;
    }
    Map<String, InForce> inForce = inForce();
    Map<String, Brought> brought = brought();
    Map<String, byte[]> together = new TreeMap<>();
    boolean changed = false;
    for (Map.Entry<String, byte[]> file : release.entrySet()) {
      String name = file.getKey();
      byte[] ours = file.getValue();
      InForce now = inForce.get(plain(name));
      Brought before = brought.get(name);
      boolean same = now != null && Arrays.equals(now.content(), ours);
      boolean theirs = now != null && !same && (before == null || !Arrays.equals(now.content(), before.content()));
      if (theirs) {
        designers.add(about(name));
      }
      boolean stays = theirs || apart && designers.contains(about(name));
      boolean waits = stays && !same && (before == null || before.waitsSince() != null || !Arrays.equals(before.content(), ours));
      Timestamp since = before == null || before.waitsSince() == null ? Timestamp.from(clock.instant()) : before.waitsSince();
      keep(name, ours, builtAt, waits ? since : null);
      changed |= !stays && !same;
      if (!apart || !stays) {
        together.put(name, theirs ? now.content() : ours);
      }
      if (theirs && !apart && name.endsWith(".bpmn")) {
        formsOf(now.deployment()).forEach((form, content) -> {
          if (release.keySet().stream().noneMatch(known -> plain(known).equals(plain(form)))) {
            together.put(form, content);
          }
        });
      }
    }
    jdbc.sql("delete from release_model where name not in (:names)").param("names", release.keySet()).update();
    if (changed) {
      DeploymentBuilder deployment = repository.createDeployment().name(NAME).source(NAME);
      together.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
      deployment.deploy();
    }
  }

  /** Modeler deploys a file without its folder; each is named after the process, table or form in it. */
  private static String plain(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The process or table that a file belongs to: forms lie in the folder of their process. */
  private static String about(String name) {
    String[] path = name.split("/");
    return path.length > 2 ? path[1] : plain(name).replaceFirst("\\.[^.]+$", "");
  }

  private Map<String, InForce> inForce() {
    Map<String, InForce> files = new HashMap<>();
    jdbc.sql("""
            with definition as (
              select key_ || '.bpmn' as file, version_, deployment_id_, resource_name_ from camunda.act_re_procdef
              union all select key_ || '.dmn', version_, deployment_id_, resource_name_ from camunda.act_re_decision_def
              union all select key_ || '.form', version_, deployment_id_, resource_name_ from camunda.act_re_camformdef)
            select distinct on (d.file) d.file, d.deployment_id_, b.bytes_
            from definition d join camunda.act_ge_bytearray b on b.deployment_id_ = d.deployment_id_ and b.name_ = d.resource_name_
            order by d.file, d.version_ desc""")
        .query(row -> {
          files.put(row.getString(1), new InForce(row.getString(2), row.getBytes(3)));
        });
    return files;
  }

  private Map<String, Brought> brought() {
    Map<String, Brought> files = new HashMap<>();
    jdbc.sql("select name, content, waits_since from release_model").query(row -> {
      files.put(row.getString(1), new Brought(row.getBytes(2), row.getTimestamp(3)));
    });
    return files;
  }

  private Map<String, byte[]> formsOf(String deployment) {
    Map<String, byte[]> forms = new HashMap<>();
    jdbc.sql("select name_, bytes_ from camunda.act_ge_bytearray where deployment_id_ = :deployment and name_ like '%.form'")
        .param("deployment", deployment).query(row -> {
          forms.put(row.getString(1), row.getBytes(2));
        });
    return forms;
  }

  private void keep(String name, byte[] content, Instant builtAt, Timestamp waitsSince) {
    jdbc.sql("""
            insert into release_model as r (name, content, built_at, waits_since) values (:name, :content, :built, :waits)
            on conflict (name) do update
              set content = excluded.content, built_at = excluded.built_at, waits_since = excluded.waits_since
            where (r.content, r.built_at, r.waits_since) is distinct from (excluded.content, excluded.built_at, excluded.waits_since)""")
        .param("name", name).param("content", content).param("built", Timestamp.from(builtAt)).param("waits", waitsSince).update();
  }

  private static Map<String, byte[]> release() {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      var resolver = new PathMatchingResourcePatternResolver();
      for (String folder : new String[] {"bpmn", "forms"}) {
        for (Resource file : resolver.getResources("classpath:" + folder + "/**/*.*")) {
          String url = file.getURL().toString();
          files.put(url.substring(url.lastIndexOf("/" + folder + "/") + 1), file.getContentAsByteArray());
        }
      }
      return files;
    } catch (IOException e) {
      throw new IllegalStateException("The models of this release cannot be read", e);
    }
  }
}
