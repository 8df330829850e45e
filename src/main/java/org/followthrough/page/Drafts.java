package org.followthrough.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is typed but not handed in: kept here, on our server, and nowhere in the browser. */
@Component
public class Drafts {

  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Clock clock;

  Drafts(JdbcClient jdbc, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /** Keeps a user's draft of a task, in place of the one before. */
  public void keep(String taskId, String user, Map<String, Object> fields) {
    try {
      jdbc.sql("""
              insert into draft (task_id, user_id, fields, saved_at) values (:task, :user, cast(:fields as jsonb), :at)
              on conflict (task_id, user_id) do update set fields = excluded.fields, saved_at = excluded.saved_at""")
          .param("task", taskId).param("user", user)
          // escaped zero characters would be refused; a doubled backslash before one is the user's own text
          .param("fields", json.writeValueAsString(fields).replaceAll("(?<!\\\\)((\\\\\\\\)*)\\\\u0000", "$1"))
          .param("at", Timestamp.from(clock.instant()))
          .update();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A user's draft of a task. */
  public Optional<Map<String, Object>> of(String taskId, String user) {
    return jdbc.sql("select fields from draft where task_id = :task and user_id = :user")
        .param("task", taskId).param("user", user).query(String.class).optional()
        .map(fields -> {
          try {
            return json.readValue(fields, FIELDS);
          } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Forgets the draft of the one who handed the task in; what others typed meanwhile stays theirs. */
  public void discard(String taskId, String user) {
    jdbc.sql("delete from draft where task_id = :task and user_id = :user").param("task", taskId).param("user", user).update();
  }
}
