package org.followthrough.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What protects the children of a case now, and its meetings with what came out of them, as they are read. */
@Component
public class Proceedings {

  /** An arrangement that holds, or that ran out without one after it. */
  public record Protected(String child, String kind, String details, String agreedBy, Instant since, Instant endsAt, String whereabouts,
      String parentsTold, String legalAdvice) {}

  /** Somebody who was asked to a meeting. */
  public record Attended(String agency, String name, String role, boolean tookPart, String absentWhy) {}

  /** What was decided for one child. */
  public record Outcome(String child, String outcome, String reasons) {}

  /** Who does what by when. */
  public record Action(String what, String namedPerson, String agency, LocalDate dueOn) {}

  /** One recipient's copy. */
  public record Copy(UUID id, String recipient, String agency, String purpose, String extent, String way, Instant sentAt, Instant receivedAt,
      String receivedFor, Instant notHadAt) {}

  /** A version of the minutes. */
  public record Version(UUID id, int version, String why, Instant writtenAt, Instant agreedAt, String agreedBy, List<Copy> copies,
      List<String> leftOut) {}

  /** A meeting, called or held. */
  public record Meeting(UUID id, String kind, Instant calledAt, Instant plannedAt, Instant heldAt, String how, String chairedBy, Boolean quorate,
      String quorum, List<Attended> attendance, List<Outcome> outcomes, List<Action> actions, List<Version> minutes) {}

  private final JdbcClient jdbc;
  private final Persons persons;

  Proceedings(JdbcClient jdbc, Persons persons) {
    this.jdbc = jdbc;
    this.persons = persons;
  }

  /** The arrangements of a case that nothing has followed yet, the one that ends first on top. */
  List<Protected> protections(UUID caseId) {
    return jdbc.sql("""
            select p.* from protection p join person c on c.id = p.person_id
            where p.case_id = :case and p.followed_at is null and c.died_on is null order by p.ends_at, p.person_id""")
        .param("case", caseId)
        .query((row, n) -> new Protected(persons.name(row.getObject("person_id", UUID.class)), Words.sentence(row.getString("kind")),
            row.getString("details"), row.getString("agreed_by"), instant(row, "since"), instant(row, "ends_at"), row.getString("whereabouts"),
            row.getString("parents_told_by"), row.getString("legal_advice"))).list();
  }

  /** The meetings of a case, newest first. */
  List<Meeting> meetings(UUID caseId, UnaryOperator<String> names) {
    return jdbc.sql("select * from meeting where case_id = :case and ended_as is null order by coalesce(held_at, called_at) desc")
        .param("case", caseId)
        .query((row, n) -> {
          UUID id = row.getObject("id", UUID.class);
          return new Meeting(id, row.getObject("follows") == null ? Words.sentence(row.getString("kind")) : "Further meeting",
              instant(row, "called_at"), instant(row, "planned_at"), instant(row, "held_at"), Words.spoken(row.getString("how")),
              row.getString("chaired_by"), row.getObject("quorate", Boolean.class), row.getString("quorum_because"), attendance(id), outcomes(id),
              actions(id), versions(id, names));
        }).list();
  }

  private List<Attended> attendance(UUID meeting) {
    return jdbc.sql("select * from attendance where meeting_id = :id order by took_part desc, position").param("id", meeting)
        .query((row, n) -> new Attended(Words.sentence(row.getString("agency")), row.getString("name"), row.getString("role"),
            row.getBoolean("took_part"), row.getString("absent_why"))).list();
  }

  private List<Outcome> outcomes(UUID meeting) {
    return jdbc.sql("select * from meeting_outcome where meeting_id = :id order by decided_at, person_id").param("id", meeting)
        .query((row, n) -> new Outcome(persons.name(row.getObject("person_id", UUID.class)), Words.sentence(row.getString("outcome")),
            row.getString("reasons"))).list();
  }

  private List<Action> actions(UUID meeting) {
    return jdbc.sql("select * from agreed_action where meeting_id = :id order by due_on, position").param("id", meeting)
        .query((row, n) -> new Action(row.getString("what"), row.getString("named_person"), Words.sentence(row.getString("agency")),
            row.getObject("due_on", LocalDate.class))).list();
  }

  private List<Version> versions(UUID meeting, UnaryOperator<String> names) {
    return jdbc.sql("select * from minutes where meeting_id = :id order by version desc").param("id", meeting)
        .query((row, n) -> {
          UUID id = row.getObject("id", UUID.class);
          return new Version(id, row.getInt("version"), row.getString("why"), instant(row, "written_at"), instant(row, "agreed_at"),
              row.getString("agreed_by") == null ? null : names.apply(row.getString("agreed_by")), copies(id), leftOut(id));
        }).list();
  }

  private List<Copy> copies(UUID minutes) {
    return jdbc.sql("select * from minutes_copy where minutes_id = :id order by position").param("id", minutes)
        .query((row, n) -> new Copy(row.getObject("id", UUID.class), row.getString("recipient"),
            row.getString("agency") == null ? "family" : Words.spoken(row.getString("agency")), Words.spoken(row.getString("purpose")),
            Words.spoken(row.getString("extent")), Words.spoken(row.getString("way")), instant(row, "sent_at"), instant(row, "received_at"),
            row.getString("received_for"), instant(row, "not_had_at"))).list();
  }

  private List<String> leftOut(UUID minutes) {
    return jdbc.sql("select recipient || ': ' || why from minutes_left_out where minutes_id = :id order by recorded_at").param("id", minutes)
        .query(String.class).list();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stamp = row.getTimestamp(column);
    return stamp == null ? null : stamp.toInstant();
  }
}
