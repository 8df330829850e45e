package org.followthrough;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.record.Chronology;
import org.followthrough.record.Contacts;
import org.springframework.stereotype.Component;

/** A family of ours that has moved, and the roads that a move calls. */
@Component
public class MovedFamily {

  private final Practice practice;
  private final TheRecord record;
  private final Contacts contacts;
  private final Chronology chronology;
  private final HeldMeeting roads;
  private final ObjectMapper json;
  private final RuntimeService runtime;

  MovedFamily(Practice practice, TheRecord record, Contacts contacts, Chronology chronology, HeldMeeting roads, ObjectMapper json, ProcessEngine engine) {
    this.practice = practice;
    this.record = record;
    this.contacts = contacts;
    this.chronology = chronology;
    this.roads = roads;
    this.json = json;
    this.runtime = engine.getRuntimeService();
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
        move, contacts.byId(contactId).caseId(), contactId, destination, authority, connected, Timestamp.from(learnedAt));
    record.change("""
        insert into move_child (move_id, their_id, person_id)
        select ?, person_id, person_id from contact_person where contact_id = ? and child""", move, contactId);
    if (destination.equals("not-known")) {
      for (String event : List.of("Family missing", "Tracing looked at")) {
        chronology.add(Chronology.Line.fact(contactId, contacts.byId(contactId).caseId(), null, event, learnedAt, "worker", null).about(move));
      }
    }
    return move;
  }

  /** Starts a road that a move calls. */
  public ProcessInstance called(String process, String contact, UUID move) {
    return runtime.createProcessInstanceByKey(process).businessKey(practice.caseOf(contact)).setVariable("contactRef", contact)
        .setVariable("caseRef", practice.caseOf(contact)).setVariable("subjectRef", move.toString()).execute();
  }

  /** A word of Felpersham about a move, which came in then; its road begins now. */
  public ProcessInstance word(String contact, UUID move, String type, Map<String, Object> fields, Instant receivedAt) {
    UUID word = UUID.randomUUID();
    try {
      record.change("insert into inbox (id, authority, move_id, type, body, sha256, received_at) values (?, 'felpersham', ?, ?, ?, 'x', ?)", word, move, type,
          json.writeValueAsString(Map.of("id", word, "version", 1, "type", type, "move", move, "from", "felpersham", "to", "borsetshire",
              "at", receivedAt.toString(), "by", "Ada Brook, team manager", "fields", fields)), Timestamp.from(receivedAt));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    return roads.begin("AuthorityWordReceived", contact, word);
  }

  /** Who holds the children of a contact: first name, team and authority, where it is not us. */
  public List<String> holders(String contact) {
    return record.texts("""
        select n.first_name || ': ' || r.team || coalesce(', ' || r.authority, '') from responsibility r join contact_person p on p.person_id = r.person_id
        join contact c on c.id = p.contact_id join person_name n on n.person_id = r.person_id and n.position = 1
        where c.reference = ? and r.until is null order by 1""", contact);
  }

  /** The messages posted about a move, oldest first: what they are and what they say. */
  public List<String> posted(UUID move) {
    return record.texts("select type || ' ' || (body::jsonb -> 'fields')::text from outbox where move_id = ? order by posted_at", move);
  }
}
