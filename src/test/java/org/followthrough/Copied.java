package org.followthrough;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What many tests begin with is done by its pages twice, and copied after that: every row that the pages left behind, in the engine's
 * tables and in ours, with ids, references and names of its own. A copy takes a tenth of the time and differs in nothing, as the database
 * is all that an open process is.
 */
@Component
class Copied {

  /** Names and numbers that a test has made up for itself alone, see {@link Practice#aNewName}. */
  private static final Pattern MADE_UP = Pattern.compile("[A-Z][a-z]{15,}|\\d{10,}");
  static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern OWN = Pattern.compile(MADE_UP + "|" + ID + "|C[TP]-\\d{4}-\\d{6}");
  /** What the engine keeps as bytes, as JSON shows it. */
  private static final Pattern BYTES = Pattern.compile("\"\\\\\\\\x([0-9a-f]+)\"");

  /** A table that may be copied into: what it makes by itself, such as a position, it makes for the copy too. */
  record Table(String name, String columns, String order) {}

  /**
   * What the pages left behind: rows as JSON, by table, the names made up in them, the models that they name, and what time it was then.
   */
  private record Left(String contact, List<String> madeUp, Map<Table, String> rows, Set<String> models, Date until) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Map<String, Integer> done = new HashMap<>();
  private final Map<String, Left> left = new HashMap<>();
  private List<Table> tables;

  Copied(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * The reference of a contact that these pages take down, or of its like.
   *
   * @param pages everything that decides what they leave behind, but for the time, and the names that they make up themselves
   */
  String contact(List<?> pages, Supplier<String> byItsPages) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return byItsPages.get();
    }
    List<String> madeUp = MADE_UP.matcher(pages.toString()).results().map(MatchResult::group).distinct().toList();
    String like = ClockUtil.getCurrentTime().toInstant() + inForce() + replaced(MADE_UP, pages.toString(),
        name -> "#" + madeUp.indexOf(name));
    if (left.containsKey(like)) {
      return copy(left.get(like), madeUp);
    }
    if (done.merge(like, 1, Integer::sum) < 2) {
      return byItsPages.get();
    }
    long before = now();
    String contact = byItsPages.get();
    Map<Table, String> rows = since(before);
    // those of the pages first, whose names are told by whoever asks for a copy; then those that the pages make up themselves
    List<String> names = new ArrayList<>(madeUp);
    rows.forEach((table, found) -> {
      if (table.name().matches("casework\\.(person_name|contact_person)")) {
        MADE_UP.matcher(found).results().map(MatchResult::group).filter(name -> !names.contains(name)).forEach(names::add);
      }
    });
    left.put(like, new Left(contact, names, rows, models(), ClockUtil.getCurrentTime()));
    return contact;
  }

  /** By which models and which calendar it is worked. */
  private String inForce() {
    return jdbc.sql("""
            select concat_ws(' ', (select md5(string_agg(id_, '' order by id_)) from camunda.act_re_deployment),
              (select changed_at from casework.calendar), (select string_agg(day::text || working, ' ') from casework.holiday_override),
                '')""")
        .query(String.class).single();
  }

  /** The transaction of this moment. */
  long now() {
    return jdbc.sql("select pg_current_xact_id()::text::bigint").query(Long.class).single();
  }

  /** Everything that was written since a transaction, as JSON, by table. */
  Map<Table, String> since(long before) {
    if (tables == null) {
      tables = jdbc.sql("""
              select format('%I.%I', table_schema, table_name) as name, string_agg(quote_ident(column_name), ', ') filter (
                where is_identity = 'NO' and is_generated = 'NEVER') as columns,
                coalesce(min(quote_ident(column_name)) filter (where is_identity = 'YES'), 'xmin::text::bigint, ctid') as order
              from information_schema.columns join information_schema.tables using (table_schema, table_name)
              where table_schema in ('camunda', 'casework') and table_type = 'BASE TABLE' and table_name not like 'act\\_re\\_%'
              group by 1 order by 1""")
          .query(Table.class).list();
    }
    Map<Table, String> rows = new LinkedHashMap<>();
    tables.forEach(table -> jdbc.sql("select jsonb_agg(to_jsonb(t) order by %s)::text from %s t where xmin::text::bigint > %d"
            .formatted(table.order(), table.name(), before))
        .query(String.class).optional().ifPresent(found -> rows.put(table, found)));
    return rows;
  }

  Set<String> models() {
    return jdbc.sql("""
            select id_ from camunda.act_re_procdef union select id_ from camunda.act_re_deployment
            union select id_ from camunda.act_re_decision_def union select id_ from camunda.act_re_decision_req_def
            union select id_ from camunda.act_re_camformdef union select id_ from camunda.act_ru_jobdef
            union select id_ from camunda.act_ge_bytearray where deployment_id_ is not null""")
        .query(String.class).list().stream().map(id -> id.substring(id.lastIndexOf(':') + 1)).collect(Collectors.toSet());
  }

  private String copy(Left like, List<String> madeUp) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < like.madeUp().size(); i++) {
      String name = like.madeUp().get(i);
      names.put(name, i < madeUp.size() ? madeUp.get(i) : Character.isDigit(name.charAt(0)) ? String.valueOf(System.nanoTime())
          : Practice.aNewName());
    }
    UnaryOperator<String> own = name -> like.models().contains(name) ? name : names.computeIfAbsent(name, this::another);
    transaction.executeWithoutResult(status -> {
      // the rows are right as they are: nothing is to be checked or to follow
      jdbc.sql("set local session_replication_role = replica").update();
      like.rows().forEach((table, rows) -> jdbc.sql("""
              insert into %1$s (%2$s) select %2$s from jsonb_populate_recordset(null::%1$s, cast(:rows as jsonb))
              on conflict do nothing""".formatted(table.name(), table.columns()))
          .param("rows", replaced(OWN, replaced(BYTES, rows, bytes -> inBytes(bytes, own)), own)).update());
    });
    ClockUtil.setCurrentTime(like.until());
    return replaced(OWN, like.contact(), own);
  }

  private static String inBytes(String quoted, UnaryOperator<String> own) {
    Matcher bytes = BYTES.matcher(quoted);
    bytes.matches();
    String text = new String(HexFormat.of().parseHex(bytes.group(1)), StandardCharsets.ISO_8859_1);
    return "\"\\\\x" + HexFormat.of().formatHex(replaced(OWN, text, own).getBytes(StandardCharsets.ISO_8859_1)) + "\"";
  }

  /** Another id or reference; a name or a number that no test has made up stays. */
  private String another(String name) {
    return name.matches(ID) ? UUID.randomUUID().toString()
        : !name.startsWith("C") || !name.contains("-") ? name : name.substring(0, 8) + jdbc.sql("select lpad(nextval('casework."
            + (name.startsWith("CT") ? "contact" : "case") + "_number')::text, 6, '0')").query(String.class).single();
  }

  private static String replaced(Pattern pattern, String text, UnaryOperator<String> name) {
    return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(name.apply(found.group())));
  }
}
