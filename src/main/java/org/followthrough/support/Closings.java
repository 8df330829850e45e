package org.followthrough.support;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.plan.Plans;
import org.followthrough.referral.Episodes;
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
  private final Episodes episodes;
  private final Chronology chronology;

  Closings(JdbcClient jdbc, Families families, Persons persons, Plans plans, Episodes episodes, Chronology chronology) {
    this.jdbc = jdbc;
    this.families = families;
    this.persons = persons;
    this.plans = plans;
    this.episodes = episodes;
    this.chronology = chronology;
  }

  /** Everything that is still open in a case, a plain sentence each: child by child, then what concerns them all. */
  public List<String> openMatters(UUID caseId) {
    List<String> open = new ArrayList<>();
    families.children(caseId).forEach(child -> ofChild(UUID.fromString(child.value()), null)
        .forEach(what -> open.add(child.label() + ": " + what)));
    open.addAll(ofFamily(caseId, true));
    return open;
  }

  /**
   * What others still do for a child: as long as it goes on, somebody works with this child and the episode stays open (returns rules
   * 8867, 8565, 8868).
   *
   * @param except the help that is closing, or null
   */
  public List<String> goesOn(UUID child, UUID except) {
    return families.records().flatMap(one -> one.goesOn(child, except).stream()).toList();
  }

  /** What is open for a child alone, without the child's name. */
  private List<String> ofChild(UUID child, UUID except) {
    List<String> open = new ArrayList<>(goesOn(child, except).stream().map(what -> Words.sentence(what) + ".").toList());
    families.records().forEach(one -> open.addAll(one.promised(child)));
    return open;
  }

  private List<String> ofFamily(UUID caseId, boolean nobodyLeft) {
    return families.records().flatMap(one -> one.unfinished(caseId, nobodyLeft).stream()).toList();
  }

  /** The living children of a case with an open episode, as choices for a form: each with what others still do for them. */
  public List<Option> open(UUID caseId, UUID except) {
    return children(caseId).stream().map(child -> new Option(persons.name(child) + goesOn(child, except).stream().findFirst()
        .map(what -> " – " + what).orElse(""), child.toString())).toList();
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
    open.addAll(ofFamily(matter.caseId(), children.containsAll(children(matter.caseId()))));
    if (!open.isEmpty()) {
      throw new Refusal("children", "Still open: " + String.join(" ", open) + " Settle it first, then close.");
    }
    Instant closed = on.equals(LocalDate.ofInstant(at, Submission.LONDON)) ? at : on.atTime(LocalTime.of(23, 59, 59))
        .atZone(Submission.LONDON).toInstant();
    for (UUID child : children) {
      checkDay(child, on);
      if (CLOSED_AFTER_ASSESSMENT.contains(code)) {
        checkNothingButAssessed(child);
      }
      plans.ofChild(child).ifPresent(plan -> plans.end(plan.id(), on, "support-ended", null, at, matter.user()));
      episodes.close(child, code, why, closed);
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), child, Events.EPISODE_CLOSED, at, matter.user(),
          code + ": " + why)
          .about(matter.subjectId()).happened(closed));
    }
    families.closeIfDone(matter.caseId(), at);
  }

  private void checkDay(UUID child, LocalDate on) {
    // returns rule 8565: nothing happens after the closing
    LocalDate last = jdbc.sql("""
            select max(day) from (
              select (referred_at at time zone 'Europe/London')::date as day from episode where person_id = :child and closed_at is null
              union all select (a.agreed_at at time zone 'Europe/London')::date from assessment a
                join assessment_child c on c.assessment_id = a.id
                where c.person_id = :child
              union all select greatest(begun_on, ended_on) from plan where person_id = :child
                and ended_why is distinct from 'recorded-in-error'
              union all select (reviewed_at at time zone 'Europe/London')::date from support_review where person_id = :child) done""")
        .param("child", child).query(LocalDate.class).single();
    if (on.isBefore(last)) {
      throw new Refusal("closedOn", "Something was still done for one of these children on " + Words.date(last)
          + ". The closing day cannot lie before it.");
    }
  }

  private void checkNothingButAssessed(UUID child) {
    record Since(boolean assessed, boolean more) {}
    Since since = jdbc.sql("""
            select exists (select from assessment a join assessment_child c on c.assessment_id = a.id
                where c.person_id = e.person_id and a.agreed_at >= e.referred_at) as assessed,
              exists (select from plan p where p.person_id = e.person_id
                and p.begun_on >= (e.referred_at at time zone 'Europe/London')::date
                and p.ended_why is distinct from 'recorded-in-error')
              or exists (select from meeting_outcome o where o.person_id = e.person_id and o.outcome like 'section-47-%'
                and o.decided_at >= e.referred_at) as more
            from episode e where e.person_id = :child and e.closed_at is null""")
        .param("child", child).query((row, n) -> new Since(row.getBoolean("assessed"), row.getBoolean("more"))).single();
    if (!since.assessed()) {
      throw new Refusal("reason", "One of these children was not assessed since the referral. “Closed after assessment” "
          + "cannot be the reason.");
    }
    if (since.more()) {
      throw new Refusal("reason", "One of these children had an enquiry or a plan since the referral. “Closed after "
          + "assessment” cannot be the reason.");
    }
  }
}
