package org.followthrough;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real PostgreSQL for every test, one per run of the suite, on a port that nobody else uses. */
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static EmbeddedPostgres server;

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of("spring.datasource.url=" + url(), "spring.datasource.username=postgres").applyTo(context);
  }

  private static void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** While this happens nobody gets at the application's database, and who was connected has lost it. */
  public static void away(Runnable meanwhile) {
    JdbcClient beside = JdbcClient.create(server.getDatabase("postgres", "template1"));
    beside.sql("alter database postgres with allow_connections false").update();
    try {
      beside.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = 'postgres'").query(Integer.class).single();
      meanwhile.run();
    } finally {
      beside.sql("alter database postgres with allow_connections true").update();
    }
  }

  /** The address of the one server of this run. */
  public static synchronized String url() {
    try {
      if (server == null) {
        server = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").setServerConfig("log_error_verbosity", "terse")
            .setServerConfig("plan_cache_mode", "force_generic_plan")
            .setRegisterShutdownHook(false).start();
        // after the application, which says goodbye to its database as it stops: half a minute is lost otherwise
        SpringApplication.getShutdownHandlers().add(TestDatabase::stop);
      }
      return server.getJdbcUrl("postgres", "postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
