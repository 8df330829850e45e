package org.followthrough.meeting;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.followthrough.deadline.Planned;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Meetings about a family: called, held, who took part, and what was agreed. What was decided for each child: {@link Outcomes}. */
@Component
public class Meetings implements CaseRecords, Dated, Planned {

  /**
   * A meeting.
   *
   * @param follows the meeting that asked for it, or null
   * @param chairedBy the social-work manager who chaired it; null while it is not held, or when none took part
   * @param quorate whether those who must be there were; null until it was judged
   */
  public record Meeting(UUID id, String kind, UUID contactId, UUID follows, Instant heldAt, String chairedBy,
      Boolean quorate, String quorumBecause) {}

  /**
   * Somebody who was asked, or should have been.
   *
   * @param reach how the minutes reach them safely
   * @param absentWhy why they did not take part; null when they did
   */
  public record Attended(String agency, String name, String role, String reach, boolean tookPart, String absentWhy) {}

  /** Who does what by when. */
  public record Action(String what, String namedPerson, String agency, LocalDate dueOn, String ifNotDone) {}

  /**
   * What else is known of an action.
   *
   * @param accepted the owner agreed to it in the meeting
   * @param forChild the child whom it serves directly, or null
   */
  public record Terms(boolean accepted, UUID forChild) {}

  /** Words that name nobody, also several of them: "the duty social worker", "somebody from health". */
  private static final Set<String> NAMES_NOBODY = Set.of("all", "an", "and", "any", "anybody", "anyone", "at", "both",
      "each", "every", "everybody", "everyone", "for", "from", "in", "me", "no", "nobody", "none", "not", "of", "on",
      "one", "or", "our", "some", "somebody", "someone", "the", "their",
      "them", "they", "to", "us", "we", "whoever", "yet", "agency", "agencies", "care", "case", "child", "children",
      "community", "doctor", "duty", "family", "father", "gp", "head", "health", "lead", "manager", "midwife", "mother",
      "nurse", "nursery", "officer", "parents", "police", "professional",
      "professionals", "school", "senior", "service", "services", "social", "staff", "teacher", "team", "visitor", "worker",
      "workers", "agreed", "be", "confirmed", "decided", "known", "tba", "tbc", "tbd");

  private final JdbcClient jdbc;

  Meetings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    Consumer<Correction> held = meeting -> meeting.move("update meeting set held_at = :now where id = :subject and held_at = :was");
    return Map.of(Events.CONFERENCE_RECORDED, held, Events.CONFERENCE_HELD, held, Events.CONFERENCE_DID_NOT_TAKE_PLACE, held,
        Events.STRATEGY_DISCUSSION_CONVENED, convened -> convened.move("update meeting set planned_at = :now where id = :subject "
            + "and planned_at = :was"),
        Events.STRATEGY_DISCUSSION_HELD, this::discussed, Events.CORE_GROUP_HELD, this::coreGroupMet);
  }

  private void discussed(Correction held) {
    held.notBefore(held.found("select received_at from contact where id = :contact").orElse(null),
        "The discussion would lie before the contact was received.");
    held.notBefore(held.found("select b.held_at from meeting m join meeting b on b.id = m.follows where m.id = :subject").orElse(null),
        "This lies before the earlier discussion.");
    held.notAfter(held.found("select min(held_at) from meeting where follows = :subject").orElse(null),
        "This lies after the discussion that followed.");
    held.notAfter(held.found("select min(decided_at) from meeting_outcome where meeting_id = :subject").orElse(null),
        "The discussion would lie after its outcome was decided.");
    held.move("update meeting set held_at = :now where id = :subject and held_at = :was");
    held.with(Events.FURTHER_MEETING_CALLED);
  }

  private void coreGroupMet(Correction held) {
    held.notBefore(held.found("select max(held_at) from meeting where case_id = :case and id <> :subject and held_at < :was "
        + "and kind in ('initial-conference', 'pre-birth-conference', 'transfer-in-conference', 'core-group')").orElse(null),
        "This lies before the conference or the core group that it follows.");
    held.notAfter(held.found("select min(held_at) from meeting where case_id = :case and id <> :subject and held_at > :was "
        + "and kind = 'core-group'").orElse(null), "This lies after the core group that follows it.");
    held.move("update meeting set held_at = :now where id = :subject and held_at = :was");
    held.with("Previous core group held");
  }

  /**
   * Calls a meeting.
   *
   * @param follows the meeting that asked for it, or null
   * @param chairRole the role that chairs it and agrees its minutes
   * @param writerRole the role that writes for it
   */
  public UUID call(String kind, UUID caseId, UUID contactId, UUID follows, String chairRole, String writerRole, Instant at) {
    UUID id = UUID.randomUUID();
    jdbc.sql("""
            insert into meeting (id, kind, case_id, contact_id, follows, called_at, chair_role, writer_role)
            values (:id, :kind, :case, :contact, :follows, :at, :chair, :writer)""")
        .param("id", id).param("kind", kind).param("case", caseId).param("contact", contactId).param("follows", follows)
        .param("at", Timestamp.from(at)).param("chair", chairRole).param("writer", writerRole).update();
    return id;
  }

  /** One change at a time per meeting; it writes, as the lock of a family does ({@link Families#lock}). */
  public void lock(UUID id) {
    jdbc.sql("update meeting set called_at = called_at where id = :id").param("id", id).update();
  }

  /** The meeting of an id; empty where the id is something else's. */
  public Optional<Meeting> find(UUID id) {
    return jdbc.sql("select * from meeting where id = :id").param("id", id)
        .query((row, n) -> new Meeting(id, row.getString("kind"), row.getObject("contact_id", UUID.class),
            row.getObject("follows", UUID.class), Rows.instant(row, "held_at"), row.getString("chaired_by"),
            row.getObject("quorate", Boolean.class), row.getString("quorum_because"))).optional();
  }

  /** Keeps for when it is called, and how it will be held. */
  public void plan(UUID id, Instant plannedAt, String how) {
    jdbc.sql("update meeting set planned_at = :at, how = :how where id = :id").param("at", Timestamp.from(plannedAt)).param("how", how)
        .param("id", id).update();
  }

  /**
   * Records that it was held, and who took part.
   *
   * @param how by telephone or otherwise; null where it was held as planned
   */
  public void hold(UUID id, Instant heldAt, String how, String chairedBy, List<Attended> attendance) {
    jdbc.sql("update meeting set held_at = :at, how = coalesce(:how, how), chaired_by = :chair where id = :id")
        .param("at", Timestamp.from(heldAt)).param("how", how).param("chair", chairedBy).param("id", id).update();
    attendance.forEach(one -> attended(id, null, one));
  }

  /** Keeps that somebody took part, or why not; {@code person} is one of the family, or null. */
  public void attended(UUID id, UUID person, Attended one) {
    jdbc.sql("""
            insert into attendance (meeting_id, agency, name, role, reach, took_part, absent_why, person_id)
            values (:meeting, :agency, :name, :role, :reach, :took, :why, :person)""")
        .param("meeting", id).param("agency", one.agency()).param("name", one.name()).param("role", one.role()).param("reach", one.reach())
        .param("took", one.tookPart()).param("why", one.absentWhy()).param("person", person).update();
  }

  /**
   * Keeps what a discussion said for those who go to the family: who is told what, and whether a doctor is needed ({@code medical} may be
   * null).
   */
  public void said(UUID id, String whoIsTold, String medical) {
    jdbc.sql("update meeting set who_is_told = :told, medical = :medical where id = :id").param("told", whoIsTold).param("medical", medical)
        .param("id", id).update();
  }

  /** Those who were asked to a meeting, those who took part first. */
  public List<Attended> attendance(UUID id) {
    return jdbc.sql("""
            select agency, name, role, reach, took_part, absent_why from attendance where meeting_id = :id
              order by took_part desc, position""")
        .param("id", id).query(Attended.class).list();
  }

  /** Keeps what the quorum table says of a meeting that was held. */
  public void judged(UUID id, boolean quorate, String because) {
    jdbc.sql("update meeting set quorate = :quorate, quorum_because = :because where id = :id")
        .param("quorate", quorate).param("because", because).param("id", id).update();
  }

  /** Whether a text where a person should be named says only who in general. */
  public static boolean namesNobody(String namedPerson) {
    return Arrays.stream(namedPerson.toLowerCase(Locale.UK).split("[^\\p{L}]+"))
        .allMatch(word -> word.length() < 2 || NAMES_NOBODY.contains(word));
  }

  /** The meetings of a case that were held, as choices for a form, newest first. */
  public List<Option> heldOf(UUID caseId) {
    return jdbc.sql("select * from meeting where case_id = :case and held_at is not null order by held_at desc").param("case", caseId)
        .query((row, n) -> new Option(Words.sentence(row.getString("kind")) + ", " + Words.moment(Rows.instant(row, "held_at")),
            row.getString("id"))).list();
  }

  /** The actions agreed at a meeting, in the order in which they were; what took another's place later was not agreed there. */
  public List<Action> actions(UUID id) {
    return jdbc.sql("select what, named_person, agency, due_on, if_not_done from agreed_action where meeting_id = :id "
        + "and instead_of is null order by position")
        .param("id", id).query(Action.class).list();
  }

  /** Keeps that a meeting will not be held; one that was held stays. */
  public void calledOff(UUID id, String why) {
    jdbc.sql("update meeting set ended_as = :why where id = :id and held_at is null").param("why", why).param("id", id).update();
  }

  /** Keeps for when it is called; how it will be held stays. */
  public void planned(UUID id, Instant at) {
    jdbc.sql("update meeting set planned_at = :at where id = :id").param("at", Timestamp.from(at)).param("id", id).update();
  }

  /** Keeps that it did not count, because too few came; it is called again. */
  public void notQuorate(UUID id) {
    jdbc.sql("update meeting set ended_as = 'not-quorate' where id = :id").param("id", id).update();
  }

  /** Keeps that nobody waits for the next core group of a case any more. */
  public void callOffCoreGroup(UUID caseId) {
    jdbc.sql("""
            update meeting set ended_as = 'no-longer-needed' where case_id = :case and kind = 'core-group' and held_at is null
              and ended_as is null""").param("case", caseId).update();
  }

  /** Whether a strategy discussion of a case is called and not held yet; what comes in meanwhile is talked over there. */
  public boolean discussionCalled(UUID caseId) {
    return calledDiscussion(caseId).isPresent();
  }

  /** The strategy discussion of a case that is called and not held yet; empty when none is. */
  public Optional<UUID> calledDiscussion(UUID caseId) {
    return jdbc.sql("""
            select id from meeting where case_id = :case and kind = 'strategy-discussion'
              and held_at is null and ended_as is null order by called_at desc limit 1""")
        .param("case", caseId).query(UUID.class).optional();
  }

  /** For when a meeting is planned; empty while it is not. */
  public Optional<Instant> plannedAt(UUID id) {
    return jdbc.sql("select planned_at from meeting where id = :id and planned_at is not null").param("id", id)
        .query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** Whether a meeting reviews the plans of an earlier conference. */
  public boolean isReview(UUID id) {
    return find(id).map(meeting -> meeting.kind().equals("review-conference")).orElse(false);
  }

  /** For when the next review conference of a case is planned; empty while none is. */
  public Optional<Instant> nextReview(UUID caseId) {
    return jdbc.sql("""
            select min(planned_at) from meeting where case_id = :case and kind = 'review-conference' and held_at is null
              and ended_as is null
              having min(planned_at) is not null""")
        .param("case", caseId).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** The day on which an agreed action is due. */
  public Optional<Instant> dueDay(UUID action) {
    return jdbc.sql("select due_on from agreed_action where id = :id").param("id", action).query(LocalDate.class).optional()
        .map(day -> day.atStartOfDay(Submission.LONDON).toInstant());
  }

  /** Whether a meeting was held. */
  public boolean held(UUID id) {
    return find(id).map(meeting -> meeting.heldAt() != null).orElse(false);
  }

  /** The role that chairs a meeting and agrees its minutes; the subject is the meeting, its minutes or a circulation. */
  public String chairRole(UUID subject) {
    return role("chair_role", subject);
  }

  /** The role that writes for a meeting; the subject is the meeting, its minutes or a circulation. */
  public String writerRole(UUID subject) {
    return role("writer_role", subject);
  }

  private String role(String column, UUID subject) {
    return jdbc.sql("""
            select %s from meeting where id = :subject
              or id = (select meeting_id from minutes where id = :subject)
              or id = (select m.meeting_id from minutes m join minutes_copy c on c.minutes_id = m.id
                where c.circulation_id = :subject limit 1)""".formatted(column))
        .param("subject", subject).query(String.class).single();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("meeting", "attendance");
  }

  @Override
  public Map<String, String> staysWhenSplit() {
    return Map.of("meeting", "A meeting is about the family that sat together; only what is called for plans that all go along goes "
        + "with them.");
  }

  /** What is called for plans goes along where all these plans do. */
  public void calledForPlansGo(CaseRecords.Split split) {
    split.update(jdbc.sql("""
        update meeting set case_id = :other where case_id = :case and kind in ('core-group', 'review-conference') and held_at is null
          and ended_as is null"""));
  }

  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("select id from meeting where case_id = :case").param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update meeting set case_id = :stays where case_id = :duplicate"));
  }

  /** Strategy discussions first: they are about whoever is closed. */
  @Override
  public List<String> unfinished(UUID caseId, boolean nobodyLeft) {
    return jdbc.sql("""
            select kind, called_at from meeting where case_id = :case and held_at is null and ended_as is null
              and (:all or kind = 'strategy-discussion') order by kind <> 'strategy-discussion', called_at""")
        .param("case", caseId).param("all", nobodyLeft).query((row, n) -> "The " + Words.spoken(row.getString("kind")) + " called on "
            + Words.date(Rows.instant(row, "called_at")) + " is not held.").list();
  }

  @Override
  public Map<String, BiFunction<UUID, UUID, Optional<Instant>>> states() {
    return Map.of("date of conference", (caseId, meeting) -> plannedAt(meeting),
        "date of initial conference", (caseId, meeting) -> plannedAt(meeting).filter(at -> !isReview(meeting)),
        "date of review conference", (caseId, meeting) -> plannedAt(meeting).filter(at -> isReview(meeting)),
        "date of next review", (caseId, meeting) -> nextReview(caseId),
        "date of action", (caseId, action) -> dueDay(action));
  }
}
