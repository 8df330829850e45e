package org.followthrough.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** What rows of the record hold, as the record speaks of it. */
final class Rows {

  private Rows() {}

  /** A moment, or null. */
  static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stamp = row.getTimestamp(column);
    return stamp == null ? null : stamp.toInstant();
  }
}
