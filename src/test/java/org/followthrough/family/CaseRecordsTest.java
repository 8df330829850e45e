package org.followthrough.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.InTheHouse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every table that is about a family has one class that answers for it. The schema is read, and rows are made from it: what holds here
 * holds
 * for the next table too.
 */
@InTheHouse
class CaseRecordsTest {

  private static final Instant NOW = london("2026-11-16T10:00");
  /** How a column is called that says whom a row is about, also where no foreign key says so. */
  private static final Pattern KEY = Pattern.compile("(.*_)?(case|person|child|contact|subject|move|meeting|need)_id|for_child");

  @Autowired List<CaseRecords> records;
  @Autowired Families families;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  /** A column, and the table that it points to, if it does. */
  record Column(String table, String name, String type, boolean required, String pointsTo) {}

  // Who answers for which table.

  @Test
  void every_table_about_a_family_has_one_class_that_answers_for_it() {
    everyTableIsAnsweredFor();
    assertThat(aboutFamilies()).hasSizeGreaterThan(55).doesNotContain("holiday_override", "deputy");
  }

  @Test
  void a_new_table_that_nobody_answers_for_is_told_of() {
    for (String table : List.of("toy (id uuid, given_to uuid references casework.person)", "toy (id uuid, case_id uuid)",
        "toy (id uuid, at_meeting uuid references casework.meeting)")) {
      transaction.executeWithoutResult(undone -> {
        jdbc.sql("create table casework." + table).update();
        assertThatThrownBy(this::everyTableIsAnsweredFor).isInstanceOf(AssertionError.class)
            .hasMessageContaining("The table toy is about a family, and no class answers for its rows. Let the class that writes it "
            + "implement CaseRecords");
        undone.setRollbackOnly();
      });
    }
    everyTableIsAnsweredFor();
  }

  private void everyTableIsAnsweredFor() {
    Map<String, List<String>> owners = new TreeMap<>();
    records.forEach(one -> one.tables().forEach(table -> owners.computeIfAbsent(table, key -> new ArrayList<>()).add(name(one))));
    assertThat(aboutFamilies()).allSatisfy(table -> assertThat(owners)
        .as("The table %s is about a family, and no class answers for its rows. Let the class that writes it implement CaseRecords, "
        + "name the "
            + "table there, and say what becomes of its rows when the case is split or joined, when a child dies, when another "
            + "authority takes "
            + "the child over, and whether they keep the case open.", table).containsKey(table));
    assertThat(owners).allSatisfy((table, by) -> assertThat(by).as("who answers for %s", table).hasSize(1));
    assertThat(aboutFamilies()).as("tables that somebody answers for are there").containsAll(owners.keySet());
    assertThat(records).allSatisfy(one -> assertThat(one.tables()).as("tables with an excuse in %s", name(one))
        .containsAll(one.staysWhenJoined().keySet()).containsAll(one.staysWhenSplit().keySet()));
  }

  private static String name(CaseRecords one) {
    return one.getClass().getSimpleName();
  }

  /** The tables with a key to a case, a person or a contact, and those that hang on them. */
  private Set<String> aboutFamilies() {
    List<Column> columns = columns("casework");
    Set<String> about = columns.stream().filter(column -> KEY.matcher(column.name()).matches()).map(Column::table)
        .collect(Collectors.toCollection(TreeSet::new));
    about.addAll(Set.of("family_case", "person", "contact"));
    while (about.addAll(columns.stream().filter(column -> column.pointsTo() != null
        && about.contains(column.pointsTo())).map(Column::table).toList())) {
      // until no further table hangs on them
    }
    return about;
  }

  private List<Column> columns(String schema) {
    return jdbc.sql("""
            select t.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
              a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '' as required,
              (select f.relname from pg_constraint k join pg_class f on f.oid = k.confrelid
                where k.contype = 'f' and k.conrelid = t.oid and k.conkey = array[a.attnum] limit 1) as points_to
            from pg_class t join pg_namespace n on n.oid = t.relnamespace join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and
              not a.attisdropped
            where n.nspname = :schema and t.relkind = 'r' order by t.relname, a.attnum""")
        .param("schema", schema).query(Column.class).list();
  }

  // Who writes which table.

  @Test
  void a_table_is_written_by_the_class_that_answers_for_it() throws IOException {
    assertThat(strangers(Path.of("src/main/java"))).isEmpty();
  }

  @Test
  void whoever_writes_the_table_of_another_is_found() throws IOException {
    Path elsewhere = Files.createTempDirectory("writers");
    Files.writeString(elsewhere.resolve("Plans.java"), "jdbc.sql(\"update plan set ended_on = :on\")");
    Files.writeString(elsewhere.resolve("Stranger.java"), """
        /** An update of minutes is none of ours. */
        jdbc.sql(\"""
            with those as (update enquiry_child c set ended_at = :at returning person_id)
            insert into plan (id) select person_id from those\""");
        jdbc.sql("DELETE FROM move where id = :id");""");
    assertThat(strangers(elsewhere))
        .isEqualTo(Map.of("enquiry_child", List.of("Stranger"), "move", List.of("Stranger"), "plan", List.of("Stranger")));
  }

  private static final Pattern WRITES = Pattern.compile("(?i)\\b(?:insert\\s+into|delete\\s+from|update)\\s+([a-z_]+)(?=[\\s(])");

  /** Every table that somebody else writes than the class that answers for it, or several, and who that is. */
  private Map<String, List<String>> strangers(Path sources) throws IOException {
    Map<String, Set<String>> writers = new TreeMap<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher writes = WRITES.matcher(Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|(?m)//.*$", ""));
        while (writes.find()) {
          writers.computeIfAbsent(writes.group(1).toLowerCase(), table -> new TreeSet<>())
              .add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    // "do update set", "for update skip locked"
    writers.keySet().retainAll(columns("casework").stream().map(Column::table).collect(Collectors.toSet()));
    Map<String, List<String>> strangers = new TreeMap<>();
    writers.forEach((table, by) -> {
      records.stream().filter(one -> one.tables().contains(table)).findFirst().ifPresent(owner -> by.remove(name(owner)));
      if (by.size() > (records.stream().anyMatch(one -> one.tables().contains(table)) ? 0 : 1)) {
        strangers.put(table, List.copyOf(by));
      }
    });
    return strangers;
  }

  // What becomes of a row in every table.

  @Test
  void a_duplicate_that_is_joined_leaves_nothing_behind() {
    amongEmptyTables(rows -> {
      UUID stays = rows.aCase();
      UUID duplicate = rows.aCase();
      List<Column> ofCase = rows.columns.stream().filter(column -> toCase(column)).toList();
      rows.about("responsibility", stays, rows.child(stays));
      // who belongs to the family is a row already
      ofCase.stream().filter(column -> !column.table().equals("case_person"))
          .forEach(column -> rows.about(column.table(), duplicate, rows.child(duplicate)));

      families.joinInto(stays, duplicate, "The mother confirmed it.", NOW, "manager");

      assertThat(ofCase).hasSizeGreaterThan(20).allSatisfy(column -> {
        int left = jdbc.sql("select count(*) from " + column.table() + " where " + column.name() + " = :id").param("id", duplicate)
            .query(Integer.class).single();
        String excuse = owner(column.table()).staysWhenJoined().get(column.table());
        if (excuse == null) {
          assertThat(left).as("rows of %s that still point to the case that was joined into another", column.table()).isZero();
        } else {
          assertThat(left).as("rows of %s, which says that they stay: %s", column.table(), excuse).isPositive();
        }
      });
    });
  }

  @Test
  void what_is_about_the_children_who_leave_alone_goes_along_and_nothing_else() {
    amongEmptyTables(rows -> {
      UUID caseId = rows.aCase();
      UUID leaving = rows.child(caseId);
      UUID leavingToo = rows.child(caseId);
      UUID staying = rows.child(caseId);
      UUID stayingToo = rows.child(caseId);
      Map<String, List<UUID>> ofWhoLeaves = new TreeMap<>();
      Map<String, List<UUID>> ofWhoStays = new TreeMap<>();
      for (String table : rows.withCase()) {
        if (rows.columns.stream().anyMatch(column -> column.table().equals(table) && "person".equals(column.pointsTo()))
            && !table.equals("case_person")) {
          ofWhoLeaves.put(table, List.of(rows.about(table, caseId, leaving)));
          ofWhoStays.put(table, List.of(rows.about(table, caseId, staying)));
        }
        // whom it is about may be said in rows that hang on it
        for (String part : rows.partsByPerson(table)) {
          ofWhoLeaves.merge(table, List.of(rows.whole(table, part, caseId, leaving)), CaseRecordsTest::both);
          ofWhoStays.merge(table, List.of(rows.whole(table, part, caseId, staying),
              rows.whole(table, part, caseId, leavingToo, stayingToo)), CaseRecordsTest::both);
        }
      }
      assertThat(ofWhoLeaves).hasSizeGreaterThan(12);

      UUID other = families.split(caseId, List.of(leaving, leavingToo), "She lives with her father now.", NOW, "manager");

      ofWhoLeaves.forEach((table, ids) -> {
        String excuse = owner(table).staysWhenSplit().get(table);
        assertThat(rows.casesOf(table, ids))
            .as("where rows of %s about the child who leaves alone belong%s", table, excuse == null ? "" : ": " + excuse)
            .containsOnly(excuse == null ? other : caseId);
      });
      ofWhoStays.forEach((table, ids) -> assertThat(rows.casesOf(table, ids)).as("where rows of %s about the child who stays belong", table)
          .containsOnly(caseId));
    });
  }

  private static List<UUID> both(List<UUID> some, List<UUID> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private CaseRecords owner(String table) {
    return records.stream().filter(one -> one.tables().contains(table)).findFirst().orElseThrow();
  }

  private static boolean toCase(Column column) {
    return column.name().equals("case_id");
  }

  /**
   * Runs a test on empty copies of all tables, without triggers, foreign keys and checks, so that any row can be made. Nothing of it
   * stays.
   */
  private void amongEmptyTables(Consumer<Rows> test) {
    transaction.executeWithoutResult(undone -> {
      List<Column> columns = columns("casework");
      jdbc.sql("create schema scratch").update();
      columns.stream().map(Column::table).distinct().forEach(table -> jdbc.sql("create table scratch." + table + " (like casework." + table
          + " including defaults including generated including identity including indexes)").update());
      jdbc.sql("set local search_path = scratch, casework, public").update();
      Set<String> answeredFor = records.stream().flatMap(one -> one.tables().stream()).collect(Collectors.toSet());
      test.accept(new Rows(columns.stream().filter(column -> answeredFor.contains(column.table())).toList()));
      undone.setRollbackOnly();
    });
  }

  /** Makes rows from what the schema says of their columns: everything is open, and about whom it is said to be. */
  private final class Rows {

    private final List<Column> columns;

    Rows(List<Column> columns) {
      this.columns = columns;
    }

    UUID aCase() {
      UUID id = UUID.randomUUID();
      make("family_case", Map.of("id", id, "reference", "CP-" + id));
      return id;
    }

    UUID child(UUID caseId) {
      UUID id = UUID.randomUUID();
      make("person", Map.of("id", id));
      make("case_person", Map.of("case_id", caseId, "person_id", id));
      return id;
    }

    Set<String> withCase() {
      return columns.stream().filter(CaseRecordsTest::toCase).map(Column::table).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tables whose rows name a person and hang on this one. */
    List<String> partsByPerson(String table) {
      Function<String, Set<String>> pointing = target -> columns.stream().filter(column -> target.equals(column.pointsTo()))
          .map(Column::table)
          .collect(Collectors.toSet());
      return pointing.apply(table).stream()
          .filter(part -> part.equals(table + "_child") || part.equals(table + "_person") || part.equals(table + "_outcome"))
          .filter(pointing.apply("person")::contains).sorted().toList();
    }

    UUID about(String table, UUID caseId, UUID child) {
      Map<String, Object> keys = new HashMap<>();
      columns.stream().filter(column -> column.table().equals(table)).forEach(column -> {
        if (toCase(column)) {
          keys.put(column.name(), caseId);
        } else if ("person".equals(column.pointsTo())) {
          keys.put(column.name(), child);
        }
      });
      return make(table, keys);
    }

    UUID whole(String table, String part, UUID caseId, UUID... children) {
      UUID id = make(table, Map.of("case_id", caseId));
      Stream.of(children).forEach(child -> {
        Map<String, Object> keys = new HashMap<>();
        columns.stream().filter(column -> column.table().equals(part)).forEach(column -> {
          if (table.equals(column.pointsTo())) {
            keys.put(column.name(), id);
          } else if ("person".equals(column.pointsTo())) {
            keys.put(column.name(), child);
          }
        });
        make(part, keys);
      });
      return id;
    }

    List<UUID> casesOf(String table, List<UUID> ids) {
      boolean named = columns.stream().anyMatch(column -> column.table().equals(table) && column.name().equals("id"));
      return ids.stream().map(id -> jdbc.sql("select case_id from " + table + " where " + (named ? "id" : "person_id") + " = "
          + ":id").param("id", id)
          .query(UUID.class).single()).toList();
    }

    /** @return its id; where a table has none, the child's */
    private UUID make(String table, Map<String, Object> keys) {
      Map<String, Object> row = new HashMap<>(keys);
      columns.stream().filter(column -> column.table().equals(table)).forEach(column -> {
        if (column.name().equals("id")) {
          row.putIfAbsent("id", UUID.randomUUID());
        } else if (column.required() && !row.containsKey(column.name())) {
          row.put(column.name(), anything(column));
        }
      });
      jdbc.sql("insert into " + table + " (" + String.join(", ", row.keySet()) + ") values ("
          + row.keySet().stream().map(column -> "cast(:" + column + " as " + typeOf(table, column) + ")")
              .collect(Collectors.joining(", ")) + ")")
          .params(row).update();
      return (UUID) row.getOrDefault("id", row.get("person_id"));
    }

    private String typeOf(String table, String column) {
      return columns.stream().filter(one -> one.table().equals(table) && one.name().equals(column)).map(Column::type).findFirst()
          .orElseThrow();
    }

    private Object anything(Column column) {
      return switch (column.type()) {
        case "uuid" -> UUID.randomUUID();
        case "boolean" -> true;
        case "integer", "bigint" -> 1;
        case "jsonb" -> "{}";
        case "text[]" -> "{}";
        case "date" -> "2026-11-16";
        case "timestamp with time zone" -> "2026-11-16T10:00:00Z";
        default -> column.name().equals("team") ? "north" : UUID.randomUUID().toString();
      };
    }
  }
}
