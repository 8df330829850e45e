package org.followthrough.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
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

/** Which releases may start on which schema, and what becomes of what an older one has written. */
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

  @Test
  void what_an_older_release_has_brought_forward_goes_on_as_a_further_event() {
    thisRelease.withPropertyValues("spring.flyway.target=22").run(older -> assertThat(older).hasNotFailed());
    there("insert into casework.contact (id, reference, opened_at, opened_by) values (gen_random_uuid(), 'CT-1', now(), 'contact')");
    there("""
        insert into casework.chronology_entry (id, contact_id, subject_id, what, happened_at, recorded_at, recorded_by, nature, fields,
          corrects, correction_why)
        select cast(e.id as uuid), c.id, cast(about as uuid), what, now(), now(), 'worker', 'fact', '[]', cast(corrects as uuid),
          case when corrects is not null then 'Misread.' end
        from casework.contact c, (values
          (1, '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', 'Early review asked', null),
          (2, '00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-0000000000aa', 'Early review asked', null),
          (3, '00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-0000000000aa', 'Early review asked',
            '00000000-0000-0000-0000-000000000002'),
          (4, '00000000-0000-0000-0000-000000000004', '00000000-0000-0000-0000-0000000000bb', 'Early review asked', null),
          (5, '00000000-0000-0000-0000-000000000005', '00000000-0000-0000-0000-0000000000aa', 'Child seen', null),
          (6, '00000000-0000-0000-0000-000000000006', '00000000-0000-0000-0000-0000000000aa', 'Child seen', null))
          as e (n, id, about, what, corrects) order by n""");

    thisRelease.run(now -> assertThat(now).hasNotFailed().satisfies(started -> {
      JdbcClient jdbc = JdbcClient.create(started.getBean(DataSource.class));
      assertThat(jdbc.sql("select right(id::text, 1) from casework.chronology_entry where further order by 1").query(String.class).list())
          .as("the second one of a subject, and its correction").containsExactly("2", "3");
      assertThatThrownBy(() -> jdbc.sql("update casework.chronology_entry set words = 'Not so.'").update())
          .hasMessageContaining("append-only");
    }));
  }
}
