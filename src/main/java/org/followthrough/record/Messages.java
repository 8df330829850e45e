package org.followthrough.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What two authorities write to each other about a family that moves. A message is posted in the transaction of the step it
 * tells of; it is sent at least once and taken once.
 */
@Component
public class Messages {

  /** The form of message that we write. */
  public static final int VERSION = 1;

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final String us;

  Messages(JdbcClient jdbc, ObjectMapper json, @Value("${followthrough.authority.code}") String us) {
    this.jdbc = jdbc;
    this.json = json;
    this.us = us;
  }

  /**
   * Posts a message to the other side of a move, where that is connected; else nothing happens and the word goes by hand. The
   * fields are those of the page that it fills there.
   *
   * @param type what it says: first-call, pack, receipt, answer, conference-date, conference-outcome, read-back, understood,
   *     acceptance, handed-over, asked-again, called-off, chase, protecting
   * @param told what it tells of where the same must never be told twice, or null
   * @param by who says it, by name and role
   * @return whether it was posted
   */
  public boolean post(Moves.Move move, String type, String told, Map<String, Object> fields, Instant at, String by) {
    if (!move.connected()) {
      return false;
    }
    UUID id = UUID.randomUUID();
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("version", VERSION);
    message.put("type", type);
    message.put("move", move.id());
    message.put("from", us);
    message.put("to", move.authority());
    message.put("at", at.toString());
    message.put("by", by);
    message.put("fields", fields);
    return jdbc.sql("""
            insert into outbox (id, authority, move_id, type, told, body, posted_at) values (:id, :authority, :move, :type, :told, :body, :at)
            on conflict (move_id, type, told) do nothing""")
        .param("id", id).param("authority", move.authority()).param("move", move.id()).param("type", type).param("told", told)
        .param("body", write(message)).param("at", Timestamp.from(at)).update() == 1;
  }

  private String write(Map<String, Object> message) {
    try {
      return json.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
