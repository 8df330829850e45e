package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.followthrough.AtAnotherTime;
import org.followthrough.Release;
import org.followthrough.Visitor;

/** One authority's application in a process of its own, with a database of its own, as its operations start it. */
public final class Installation {

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

  public final String code;
  public final int port = Release.freePort();
  public final int exchangePort = Release.freePort();
  private final int databasePort = Release.freePort();
  private final Path folder;
  private final List<String> settings = new ArrayList<>();
  private Process application;
  private Connection database;

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
    Path data = folder.resolve(code + "-postgresql");
    Release.furnish(data);
    List<String> command = AtAnotherTime.command();
    command.addAll(List.of("--server.port=" + port, "--followthrough.database.folder=" + data, "--followthrough.database.port="
        + databasePort, "--followthrough.demo-families=false", "--followthrough.authority.code=" + code, "--followthrough.exchange.port="
        + exchangePort));
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
    while (!Release.healthy(port)) {
      assertThat(application.isAlive()).as("%s, see %s", code, log()).isTrue();
      assertThat(Instant.now()).as("%s, see %s", code, log()).isBefore(giveUp);
      pause(50);
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
      if (database != null) {
        database.close();
      }
      if (application != null && application.isAlive()) {
        application.destroy();
        assertThat(application.waitFor(3, TimeUnit.MINUTES)).isTrue();
      }
      Path server = folder.resolve(code + "-postgresql").resolve("postmaster.pid");
      if (Files.exists(server)) {
        ProcessHandle.of(Long.parseLong(Files.readAllLines(server).get(0).strip())).ifPresent(ProcessHandle::destroy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether its process lives. */
  public boolean alive() {
    return application != null && application.isAlive();
  }

  /** The London wall time that its clock tells. */
  public LocalDateTime now() {
    return AtAnotherTime.now();
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

  /** Kept, because a new one for each of thousands of looks costs more than the looks; it outlives the application, as its server does. */
  private Connection database() throws SQLException {
    if (database == null || !database.isValid(1)) {
      database = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + databasePort
          + "/postgres?user=postgres&currentSchema=casework,camunda");
    }
    return database;
  }

  /** Changes its database past the application. */
  public synchronized void change(String sql, Object... params) {
    try (var statement = database().prepareStatement(sql)) {
      for (int i = 0; i < params.length; i++) {
        statement.setObject(i + 1, params[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The texts that a query finds. */
  public List<String> texts(String sql, Object... params) {
    return rows(sql, params).stream().map(row -> row.get(0)).toList();
  }

  /** The rows that a query finds here, as texts. */
  public synchronized List<List<String>> rows(String sql, Object... params) {
    try (var statement = database().prepareStatement(sql)) {
      for (int i = 0; i < params.length; i++) {
        statement.setObject(i + 1, params[i]);
      }
      List<List<String>> found = new ArrayList<>();
      var rows = statement.executeQuery();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        found.add(row);
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

  static void pause(int milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
