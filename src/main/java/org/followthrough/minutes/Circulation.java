package org.followthrough.minutes;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.function.UnaryOperator;
import org.followthrough.conference.Conferences;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Confidences;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Persons;
import org.followthrough.family.Redaction;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is sent which version of the minutes, why and how, what their copy shows, and whether it has reached them. */
@Component
public class Circulation implements CaseRecords, Dated {

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

  /** A copy that was sent; {@code receivedAt} is null while nobody has said that it arrived. */
  public record Copy(UUID id, UUID minutesId, UUID circulationId, String recipient, String agency, UUID personId, String purpose,
      String extent, String way, String reach, String agreedWith, Instant sentAt, String sentBy, Instant sentAgainAt,
      Instant notHadAt, Instant receivedAt, String receivedFor, String handedOverBy, String acted, String recordedBy) {}

  /** Whether one of the family took part in a meeting, under any of their names. */
  private static final String AT_THE_TABLE = """
      exists (select from attendance t join person_name k on plain_name(k.first_name || ' ' || k.last_name) = plain_name(t.name)
        where t.meeting_id = :meeting and t.agency = 'family' and t.took_part and k.person_id = %s)""";

  /** From this age a child is asked whether they want to know themselves; younger ones are told by those who care for them. */
  private static final int OF_UNDERSTANDING = 12;

  private final JdbcClient jdbc;
  private final Meetings meetings;
  private final Minutes minutes;
  private final Confidences confidences;
  private final Persons persons;
  private final Chronology chronology;
  private final Agencies agencies;

  Circulation(JdbcClient jdbc, Meetings meetings, Minutes minutes, Confidences confidences, Persons persons, Chronology chronology,
      Agencies agencies) {
    this.jdbc = jdbc;
    this.meetings = meetings;
    this.minutes = minutes;
    this.confidences = confidences;
    this.persons = persons;
    this.chronology = chronology;
    this.agencies = agencies;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Minutes sent", Circulation::sent, "Copies sent", Circulation::sent,
        "Minutes sent again", again -> again.move("update minutes_copy set sent_again_at = :now where circulation_id = :subject "
            + "and sent_again_at = :was"),
        "Receipt confirmed", received -> {
          received.notBefore(received.found("select min(sent_at) from minutes_copy where circulation_id = :subject "
              + "and recorded_at = :recorded").orElse(null), "That lies before the minutes were sent.");
          received.move("update minutes_copy set received_at = :now where circulation_id = :subject and recorded_at = :recorded "
              + "and received_at = :was");
        });
  }

  private static void sent(Correction sent) {
    sent.notAfter(sent.found("select min(received_at) from minutes_copy where :subject in (minutes_id, circulation_id) "
        + "and sent_at = :was and received_at > :was")
        .orElse(null), "Somebody would have had them before they were sent.");
    sent.move("""
        update minutes_copy set sent_at = :now, received_at = case when received_at = :was then :now else received_at end
        where :subject in (minutes_id, circulation_id) and sent_at = :was""");
    sent.with("Minutes sent", "Copies sent");
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
            order by c.child, n.first_name, c.person_id""".formatted(AT_THE_TABLE.formatted("c.person_id")))
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
    mustNotTell(version, copy);
    jdbc.sql("""
            insert into minutes_copy (minutes_id, circulation_id, proposal, recipient, agency, person_id, purpose, extent, way, reach,
              agreed_with, sent_at, sent_by, handed_over_by, received_at, recorded_at, recorded_by)
            values (:minutes, :circulation, :proposal, :recipient, :agency, :person, :purpose, :extent, :way, :reach,
              :agreedWith, :sent, :by, :handedOver, :received, :recorded, :recordedBy)""")
        .param("minutes", minutesId).param("circulation", circulationId).param("proposal", copy.proposal())
        .param("recipient", copy.recipient()).param("agency", copy.agency()).param("person", copy.personId())
        .param("purpose", copy.purpose()).param("extent", copy.extent()).param("way", copy.way()).param("reach", copy.reach())
        .param("agreedWith", copy.agreedWith()).param("sent", Timestamp.from(sentAt)).param("by", by)
        .param("handedOver", copy.handedOverBy())
        .param("received", copy.handedOverBy() == null ? null : Timestamp.from(sentAt))
        .param("recorded", copy.handedOverBy() == null ? null : Timestamp.from(recordedAt))
        .param("recordedBy", copy.handedOverBy() == null ? null : by)
        .update();
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

  private void mustNotTell(Minutes.Version version, Sending copy) {
    Redaction kept = kept(version.meetingId(), copy.personId());
    String part = copy.extent().equals(LETTER) ? "The letter" : "The main part";
    (copy.extent().equals(LETTER) ? kept.told(version.letter()) : kept.told(version.summary()).or(() -> kept.told(version.challenged())))
        .ifPresent(what -> {
          throw new Refusal("extent", part + " holds " + what + ", which this recipient may not know. "
              + (copy.extent().equals(LETTER) ? "Leave them out, and ask for a correction of the minutes."
                  : "Send them the letter, or leave them out."));
        });
  }

  private Redaction kept(UUID meetingId, UUID personId) {
    return personId == null ? confidences.fromEverybody(meetingId) : confidences.from(personId, meetingId);
  }

  /** Sends a copy once more to somebody who has not had it. */
  public void sendAgain(UUID copyId, String way, String reach, Instant at) {
    jdbc.sql("update minutes_copy set way = :way, reach = :reach, sent_again_at = :at where id = :id")
        .param("way", way).param("reach", reach).param("at", Timestamp.from(at)).param("id", copyId).update();
  }

  // Receipts ------------------------------------------------------------------------------------------------------------

  /**
   * A professional has it.
   *
   * @param onBehalfOf for whom it was written down, or null when they did so themselves
   * @param acted what they do about it, or null
   * @throws Refusal when that lies before it was sent
   */
  public void received(UUID copyId, String onBehalfOf, String acted, Instant at, Instant recordedAt, String by) {
    if (at.isBefore(copy(copyId).sentAt())) {
      throw new Refusal("happenedAt", "That lies before the minutes were sent. Check the date and time.");
    }
    jdbc.sql("""
            update minutes_copy set received_at = :at, received_for = :behalf, acted = :acted, recorded_at = :recorded, recorded_by = :by
            where id = :id""")
        .param("at", Timestamp.from(at)).param("behalf", onBehalfOf).param("acted", acted)
        .param("recorded", Timestamp.from(recordedAt)).param("by", by).param("id", copyId).update();
  }

  /** A recipient says that nothing has arrived. */
  public void notHad(UUID copyId, Instant at) {
    jdbc.sql("update minutes_copy set not_had_at = :at where id = :id").param("at", Timestamp.from(at)).param("id", copyId).update();
  }

  /** Somebody has handed a copy over to one of the family. */
  public void handedOver(UUID copyId, String handedOverBy, Instant at, Instant recordedAt, String by) {
    jdbc.sql("""
            update minutes_copy set handed_over_by = :handed, received_at = :at, recorded_at = :recorded, recorded_by = :by
            where id = :id and person_id is not null""")
        .param("handed", handedOverBy).param("at", Timestamp.from(at)).param("recorded", Timestamp.from(recordedAt)).param("by", by)
        .param("id", copyId).update();
  }

  /** The copies on their way to somebody of the family, as choices for a form: nobody has said yet that they have them. */
  public List<Option> onTheirWayToFamily(UUID caseId) {
    return jdbc.sql("""
            select c.id, c.recipient, c.sent_at from minutes_copy c join minutes v on v.id = c.minutes_id
              join meeting m on m.id = v.meeting_id
            where m.case_id = :case and c.person_id is not null and c.received_at is null order by c.sent_at desc""")
        .param("case", caseId)
        .query((row, n) -> new Option(row.getString("recipient") + ", sent " + Words.moment(Rows.instant(row, "sent_at")),
            row.getString("id"))).list();
  }

  /** The professionals whom a round was sent to, whether they have confirmed or not. */
  public List<Copy> awaited(UUID circulationId) {
    return jdbc.sql("select * from minutes_copy where circulation_id = :id and agency is not null order by position")
        .param("id", circulationId).query((row, n) -> copy(row)).list();
  }

  /** The professionals of a round who have not confirmed yet, in the order of sending. The family is never chased. */
  public List<Copy> missing(UUID circulationId) {
    return awaited(circulationId).stream().filter(copy -> copy.receivedAt() == null).toList();
  }

  /** A copy. */
  public Copy copy(UUID id) {
    return jdbc.sql("select * from minutes_copy where id = :id").param("id", id).query((row, n) -> copy(row)).single();
  }

  /** The case that a copy is about, as it is now; empty where there is no such copy. */
  public Optional<UUID> caseOf(UUID copyId) {
    return jdbc.sql("select minutes_id from minutes_copy where id = :id").param("id", copyId).query(UUID.class).optional()
        .flatMap(minutes::caseOf);
  }

  /** Every copy of a version, in whatever round, in the order of sending. */
  public List<Copy> copies(UUID minutesId) {
    return jdbc.sql("select * from minutes_copy where minutes_id = :id order by position").param("id", minutesId)
        .query((row, n) -> copy(row)).list();
  }

  private static Copy copy(ResultSet row) throws SQLException {
    return new Copy(row.getObject("id", UUID.class), row.getObject("minutes_id", UUID.class), row.getObject("circulation_id", UUID.class),
        row.getString("recipient"), row.getString("agency"), row.getObject("person_id", UUID.class), row.getString("purpose"),
        row.getString("extent"), row.getString("way"), row.getString("reach"), row.getString("agreed_with"), Rows.instant(row, "sent_at"),
        row.getString("sent_by"), Rows.instant(row, "sent_again_at"), Rows.instant(row, "not_had_at"), Rows.instant(row, "received_at"),
        row.getString("received_for"), row.getString("handed_over_by"), row.getString("acted"), row.getString("recorded_by"));
  }

  // What a copy shows -----------------------------------------------------------------------------------------------------

  /**
   * The text of a copy for its recipient, in Markdown. What they may not know is left out even where it came to need
   * protecting only after the copy was sent. One of the family reads what was written for them and no list: brothers and
   * sisters may have another parent, whose children and affairs are not theirs to know. Who sat at the table has heard it.
   */
  public String document(UUID copyId) {
    Copy copy = copy(copyId);
    Minutes.Version version = minutes.get(copy.minutesId());
    Meetings.Meeting meeting = meetings.find(version.meetingId()).orElseThrow();
    Redaction kept = kept(meeting.id(), copy.personId());
    boolean letter = copy.extent().equals(LETTER);
    boolean family = copy.personId() != null && !atTheTable(copy.personId(), meeting.id());
    List<Meetings.Outcome> outcomes = meetings.decidedByChild(meeting.id());
    // which school says where a child is; the family is told the kind
    UnaryOperator<String> from = copy.personId() == null ? agencies::sentence : code -> Words.sentence(agencies.agencyOf(code));
    List<String> lines = new ArrayList<>();
    lines.add("# " + (letter ? "After the " : "Minutes of the ") + Words.spoken(meeting.kind()));
    lines.add(family ? "" : "\n" + Words.escaped(String.join(", ", outcomes.stream().map(Meetings.Outcome::child).toList())) + "\n");
    lines.add(Words.moment(meeting.heldAt()) + (version.number() == 1 ? "" : ". This is version " + version.number()
        + "; it takes the place of the one before."));
    if (letter) {
      Minutes.text(lines, "## What we can tell you", kept.without(version.letter()));
    } else {
      Words.section(lines, "## Who took part", tookPart(meeting.id(), true, from));
      Words.section(lines, "## Who did not", tookPart(meeting.id(), false, from));
    }
    if (!family && !(letter && copy.personId() != null)) {
      Words.section(lines, "## What was decided", outcomes.stream().map(one -> Words.escaped(one.child()) + ": **" + one.outcome() + "**"
          + (letter ? "" : ". " + Words.escaped(kept.without(one.reasons())))).toList());
    }
    if (!letter && !family) {
      UnaryOperator<String> told = text -> Words.escaped(kept.without(text));
      Words.section(lines, "## What each agency thinks", minutes.views(meeting.id(), from, kept::without));
      Words.section(lines, "## Who does what", meetings.actions(meeting.id()).stream().map(one -> action(one, from, kept)).toList());
      Words.section(lines, "## What was promised before", minutes.promised(meeting, told));
      Words.section(lines, "## The plan from now on", minutes.plan(meeting, version.agreedAt(), told));
    }
    if (!letter) {
      Minutes.text(lines, "## What was said", kept.without(version.summary()));
      Minutes.text(lines, "## What was challenged", kept.without(version.challenged()));
    }
    if (copy.extent().equals(FULL)) {
      Minutes.text(lines, "## Confidential", version.confidential());
    }
    if (!letter && version.writtenBy().equals(version.agreedBy())) {
      lines.add("\nWritten and agreed by the same person: nobody else held the chair’s role.");
    }
    return String.join("\n", lines);
  }

  private boolean atTheTable(UUID person, UUID meetingId) {
    return jdbc.sql("select " + AT_THE_TABLE.formatted(":person")).param("meeting", meetingId).param("person", person)
        .query(Boolean.class).single();
  }

  /** Agency and role, never the name: and of those who asked not to be named only that they told us. */
  private List<String> tookPart(UUID meetingId, boolean tookPart, UnaryOperator<String> from) {
    return meetings.attendance(meetingId).stream().filter(one -> one.tookPart() == tookPart)
        .map(one -> confidences.askedNotToBeNamed(meetingId, one.name(), one.agency(), one.role()) ? "The person who told us"
            : Words.escaped(from.apply(one.agency()) + (one.role() == null ? "" : ": " + one.role())))
        .toList();
  }

  private static String action(Meetings.Action one, UnaryOperator<String> from, Redaction kept) {
    String person = kept.told(one.namedPerson()).isPresent() ? "somebody whose name is with the chair" : one.namedPerson();
    return Words.escaped(kept.without(one.what())) + ": **" + Words.escaped(person) + "**, "
        + Words.escaped(from.apply(one.agency())) + ", by " + Words.date(one.dueOn())
        + (one.ifNotDone() == null ? "" : ". If it is not done: " + Words.escaped(kept.without(one.ifNotDone())));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("minutes_copy", "minutes_left_out");
  }
}
