package org.followthrough.minutes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Confidences;
import org.followthrough.family.Redaction;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
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
      String challenged, String toChange, String writtenBy, Instant agreedAt, String agreedBy) {}

  private final JdbcClient jdbc;
  private final Meetings meetings;
  private final Confidences confidences;
  private final Chronology chronology;

  Minutes(JdbcClient jdbc, Meetings meetings, Confidences confidences, Chronology chronology) {
    this.jdbc = jdbc;
    this.meetings = meetings;
    this.confidences = confidences;
    this.chronology = chronology;
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
        row.getString("to_change"), row.getString("written_by"), Rows.instant(row, "agreed_at"), row.getString("agreed_by"));
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

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("minutes");
  }
}
