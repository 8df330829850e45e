package org.followthrough.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * The rows of a release's database as SQL text, compressed, for the tests of the next release. Its tables are not in it: they come from the
 * migrations that made them, and a start refuses when one of those was changed since. Needs no program beside the JDK; the embedded
 * PostgreSQL brings xz, under which models that are kept twice are written once.
 *
 * @param file where it is kept; its name is the release's
 */
public record Dump(Path file) {

  private static final Path KEPT = Path.of("src", "test", "resources", "upgrade");
  private static final String ENDING = ".sql.xz";
  private static final String CLOCK = "-- the clock in London: ";
  private static final String SCHEMA = "-- the newest migration: ";
  /** What no later release reads, and would be a good part of the file: what the engine remembers of steps that are over. */
  private static final String FORGOTTEN = """
      truncate camunda.act_hi_op_log, camunda.act_ru_meter_log;
      delete from camunda.act_hi_actinst where end_time_ is not null;
      delete from camunda.act_hi_taskinst where end_time_ is not null;
      delete from camunda.act_hi_identitylink where task_id_ not in (select id_ from camunda.act_ru_task);
      delete from camunda.act_hi_procinst where end_time_ is not null;""";

  /** The one that is kept: of the release before this one. */
  public static Dump kept() {
    try (Stream<Path> files = Files.list(KEPT)) {
      List<Path> kept = files.filter(file -> file.toString().endsWith(ENDING)).toList();
      if (kept.size() != 1) {
        throw new IllegalStateException("One release is kept in " + KEPT + ", not " + kept);
      }
      return new Dump(kept.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The release that it comes from. */
  public String release() {
    return file.getFileName().toString().replace(ENDING, "");
  }

  /** What the clock showed in London when it was recorded. */
  public LocalDateTime clock() throws IOException {
    return LocalDateTime.parse(top(CLOCK));
  }

  private String top(String begins) throws IOException {
    try (BufferedReader lines = open()) {
      return lines.lines().filter(line -> line.startsWith(begins)).findFirst().orElseThrow().substring(begins.length());
    }
  }

  /** Keeps the database at this address as it stands, in place of the release that was kept before. */
  public static Dump keep(String release, LocalDateTime clock, String url) throws IOException, SQLException {
    Files.createDirectories(KEPT);
    try (Stream<Path> files = Files.list(KEPT)) {
      for (Path old : files.filter(file -> file.toString().endsWith(ENDING)).toList()) {
        Files.delete(old);
      }
    }
    Dump dump = new Dump(KEPT.resolve(release + ENDING));
    try (Connection database = DriverManager.getConnection(url); Statement statement = database.createStatement();
        Writer out = new OutputStreamWriter(new XZOutputStream(Files.newOutputStream(dump.file), new LZMA2Options()),
            StandardCharsets.UTF_8)) {
      statement.execute(FORGOTTEN);
      // models as they are instead of hexadecimal: half as long, and readable
      statement.execute("set bytea_output = escape; set timezone = 'UTC'; set search_path to casework, camunda, public");
      out.write("-- Follow Through, release " + release + "\n" + CLOCK + clock + "\n" + SCHEMA
          + asked(statement, "select max(version::int)::text from flyway_schema_history").get(0) + "\n"
          + "-- Into a database that this release has migrated: xz -dc " + release + ENDING + " | psql\n");
      // references lead to rows that come later
      out.write("set session_replication_role = replica;\n");
      List<String> tables = asked(statement, "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace in "
          + "('casework'::regnamespace, 'camunda'::regnamespace) order by relnamespace::regnamespace::text, relname");
      out.write("set search_path to casework, camunda, public;\ntruncate " + String.join(", ", tables) + ";\n");
      for (String table : tables) {
        if (asked(statement, "select exists (select from " + table + ")").get(0).equals("t")) {
          String columns = asked(statement, "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute "
              + "where attrelid = '" + table + "'::regclass and attnum > 0 and not attisdropped and attgenerated = ''").get(0);
          out.write("copy " + table + " (" + columns + ") from stdin;\n");
          database.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (select " + columns + " from " + table
              + " order by 1) to stdout", out);
          out.write("\\.\n");
        }
      }
      for (String sequence : asked(statement, "select format('select setval(%L, %s);', schemaname || '.' || sequencename, last_value) "
          + "from pg_sequences where schemaname in ('casework', 'camunda') and last_value is not null order by 1")) {
        out.write(sequence + "\n");
      }
    }
    return dump;
  }

  /** Makes the tables of its release in the empty database at this address, with everything that was in them. */
  public void restore(String url) throws IOException, SQLException {
    Flyway.configure().dataSource(url, null, null).schemas("casework", "camunda").defaultSchema("casework")
        .javaMigrations(new V1__Engine_schema()).target(top(SCHEMA)).load().migrate();
    try (Connection database = DriverManager.getConnection(url); Statement statement = database.createStatement();
        BufferedReader lines = open()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("copy ")) {
          StringBuilder rows = new StringBuilder();
          for (String row = lines.readLine(); !row.equals("\\."); row = lines.readLine()) {
            rows.append(row).append('\n');
          }
          database.unwrap(PGConnection.class).getCopyAPI().copyIn(line, new StringReader(rows.toString()));
        } else if (!line.startsWith("--")) {
          statement.execute(line);
        }
      }
    }
  }

  private static List<String> asked(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }

  private BufferedReader open() throws IOException {
    return new BufferedReader(new InputStreamReader(new XZInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }
}
