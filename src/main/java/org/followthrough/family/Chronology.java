package org.followthrough.family;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.followthrough.page.Answer;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The append-only story of a contact and its family, fed by every step. */
@Component
public class Chronology implements CaseRecords {

  /**
   * A line to add.
   *
   * @param personId the child it is about, or null for the whole family
   * @param subjectId what it is about where that is finer than the family: a meeting, an arrangement; or null
   * @param clockId the clock that this event meets, or null
   */
  public record Line(UUID contactId, UUID caseId, UUID personId, UUID subjectId, String what, Instant happenedAt, Recorded recorded,
      Nature nature, String words, List<Answer> fields, String taskId, UUID clockId) {

    /** A plain fact that the machine or a manager adds, happening as it is recorded. */
    public static Line fact(UUID contactId, UUID caseId, UUID personId, String what, Instant at, String by, String words) {
      return new Line(contactId, caseId, personId, null, what, at, Recorded.by(by, at), Nature.FACT, words, List.of(), null, null);
    }

    /** The same line, of this subject. */
    public Line about(UUID subject) {
      return new Line(contactId, caseId, personId, subject, what, happenedAt, recorded, nature, words, fields, taskId, clockId);
    }

    /** The same line under another name: a second event of the same moment. */
    public Line named(String event) {
      return new Line(contactId, caseId, personId, subjectId, event, happenedAt, recorded, nature, words, fields, taskId, clockId);
    }

    /** The same line, of something that happened earlier than it is recorded. */
    public Line happened(Instant at) {
      return new Line(contactId, caseId, personId, subjectId, what, at, recorded, nature, words, fields, taskId, clockId);
    }
  }

  /**
   * Who wrote it down, and when; and for whom, where they were told it by somebody who does not work here, and how they were told.
   */
  public record Recorded(String by, Instant at, String onBehalfOf, String onBehalfHow) {

    /** By somebody who tells it themselves. */
    public static Recorded by(String user, Instant at) {
      return new Recorded(user, at, null, null);
    }
  }

  /** A column of the line that the line "e" stands for: what is corrected keeps its place. */
  private static final String FIRST = """
      case when e.corrects is null then e.%1$s else (
        with recursive back as (select e.id, e.corrects, e.%1$s
          union all select f.id, f.corrects, f.%1$s from chronology_entry f join back b on f.id = b.corrects)
        select %1$s from back where corrects is null) end""";

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  Chronology(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Adds a line; returns its id. */
  public UUID add(Line line) {
    return insert(line, false, null, null);
  }

  /** Adds a line of something that may have happened to its subject before: whichever happened first counts, as each is corrected. */
  public UUID addFurther(Line line) {
    return insert(line, true, null, null);
  }

  /**
   * Corrects when an event happened: a further line takes the place of the first, which stays readable.
   *
   * @throws Refusal when the line is unknown or was already corrected, or the new time lies in the future
   */
  public UUID correct(UUID entryId, Instant happenedAt, String why, Instant recordedAt, String by) {
    if (happenedAt.isAfter(recordedAt)) {
      throw new Refusal("happenedAt", "The corrected time is in the future. Enter when it really happened.");
    }
    Line old = jdbc.sql("""
            select * from chronology_entry e where id = :id
            and not exists (select from chronology_entry c where c.corrects = e.id)""")
        .param("id", entryId)
        .query((row, n) -> line(row, happenedAt, recordedAt, by))
        .optional()
        .orElseThrow(() -> new Refusal("entry", "This entry was corrected already. Correct the newest version of it."));
    return insert(old, false, entryId, why);
  }

  private UUID insert(Line line, boolean further, UUID corrects, String why) {
    UUID id = UUID.randomUUID();
    jdbc.sql("""
            insert into chronology_entry (id, contact_id, case_id, person_id, subject_id, what, happened_at, recorded_at, recorded_by,
              on_behalf_of, on_behalf_how, nature, words, fields, task_id, clock_id, further, corrects, correction_why)
            values (:id, :contact, :case, :person, :subject, :what, :happened, :recorded, :by,
              :behalf, :how, :nature, :words, cast(:fields as jsonb), :task, :clock,
              coalesce((select further from chronology_entry where id = :corrects), :further), :corrects, :why)""")
        .param("id", id)
        .param("contact", line.contactId()).param("case", line.caseId()).param("person", line.personId())
        .param("subject", line.subjectId()).param("what", line.what())
        .param("happened", Timestamp.from(line.happenedAt())).param("recorded", Timestamp.from(line.recorded().at()))
        .param("by", line.recorded().by()).param("behalf", line.recorded().onBehalfOf()).param("how", line.recorded().onBehalfHow())
        .param("nature", line.nature().spelled()).param("words", line.words()).param("fields", write(line.fields()))
        .param("task", line.taskId()).param("clock", line.clockId()).param("further", further)
        .param("corrects", corrects).param("why", why)
        .update();
    return id;
  }

  /**
   * When an event happened, by its newest entry as it was corrected since, or by a further one that happened before it: of the subject
   * where it has one, else of the contact where there is one, else of the case. What happened to another subject is never taken for it,
   * nor what another authority wrote.
   *
   * @param what the event's name, in any case: {@code contact received}
   */
  public Optional<Instant> when(String what, UUID contactId, UUID caseId, UUID subjectId) {
    return asKnownBefore(null, what, contactId, caseId, subjectId);
  }

  /** The same of what had been recorded before a moment, as it was corrected since. */
  public Optional<Instant> asKnownBefore(Instant recorded, String what, UUID contactId, UUID caseId, UUID subjectId) {
    return jdbc.sql("""
            with standing as (select e.* from chronology_entry e
              where lower(what) = lower(:what) and authority is null
                and (subject_id = :subject or subject_id is null
                  and (contact_id = :contact or (cast(:contact as uuid) is null
                    and case_id = any (array(select id from family_case where id = :case or joined_into = :case)))))
                and not exists (select from chronology_entry c where c.corrects = e.id)
                and (cast(:before as timestamptz) is null or %s < :before))
            select least((select happened_at from standing e where not further order by subject_id nulls last, %s desc limit 1),
              (select min(happened_at) from standing where further))"""
            .formatted(FIRST.formatted("recorded_at"), FIRST.formatted("position")))
        .param("what", what).param("contact", contactId).param("case", caseId).param("subject", subjectId)
        .param("before", recorded == null ? null : Timestamp.from(recorded))
        .query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** Whether an event has happened to a subject more than once, so that the first of them counts. */
  public boolean isRepeated(String what, UUID subjectId) {
    return jdbc.sql("select exists (select from chronology_entry where lower(what) = lower(:what) and subject_id = :subject and further)")
        .param("what", what).param("subject", subjectId).query(Boolean.class).single();
  }

  /** When the obligation of a clock was met, by the entry that met it; empty when no entry did. */
  public Optional<Instant> metAt(UUID clockId) {
    return jdbc.sql("""
            select happened_at from chronology_entry e where clock_id = :clock
              and not exists (select from chronology_entry c where c.corrects = e.id)
            order by position desc limit 1""")
        .param("clock", clockId).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** The uncorrected entries of a contact, or a case, that may be chosen, as choices for a form, newest first. */
  List<Option> choices(UUID contactId, UUID caseId, Predicate<Line> mayBeChosen) {
    return jdbc.sql("""
            select * from chronology_entry e
            where (case_id = any (array(select id from family_case where id = :case or joined_into = :case)) or (cast(:case as uuid) is null
              and contact_id = :contact))
              and authority is null and not exists (select from chronology_entry c where c.corrects = e.id)
            order by happened_at desc, position desc""")
        .param("contact", contactId).param("case", caseId)
        .query((row, n) -> Map.entry(row.getString("id"), line(row))).list().stream()
        .filter(entry -> mayBeChosen.test(entry.getValue()))
        .map(entry -> new Option(entry.getValue().what() + ", " + Words.moment(entry.getValue().happenedAt()), entry.getKey())).toList();
  }

  /** The uncorrected lines of this name ({@code %} stands for anything) that a contact and its family have of exactly this moment. */
  List<UUID> standing(String what, UUID contactId, UUID caseId, Instant happenedAt) {
    return jdbc.sql("""
            select id from chronology_entry e where what like :what and happened_at = :at and authority is null
              and (case_id = any (array(select id from family_case where id = :case or joined_into = :case)) or (cast(:case as uuid) is null
                and contact_id = :contact))
              and not exists (select from chronology_entry c where c.corrects = e.id)
            order by position""")
        .param("what", what).param("at", Timestamp.from(happenedAt)).param("case", caseId).param("contact", contactId)
        .query(UUID.class).list();
  }

  /** When a line was recorded first, however often it was corrected since. */
  Instant firstRecorded(UUID id) {
    return jdbc.sql("select " + FIRST.formatted("recorded_at") + " from chronology_entry e where id = :id").param("id", id)
        .query(Timestamp.class).single().toInstant();
  }

  /** When the entry was recorded that met a clock; empty when no entry did. */
  public Optional<Instant> metRecorded(UUID clockId) {
    return jdbc.sql("select min(recorded_at) from chronology_entry where clock_id = :clock having min(recorded_at) is not null")
        .param("clock", clockId).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** A line as it stands. */
  public Line get(UUID id) {
    return jdbc.sql("select * from chronology_entry where id = :id").param("id", id)
        .query((row, n) -> line(row)).single();
  }

  private Line line(ResultSet row) throws SQLException {
    return line(row, row.getTimestamp("happened_at").toInstant(), row.getTimestamp("recorded_at").toInstant(),
        row.getString("recorded_by"));
  }

  private Line line(ResultSet row, Instant happenedAt, Instant recordedAt, String by) throws SQLException {
    return new Line(row.getObject("contact_id", UUID.class), row.getObject("case_id", UUID.class),
        row.getObject("person_id", UUID.class), row.getObject("subject_id", UUID.class), row.getString("what"), happenedAt,
        new Recorded(by, recordedAt, row.getString("on_behalf_of"), row.getString("on_behalf_how")), Nature.of(row.getString("nature")),
        row.getString("words"), fields(row.getString("fields")), row.getString("task_id"), row.getObject("clock_id", UUID.class));
  }

  /** Who handed a task in, if anyone did. */
  public Optional<String> handedInBy(String taskId) {
    return jdbc.sql("select recorded_by from chronology_entry where task_id = :task and corrects is null")
        .param("task", taskId).query(String.class).optional();
  }

  private String write(List<Answer> fields) {
    try {
      return json.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<Answer> fields(String stored) {
    try {
      return json.readerForListOf(Answer.class).readValue(stored);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  // What another authority sends.

  /** The lines of a pack, as they were written there; what is here already stays. */
  public void takeIn(UUID caseId, JsonNode lines) {
    Rows.insert(jdbc, """
        insert into chronology_entry (id, case_id, person_id, subject_id, what, happened_at, recorded_at, recorded_by, on_behalf_of,
          on_behalf_how, nature,
          words, fields, corrects, correction_why, authority)
        select (l ->> 'id')::uuid, :case, (l ->> 'child')::uuid, (l ->> 'about')::uuid, l ->> 'what', (l ->> 'happenedAt')::timestamptz,
          (l ->> 'recordedAt')::timestamptz, l ->> 'recordedBy', l ->> 'onBehalfOf', l ->> 'onBehalfHow', l ->> 'nature', l ->> 'words',
            l -> 'fields',
          (l ->> 'corrects')::uuid, l ->> 'correctionWhy', l ->> 'authority'
        from jsonb_array_elements(cast(:items as jsonb)) with ordinality as t (l, n) order by n
        on conflict (id) do nothing""", lines, Map.of("case", caseId));
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("chronology_entry");
  }

  @Override
  public Map<String, String> staysWhenJoined() {
    return Map.of("chronology_entry", "It is only ever added to; a case is read together with the duplicates that were joined into it.");
  }

  @Override
  public Map<String, String> staysWhenSplit() {
    return Map.of("chronology_entry", "It is only ever added to; the new case reads the old one up to the line that tells of the split.");
  }

  @Override
  public void settled(UUID contact, UUID caseId) {
    jdbc.sql("update chronology_entry set case_id = :case where contact_id = :contact and case_id is null").param("case", caseId)
        .param("contact", contact).update();
  }
}
