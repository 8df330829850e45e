package org.followthrough.release;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts every model and form of the release that is installed into one deployment under stable names, so that a form stays frozen with the
 * process that uses it. Nothing changed: nothing is deployed. Anything changed: all of it, together. Installing it is what authorises it.
 *
 * <p>What a designer changed stays in force. Where a release changed the same file, the release's waits as a proposal like any other,
 * which operations see in health. A start neither fails nor asks because of what designers proposed, and an older release never
 * puts its models over those of a newer one.
 */
@Component("models")
class InstalledRelease extends AbstractHealthIndicator implements SmartInitializingSingleton {

  static final String NAME = "follow-through";

  private static final Logger LOG = LoggerFactory.getLogger(InstalledRelease.class);

  private final InForce inForce;
  private final Proposals proposals;
  private final Releases releases;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Instant built;

  InstalledRelease(InForce inForce, Proposals proposals, Releases releases, JdbcClient jdbc, TransactionTemplate transaction, Clock clock,
      ObjectProvider<BuildProperties> build) {
    this.inForce = inForce;
    this.proposals = proposals;
    this.releases = releases;
    this.jdbc = jdbc;
    this.transaction = transaction;
    // started without a build, as from an editor, it is what was just saved
    built = build.stream().map(BuildProperties::getTime).findFirst().orElseGet(clock::instant);
  }

  @Override
  public void afterSingletonsInstantiated() {
    install(release(), built);
  }

  /** Which files of the release wait, and since when. */
  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up().withDetail("releaseFilesThatWait", waiting());
  }

  private Map<String, Instant> waiting() {
    Map<String, Instant> waiting = new TreeMap<>();
    proposals.waiting().stream().filter(proposal -> proposal.by().equals(Proposals.RELEASE))
        .forEach(proposal -> proposals.files(proposal.id()).forEach(file -> waiting.put(file.key(), proposal.at())));
    return waiting;
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
    Map<String, Instant> waiting = waiting();
    if (!waiting.isEmpty()) {
      LOG.warn("Designers’ versions stay in force; of this release wait: {}", String.join(", ", waiting.keySet()));
    }
  }

  /**
   * @param designers the processes and tables that designers changed; filled here
   * @param apart whether those stay in the deployments where they are, with their forms, instead of joining the release's
   */
  private void install(Map<String, byte[]> release, Instant builtAt, Set<String> designers, boolean apart) {
    releases.takeTurns();
    if (jdbc.sql("select exists (select from release_model where built_at > :built)").param("built", Timestamp.from(builtAt))
        .query(Boolean.class).single()) {
      LOG.warn("The models in force come from a newer release than this one, built {}: it installs none of its own", builtAt);
      return;
    }
    Map<String, InForce.Current> current = inForce.all();
    Map<String, byte[]> brought = brought();
    Map<String, byte[]> together = new TreeMap<>();
    Map<String, Map<String, byte[]>> wait = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<String, byte[]> file : release.entrySet()) {
      String name = file.getKey();
      byte[] ours = file.getValue();
      InForce.Current now = current.get(ModelFile.key(name));
      byte[] before = brought.get(name);
      boolean same = now != null && Arrays.equals(now.file().content(), ours);
      boolean theirs = now != null && !same && (before == null || !Arrays.equals(now.file().content(), before));
      if (theirs) {
        designers.add(about(name));
      }
      boolean stays = theirs || apart && designers.contains(about(name));
      if (stays && !same && !Arrays.equals(before, ours)) {
        wait.computeIfAbsent(about(name), none -> new TreeMap<>()).put(ModelFile.key(name), ours);
      }
      keep(name, ours, builtAt);
      changed |= !stays && !same;
      if (!apart || !stays) {
        together.put(name, theirs ? now.file().content() : ours);
      }
      if (theirs && !apart && now.file().isProcess()) {
        formsThatNoReleaseKnows(now.file(), current, release).forEach(form -> together.put(form.name(now.file().id()), form.content()));
      }
    }
    jdbc.sql("delete from release_model where name not in (:names)").param("names", release.keySet()).update();
    if (changed) {
      releases.keep(releases.deploy(together, NAME, NAME), null, null, builtAt);
    }
    wait.forEach((about, files) -> proposals.bring("The release’s " + about, files));
  }

  private static List<ModelFile> formsThatNoReleaseKnows(ModelFile process, Map<String, InForce.Current> current,
      Map<String, byte[]> release) {
    Set<String> known = new TreeSet<>();
    release.keySet().forEach(name -> known.add(ModelFile.key(name)));
    return process.forms().stream().filter(form -> !known.contains(form) && current.containsKey(form))
        .map(form -> current.get(form).file()).toList();
  }

  /** The process or table that a file belongs to: forms lie in the folder of their process. */
  private static String about(String name) {
    String[] path = name.split("/");
    return path.length > 2 ? path[1] : ModelFile.key(name).replaceFirst("\\.[^.]+$", "");
  }

  private Map<String, byte[]> brought() {
    Map<String, byte[]> files = new HashMap<>();
    jdbc.sql("select name, content from release_model").query(row -> {
      files.put(row.getString(1), row.getBytes(2));
    });
    return files;
  }

  private void keep(String name, byte[] content, Instant builtAt) {
    jdbc.sql("""
            insert into release_model as r (name, content, built_at) values (:name, :content, :built)
            on conflict (name) do update set content = excluded.content, built_at = excluded.built_at
            where (r.content, r.built_at) is distinct from (excluded.content, excluded.built_at)""")
        .param("name", name).param("content", content).param("built", Timestamp.from(builtAt)).update();
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
