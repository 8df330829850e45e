package org.followthrough.meeting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.followthrough.family.CaseRecords;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What becomes of the actions that meetings agree on: who has accepted them, how they stand, and how they ended. */
@Component
public class AgreedActions implements CaseRecords {

  /** The process that follows an action. */
  public static final String PROCESS = "action";
  /** The message that begins it. */
  public static final String ACTION_AGREED = "ActionAgreed";
  public static final String DONE = "done";
  public static final String REPLACED = "replaced";
  public static final String NOT_NEEDED = "not-needed";
  public static final String RECORDED_IN_ERROR = "recorded-in-error";

  /**
   * One action as it is now.
   *
   * @param meetingId where it was agreed; null for what was taken over with a family
   * @param dueOn the day that was promised, last by a core group that agreed on another; a manager’s leave to go on does not move it
   * @param goesOnUntil the later day that a manager has agreed to, or null
   * @param forChild the child whom it serves directly, or null
   * @param insteadOf the action that it takes the place of, or null
   */
  public record Agreed(UUID id, UUID meetingId, String what, Owner owner, LocalDate dueOn, LocalDate goesOnUntil, Report report,
      Contingency contingency, UUID forChild, UUID insteadOf, Ending ending) {}

  /** Who has it now, and where they come from; when they took it on, or why they cannot, each null while they have not said so. */
  public record Owner(String name, String agency, Instant acceptedAt, String declinedWhy) {

    /** Whether it is somebody of the family, and not a professional. */
    public boolean ofFamily() {
      return agency.equals(Agencies.FAMILY);
    }
  }

  /** What its owner said last: done, late or not-happening, and why it was not done indeed; all null while nobody has reported. */
  public record Report(String as, Instant at, String by, String why, String evidence, LocalDate hopedFor, String notConfirmedWhy) {}

  /** What is done if it fails, null where nothing was agreed; and since when that is done while it goes on, or null. */
  public record Contingency(String ifNotDone, Instant begunAt) {}

  /** How it ended: done, replaced, not-needed or recorded-in-error, and when; both null while it is open. */
  public record Ending(String as, Instant at) {}

  /**
   * What was agreed elsewhere and goes on here.
   *
   * @param forChild by our id, or null where it serves all
   */
  public record CarriedOn(UUID id, UUID move, UUID caseId, UUID forChild, String what, String namedPerson, String agency, LocalDate dueOn,
      String ifNotDone) {}

  private final JdbcClient jdbc;
  private final Meetings meetings;
  private final Clock clock;
  private final Agencies agencies;

  AgreedActions(JdbcClient jdbc, Meetings meetings, Clock clock, Agencies agencies) {
    this.jdbc = jdbc;
    this.meetings = meetings;
    this.clock = clock;
    this.agencies = agencies;
  }

  /** The action of an id. */
  public Agreed get(UUID id) {
    return jdbc.sql("select * from agreed_action where id = :id").param("id", id).query((row, n) -> agreed(row)).single();
  }

  /** All actions of a meeting in the order in which they were agreed, those that took another's place included. */
  public List<Agreed> of(UUID meeting) {
    return jdbc.sql("select * from agreed_action where meeting_id = :id order by position").param("id", meeting)
        .query((row, n) -> agreed(row)).list();
  }

  /** The actions of a case that are open and were not agreed at this meeting, the one due first on top. */
  public List<Agreed> open(UUID caseId, UUID meeting) {
    return jdbc.sql("""
            select * from agreed_action where case_id = :case and ended_as is null and meeting_id is distinct from :meeting
              order by due_on, position""")
        .param("case", caseId).param("meeting", meeting).query((row, n) -> agreed(row)).list();
  }

  /** The owner takes it on. */
  public void accepted(UUID id, Instant at) {
    jdbc.sql("update agreed_action set owner_accepted_at = :at where id = :id").param("at", Timestamp.from(at)).param("id", id).update();
  }

  /** Whoever was asked cannot take it on. */
  public void declined(UUID id, String why) {
    jdbc.sql("update agreed_action set declined_why = :why where id = :id").param("why", why).param("id", id).update();
  }

  /**
   * Gives it to somebody else, who has not said yet that they take it on.
   *
   * @throws Refusal when nobody in particular is named
   */
  public void giveTo(UUID id, String namedPerson, String agency) {
    refuseNobody("namedPerson", namedPerson);
    jdbc.sql("update agreed_action set given_to = :person, given_agency = :agency, owner_accepted_at = null, declined_why = null "
        + "where id = :id")
        .param("person", namedPerson).param("agency", agency).param("id", id).update();
  }

  /**
   * Keeps what its owner says of it; what was said before stands in the chronology.
   *
   * @param how done, late or not-happening
   * @param evidence what shows that it is done, or null
   * @param hopedFor by which day it can be done, or null
   */
  public void reported(UUID id, String how, String evidence, String why, LocalDate hopedFor, Instant at, String by) {
    jdbc.sql("""
            update agreed_action set reported_as = :how, reported_at = :at, reported_by = :by, evidence = :evidence, reported_why = :why,
              hoped_for = :hoped, not_confirmed_why = null where id = :id""")
        .param("how", how).param("at", Timestamp.from(at)).param("by", by).param("evidence", evidence).param("why", why)
        .param("hoped", hopedFor).param("id", id).update();
  }

  /** It is not done although it was reported as done. */
  public void notConfirmed(UUID id, String why) {
    jdbc.sql("update agreed_action set not_confirmed_why = :why where id = :id").param("why", why).param("id", id).update();
  }

  /** It goes on until a later day; the day that was promised stays as it was. */
  public void goesOn(UUID id, LocalDate until) {
    jdbc.sql("update agreed_action set goes_on_until = :until where id = :id").param("until", until).param("id", id).update();
  }

  /** It is promised anew, for another day; what a manager had agreed to until then is over. */
  public void promisedFor(UUID id, LocalDate day) {
    jdbc.sql("update agreed_action set due_on = :day, goes_on_until = null where id = :id and ended_as is null").param("day", day)
        .param("id", id).update();
  }

  /** What was agreed for the case that it is not done is done from now on, while the action itself is still asked for. */
  public void contingencyBegun(UUID id, Instant at) {
    jdbc.sql("update agreed_action set contingency_begun_at = coalesce(contingency_begun_at, :at) where id = :id")
        .param("at", Timestamp.from(at)).param("id", id).update();
  }

  /**
   * Agrees what is done in place of an action that failed; the other ends with it.
   *
   * @param more what else is known of it
   * @return the new action's id
   * @throws Refusal when nobody in particular is named, or the day has passed
   */
  public UUID instead(UUID failed, String what, String namedPerson, String agency, LocalDate dueOn, Meetings.Terms more,
      String why, Instant at, String by) {
    if (dueOn.isBefore(LocalDate.ofInstant(at, Submission.LONDON))) {
      throw new Refusal("insteadBy", "This day has passed already. Choose one that lies ahead.");
    }
    refuseNobody("insteadWho", namedPerson);
    UUID next = jdbc.sql("""
            insert into agreed_action (meeting_id, move_id, case_id, what, named_person, agency, due_on, owner_accepted_at, for_child,
              instead_of,
              recorded_at, recorded_by)
            select meeting_id, move_id, case_id, :what, :person, :agency, :due, :accepted, :child, id, :at, :by from agreed_action
              where id = :failed returning id""")
        .param("what", what).param("person", namedPerson).param("agency", agency).param("due", dueOn)
        .param("accepted", more.accepted() ? Timestamp.from(at) : null).param("child", more.forChild()).param("at", Timestamp.from(at))
        .param("by", by).param("failed", failed).query(UUID.class).single();
    end(failed, REPLACED, why, at);
    return next;
  }

  /**
   * Records an action that was agreed: what, by which named person, by which day.
   *
   * @param more what else is known of it
   * @return the action's id
   * @throws Refusal when nobody in particular is named (learning point C-21), or the day lies before the meeting
   */
  public UUID agree(UUID meeting, UUID caseId, String what, String namedPerson, String agency, LocalDate dueOn, String ifNotDone,
      Meetings.Terms more, Instant at, String by) {
    refuseNobody("namedPerson", namedPerson);
    // what was agreed on Friday for Saturday may be written down on Monday
    if (dueOn.isBefore(LocalDate.ofInstant(meetings.find(meeting).orElseThrow().heldAt(), Submission.LONDON))) {
      throw new Refusal("dueOn", "This day had passed already when it was agreed. Check the day, month and year.");
    }
    return jdbc.sql("""
            insert into agreed_action (meeting_id, case_id, what, named_person, agency, due_on, if_not_done, owner_accepted_at, for_child,
              recorded_at, recorded_by)
            values (:meeting, :case, :what, :person, :agency, :due, :ifNot, :accepted, :child, :at, :by) returning id""")
        .param("meeting", meeting).param("case", caseId).param("what", what).param("person", namedPerson).param("agency", agency)
        .param("due", dueOn).param("ifNot", ifNotDone).param("accepted", more.accepted() ? Timestamp.from(at) : null)
        .param("child", more.forChild())
        .param("at", Timestamp.from(at)).param("by", by).query(UUID.class).single();
  }

  /**
   * What was agreed elsewhere for a family that is taken over goes on as it was agreed there: with its own id and its own day.
   */
  public void carriedOn(CarriedOn kept, Instant at, String by) {
    // a family that comes back brings actions whose ids we gave: what ended here stays ended, and it begins anew
    jdbc.sql("""
            insert into agreed_action (id, move_id, case_id, what, named_person, agency, due_on, if_not_done, for_child, recorded_at,
              recorded_by)
            values (case when exists (select from agreed_action where id = :id) then gen_random_uuid() else :id end, :move, :case, :what,
              :person, :agency,
              :due, :ifNot, :child, :at, :by)""")
        .param("id", kept.id()).param("move", kept.move()).param("case", kept.caseId()).param("what", kept.what())
        .param("person", kept.namedPerson())
        .param("agency", kept.agency()).param("due", kept.dueOn()).param("ifNot", kept.ifNotDone()).param("child", kept.forChild())
        .param("at", Timestamp.from(at)).param("by", by).update();
  }

  /** Ends it, with a reason where it was not simply done; what ended once stays so. */
  public void end(UUID id, String as, String why, Instant at) {
    jdbc.sql("update agreed_action set ended_as = :as, ended_at = :at, ended_why = :why where id = :id and ended_as is null")
        .param("as", as).param("at", Timestamp.from(at)).param("why", why).param("id", id).update();
  }

  /** How each of these stands today, in a few words. */
  public Map<UUID, String> standing(List<UUID> ids) {
    return ids.isEmpty() ? Map.of() : jdbc.sql("select * from agreed_action where id in (:ids)").param("ids", ids)
        .query((row, n) -> agreed(row)).list().stream().collect(Collectors.toMap(Agreed::id, this::standing));
  }

  /** How it stands today, in a few words. */
  public String standing(Agreed one) {
    String ended = one.ending().as();
    if (ended != null) {
      return (ended.equals(REPLACED) ? "something else is done instead" : ended.equals(NOT_NEEDED)
          ? "not needed any more" : Words.spoken(ended))
          + " since " + Words.date(one.ending().at());
    }
    String stands = DONE.equals(one.report().as()) && one.report().notConfirmedWhy() == null ? "reported done, not confirmed yet"
        : one.owner().acceptedAt() == null ? "not accepted yet" : "accepted";
    return stands + (late(one) ? ", late since " + Words.date(one.dueOn()) : "")
        + (one.goesOnUntil() == null ? "" : ", goes on until " + Words.date(one.goesOnUntil()))
        + (one.contingency().begunAt() == null ? "" : ", what was agreed for this case has begun");
  }

  /** Whether it is open and its promised day has passed. */
  public boolean late(Agreed one) {
    return one.ending().as() == null && LocalDate.ofInstant(clock.instant(), Submission.LONDON).isAfter(one.dueOn());
  }

  /** What was promised, by whom, by when, and what was agreed in case it fails; in Markdown, for the top of a page. */
  public String inWords(Agreed one) {
    return "**" + Words.escaped(one.what()) + "**\n\n"
        + Words.escaped(one.owner().name()) + ", "
        + (one.owner().ofFamily() ? "of the family" : Words.escaped(agencies.spoken(one.owner().agency())))
        + ", promised for **" + Words.date(one.dueOn()) + "**"
        + (one.goesOnUntil() == null ? "" : ", goes on until **" + Words.date(one.goesOnUntil()) + "**") + ". "
        + (one.meetingId() == null ? "Taken over with the family." : meetings.find(one.meetingId())
            .map(meeting -> "Agreed at: " + Words.spoken(meeting.kind()) + ", " + Words.date(meeting.heldAt()) + ".").orElseThrow())
        + (one.contingency().begunAt() == null ? "" : "\n\nWhat was agreed for the case that it is not done has begun.");
  }

  private static void refuseNobody(String field, String namedPerson) {
    if (Meetings.namesNobody(namedPerson)) {
      throw new Refusal(field, "What everybody does, nobody does. Name one person.");
    }
  }

  private static Agreed agreed(ResultSet row) throws SQLException {
    String givenTo = row.getString("given_to");
    return new Agreed(row.getObject("id", UUID.class), row.getObject("meeting_id", UUID.class), row.getString("what"),
        new Owner(givenTo == null ? row.getString("named_person") : givenTo,
            givenTo == null ? row.getString("agency") : row.getString("given_agency"), Rows.instant(row, "owner_accepted_at"),
            row.getString("declined_why")),
        row.getObject("due_on", LocalDate.class), row.getObject("goes_on_until", LocalDate.class),
        new Report(row.getString("reported_as"), Rows.instant(row, "reported_at"), row.getString("reported_by"),
            row.getString("reported_why"), row.getString("evidence"), row.getObject("hoped_for", LocalDate.class),
            row.getString("not_confirmed_why")),
        new Contingency(row.getString("if_not_done"), Rows.instant(row, "contingency_begun_at")),
        row.getObject("for_child", UUID.class), row.getObject("instead_of", UUID.class),
        new Ending(row.getString("ended_as"), Rows.instant(row, "ended_at")));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("agreed_action");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("update agreed_action set case_id = :other where case_id = :case and for_child in (:leaving) "
        + "and ended_at is null"));
  }

  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("select id from agreed_action where case_id = :case").param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update agreed_action set case_id = :stays where case_id = :duplicate"));
  }

  /** What was promised for them goes on there; what serves the family goes on here while a child of it is still ours. */
  @Override
  public List<UUID> left(Leaving leaving) {
    return jdbc.sql("""
            update agreed_action set ended_as = 'not-needed', ended_at = :at, ended_why = :why
            where ended_as is null and (for_child in (:children) or case_id = :case and for_child is null
              and not exists (select from responsibility r join person p on p.id = r.person_id and p.died_on is null
                where r.case_id = :case and r.until is null and r.authority is null))
            returning id""")
        .param("at", Timestamp.from(leaving.at())).param("why", "The family is with " + leaving.to() + " now")
        .param("children", leaving.children())
        .param("case", leaving.caseId()).query(UUID.class).list();
  }

  @Override
  public List<String> promised(UUID child) {
    return open("for_child = :id", child);
  }

  @Override
  public List<String> unfinished(UUID caseId, boolean nobodyLeft) {
    return nobodyLeft ? open("case_id = :id and for_child is null", caseId) : List.of();
  }

  private List<String> open(String which, UUID id) {
    return jdbc.sql("select due_on from agreed_action where ended_as is null and " + which + " order by due_on, position").param("id", id)
        .query((row, n) -> "The action due on " + Words.date(row.getObject("due_on", LocalDate.class)) + " is open.").list();
  }
}
