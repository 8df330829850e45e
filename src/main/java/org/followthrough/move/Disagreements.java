package org.followthrough.move;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.page.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where another authority does not take a family on, and we do not agree: stage by stage. */
@Component
public class Disagreements implements CaseRecords, Dated {

  public static final String ASKED_AGAIN = "asked-again";
  public static final String STAYS_HERE = "stays-here";
  public static final String NOT_SETTLED = "not-settled";

  /** The stages, lowest first; above the last there is nobody to turn to. */
  public static final List<String> STAGES = List.of("workers", "managers", "heads-of-service", "partnership");

  /**
   * One stage of a dispute.
   *
   * @param stage one of {@link #STAGES}
   * @param spokeWith who it was talked over with there, or null while it is not
   * @param result what came of it, or null while it is not settled
   */
  public record Stage(UUID id, UUID moveId, String stage, Instant begunAt, String spokeWith, String said, String result, Instant endedAt) {

    /** Whether there is no stage above. */
    public boolean last() {
      return stage.equals(STAGES.get(STAGES.size() - 1));
    }
  }

  private final JdbcClient jdbc;
  private final Moves moves;

  Disagreements(JdbcClient jdbc, Moves moves) {
    this.jdbc = jdbc;
    this.moves = moves;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Dispute talked over", talked -> {
      talked.notBefore(talked.found("select begun_at from dispute_stage where id = :subject").orElse(null),
          "This lies before the dispute.");
      talked.move("update dispute_stage set ended_at = :now where id = :subject and ended_at = :was");
      talked.with(Events.ANSWER_ASKED);
    });
  }

  /** Takes the dispute about a move one stage higher: who refuses again, after being asked again, does not begin at the bottom anew. */
  public Stage takeUp(UUID move, Instant at) {
    List<Stage> before = of(move);
    int next = before.isEmpty() ? 0 : Math.min(STAGES.indexOf(before.get(before.size() - 1).stage()) + 1, STAGES.size() - 1);
    UUID id = UUID.randomUUID();
    jdbc.sql("insert into dispute_stage (id, move_id, stage, begun_at) values (:id, :move, :stage, :at)")
        .param("id", id).param("move", move).param("stage", STAGES.get(next)).param("at", Timestamp.from(at)).update();
    return get(id);
  }

  /** The stage of an id. */
  public Stage get(UUID id) {
    return jdbc.sql("select * from dispute_stage where id = :id").param("id", id).query((row, n) -> stage(row)).single();
  }

  /** The stages about a move, oldest first. */
  public List<Stage> of(UUID move) {
    return jdbc.sql("select * from dispute_stage where move_id = :move order by begun_at, array_position(:stages, stage)")
        .param("move", move).param("stages", STAGES.toArray(String[]::new)).query((row, n) -> stage(row)).list();
  }

  /**
   * Ends a stage. Where the other side is asked again, its answer is open once more.
   *
   * @param result asked-again, stays-here or not-settled
   */
  public void end(Stage stage, String spokeWith, String said, String result, Instant at) {
    jdbc.sql("update dispute_stage set spoke_with = :with, said = :said, result = :result, ended_at = :at where id = :id")
        .param("with", spokeWith).param("said", said).param("result", result).param("at", Timestamp.from(at))
        .param("id", stage.id()).update();
    if (result.equals(ASKED_AGAIN)) {
      moves.askedAgain(stage.moveId());
    }
  }

  private static Stage stage(ResultSet row) throws SQLException {
    return new Stage(row.getObject("id", UUID.class), row.getObject("move_id", UUID.class), row.getString("stage"),
        Rows.instant(row, "begun_at"), row.getString("spoke_with"), row.getString("said"), row.getString("result"),
        Rows.instant(row, "ended_at"));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("dispute_stage");
  }
}
