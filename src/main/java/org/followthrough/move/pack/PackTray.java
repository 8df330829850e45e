package org.followthrough.move.pack;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.followthrough.family.Persons;
import org.followthrough.move.Moves;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What two workers say back to each other when a family moves: the open actions and what is not reached, ours or from the pack that came.
 */
@Component
public class PackTray {

  /**
   * An action that was open where the family comes from, by the id that it has there; {@code forChild} as the child is known here, or null.
   */
  public record Promise(UUID id, String what, String namedPerson, String agency, LocalDate dueOn, String ifNotDone, UUID forChild) {}

  private final JdbcClient jdbc;
  private final Moves moves;
  private final Persons persons;

  PackTray(JdbcClient jdbc, Moves moves, Persons persons) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.persons = persons;
  }

  // What goes out.

  /** What will go along, a line for each kind of thing with how much there is of it. */
  public List<String> sections(UUID move) {
    UUID family = moves.get(move).caseId();
    return List.of(
        counted("Chronology", "entries", "select count(*) from chronology_entry where case_id = :case", family),
        counted("Household and network", "people", "select count(*) from case_person where case_id = :case and until is null", family),
        counted("Plans", "in force or ended", "select count(*) from plan where case_id = :case", family),
        counted("Actions", "open", "select count(*) from agreed_action where case_id = :case and ended_as is null", family),
        counted("Meetings and their minutes", "held", "select count(*) from meeting where case_id = :case and held_at is not null", family),
        counted("Assessments", "begun", "select count(*) from assessment where case_id = :case", family),
        counted("Visits and other times the children were seen", "recorded", "select count(*) from sighting where case_id = :case", family),
        counted("Legal status", "recorded", "select count(*) from legal_status where case_id = :case", family));
  }

  private String counted(String what, String of, String sql, UUID family) {
    return what + ": " + jdbc.sql(sql).param("case", family).query(Integer.class).single() + " " + of;
  }

  // What both sides say back to each other.

  /** The open actions for those who move: ours where we send them, those of the pack where they come to us; the first due on top. */
  public List<Promise> actions(UUID move) {
    Moves.Move one = moves.get(move);
    return one.incoming() ? theirs(one) : ours(one);
  }

  /** What is not reached yet, a line for each thing that must change. */
  public List<String> notReached(UUID move) {
    Moves.Move one = moves.get(move);
    return one.incoming() ? theirRows(one) : ourRows(one);
  }

  private List<Promise> theirs(Moves.Move move) {
    return jdbc.sql("""
            select id, item ->> 'what' as what, item ->> 'namedPerson' as named_person, item ->> 'agency' as agency,
              cast(coalesce(item ->> 'goesOnUntil', item ->> 'dueOn') as date) as due_on, item ->> 'ifNotDone' as if_not_done,
                person_id as for_child
            from from_elsewhere where case_id = :case and section = 'actions' and authority = :authority and not item ?? 'endedAs'
              and (person_id is null or person_id in (select person_id from move_child where move_id = :move and stays_because is null))
            order by due_on, position""")
        .param("case", move.caseId()).param("authority", move.other().authority()).param("move", move.id()).query(Promise.class).list();
  }

  private List<String> theirRows(Moves.Move move) {
    return jdbc.sql("""
            select p.person_id, r ->> 'mustChange' as must_change, cast(r ->> 'byWhen' as date) as by_when, r ->> 'risk' as risk
            from from_elsewhere p join move_child c on c.person_id = p.person_id and c.move_id = :move and c.stays_because is null,
              jsonb_array_elements(p.item -> 'rows') r
            where p.case_id = :case and p.section = 'plans' and p.authority = :authority and not p.item ?? 'endedOn' and not r ?? 'endedAs'
            order by p.person_id, p.position""")
        .param("move", move.id()).param("case", move.caseId()).param("authority", move.other().authority())
        .query((row, n) -> mustChange(row)).list();
  }

  private List<Promise> ours(Moves.Move move) {
    return jdbc.sql("""
            select a.id, a.what, coalesce(a.given_to, a.named_person) as named_person, coalesce(a.given_agency, a.agency) as agency,
              a.due_on, a.if_not_done,
              a.for_child from agreed_action a
            where a.case_id = :case and a.ended_as is null
              and (a.for_child is null or a.for_child in (select person_id from move_child where move_id = :move and stays_because is null))
            order by a.due_on, a.position""")
        .param("case", move.caseId()).param("move", move.id()).query(Promise.class).list();
  }

  private List<String> ourRows(Moves.Move move) {
    return jdbc.sql("""
            select p.person_id, r.must_change, r.by_when, r.risk from plan_row r join plan p on p.id = r.plan_id and p.ended_on is null
            join move_child c on c.person_id = p.person_id and c.move_id = :move and c.stays_because is null
            where r.ended_as is null order by p.person_id, r.position""").param("move", move.id())
        .query((row, n) -> mustChange(row)).list();
  }

  private String mustChange(ResultSet row) throws SQLException {
    LocalDate by = row.getObject("by_when", LocalDate.class);
    return persons.name(row.getObject("person_id", UUID.class)) + ": " + row.getString("must_change")
        + (by == null ? "" : ", by " + Words.date(by)) + ". Risk: " + row.getString("risk");
  }
}
