package org.followthrough.move.pack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.followthrough.TestDatabase;
import org.followthrough.page.Words;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** The record of another authority: the same classes on an empty database of their own. The record needs nothing else. */
final class Installation implements AutoCloseable {

  final String code;
  final JdbcClient jdbc;
  private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

  /** @param migrations those of the application that are no files */
  Installation(String code, JavaMigration... migrations) {
    this.code = code;
    String database = code + System.nanoTime();
    try (Connection server = source("postgres").getConnection(); Statement statement = server.createStatement()) {
      statement.execute("create database " + database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    DataSource source = source(database);
    Flyway.configure().dataSource(source).schemas("casework", "camunda").defaultSchema("casework").javaMigrations(migrations)
        .load().migrate();
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("authority",
        Map.of("followthrough.authority.code", code, "followthrough.authority.name", Words.sentence(code))));
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(source));
    context.registerBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(source));
    context.registerBean(ObjectMapper.class, () -> new ObjectMapper());
    context.registerBean(Clock.class, () -> Clock.fixed(Instant.parse("2027-03-01T09:00:00Z"), ZoneOffset.UTC));
    // who owns rows needs no engine: what is asked for comes with all it needs, and nothing else is made
    var scanner = new ClassPathBeanDefinitionScanner(context, false);
    scanner.addIncludeFilter((found, factory) -> found.getAnnotationMetadata().hasAnnotation(Component.class.getName()));
    scanner.getBeanDefinitionDefaults().setLazyInit(true);
    scanner.scan("org.followthrough");
    context.refresh();
    jdbc = get(JdbcClient.class);
  }

  private static DataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(TestDatabase.url().replaceFirst("/postgres\\?", "/" + database + "?"));
    source.setCurrentSchema("camunda,casework,public");
    source.setUser("postgres");
    return source;
  }

  <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  Packs packs() {
    return get(Packs.class);
  }

  /** A family that arrives from there, as it is after its people were matched: a case, and the move under the sender's id. */
  UUID arrival(UUID move, String from, Iterable<UUID> children) {
    UUID family = UUID.randomUUID();
    jdbc.sql("insert into family_case (id, reference, opened_at) values (:id, :reference, now())").param("id", family)
        .param("reference", "CP-" + family.toString().substring(0, 8)).update();
    jdbc.sql("""
            insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from)
            values (:id, true, :case, 'england-or-wales', :from, true, now(), 'They rang')""").param("id", move).param("case", family)
        .param("from", from).update();
    children.forEach(child -> {
      jdbc.sql("insert into move_child (move_id, their_id) values (:move, :child)").param("move", move).param("child", child).update();
    });
    return family;
  }

  @Override
  public void close() {
    context.close();
  }
}
