package org.followthrough.minutes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.followthrough.conference.Conferences;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Confidences;
import org.followthrough.family.Redaction;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The minutes of meetings, version by version, and what may stand in them. What is recorded of a meeting already, its
 * people, outcomes and actions, is never typed again. Version 1 has the id of its meeting.
 */
@Component
public class Minutes implements CaseRecords {

  /** The message that begins the minutes of a meeting, or their correction. */
  public static final String MINUTES_NEEDED = "MinutesNeeded";

  /**
   * A version.
   *
   * @param why why it was written anew, null for the first
   * @param confidential what only those who are cleared for it may see, or null
   * @param letter what a family may be handed, or null
   * @param toChange what the chair wants changed, null unless it was sent back
   */
  public record Version(UUID id, UUID meetingId, int number, String why, String summary, String confidential, String letter,
      String challenged, String toChange, Instant writtenAt, String writtenBy, Instant agreedAt, String agreedBy) {}

  private final JdbcClient jdbc;
  private final Meetings meetings;
  private final Conferences conferences;
  private final Confidences confidences;
  private final CoreGroups coreGroups;
  private final Plans plans;
  private final Chronology chronology;
  private final Agencies agencies;

  Minutes(JdbcClient jdbc, Meetings meetings, Conferences conferences, Confidences confidences, CoreGroups coreGroups, Plans plans,
      Chronology chronology, Agencies agencies) {
    this.jdbc = jdbc;
    this.meetings = meetings;
    this.conferences = conferences;
    this.confidences = confidences;
    this.coreGroups = coreGroups;
    this.plans = plans;
    this.chronology = chronology;
    this.agencies = agencies;
  }

  // Versions ----------------------------------------------------------------------------------------------------------

  /** Opens the first version of a meeting's minutes; without effect where the id is that of a version already. */
  public void open(UUID id) {
    jdbc.sql("insert into minutes (id, meeting_id, version) select :id, :id, 1 where not exists (select from minutes where id = :id)")
        .param("id", id).update();
  }

  /**
   * Opens the next version, with the text of the one before, which stays as it is. The process of the new version starts
   * with its id.
   *
   * @return the id of the new version
   * @throws Refusal when no minutes are there yet, or the newest version is still on its way
   */
  public UUID correct(UUID meetingId, String why, Instant at, String by) {
    meetings.lock(meetingId);
    List<Version> before = versions(meetingId);
    if (before.isEmpty()) {
      throw new Refusal("why", "This meeting has no minutes yet, so there is nothing to correct.");
    }
    if (onItsWay(before.get(0).id())) {
      throw new Refusal("why", "The newest version is still being written, agreed or sent. Tell whoever has it now.");
    }
    UUID id = UUID.randomUUID();
    jdbc.sql("""
            insert into minutes (id, meeting_id, version, why, summary, confidential, letter, challenged)
            select :id, meeting_id, :version, :why, summary, confidential, letter, challenged from minutes
            where meeting_id = :meeting order by agreed_at is null, version desc limit 1""")
        .param("id", id).param("version", before.get(0).number() + 1).param("why", why).param("meeting", meetingId).update();
    chronology.add(fact(id, "Correction asked", at, by, why));
    return id;
  }

  /** A plain fact about a version, in the chronology of the meeting's contact and family. */
  Chronology.Line fact(UUID id, String what, Instant at, String by, String words) {
    UUID contact = jdbc.sql("select m.contact_id from minutes v join meeting m on m.id = v.meeting_id where v.id = :id "
        + "and m.contact_id is not null")
        .param("id", id).query(UUID.class).optional().orElse(null);
    return Chronology.Line.fact(contact, caseOf(id).orElseThrow(), null, what, at, by, words).about(id);
  }

  private boolean onItsWay(UUID version) {
    return jdbc.sql("select exists (select from clock where subject_id = :id and process = 'minutes' and ended_at is null)")
        .param("id", version).query(Boolean.class).single();
  }

  /** A version. */
  public Version get(UUID id) {
    return jdbc.sql("select * from minutes where id = :id").param("id", id).query((row, n) -> version(row)).single();
  }

  /** The case of a version, as it is now; empty where there is no such version. */
  public Optional<UUID> caseOf(UUID id) {
    return jdbc.sql("""
            select coalesce(f.joined_into, f.id) from minutes v join meeting m on m.id = v.meeting_id join family_case f on f.id = m.case_id
            where v.id = :id""")
        .param("id", id).query(UUID.class).optional();
  }

  /** Every version of a meeting's minutes, the newest first. */
  public List<Version> versions(UUID meetingId) {
    return jdbc.sql("select * from minutes where meeting_id = :id order by version desc").param("id", meetingId)
        .query((row, n) -> version(row)).list();
  }

  /** The newest agreed version of each meeting of a case, as choices for a form; the newest meeting first. */
  public List<Option> agreedOf(UUID caseId) {
    return jdbc.sql("""
            select distinct on (m.held_at, m.id) v.id, v.version, m.kind, m.held_at from minutes v join meeting m on m.id = v.meeting_id
            where m.case_id = :case and v.agreed_at is not null order by m.held_at desc, m.id, v.version desc""")
        .param("case", caseId)
        .query((row, n) -> new Option(Words.sentence(row.getString("kind")) + ", " + Words.moment(Rows.instant(row, "held_at"))
            + (row.getInt("version") == 1 ? "" : ", version " + row.getInt("version")), row.getString("id"))).list();
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(row.getObject("id", UUID.class), row.getObject("meeting_id", UUID.class), row.getInt("version"),
        row.getString("why"), row.getString("summary"), row.getString("confidential"), row.getString("letter"), row.getString("challenged"),
        row.getString("to_change"), Rows.instant(row, "written_at"), row.getString("written_by"), Rows.instant(row, "agreed_at"),
        row.getString("agreed_by"));
  }

  /**
   * Writes a version; as often as the chair sends it back.
   *
   * @throws Refusal when the main part or the letter tells what only those may know who are cleared for it
   */
  public void write(UUID id, String summary, String confidential, String letter, Instant at, String by) {
    Redaction kept = confidences.fromEverybody(get(id).meetingId());
    mustNotTell(kept, "summary", "The main part", summary);
    mustNotTell(kept, "letter", "The letter", letter);
    jdbc.sql("""
            update minutes set summary = :summary, confidential = :confidential, letter = :letter, to_change = null,
              written_at = :at, written_by = :by where id = :id""")
        .param("summary", summary).param("confidential", confidential).param("letter", letter)
        .param("at", Timestamp.from(at)).param("by", by).param("id", id).update();
  }

  /** Keeps what the chair wants changed before agreeing. */
  public void sendBack(UUID id, String toChange) {
    jdbc.sql("update minutes set to_change = :change where id = :id").param("change", toChange).param("id", id).update();
  }

  /**
   * Agrees a version; from then on it does not change.
   *
   * @throws Refusal when it tells what has come to need protecting since it was written, or an action is left to nobody
   */
  public void agree(UUID id, String challenged, Instant at, String by) {
    Version version = get(id);
    Redaction kept = confidences.fromEverybody(version.meetingId());
    mustNotTell(kept, "challenged", "What was challenged", challenged);
    mustNotTell(kept, "minutesAgreed", "The main part", version.summary());
    mustNotTell(kept, "minutesAgreed", "The letter", version.letter());
    if (meetings.actions(version.meetingId()).stream().anyMatch(action -> action.namedPerson().isBlank())) {
      throw new Refusal("minutesAgreed", "An action has no named person. What is left to nobody is done by nobody: say “No”, "
          + "and have somebody named.");
    }
    jdbc.sql("update minutes set challenged = :challenged, agreed_at = :at, agreed_by = :by where id = :id")
        .param("challenged", challenged).param("at", Timestamp.from(at)).param("by", by).param("id", id).update();
  }

  private static void mustNotTell(Redaction redaction, String field, String part, String text) {
    redaction.told(text).ifPresent(what -> {
      throw new Refusal(field, part + " holds " + what + ". It belongs into the confidential part; say here only that it is known.");
    });
  }

  // What is recorded of the meeting -------------------------------------------------------------------------------------

  /** What is recorded of the meeting already, for those who write and agree its minutes: nobody types it again. */
  public String recorded(UUID id) {
    Meetings.Meeting meeting = meetings.find(get(id).meetingId()).orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add("**" + Words.sentence(meeting.kind()) + "**" + (meeting.heldAt() == null ? "" : ", " + Words.moment(meeting.heldAt())));
    Words.section(lines, "**Took part**", meetings.attendance(meeting.id()).stream()
        .filter(Meetings.Attended::tookPart).map(this::who).toList());
    Words.section(lines, "**Did not take part**", meetings.attendance(meeting.id()).stream().filter(one -> !one.tookPart())
        .map(one -> who(one) + ": " + Words.escaped(one.absentWhy())).toList());
    lines.add(meetings.decided(meeting.id()));
    Words.section(lines, "**What each agency thinks**", views(meeting.id(), agencies::sentence, UnaryOperator.identity()));
    Words.section(lines, "**Agreed**", meetings.actions(meeting.id()).stream()
        .map(one -> Words.escaped(one.what()) + ": **" + Words.escaped(one.namedPerson())
        + "**, " + Words.escaped(agencies.spoken(one.agency())) + ", by " + Words.date(one.dueOn())).toList());
    Words.section(lines, "**Promised before**", promised(meeting, Words::escaped));
    Words.section(lines, "**The plan**", plan(meeting, get(id).agreedAt(), Words::escaped));
    return String.join("\n", lines);
  }

  /** The agencies' views of what a conference decided, dissent as dissent; without what this reader may not know. */
  List<String> views(UUID meetingId, UnaryOperator<String> from, UnaryOperator<String> kept) {
    return conferences.views(meetingId).stream().map(one -> Words.escaped(from.apply(one.agency()))
        + (one.child() == null ? "" : ", about " + Words.escaped(one.child()))
        + ": " + Words.escaped(kept.apply(one.view()))
        + (one.dissents() ? ". **Dissents:** " + Words.escaped(kept.apply(one.dissentWhy())) : "")).toList();
  }

  /** What a core group said of what was promised before; of other meetings nothing. */
  List<String> promised(Meetings.Meeting meeting, UnaryOperator<String> told) {
    return coreGroups.reviews(meeting.id()).stream().map(one -> told.apply(one.what()) + ": **" + told.apply(one.namedPerson()) + "**, by "
        + Words.date(one.dueOn()) + (one.dueOn().equals(one.wasDueOn()) ? "" : " (was " + Words.date(one.wasDueOn()) + ")") + ": **"
        + Words.spoken(one.result()) + "**" + (one.words() == null ? "" : ". " + told.apply(one.words()))).toList();
  }

  /** The plans as a core group left them, which go to its members with the minutes; of other meetings nothing. */
  List<String> plan(Meetings.Meeting meeting, Instant at, UnaryOperator<String> told) {
    return meeting.kind().equals(Conferences.CORE_GROUP) ? plans.inWords(caseOf(meeting.id()).orElseThrow(), at, told) : List.of();
  }

  private String who(Meetings.Attended one) {
    return List.of(one.name() == null ? "" : one.name(), one.role() == null ? "" : one.role(), agencies.spoken(one.agency())).stream()
        .filter(part -> !part.isEmpty()).map(Words::escaped).collect(Collectors.joining(", "));
  }

  /** A version whole, with what is recorded of the meeting, for the chair who agrees it. */
  public String whole(UUID id) {
    Version version = get(id);
    List<String> lines = new ArrayList<>(List.of(recorded(id)));
    text(lines, "**Main part**", version.summary());
    text(lines, "**Confidential part**", version.confidential());
    text(lines, "**Letter**", version.letter());
    return String.join("\n", lines);
  }

  /** A typed text under its heading, line by line as it was typed. */
  static void text(List<String> lines, String heading, String text) {
    if (text != null && !text.isBlank()) {
      lines.add("\n" + heading + "\n");
      lines.add(Words.escaped(text).replace("\n", "  \n"));
    }
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("minutes");
  }
}
