package org.followthrough.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.followthrough.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Which releases may start on which schema. */
class SchemaRangeTest {

  private static final String NAME = "range";

  private final String url = TestDatabase.url().replaceFirst("/postgres\\?", "/" + NAME + "?");
  private final ApplicationContextRunner thisRelease = new ApplicationContextRunner()
      .withInitializer(new ConfigDataApplicationContextInitializer())
      .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
      .withUserConfiguration(SchemaRange.class, V1__Engine_schema.class)
      .withPropertyValues("spring.datasource.url=" + url, "spring.datasource.username=postgres",
          "spring.datasource.hikari.maximum-pool-size=3");

  @BeforeEach
  void aDatabaseOfItsOwn() throws SQLException {
    server("create database " + NAME);
  }

  @AfterEach
  void gone() throws SQLException {
    server("drop database " + NAME + " with (force)");
  }

  private static void server(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(TestDatabase.url())) {
      connection.createStatement().execute(sql);
    }
  }

  private void aNewerReleaseWasHere() {
    there("insert into casework.flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time,"
        + " success) values (900, '900', 'what is to come', 'SQL', 'V900__what_is_to_come.sql', 'x', 1, true)");
  }

  private void there(String sql) {
    SingleConnectionDataSource source = new SingleConnectionDataSource(url, "postgres", "", true);
    JdbcClient.create(source).sql(sql).update();
    source.destroy();
  }

  private List<String> history() {
    SingleConnectionDataSource source = new SingleConnectionDataSource(url, "postgres", "", true);
    List<String> history = JdbcClient.create(source).sql("""
        select coalesce(version, '') || ' ' || installed_on from casework.flyway_schema_history order by 1""").query(String.class).list();
    source.destroy();
    return history;
  }

  @Test
  void a_release_starts_on_a_newer_schema_only_within_its_range() {
    thisRelease.run(first -> assertThat(first).as("on an empty database").hasNotFailed());
    thisRelease.run(again -> assertThat(again).as("on its own schema").hasNotFailed());

    aNewerReleaseWasHere();
    thisRelease.run(beside -> assertThat(beside).as("beside a newer release").hasNotFailed());

    there("update casework.schema_range set oldest_release = '899'");
    List<String> before = history();
    thisRelease.run(tooOld -> assertThat(tooOld).hasFailed().getFailure().rootCause()
        .hasMessageMatching("This release is too old for its database: it knows the schema up to [0-9.]+, the database stands at 900"
            + " and lets no release run that knows less than 899; nothing was changed, start a newer release\\."));
    assertThat(history()).isEqualTo(before);
  }
}
