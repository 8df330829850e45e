package org.followthrough.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The data source when none is named: what was acknowledged stays, and nobody else's server is taken for ours. */
class EmbeddedDatabaseTest {

  // the server runs as another user, whose files JUnit could not remove
  @TempDir(cleanup = CleanupMode.NEVER) Path folder;

  private final int port = freePort();
  private final ApplicationContextRunner application = new ApplicationContextRunner().withUserConfiguration(EmbeddedDatabase.class);

  private ApplicationContextRunner on(Path data) {
    return application.withPropertyValues("followthrough.database.folder=" + data, "followthrough.database.port=" + port);
  }

  @Test
  void an_acknowledged_step_survives_a_power_cut() {
    on(folder.resolve("data")).run(started -> {
      DataSource source = started.getBean(DataSource.class);
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(ask(source, "show " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(ask(source, "show log_error_verbosity")).as("no failing row in the log").isEqualTo("terse");
      assertThat(ask(source, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(source, "show server_version")).startsWith("17.");
    });
  }

  @Test
  void what_was_written_is_there_at_the_next_start() {
    on(folder.resolve("data")).run(started -> write(started.getBean(DataSource.class), "create table kept as select 47 as answer"));
    on(folder.resolve("data")).run(again -> assertThat(ask(again.getBean(DataSource.class), "select answer from kept")).isEqualTo("47"));
  }

  /** That the server of a killed application is taken up again, KilledTest shows: it takes a process to be killed. */
  @Test
  void another_server_on_our_port_is_refused() throws Exception {
    EmbeddedPostgres another = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("another").toFile()).setCleanDataDirectory(false)
        .setPort(port).start();
    try {
      on(folder.resolve("data")).run(refused -> assertThat(refused).hasFailed().getFailure().rootCause()
          .hasMessageContaining("Another PostgreSQL is using port " + port).hasMessageContaining("followthrough.database.port"));
      // and it still runs: it was not ours to stop
      try (Connection connection = DriverManager.getConnection(another.getJdbcUrl("postgres", "postgres"))) {
        assertThat(connection.isValid(5)).isTrue();
      }
    } finally {
      another.close();
    }
  }

  @Test
  void a_named_data_source_takes_its_place() {
    on(folder.resolve("data")).withPropertyValues("spring.datasource.url=jdbc:postgresql://elsewhere/x")
        .run(started -> assertThat(started).doesNotHaveBean(EmbeddedPostgres.class).doesNotHaveBean(DataSource.class));
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port
        + "/postgres?user=postgres&connectTimeout=2"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void what_is_released_carries_no_postgresql_and_starts_none() {
    on(folder.resolve("data")).withClassLoader(new FilteredClassLoader(EmbeddedPostgres.class))
        .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean(DataSource.class));
  }

  private static String ask(DataSource source, String question) throws SQLException {
    try (Connection connection = source.getConnection(); ResultSet row = connection.createStatement().executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void write(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.createStatement().executeUpdate(sql);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
