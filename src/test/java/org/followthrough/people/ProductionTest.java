package org.followthrough.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.followthrough.FollowThrough;
import org.followthrough.Release;
import org.followthrough.TestDatabase;
import org.followthrough.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What the application refuses to be started with for real families, and how it stands once it is started. */
class ProductionTest {

  private static final String ADMIN = "operations";
  private static final String PASSWORD = "Kestrel-Over-Water-47";

  @TempDir Path folder;
  private Process application;
  private final int port = Release.freePort();

  @AfterEach
  void stop() throws InterruptedException {
    if (application != null) {
      application.destroyForcibly().waitFor();
    }
  }

  @Test
  void it_refuses_to_start_without_what_must_be_named() {
    refuses("Production does not start without the PostgreSQL", "followthrough.admin.user=" + ADMIN,
        "followthrough.admin.password=" + PASSWORD);
    refuses("Production does not start without the first administrator", "spring.datasource.url=jdbc:x",
        "followthrough.admin.password=" + PASSWORD);
    refuses("Production does not start without the administrator's password", "spring.datasource.url=jdbc:x",
        "followthrough.admin.user=" + ADMIN);
    for (String known : List.of("admin-demo", "operations-demo", "demo", "admin")) {
      refuses("Production does not start with a demo password", "spring.datasource.url=jdbc:x", "followthrough.admin.user=" + ADMIN,
          "followthrough.admin.password=" + known);
    }
  }

  @Test
  void it_refuses_to_start_in_another_zone_than_utc() {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/London"));
      refuses("Production runs in UTC. Start with -Duser.timezone=UTC.", "spring.datasource.url=jdbc:x",
          "followthrough.admin.user=" + ADMIN, "followthrough.admin.password=" + PASSWORD);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static void refuses(String sentence, String... properties) {
    assertThatThrownBy(() -> new SpringApplicationBuilder(FollowThrough.class).profiles("production").properties(properties).run())
        .as(sentence).isInstanceOf(IllegalStateException.class).hasMessageStartingWith(sentence);
  }

  @Test
  void it_starts_for_real_families_with_shut_cookies_and_nobody_invented() throws Exception {
    String database = freshDatabase();
    start(database, "production");
    awaitHealth();
    Visitor visitor = Visitor.at(port).with("X-Forwarded-Proto", "https");
    HttpResponse<String> door = visitor.get("/login");
    assertThat(door.body()).contains("OFFICIAL-SENSITIVE").doesNotContain("south-worker", "-demo");
    assertThat(door.headers().firstValue("Strict-Transport-Security")).get().asString().contains("max-age=");
    for (String person : List.of("worker", "admin", "designer")) {
      assertThat(visitor.signIn(person, person + "-demo").headers().firstValue("Location")).get().asString().endsWith("/login?refused");
    }
    HttpResponse<String> in = visitor.signIn(ADMIN, PASSWORD);
    assertThat(in.headers().firstValue("Location")).get().asString().endsWith("/camunda/app/tasklist/default/");
    List<String> cookies = new ArrayList<>(in.headers().allValues("Set-Cookie"));
    HttpResponse<String> tasklist = visitor.get("/camunda/app/tasklist/default/");
    assertThat(tasklist.statusCode()).isEqualTo(200);
    assertThat(tasklist.headers().allValues("Strict-Transport-Security")).isNotEmpty();
    cookies.addAll(tasklist.headers().allValues("Set-Cookie"));
    assertThat(cookies).anyMatch(cookie -> cookie.startsWith("JSESSIONID")).anyMatch(cookie -> cookie.startsWith("XSRF-TOKEN"))
        .allSatisfy(cookie -> assertThat(cookie).contains("Secure").containsIgnoringCase("SameSite=Strict"));
    visitor.get("/api/session");
    assertThat(visitor.json("POST", "/camunda/api/engine/engine/default/user/create", user("short")).statusCode())
        .isGreaterThanOrEqualTo(400);
    assertThat(visitor.json("POST", "/camunda/api/engine/engine/default/user/create", user("Heron-Under-Stone-12")).statusCode())
        .isEqualTo(204);
    application.destroyForcibly().waitFor();

    // a second start finds everything as it was and makes nobody twice; a demo person left behind stops it
    try (Connection connection = DriverManager.getConnection(database + "&currentSchema=camunda")) {
      connection.createStatement().executeUpdate("""
          insert into act_id_user (id_, rev_, first_, last_) values ('south-worker', 1, 'Leila', 'Haddad')""");
    }
    start(database, "production");
    assertThat(application.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(application.exitValue()).isNotZero();
    assertThat(Files.readString(folder.resolve("application.log")))
        .contains("Remove the demo people from this database before real families enter it");
  }

  private static Map<String, Object> user(String password) {
    return Map.of("profile", Map.of("id", "new-worker", "firstName", "New", "lastName", "Worker"),
        "credentials", Map.of("password", password));
  }

  private static String freshDatabase() throws SQLException {
    String name = "production_" + System.nanoTime();
    try (Connection connection = DriverManager.getConnection(TestDatabase.url())) {
      connection.createStatement().executeUpdate("create database " + name);
    }
    return TestDatabase.url().replace("/postgres?", "/" + name + "?");
  }

  private void start(String database, String profile) throws IOException {
    List<String> command = Release.command(FollowThrough.class);
    command.addAll(List.of("--spring.profiles.active=" + profile, "--server.port=" + port, "--server.address=127.0.0.1",
        "--spring.datasource.url=" + database, "--followthrough.admin.user=" + ADMIN, "--followthrough.admin.password=" + PASSWORD));
    application = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("application.log").toFile()).start();
  }

  private void awaitHealth() throws IOException, InterruptedException {
    Instant giveUp = Instant.now().plus(Duration.ofMinutes(5));
    while (!Release.healthy(port)) {
      assertThat(application.isAlive()).as(Files.readString(folder.resolve("application.log"))).isTrue();
      assertThat(Instant.now()).isBefore(giveUp);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
