package org.followthrough.record;

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

  /** The role that chairs a meeting and agrees its minutes; the subject is the meeting, its minutes or a circulation. */
  public String chairRole(UUID subject) {
    return role("chair_role", subject);
  }

  /** The role that writes for a meeting; the subject is the meeting, its minutes or a circulation. */
  public String writerRole(UUID subject) {
    return role("writer_role", subject);
  }

  private String role(String column, UUID subject) {
    return jdbc.sql("""
            select %s from meeting where id = :subject
              or id = (select meeting_id from minutes where id = :subject)
              or id = (select m.meeting_id from minutes m join minutes_copy c on c.minutes_id = m.id
                where c.circulation_id = :subject limit 1)""".formatted(column))
        .param("subject", subject).query(String.class).single();
  }
}
