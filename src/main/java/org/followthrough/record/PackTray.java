package org.followthrough.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the roads of a move lay a pack down and take it up: what goes along, what is kept back, and what lies in one that came. */
@Component
public class PackTray {

  /** A pack exactly as it goes out. */
  public record Pack(String document, String sha256, Instant madeAt) {}

  /** An action that was open where the family comes from, by the id that it has there; {@code forChild} by theirs too, or null. */
  public record Promise(UUID id, String what, String namedPerson, String agency, LocalDate dueOn, String ifNotDone, UUID forChild) {}

  private static final String SCHEMA = "follow-through-pack/1";

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Moves moves;
  private final Persons persons;

  PackTray(JdbcClient jdbc, ObjectMapper json, Moves moves, Persons persons) {
    this.jdbc = jdbc;
    this.json = json;
    this.moves = moves;
    this.persons = persons;
  }

  // What goes out.

  /** What will go along, a line for each kind of thing with how much there is of it. */
  public List<String> sections(UUID move) {
    UUID family = moves.get(move).caseId();
    return List.of(
        counted("Chronology", "entries", "select count(*) from chronology_entry where case_id = :case", family),
        counted("Household and network", "people", "select count(*) from case_person where case_id = :case and until is null", family),
        counted("Plans", "in force or ended", "select count(*) from plan where case_id = :case", family),
        counted("Actions", "open", "select count(*) from agreed_action where case_id = :case and ended_as is null", family),
        counted("Meetings and their minutes", "held", "select count(*) from meeting where case_id = :case and held_at is not null", family),
        counted("Assessments", "begun", "select count(*) from assessment where case_id = :case", family),
        counted("Visits and other times the children were seen", "recorded", "select count(*) from sighting where case_id = :case", family),
        counted("Legal status", "recorded", "select count(*) from legal_status where case_id = :case", family));
  }

  private String counted(String what, String of, String sql, UUID family) {
    return what + ": " + jdbc.sql(sql).param("case", family).query(Integer.class).single() + " " + of;
  }

  /** What is about people who do not move, as choices: each may be kept back. */
  public List<Option> thirdParties(UUID move) {
    return jdbc.sql("""
            select c.person_id from case_person c where c.case_id = :case and not c.child and c.until is null
              and c.lives is distinct from 'with-the-children' order by c.since, c.person_id""")
        .param("case", moves.get(move).caseId()).query(UUID.class).list().stream()
        .map(one -> new Option(persons.name(one), one.toString())).toList();
  }

  /** Keeps items of {@link #thirdParties} back, with the reason; what was kept back before goes along again where it is not among them. */
  public void keepBack(UUID move, List<String> items, String why) {
    jdbc.sql("delete from pack_kept_back where move_id = :move").param("move", move).update();
    items.forEach(item -> jdbc.sql("insert into pack_kept_back (move_id, item, why) values (:move, :item, :why)")
        .param("move", move).param("item", item).param("why", why).update());
  }

  /** Makes the pack of a move as things stand now and lays it down. */
  public Pack make(UUID move, Instant at, String by) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("move", move);
    content.put("actions", ours(moves.get(move)));
    content.put("notReached", ourRows(moves.get(move)));
    try {
      return keep(move, json.writeValueAsString(Map.of("schema", SCHEMA, "content", content)), at, by);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The newest pack of a move. */
  public Optional<Pack> newest(UUID move) {
    return jdbc.sql("select document, sha256, made_at from pack where move_id = :move order by made_at desc limit 1").param("move", move)
        .query((row, n) -> new Pack(row.getString("document"), row.getString("sha256"), Rows.instant(row, "made_at"))).optional();
  }

  // What comes in.

  /**
   * Takes a pack in, exactly as it came.
   *
   * @throws Refusal when it is damaged, of a form we do not know, or another family's
   */
  public void take(UUID move, String document, String sha256, Instant at, String by) {
    if (!sha256(document).equals(sha256)) {
      throw new Refusal("pack", "The pack is damaged: it is not what was sent. Ask for it again.");
    }
    JsonNode read = read(document);
    if (!SCHEMA.equals(read.path("schema").asText())) {
      throw new Refusal("pack", "This pack is of a form that we do not know. Ask for it as a PDF.");
    }
    if (!move.toString().equals(read.path("content").path("move").asText())) {
      throw new Refusal("pack", "This pack belongs to another family that moves. Ask for the right one.");
    }
    keep(move, document, at, by);
  }

  private Pack keep(UUID move, String document, Instant at, String by) {
    Pack pack = new Pack(document, sha256(document), at);
    jdbc.sql("insert into pack (move_id, document, sha256, made_at, made_by) values (:move, :document, :sha, :at, :by)")
        .param("move", move).param("document", pack.document()).param("sha", pack.sha256()).param("at", Timestamp.from(at)).param("by", by).update();
    return pack;
  }

  private static String sha256(String document) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode read(String document) {
    try {
      return json.readTree(document);
    } catch (JsonProcessingException e) {
      throw new Refusal("pack", "This pack cannot be read. Ask for it again, or as a PDF.");
    }
  }

  // What both sides say back to each other.

  /** The open actions for those who move: ours where we send them, those of the pack where they come to us; the first due on top. */
  public List<Promise> actions(UUID move) {
    Moves.Move one = moves.get(move);
    return one.incoming() ? theirs(move, "actions", Promise.class) : ours(one);
  }

  /** What is not reached yet, a line for each thing that must change. */
  public List<String> notReached(UUID move) {
    Moves.Move one = moves.get(move);
    return one.incoming() ? theirs(move, "notReached", String.class) : ourRows(one);
  }

  private <T> List<T> theirs(UUID move, String section, Class<T> type) {
    return newest(move).map(pack -> StreamSupport.stream(read(pack.document()).path("content").path(section).spliterator(), false)
        .map(item -> json.convertValue(item, type)).toList()).orElse(List.of());
  }

  private List<Promise> ours(Moves.Move move) {
    return jdbc.sql("""
            select a.id, a.what, coalesce(a.given_to, a.named_person) as named_person, coalesce(a.given_agency, a.agency) as agency, a.due_on, a.if_not_done,
              a.for_child from agreed_action a
            where a.case_id = :case and a.ended_as is null
              and (a.for_child is null or a.for_child in (select person_id from move_child where move_id = :move and stays_because is null))
            order by a.due_on, a.position""")
        .param("case", move.caseId()).param("move", move.id()).query(Promise.class).list();
  }

  private List<String> ourRows(Moves.Move move) {
    List<String> lines = new ArrayList<>();
    jdbc.sql("""
            select p.person_id, r.must_change, r.by_when, r.risk from plan_row r join plan p on p.id = r.plan_id and p.ended_on is null
            join move_child c on c.person_id = p.person_id and c.move_id = :move and c.stays_because is null
            where r.ended_as is null order by p.person_id, r.position""").param("move", move.id())
        .query(row -> {
          LocalDate by = row.getObject("by_when", LocalDate.class);
          lines.add(persons.name(row.getObject("person_id", UUID.class)) + ": " + row.getString("must_change")
              + (by == null ? "" : ", by " + Words.date(by)) + ". Risk: " + row.getString("risk"));
        });
    return lines;
  }
}
