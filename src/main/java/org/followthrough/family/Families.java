package org.followthrough.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.followthrough.page.Option;
import org.followthrough.page.Referenced;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cases. A case is a family: opened, reopened, split when children's paths part, joined when it was opened twice. */
@Component
public class Families implements CaseRecords, Referenced, Dated {

  /** A family that may be the one, and why. */
  public record Likely(UUID caseId, String reference, String because) {}

  private final JdbcClient jdbc;
  private final Persons persons;
  private final Responsibilities responsibilities;
  private final Chronology chronology;
  private final ObjectProvider<CaseRecords> records;

  Families(JdbcClient jdbc, Persons persons, Responsibilities responsibilities, Chronology chronology,
      ObjectProvider<CaseRecords> records) {
    this.jdbc = jdbc;
    this.persons = persons;
    this.responsibilities = responsibilities;
    this.chronology = chronology;
    this.records = records;
  }

  /** Everybody who answers for tables, by name: sentences always come in the same order, and nothing else depends on it. */
  public Stream<CaseRecords> records() {
    // whoever asks for all of a kind is not given itself
    return Stream.concat(Stream.of(this), records.stream()).distinct().sorted(Comparator.comparing(one -> one.getClass().getSimpleName()));
  }

  @Override
  public String variable() {
    return "caseRef";
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Legal status recorded", status -> {
      status.move("update legal_status set until = :now where person_id = :person and until = :was");
      status.move("update legal_status set since = :now where person_id = :person and recorded_at = :recorded and since = :was");
    }, Events.WHAT_FOLLOWS_ARRANGED, order -> {
      order.move("update legal_status set until = :now where case_id = :case and until = :was");
      if (order.move("update legal_status set since = :now where case_id = :case and recorded_at = :recorded and since = :was") > 0) {
        order.with("Legal status recorded");
      }
    });
  }

  /** The case of a reference, following an alias to the family it was joined into. */
  @Override
  public Optional<UUID> idOf(String reference) {
    return jdbc.sql("""
            with recursive chain as (
              select id, joined_into from family_case where reference = :reference
              union all
              select f.id, f.joined_into from family_case f join chain on f.id = chain.joined_into)
            select id from chain where joined_into is null""")
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

  /** Somebody who belongs to a family. */
  public record Member(UUID person, boolean child, String relation, String lives) {}

  /**
   * Gives a contact its family: the one chosen, or a new one. Its people join the family, a closed case reopens, and what was
   * written before the family was known moves to it.
   *
   * @param team that works with them where nobody holds the family yet
   * @param authority who holds those of the children whom nobody here holds; null for us
   * @return the case
   */
  public UUID settle(UUID contactId, UUID chosen, List<Member> members, String team, String authority, Instant at, String by) {
    UUID caseId = chosen == null ? open(at) : chosen;
    lock(caseId);
    reopenIfClosed(caseId, contactId, at, by);
    records().forEach(one -> one.settled(contactId, caseId));
    String holder = team(caseId).orElse(team);
    for (Member member : members) {
      join(caseId, member, at);
      if (member.child()) {
        responsibilities.hold(caseId, member.person(), holder, authority, at);
      }
    }
    return caseId;
  }

  /** Somebody of an agency works with a family, as a contact of theirs says. */
  public void involve(UUID caseId, UUID contactId, String agency, String name, String role, String phone, Instant at) {
    jdbc.sql("""
            insert into involvement (case_id, contact_id, agency, name, role, phone, since)
            values (:case, :contact, :agency, :name, :role, :phone, :at)""")
        .param("case", caseId).param("contact", contactId).param("agency", agency).param("name", name).param("role", role)
        .param("phone", phone).param("at", Timestamp.from(at)).update();
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

  /**
   * One change at a time per family: whoever comes second waits, and begins again from what the first wrote. Several families
   * are always locked in the order of their references, so that nobody waits in a circle. Every act reads one snapshot, and a row
   * that was only looked at would let the second go on with what it read before: so the lock writes.
   */
  public void lock(UUID... cases) {
    jdbc.sql("select id from family_case where id in (:ids) order by reference").param("ids", List.of(cases)).query(UUID.class).list()
        .forEach(one -> jdbc.sql("update family_case set opened_at = opened_at where id = :id").param("id", one).update());
  }

  /** What was decided stands no more: the case is open, whatever it was. */
  public void open(UUID caseId) {
    jdbc.sql("update family_case set closed_at = null where id = :id").param("id", caseId).update();
  }

  private void reopenIfClosed(UUID caseId, UUID contactId, Instant at, String by) {
    int reopened = jdbc.sql("update family_case set closed_at = null where id = :id and closed_at is not null")
        .param("id", caseId).update();
    if (reopened == 1) {
      chronology.add(Chronology.Line.fact(contactId, caseId, null, "Case reopened", at, by, null));
    }
  }

  private void join(UUID caseId, Member member, Instant at) {
    jdbc.sql("""
            insert into case_person (case_id, person_id, child, relation, lives, since)
            values (:case, :person, :child, :relation, :lives, :at)
            on conflict (case_id, person_id) where until is null
            do update set child = case_person.child or excluded.child, relation = coalesce(excluded.relation, case_person.relation),
              lives = coalesce(excluded.lives, case_person.lives)""")
        .param("case", caseId).param("person", member.person()).param("child", member.child())
        .param("relation", member.relation()).param("lives", member.lives()).param("at", Timestamp.from(at))
        .update();
  }

  /** The team that holds a case now. */
  @Override
  public Optional<String> team(UUID caseId) {
    return jdbc.sql("select team from responsibility where case_id = :id and until is null order by since limit 1")
        .param("id", caseId).query(String.class).optional();
  }

  /** Every team that holds a child of a case now. */
  @Override
  public List<String> teams(UUID caseId) {
    return jdbc.sql("""
            select distinct r.team from responsibility r
            join case_person c on c.person_id = r.person_id and c.until is null
            where c.case_id = :id and r.until is null order by r.team""")
        .param("id", caseId).query(String.class).list();
  }

  /** The teams to which a family of this case is moving. */
  public List<String> movingTo(UUID caseId) {
    return jdbc.sql("select distinct team from move where case_id = :id and team is not null and not incoming and ended_at is null "
        + "order by 1").param("id", caseId)
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
    Split split = new Split(caseId, other, leaving);
    records().forEach(one -> one.split(split));
    link(caseId, other, why, at, by);
    UUID line = chronology.add(Chronology.Line.fact(null, caseId, null, "Case split", at, by,
        "Children moved to " + reference(other) + ": " + why));
    jdbc.sql("update family_case set split_from = :case, split_after = (select position from chronology_entry where id = :line) "
        + "where id = :other")
        .param("case", caseId).param("line", line).param("other", other).update();
    chronology.add(Chronology.Line.fact(null, other, null, "Case split", at, by,
        "Children came from " + reference(caseId) + ": " + why));
    return other;
  }

  /** What went along with the children for whom a case was split off, by the ids that processes are about. */
  public List<UUID> goneAlong(UUID splitOff) {
    return records().flatMap(one -> one.wentAlong(splitOff).stream()).distinct().toList();
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
    lock(stays, duplicate);
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
    Joining joining = new Joining(stays, duplicate);
    records().forEach(one -> one.joined(joining));
    jdbc.sql("update family_case set joined_into = :stays, closed_at = coalesce(closed_at, :at) where id = :duplicate "
        + "or joined_into = :duplicate")
        .param("stays", stays).param("duplicate", duplicate).param("at", Timestamp.from(at)).update();
    chronology.add(Chronology.Line.fact(null, stays, null, "Cases joined", at, by,
        reference(duplicate) + " is this family: " + why));
  }

  /** Closes a case that nothing keeps open. */
  public void closeIfDone(UUID caseId, Instant at) {
    lock(caseId);
    if (records().allMatch(one -> one.keepsOpen(caseId).isEmpty())) {
      jdbc.sql("update family_case set closed_at = :at where id = :id and closed_at is null").param("id", caseId)
          .param("at", Timestamp.from(at)).update();
    }
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
    records().forEach(one -> one.died(child, on, at));
    Instant happened = on.atStartOfDay(Submission.LONDON).toInstant();
    chronology.add(Chronology.Line.fact(null, caseId, child, Events.CHILD_DIED, at, by, null).happened(happened));
  }

  /** Takes back that a child has died: it was somebody else, or a mistake. What was written about it stays readable. */
  public void alive(UUID caseId, UUID child, String why, Instant at, String by) {
    lock(caseId);
    records().forEach(one -> one.alive(child));
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
            select c.received_at, coalesce(o.name, replace(coalesce(c.agency, c.who_referred), '-', ' ')) as told, d.response
            from contact c left join organisation o on o.code = c.agency
              left join decision d on d.contact_id = c.id and d.taken_back_at is null
            where c.case_id = :case and c.id <> :contact and c.received_at is not null and c.ended_as is null
            order by c.received_at desc""")
        .param("case", caseId).param("contact", exceptContact)
        .query((row, n) -> Words.date(row.getTimestamp("received_at").toInstant()) + ": contact from "
            + row.getString("told")
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

  // What another authority sends.

  /** The people of a pack are known here and belong to the family; of those who do already stays what is said of them. */
  public void takeIn(UUID caseId, JsonNode people, Instant at, String by) {
    persons.takeIn(people, at, by);
    Rows.insert(jdbc, """
        insert into case_person (case_id, person_id, child, relation, lives, since)
        select :case, id, child, relation, lives, :at from jsonb_to_recordset(cast(:items as jsonb)) as p (id uuid, child boolean,
          relation text, lives text)
        on conflict (case_id, person_id) where until is null do update set child = case_person.child or excluded.child,
          relation = coalesce(case_person.relation, excluded.relation), lives = coalesce(case_person.lives, excluded.lives)""", people,
        Map.of("case", caseId, "at", Timestamp.from(at)));
  }

  /** The professionals of a pack, as they are known there. */
  public void takeInNetwork(UUID caseId, JsonNode network) {
    Rows.insert(jdbc, """
        insert into involvement (id, case_id, agency, name, role, phone, since, until, authority, core_group)
        select id, :case, agency, name, role, reach, since, until, authority, "coreGroup"
        from jsonb_to_recordset(cast(:items as jsonb)) as n (id uuid, authority text, agency text, name text, role text, reach text,
          "coreGroup" boolean, since timestamptz, until timestamptz)
        on conflict (id) do nothing""", network, Map.of("case", caseId));
  }

  /** Orders and status in law, as they are recorded there. */
  public void takeInLegalStatus(UUID caseId, JsonNode status) {
    Rows.insert(jdbc, """
        insert into legal_status (id, person_id, case_id, status, since, until, recorded_at, recorded_by, authority)
        select id, child, :case, status, since, until, "recordedAt", "recordedBy", authority
        from jsonb_to_recordset(cast(:items as jsonb)) as s (id uuid, authority text, child uuid, status text, since timestamptz,
          until timestamptz, "recordedAt" timestamptz, "recordedBy" text)
        on conflict (id) do nothing""", status, Map.of("case", caseId));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("family_case", "case_link", "case_person", "involvement", "legal_status");
  }

  @Override
  public Map<String, String> staysWhenJoined() {
    return Map.of("family_case", "The reference of the duplicate lives on as an alias.",
        "case_person", "Who belonged to the duplicate belongs to the case that stays from now on; the old row ends and says so.",
        "case_link", "What the duplicate was linked with is said where it was said.");
  }

  @Override
  public Map<String, String> staysWhenSplit() {
    return Map.of("case_person", "Who belonged to the old case until now is still read there; the row ends and says where they went.");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("update legal_status set case_id = :other where case_id = :case and person_id in (:leaving) "
        + "and until is null"));
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update involvement set case_id = :stays where case_id = :duplicate"));
    joining.update(jdbc.sql("update legal_status set case_id = :stays where case_id = :duplicate"));
  }
}
