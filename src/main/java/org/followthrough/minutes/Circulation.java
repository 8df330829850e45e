package org.followthrough.minutes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Persons;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is sent which version of the minutes, why and how. What a copy shows is {@link RedactedMinutes}; whether it has reached its
 * recipient is kept in {@link Receipts}.
 */
@Component
public class Circulation implements CaseRecords {

  /** The message that begins the receipts of a circulation. */
  public static final String MINUTES_SENT = "MinutesSent";

  /** A copy whose version shows everything, to those who are cleared for it; without the confidential part; or the letter alone. */
  public static final String FULL = "full";
  public static final String WITHOUT_CONFIDENTIAL = "without-confidential-part";
  public static final String LETTER = "letter";

  /**
   * Somebody who probably needs the minutes.
   *
   * @param key tells them from all others proposed for this version
   * @param agency a professional's, or null for one of the family
   * @param about who they are, in words
   * @param reach the address or number they gave, or null
   * @param forAction whether an action was agreed for them or their agency
   * @param hadEarlier whether an earlier version was sent to them, or they sat at the table
   */
  public record Proposal(String key, String name, String agency, UUID personId, String about, String reach, boolean forAction,
      boolean hadEarlier) {}

  /**
   * A copy to send.
   *
   * @param proposal the key of the proposal that it answers, or null
   * @param cleared whether the recipient may see the confidential part
   * @param agreedWith which chair and which officer agreed that one of the family gets it; null for professionals
   * @param handedOverBy who has handed it over to one of the family already, or null
   */
  public record Sending(String proposal, String recipient, String agency, UUID personId, String purpose, String extent, boolean cleared,
      String way, String reach, String agreedWith, String handedOverBy) {}

  /** From this age a child is asked whether they want to know themselves; younger ones are told by those who care for them. */
  private static final int OF_UNDERSTANDING = 12;

  private final JdbcClient jdbc;
  private final Meetings meetings;
  private final Minutes minutes;
  private final RedactedMinutes redacted;
  private final Receipts receipts;
  private final Persons persons;
  private final Chronology chronology;
  private final Agencies agencies;

  Circulation(JdbcClient jdbc, Meetings meetings, Minutes minutes, RedactedMinutes redacted, Receipts receipts, Persons persons,
      Chronology chronology, Agencies agencies) {
    this.jdbc = jdbc;
    this.meetings = meetings;
    this.minutes = minutes;
    this.redacted = redacted;
    this.receipts = receipts;
    this.persons = persons;
    this.chronology = chronology;
    this.agencies = agencies;
  }

  // Who it is for -----------------------------------------------------------------------------------------------------

  /**
   * Those who probably need a version and of whom nothing is decided yet: who was called to the meeting, who has an action
   * from it, who was sent an earlier version; then, last, the adults of the family and its children of understanding.
   */
  public List<Proposal> proposals(UUID minutesId) {
    List<Proposal> all = new ArrayList<>(professionals(minutesId));
    all.addAll(family(minutesId));
    List<String> decided = jdbc.sql("""
            select proposal from minutes_copy where minutes_id = :id and circulation_id = :id and proposal is not null
            union select proposal from minutes_left_out where minutes_id = :id""")
        .param("id", minutesId).query(String.class).list();
    return all.stream().filter(one -> !decided.contains(one.key())).toList();
  }

  private List<Proposal> professionals(UUID minutesId) {
    return jdbc.sql("""
            with called as (
              select 1 as source, position, 'called:' || id as key, name, agency, role, reach, took_part, absent_why from attendance
              where meeting_id = :meeting and person_id is null and agency <> 'family'),
            acting as (
              select 2, min(position), 'acting:' || min(id::text), named_person, agency, null, null, null::boolean, null
                from agreed_action a
              where meeting_id = :meeting and agency <> 'family' and instead_of is null
                and not exists (select from called c where plain_name(c.name) = plain_name(a.named_person))
              group by named_person, agency),
            earlier as (
              select 3, min(c.position), 'earlier:' || min(c.id::text), c.recipient, c.agency, null, min(c.reach), null::boolean, null
              from minutes_copy c join minutes m on m.id = c.minutes_id and m.meeting_id = :meeting
              where m.id <> :id and c.agency is not null and c.proposal is null group by c.recipient, c.agency)
            select *,
              exists (select from agreed_action a where a.meeting_id = :meeting and a.agency = r.agency) as for_action,
              exists (select from minutes_copy c join minutes m on m.id = c.minutes_id and m.meeting_id = :meeting
                where m.id <> :id and (c.proposal = r.key or r.source = 3)) as had_earlier
            from (select * from called union all select * from acting union all select * from earlier) r order by source, position""")
        .param("meeting", minutes.get(minutesId).meetingId()).param("id", minutesId)
        .query((row, n) -> new Proposal(row.getString("key"), name(row), row.getString("agency"), null, about(row), row.getString("reach"),
            row.getBoolean("for_action"), row.getBoolean("had_earlier")))
        .list();
  }

  private String name(ResultSet row) throws SQLException {
    return row.getString("name") != null ? row.getString("name")
        : row.getString("role") != null ? row.getString("role") : agencies.sentence(row.getString("agency"));
  }

  private String about(ResultSet row) throws SQLException {
    List<String> about = new ArrayList<>();
    if (row.getString("role") != null) {
      about.add(Words.escaped(row.getString("role")));
    }
    about.add(Words.escaped(agencies.spoken(row.getString("agency"))));
    if (row.getObject("took_part") != null) {
      about.add(row.getBoolean("took_part") ? "took part" : "did not take part");
    }
    return String.join(", ", about);
  }

  private List<Proposal> family(UUID minutesId) {
    Meetings.Meeting meeting = meetings.find(minutes.get(minutesId).meetingId()).orElseThrow();
    return jdbc.sql("""
            select c.person_id, c.child, c.relation, p.address_protected, p.interpreter, p.format,
              exists (select from minutes_copy m join minutes v on v.id = m.minutes_id and v.meeting_id = :meeting
                where v.id <> :id and m.person_id = c.person_id) as had_earlier,
              %s as took_part
            from case_person c join person p on p.id = c.person_id left join person_name n on n.person_id = p.id and n.position = 1
            join meeting m on m.id = :meeting
            join family_case f on f.id = m.case_id and c.case_id = coalesce(f.joined_into, f.id)
            where c.until is null and p.died_on is null and (not c.child or p.born_on <= :understanding)
            order by c.child, n.first_name, c.person_id""".formatted(RedactedMinutes.AT_THE_TABLE.formatted("c.person_id")))
        .param("meeting", meeting.id()).param("id", minutesId)
        .param("understanding", LocalDate.ofInstant(meeting.heldAt(), Submission.LONDON).minusYears(OF_UNDERSTANDING))
        .query((row, n) -> {
          UUID person = row.getObject("person_id", UUID.class);
          List<String> about = new ArrayList<>(List.of(row.getBoolean("child") ? "child of the family"
              : row.getString("relation") == null ? "of the family" : Words.spoken(row.getString("relation"))));
          if (row.getBoolean("address_protected")) {
            about.add("**address must not be told to anyone**");
          }
          if (row.getBoolean("interpreter")) {
            about.add("needs an interpreter");
          }
          if (row.getString("format") != null && !"standard".equals(row.getString("format"))) {
            about.add("needs " + Words.spoken(row.getString("format")));
          }
          boolean tookPart = row.getBoolean("took_part");
          if (tookPart) {
            about.add("took part");
          }
          return new Proposal("family:" + person, persons.name(person), null, person, String.join(", ", about), null, false,
              tookPart || row.getBoolean("had_earlier"));
        }).list();
  }

  /** Knowingly sends nothing to somebody who was proposed. */
  public void leaveOut(UUID minutesId, Proposal proposal, String why, Instant at, String by) {
    jdbc.sql("""
            insert into minutes_left_out (minutes_id, proposal, recipient, why, recorded_at, recorded_by)
            values (:minutes, :proposal, :recipient, :why, :at, :by)""")
        .param("minutes", minutesId).param("proposal", proposal.key()).param("recipient", proposal.name()).param("why", why)
        .param("at", Timestamp.from(at)).param("by", by).update();
  }

  // Sending -------------------------------------------------------------------------------------------------------------

  /**
   * Sends a copy in a round of its version.
   *
   * @param circulationId the round: the id of the version itself for the first one
   * @throws Refusal naming the field of {@link Sending} that cannot stand; above all when the copy would tell its
   *     recipient what they may not know
   */
  public void send(UUID minutesId, UUID circulationId, Sending copy, Instant sentAt, Instant recordedAt, String by) {
    Minutes.Version version = minutes.get(minutesId);
    mayHave(version, copy);
    redacted.mustNotTell(version, copy);
    receipts.sent(minutesId, circulationId, copy, sentAt, recordedAt, by);
  }

  /**
   * Sends a copy later, to somebody who has none: a round of its own, whose process starts with the id it returns.
   *
   * @throws Refusal as {@link #send}, or when the version is not agreed
   */
  public UUID sendLater(UUID minutesId, Sending copy, Instant at, String by) {
    if (minutes.get(minutesId).agreedAt() == null) {
      throw new Refusal("This version is not agreed yet. It is sent when the chair has agreed it.");
    }
    UUID circulation = UUID.randomUUID();
    send(minutesId, circulation, copy, at, at, by);
    chronology.add(minutes.fact(minutesId, "Minutes sent", at, by, null).about(circulation));
    return circulation;
  }

  /** Whether the family works on what was agreed like everybody at the table, and so has the same minutes: in a core group. */
  public boolean familyWorksWithThem(UUID minutesId) {
    return meetings.find(minutes.get(minutesId).meetingId()).orElseThrow().kind().equals(Conferences.CORE_GROUP);
  }

  /** Whether the family is told of the meeting only where the chair and the police agree, as after a strategy discussion. */
  public boolean familyOnlyWhereAgreed(UUID minutesId) {
    return meetings.find(minutes.get(minutesId).meetingId()).orElseThrow().kind().equals("strategy-discussion");
  }

  private void mayHave(Minutes.Version version, Sending copy) {
    if (copy.personId() != null && copy.agreedWith() == null && familyOnlyWhereAgreed(version.id())) {
      throw new Refusal("agreedWith", "The record of a strategy discussion goes to nobody of the family unless the chair "
          + "and the police agree. Say who did.");
    }
    if (copy.personId() != null && copy.extent().equals(FULL)) {
      throw new Refusal("extent", "Nobody of the family is sent the confidential part. Choose the letter, or the minutes without it.");
    }
    if (copy.extent().equals(FULL) && version.confidential() != null && !copy.cleared()) {
      throw new Refusal("cleared", "The confidential part goes only to those who are cleared for it. Tick that they are, "
          + "or choose the version without it.");
    }
    if (copy.extent().equals(LETTER) && version.letter() == null) {
      throw new Refusal("extent", "No letter was written for this meeting. Choose another version of the minutes.");
    }
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("minutes_left_out");
  }
}
