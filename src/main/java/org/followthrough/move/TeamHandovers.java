package org.followthrough.move;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.family.Persons;
import org.followthrough.family.Responsibilities;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.Sightings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A family goes from one team to another: what the other team answers, what it takes over, and the moment from which it is theirs. */
@Component
public class TeamHandovers {

  private final JdbcClient jdbc;
  private final Moves moves;
  private final Persons persons;
  private final Sightings sightings;
  private final Responsibilities responsibilities;

  TeamHandovers(JdbcClient jdbc, Moves moves, Persons persons, Sightings sightings, Responsibilities responsibilities) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.persons = persons;
    this.sightings = sightings;
    this.responsibilities = responsibilities;
  }

  /** The living children of a move who are ours and for whom responsibility goes along. */
  public List<UUID> going(UUID move) {
    return jdbc.sql("""
            select c.person_id from move_child c join person p on p.id = c.person_id join responsibility r on r.person_id = p.id
              and r.until is null
            where c.move_id = :move and c.stays_because is null and p.died_on is null and r.authority is null
              order by p.born_on nulls last, p.id""")
        .param("move", move).query(UUID.class).list();
  }

  /** The teams that have these children now. */
  public List<String> teams(List<UUID> children) {
    return jdbc.sql("select distinct team from responsibility where person_id in (:children) and until is null order by 1")
        .param("children", children).query(String.class).list();
  }

  /** From this moment the other team holds these children: one row ends and the next begins, at the same instant. */
  public void pass(Moves.Move move, List<UUID> children, Instant at) {
    children.forEach(child -> responsibilities.toTeam(child, move.other().team(), move.id(), at));
    moves.passed(move.id(), at);
  }

  /** What there is to take over, a line to each (the readiness list of process rules 1.7, within the authority). */
  public List<String> takenOver(UUID caseId, List<UUID> children) {
    List<String> lines = new ArrayList<>();
    jdbc.sql("select obligation, due_at from clock where case_id = :case and ended_at is null order by due_at").param("case", caseId)
        .query(row -> {
          lines.add(Words.label(row.getString("obligation")) + ": by " + Words.moment(Rows.instant(row, "due_at")));
        });
    int actions = count("select count(*) from agreed_action where case_id = :case and ended_as is null", caseId);
    lines.add(actions == 0 ? "No agreed action is open" : actions == 1 ? "One agreed action is open"
        : actions + " agreed actions are open");
    for (UUID child : children) {
      lines.add(persons.name(child) + ": " + sightings.of(child).stream()
          .filter(one -> one.seen() && one.byAgency().equals(Agencies.SOCIAL_CARE)).findFirst()
          .map(one -> "last seen by us on " + Words.date(one.at())).orElse("no visit of ours is recorded"));
    }
    lines.add(jdbc.sql("select max(agreed_at) from assessment where case_id = :case having max(agreed_at) is not null")
        .param("case", caseId).query(Timestamp.class).optional().map(agreed -> "The last assessment was agreed on "
            + Words.date(agreed.toInstant())).orElse("No assessment is complete"));
    lines.add("The chronology has " + count("select count(*) from chronology_entry where case_id = :case", caseId) + " entries");
    return lines;
  }

  private int count(String sql, UUID caseId) {
    return jdbc.sql(sql).param("case", caseId).query(Integer.class).single();
  }
}
