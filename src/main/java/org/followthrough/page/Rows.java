package org.followthrough.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What rows of the record hold, as the record speaks of it, and how they are written. */
public final class Rows {

  private Rows() {}

  /** A moment, or null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stamp = row.getTimestamp(column);
    return stamp == null ? null : stamp.toInstant();
  }

  /** A moment as a row takes it, or null. */
  public static Timestamp stamp(Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  /** Writes the items of a JSON list, which the SQL finds as {@code :items}; without effect where there is none. */
  public static void insert(JdbcClient jdbc, String sql, JsonNode items, Map<String, Object> params) {
    if (!items.isEmpty()) {
      jdbc.sql(sql).param("items", items.toString()).params(params).update();
    }
  }
}
