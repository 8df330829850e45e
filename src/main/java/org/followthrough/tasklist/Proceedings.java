package org.followthrough.tasklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.followthrough.family.Persons;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;
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

  /**
   * Who does what by when.
   *
   * @param standing how it stands today, in words
   * @param late open after its promised day
   */
  public record Action(String what, String namedPerson, String agency, LocalDate dueOn, String standing, boolean late) {}

  /** One recipient's copy. */
  public record Copy(UUID id, String recipient, String agency, String purpose, String extent, String way, Instant sentAt,
      Instant receivedAt, String receivedFor, Instant notHadAt) {}

  /** A version of the minutes. */
  public record Version(UUID id, int version, String why, Instant writtenAt, Instant agreedAt, String agreedBy, List<Copy> copies,
      List<String> leftOut) {}

  /** A meeting, called or held. */
  public record Meeting(String kind, Instant plannedAt, Instant heldAt, String how, Boolean quorate,
      String quorum, List<Attended> attendance, List<Outcome> outcomes, List<Action> actions, List<Version> minutes) {}

  /** One thing that must change; null is what nobody has said yet. */
  public record Change(String risk, String mustChange, LocalDate byWhen, String seenHow, String consequence, String contingency) {}

  /**
   * A child's plan that is in force.
   *
   * @param gaps what it still lacks, each a sentence
   * @param lastSeen when a social worker last saw the child, null where none has yet
   */
  public record Planned(String child, String kind, String category, LocalDate begunOn, String seenHowOften, String childSays,
      Instant lastSeen, List<Change> changes, List<String> gaps) {}

  private final JdbcClient jdbc;
  private final Persons persons;
  private final Meetings meetings;
  private final Plans plans;
  private final Sightings sightings;
  private final AgreedActions actions;
  private final Agencies agencies;

  Proceedings(JdbcClient jdbc, Persons persons, Meetings meetings, Plans plans, Sightings sightings,
      AgreedActions actions, Agencies agencies) {
    this.jdbc = jdbc;
    this.persons = persons;
    this.meetings = meetings;
    this.plans = plans;
    this.sightings = sightings;
    this.actions = actions;
    this.agencies = agencies;
  }

  /** The plans of a case that are in force, with what each still lacks. */
  List<Planned> plans(UUID caseId) {
    return plans.inForce(caseId).stream()
        .map(plan -> new Planned(persons.name(plan.personId()), Words.sentence(plan.kind()), Words.spoken(plan.latestCategory()),
            plan.begunOn(), plan.seenHowOften(), plan.childSays(), lastSeenByUs(plan.personId()),
            plans.rows(plan.id()).stream().map(row -> new Change(row.risk(), row.mustChange(), row.byWhen(), row.seenHow(),
                row.consequence(), row.contingency())).toList(), plans.gaps(plan.id()))).toList();
  }

  private Instant lastSeenByUs(UUID child) {
    return sightings.of(child).stream().filter(one -> one.seen() && one.byAgency().equals(Agencies.SOCIAL_CARE)).map(Sightings.Sighting::at)
        .findFirst().orElse(null);
  }

  /** The arrangements of a case that nothing has followed yet, the one that ends first on top. */
  List<Protected> protections(UUID caseId) {
    return jdbc.sql("""
            select p.* from protection p join person c on c.id = p.person_id
            where p.case_id = :case and p.followed_at is null and c.died_on is null order by p.ends_at, p.person_id""")
        .param("case", caseId)
        .query((row, n) -> new Protected(persons.name(row.getObject("person_id", UUID.class)), Words.sentence(row.getString("kind")),
            row.getString("details"), row.getString("agreed_by"), Rows.instant(row, "since"), Rows.instant(row, "ends_at"),
            row.getString("whereabouts"), parentsTold(row), row.getString("legal_advice"))).list();
  }

  private static String parentsTold(ResultSet row) throws SQLException {
    String told = Words.sentence(row.getString("parents_told"));
    String by = row.getString("parents_told_by");
    return told.isEmpty() ? by : by == null ? told : told + ": " + by;
  }

  /** The meetings of a case, newest first; where it was split off, those too that were held before. */
  List<Meeting> meetings(UUID caseId, UnaryOperator<String> names) {
    return jdbc.sql("""
            select m.* from meeting m where ended_as is null and (case_id = :case or exists (select from family_case f
              join chronology_entry line on line.position = f.split_after
              where f.id = :case and f.split_from = m.case_id and m.held_at <= line.happened_at))
            order by coalesce(held_at, called_at) desc""")
        .param("case", caseId)
        .query((row, n) -> {
          UUID id = row.getObject("id", UUID.class);
          return new Meeting(row.getObject("follows") == null ? Words.sentence(row.getString("kind")) : "Further meeting",
              Rows.instant(row, "planned_at"), Rows.instant(row, "held_at"), Words.spoken(row.getString("how")),
              row.getObject("quorate", Boolean.class), row.getString("quorum_because"), attendance(id), outcomes(id),
              actions(id), versions(id, names));
        }).list();
  }

  private List<Attended> attendance(UUID meeting) {
    return meetings.attendance(meeting).stream()
        .map(one -> new Attended(agencies.sentence(one.agency()), one.name(), one.role(), one.tookPart(), one.absentWhy())).toList();
  }

  private List<Outcome> outcomes(UUID meeting) {
    return jdbc.sql("select * from meeting_outcome where meeting_id = :id order by decided_at, person_id").param("id", meeting)
        .query((row, n) -> new Outcome(persons.name(row.getObject("person_id", UUID.class)), Words.sentence(row.getString("outcome")),
            row.getString("reasons"))).list();
  }

  private List<Action> actions(UUID meeting) {
    return actions.of(meeting).stream().map(one -> new Action(one.what(), one.owner().name(), agencies.spoken(one.owner().agency()),
        one.dueOn(), actions.standing(one) + (one.insteadOf() == null ? "" : ", in place of another"), actions.late(one))).toList();
  }

  private List<Version> versions(UUID meeting, UnaryOperator<String> names) {
    return jdbc.sql("select * from minutes where meeting_id = :id order by version desc").param("id", meeting)
        .query((row, n) -> {
          UUID id = row.getObject("id", UUID.class);
          return new Version(id, row.getInt("version"), row.getString("why"), Rows.instant(row, "written_at"),
              Rows.instant(row, "agreed_at"), row.getString("agreed_by") == null ? null : names.apply(row.getString("agreed_by")),
              copies(id), leftOut(id));
        }).list();
  }

  private List<Copy> copies(UUID minutes) {
    return jdbc.sql("select * from minutes_copy where minutes_id = :id order by position").param("id", minutes)
        .query((row, n) -> new Copy(row.getObject("id", UUID.class), row.getString("recipient"),
            row.getString("agency") == null ? "family" : agencies.spoken(row.getString("agency")), Words.spoken(row.getString("purpose")),
            Words.spoken(row.getString("extent")), Words.spoken(row.getString("way")), Rows.instant(row, "sent_at"),
            Rows.instant(row, "received_at"), row.getString("received_for"), Rows.instant(row, "not_had_at"))).list();
  }

  private List<String> leftOut(UUID minutes) {
    return jdbc.sql("select recipient || ': ' || why from minutes_left_out where minutes_id = :id order by recorded_at")
        .param("id", minutes).query(String.class).list();
  }
}
