package org.followthrough.move;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.followthrough.page.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What another authority has written to one of us: it has waited too long, or it protects a child who is ours. */
@Component
public class AuthorityWords {

  /** The message that begins the answer to a word. */
  public static final String AUTHORITY_WORD_RECEIVED = "AuthorityWordReceived";

  /** They have waited too long for something of ours. */
  public static final String CHASE = "chase";
  /** They protect a child for whom we are responsible. */
  public static final String PROTECTING = "protecting";

  /**
   * One word of theirs.
   *
   * @param type {@link #CHASE} or {@link #PROTECTING}
   * @param authority who wrote it: its code in the address book
   * @param by who says it there, by name and role
   * @param fields what it says, as the table of messages has it
   */
  public record Word(UUID id, String type, String authority, UUID moveId, String by, Map<String, Object> fields, Instant receivedAt) {}

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  AuthorityWords(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** The word of an id. */
  public Word get(UUID id) {
    return jdbc.sql("select type, authority, move_id, body, received_at from inbox where id = :id").param("id", id)
        .query((row, n) -> {
          JsonNode body = read(row.getString("body"));
          return new Word(id, row.getString("type"), row.getString("authority"), row.getObject("move_id", UUID.class),
              body.path("by").asText(), json.convertValue(body.path("fields"), json.getTypeFactory()
                  .constructMapType(Map.class, String.class, Object.class)),
              Rows.instant(row, "received_at"));
        }).single();
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
