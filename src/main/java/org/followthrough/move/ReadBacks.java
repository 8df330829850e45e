package org.followthrough.move;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.CaseRecords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What those who take a family over have understood, in their own words; written anew until it is so (learning point Q-03). */
@Component
public class ReadBacks implements CaseRecords {

  /**
   * What they say.
   *
   * @param jointVisit agreed, not-wanted or not-possible
   * @param understood whether it is so, as the ones say who know the family; null while they have not
   */
  public record ReadBack(UUID id, String dangers, String notReached, String tried, String jointVisit, String jointVisitWhat,
      Boolean understood, String missing) {}

  private final JdbcClient jdbc;

  ReadBacks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps what they say.
   *
   * @param actions the open actions, by the ids of the one who hands over
   * @param dropped those of them that are not gone on with
   */
  public void write(UUID move, ReadBack said, List<UUID> actions, List<UUID> dropped, String droppedWhy, Instant at, String by) {
    jdbc.sql("""
            insert into read_back (id, move_id, dangers, not_reached, tried, joint_visit, joint_visit_what, written_at, written_by)
            values (:id, :move, :dangers, :notReached, :tried, :visit, :visitWhat, :at, :by)""")
        .param("id", said.id()).param("move", move).param("dangers", said.dangers()).param("notReached", said.notReached())
        .param("tried", said.tried()).param("visit", said.jointVisit()).param("visitWhat", said.jointVisitWhat())
        .param("at", Timestamp.from(at)).param("by", by).update();
    actions.forEach(action -> jdbc.sql("insert into read_back_action (read_back_id, action_id, dropped_why) values (:id, :action, :why)")
        .param("id", said.id()).param("action", action).param("why", dropped.contains(action) ? droppedWhy : null).update());
  }

  /** Keeps whether the newest one is so. */
  public void check(UUID move, boolean understood, String missing, Instant at, String by) {
    jdbc.sql("update read_back set understood = :understood, missing = :missing, checked_at = :at, checked_by = :by where id = :id")
        .param("understood", understood).param("missing", missing).param("at", Timestamp.from(at)).param("by", by)
        .param("id", newest(move).orElseThrow().id()).update();
  }

  /** What they said last. */
  public Optional<ReadBack> newest(UUID move) {
    return jdbc.sql("""
            select id, dangers, not_reached, tried, joint_visit, joint_visit_what, understood, missing from read_back
            where move_id = :move order by written_at desc, checked_at is not null limit 1""").param("move", move)
        .query(ReadBack.class).optional();
  }

  /** The actions that they go on with, by the ids of the one who hands over. */
  public List<UUID> kept(UUID move) {
    return actions(move, "a.dropped_why is null");
  }

  /** The actions that they do not go on with. */
  public List<UUID> dropped(UUID move) {
    return actions(move, "a.dropped_why is not null");
  }

  /** Why they do not go on with some; empty where they go on with all. */
  public Optional<String> droppedWhy(UUID move) {
    return jdbc.sql("select distinct dropped_why from read_back_action where read_back_id = :id and dropped_why is not null")
        .param("id", newest(move).orElseThrow().id()).query(String.class).optional();
  }

  private List<UUID> actions(UUID move, String which) {
    return jdbc.sql("select a.action_id from read_back_action a where a.read_back_id = :id and " + which)
        .param("id", newest(move).map(ReadBack::id).orElse(null)).query(UUID.class).list();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("read_back", "read_back_action");
  }
}
