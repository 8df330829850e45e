package org.followthrough.record;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What protects a child tonight: a row per child and arrangement, from when until when, and what followed. */
@Component
public class Protections {

  private final JdbcClient jdbc;

  Protections(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** When the first of the arrangements runs out that a need for protection still has; empty when none holds. */
  public Optional<Instant> firstEnd(UUID needId) {
    return jdbc.sql("""
            select min(p.ends_at) from protection p join person c on c.id = p.person_id
            where p.need_id = :need and p.followed_at is null and c.died_on is null""")
        .param("need", needId).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }
}
