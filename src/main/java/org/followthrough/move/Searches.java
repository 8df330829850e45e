package org.followthrough.move;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.page.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The search for families whom nobody can find: what the police were told, who was asked since, and where they were found. */
@Component
public class Searches implements CaseRecords, Dated {

  /**
   * What was told at once.
   *
   * @param policeReference the police's reference, or who took the report there
   * @param manager which manager was told
   * @param agencies who of those who know the children was asked
   * @param advice what the lawyers say
   */
  public record Report(String policeReference, Instant policeToldAt, String manager, String agencies, String advice, String feared) {}

  /**
   * One look at the search.
   *
   * @param asked who was asked since the last one, by the codes of the form
   * @param next whom to ask next, or null where the family is found
   */
  public record Look(List<String> asked, String result, String next, Instant at) {

    /** Whether it found the family. */
    public boolean found() {
      return next == null;
    }
  }

  /**
   * Where a family was found.
   *
   * @param destination as of a {@link Moves.Move}
   * @param team the team there, where it is within the authority; or null
   * @param authority its code in the address book or its name; null within our own
   * @param connected whether messages reach it
   */
  public record Whereabouts(String destination, String team, String authority, boolean connected, String address) {}

  private final JdbcClient jdbc;

  Searches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Family reported missing", told -> told.move("update missing_report set police_told_at = :now where move_id = :subject"),
        "Tracing looked at", looked -> {
          looked.notBefore(looked.found("select learned_at from move where id = :subject").orElse(null),
              "The family was not known to be missing then.");
          looked.move("update tracing set looked_at = :now where move_id = :subject and recorded_at = :recorded and looked_at = :was");
          looked.with("Whereabouts learned");
        });
  }

  /** Keeps what was told at once about the family of a move. */
  public void reported(UUID move, Report report, Instant at, String by) {
    jdbc.sql("""
            insert into missing_report (move_id, police_reference, police_told_at, manager, agencies, advice, feared, recorded_at,
              recorded_by)
            values (:move, :reference, :told, :manager, :agencies, :advice, :feared, :at, :by)""")
        .param("move", move).param("reference", report.policeReference()).param("told", Timestamp.from(report.policeToldAt()))
        .param("manager", report.manager()).param("agencies", report.agencies()).param("advice", report.advice())
        .param("feared", report.feared()).param("at", Timestamp.from(at)).param("by", by).update();
  }

  /** What was told at once about the family of a move; empty while nothing is. */
  public Optional<Report> report(UUID move) {
    return jdbc.sql("select police_reference, police_told_at, manager, agencies, advice, feared from missing_report where move_id = :move")
        .param("move", move).query((row, n) -> new Report(row.getString("police_reference"), Rows.instant(row, "police_told_at"),
            row.getString("manager"), row.getString("agencies"), row.getString("advice"), row.getString("feared"))).optional();
  }

  /** Keeps who was asked and what they said. */
  public void looked(UUID move, Look look, Instant at, String by) {
    jdbc.sql("""
            insert into tracing (move_id, asked, result, next, found, looked_at, recorded_at, recorded_by)
            values (:move, :asked, :result, :next, :found, :looked, :at, :by)""")
        .param("move", move).param("asked", look.asked().toArray(String[]::new)).param("result", look.result()).param("next", look.next())
        .param("found", look.found()).param("looked", Timestamp.from(look.at())).param("at", Timestamp.from(at)).param("by", by).update();
  }

  /** Who was asked so far, newest first. */
  public List<Look> looks(UUID move) {
    return jdbc.sql("select asked, result, next, looked_at from tracing where move_id = :move order by looked_at desc, recorded_at desc")
        .param("move", move).query((row, n) -> new Look(List.of((String[]) row.getArray("asked").getArray()), row.getString("result"),
            row.getString("next"), Rows.instant(row, "looked_at"))).list();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("missing_report", "tracing");
  }
}
