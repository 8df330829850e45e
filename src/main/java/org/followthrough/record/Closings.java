package org.followthrough.record;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the work with a child ends: nothing is left open, on a day and for a reason that the census knows. */
@Component
public class Closings {

  /** Nothing but the assessment was done for a child who is closed with one of these (returns rules 8831, 8832, 2990). */
  private static final List<String> CLOSED_AFTER_ASSESSMENT = List.of("RC8", "RC9");

  private final JdbcClient jdbc;
  private final Families families;
  private final Persons persons;
  private final Plans plans;
  private final Chronology chronology;

  Closings(JdbcClient jdbc, Families families, Persons persons, Plans plans, Chronology chronology) {
    this.jdbc = jdbc;
    this.families = families;
    this.persons = persons;
    this.plans = plans;
    this.chronology = chronology;
  }

  /** Everything that is still open in a case, a plain sentence each: child by child, then what concerns them all. */
  public List<String> openMatters(UUID caseId) {
    List<String> open = new ArrayList<>();
    families.children(caseId).forEach(child -> ofChild(UUID.fromString(child.value()), null).forEach(what -> open.add(child.label() + ": " + what)));
    open.addAll(ofFamily(caseId));
    return open;
  }

  /**
   * What others still do for a child: as long as it goes on, somebody works with this child and the episode stays open (returns rules
   * 8867, 8565, 8868).
   *
   * @param except the help that is closing, or null
   */
  public List<String> goesOn(UUID child, UUID except) {
    return jdbc.sql("""
            select what from (
              select 'the assessment is not complete' as what, person_id from assessment_child where ended_at is null
              union all select 'it is not decided what follows the assessment', c.person_id from assessment_child c
                join assessment a on a.id = c.assessment_id and a.agreed_at is not null and not a.part_of_enquiry where c.next_step is null
              union all select 'the enquiry has neither a conference nor the decision that none is required', person_id from enquiry_child where ended_at is null
              union all select 'the protection plan is in force', person_id from plan where kind = 'child-protection' and ended_on is null
              union all select 'it is not said what follows the protection', person_id from protection where followed_at is null
              union all select 'other support goes on', person_id from support_child where ended_at is null and support_id is distinct from :except) matter
            where person_id = :child""")
        .param("child", child).param("except", except).query(String.class).list();
  }

  /** What is open for a whole family: strategy discussions and conferences called and not held, and promises not kept. */
  private List<String> ofFamily(UUID caseId) {
    List<String> open = new ArrayList<>(called(caseId, "kind = 'strategy-discussion'"));
    open.addAll(called(caseId, "kind <> 'strategy-discussion'"));
    open.addAll(jdbc.sql("select due_on from agreed_action where case_id = :case and ended_as is null and for_child is null order by due_on, position")
        .param("case", caseId).query((row, n) -> action(row.getObject("due_on", LocalDate.class))).list());
    return open;
  }

  private List<String> called(UUID caseId, String which) {
    return jdbc.sql("select kind, called_at from meeting where case_id = :case and held_at is null and ended_as is null and " + which + " order by called_at")
        .param("case", caseId).query((row, n) -> "The " + Words.spoken(row.getString("kind")) + " called on " + Words.date(Rows.instant(row, "called_at"))
            + " is not held.").list();
  }

  private static String action(LocalDate due) {
    return "The action due on " + Words.date(due) + " is open.";
  }

  /** What is open for a child alone, without the child's name. */
  private List<String> ofChild(UUID child, UUID except) {
    List<String> open = new ArrayList<>(goesOn(child, except).stream().map(what -> Words.sentence(what) + ".").toList());
    open.addAll(jdbc.sql("select due_on from agreed_action where for_child = :child and ended_as is null order by due_on, position")
        .param("child", child).query((row, n) -> action(row.getObject("due_on", LocalDate.class))).list());
    return open;
  }

  /** The living children of a case with an open episode, as choices for a form: each with what others still do for them. */
  public List<Option> open(UUID caseId, UUID except) {
    return children(caseId).stream().map(child -> new Option(persons.name(child) + goesOn(child, except).stream().findFirst().map(what -> " – " + what).orElse(""),
        child.toString())).toList();
  }

  /** Those of them with whom nobody works any more: they must be closed. */
  public List<UUID> leftAlone(UUID caseId, UUID except) {
    return children(caseId).stream().filter(child -> goesOn(child, except).isEmpty()).toList();
  }

  private List<UUID> children(UUID caseId) {
    return jdbc.sql("""
            select e.person_id from episode e join person p on p.id = e.person_id
            where e.case_id = :case and e.closed_at is null and p.died_on is null order by p.born_on nulls last, e.person_id""")
        .param("case", caseId).query(UUID.class).list();
  }

  /**
   * Closes the episodes of children, and with them the lead and the plan of a child in need.
   *
   * @param matter the help or the decision that closing follows is its subject
   * @param code of the census, RC1 to RC9 (returns rules 8805, 8810)
   * @param on the day, in London
   * @throws Refusal when something is still open, each matter named, or the day or the code cannot be
   */
  public void close(Matter matter, List<UUID> children, String code, String why, LocalDate on, Instant at) {
    families.lock(matter.caseId());
    // the page names the children; a refusal may pass through logs
    Set<String> open = new LinkedHashSet<>();
    children.forEach(child -> open.addAll(ofChild(child, matter.subjectId())));
    // who stays is followed there; who is the last leaves nothing behind
    open.addAll(children.containsAll(children(matter.caseId())) ? ofFamily(matter.caseId()) : called(matter.caseId(), "kind = 'strategy-discussion'"));
    if (!open.isEmpty()) {
      throw new Refusal("children", "Still open: " + String.join(" ", open) + " Settle it first, then close.");
    }
    Instant closed = on.equals(LocalDate.ofInstant(at, Submission.LONDON)) ? at : on.atTime(LocalTime.of(23, 59, 59)).atZone(Submission.LONDON).toInstant();
    for (UUID child : children) {
      checkDay(child, on);
      if (CLOSED_AFTER_ASSESSMENT.contains(code)) {
        checkNothingButAssessed(child);
      }
      plans.ofChild(child).ifPresent(plan -> plans.end(plan.id(), on, "support-ended", null, at, matter.user()));
      jdbc.sql("update lead_professional set until = greatest(since, :at) where person_id = :child and until is null").param("at", Timestamp.from(closed))
          .param("child", child).update();
      jdbc.sql("update episode set closed_at = :at, closed_why = :why, closing_code = :code where person_id = :child and closed_at is null")
          .param("at", Timestamp.from(closed)).param("why", why).param("code", code).param("child", child).update();
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), child, "Episode closed", at, matter.user(), code + ": " + why)
          .about(matter.subjectId()).happened(closed));
    }
    families.closeIfDone(matter.caseId(), at);
  }

  private void checkDay(UUID child, LocalDate on) {
    // returns rule 8565: nothing happens after the closing
    LocalDate last = jdbc.sql("""
            select max(day) from (
              select (referred_at at time zone 'Europe/London')::date as day from episode where person_id = :child and closed_at is null
              union all select (a.agreed_at at time zone 'Europe/London')::date from assessment a join assessment_child c on c.assessment_id = a.id
                where c.person_id = :child
              union all select greatest(begun_on, ended_on) from plan where person_id = :child and ended_why is distinct from 'recorded-in-error'
              union all select (reviewed_at at time zone 'Europe/London')::date from support_review where person_id = :child) done""")
        .param("child", child).query(LocalDate.class).single();
    if (on.isBefore(last)) {
      throw new Refusal("closedOn", "Something was still done for one of these children on " + Words.date(last) + ". The closing day cannot lie before it.");
    }
  }

  private void checkNothingButAssessed(UUID child) {
    record Since(boolean assessed, boolean more) {}
    Since since = jdbc.sql("""
            select exists (select from assessment a join assessment_child c on c.assessment_id = a.id
                where c.person_id = e.person_id and a.agreed_at >= e.referred_at) as assessed,
              exists (select from plan p where p.person_id = e.person_id and p.begun_on >= (e.referred_at at time zone 'Europe/London')::date
                and p.ended_why is distinct from 'recorded-in-error')
              or exists (select from meeting_outcome o where o.person_id = e.person_id and o.outcome like 'section-47-%' and o.decided_at >= e.referred_at) as more
            from episode e where e.person_id = :child and e.closed_at is null""")
        .param("child", child).query((row, n) -> new Since(row.getBoolean("assessed"), row.getBoolean("more"))).single();
    if (!since.assessed()) {
      throw new Refusal("reason", "One of these children was not assessed since the referral. “Closed after assessment” cannot be the reason.");
    }
    if (since.more()) {
      throw new Refusal("reason", "One of these children had an enquiry or a plan since the referral. “Closed after assessment” cannot be the reason.");
    }
  }
}
