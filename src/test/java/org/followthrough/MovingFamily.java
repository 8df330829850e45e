package org.followthrough;

import static org.followthrough.Practice.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.family.Chronology;
import org.followthrough.move.pack.ForeignPack;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Families who move between two authorities: as the processes before leave them behind, and what the other side writes. */
@Component
public class MovingFamily {

  private static final AtomicInteger BIRTHDAYS = new AtomicInteger();

  private final Practice practice;
  private final TheRecord record;
  private final PlannedFamily families;
  private final Chronology chronology;
  private final Contacts contacts;
  private final HeldMeeting held;
  private final RuntimeService runtime;
  private final ObjectMapper json;

  MovingFamily(Practice practice, TheRecord record, PlannedFamily families, Chronology chronology, Contacts contacts, HeldMeeting held,
      ProcessEngine engine, ObjectMapper json) {
    this.practice = practice;
    this.record = record;
    this.families = families;
    this.chronology = chronology;
    this.contacts = contacts;
    this.held = held;
    this.runtime = engine.getRuntimeService();
    this.json = json;
  }

  // Who leaves us.

  /** A move of these children of a contact to fellshire, learned of then and told there an hour later. */
  public UUID leaves(String contact, Instant learnedAt, boolean connected, String destination, String... children) {
    UUID move = UUID.randomUUID();
    record.change("""
        insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from, why, called_at, spoke_with,
          reach, safety)
        values (?, false, ?, ?, 'fellshire', ?, ?, 'The mother', 'She has found a house near her sister.', ?, 'Ann Boyle, duty worker',
          '01632 960300',
          'Their grandmother sleeps there.')""", move, families.caseOf(contact), destination, connected, Timestamp.from(learnedAt),
        Timestamp.from(learnedAt.plusSeconds(3600)));
    for (String child : children) {
      UUID id = UUID.fromString(families.child(contact, child));
      record.change("insert into move_child (move_id, their_id, person_id) values (?, ?, ?)", move, id, id);
    }
    chronology.add(Chronology.Line.fact(null, families.caseOf(contact), null, "Move learned", learnedAt, "worker", null).about(move));
    return move;
  }

  /** A contact about a brother and a sister in two households. */
  public String contact() {
    String name = "O’" + Practice.aNewName();
    return practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name),
        practice.aNewChild("Zoë", "lastName", name, "birthDate", "2020-02-29", "livesWhere", "elsewhere")), practice.aConcern());
  }

  /** Its children have moved, or are about to, as we learned then. */
  public UUID move(String contact, String destination, String authority, boolean connected, Instant learnedAt) {
    UUID move = UUID.randomUUID();
    UUID contactId = contacts.idOf(contact).orElseThrow();
    record.change("""
        insert into move (id, incoming, case_id, contact_id, destination, authority, connected, learned_at, learned_from)
        values (?, false, ?, ?, ?, ?, ?, ?, 'The school, by telephone')""",
        move, families.caseOf(contact), contactId, destination, authority, connected, Timestamp.from(learnedAt));
    record.change("""
        insert into move_child (move_id, their_id, person_id)
        select ?, person_id, person_id from contact_person where contact_id = ? and child""", move, contactId);
    if (destination.equals("not-known")) {
      for (String event : List.of("Family missing", "Tracing looked at")) {
        chronology.add(Chronology.Line.fact(contactId, families.caseOf(contact), null, event, learnedAt, "worker", null).about(move));
      }
    }
    return move;
  }

  /** The process to the other authority. */
  public ProcessInstance transfer(String contact, UUID move) {
    return called("authority-transfer", contact, move);
  }

  /** A process that a move calls. */
  public ProcessInstance called(String process, String contact, UUID move) {
    return runtime.startProcessInstanceByKey(process, practice.caseOf(contact),
        Map.of("contactRef", contact, "caseRef", practice.caseOf(contact), "subjectRef", move.toString()));
  }

  /** A word of Felpersham about a move, which came in then; its process begins now. */
  public ProcessInstance word(String contact, UUID move, String type, Map<String, Object> fields, Instant receivedAt) {
    return held.begin("AuthorityWordReceived", contact, cameIn("felpersham", move, type, fields, "Ada Brook, team manager", receivedAt));
  }

  // Who comes to us.

  /** Somebody as a first call names them. */
  public static Map<String, Object> person(boolean child, String first, String last, Object... changes) {
    return page(Map.of("id", UUID.randomUUID().toString(), "child", child, "names", List.of(Map.of("first", first, "last", last)),
        "relation", child ? "child-of-concern" : "mother", "lives", "with-the-children", "sex", "F"), changes);
  }

  /** A birthday that hardly anybody shares: who has the same first name and the same one is asked about. */
  public static String birthday(int firstYear) {
    return LocalDate.of(firstYear, 1, 1).plusDays(BIRTHDAYS.getAndIncrement() % 2500).toString();
  }

  /** What fellshire says when it rings first. */
  public static Map<String, Object> firstCall(List<Map<String, Object>> children, List<Map<String, Object>> adults, Object... changes) {
    return page(Map.ofEntries(Map.entry("destination", "england-or-wales"), Map.entry("onlyForATime", false),
        Map.entry("movesOn", "2026-12-23"), Map.entry("why", "She has found a house near her sister."),
        Map.entry("address", "4 Mill Lane, Borchester"), Map.entry("safety", "Their aunt sleeps there."),
        Map.entry("learnedAt", "2026-12-22T09:00"), Map.entry("callerName", "Ann Boyle, social worker"),
        Map.entry("callerReach", "01632 960300"), Map.entry("onPlan", false), Map.entry("children", children),
        Map.entry("adults", adults)), changes);
  }

  /** fellshire announces a family then; returns the move, which its process runs for. */
  public UUID announced(Instant at, Map<String, Object> fields) {
    UUID move = UUID.randomUUID();
    announcedAgain(move, at, fields);
    return move;
  }

  /** The same about a move that was announced before. */
  public void announcedAgain(UUID move, Instant at, Map<String, Object> fields) {
    cameIn("fellshire", move, "first-call", fields, "Ann Boyle", at);
    runtime.createMessageCorrelation("FamilyAnnounced").processInstanceBusinessKey("CT-" + move).setVariable("subjectRef", move.toString())
        .correlateStartMessage();
  }

  private UUID cameIn(String authority, UUID move, String type, Map<String, Object> fields, String by, Instant at) {
    UUID id = UUID.randomUUID();
    record.change("insert into inbox (id, authority, move_id, type, body, sha256, received_at) values (?, ?, ?, ?, ?, 'x', ?)",
        id, authority, move, type, write(Map.of("id", id, "version", 1, "type", type, "move", move, "from", authority,
            "to", "borsetshire", "at", at.toString(), "by", by, "fields", fields)),
        Timestamp.from(at));
    return id;
  }

  /** The contact that an arrival was taken down as. */
  public String contactOf(UUID move) {
    return record.text("select c.reference from contact c join move m on m.contact_id = c.id where m.id = ?", move);
  }

  /** Says of everybody who is like somebody recorded here that they are somebody new. */
  public void matchNobody(UUID move) {
    for (Task one : new ArrayList<>(practice.tasks("Match person", contactOf(move)))) {
      practice.handIn("contact", one.getId(), Map.of("samePerson", "new"));
    }
  }

  /** Brings an announced family to its answer: new here, in the north, with this pack. */
  public void withEverything(UUID move, List<Map<String, Object>> actions) {
    matchNobody(move);
    practice.handIn("contact", "Match family", contactOf(move), Map.of("family", "new", "team", "north"));
    practice.handIn("worker", "Take in pack", contactOf(move), pack(move, actions));
  }

  /** A page with a pack as fellshire would send it. */
  public Map<String, Object> pack(UUID move, List<Map<String, Object>> actions) {
    List<String> children = record.texts("select their_id::text from move_child where move_id = ? order by 1", move);
    return Map.of("pack", ForeignPack.of("fellshire", move, children, actions, children.isEmpty()
        ? List.of() : List.of("Somebody gets him up")));
  }

  /** An action of such a pack. */
  public static Map<String, Object> action(String what, String dueOn, Object... changes) {
    return page(Map.of("id", UUID.randomUUID().toString(), "what", what, "namedPerson", "Joan Patel",
        "agency", "school", "dueOn", dueOn), changes);
  }

  // What stands in the record.

  /** The messages that wait for fellshire about a move, in the order in which they were posted: their types. */
  public List<String> posted(UUID move) {
    return record.texts("select type from outbox where move_id = ? order by posted_at, type", move);
  }

  /** The fields of the newest message of a type. */
  public JsonNode fields(UUID move, String type) {
    try {
      return json.readTree(record.texts("select body from outbox where move_id = ? and type = ? order by posted_at desc", move, type)
          .get(0)).path("fields");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** The messages posted about a move, oldest first: what they are and what they say. */
  public List<String> told(UUID move) {
    return record.texts("select type || ' ' || (body::jsonb -> 'fields')::text from outbox where move_id = ? order by posted_at", move);
  }

  /** Who holds the children of a contact: first name, team and authority, where it is not us. */
  public List<String> holdersNow(String contact) {
    return record.texts("""
        select n.first_name || ': ' || r.team || coalesce(', ' || r.authority, '') from responsibility r
          join contact_person p on p.person_id = r.person_id
        join contact c on c.id = p.contact_id join person_name n on n.person_id = r.person_id and n.position = 1
        where c.reference = ? and r.until is null order by 1""", contact);
  }

  /** Who has held somebody, in order: team and authority, from when until when in London; "ours" where it is us. */
  public List<String> holders(String person) {
    return record.texts("""
        select team || ' ' || coalesce(authority, 'ours') || coalesce(' until ' || to_char(until at time zone 'Europe/London',
          'YYYY-MM-DD"T"HH24:MI'), '')
        from responsibility where person_id = ?::uuid order by since, until nulls last""", person);
  }

  /** At every moment since the first, exactly one holder: no gap, no overlap. */
  public boolean alwaysHeld(String person) {
    return record.count("""
        select count(*) from responsibility r where person_id = ?::uuid and until is not null
          and not exists (select from responsibility n where n.person_id = r.person_id and n.since = r.until)""", person) == 0
        && record.count("""
        select count(*) from responsibility a join responsibility b on b.person_id = a.person_id and b.ctid <> a.ctid
          and tstzrange(a.since, a.until) && tstzrange(b.since, b.until) where a.person_id = ?::uuid""", person) == 0;
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  // Pages.

  public static Map<String, Object> understanding(Object... changes) {
    return page(Map.of("dangers", "Both are left alone at night.", "notReached", "Nobody gets them up.",
        "tried", "A rota, which held for a week.", "jointVisit", "agreed", "jointVisitWhat", "Monday at four."), changes);
  }
}
