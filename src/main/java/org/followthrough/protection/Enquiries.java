package org.followthrough.protection;

import org.followthrough.family.Events;
import static java.util.Map.entry;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Enquiries under section 47: for which children, who was seen and heard, what was found, and what follows for each child. */
@Component("enquiryRecord") // the process's own bean is "enquiries"
public class Enquiries implements CaseRecords, Dated {

  public static final String CONFERENCE = "conference";

  /**
   * An enquiry.
   *
   * @param begunAt when the meeting was held that decided on it, from which the enquiry and its conference are counted
   * @param whoIsTold who may be told what, when and by whom, as the meeting said; null where it did not
   * @param medical whether the meeting wanted a doctor: {@code yes}, {@code no} or {@code a-doctor-will-say}; or null
   * @param worker the user who has it; null while nobody has
   * @param historyMeans what earlier concerns mean today; null while nobody has weighed them
   */
  public record Enquiry(UUID caseId, Instant begunAt, String whoIsTold, String medical, String worker, String historyMeans,
      Analysis analysis, Request request) {}

  /** What it all comes to, and the user who wrote it; all null while nobody has. */
  public record Analysis(String parentsSay, String agenciesSay, String observed, String childrenSay, String comesTo, String by) {}

  /** Who asked for a conference although none was decided on, and why; null while nobody does. */
  public record Request(String by, String why) {}

  /** Whose it is and why it may be, and on what terms agencies are asked. */
  public record Allocation(String worker, String knowsFamily, String oversight, String checksAgreed, String checksWhy) {}

  /** An enquiry of a related family that runs, and who has it. */
  public record Related(String reference, String worker) {}

  /** An agency that is asked; {@code named} says which, where the list has no name for it. */
  public record Check(String agency, String named, Instant answeredAt, String knows, String worry, String worryWhat) {

    /** Its name as people read it. */
    public String inWords() {
      return named == null ? Words.sentence(agency) : named;
    }
  }

  /** What somebody says, or why they were not asked. */
  public record Talk(boolean spoken, String how, String says, String notSpoken, String notSpokenWhy) {}

  /** What a doctor found; or why nobody examined the child. */
  public record Medical(boolean examined, String doctor, String found, String fits, String notExaminedWhy) {}

  /** A time at which somebody kept us from a child. */
  public record Access(UUID id, UUID personId, String kind, String tried, Instant refusedAt, String adviser, String advice,
      String appliedFor, String reasons, String instead) {}

  /** What was found for a child and what follows; {@code finding} is null while it is not decided. */
  public record Outcome(UUID personId, String finding, String nextStep, String reasons, String unusualWhy) {}

  /** What holds until the conference. */
  public record InterimPlan(String keepsSafe, String who, String checkedBy, String ifNot, String parents, String parentsWhy) {}

  private final JdbcClient jdbc;
  private final Families families;
  private final Persons persons;

  Enquiries(JdbcClient jdbc, Families families, Persons persons) {
    this.jdbc = jdbc;
    this.families = families;
    this.persons = persons;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.ofEntries(entry(Events.STRATEGY_DISCUSSION_HELD, this::begun),
        entry(Events.CONFERENCE_RECORDED, Enquiries::endedByConference), entry(Events.CONFERENCE_HELD, Enquiries::endedByConference),
        entry(Events.CONFERENCE_OF_OTHER_AUTHORITY_HELD, held -> held.move("""
            update enquiry_child set ended_at = greatest(begun_at, :now) where ended_at = :was and ended_as = 'conference-held'
              and person_id in (select person_id from move_child where move_id = :subject)""")),
        entry("Enquiry allocated", allocated -> {
          allocated.move("update enquiry set allocated_at = :now where id = :subject");
          allocated.move("update enquiry_agency set asked_at = :now where enquiry_id = :subject and asked_at = :was");
          allocated.with("Medical decided");
        }),
        entry(Events.ACCESS_REFUSED, refused -> refused.move("update enquiry_access set refused_at = :now where enquiry_id = :subject "
            + "and refused_at = :was")),
        entry("Legal advice taken", taken -> taken.move("update enquiry_access set advised_at = :now where enquiry_id = :subject "
            + "and advised_at = :was")),
        entry("Way to child decided", way -> way.move("update enquiry_access set decided_at = :now where enquiry_id = :subject "
            + "and decided_at = :was")),
        entry("Agency answered", answered -> {
          answered.move("update enquiry_agency set answered_at = :now where enquiry_id = :subject and answered_at = :was");
          answered.with("Agency answered");
        }),
        entry("Parent heard", Enquiries::talked), entry("Parent not heard", Enquiries::talked),
        entry("Medical recorded", Enquiries::examined), entry("Medical not held", Enquiries::examined),
        entry("Enquiry analysed", analysed -> {
          analysed.notAfter(analysed.found("select min(decided_at) from enquiry_child where enquiry_id = :subject").orElse(null),
              "It would be analysed after a finding was decided.");
          analysed.move("update enquiry set analysed_at = :now where id = :subject");
        }),
        entry("Finding decided", Enquiries::found), entry("Findings decided", Enquiries::found),
        entry("Interim plan agreed", agreed -> agreed.move(
            "update interim_plan set agreed_at = :now where enquiry_id = :subject and recorded_at = :recorded and agreed_at = :was")),
        entry("Agencies told", told -> {
          told.move("update enquiry_agency set told_at = :now where enquiry_id = :subject and told_at = :was");
          told.with("Conference requested");
        }),
        entry("Conference agreed", agreed -> agreed.with("Findings decided")));
  }

  /** An enquiry is counted from its discussion; where an earlier one ran still, from its end. */
  private void begun(Correction held) {
    held.move("""
        update enquiry_child c set begun_at = greatest(:now, (select max(ended_at) from enquiry_child before
          where before.person_id = c.person_id
          and before.enquiry_id <> c.enquiry_id and before.ended_as <> 'recorded-in-error' and before.ended_at <= c.begun_at))
        where enquiry_id = (select id from enquiry where decided_by = :subject)""");
    held.with(Events.ENQUIRY_DECIDED);
    of(held.line().caseId()).forEach(enquiry -> held.withOf(enquiry, Events.INJURY_OR_SEXUAL_ABUSE_ALLEGED));
  }

  private List<UUID> of(UUID caseId) {
    return jdbc.sql("select id from enquiry where case_id = :case").param("case", caseId).query(UUID.class).list();
  }

  private static void endedByConference(Correction held) {
    held.move("update enquiry_child set ended_at = :now where conference_id = :subject and ended_at = :was");
  }

  private static void talked(Correction talked) {
    talked.move("update enquiry_adult set at = :now where enquiry_id = :subject and recorded_at = :recorded and at = :was");
  }

  private static void examined(Correction examined) {
    examined.move("update enquiry_medical set at = :now where enquiry_id = :subject and recorded_at = :recorded and at = :was");
  }

  private static void found(Correction decided) {
    decided.notBefore(decided.found("select max(begun_at) from enquiry_child where enquiry_id = :subject").orElse(null),
        "It would be decided before the enquiry began.");
    decided.move("""
        update enquiry_child set decided_at = :now, ended_at = case when ended_at = :was then :now else ended_at end
        where enquiry_id = :subject and decided_at = :was""");
    decided.with("Finding decided", "Findings decided");
  }

  // Opened, and ended.

  /**
   * Opens an enquiry for the children for whom a discussion decided on one. A child who has one already is left in that one:
   * never two at a time (returns rules 8839, 8890).
   *
   * @param at when it is recorded
   * @return the enquiry; empty where no child is left to open one for
   */
  public Optional<UUID> open(UUID discussion, UUID caseId, Instant at) {
    families.lock(caseId);
    List<UUID> children = jdbc.sql("""
            select o.person_id from meeting_outcome o join person p on p.id = o.person_id and p.died_on is null
            where o.meeting_id = :discussion and o.outcome in ('section-47-joint', 'section-47-single')
              and not exists (select from enquiry_child e where e.person_id = o.person_id and e.ended_at is null)""")
        .param("discussion", discussion).query(UUID.class).list();
    if (children.isEmpty()) {
      return Optional.empty();
    }
    UUID id = UUID.randomUUID();
    jdbc.sql("insert into enquiry (id, case_id, decided_by, opened_at) values (:id, :case, :discussion, :at)")
        .param("id", id).param("case", caseId).param("discussion", discussion).param("at", Timestamp.from(at)).update();
    // what is written down late may have been decided while an earlier enquiry still ran: then it begins where that one ended
    jdbc.sql("""
            insert into enquiry_child (enquiry_id, person_id, how, begun_at)
            select :id, o.person_id, replace(o.outcome, 'section-47-', ''), greatest(m.held_at, (select max(ended_at)
              from enquiry_child before
              where before.person_id = o.person_id and before.ended_as <> 'recorded-in-error'))
            from meeting_outcome o join meeting m on m.id = o.meeting_id where o.meeting_id = :discussion and o.person_id in (:children)""")
        .param("id", id).param("discussion", discussion).param("children", children).update();
    return Optional.of(id);
  }

  /** A child of a discussion who was under enquiry before it, and that enquiry. */
  public record Running(UUID personId, UUID enquiryId) {}

  /** The children for whom this discussion decided on an enquiry while another one runs. */
  public List<Running> runningElsewhere(UUID discussion) {
    return jdbc.sql("""
            select c.person_id, c.enquiry_id from meeting_outcome o
            join enquiry_child c on c.person_id = o.person_id and c.ended_at is null join enquiry q on q.id = c.enquiry_id
              and q.decided_by <> :discussion
            where o.meeting_id = :discussion and o.outcome in ('section-47-joint', 'section-47-single')""")
        .param("discussion", discussion).query(Running.class).list();
  }

  /** Ends what still runs of an enquiry that is withdrawn; {@code why} is how the process ended. */
  public void withdraw(UUID id, String why, Instant at) {
    jdbc.sql("update enquiry_child set ended_at = greatest(:at, begun_at), ended_as = :why where enquiry_id = :id and ended_at is null")
        .param("at", Timestamp.from(at)).param("why", why).param("id", id).update();
  }

  /**
   * Ends an enquiry for the children whose conference was held.
   *
   * @throws org.springframework.dao.DataAccessException at the end of the transaction, when the conference lies before the
   *     enquiry (returns rule 8615)
   */
  public void conferenceHeld(UUID id, UUID conference) {
    jdbc.sql("""
            update enquiry_child c set conference_id = m.id, ended_at = m.held_at, ended_as = 'conference-held'
            from meeting m where m.id = :conference and c.enquiry_id = :id and c.conference_required and c.ended_at is null""")
        .param("conference", conference).param("id", id).update();
  }

  /** Ends the enquiries of these children that require a conference, because another authority has held its own on the time of ours. */
  public void conferenceHeldElsewhere(List<UUID> children, Instant at) {
    jdbc.sql("""
            update enquiry_child set ended_at = greatest(begun_at, :at), ended_as = 'conference-held'
            where conference_required and ended_at is null and person_id::text = any (:children)""")
        .param("at", Timestamp.from(at)).param("children", children.stream().map(UUID::toString).toArray(String[]::new)).update();
  }

  // Whose it is.

  /** The enquiry of an id. */
  public Enquiry get(UUID id) {
    return jdbc.sql("select q.*, m.held_at, m.who_is_told, m.medical from enquiry q join meeting m on m.id = q.decided_by where q.id = :id")
        .param("id", id).query((row, n) -> new Enquiry(row.getObject("case_id", UUID.class), Rows.instant(row, "held_at"),
            row.getString("who_is_told"), row.getString("medical"), row.getString("worker"), row.getString("history_means"),
            new Analysis(row.getString("parents_say"), row.getString("agencies_say"), row.getString("observed"),
                row.getString("children_say"), row.getString("comes_to"), row.getString("analysed_by")),
            new Request(row.getString("requested_by"), row.getString("requested_why")))).single();
  }

  /** Enquiries that run in families linked to this one, or with a person in common (learning point K-23). */
  public List<Related> related(UUID caseId) {
    return jdbc.sql("""
            select distinct f.reference, q.worker from enquiry q join family_case f on f.id = q.case_id
            where q.case_id <> :case and exists (select from enquiry_child c where c.enquiry_id = q.id and c.ended_at is null)
              and (q.case_id in (select other_id from case_link where case_id = :case)
                or exists (select from case_person ours join case_person theirs on theirs.person_id = ours.person_id
                  and theirs.until is null
                  where ours.case_id = :case and ours.until is null and theirs.case_id = q.case_id))
            order by 1""")
        .param("case", caseId).query(Related.class).list();
  }

  /** Names who has it, and on what terms. */
  public void allocate(UUID id, Allocation how, Instant at, String by) {
    jdbc.sql("""
            update enquiry set worker = :worker, knows_family = :knows, oversight = :oversight, checks_agreed = :agreed, checks_why = :why,
              allocated_at = :at, allocated_by = :by where id = :id""")
        .param("worker", how.worker()).param("knows", how.knowsFamily()).param("oversight", how.oversight())
        .param("agreed", how.checksAgreed()).param("why", how.checksWhy()).param("at", Timestamp.from(at)).param("by", by)
        .param("id", id).update();
  }

  /** Keeps that an agency is asked. */
  public void ask(UUID id, String agency, String named, Instant at) {
    jdbc.sql("insert into enquiry_agency (enquiry_id, agency, named, asked_at) values (:id, :agency, :named, :at)")
        .param("id", id).param("agency", agency).param("named", named).param("at", Timestamp.from(at)).update();
  }

  // The children.

  /** The living children of an enquiry, the eldest first, as choices for a form. */
  public List<Option> children(UUID id) {
    return children(id, "true");
  }

  /** Those of them for whom nothing is decided yet. */
  public List<Option> undecided(UUID id) {
    return children(id, "c.finding is null and c.ended_at is null");
  }

  /** Those of them for whom something else than a conference was decided. */
  public List<Option> withoutConference(UUID id) {
    return children(id, "not c.conference_required and c.ended_as = 'conference-not-required'");
  }

  /**
   * Those of them for whom one of these steps was decided: {@code conference}, {@code child-in-need}, {@code legal-action}, {@code none}.
   */
  public List<Option> forNextStep(UUID id, Set<String> steps) {
    return outcomes(id).stream().filter(one -> one.finding() != null && steps.contains(one.nextStep()))
        .map(one -> new Option(persons.name(one.personId()), one.personId().toString())).toList();
  }

  private List<Option> children(UUID id, String which) {
    return jdbc.sql("""
            select c.person_id from enquiry_child c join person p on p.id = c.person_id
            where c.enquiry_id = :id and p.died_on is null and %s order by p.born_on nulls last, c.person_id""".formatted(which))
        .param("id", id).query(UUID.class).list().stream().map(child -> new Option(persons.name(child), child.toString())).toList();
  }

  /** What was found for each living child and what follows, the eldest first. */
  public List<Outcome> outcomes(UUID id) {
    return jdbc.sql("""
            select c.person_id, c.finding, c.next_step, c.reasons, c.unusual_why from enquiry_child c join person p on p.id = c.person_id
            where c.enquiry_id = :id and p.died_on is null order by p.born_on nulls last, c.person_id""")
        .param("id", id).query(Outcome.class).list();
  }

  /** Whether somebody has died since. */
  public boolean died(UUID person) {
    return jdbc.sql("select died_on is not null from person where id = :id").param("id", person).query(Boolean.class).single();
  }

  /** Whether a child is not born yet. */
  public boolean unborn(UUID child) {
    return jdbc.sql("select expected_on is not null from person where id = :id").param("id", child).query(Boolean.class).single();
  }

  /** A child by name and age, in Markdown. */
  public String inWords(UUID child) {
    return "**" + Words.escaped(persons.name(child)) + "**, "
        + jdbc.sql("select * from person where id = :id").param("id", child).query((row, n) -> Words.age(row)).single();
  }

  // Kept from a child.

  /** Records that somebody kept us from a child. */
  public void refused(UUID id, UUID child, String kind, String tried, Instant at) {
    jdbc.sql("insert into enquiry_access (enquiry_id, person_id, kind, tried, refused_at) values (:id, :child, :kind, :tried, :at)")
        .param("id", id).param("child", child).param("kind", kind).param("tried", tried).param("at", Timestamp.from(at)).update();
  }

  /** The last time that somebody kept us from this child; empty when nobody did. */
  public Optional<Access> access(UUID id, UUID child) {
    return jdbc.sql("""
            select id, person_id, kind, tried, refused_at, adviser, advice, applied_for, reasons, instead from enquiry_access
            where enquiry_id = :id and person_id = :child order by refused_at desc limit 1""")
        .param("id", id).param("child", child)
        .query((row, n) -> new Access(row.getObject("id", UUID.class), child, row.getString("kind"), row.getString("tried"),
            Rows.instant(row, "refused_at"), row.getString("adviser"), row.getString("advice"), row.getString("applied_for"),
            row.getString("reasons"), row.getString("instead"))).optional();
  }

  /** Keeps what the lawyers said of it. */
  public void advised(UUID access, String adviser, String advice, Instant at) {
    jdbc.sql("update enquiry_access set adviser = :adviser, advice = :advice, advised_at = :at where id = :id")
        .param("adviser", adviser).param("advice", advice).param("at", Timestamp.from(at)).param("id", access).update();
  }

  /** Keeps what a manager decided about it; {@code instead} is null where the court or the police are asked. */
  public void decidedOnOrder(UUID access, String appliedFor, String reasons, String instead, Instant at, String by) {
    jdbc.sql("""
            update enquiry_access set applied_for = :order, reasons = :reasons, instead = :instead, decided_at = :at,
              decided_by = :by where id = :id""")
        .param("order", appliedFor).param("reasons", reasons).param("instead", instead).param("at", Timestamp.from(at)).param("by", by)
        .param("id", access).update();
  }

  // Agencies.

  /** The agencies that are asked, in the order in which they were. */
  public List<Check> checks(UUID id) {
    return jdbc.sql("select * from enquiry_agency where enquiry_id = :id order by position").param("id", id)
        .query((row, n) -> new Check(row.getString("agency"), row.getString("named"), Rows.instant(row, "answered_at"),
            row.getString("knows"), row.getString("worry"), row.getString("worry_what"))).list();
  }

  /** Those that have not answered yet. */
  public List<String> silent(UUID id) {
    return checks(id).stream().filter(check -> check.answeredAt() == null).map(Check::agency).toList();
  }

  /** The living children whom nobody has seen for this enquiry yet, by name. */
  public List<String> unseen(UUID id) {
    return children(id, "not exists (select from sighting s where s.during = c.enquiry_id and s.person_id = c.person_id and s.seen)")
        .stream().map(Option::label).toList();
  }

  /** The adults of the family whom nobody has asked yet, by name. */
  public List<String> unheard(UUID id) {
    List<String> heard = jdbc.sql("select person_id::text from enquiry_adult where enquiry_id = :id").param("id", id)
        .query(String.class).list();
    return adults(get(id).caseId()).stream().filter(adult -> !heard.contains(adult.value())).map(Option::label).toList();
  }

  /** Keeps what an agency knows; {@code onBehalfOf} is null where it wrote it itself. */
  public void answered(UUID id, String agency, String knows, String worry, String worryWhat, String onBehalfOf, Instant at, String by) {
    jdbc.sql("""
            update enquiry_agency set knows = :knows, worry = :worry, worry_what = :what, answered_for = :behalf, answered_at = :at,
              answered_by = :by
            where enquiry_id = :id and agency = :agency""")
        .param("knows", knows).param("worry", worry).param("what", worryWhat).param("behalf", onBehalfOf).param("at", Timestamp.from(at))
        .param("by", by).param("id", id).param("agency", agency).update();
  }

  /** Keeps that agencies were told how it ended, and why the others were not. */
  public void told(UUID id, List<String> agencies, String how, String notToldWhy, Instant at) {
    for (Check check : checks(id)) {
      boolean told = agencies.contains(check.agency());
      jdbc.sql("update enquiry_agency set told_at = :at, told_how = :how, not_told_why = :why where enquiry_id = :id and agency = :agency")
          .param("at", told ? Timestamp.from(at) : null).param("how", told ? how : null).param("why", told ? null : notToldWhy)
          .param("id", id).param("agency", check.agency()).update();
    }
  }

  /** Keeps that an agency asks for a conference all the same. */
  public void requested(UUID id, String who, String why) {
    jdbc.sql("update enquiry set requested_by = :who, requested_why = :why where id = :id").param("who", who).param("why", why)
        .param("id", id).update();
  }

  // Adults and doctors.

  /** The living adults of the family, those who live with the children first, as choices for a form. */
  public List<Option> adults(UUID caseId) {
    return jdbc.sql("""
            select c.person_id from case_person c join person p on p.id = c.person_id
            where c.case_id = :case and not c.child and c.until is null and p.died_on is null
            order by (c.lives = 'with-the-children') desc nulls last, c.since, c.person_id""")
        .param("case", caseId).query(UUID.class).list().stream().map(adult -> new Option(persons.name(adult), adult.toString())).toList();
  }

  /** What an adult is to the children, where they live and what they need from us, in Markdown. */
  public String adultInWords(UUID caseId, UUID adult) {
    return "**" + Words.escaped(persons.name(adult)) + "**" + jdbc.sql("""
            select c.relation, c.lives, p.interpreter, p.language, p.advocate from case_person c join person p on p.id = c.person_id
            where c.case_id = :case and c.person_id = :adult order by c.until nulls first limit 1""")
        .param("case", caseId).param("adult", adult)
        .query((row, n) -> (row.getString("relation") == null ? "" : ", " + Words.spoken(row.getString("relation")))
            + (row.getString("lives") == null ? "" : ", " + ("elsewhere".equals(row.getString("lives"))
                ? "lives elsewhere" : Words.spoken(row.getString("lives"))))
            + (row.getBoolean("interpreter") ? ", needs an interpreter" + (row.getString("language") == null
                ? "" : " (" + Words.escaped(row.getString("language")) + ")") : "")
            + (row.getString("advocate") == null ? "" : ", spoken for by " + Words.escaped(row.getString("advocate"))))
        .optional().orElse("");
  }

  /** Keeps what an adult says, or why they were not spoken with. */
  public void talked(UUID id, UUID adult, Talk talk, Instant at, Instant recordedAt, String by) {
    jdbc.sql("""
            insert into enquiry_adult (enquiry_id, person_id, spoken, how, says, not_spoken, not_spoken_why, at, recorded_at, recorded_by)
            values (:id, :adult, :spoken, :how, :says, :not, :why, :at, :recorded, :by)""")
        .param("id", id).param("adult", adult).param("spoken", talk.spoken()).param("how", talk.how()).param("says", talk.says())
        .param("not", talk.notSpoken()).param("why", talk.notSpokenWhy()).param("at", Timestamp.from(at))
        .param("recorded", Timestamp.from(recordedAt)).param("by", by).update();
  }

  /** Keeps what a doctor found about these children, or why they were not examined. */
  public void examined(UUID id, List<UUID> children, Medical medical, Instant at, Instant recordedAt, String by) {
    for (UUID child : children) {
      jdbc.sql("""
              insert into enquiry_medical (enquiry_id, person_id, examined, doctor, found, fits, not_examined_why, at, recorded_at,
                recorded_by)
              values (:id, :child, :examined, :doctor, :found, :fits, :why, :at, :recorded, :by)""")
          .param("id", id).param("child", child).param("examined", medical.examined()).param("doctor", medical.doctor())
          .param("found", medical.found()).param("fits", medical.fits()).param("why", medical.notExaminedWhy())
          .param("at", Timestamp.from(at)).param("recorded", Timestamp.from(recordedAt)).param("by", by).update();
    }
  }

  // What it comes to.

  /** Earlier enquiries and plans of these children, wherever they lived then, newest first. */
  public List<String> earlier(UUID id) {
    return jdbc.sql("""
            select * from (
              select c.person_id, c.begun_at::date as since, c.finding as what, c.next_step as more, null::date as until
                from enquiry_child c
              where c.enquiry_id <> :id and c.ended_as is distinct from 'recorded-in-error' and c.person_id in (select person_id
                from enquiry_child where enquiry_id = :id)
              union all
              select p.person_id, p.begun_on, 'plan', p.first_category, p.ended_on from plan p
              where p.kind = 'child-protection' and p.ended_why is distinct from 'recorded-in-error'
                and p.person_id in (select person_id from enquiry_child where enquiry_id = :id)) before
            order by since desc, person_id""")
        .param("id", id)
        .query((row, n) -> {
          String child = Words.escaped(persons.name(row.getObject("person_id", UUID.class)));
          String since = Words.date(row.getObject("since", LocalDate.class));
          String what = row.getString("what");
          LocalDate until = row.getObject("until", LocalDate.class);
          if ("plan".equals(what)) {
            return child + ": child protection plan (" + Words.spoken(row.getString("more")) + ") from " + since
                + (until == null ? "" : " to " + Words.date(until));
          }
          return child + ": section 47 enquiry of " + since + ", " + (what == null ? "nothing found before it ended"
              : Words.spoken(what) + "; " + next(row.getString("more")));
        })
        .list();
  }

  private static String next(String step) {
    return "none".equals(step) ? "nothing followed" : Words.spoken(step);
  }

  /** What children, parents, agencies and doctors said, by what the page asks for: a person to a line, in plain text. */
  public String heard(UUID id, Voice whose) {
    List<String> lines = new ArrayList<>();
    switch (whose) {
      case CHILDREN -> jdbc.sql("select person_id, own_words from sighting where during = :id and seen and own_words is not null "
          + "order by at")
          .param("id", id).query(row -> {
            lines.add(persons.name(row.getObject("person_id", UUID.class)) + ": " + row.getString("own_words"));
          });
      case PARENTS -> jdbc.sql("select * from enquiry_adult where enquiry_id = :id order by recorded_at").param("id", id).query(row -> {
        lines.add(persons.name(row.getObject("person_id", UUID.class)) + ": " + (row.getBoolean("spoken") ? row.getString("says")
            : "not spoken with (" + Words.spoken(row.getString("not_spoken")) + "). " + row.getString("not_spoken_why")));
      });
      case AGENCIES -> checks(id).forEach(check -> lines.add(check.inWords() + ": " + (check.answeredAt() == null ? "has not answered."
          : check.knows() + (check.worryWhat() == null ? "" : " Worried: " + check.worryWhat()))));
      case DOCTORS -> jdbc.sql("select * from enquiry_medical where enquiry_id = :id order by recorded_at, person_id")
          .param("id", id).query(row -> {
        lines.add(persons.name(row.getObject("person_id", UUID.class)) + ": " + (row.getBoolean("examined")
            ? row.getString("found") + (row.getString("fits") == null ? "" : " The explanation: " + Words.spoken(row.getString("fits"))
                + ".") + " (" + row.getString("doctor") + ")"
            : "not examined. " + row.getString("not_examined_why")));
      });
    }
    return String.join("\n", lines);
  }

  /** Whose words an analysis rests on. */
  public enum Voice {
    CHILDREN,
    PARENTS,
    AGENCIES,
    DOCTORS
  }

  /** Keeps what the history means today. */
  public void historyMeans(UUID id, String meaning) {
    jdbc.sql("update enquiry set history_means = :meaning where id = :id").param("meaning", meaning).param("id", id).update();
  }

  /** Keeps the analysis, and whose it is. */
  public void analyse(UUID id, String parents, String agencies, String observed, String children, String comesTo, Instant at, String by) {
    jdbc.sql("""
            update enquiry set parents_say = :parents, agencies_say = :agencies, observed = :observed, children_say = :children,
              comes_to = :comes,
              analysed_at = :at, analysed_by = :by where id = :id""")
        .param("parents", parents).param("agencies", agencies).param("observed", observed).param("children", children)
        .param("comes", comesTo).param("at", Timestamp.from(at)).param("by", by).param("id", id).update();
  }

  /**
   * Decides for children what was found and what follows. Where no conference is required, their enquiry ends with it.
   *
   * @throws Refusal when somebody else was faster for one of them
   */
  public void decide(UUID id, List<UUID> children, String finding, String nextStep, String reasons, String unusualWhy,
      Instant at, String by) {
    for (UUID child : children) {
      boolean over = !nextStep.equals(CONFERENCE);
      int decided = jdbc.sql("""
              update enquiry_child set finding = :finding, next_step = :step, reasons = :reasons, unusual_why = :unusual, decided_at = :at,
                decided_by = :by,
                ended_at = :ended, ended_as = :as where enquiry_id = :id and person_id = :child and finding is null and ended_at is null""")
          .param("finding", finding).param("step", nextStep).param("reasons", reasons).param("unusual", unusualWhy)
          .param("at", Timestamp.from(at)).param("by", by).param("ended", over ? Timestamp.from(at) : null)
          .param("as", over ? "conference-not-required" : null).param("id", id).param("child", child).update();
      if (decided == 0) {
        throw new Refusal("children", "For one of these children it is decided already. Open the task again.");
      }
    }
  }

  /**
   * Agrees to a conference for children for whom none was decided on: their enquiry goes on until it is held.
   *
   * @throws Refusal when an enquiry that began since runs for one of them
   */
  public void agreeToConference(UUID id, List<UUID> children, String why) {
    if (jdbc.sql("select exists (select from enquiry_child where person_id in (:children) and enquiry_id <> :id and (ended_at is null "
        + "or begun_at >= "
            + "(select max(ended_at) from enquiry_child where enquiry_id = :id)))")
        .param("children", children).param("id", id).query(Boolean.class).single()) {
      throw new Refusal("children", "For one of these children a new enquiry has begun since; it decides about a conference.");
    }
    jdbc.sql("""
            update enquiry_child set next_step = 'conference', conference_why = :why, ended_at = null, ended_as = null
            where enquiry_id = :id and person_id in (:children)""")
        .param("why", why).param("id", id).param("children", children).update();
  }

  /** Keeps what holds until the conference; a further one takes the place of the one before. */
  public void agreeInterimPlan(UUID id, InterimPlan plan, Instant at, Instant recordedAt, String by) {
    jdbc.sql("""
            insert into interim_plan (enquiry_id, keeps_safe, who, checked_by, if_not, parents, parents_why, agreed_at, recorded_at,
              recorded_by)
            values (:id, :safe, :who, :checked, :ifNot, :parents, :why, :at, :recorded, :by)""")
        .param("id", id).param("safe", plan.keepsSafe()).param("who", plan.who()).param("checked", plan.checkedBy())
        .param("ifNot", plan.ifNot()).param("parents", plan.parents()).param("why", plan.parentsWhy()).param("at", Timestamp.from(at))
        .param("recorded", Timestamp.from(recordedAt)).param("by", by).update();
  }

  /** What holds until the conference; empty while nothing was agreed. */
  public Optional<InterimPlan> interimPlan(UUID id) {
    return jdbc.sql("""
            select keeps_safe, who, checked_by, if_not, parents, parents_why from interim_plan where enquiry_id = :id
              order by agreed_at desc, recorded_at desc limit 1""")
        .param("id", id).query(InterimPlan.class).optional();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("enquiry", "enquiry_access", "enquiry_adult", "enquiry_agency", "enquiry_child", "enquiry_medical", "interim_plan");
  }

  /** Whether an enquiry runs for a child, as a condition of SQL; {@code person} is what gives the child's id there. */
  static String runsFor(String person) {
    return "exists (select from enquiry_child q where q.person_id = " + person + " and q.ended_at is null)";
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("""
        update enquiry set case_id = :other where case_id = :case
          and exists (select from enquiry_child c where c.enquiry_id = enquiry.id and c.ended_at is null)
          and not exists (select from enquiry_child c where c.enquiry_id = enquiry.id and c.ended_at is null and c.person_id not in
            (:leaving))"""));
  }

  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("select id from enquiry where case_id = :case").param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update enquiry set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public void died(UUID child, LocalDate on, Instant at) {
    jdbc.sql("update enquiry_child set ended_at = greatest(:at, begun_at), ended_as = 'child-died' where person_id = :child "
        + "and ended_at is null")
        .param("child", child).param("at", Timestamp.from(at)).update();
  }

  @Override
  public void alive(UUID child) {
    jdbc.sql("update enquiry_child set ended_at = null, ended_as = null where person_id = :child and ended_as = 'child-died'")
        .param("child", child).update();
  }

  @Override
  public List<String> keepsOpen(UUID caseId) {
    return jdbc.sql("select 'An enquiry runs for a child.' from enquiry_child c join enquiry q on q.id = c.enquiry_id "
        + "where q.case_id = :case and c.ended_at is null")
        .param("case", caseId).query(String.class).list();
  }

  @Override
  public List<String> goesOn(UUID child, UUID except) {
    return jdbc.sql("""
            select 'the enquiry has neither a conference nor the decision that none is required' from enquiry_child
            where person_id = :child and ended_at is null""").param("child", child).query(String.class).list();
  }

  /** An enquiry that runs is finished here, and keeps its child's episode open until then. */
  @Override
  public boolean finishesHere(UUID child) {
    return jdbc.sql("select " + runsFor(":child")).param("child", child).query(Boolean.class).single();
  }
}
