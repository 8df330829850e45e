package org.followthrough.conference;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Persons;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Moves;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.protection.Enquiries;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What conferences have beyond other meetings. A conference that was not quorate is followed by another attempt: who was invited
 * and who has reported is read through all of them.
 */
@Component("recordedConferences")
public class Conferences implements CaseRecords, Dated {

  /** The message that begins a conference. */
  public static final String CONFERENCE_NEEDED = "ConferenceNeeded";
  /** The message that begins a core group. */
  public static final String CORE_GROUP_NEEDED = "CoreGroupNeeded";
  /** The message that ends the core group of a case. */
  public static final String LAST_PLAN_ENDED = "LastPlanEnded";
  /** The message that begins a dissent from a conference. */
  public static final String PROFESSIONAL_DISSENTED = "ProfessionalDissented";
  /** The kind of meeting that a core group is. */
  public static final String CORE_GROUP = "core-group";
  public static final String REVIEW = "review-conference";
  public static final String PRE_BIRTH = "pre-birth-conference";

  /** Returns rule 8875: these never fall on a weekend. */
  private static final Set<String> INITIAL = Set.of("initial-conference", PRE_BIRTH, "transfer-in-conference");
  /** From this age a child gets a letter of their own. */
  private static final int OF_UNDERSTANDING = 12;

  private static final String ATTEMPTS = """
      with recursive attempt as (select id, follows from meeting where id = :meeting
        union all select m.id, m.follows from meeting m join attempt a on m.id = a.follows)
      """;

  /**
   * A conference.
   *
   * @param earlyReviewAt since when an early review of it is asked, or null
   * @param heldAt when it was held with a quorum, or went on without one; null before
   */
  public record Conference(UUID id, UUID caseId, UUID contactId, String kind, Cause cause, String chair, String purpose, Instant plannedAt,
      Attempt attempt, Instant earlyReviewAt, Dates dates, Instant heldAt) {

    /** Whether it is of the kinds that returns rule 8875 keeps from weekends. */
    public boolean initial() {
      return INITIAL.contains(kind);
    }
  }

  /** What asked for it: an enquiry, a family that arrives, or the conference whose plans it reviews; null where it was not that. */
  public record Cause(UUID enquiryId, boolean transfer, UUID reviews) {}

  /**
   * How people tried to meet.
   *
   * @param follows the attempt before, which was not quorate; or null
   * @param metAt when people sat together, or waited in vain; null before
   * @param mayGoOn whether its chair may go on without a quorum; null until it was judged
   * @param nextAt for when it was put off, or null
   */
  public record Attempt(UUID follows, Instant metAt, Boolean tookPlace, Boolean mayGoOn, Instant nextAt, String nextHow) {}

  /** For when the first core group and the review were named, and what must not be missed until then; null where nothing was. */
  public record Dates(Instant coreGroupAt, Instant reviewAt, String mustNotMiss) {}

  /**
   * Somebody who is asked to come, or knowingly is not.
   *
   * @param personId one of the family, or null for a professional
   * @param agency a professional's, or null
   * @param part how one of the family takes part
   * @param partWhy the chair's reasons where a parent is seen apart or left out
   * @param viewsHow how they are heard then
   */
  public record Invitation(UUID personId, String agency, String name, String role, String reach, String purpose, boolean directContact,
      String part, String partWhy, String viewsHow, String advocate) {}

  /** What an agency brings; {@code noneWhy} where it brings nothing. */
  public record Report(String agency, String done, String known, String childSays, String risk, String noneWhy,
      LocalDate sharedWithChair) {}

  /** What an agency thinks; {@code child} is null where it is about all of them. */
  public record View(String agency, String name, String child, String view, boolean dissents, String dissentWhy) {}

  private final JdbcClient jdbc;
  private final Meetings meetings;
  private final Enquiries enquiries;
  private final Moves moves;
  private final Persons persons;
  private final Chronology chronology;
  private final Agencies agencies;

  Conferences(JdbcClient jdbc, Meetings meetings, Enquiries enquiries, Moves moves, Persons persons, Chronology chronology,
      Agencies agencies) {
    this.jdbc = jdbc;
    this.meetings = meetings;
    this.enquiries = enquiries;
    this.moves = moves;
    this.persons = persons;
    this.chronology = chronology;
    this.agencies = agencies;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of(
        // a transfer-in conference has moments of its own from which it may be counted
        Events.TAKEN_ON, taken -> taken.with(Events.TAKEN_ON), Events.PACK_RECEIVED, received -> received.with(Events.PACK_RECEIVED),
        Events.CONFERENCE_RECORDED, this::met, Events.CONFERENCE_HELD, this::met, Events.CONFERENCE_DID_NOT_TAKE_PLACE, this::met,
        "Conference goes on", goesOn -> {
          goesOn.notBefore(goesOn.found("select met_at from conference where meeting_id = :subject").orElse(null),
              "It would go on before people met.");
          goesOn.move("update conference set early_review_at = :now where meeting_id = :subject and early_review_at = :was");
          goesOn.with(Events.EARLY_REVIEW_ASKED);
        },
        "Dissent answered", answered -> answered.with(Events.EARLY_REVIEW_ASKED),
        "Decision letter sent", sent -> {
          sent.notBefore(sent.found("select held_at from meeting where id = :subject").orElse(null),
              "The letter would lie before the conference.");
          sent.move("update decision_letter set sent_at = :now where meeting_id = :subject and sent_at = :was");
        });
  }

  private void met(Correction met) {
    boolean initial = met.found("select called_at from meeting where id = :subject and kind <> 'review-conference'").isPresent();
    if (initial && LocalDate.ofInstant(met.now(), Submission.LONDON).getDayOfWeek().getValue() > 5) {
      throw new Refusal("happenedAt", "An initial conference is never held on a Saturday or Sunday. Check the day.");
    }
    met.notBefore(met.found("select c.met_at from conference n join conference c on c.meeting_id = n.reviews where n.meeting_id = :subject")
        .orElse(null), "This lies before the conference that it reviews.");
    met.notBefore(met.found("select c.met_at from meeting n join conference c on c.meeting_id = n.follows where n.id = :subject")
        .orElse(null), "This lies before the attempt that was not quorate.");
    met.notBefore(met.found("select max(c.begun_at) from enquiry_child c join conference f on f.enquiry_id = c.enquiry_id "
        + "where f.meeting_id = :subject")
        .orElse(null), "The conference would lie before the enquiry that asked for it.");
    met.notAfter(met.found("select min(n.met_at) from conference n join meeting m on m.id = n.meeting_id where :subject "
        + "in (n.reviews, m.follows)").orElse(null), "This lies after the conference that followed.");
    met.notAfter(met.found("select min(decided_at) from meeting_outcome where meeting_id = :subject").orElse(null),
        "The conference would lie after its plans were decided.");
    met.notAfter(met.found("select min(sent_at) from decision_letter where meeting_id = :subject").orElse(null),
        "The conference would lie after its letter was sent.");
    met.move("update conference set met_at = :now where meeting_id = :subject");
    met.with(Events.CONFERENCE_RECORDED, Events.CONFERENCE_HELD, "Conference not quorate", "First conference held",
        "Review conference held");
  }

  // The conference and its attempts -----------------------------------------------------------------------------------------

  /** Keeps why a meeting that was called is a conference. */
  public void open(UUID meeting, UUID enquiry, boolean transfer, UUID reviews) {
    jdbc.sql("insert into conference (meeting_id, enquiry_id, transfer, reviews) values (:meeting, :enquiry, :transfer, :reviews)")
        .param("meeting", meeting).param("enquiry", enquiry).param("transfer", transfer).param("reviews", reviews).update();
  }

  /** Keeps that a meeting is the next attempt of the conference before it, with its chair, on the new day. */
  public void again(UUID meeting, UUID before) {
    jdbc.sql("""
            insert into conference (meeting_id, enquiry_id, transfer, reviews, chair, purpose)
            select :meeting, enquiry_id, transfer, reviews, chair, purpose from conference where meeting_id = :before""")
        .param("meeting", meeting).param("before", before).update();
    Conference notQuorate = get(before);
    meetings.plan(meeting, notQuorate.attempt().nextAt(), notQuorate.attempt().nextHow());
    meetings.notQuorate(before);
    moves.conferenceAgain(before, meeting);
  }

  /** The conference of an id; empty where the id is something else's. */
  public Optional<Conference> find(UUID id) {
    return jdbc.sql("select m.*, c.* from conference c join meeting m on m.id = c.meeting_id where c.meeting_id = :id").param("id", id)
        .query((row, n) -> conference(row)).optional();
  }

  /** The conference of a case that was held last, from which its core group comes; empty before the first. */
  public Optional<Conference> last(UUID caseId) {
    return jdbc.sql("""
            select m.*, c.* from conference c join meeting m on m.id = c.meeting_id where m.case_id = :case and m.held_at is not null
            order by m.held_at desc limit 1""").param("case", caseId).query((row, n) -> conference(row)).optional();
  }

  public Conference get(UUID id) {
    return find(id).orElseThrow();
  }

  private static Conference conference(ResultSet row) throws SQLException {
    return new Conference(row.getObject("meeting_id", UUID.class), row.getObject("case_id", UUID.class),
        row.getObject("contact_id", UUID.class), row.getString("kind"),
        new Cause(row.getObject("enquiry_id", UUID.class), row.getBoolean("transfer"), row.getObject("reviews", UUID.class)),
        row.getString("chair"), row.getString("purpose"), Rows.instant(row, "planned_at"),
        new Attempt(row.getObject("follows", UUID.class), Rows.instant(row, "met_at"), row.getObject("took_place", Boolean.class),
            row.getObject("may_go_on", Boolean.class), Rows.instant(row, "next_at"), row.getString("next_how")),
        Rows.instant(row, "early_review_at"),
        new Dates(Rows.instant(row, "core_group_at"), Rows.instant(row, "review_at"), row.getString("must_not_miss")),
        Rows.instant(row, "held_at"));
  }

  /** The first attempt of a conference: its limit runs about that one. */
  public UUID first(UUID meeting) {
    return jdbc.sql(ATTEMPTS + "select id from attempt where follows is null").param("meeting", meeting).query(UUID.class).single();
  }

  /**
   * The review conference of a case that is called and not held; its first attempt, about which its limit runs: an event that
   * brings it forward is written about this id. Empty when none is.
   */
  public Optional<UUID> openReview(UUID caseId) {
    return openAttempt(caseId).map(this::first);
  }

  private Optional<UUID> openAttempt(UUID caseId) {
    return jdbc.sql("""
            select id from meeting where case_id = :case and kind = 'review-conference' and held_at is null and ended_as is null
            order by called_at desc limit 1""").param("case", caseId).query(UUID.class).optional();
  }

  /** Moves the open review conference of a case to another day. */
  public void moveReview(UUID caseId, Instant at) {
    meetings.planned(openAttempt(caseId).orElseThrow(), at);
    meetings.planned(openReview(caseId).orElseThrow(), at);
  }

  /** Keeps who chairs it, what it is for, and why it is late where it is. */
  public void arrange(UUID meeting, String chair, String purpose, String lateWhy) {
    jdbc.sql("update conference set chair = :chair, purpose = :purpose, late_why = :why where meeting_id = :id")
        .param("chair", chair).param("purpose", purpose).param("why", lateWhy).param("id", meeting).update();
  }

  /** The days on which the unborn children of a case are expected, the first one first. */
  public List<LocalDate> births(UUID caseId) {
    return jdbc.sql("""
            select p.expected_on from case_person c join person p on p.id = c.person_id
            where c.case_id = :case and c.child and c.until is null and p.died_on is null and p.born_on is null
              and p.expected_on is not null
            order by 1""").param("case", caseId).query(LocalDate.class).list();
  }

  // Invitations and reports -------------------------------------------------------------------------------------------------

  /** The family of a case, adults first, whom no attempt of a conference has invited yet, as choices for a form. */
  public List<Option> familyToInvite(UUID meeting, UUID caseId) {
    return family(caseId, "not exists (select from invitation i where i.person_id = p.id and i.meeting_id in (select id "
        + "from attempt))", meeting);
  }

  /** The children who are born and can take part, as choices for a form. */
  public List<Option> bornChildren(UUID caseId) {
    return family(caseId, "c.child and (p.born_on is not null or p.expected_on is null)", null);
  }

  private List<Option> family(UUID caseId, String which, UUID meeting) {
    return jdbc.sql(ATTEMPTS + """
            select p.id from case_person c join person p on p.id = c.person_id
            where c.case_id = :case and c.until is null and p.died_on is null
              and (not c.child or p.born_on is not null or p.expected_on is null) and %s
            order by c.child, p.born_on, p.id""".formatted(which))
        .param("case", caseId).param("meeting", meeting).query(UUID.class).list().stream()
        .map(person -> new Option(persons.name(person), person.toString())).toList();
  }

  /** Professionals who took part in earlier meetings about a case and are not invited yet, as choices for a form. */
  public List<Option> knownProfessionals(UUID meeting, UUID caseId) {
    return jdbc.sql(ATTEMPTS + """
            select distinct on (plain_name(a.name), a.agency) a.id, a.name, a.role, a.agency from attendance a
              join meeting m on m.id = a.meeting_id
            where m.case_id = :case and a.person_id is null and a.name is not null
              and not exists (select from invitation i where i.agency = a.agency and plain_name(i.name) = plain_name(a.name)
                and i.meeting_id in (select id from attempt))
            order by plain_name(a.name), a.agency, a.position desc""")
        .param("meeting", meeting).param("case", caseId)
        .query((row, n) -> new Option(row.getString("name") + (row.getString("role") == null ? "" : ", " + row.getString("role")) + ", "
            + agencies.spoken(row.getString("agency")), row.getString("id"))).list();
  }

  /** Invites professionals as they were at an earlier meeting, by the ids of {@link #knownProfessionals}; they know the child. */
  public void inviteKnown(UUID meeting, List<UUID> attended, Instant at, String by) {
    for (UUID one : attended) {
      Meetings.Attended known = jdbc.sql("select agency, name, role, reach, took_part, absent_why from attendance where id = :id")
          .param("id", one).query(Meetings.Attended.class).single();
      invite(meeting, new Invitation(null, known.agency(), known.name(), known.role(), known.reach(), "for-action",
          true, null, null, null, null), at, by);
    }
  }

  /**
   * Invites somebody, or keeps that they knowingly are not.
   *
   * @throws Refusal when that one of the family was asked already
   */
  public void invite(UUID meeting, Invitation one, Instant at, String by) {
    try {
      jdbc.sql("""
              insert into invitation (meeting_id, person_id, agency, name, role, reach, purpose, direct_contact, part, part_why,
                views_how, advocate,
                invited_at, invited_by)
              values (:meeting, :person, :agency, :name, :role, :reach, :purpose, :direct, :part, :why, :views, :advocate, :at, :by)""")
          .param("meeting", meeting).param("person", one.personId()).param("agency", one.agency()).param("name", one.name())
          .param("role", one.role()).param("reach", one.reach()).param("purpose", one.purpose()).param("direct", one.directContact())
          .param("part", one.part()).param("why", one.partWhy()).param("views", one.viewsHow()).param("advocate", one.advocate())
          .param("at", Timestamp.from(at)).param("by", by).update();
    } catch (DuplicateKeyException e) {
      throw new Refusal("person", "This person is invited already. Open the task again.");
    }
  }

  /** How one of the family is called there: mother, partner, child. */
  public String relation(UUID caseId, UUID person) {
    return jdbc.sql("""
            select case when child then 'child' else coalesce(relation, 'of the family') end from case_person
            where case_id = :case and person_id = :person and until is null""")
        .param("case", caseId).param("person", person).query(String.class).optional().map(Words::spoken).orElse("of the family");
  }

  /** Everybody who was asked to come through all attempts, by the id of the invitation, the family first. */
  public Map<UUID, Invitation> invitations(UUID meeting) {
    Map<UUID, Invitation> all = new LinkedHashMap<>();
    jdbc.sql(ATTEMPTS + "select * from invitation where meeting_id in (select id from attempt) order by person_id is null, position")
        .param("meeting", meeting).query(row -> {
          all.put(row.getObject("id", UUID.class), new Invitation(row.getObject("person_id", UUID.class), row.getString("agency"),
              row.getString("name"), row.getString("role"), row.getString("reach"), row.getString("purpose"),
              row.getBoolean("direct_contact"), row.getString("part"), row.getString("part_why"), row.getString("views_how"),
              row.getString("advocate")));
        });
    return all;
  }

  /** The agencies that were invited and bring a report of their own, each once, in the order of inviting. */
  public List<String> reporting(UUID meeting) {
    return invitations(meeting).values().stream().map(Invitation::agency)
        .filter(agency -> agency != null && !agency.equals(Agencies.SOCIAL_CARE)).distinct().toList();
  }

  /** The agencies whose report is missing. */
  public List<String> silent(UUID meeting) {
    List<String> heard = reports(meeting).stream().map(Report::agency).toList();
    return reporting(meeting).stream().filter(agency -> !heard.contains(agency)).toList();
  }

  /** Keeps a report; returns its id. */
  public UUID report(UUID meeting, Report report, Instant at, String by) {
    return jdbc.sql("""
            insert into conference_report (meeting_id, agency, done, known, child_says, risk, none_why, shared_with_chair,
              given_at, given_by)
            values (:meeting, :agency, :done, :known, :says, :risk, :none, :chair, :at, :by) returning id""")
        .param("meeting", meeting).param("agency", report.agency()).param("done", report.done()).param("known", report.known())
        .param("says", report.childSays()).param("risk", report.risk()).param("none", report.noneWhy())
        .param("chair", report.sharedWithChair()).param("at", Timestamp.from(at)).param("by", by).query(UUID.class).single();
  }

  /** Keeps when a parent got the own report, or why not. */
  public void shared(UUID report, UUID person, LocalDate on, String whyNot) {
    jdbc.sql("insert into report_shared (report_id, person_id, shared_on, why_not) values (:report, :person, :on, :why)")
        .param("report", report).param("person", person).param("on", on).param("why", whyNot).update();
  }

  /** What was reported through all attempts, in the order of giving. */
  public List<Report> reports(UUID meeting) {
    return jdbc.sql(ATTEMPTS + """
            select agency, done, known, child_says, risk, none_why, shared_with_chair from conference_report
            where meeting_id in (select id from attempt) order by given_at""").param("meeting", meeting).query(Report.class).list();
  }

  // Held or not --------------------------------------------------------------------------------------------------------------

  /**
   * Records who sat together when, or that nobody did.
   *
   * @param cameBy the invitations of those who took part
   * @param others who took part without one
   * @param absentWhy why the others did not; may be null where everybody came
   */
  public void met(UUID meeting, Instant at, boolean tookPlace, String chair, Set<UUID> cameBy, List<Meetings.Attended> others,
      String absentWhy) {
    jdbc.sql("update conference set met_at = :at, took_place = :took, chair = coalesce(:chair, chair) where meeting_id = :id")
        .param("at", Timestamp.from(at)).param("took", tookPlace).param("chair", chair).param("id", meeting).update();
    if (!tookPlace) {
      return;
    }
    UUID caseId = get(meeting).caseId();
    invitations(meeting).forEach((id, one) -> {
      boolean came = cameBy.contains(id);
      meetings.attended(meeting, one.personId(), new Meetings.Attended(one.personId() == null ? one.agency() : Agencies.FAMILY, one.name(),
          one.personId() == null ? one.role() : relation(caseId, one.personId()), one.reach(), came,
          came ? null : "left-out".equals(one.part()) ? "not invited, by decision of the chair" : absentWhy));
    });
    others.forEach(one -> meetings.attended(meeting, null, one));
  }

  /** Keeps how a child took part, by the codes of the returns. */
  public void participated(UUID meeting, UUID child, String code) {
    jdbc.sql("insert into participation (meeting_id, person_id, code) values (:meeting, :child, :code)")
        .param("meeting", meeting).param("child", child).param("code", code).update();
  }

  /** From where those others came who have direct contact to the child and took part; somebody who came uninvited knows why. */
  public List<String> inContact(UUID meeting) {
    return jdbc.sql(ATTEMPTS + """
            select distinct a.agency from attendance a where a.meeting_id = :meeting and a.took_part
              and a.agency not in ('social-care', 'family')
              and not exists (select from invitation i where i.meeting_id in (select id from attempt) and i.agency = a.agency
                and plain_name(i.name) = plain_name(a.name) and not i.direct_contact) order by 1""")
        .param("meeting", meeting).query(String.class).list();
  }

  /** Keeps whether the chair may go on without a quorum. */
  public void mayGoOn(UUID meeting, boolean may) {
    jdbc.sql("update conference set may_go_on = :may where meeting_id = :id").param("may", may).param("id", meeting).update();
  }

  /**
   * The conference counts: it was quorate, or it goes on. It was held when people sat together, and that is when its limit was met.
   *
   * @param clock the limit's clock
   */
  public void held(UUID meeting, UUID clock, Instant recordedAt, String by) {
    Conference one = get(meeting);
    meetings.hold(meeting, one.attempt().metAt(), null, one.chair(), List.of());
    if (one.cause().enquiryId() != null) {
      enquiries.conferenceHeld(one.cause().enquiryId(), meeting);
    }
    chronology.add(new Chronology.Line(one.contactId(), one.caseId(), null, meeting, Events.CONFERENCE_HELD, one.attempt().metAt(),
        Chronology.Recorded.by(by, recordedAt), Nature.FACT, null, List.of(), null, clock));
  }

  /** Keeps why it goes on without a quorum; it is reviewed early. */
  public void goesOn(UUID meeting, String why, Instant at) {
    jdbc.sql("update conference set goes_on_why = :why, early_review_at = :at where meeting_id = :id")
        .param("why", why).param("at", Timestamp.from(at)).param("id", meeting).update();
  }

  /** Keeps for when it meets again, and what holds until then. */
  public void putOff(UUID meeting, Instant nextAt, String how, String planUntilThen, String lateWhy) {
    jdbc.sql("""
            update conference set next_at = :at, next_how = :how, plan_until_then = :plan, late_why = coalesce(:late, late_why)
            where meeting_id = :id""")
        .param("at", Timestamp.from(nextAt)).param("how", how).param("plan", planUntilThen).param("late", lateWhy)
        .param("id", meeting).update();
  }

  // Views and what follows ------------------------------------------------------------------------------------------------------

  /** Keeps what an agency thinks, of one child or of all. */
  public void view(UUID meeting, String agency, String name, UUID child, String view, String dissentWhy, Instant at, String by) {
    jdbc.sql("""
            insert into conference_view (meeting_id, agency, name, person_id, view, dissents, dissent_why, recorded_at, recorded_by)
            values (:meeting, :agency, :name, :child, :view, :dissents, :why, :at, :by)""")
        .param("meeting", meeting).param("agency", agency).param("name", name).param("child", child).param("view", view)
        .param("dissents", dissentWhy != null).param("why", dissentWhy).param("at", Timestamp.from(at)).param("by", by).update();
  }

  /** Keeps a formal dissent that was raised after the conference, within its 72 hours; its answer counts from now. */
  public void dissented(UUID meeting, String agency, String name, UUID child, String why, Instant at, String by) {
    view(meeting, agency, name, child, "Formal dissent after the conference", why, at, by);
    Conference one = get(meeting);
    chronology.add(Chronology.Line.fact(one.contactId(), one.caseId(), child, "Professional dissented", at, by, null).about(meeting));
  }

  /** The views on a conference's decisions, in the order in which they were recorded. */
  public List<View> views(UUID meeting) {
    return jdbc.sql("select * from conference_view where meeting_id = :id order by position").param("id", meeting)
        .query((row, n) -> new View(row.getString("agency"), row.getString("name"),
            Optional.ofNullable(row.getObject("person_id", UUID.class)).map(persons::name).orElse(null), row.getString("view"),
            row.getBoolean("dissents"), row.getString("dissent_why"))).list();
  }

  /** The held conferences of a case, as choices for a form, newest first. */
  public List<Option> heldOf(UUID caseId) {
    return jdbc.sql("""
            select m.id, m.kind, m.held_at from conference c join meeting m on m.id = c.meeting_id
            where m.case_id = :case and m.held_at is not null order by m.held_at desc""").param("case", caseId)
        .query((row, n) -> new Option(Words.sentence(row.getString("kind")) + ", " + Words.moment(Rows.instant(row, "held_at")),
            row.getString("id"))).list();
  }

  /** The plans that a conference has begun. */
  public List<UUID> plansBegun(UUID meeting) {
    return jdbc.sql("select id from plan where begun_by = :id order by recorded_at, id").param("id", meeting).query(UUID.class).list();
  }

  /** The plans of protection that a conference has ended. */
  public List<UUID> plansEnded(UUID meeting) {
    return jdbc.sql("select id from plan where ended_by = :id and kind = 'child-protection' order by recorded_at, id").param("id", meeting)
        .query(UUID.class).list();
  }

  /** Those who were asked to a conference, as members for its core group: choices by the id of their attendance. */
  public List<Option> offeredMembers(UUID meeting, UUID caseId) {
    return jdbc.sql("""
            select a.id, a.name, a.role, a.agency from attendance a where a.meeting_id = :meeting and a.name is not null
              and not exists (select from core_group_member g where g.case_id = :case and g.until is null
                and plain_name(g.name) = plain_name(a.name))
            order by a.position""").param("meeting", meeting).param("case", caseId)
        .query((row, n) -> new Option(row.getString("name") + ", "
            + (row.getString("role") == null ? agencies.spoken(row.getString("agency")) : row.getString("role")),
            row.getString("id"))).list();
  }

  /** Keeps when the core group and the conference meet next, why that is late where it is, and which appointments must not be missed. */
  public void dates(UUID meeting, Instant coreGroupAt, Instant reviewAt, String lateWhy, String mustNotMiss) {
    jdbc.sql("""
            update conference set core_group_at = :core, review_at = :review, dates_late_why = :late, must_not_miss = :miss
              where meeting_id = :id""")
        .param("core", coreGroupAt == null ? null : Timestamp.from(coreGroupAt)).param("review", Timestamp.from(reviewAt))
        .param("late", lateWhy).param("miss", mustNotMiss).param("id", meeting).update();
  }

  /**
   * Everybody who is told what was decided: who was asked, parents who were left out too, and children of understanding; choices
   * by the id of their attendance, or of the person.
   */
  public List<Option> toBeTold(UUID meeting) {
    List<Option> all = new ArrayList<>(jdbc.sql("""
            select a.id, a.name, a.role, a.agency from attendance a left join person p on p.id = a.person_id
              left join case_person c on c.person_id = a.person_id and c.until is null and c.case_id = (select case_id from meeting
                where id = :id)
            where a.meeting_id = :id and a.name is not null and (c.child is not true or p.born_on <= :understanding)
            order by a.person_id is null, a.position""").param("id", meeting).param("understanding", understanding(meeting))
        .query((row, n) -> new Option(row.getString("name") + ", "
            + (row.getString("role") == null ? agencies.spoken(row.getString("agency")) : row.getString("role")),
            row.getString("id"))).list());
    jdbc.sql("""
            select p.id from meeting m join case_person c on c.case_id = m.case_id and c.until is null join person p on p.id = c.person_id
            where m.id = :id and p.died_on is null and (not c.child or p.born_on <= :understanding)
              and not exists (select from attendance a where a.meeting_id = m.id and a.person_id = p.id) order by c.child, p.id""")
        .param("id", meeting).param("understanding", understanding(meeting)).query(UUID.class).list()
        .forEach(person -> all.add(new Option(persons.name(person) + ", " + relation(get(meeting).caseId(), person), person.toString())));
    return all;
  }

  private LocalDate understanding(UUID meeting) {
    return LocalDate.ofInstant(get(meeting).heldAt(), Submission.LONDON).minusYears(OF_UNDERSTANDING);
  }

  /** Keeps that one of {@link #toBeTold} was told, or why not. */
  public void told(UUID meeting, UUID who, String way, Instant sentAt, String leftOutWhy, String by) {
    jdbc.sql("""
            insert into decision_letter (meeting_id, recipient, person_id, agency, way, sent_at, left_out_why, recorded_by)
            select :meeting, coalesce((select name from attendance where id = :who), :name), coalesce((select person_id from attendance
              where id = :who),
              (select id from person where id = :who)), (select nullif(agency, 'family') from attendance where id = :who), :way,
                :sent, :why, :by""")
        .param("meeting", meeting).param("who", who).param("name", nameOf(who)).param("way", way)
        .param("sent", sentAt == null ? null : Timestamp.from(sentAt)).param("why", leftOutWhy).param("by", by).update();
  }

  private String nameOf(UUID who) {
    return jdbc.sql("select exists (select from person where id = :id)").param("id", who).query(Boolean.class).single()
        ? persons.name(who) : null;
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("conference", "conference_report", "conference_view", "decision_letter", "invitation", "participation", "report_shared");
  }

  /** Called for a review of plans that are over, or by an enquiry that needs it no more. */
  @Override
  public List<UUID> left(Leaving leaving) {
    return jdbc.sql("""
            select m.id from conference c join meeting m on m.id = c.meeting_id where m.case_id = :case and m.held_at is null and
              m.ended_as is null
              and case when c.reviews is not null then not exists (select from plan where case_id = :case and kind = 'child-protection' and
                ended_on is null
                  and person_id not in (:children))
                else c.enquiry_id is not null and not exists (select from enquiry_child q where q.enquiry_id = c.enquiry_id and q.ended_at
                  is null) end""")
        .param("case", leaving.caseId()).param("children", leaving.children()).query(UUID.class).list();
  }
}
