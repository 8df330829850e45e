package org.followthrough.record;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cases. A case is a family: opened, reopened, split when children's paths part, joined when it was opened twice. */
@Component
public class Families implements Dated {

  /** A family that may be the one, and why. */
  public record Likely(UUID caseId, String reference, String because) {}

  private final JdbcClient jdbc;
  private final Persons persons;
  private final Contacts contacts;
  private final Plans plans;
  private final Chronology chronology;

  Families(JdbcClient jdbc, Persons persons, Contacts contacts, Plans plans, Chronology chronology) {
    this.jdbc = jdbc;
    this.persons = persons;
    this.contacts = contacts;
    this.plans = plans;
    this.chronology = chronology;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Legal status recorded", status -> {
      status.move("update legal_status set until = :now where person_id = :person and until = :was");
      status.move("update legal_status set since = :now where person_id = :person and recorded_at = :recorded and since = :was");
    }, "What follows arranged", order -> {
      order.move("update legal_status set until = :now where case_id = :case and until = :was");
      if (order.move("update legal_status set since = :now where case_id = :case and recorded_at = :recorded and since = :was") > 0) {
        order.with("Legal status recorded");
      }
    });
  }

  /** The case of a reference, following an alias to the family it was joined into. */
  public Optional<UUID> idOf(String reference) {
    return jdbc.sql("""
            with recursive road as (
              select id, joined_into from family_case where reference = :reference
              union all
              select f.id, f.joined_into from family_case f join road on f.id = road.joined_into)
            select id from road where joined_into is null""")
        .param("reference", reference).query(UUID.class).optional();
  }

  /** The reference of a case, as {@code CP-2026-000123}. */
  public String reference(UUID caseId) {
    return jdbc.sql("select reference from family_case where id = :id").param("id", caseId).query(String.class).single();
  }

  /** Every reference that leads to a case: its own, and those of duplicates that were joined into it. */
  public List<String> references(UUID caseId) {
    return jdbc.sql("select reference from family_case where id = :id or joined_into = :id order by joined_into nulls first, reference")
        .param("id", caseId).query(String.class).list();
  }

  /**
   * The families that a contact may be about: those in which its people already appear, and those at the same address.
   */
  public List<Likely> likely(UUID contact) {
    return jdbc.sql("""
            select f.id, f.reference, string_agg(distinct hit.because, '; ') as because
            from (
              select cp.case_id, trim(n.first_name || ' ' || n.last_name) || ' belongs to it' as because
              from contact_person named join case_person cp on cp.person_id = named.person_id and cp.until is null
              left join person_name n on n.person_id = named.person_id and n.position = 1
              where named.contact_id = :contact
              union
              select cp.case_id, 'same address'
              from contact_person named join person p on p.id = named.person_id
              join person q on q.id <> p.id and plain_name(q.address) = plain_name(p.address)
              join case_person cp on cp.person_id = q.id and cp.until is null and cp.lives = 'with-the-children'
              where named.contact_id = :contact and named.lives = 'with-the-children' and p.address is not null) hit
            join family_case f on f.id = hit.case_id and f.joined_into is null
            group by f.id, f.reference order by f.reference""")
        .param("contact", contact)
        .query((row, n) -> new Likely(row.getObject("id", UUID.class), row.getString("reference"), row.getString("because")))
        .list();
  }

  /**
   * Gives a contact its family: the one chosen, or a new one in the contact's team. Its people join the family, a closed
   * case reopens, and what was written before the family was known moves to it.
   *
   * @return the case
   */
  public UUID settle(UUID contactId, UUID chosen, Instant at, String by) {
    return settle(contactId, chosen, null, at, by);
  }

  /**
   * The same for a family whose children another authority holds: the contact's team works with them here.
   *
   * @param authority who holds those of them whom nobody here holds; null for us
   */
  UUID settle(UUID contactId, UUID chosen, String authority, Instant at, String by) {
    var contact = contacts.byId(contactId);
    UUID caseId = chosen == null ? open(at) : chosen;
    lock(caseId);
    reopenIfClosed(caseId, contactId, at, by);
    jdbc.sql("update contact set case_id = :case where id = :id").param("case", caseId).param("id", contactId).update();
    jdbc.sql("update chronology_entry set case_id = :case where contact_id = :id and case_id is null")
        .param("case", caseId).param("id", contactId).update();
    jdbc.sql("update clock set case_id = :case where contact_id = :id and case_id is null")
        .param("case", caseId).param("id", contactId).update();
    String holder = team(caseId).orElse(contact.team());
    for (Contacts.Named named : contacts.everyone(contactId)) {
      join(caseId, named.personId(), named.child(), named.relation(), named.lives(), at);
      if (named.child()) {
        hold(caseId, named.personId(), holder, authority, at);
      }
    }
    if (contact.agency() != null) {
      jdbc.sql("""
              insert into involvement (case_id, contact_id, agency, name, role, phone, since)
              values (:case, :contact, :agency, :name, :role, :phone, :at)""")
          .param("case", caseId).param("contact", contactId).param("agency", contact.agency())
          .param("name", contact.referrerName()).param("role", contact.referrerRole())
          .param("phone", contact.referrerPhone()).param("at", Timestamp.from(at))
          .update();
    }
    return caseId;
  }

  private UUID open(Instant at) {
    UUID id = UUID.randomUUID();
    jdbc.sql("""
            insert into family_case (id, reference, opened_at)
            values (:id, 'CP-' || :year || '-' || lpad(nextval('case_number')::text, 6, '0'), :at)""")
        .param("id", id).param("year", at.atZone(Submission.LONDON).getYear()).param("at", Timestamp.from(at))
        .update();
    return id;
  }

  /** One change at a time per family: whoever comes second waits, and sees what the first wrote. */
  void lock(UUID caseId) {
    jdbc.sql("select id from family_case where id = :id for update").param("id", caseId).query(UUID.class).single();
  }

  private void reopenIfClosed(UUID caseId, UUID contactId, Instant at, String by) {
    int reopened = jdbc.sql("update family_case set closed_at = null where id = :id and closed_at is not null")
        .param("id", caseId).update();
    if (reopened == 1) {
      chronology.add(Chronology.Line.fact(contactId, caseId, null, "Case reopened", at, by, null));
    }
  }

  private void join(UUID caseId, UUID person, boolean child, String relation, String lives, Instant at) {
    jdbc.sql("""
            insert into case_person (case_id, person_id, child, relation, lives, since)
            values (:case, :person, :child, :relation, :lives, :at)
            on conflict (case_id, person_id) where until is null
            do update set child = case_person.child or excluded.child, relation = coalesce(excluded.relation, case_person.relation),
              lives = coalesce(excluded.lives, case_person.lives)""")
        .param("case", caseId).param("person", person).param("child", child)
        .param("relation", relation).param("lives", lives).param("at", Timestamp.from(at))
        .update();
  }

  private void hold(UUID caseId, UUID child, String team, String authority, Instant at) {
    jdbc.sql("""
            insert into responsibility (person_id, case_id, team, authority, since) values (:child, :case, :team, :authority, :at)
            on conflict (person_id) where until is null do nothing""")
        .param("child", child).param("case", caseId).param("team", team).param("authority", authority).param("at", Timestamp.from(at))
        .update();
  }

  /** The team that holds a case now. */
  public Optional<String> team(UUID caseId) {
    return jdbc.sql("select team from responsibility where case_id = :id and until is null order by since limit 1")
        .param("id", caseId).query(String.class).optional();
  }

  /** Every team that holds a child of a case now. */
  public List<String> teams(UUID caseId) {
    return jdbc.sql("""
            select distinct r.team from responsibility r
            join case_person c on c.person_id = r.person_id and c.until is null
            where c.case_id = :id and r.until is null order by r.team""")
        .param("id", caseId).query(String.class).list();
  }

  /** The teams to which a family of this case is moving. */
  public List<String> movingTo(UUID caseId) {
    return jdbc.sql("select distinct team from move where case_id = :id and team is not null and not incoming and ended_at is null order by 1").param("id", caseId)
        .query(String.class).list();
  }

  /** The children of a case, living and unborn, as choices for a form. */
  public List<Option> children(UUID caseId) {
    return jdbc.sql("""
            select c.person_id from case_person c join person p on p.id = c.person_id
            where c.case_id = :id and c.child and c.until is null and p.died_on is null order by p.born_on nulls last, c.person_id""")
        .param("id", caseId).query(UUID.class).list().stream()
        .map(child -> new Option(persons.name(child), child.toString())).toList();
  }

  /**
   * Splits a case in one step when children's paths part: the named children move to a new, linked case with the same
   * adults around them; their episodes, lead, responsibility and plans go with them, and whatever is about none who stays.
   *
   * @return the new case
   * @throws Refusal when no child, or every child, is named
   */
  public UUID split(UUID caseId, List<UUID> leaving, String why, Instant at, String by) {
    lock(caseId);
    List<String> all = children(caseId).stream().map(Option::value).toList();
    if (leaving.isEmpty() || !all.containsAll(leaving.stream().map(UUID::toString).toList()) || leaving.size() == all.size()) {
      throw new Refusal("children", "Tick the children who leave this case; at least one child must stay.");
    }
    UUID other = open(at);
    jdbc.sql("""
            insert into case_person (case_id, person_id, child, relation, lives, since)
            select :other, person_id, child, relation, lives, :at from case_person
            where case_id = :case and until is null and (not child or person_id in (:leaving))""")
        .param("other", other).param("case", caseId).param("leaving", leaving).param("at", Timestamp.from(at)).update();
    jdbc.sql("""
            update case_person set until = :at, until_why = 'moved to ' || :reference
            where case_id = :case and until is null and person_id in (:leaving)""")
        .param("case", caseId).param("leaving", leaving).param("reference", reference(other))
        .param("at", Timestamp.from(at)).update();
    Map.of("responsibility", "until", "lead_professional", "until", "legal_status", "until", "episode", "closed_at", "protection", "followed_at")
        .forEach((rows, open) -> jdbc.sql("update " + rows + " set case_id = :other where case_id = :case and person_id in (:leaving) and "
                + open + " is null")
            .param("other", other).param("case", caseId).param("leaving", leaving).update());
    goAlong(caseId, other, leaving);
    link(caseId, other, why, at, by);
    UUID parting = chronology.add(Chronology.Line.fact(null, caseId, null, "Case split", at, by,
        "Children moved to " + reference(other) + ": " + why));
    jdbc.sql("update family_case set split_from = :case, split_after = (select position from chronology_entry where id = :line) where id = :other")
        .param("case", caseId).param("line", parting).param("other", other).update();
    chronology.add(Chronology.Line.fact(null, other, null, "Case split", at, by,
        "Children came from " + reference(caseId) + ": " + why));
    return other;
  }

  /** Plans and actions of the children who leave, and the work that is about none who stays. */
  private void goAlong(UUID caseId, UUID other, List<UUID> leaving) {
    String alone = """
        exists (select from %1$s_child c where c.%1$s_id = %1$s.id and c.ended_at is null)
        and not exists (select from %1$s_child c where c.%1$s_id = %1$s.id and c.ended_at is null and c.person_id not in (:leaving))""";
    String moveOfTheirs = """
        ended_at is null and exists (select from move_child c where c.move_id = move.id and c.person_id in (:leaving))
        and not exists (select from move_child c where c.move_id = move.id and c.person_id not in (:leaving))""";
    Map.of("plan", "person_id in (:leaving) and ended_on is null", "agreed_action", "for_child in (:leaving) and ended_at is null",
        "move", moveOfTheirs, "enquiry", alone.formatted("enquiry"), "assessment", alone.formatted("assessment"), "support", alone.formatted("support"))
        .forEach((rows, which) -> jdbc.sql("update " + rows + " set case_id = :other where case_id = :case and " + which)
            .param("other", other).param("case", caseId).param("leaving", leaving).update());
    if (plans.inForce(other, Plans.CHILD_PROTECTION).isEmpty()) {
      return;
    }
    if (plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty()) {
      jdbc.sql("update core_group_member set case_id = :other where case_id = :case and until is null").param("other", other).param("case", caseId).update();
      jdbc.sql("""
              update meeting set case_id = :other where case_id = :case and kind in ('core-group', 'review-conference') and held_at is null
                and ended_as is null""").param("other", other).param("case", caseId).update();
    } else {
      jdbc.sql("""
              insert into core_group_member (case_id, name, role, agency, reach, since)
              select :other, name, role, agency, reach, since from core_group_member where case_id = :case and until is null""")
          .param("other", other).param("case", caseId).update();
    }
  }

  /** What went along with the children for whom a case was split off, by the ids that roads are about. */
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("""
            select id from plan where case_id = :case union select id from agreed_action where case_id = :case
            union select id from enquiry where case_id = :case union select id from assessment where case_id = :case
            union select id from support where case_id = :case union select id from meeting where case_id = :case
            union select id from move where case_id = :case
            union select need_id from protection p where case_id = :case and not exists (select from protection other
              where other.need_id = p.need_id and other.case_id <> p.case_id and other.followed_at is null)""")
        .param("case", splitOff).query(UUID.class).list();
  }

  private void link(UUID one, UUID other, String why, Instant at, String by) {
    jdbc.sql("""
            insert into case_link (case_id, other_id, why, linked_at, linked_by)
            values (:one, :other, :why, :at, :by), (:other, :one, :why, :at, :by) on conflict do nothing""")
        .param("one", one).param("other", other).param("why", why).param("at", Timestamp.from(at)).param("by", by)
        .update();
  }

  /**
   * Joins a family that was opened twice: everything of the duplicate moves to the case that stays, and the duplicate's
   * reference remains as an alias.
   *
   * @throws Refusal when both are the same, or different teams hold them
   */
  public void joinInto(UUID stays, UUID duplicate, String why, Instant at, String by) {
    if (stays.equals(duplicate)) {
      throw new Refusal("reference", "This is the same case. Enter the reference of the other one.");
    }
    // always in the same order, so that two joins at one instant cannot wait for each other
    List.of(stays, duplicate).stream().sorted().forEach(this::lock);
    if (!teams(stays).equals(teams(duplicate))) {
      throw new Refusal("reference", "Another team holds that case. It must be handed over before the two can be joined.");
    }
    jdbc.sql("""
            insert into case_person (case_id, person_id, child, relation, lives, since)
            select :stays, person_id, child, relation, lives, since from case_person
            where case_id = :duplicate and until is null on conflict (case_id, person_id) where until is null do nothing""")
        .param("stays", stays).param("duplicate", duplicate).update();
    jdbc.sql("update case_person set until = :at, until_why = 'joined' where case_id = :duplicate and until is null")
        .param("duplicate", duplicate).param("at", Timestamp.from(at)).update();
    for (String rows : List.of("responsibility", "lead_professional", "episode", "legal_status", "contact", "involvement", "decision",
        "protection", "meeting", "agreed_action", "enquiry", "plan", "sighting", "assessment", "support", "move")) {
      jdbc.sql("update " + rows + " set case_id = :stays where case_id = :duplicate")
          .param("stays", stays).param("duplicate", duplicate).update();
    }
    jdbc.sql("""
            update core_group_member m set case_id = :stays where case_id = :duplicate and not exists (select from core_group_member s
              where s.case_id = :stays and s.until is null and plain_name(s.name) = plain_name(m.name))""")
        .param("stays", stays).param("duplicate", duplicate).update();
    // of a meeting about brothers and sisters who came one after the other both cases may have the same
    jdbc.sql("""
            update from_elsewhere e set case_id = :stays where case_id = :duplicate and not exists (select from from_elsewhere s
              where s.case_id = :stays and s.id = e.id)""").param("stays", stays).param("duplicate", duplicate).update();
    jdbc.sql("update clock set case_id = :stays where case_id = :duplicate").param("stays", stays)
        .param("duplicate", duplicate).update();
    jdbc.sql("update family_case set joined_into = :stays, closed_at = coalesce(closed_at, :at) where id = :duplicate or joined_into = :duplicate")
        .param("stays", stays).param("duplicate", duplicate).param("at", Timestamp.from(at)).update();
    chronology.add(Chronology.Line.fact(null, stays, null, "Cases joined", at, by,
        reference(duplicate) + " is this family: " + why));
  }

  /**
   * Closes a case that has neither an open episode, nor a child who is protected now, under enquiry or helped, nor a contact waiting for its
   * decision.
   */
  public void closeIfDone(UUID caseId, Instant at) {
    jdbc.sql("""
            update family_case f set closed_at = :at where id = :id and closed_at is null
              and not exists (select from episode e where e.case_id = f.id and e.closed_at is null)
              and not exists (select from protection p where p.case_id = f.id and p.followed_at is null)
              and not exists (select from enquiry_child c join enquiry q on q.id = c.enquiry_id where q.case_id = f.id and c.ended_at is null)
              and not exists (select from support s where s.case_id = f.id and s.ended_at is null)
              and not exists (select from contact c where c.case_id = f.id and c.ended_as is null
                and not exists (select from decision d where d.contact_id = c.id and d.taken_back_at is null))""")
        .param("id", caseId).param("at", Timestamp.from(at)).update();
  }

  /** Whether a case is closed. */
  public boolean closed(UUID caseId) {
    return jdbc.sql("select closed_at is not null from family_case where id = :id").param("id", caseId).query(Boolean.class).single();
  }

  /** Reopens a closed case; without effect on an open one. */
  public void reopen(UUID caseId, String why, Instant at, String by) {
    lock(caseId);
    if (jdbc.sql("update family_case set closed_at = null where id = :id and closed_at is not null and joined_into is null")
        .param("id", caseId).update() == 0) {
      throw new Refusal("why", "This case is open already.");
    }
    chronology.add(Chronology.Line.fact(null, caseId, null, "Case reopened", at, by, why));
  }

  /** Records that a child has died, on the day it happened. */
  public void died(UUID caseId, UUID child, LocalDate on, Instant at, String by) {
    lock(caseId);
    jdbc.sql("update person set died_on = :on where id = :id").param("on", on).param("id", child).update();
    jdbc.sql("update lead_professional set until = :at where person_id = :id and until is null").param("id", child)
        .param("at", Timestamp.from(at)).update();
    jdbc.sql("update episode set closed_at = :at, closed_why = 'child died' where person_id = :id and closed_at is null")
        .param("id", child).param("at", Timestamp.from(at)).update();
    jdbc.sql("update protection set followed_at = :at, followed_by = 'child-died' where person_id = :id and followed_at is null")
        .param("id", child).param("at", Timestamp.from(at)).update();
    jdbc.sql("update enquiry_child set ended_at = greatest(:at, begun_at), ended_as = 'child-died' where person_id = :id and ended_at is null")
        .param("id", child).param("at", Timestamp.from(at)).update();
    plans.died(child, on);
    Instant happened = on.atStartOfDay(Submission.LONDON).toInstant();
    chronology.add(Chronology.Line.fact(null, caseId, child, "Child died", at, by, null).happened(happened));
  }

  /** Takes back that a child has died: it was somebody else, or a mistake. What was written about it stays readable. */
  public void alive(UUID caseId, UUID child, String why, Instant at, String by) {
    lock(caseId);
    jdbc.sql("update person set died_on = null where id = :id").param("id", child).update();
    jdbc.sql("update episode set closed_at = null, closed_why = null where person_id = :id and closed_why = 'child died'")
        .param("id", child).update();
    jdbc.sql("update enquiry_child set ended_at = null, ended_as = null where person_id = :id and ended_as = 'child-died'").param("id", child).update();
    plans.alive(child);
    chronology.add(Chronology.Line.fact(null, caseId, child, "Report of death taken back", at, by, why));
  }

  /** An order or status in law of a child, from a time on; ends the one before. */
  public void legalStatus(UUID caseId, UUID child, String status, Instant since, Instant at, String by) {
    jdbc.sql("update legal_status set until = :since where person_id = :child and until is null")
        .param("child", child).param("since", Timestamp.from(since)).update();
    try {
      jdbc.sql("""
              insert into legal_status (person_id, case_id, status, since, recorded_at, recorded_by)
              values (:child, :case, :status, :since, :at, :by)""")
          .param("child", child).param("case", caseId).param("status", status)
          .param("since", Timestamp.from(since)).param("at", Timestamp.from(at)).param("by", by).update();
    } catch (DataIntegrityViolationException e) {
      throw new Refusal("child", "An unborn child cannot have a legal status. Record it after the birth.");
    }
    chronology.add(Chronology.Line.fact(null, caseId, child, "Legal status recorded", at, by, status).happened(since));
  }

  /** Earlier contacts, referrals and open work of a family before a contact, in words, newest first. */
  public List<String> history(UUID caseId, UUID exceptContact) {
    return jdbc.sql("""
            select c.received_at, c.agency, c.who_referred, d.response
            from contact c left join decision d on d.contact_id = c.id and d.taken_back_at is null
            where c.case_id = :case and c.id <> :contact and c.received_at is not null and c.ended_as is null
            order by c.received_at desc""")
        .param("case", caseId).param("contact", exceptContact)
        .query((row, n) -> Words.date(row.getTimestamp("received_at").toInstant()) + ": contact from "
            + Words.spoken(row.getString("agency") == null ? row.getString("who_referred") : row.getString("agency"))
            + (row.getString("response") == null ? ", not decided yet" : ", " + Words.spoken(row.getString("response"))))
        .list();
  }

  /** How many contacts about a family came in since a time, other than this one. */
  public int contactsSince(UUID caseId, UUID exceptContact, Instant since) {
    return jdbc.sql("""
            select count(*) from contact where case_id = :case and id <> :contact and received_at >= :since
              and ended_as is null""")
        .param("case", caseId).param("contact", exceptContact).param("since", Timestamp.from(since))
        .query(Integer.class).single();
  }

  /** Who and what the family is, for the top of a manager's form: a few lines of plain Markdown. */
  public String summary(UUID caseId) {
    Map<Boolean, List<String>> lines = new LinkedHashMap<>();
    jdbc.sql("""
            select c.child, c.relation, c.lives, p.id, p.born_on, p.expected_on, p.died_on, p.age_about,
              exists (select from episode e where e.person_id = p.id and e.closed_at is null) as open
            from case_person c join person p on p.id = c.person_id
            where c.case_id = :id and c.until is null order by c.child desc, p.born_on nulls last""")
        .param("id", caseId)
        .query(row -> {
          boolean child = row.getBoolean("child");
          StringBuilder line = new StringBuilder("- **").append(Words.escaped(persons.name(row.getObject("id", UUID.class)))).append("**");
          if (child) {
            line.append(", ").append(Words.age(row));
            if (row.getBoolean("open")) {
              line.append(", open episode");
            }
          } else if (row.getString("relation") != null) {
            line.append(", ").append(Words.spoken(row.getString("relation")));
          }
          if (row.getString("lives") != null && !"with-the-children".equals(row.getString("lives"))) {
            line.append(", ").append(Words.spoken(row.getString("lives")));
          }
          lines.computeIfAbsent(child, key -> new ArrayList<>()).add(line.toString());
        });
    return "**Family " + reference(caseId) + "**\n\n"
        + String.join("\n", lines.getOrDefault(true, List.of())) + "\n"
        + String.join("\n", lines.getOrDefault(false, List.of()));
  }
}
