package org.followthrough.record;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Meetings about a family: called, held, who took part, what was agreed and decided for each child. */
@Component
public class Meetings {

  private final JdbcClient jdbc;

  Meetings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether a strategy discussion of a case is called and not held yet; what comes in meanwhile is talked over there. */
  public boolean discussionCalled(UUID caseId) {
    return jdbc.sql("""
            select exists (select from meeting where case_id = :case and kind = 'strategy-discussion'
              and held_at is null and ended_as is null)""")
        .param("case", caseId).query(Boolean.class).single();
  }

  /** The strategy discussion of a case that is called and not held yet; empty when none is. */
  public Optional<UUID> calledDiscussion(UUID caseId) {
    return jdbc.sql("""
            select id from meeting where case_id = :case and kind = 'strategy-discussion'
              and held_at is null and ended_as is null order by called_at desc limit 1""")
        .param("case", caseId).query(UUID.class).optional();
  }

  /** Whether a meeting was held. */
  public boolean held(UUID id) {
    return jdbc.sql("select exists (select from meeting where id = :id and held_at is not null)").param("id", id).query(Boolean.class).single();
  }

  /** The role that chairs a meeting and agrees its minutes; the subject is the meeting, its minutes or a circulation. */
  public String chairRole(UUID subject) {
    return role("chair_role", subject);
  }

  /** The role that writes for a meeting; the subject is the meeting, its minutes or a circulation. */
  public String writerRole(UUID subject) {
    return role("writer_role", subject);
  }

  private String role(String column, UUID subject) {
    return jdbc.sql("select " + column + """
             from meeting where id = :subject
              or id = (select meeting_id from minutes where id = :subject)
              or id = (select m.meeting_id from minutes m join minutes_copy c on c.minutes_id = m.id
                where c.circulation_id = :subject limit 1)""")
        .param("subject", subject).query(String.class).single();
  }
}
