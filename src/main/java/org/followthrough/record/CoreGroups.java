package org.followthrough.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who works on the plans of a case with the family, and what they said of each action that was open when they met. */
@Component
public class CoreGroups {

  /**
   * One who belongs to it.
   *
   * @param agency null for one of the family
   * @param reach how they are reached safely, or null while nobody knows
   */
  public record Member(UUID id, String name, String role, String agency, String reach) {

    /** {@code Joan Patel, head teacher, school}. */
    public String inWords() {
      return name + (role == null ? "" : ", " + role) + ", " + (agency == null ? "family" : Words.spoken(agency));
    }
  }

  /**
   * An action that was agreed earlier.
   *
   * @param firstDueOn the day that was agreed first; later ones never take its place in what is read
   * @param forChild the name of the child whom it serves directly, or null
   * @param endedAs null while it is open
   */
  public record Promise(UUID id, String what, String namedPerson, String agency, LocalDate dueOn, LocalDate firstDueOn, String forChild, String ifNotDone,
      String endedAs) {}

  /** What a core group said of an action. */
  public record Review(UUID actionId, String what, String namedPerson, Instant metAt, String result, String words, LocalDate wasDueOn, LocalDate dueOn) {}

  private static final String PROMISES = """
      select a.*, coalesce((select r.was_due_on from action_review r where r.action_id = a.id order by r.recorded_at limit 1), a.due_on) as first_due_on
      from agreed_action a
      """;

  private final JdbcClient jdbc;
  private final Persons persons;

  CoreGroups(JdbcClient jdbc, Persons persons) {
    this.jdbc = jdbc;
    this.persons = persons;
  }

  // Who belongs to it ---------------------------------------------------------------------------------------------------

  /** Those who belong to the core group of a case, the professionals first, each in the order of joining. */
  public List<Member> members(UUID caseId) {
    return jdbc.sql("select id, name, role, agency, reach from core_group_member where case_id = :case and until is null order by agency is null, since, name")
        .param("case", caseId).query(Member.class).list();
  }

  /**
   * Somebody belongs to it from now on. Who belongs to it already, under the same name, keeps what is not said anew.
   *
   * @param agency null for one of the family
   */
  public void join(UUID caseId, String name, String role, String agency, String reach, Instant at) {
    int known = jdbc.sql("""
            update core_group_member set role = coalesce(:role, role), agency = coalesce(:agency, agency), reach = coalesce(:reach, reach)
            where case_id = :case and until is null and plain_name(name) = plain_name(:name)""")
        .param("case", caseId).param("name", name).param("role", role).param("agency", agency).param("reach", reach).update();
    if (known == 0) {
      jdbc.sql("insert into core_group_member (case_id, name, role, agency, reach, since) values (:case, :name, :role, :agency, :reach, :at)")
          .param("case", caseId).param("name", name).param("role", role).param("agency", agency).param("reach", reach)
          .param("at", Timestamp.from(at)).update();
    }
  }

  /** The lead professional of a child with a plan in this case, by user id; empty while there is none. */
  public Optional<String> lead(UUID caseId) {
    return jdbc.sql("""
            select l.user_id from lead_professional l join plan p on p.person_id = l.person_id and p.ended_on is null
            where p.case_id = :case and l.until is null order by l.since limit 1""")
        .param("case", caseId).query(String.class).optional();
  }

  /** The last core group of a case that was held; empty before the first. */
  public Optional<UUID> last(UUID caseId) {
    return jdbc.sql("select id from meeting where case_id = :case and kind = 'core-group' and held_at is not null order by held_at desc limit 1")
        .param("case", caseId).query(UUID.class).optional();
  }

  // What was promised ---------------------------------------------------------------------------------------------------

  /** The actions of a case that are open and were agreed before this meeting, the one due first on top. */
  public List<Promise> open(UUID caseId, UUID meeting) {
    return jdbc.sql(PROMISES + "where a.case_id = :case and a.ended_as is null and a.meeting_id is distinct from :meeting order by a.due_on, a.position")
        .param("case", caseId).param("meeting", meeting).query((row, n) -> promise(row)).list();
  }

  /** An action. */
  public Promise promise(UUID action) {
    return jdbc.sql(PROMISES + "where a.id = :id").param("id", action).query((row, n) -> promise(row)).single();
  }

  private Promise promise(ResultSet row) throws SQLException {
    UUID child = row.getObject("for_child", UUID.class);
    return new Promise(row.getObject("id", UUID.class), row.getString("what"), row.getString("named_person"), row.getString("agency"),
        row.getObject("due_on", LocalDate.class), row.getObject("first_due_on", LocalDate.class), child == null ? null : persons.name(child),
        row.getString("if_not_done"), row.getString("ended_as"));
  }

  /**
   * Keeps what a meeting said of an action. Done in its eyes, it still waits for its owner's own word.
   *
   * @param words what shows it, what changes, or why nobody looked; only where nothing changes they may be missing
   * @param newDueOn the day agreed anew, or null
   * @throws Refusal when the meeting has spoken of it already
   */
  public void review(UUID meeting, UUID action, String result, String words, LocalDate newDueOn, Instant at, String by) {
    LocalDate was = promise(action).dueOn();
    try {
      jdbc.sql("""
              insert into action_review (meeting_id, action_id, result, words, was_due_on, due_on, recorded_at, recorded_by)
              values (:meeting, :action, :result, :words, :was, :due, :at, :by)""")
          .param("meeting", meeting).param("action", action).param("result", result).param("words", words).param("was", was)
          .param("due", newDueOn == null ? was : newDueOn).param("at", Timestamp.from(at)).param("by", by).update();
    } catch (DataIntegrityViolationException e) {
      throw new Refusal("result", "This action was looked at already. Open the next task.");
    }
    if (newDueOn != null) {
      jdbc.sql("update agreed_action set due_on = :due where id = :id and ended_as is null").param("due", newDueOn).param("id", action).update();
    }
  }

  /** What a meeting said of the actions that were open. */
  public List<Review> reviews(UUID meeting) {
    return reviewed("r.meeting_id = :id", meeting);
  }

  /** What the core groups have said of an action, the last one first. */
  public List<Review> reviewsOf(UUID action) {
    return reviewed("r.action_id = :id", action);
  }

  private List<Review> reviewed(String which, UUID id) {
    return jdbc.sql("""
            select r.*, a.what, a.named_person, m.held_at from action_review r join agreed_action a on a.id = r.action_id
            join meeting m on m.id = r.meeting_id where %s order by r.recorded_at desc, a.position""".formatted(which))
        .param("id", id)
        .query((row, n) -> new Review(row.getObject("action_id", UUID.class), row.getString("what"), row.getString("named_person"),
            Rows.instant(row, "held_at"), row.getString("result"), row.getString("words"), row.getObject("was_due_on", LocalDate.class),
            row.getObject("due_on", LocalDate.class))).list();
  }
}
