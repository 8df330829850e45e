package org.followthrough.database;

import java.util.Arrays;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which releases may run on a schema. Its number is the newest migration in it; beside that it says how new a migration a
 * release must know to run on it. Within that range an older release and a newer one run beside each other.
 */
@Configuration(proxyBeanMethods = false)
class SchemaRange {

  /** Before anything is changed: neither tables nor models. */
  @Bean
  FlywayMigrationStrategy onlyWithinTheRange() {
    return flyway -> {
      refuseToRunOnANewerSchema(flyway);
      flyway.migrate();
    };
  }

  private static void refuseToRunOnANewerSchema(Flyway flyway) {
    MigrationInfo newest = flyway.info().current();
    JdbcClient jdbc = JdbcClient.create(flyway.getConfiguration().getDataSource());
    if (newest == null || jdbc.sql("select to_regclass('casework.schema_range') is null").query(Boolean.class).single()) {
      return;
    }
    MigrationVersion known = Arrays.stream(flyway.info().all()).filter(migration -> migration.getState().isResolved())
        .map(MigrationInfo::getVersion).filter(Objects::nonNull).max(MigrationVersion::compareTo).orElse(MigrationVersion.EMPTY);
    MigrationVersion oldest = MigrationVersion.fromVersion(
        jdbc.sql("select oldest_release from casework.schema_range").query(String.class).single());
    if (known.compareTo(oldest) < 0) {
      throw new TooOld("This release is too old for its database: it knows the schema up to " + known
          + ", the database stands at " + newest.getVersion() + " and lets no release run that knows less than " + oldest
          + "; nothing was changed, start a newer release.");
    }
  }

  /** This release must not run on a schema. */
  static class TooOld extends RuntimeException {

    TooOld(String sentence) {
      super(sentence);
    }
  }

  /** Says so in that sentence, instead of in pages of where it was noticed. */
  static class InOneSentence extends AbstractFailureAnalyzer<TooOld> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, TooOld cause) {
      return new FailureAnalysis(cause.getMessage(), null, cause);
    }
  }
}
