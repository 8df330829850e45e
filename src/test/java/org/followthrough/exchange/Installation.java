package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.followthrough.Visitor;
import org.followthrough.record.Submission;

/** One authority's application in a process of its own, with a database of its own, as its operations start it. */
public final class Installation {

  /** On their clocks it is the morning of a Tuesday: conferences are never on weekends. */
  private static final Duration AHEAD = Duration.between(Instant.now(), LocalDate.now(Submission.LONDON).with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
      .atTime(9, 0).atZone(Submission.LONDON)).truncatedTo(ChronoUnit.MINUTES);
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(180);

  public final String code;
  public final int port = freePort();
  public final int exchangePort = freePort();
  private final int databasePort = freePort();
  private final Path folder;
  private final List<String> settings = new ArrayList<>();
  private Process application;

  /**
   * Not started yet.
   *
   * @param folder for its database and its log
   */
  Installation(String code, Path folder) {
    this.code = code;
    this.folder = folder;
  }

  /** A setting, as {@code followthrough.banner=TEST}, for every start from now on. */
  public void set(String setting) {
    settings.add("--" + setting);
  }

  /** Starts it and waits until it is healthy. */
  public void start() {
    begin();
    await();
  }

  /** Starts it without waiting. */
  void begin() {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Duser.timezone=UTC", "-Xmx768m",
        "-XX:TieredStopAtLevel=1", "-D" + AtAnotherTime.AHEAD + "=" + AHEAD.toMillis(), "-cp", System.getProperty("java.class.path"), AtAnotherTime.class.getName(), "--server.port=" + port,
        "--followthrough.database.folder=" + folder.resolve(code + "-postgresql"), "--followthrough.database.port=" + databasePort,
        "--followthrough.demo-families=false", "--followthrough.authority.code=" + code, "--followthrough.exchange.port=" + exchangePort));
    command.addAll(settings);
    try {
      application = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void await() {
    Instant giveUp = Instant.now().plus(STARTS_WITHIN);
    while (!healthy()) {
      assertThat(application.isAlive()).as("%s, see %s", code, log()).isTrue();
      assertThat(Instant.now()).as("%s, see %s", code, log()).isBefore(giveUp);
      pause(200);
    }
  }

  /** Kills it without warning (SIGKILL); its database server lives on, as after a crash of the application. */
  public void kill() {
    try {
      application.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it as operations do, its database with it; after a kill only the database is left to stop. */
  public void stop() {
    try {
      if (application != null && application.isAlive()) {
        application.destroy();
        assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      Path server = folder.resolve(code + "-postgresql").resolve("postmaster.pid");
      if (Files.exists(server)) {
        ProcessHandle.of(Long.parseLong(Files.readAllLines(server).get(0).strip())).ifPresent(ProcessHandle::destroy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether its process lives. */
  public boolean alive() {
    return application != null && application.isAlive();
  }

  /** The London wall time that its clock tells. */
  public LocalDateTime now() {
    return LocalDateTime.ofInstant(Instant.now().plus(AHEAD), Submission.LONDON);
  }

  public Path log() {
    return folder.resolve(code + ".log");
  }

  /** A demo person who has signed in here. */
  public Visitor visitor(String demoPerson) {
    Visitor visitor = Visitor.at(port, demoPerson);
    // the first page hands out the token that the engine's calls carry
    visitor.get("/camunda/app/tasklist/default/");
    return visitor;
  }

  public Connection database() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres?user=postgres&currentSchema=casework,camunda");
  }

  /** Changes its database past the application. */
  public void change(String sql, Object... params) {
    try (var connection = database(); var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < params.length; i++) {
        statement.setObject(i + 1, params[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The texts that a query finds here. */
  public List<String> texts(String sql, Object... params) {
    try (var connection = database(); var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < params.length; i++) {
        statement.setObject(i + 1, params[i]);
      }
      List<String> found = new ArrayList<>();
      var rows = statement.executeQuery();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many rows a query counts here. */
  public int count(String sql, Object... params) {
    return Integer.parseInt(texts(sql, params).get(0));
  }

  /** Waits until a query finds exactly these texts. */
  public void eventually(Duration within, String sql, List<String> expected, Object... params) {
    Instant giveUp = Instant.now().plus(within);
    while (!texts(sql, params).equals(expected) && Instant.now().isBefore(giveUp)) {
      pause(100);
    }
    assertThat(texts(sql, params)).as("%s: %s", code, sql).isEqualTo(expected);
  }

  private boolean healthy() {
    try {
      return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health")).build(),
          BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void pause(int milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
