package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The application as its users start it, in a process of its own, killed without warning and started again. */
class KilledTest {

  @TempDir(cleanup = CleanupMode.NEVER) Path folder;

  private final int port = Release.freePort();
  private final int databasePort = Release.freePort();
  private Process application;

  @Test
  void a_killed_application_loses_nothing_and_its_timers_fire_once() throws Exception {
    start();
    Visitor contact = signIn("contact");
    String task = contact.next("started=" + contact.start());
    String threeDaysAgo = AtAnotherTime.now().minusDays(6).withHour(9).withMinute(0).toString().substring(0, 16);
    task = handIn(contact, task, Map.of("happenedAt", threeDaysAgo, "how", "telephone", "whoReferred", "anonymous", "sourceCode", "9",
        "team", "north", "childrenWhereabouts", "At home", "safeNow", "yes", "parentsKnow", "not-known"));

    killAndStart();
    contact = signIn("contact");
    assertThat(contact.handIn(task, person()).statusCode()).as("the page that was open before the kill").isEqualTo(204);
    task = contact.next("after=" + task);
    // with this page the decision's clock starts, days after it ran out: its timer is due at once
    assertThat(contact.handIn(task, Map.of("nature", "fact", "narrative", "No coat in the frost.", "whereHarm", "inside-the-home",
        "factors", List.of("neglect"), "anotherConcern", "no")).statusCode()).isEqualTo(204);

    killAndStart();
    eventually("select count(*) from escalation_step", 1);
    assertThat(count("select count(*) from camunda.act_ru_task where name_ = 'Agree what happens now'")).isEqualTo(1);
    assertThat(count("select count(*) from camunda.act_ru_task where name_ = 'Decide response'")).isEqualTo(1);
    assertThat(count("select count(*) from contact")).isEqualTo(1);
    assertThat(count("select count(*) from concern")).isEqualTo(1);
    assertThat(count("select count(*) from chronology_entry where what = 'Contact received'")).isEqualTo(1);
  }

  /**
   * The whole way, from a contact to the last receipt, with protection beside it. At some of its pages, or at each ({@link Kills}), at a
   * random moment before, during or after its hand-in, the application is killed. What was acknowledged stands; what was not is wholly
   * there or not at all; and in the end everything is there once.
   */
  @Test
  void killed_at_every_page_up_to_the_last_receipt_it_loses_nothing_and_does_nothing_twice() throws Exception {
    long seed = Kills.seed();
    Random random = new Random(seed);
    Set<Integer> fatal = Kills.among(IntStream.range(0, PAGES).boxed().toList(), random);
    List<String> kills = new ArrayList<>();
    Set<String> pages = new HashSet<>();
    start();
    signIn("contact").start();
    for (Optional<Open> next = pick(random); next.isPresent(); next = pick(random)) {
      Open page = next.get();
      String user = Answers.who(page.name());
      Visitor visitor = signIn(user);
      Map<String, Object> answers = Answers.to(page.name(), AtAnotherTime.now(), visitor, page.id());
      // a page that was killed comes again, unless it was handed in
      if (!pages.add(page.id()) || !fatal.contains(pages.size() - 1)) {
        handIn(visitor, page.id(), answers);
        continue;
      }
      // a machine that has just started takes its time: some kills come before, some during, some after the work
      int after = random.nextInt(1_000);
      kills.add(page.name() + " +" + after + " ms");
      CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> visitor.handIn(page.id(), answers).statusCode());
      TimeUnit.MILLISECONDS.sleep(after);
      killAndStart();
      boolean acknowledged = answer.exceptionally(cut -> 0).get() == 204;
      int written = count("select count(*) from chronology_entry where task_id = '" + page.id() + "'");
      int open = count("select count(*) from camunda.act_ru_task where id_ = '" + page.id() + "'");
      String told = "seed " + seed + ", after " + kills;
      assertThat(written + open).as("%s: written or open, never both nor neither", told).isEqualTo(1);
      assertThat(acknowledged && written == 0).as("%s: acknowledged and lost", told).isFalse();
    }
    System.out.println("KilledTest: seed " + seed + ", " + kills.size() + " kills at " + pages.size() + " pages: " + kills);

    assertThat(pages).as("pages of this walk").hasSize(PAGES);
    assertThat(kills).hasSize(fatal.size());
    for (String once : List.of("contact", "concern", "decision", "meeting", "meeting_outcome", "agreed_action", "minutes", "protection")) {
      assertThat(count("select count(*) from " + once)).as(once).isEqualTo(1);
    }
    assertThat(count("select count(*) from agreed_action where ended_as = 'done'")).isEqualTo(1);
    assertThat(count("select count(*) from attendance")).isEqualTo(4);
    // four who took part, and Sam, who has the action
    assertThat(count("select count(*) from minutes_copy where received_at is not null")).isEqualTo(5);
    assertThat(count("select count(*) from minutes_copy")).isEqualTo(5);
    assertThat(count("select count(*) from clock where process in " + WALKED + " and ended_as is distinct from 'met'"))
        .as("clocks that were not met").isZero();
    assertThat(count("select count(*) - count(distinct (process, obligation)) from clock")).as("obligations begun twice").isZero();
    assertThat(count("select count(*) from camunda.act_ru_execution where split_part(proc_def_id_, ':', 1) in " + WALKED))
        .as("processes that have not ended").isZero();
    assertThat(count("select count(*) from camunda.act_ru_job where process_instance_id_ is not null and process_def_key_ in " + WALKED))
        .as("timers of nothing").isZero();
  }

  /** So many pages lie between a contact and its last receipt. */
  private static final int PAGES = 24;

  private record Open(String id, String name) {}

  /** The processes that are walked to their end here; what an enquiry leads to is a long way, and told elsewhere. */
  private static final String WALKED = "('referral', 'contact', 'lead-professional', 'emergency-protection', 'strategy-discussion', "
      + "'agreement', 'minutes', 'receipts', 'action', 'escalation')";

  /**
   * One of the open pages, whichever; but a child in danger is protected first, or police protection would call a discussion of its own.
   */
  private Optional<Open> pick(Random random) throws SQLException {
    try (var connection = database(); var rows = connection.createStatement().executeQuery(
        "select id_, name_ from camunda.act_ru_task where split_part(proc_def_id_, ':', 1) in " + WALKED + " order by create_time_, id_")) {
      List<Open> open = new ArrayList<>();
      while (rows.next()) {
        open.add(new Open(rows.getString(1), rows.getString(2)));
      }
      Optional<Open> first = open.stream().filter(page -> page.name().equals("Arrange protection")).findFirst();
      return first.isPresent() || open.isEmpty() ? first : Optional.of(open.get(random.nextInt(open.size())));
    }
  }

  private static String handIn(Visitor user, String task, Map<String, Object> page) {
    var answer = user.handIn(task, page);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    return user.next("after=" + task);
  }

  private static Map<String, Object> person() {
    return new HashMap<>(Map.of("kind", "child", "firstName", "Séamus", "lastName", "D’Arcy", "birthDate", "2019-11-02",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "anotherPerson", "no"));
  }

  private void start() throws IOException, InterruptedException {
    Path data = folder.resolve("postgresql");
    Release.furnish(data);
    List<String> command = AtAnotherTime.command();
    command.addAll(List.of("--server.port=" + port, "--followthrough.database.folder=" + data, "--followthrough.database.port="
        + databasePort, "--followthrough.demo-families=false"));
    application = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("application.log").toFile()).start();
    Instant giveUp = Instant.now().plus(Duration.ofMinutes(5));
    while (!Release.healthy(port)) {
      assertThat(application.isAlive()).as("the application, see " + folder.resolve("application.log")).isTrue();
      assertThat(Instant.now()).isBefore(giveUp);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void killAndStart() throws IOException, InterruptedException {
    application.destroyForcibly().waitFor();
    start();
  }

  private Visitor signIn(String user) {
    Visitor visitor = Visitor.at(port, user);
    // the first page hands out the token that the engine's calls carry
    visitor.get("/camunda/app/tasklist/default/");
    return visitor;
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres?user=postgres&currentSchema=casework");
  }

  private int count(String sql) throws SQLException {
    try (var connection = database(); var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private void eventually(String sql, int expected) throws SQLException, InterruptedException {
    Instant giveUp = Instant.now().plus(Duration.ofSeconds(120));
    while (count(sql) != expected && Instant.now().isBefore(giveUp)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    // a second firing would show within the acquisition's longest pause
    TimeUnit.MILLISECONDS.sleep(1500);
    assertThat(count(sql)).isEqualTo(expected);
  }

  @AfterEach
  void stop() throws InterruptedException {
    application.destroy();
    assertThat(application.waitFor(2, TimeUnit.MINUTES)).isTrue();
  }
}
