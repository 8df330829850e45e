package org.followthrough.family;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who holds a child: always one team here, for us or for the authority that is responsible. A row is never rewritten; it ends, and at the
 * same instant the next begins.
 */
@Component
public class Responsibilities implements CaseRecords {

  private final JdbcClient jdbc;

  Responsibilities(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Gives a child whom nobody holds its first team; without effect on every other.
   *
   * @param authority who is responsible while our team works with the child here; null for us
   */
  void hold(UUID caseId, UUID child, String team, String authority, Instant at) {
    jdbc.sql("""
            insert into responsibility (person_id, case_id, team, authority, since) values (:child, :case, :team, :authority, :at)
            on conflict (person_id) where until is null do nothing""")
        .param("child", child).param("case", caseId).param("team", team).param("authority", authority).param("at", Timestamp.from(at))
        .update();
  }

  /** From this moment another of our teams holds a child, by the acceptance of this move. */
  public void toTeam(UUID child, String team, UUID move, Instant at) {
    UUID caseId = jdbc.sql("update responsibility set until = :at where person_id = :child and until is null returning case_id")
        .param("at", Timestamp.from(at)).param("child", child).query(UUID.class).single();
    jdbc.sql("insert into responsibility (person_id, case_id, team, since, passed_by) values (:child, :case, :team, :at, :move)")
        .param("child", child).param("case", caseId).param("team", team).param("at", Timestamp.from(at)).param("move", move)
        .update();
  }

  /**
   * From this moment another authority is responsible for a child, by its acceptance of this move; false where the child is not ours to
   * pass on.
   */
  public boolean toAuthority(UUID child, String authority, UUID move, Instant at) {
    return jdbc.sql("""
            with held as (update responsibility set until = greatest(since, :at) where person_id = :child and until is null and authority
              is null
              returning person_id, case_id, team, until)
            insert into responsibility (person_id, case_id, team, since, authority, passed_by)
            select person_id, case_id, team, until, :authority, :move from held""")
        .param("at", Timestamp.from(at)).param("child", child).param("authority", authority).param("move", move).update() == 1;
  }

  /** From this moment we are responsible for a child whom another authority held; without effect on a child who is ours. */
  public void toUs(UUID child, UUID move, Instant at) {
    jdbc.sql("""
            with held as (update responsibility set until = greatest(since, :at) where person_id = :child and until is null and authority
              is not null
              returning person_id, case_id, team, until)
            insert into responsibility (person_id, case_id, team, since, passed_by) select person_id, case_id, team, until,
              :move from held""")
        .param("at", Timestamp.from(at)).param("child", child).param("move", move).update();
  }

  @Override
  public Set<String> tables() {
    return Set.of("responsibility");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("update responsibility set case_id = :other where case_id = :case and person_id in (:leaving) "
        + "and until is null"));
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update responsibility set case_id = :stays where case_id = :duplicate"));
  }
}
