package org.followthrough.plan;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.followthrough.family.CaseRecords;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.people.Agencies;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who works on the plans of a case with the family, and what they said of each action that was open when they met. */
@Component
public class CoreGroups implements CaseRecords {

  /**
   * One who belongs to it.
   *
   * @param agency null for one of the family
   * @param reach how they are reached safely, or null while nobody knows
   */
  public record Member(UUID id, String name, String role, String agency, String reach) {

    /** {@code Joan Patel, head teacher, school}, with the code of where they come from as {@code spoken} says it. */
    public String inWords(UnaryOperator<String> spoken) {
      return name + (role == null ? "" : ", " + role) + ", " + (agency == null ? "family" : spoken.apply(agency));
    }
  }

  /** What a core group said of an action. */
  public record Review(UUID actionId, String what, String namedPerson, Instant metAt, String result, String words, LocalDate wasDueOn,
      LocalDate dueOn) {}

  private final JdbcClient jdbc;
  private final AgreedActions actions;

  CoreGroups(JdbcClient jdbc, AgreedActions actions) {
    this.jdbc = jdbc;
    this.actions = actions;
  }

  // Who belongs to it ---------------------------------------------------------------------------------------------------

  /** Those who belong to the core group of a case, the professionals first, each in the order of joining. */
  public List<Member> members(UUID caseId) {
    return jdbc.sql("select id, name, role, agency, reach from core_group_member where case_id = :case and until is null "
        + "order by agency is null, since, name")
        .param("case", caseId).query(Member.class).list();
  }

  /**
   * Somebody belongs to it from now on. Who belongs to it already, under the same name, keeps what is not said anew.
   *
   * @param agency {@link Agencies#FAMILY} or null for one of the family
   */
  public void join(UUID caseId, String name, String role, String agency, String reach, Instant at) {
    String from = Agencies.FAMILY.equals(agency) ? null : agency;
    int known = jdbc.sql("""
            update core_group_member set role = coalesce(:role, role), agency = coalesce(:agency, agency), reach = coalesce(:reach, reach)
            where case_id = :case and until is null and plain_name(name) = plain_name(:name)""")
        .param("case", caseId).param("name", name).param("role", role).param("agency", from).param("reach", reach).update();
    if (known == 0) {
      jdbc.sql("insert into core_group_member (case_id, name, role, agency, reach, since) "
          + "values (:case, :name, :role, :agency, :reach, :at)")
          .param("case", caseId).param("name", name).param("role", role).param("agency", from).param("reach", reach)
          .param("at", Timestamp.from(at)).update();
    }
  }

  /** Somebody who was asked to a conference belongs to it from now on. */
  public void join(UUID caseId, UUID attended, Instant at) {
    Meetings.Attended one = jdbc.sql("select agency, name, role, reach, took_part, absent_why from attendance where id = :id")
        .param("id", attended).query(Meetings.Attended.class).single();
    join(caseId, one.name(), one.role(), one.agency(), one.reach(), at);
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
    return jdbc.sql("select id from meeting where case_id = :case and kind = 'core-group' and held_at is not null "
        + "order by held_at desc limit 1")
        .param("case", caseId).query(UUID.class).optional();
  }

  // What was promised ---------------------------------------------------------------------------------------------------

  /**
   * Keeps what a meeting said of an action. Done in its eyes, it still waits for its owner's own word.
   *
   * @param words what shows it, what changes, or why nobody looked; only where nothing changes they may be missing
   * @param newDueOn the day agreed anew, or null
   * @throws Refusal when the meeting has spoken of it already
   */
  public void review(UUID meeting, UUID action, String result, String words, LocalDate newDueOn, Instant at, String by) {
    LocalDate was = actions.get(action).dueOn();
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
      actions.promisedFor(action, newDueOn);
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
            select r.*, a.what, coalesce(a.given_to, a.named_person) as named_person, m.held_at from action_review r
              join agreed_action a on a.id = r.action_id
            join meeting m on m.id = r.meeting_id where %s order by r.recorded_at desc, a.position""".formatted(which))
        .param("id", id)
        .query((row, n) -> new Review(row.getObject("action_id", UUID.class), row.getString("what"), row.getString("named_person"),
            Rows.instant(row, "held_at"), row.getString("result"), row.getString("words"), row.getObject("was_due_on", LocalDate.class),
            row.getObject("due_on", LocalDate.class))).list();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("core_group_member", "action_review");
  }

  /** A plan is never without its core group: where both sides have plans, both have it; else it goes where the plans go. */
  @Override
  public void split(Split split) {
    split.update(jdbc.sql("""
        insert into core_group_member (case_id, name, role, agency, reach, since)
        select :other, name, role, agency, reach, since from core_group_member where case_id = :case and until is null and %s and %s"""
        .formatted(Plans.OF_WHO_LEAVE, Plans.OF_WHO_STAY)));
    split.update(jdbc.sql("update core_group_member set case_id = :other where case_id = :case and until is null "
        + "and " + Plans.OF_WHO_LEAVE
        + " and not " + Plans.OF_WHO_STAY));
  }

  /** Who belongs to both, under one name, belongs to the one that stays. */
  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("""
        update core_group_member m set case_id = :stays where case_id = :duplicate and not exists (select from core_group_member s
          where s.case_id = :stays and s.until is null and plain_name(s.name) = plain_name(m.name))"""));
  }
}
