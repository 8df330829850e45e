package org.followthrough.deadline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.CaseRecords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The running clocks, a row each: what managers' lists, statistics and the safety sweep read. */
@Component
public class Clocks implements CaseRecords {

  /**
   * One clock.
   *
   * @param endedAs {@code met} or {@code withdrawn}, null while it runs
   */
  public record Running(UUID id, String process, String obligation, String processInstanceId, UUID contactId, UUID caseId,
      UUID subjectId, Counted counted, Rule rule, Instant dueAt, Instant metAt, String endedAs) {}

  /**
   * How a clock was counted.
   *
   * @param from the name of the event it counts from
   * @param at when that happened
   * @param amberAt from when on it is said to be due soon
   */
  public record Counted(String from, Instant at, Instant amberAt) {}

  /**
   * The rule that a clock keeps, whatever is in force after its start.
   *
   * @param inWords the limit
   * @param table the table that it stands in, by its definition's id
   * @param escalateTo the manager who is asked first
   */
  public record Rule(String inWords, String table, DeadlineClass deadlineClass, String escalateTo) {}

  /**
   * A clock that runs beyond its due time, and what was done about it.
   *
   * @param asked the groups that were asked last, comma separated, and when; null while nobody was
   * @param agreed what a manager agreed last: what, until when, when and by whom; null where nothing was
   */
  public record Late(Running clock, String asked, Instant askedAt, String agreed, Instant newDate, Instant agreedAt, String agreedBy) {}

  /**
   * For whom what is late is looked up. Each of these adds to the others.
   *
   * @param teams whose families count, and those that move to one of them
   * @param user whose families count: as their lead professional, or with the enquiry; null for nobody
   * @param groups what they were asked about
   * @param instances the process instances in which something is theirs
   */
  public record Eyes(Collection<String> teams, String user, Collection<String> groups, Collection<String> instances) {}

  /** Goes along the index of what is open and due; each condition then looks one row up by an index of its own. */
  static final String LATE = """
      select c.*, s.asked, s.asked_at, a.agreed, a.new_date, a.answered_at, a.answered_by
      from clock c
      left join lateral (select asked, asked_at from escalation_step where clock_id = c.id order by level desc limit 1) s on true
      left join lateral (
        select agreed, new_date, answered_at, answered_by from escalation_answer
        where clock_id = c.id order by answered_at desc limit 1) a on true
      where c.ended_at is null and c.due_at < :now and (
        exists (select from case_person p join responsibility r on r.person_id = p.person_id and r.until is null
          where p.case_id = c.case_id and p.until is null and r.team = any (string_to_array(:teams, ',')))
        or exists (select from move m
          where m.case_id = c.case_id and not m.incoming and m.ended_at is null and m.team = any (string_to_array(:teams, ',')))
        or c.case_id is null and exists (select from contact k where k.id = c.contact_id and k.team = any (string_to_array(:teams, ',')))
        or exists (select from case_person p join lead_professional l on l.person_id = p.person_id and l.until is null
          where p.case_id = c.case_id and p.until is null and l.user_id = :user)
        or exists (select from enquiry q join enquiry_child k on k.enquiry_id = q.id and k.ended_at is null
          where q.case_id = c.case_id and q.worker = :user)
        or exists (select from escalation_step e where e.clock_id = c.id and string_to_array(e.asked, ',') && string_to_array(:groups, ','))
        or c.process_instance_id = any (string_to_array(:instances, ',')))
      order by c.due_at limit :most""";

  private final JdbcClient jdbc;

  Clocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Starts a clock.
   *
   * @param row the row of the obligation
   * @param counting the row that says when it is due: the same, or one that it chooses from
   * @param definition the table that both stand in
   */
  UUID start(DeadlineRow row, DeadlineRow counting, String definition, String processInstanceId, UUID contactId, UUID caseId,
      UUID subjectId, Instant countedFrom, Instant due, Instant amber, Instant now) {
    byTheCalendarInForce();
    UUID id = UUID.randomUUID();
    jdbc.sql("""
            insert into clock (id, process, obligation, process_instance_id, contact_id, case_id, subject_id, count_from,
              counted_from, due_at, amber_at, rule, class, basis, source, rule_definition, escalate_to, opened_at)
            values (:id, :process, :obligation, :instance, :contact, :case, :subject, :countFrom,
              :countedFrom, :due, :amber, :rule, :class, :basis, :source, :definition, :escalateTo, :now)""")
        .param("id", id).param("process", row.process()).param("obligation", row.obligation())
        .param("instance", processInstanceId)
        .param("contact", contactId).param("case", caseId).param("subject", subjectId)
        .param("countFrom", counting.countFrom()).param("countedFrom", Timestamp.from(countedFrom))
        .param("due", Timestamp.from(due)).param("amber", Timestamp.from(amber))
        .param("rule", rule(counting))
        .param("class", counting.deadlineClass().spelling())
        .param("basis", counting.basis().spelling()).param("source", counting.source())
        .param("definition", definition).param("escalateTo", counting.escalateTo()).param("now", Timestamp.from(now))
        .update();
    return id;
  }

  private static String rule(DeadlineRow row) {
    return row.limit() + (row.convention() == null ? "" : ", " + row.convention().inWords());
  }

  /** The clock of an id. */
  public Running get(UUID id) {
    return jdbc.sql("select * from clock where id = :id").param("id", id).query((row, n) -> running(row)).single();
  }

  /** The clocks of these ids, in no order. */
  public List<Running> all(Collection<UUID> ids) {
    return ids.isEmpty() ? List.of() : jdbc.sql("select * from clock where id in (:ids)").param("ids", ids)
        .query((row, n) -> running(row)).list();
  }

  /**
   * What is late now for somebody, the longest late first. It is read once for all their families, along the clocks that are late.
   *
   * @param most how many at most
   */
  public List<Late> late(Eyes eyes, Instant now, int most) {
    return jdbc.sql(LATE).param("now", Timestamp.from(now)).param("teams", String.join(",", eyes.teams()))
        .param("user", eyes.user()).param("groups", String.join(",", eyes.groups())).param("instances", String.join(",", eyes.instances()))
        .param("most", most)
        .query((row, n) -> new Late(running(row), row.getString("asked"), instant(row, "asked_at"), row.getString("agreed"),
            instant(row, "new_date"), instant(row, "answered_at"), row.getString("answered_by"))).list();
  }

  /** Whether a process of this name runs against a clock for a case. */
  public boolean running(String process, UUID caseId) {
    return jdbc.sql("select exists (select from clock where process = :process and case_id = :case and ended_at is null)")
        .param("process", process).param("case", caseId).query(Boolean.class).single();
  }

  /** The newest clock of an obligation about a subject, running or ended. */
  public Running newest(String obligation, UUID subjectId) {
    return jdbc.sql("select * from clock where obligation = :obligation and subject_id = :subject order by opened_at desc limit 1")
        .param("obligation", obligation).param("subject", subjectId).query((row, n) -> running(row)).single();
  }

  /** Whether an obligation about a subject was met by what was recorded at this moment or later. */
  public boolean metSince(String obligation, UUID subjectId, Instant recorded) {
    return jdbc.sql("""
            select exists (select from clock where obligation = :obligation and subject_id = :subject and ended_as = 'met'
              and met_recorded_at >= :recorded)""")
        .param("obligation", obligation).param("subject", subjectId).param("recorded", Timestamp.from(recorded))
        .query(Boolean.class).single();
  }

  /** Whether the clock of this obligation runs for a case. */
  public boolean running(String process, String obligation, UUID caseId) {
    return jdbc.sql("""
            select exists (select from clock where process = :process and obligation = :obligation and case_id = :case
              and ended_at is null)""")
        .param("process", process).param("obligation", obligation).param("case", caseId).query(Boolean.class).single();
  }

  /** The obligations inside this one that were met, of the same process and subject, the last one first. */
  List<Running> metInside(UUID id) {
    return jdbc.sql("""
            select i.* from clock o join clock i on i.process_instance_id = o.process_instance_id and i.id <> o.id
              and i.subject_id is not distinct from o.subject_id and i.opened_at >= o.opened_at and i.ended_as = 'met'
            where o.id = :id order by i.ended_at desc, i.opened_at desc""")
        .param("id", id).query((row, n) -> running(row)).list();
  }

  /** Every clock that still runs. */
  List<Running> open() {
    return jdbc.sql("select * from clock where ended_at is null order by due_at").query((row, n) -> running(row)).list();
  }

  /** The clocks of a subject, a contact, or a case, that still run or were met. */
  List<Running> of(UUID contactId, UUID caseId, UUID subjectId) {
    return jdbc.sql("""
            select * from clock where ended_as is distinct from 'withdrawn'
              and (subject_id = :subject or cast(:subject as uuid) is null
                and (contact_id = :contact or (cast(:contact as uuid) is null and case_id = :case)))""")
        .param("contact", contactId).param("case", caseId).param("subject", subjectId)
        .query((row, n) -> running(row)).list();
  }

  /**
   * The clocks of a contact and its family that still run or were met, and those about one of these subjects: where children have left
   * the case, their clocks have gone with them, and what happened before stays with the family.
   */
  List<Running> ofFamily(UUID contactId, UUID caseId, Collection<UUID> subjects) {
    return jdbc.sql("""
            select * from clock where ended_as is distinct from 'withdrawn' and (contact_id = :contact
              or case_id = any (array(select id from family_case where id = :case or joined_into = :case))
              or subject_id = any (cast(:subjects as uuid[]))) order by opened_at""")
        .param("contact", contactId).param("case", caseId).param("subjects", subjects.toArray(UUID[]::new))
        .query((row, n) -> running(row)).list();
  }

  /** The clocks that hold this one, of the same process and subject, and were met with it at that moment; this one first. */
  List<Running> metWith(UUID id, Instant metAt) {
    return jdbc.sql("""
            select o.* from clock o join clock i on i.id = :id and o.process_instance_id = i.process_instance_id
              and o.subject_id is not distinct from i.subject_id and o.opened_at <= i.opened_at
            where o.ended_as = 'met' and o.met_at = :met order by o.id <> i.id""")
        .param("id", id).param("met", Timestamp.from(metAt)).query((row, n) -> running(row)).list();
  }

  /** The clocks that run beyond their due time and of which no manager was told. */
  List<Running> missed(Instant dueBefore) {
    return jdbc.sql("""
            select * from clock c where ended_at is null and due_at < :before
              and not exists (select from escalation_step s where s.clock_id = c.id)""")
        .param("before", Timestamp.from(dueBefore)).query((row, n) -> running(row)).list();
  }

  /** The clocks of these process instances are about this case from now on. */
  public void belongTo(UUID caseId, List<String> processInstanceIds) {
    jdbc.sql("update clock set case_id = :case where process_instance_id in (:ids)").param("case", caseId)
        .param("ids", processInstanceIds).update();
  }

  /** Keeps which groups are asked about a late clock from now on; each asking has its level, once. */
  public void asked(UUID id, String groups, Instant at) {
    jdbc.sql("""
            insert into escalation_step (clock_id, level, asked, asked_at)
            select :clock, coalesce(max(level), 0) + 1, :asked, :at from escalation_step where clock_id = :clock""")
        .param("clock", id).param("asked", groups).param("at", Timestamp.from(at))
        .update();
  }

  /** Keeps what a manager agreed about a late clock, at the level that was asked last. */
  public void agreed(UUID id, String cause, String agreed, Instant newDate, Instant at, String by) {
    jdbc.sql("""
            insert into escalation_answer (clock_id, level, cause, agreed, new_date, answered_at, answered_by)
            select :clock, coalesce(max(level), 1), :cause, :agreed, :newDate, :at, :by from escalation_step where clock_id = :clock""")
        .param("clock", id).param("cause", cause).param("agreed", agreed).param("newDate", Timestamp.from(newDate))
        .param("at", Timestamp.from(at)).param("by", by)
        .update();
  }

  void met(UUID id, Instant metAt, Instant recordedAt) {
    jdbc.sql("""
            update clock set met_at = :met, met_recorded_at = :recorded, ended_at = :recorded, ended_as = 'met'
            where id = :id and ended_at is null""")
        .param("met", Timestamp.from(metAt)).param("recorded", Timestamp.from(recordedAt)).param("id", id).update();
  }

  void metCorrected(Running clock, Instant metAt, String why, Instant now) {
    jdbc.sql("update clock set met_at = :met where id = :id and ended_as = 'met'")
        .param("met", Timestamp.from(metAt)).param("id", clock.id()).update();
    changed(clock.id(), clock.dueAt(), clock.dueAt(), why, now);
  }

  void withdrawn(UUID id, Instant at) {
    jdbc.sql("update clock set ended_at = :at, ended_as = 'withdrawn' where id = :id and ended_at is null")
        .param("at", Timestamp.from(at)).param("id", id).update();
  }

  void moved(Running clock, DeadlineRow counting, Instant countedFrom, Instant due, Instant amber, String why, Instant now) {
    byTheCalendarInForce();
    jdbc.sql("""
            update clock set count_from = :countFrom, rule = :rule, class = :class, basis = :basis, source = :source,
              escalate_to = :escalateTo,
              counted_from = :counted, due_at = :due, amber_at = :amber where id = :id""")
        .param("countFrom", counting.countFrom()).param("rule", rule(counting)).param("class", counting.deadlineClass().spelling())
        .param("basis", counting.basis().spelling()).param("source", counting.source()).param("escalateTo", counting.escalateTo())
        .param("counted", Timestamp.from(countedFrom)).param("due", Timestamp.from(due))
        .param("amber", Timestamp.from(amber)).param("id", clock.id()).update();
    changed(clock.id(), clock.dueAt(), due, why, now);
  }

  /** A calendar that was corrected since our snapshot is a race lost: the row cannot be held, and what was counted is counted again. */
  private void byTheCalendarInForce() {
    jdbc.sql("select changed_at from calendar for share").query(Timestamp.class).single();
  }

  private void changed(UUID id, Instant was, Instant due, String why, Instant now) {
    jdbc.sql("insert into clock_change (clock_id, changed_at, was_due, now_due, why) values (:id, :now, :was, :due, :why)")
        .param("id", id).param("now", Timestamp.from(now)).param("was", Timestamp.from(was))
        .param("due", Timestamp.from(due)).param("why", why).update();
  }

  private static Running running(ResultSet row) throws SQLException {
    return new Running(row.getObject("id", UUID.class), row.getString("process"), row.getString("obligation"),
        row.getString("process_instance_id"), row.getObject("contact_id", UUID.class),
        row.getObject("case_id", UUID.class), row.getObject("subject_id", UUID.class),
        new Counted(row.getString("count_from"), instant(row, "counted_from"), instant(row, "amber_at")),
        new Rule(row.getString("rule"), row.getString("rule_definition"),
            DeadlineClass.valueOf(row.getString("class").toUpperCase(Locale.ROOT)), row.getString("escalate_to")),
        instant(row, "due_at"), instant(row, "met_at"), row.getString("ended_as"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stamp = row.getTimestamp(column);
    return stamp == null ? null : stamp.toInstant();
  }

  // When something happens to the whole case.

  /** Where a case is split, a clock follows its process: {@link #belongTo}. */
  @Override
  public Set<String> tables() {
    return Set.of("clock", "clock_change", "escalation_step", "escalation_answer");
  }

  @Override
  public void settled(UUID contact, UUID caseId) {
    jdbc.sql("update clock set case_id = :case where contact_id = :contact and case_id is null").param("case", caseId)
        .param("contact", contact).update();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update clock set case_id = :stays where case_id = :duplicate"));
  }
}
