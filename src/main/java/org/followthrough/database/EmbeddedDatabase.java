package org.followthrough.database;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The data source when none is named: PostgreSQL 17 on loopback, its data kept between runs.
 *
 * <p>What is released carries no database of its own: there it is an error to name none.
 *
 * <p>The port is fixed because a killed application leaves its server running: the next start then finds that server,
 * on the same port and the same folder, and carries on with it.
 */
@Configuration
@ConditionalOnClass(EmbeddedPostgres.class)
@ConditionalOnExpression("'${spring.datasource.url:}'.isEmpty()")
class EmbeddedDatabase {

  @Bean(destroyMethod = "close")
  EmbeddedPostgres embeddedPostgres(
      @Value("${followthrough.database.folder}") Path folder, @Value("${followthrough.database.port}") int port)
      throws IOException, SQLException {
    File data = folder.toAbsolutePath().toFile();
    EmbeddedPostgres server = EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        // Spring closes it after the last connection; a hook of its own would close it before
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("max_connections", "100")
        // the library switches both off; an acknowledged step must survive a power cut
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        // its complaints would quote the failing row, names and all, into our log
        .setServerConfig("log_error_verbosity", "terse")
        .start();
    refuseAnotherServer(server, data, port);
    return server;
  }

  /** Whatever listens on our port must serve our folder, or families would be written into somebody else's database. */
  private static void refuseAnotherServer(EmbeddedPostgres server, File data, int port)
      throws SQLException, IOException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("show data_directory")) {
      row.next();
      if (!new File(row.getString(1)).getCanonicalFile().equals(data.getCanonicalFile())) {
        server.close();
        throw new IllegalStateException("Another PostgreSQL is using port " + port
            + ". Stop it, or choose another port with followthrough.database.port.");
      }
    }
  }

  @Bean
  @ConfigurationProperties("spring.datasource.hikari")
  HikariDataSource dataSource(EmbeddedPostgres server) {
    return DataSourceBuilder.create()
        .type(HikariDataSource.class)
        .url(server.getJdbcUrl("postgres", "postgres"))
        .build();
  }
}
