package org.followthrough.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.BadUserRequestException;
import org.followthrough.page.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What was deployed and waits for a second person, and what became of it. */
@Component
public class Proposals {

  /** Who proposes what a release brings and a designer has changed as well. */
  static final String RELEASE = "release";

  private static final String SELECT =
      "select id, title, proposed_at, proposed_by, outcome, decided_at, decided_by, reason from model_proposal";

  private final JdbcClient jdbc;
  private final InForce inForce;
  private final Releases releases;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Proposals(JdbcClient jdbc, InForce inForce, Releases releases, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.inForce = inForce;
    this.releases = releases;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What is proposed, and what became of it.
   *
   * @param by a user, or {@link #RELEASE}
   * @param outcome {@code in-force} or {@code withdrawn}; null while it waits, as are the three that follow
   */
  public record Proposal(UUID id, String title, Instant at, String by, String outcome, Instant decidedAt, String decidedBy, String reason) {

    boolean waits() {
      return outcome == null;
    }
  }

  /** What a deployment comes to: a proposal, or, where it changes nothing, the deployment by which it is in force already. */
  public record Answer(String id, String title, Instant at) {}

  /**
   * Proposes what somebody deploys. The same contents again, while they wait, are the same proposal.
   *
   * @param title what the deployment calls itself
   * @param files by the names under which they come; each is known by the id that is in it
   * @param by the user who deploys
   * @throws BadUserRequestException when it could not be put in force: with all that is wrong, and what to do
   */
  public Answer propose(String title, Map<String, byte[]> files, String by) {
    Map<String, InForce.Current> now = inForce.all();
    Map<String, ModelFile> read = new LinkedHashMap<>();
    files.forEach((name, content) -> read.put(name, ModelFile.read(name, content)));
    List<ModelFile> changed = read.values().stream()
        .filter(file -> !now.containsKey(file.key()) || !file.sameAs(now.get(file.key()).file())).toList();
    if (changed.isEmpty()) {
      return new Answer(now.get(read.values().iterator().next().key()).deployment(), title, clock.instant());
    }
    String contents = digest(changed);
    Optional<Proposal> same = waiting(contents);
    if (same.isEmpty()) {
      // what is said of a file names it as it came
      Map<String, String> called = new HashMap<>();
      read.forEach((name, file) -> called.put(file.key(), name));
      Map<String, byte[]> together = new LinkedHashMap<>();
      InForce.completed(changed, now).forEach((name, content) -> together.put(called.getOrDefault(ModelFile.key(name), name), content));
      releases.rehearse(together);
      transaction.executeWithoutResult(status -> keep(title, contents, changed, by));
      same = waiting(contents);
    }
    Proposal proposal = same.orElseThrow();
    return new Answer(proposal.id().toString(), proposal.title(), proposal.at());
  }

  /** Lets what a release brings wait behind what is in force; it is held against the rules when somebody puts it in force. */
  void bring(String title, Map<String, byte[]> files) {
    List<ModelFile> read = files.entrySet().stream().map(file -> new ModelFile(file.getKey(), file.getValue())).toList();
    keep(title, digest(read), read, RELEASE);
  }

  /** Two who propose the same at one moment propose it once. */
  private void keep(String title, String contents, List<ModelFile> files, String by) {
    UUID id = UUID.randomUUID();
    int added = jdbc.sql("""
            insert into model_proposal (id, title, contents, proposed_at, proposed_by) values (:id, :title, :contents, :at, :by)
            on conflict (contents) where outcome is null do nothing""")
        .param("id", id).param("title", title).param("contents", contents).param("at", Timestamp.from(clock.instant())).param("by", by)
        .update();
    if (added == 1) {
      files.forEach(file -> jdbc.sql("insert into model_proposal_file (proposal_id, name, content) values (:id, :name, :content)")
          .param("id", id).param("name", file.key()).param("content", file.content()).update());
    }
  }

  private Optional<Proposal> waiting(String contents) {
    return jdbc.sql(SELECT + " where contents = :contents and outcome is null").param("contents", contents).query(Proposals::read)
        .optional();
  }

  /** Those that wait, the oldest first. */
  List<Proposal> waiting() {
    return jdbc.sql(SELECT + " where outcome is null order by proposed_at, id").query(Proposals::read).list();
  }

  Optional<Proposal> of(UUID id) {
    return jdbc.sql(SELECT + " where id = :id").param("id", id).query(Proposals::read).optional();
  }

  List<ModelFile> files(UUID id) {
    return jdbc.sql("select name, content from model_proposal_file where proposal_id = :id order by name").param("id", id)
        .query((row, n) -> new ModelFile(row.getString(1), row.getBytes(2))).list();
  }

  /**
   * Puts a proposal in force: new cases follow it from this moment. Everything or nothing of it happens.
   *
   * @param against what was in force when they looked at the difference, as {@link #against} says it
   * @return the deployment by which it is in force
   * @throws Refusal when it is their own, no longer waits, or when something else has come in force since they looked
   */
  public String putInForce(UUID id, String against, String by, String reason) {
    return transaction.execute(status -> {
      releases.takeTurns();
      Proposal proposal = open(id, reason);
      if (proposal.by().equals(by)) {
        throw new Refusal("You proposed this yourself. A second person puts it in force.");
      }
      Map<String, InForce.Current> now = inForce.all();
      List<ModelFile> files = files(id);
      if (!against(files, now).equals(against)) {
        throw new Refusal("Something else has come in force since you looked. Look at the difference once more.");
      }
      String deployment = releases.deploy(InForce.completed(files, now), proposal.title(), proposal.id().toString());
      decide(id, "in-force", by, reason);
      releases.keep(deployment, by, id, null);
      return deployment;
    });
  }

  /** Takes a proposal back; whoever may propose or put in force may. */
  public void withdraw(UUID id, String by, String reason) {
    transaction.executeWithoutResult(status -> {
      open(id, reason);
      decide(id, "withdrawn", by, reason);
    });
  }

  private Proposal open(UUID id, String reason) {
    if (reason == null || reason.isBlank()) {
      throw new Refusal("reason", "Say why, in a sentence: it is kept with the decision.");
    }
    Proposal proposal = jdbc.sql(SELECT + " where id = :id for update").param("id", id).query(Proposals::read).optional()
        .orElseThrow(() -> new Refusal("There is no such proposal."));
    if (!proposal.waits()) {
      throw new Refusal("This has been decided already.");
    }
    return proposal;
  }

  private void decide(UUID id, String outcome, String by, String reason) {
    jdbc.sql("update model_proposal set outcome = :outcome, decided_at = :at, decided_by = :by, reason = :reason where id = :id")
        .param("outcome", outcome).param("at", Timestamp.from(clock.instant())).param("by", by).param("reason", reason.strip())
        .param("id", id).update();
  }

  /** A word for what these files would take the place of: another when something else has come in force. */
  static String against(List<ModelFile> files, Map<String, InForce.Current> inForce) {
    return digest(files.stream().map(file -> inForce.get(file.key())).filter(Objects::nonNull).map(InForce.Current::file).toList());
  }

  private static String digest(Collection<ModelFile> files) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      files.stream().sorted(Comparator.comparing(ModelFile::key)).forEach(file -> {
        sha.update((file.key() + " " + file.content().length + "\n").getBytes(StandardCharsets.UTF_8));
        sha.update(file.content());
      });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Proposal read(ResultSet row, int n) throws SQLException {
    Timestamp decided = row.getTimestamp("decided_at");
    return new Proposal(row.getObject("id", UUID.class), row.getString("title"), row.getTimestamp("proposed_at").toInstant(),
        row.getString("proposed_by"), row.getString("outcome"), decided == null ? null : decided.toInstant(),
        row.getString("decided_by"), row.getString("reason"));
  }
}
