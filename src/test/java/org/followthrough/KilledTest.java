package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The application as its users start it, in a process of its own, killed without warning and started again. */
class KilledTest {

  @TempDir(cleanup = CleanupMode.NEVER) Path folder;

  private final int port = freePort();
  private final int databasePort = freePort();
  private Process application;

  @Test
  void a_killed_application_loses_nothing_and_its_timers_fire_once() throws Exception {
    start();
    Visitor contact = signIn("contact");
    String task = contact.next("started=" + contact.start());
    String threeDaysAgo = LocalDateTime.now(ZoneId.of("Europe/London")).minusDays(6).withHour(9).withMinute(0).toString().substring(0, 16);
    task = handIn(contact, task, Map.of("happenedAt", threeDaysAgo, "how", "telephone", "whoReferred", "anonymous", "sourceCode", "9",
        "team", "north", "childrenWhereabouts", "At home", "safeNow", "yes", "parentsKnow", "not-known"));

    killAndStart();
    contact = signIn("contact");
    assertThat(contact.handIn(task, person()).statusCode()).as("the page that was open before the kill").isEqualTo(204);
    task = contact.next("after=" + task);

    killAndStart();
    contact = signIn("contact");
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
    application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Duser.timezone=UTC", "-Xmx768m",
        "-cp", System.getProperty("java.class.path"), FollowThrough.class.getName(), "--server.port=" + port,
        "--followthrough.database.folder=" + folder.resolve("postgresql"), "--followthrough.database.port=" + databasePort,
        "--followthrough.demo-families=false")
        .redirectErrorStream(true).redirectOutput(folder.resolve("application.log").toFile()).start();
    Instant giveUp = Instant.now().plus(Duration.ofSeconds(90));
    while (!healthy()) {
      assertThat(application.isAlive()).as("the application, see " + folder.resolve("application.log")).isTrue();
      assertThat(Instant.now()).isBefore(giveUp);
      TimeUnit.MILLISECONDS.sleep(250);
    }
  }

  private void killAndStart() throws IOException, InterruptedException {
    application.destroyForcibly().waitFor();
    start();
  }

  private boolean healthy() throws InterruptedException {
    try {
      return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health")).build(),
          BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Visitor signIn(String user) {
    Visitor visitor = Visitor.at(port, user);
    // the first page hands out the token that the engine's calls carry
    visitor.get("/camunda/app/tasklist/default/");
    return visitor;
  }

  private int count(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres?user=postgres&currentSchema=casework");
        var row = connection.createStatement().executeQuery(sql)) {
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
    assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
