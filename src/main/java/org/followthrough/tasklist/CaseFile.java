package org.followthrough.tasklist;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.move.pack.Elsewhere;
import org.followthrough.page.Answer;
import org.followthrough.page.Rows;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The case as it is read: children and household, open clocks, chronology. Every reading is written down. */
@Component
public class CaseFile implements CaseRecords {

  /** The line on a task's card. */
  public record Card(List<String> children, String reference) {}

  /** The same of one case among many, with the teams that may see it: those that hold it, and one to which it moves. */
  public record Held(UUID caseId, Card card, List<String> teams) {}

  /**
   * A child with what is true of this child alone.
   *
   * @param heldBy the other authority that holds the child while the team works with them here; null where we do
   */
  public record Child(UUID id, String name, LocalDate born, LocalDate expected, String age, String episode, String lead,
      String team, String heldBy, LocalDate died, String legalStatus) {}

  /** Somebody in or around the household. */
  public record Member(UUID id, String name, String relation, String lives, String language, boolean interpreter,
      List<String> notes) {}

  /** The row of the table of deadlines that a clock counts by: the limit in words, where it comes from (source or null), its class. */
  public record Limit(String rule, String basis, String source, String grave) {}

  /**
   * A clock with the limit that explains it.
   *
   * @param lateBy by how much it was met late, or is late, in words; null where it is not, and until {@link File#late} has said it
   */
  public record Counted(UUID id, String what, String state, Instant due, Instant met, String countedFrom,
      Instant countedFromAt, @JsonUnwrapped Limit limit, String lateBy, String escalatedTo, List<String> changes) {

    private Counted late(String by) {
      return new Counted(id, what, state, due, met, countedFrom, countedFromAt, limit, by, escalatedTo, changes);
    }
  }

  /** What took an entry's place. */
  public record Correction(String reason, String by, Instant at, Instant was) {}

  /**
   * A line of the chronology.
   *
   * @param authority whose it is; null for our own
   */
  public record Line(UUID id, String authority, String what, Instant happened, Instant recorded, String recordedBy, String onBehalfOf,
      String nature, String text, List<Answer> fields, Correction corrected, boolean late) {}

  /** Another case that belongs with this one. */
  public record Linked(String reference, String why) {}

  /** What a case answers to: its own reference, or its contact's, those of the cases joined into it, those of its contacts. */
  public record References(String reference, List<String> aliases, List<String> contacts) {}

  /** The family: its children, and who else lives in the household or around it. */
  public record Family(List<Child> children, List<Member> household) {}

  /** Everything a worker sees of a case. */
  public record File(@JsonUnwrapped References references, String team, boolean mayChange,
      List<Proceedings.Protected> protections, List<Proceedings.Planned> plans, @JsonUnwrapped Family family,
      List<Proceedings.Meeting> meetings, List<Elsewhere.From> elsewhere, List<Elsewhere.Made> packs, List<Counted> clocks,
      List<Line> chronology, List<Linked> linked) {

    /** The same, with how late each clock is that was met late or still runs: the record keeps no calendar of working days. */
    public File late(Function<Counted, String> by) {
      return new File(references, team, mayChange, protections, plans, family, meetings, elsewhere, packs,
          clocks.stream().map(one -> Set.of(LATE, MET_LATE).contains(one.state) ? one.late(by.apply(one)) : one).toList(),
          chronology, linked);
    }
  }

  private static final String LATE = "late";
  private static final String MET_LATE = "met late";
  private static final Duration RECORDED_LATE = Duration.ofHours(24);

  private final JdbcClient jdbc;
  private final Persons persons;
  private final Families families;
  private final Chronology chronology;
  private final Proceedings proceedings;
  private final Elsewhere elsewhere;
  private final Clock clock;

  CaseFile(JdbcClient jdbc, Persons persons, Families families, Chronology chronology,
      Proceedings proceedings, Elsewhere elsewhere, Clock clock) {
    this.jdbc = jdbc;
    this.persons = persons;
    this.families = families;
    this.chronology = chronology;
    this.proceedings = proceedings;
    this.elsewhere = elsewhere;
    this.clock = clock;
  }

  /** The card line of a case or contact: first names and reference, for everybody who has a task on it. */
  public Card card(UUID caseId, UUID contactId) {
    String sql = caseId != null
        ? """
          select coalesce(nullif(n.first_name, ''), case when p.expected_on is null then 'Name not known' else 'Unborn child' end)
          from case_person c join person p on p.id = c.person_id
          left join person_name n on n.person_id = p.id and n.position = 1
          where c.case_id = :id and c.child and c.until is null order by p.born_on nulls last, n.first_name"""
        : """
          select coalesce(nullif(c.typed ->> 'firstName', ''), case when c.typed ->> 'kind' = 'unborn' then 'Unborn child'
            else 'Name not known' end)
          from contact_person c where c.contact_id = :id and c.child order by position""";
    String reference = caseId != null ? families.reference(caseId)
        : jdbc.sql("select reference from contact where id = :id").param("id", contactId).query(String.class).single();
    return new Card(jdbc.sql(sql).param("id", caseId != null ? caseId : contactId).query(String.class).list(), reference);
  }

  /** The card lines of many cases at once, each with the teams that hold it. */
  public List<Held> cards(Collection<UUID> caseIds) {
    return caseIds.isEmpty() ? List.of() : jdbc.sql("""
            select f.id, f.reference,
              array(select coalesce(nullif(n.first_name, ''), case when p.expected_on is null then 'Name not known' else 'Unborn child' end)
                from case_person c join person p on p.id = c.person_id left join person_name n on n.person_id = p.id and n.position = 1
                where c.case_id = f.id and c.child and c.until is null order by p.born_on nulls last, n.first_name) as children,
              array(select r.team from responsibility r join case_person c on c.person_id = r.person_id and c.until is null
                where c.case_id = f.id and r.until is null
                union select m.team from move m where m.case_id = f.id and m.team is not null and not m.incoming
                  and m.ended_at is null) as teams
            from family_case f where f.id in (:ids)""")
        .param("ids", caseIds)
        .query((row, n) -> new Held(row.getObject("id", UUID.class), new Card(List.of((String[]) row.getArray("children").getArray()),
            row.getString("reference")), List.of((String[]) row.getArray("teams").getArray()))).list();
  }

  /** The cases that answer to a reference, their own, an alias or a contact's, or to a name like the one asked for. */
  public List<UUID> find(String text) {
    return families.idOf(text.toUpperCase(Locale.ROOT)).map(List::of).orElseGet(() -> jdbc.sql("""
            select case_id from contact where reference = upper(:text) and case_id is not null
            union all
            (select c.case_id from (
              select person_id, public.word_similarity(plain_name(:text), plain_name(first_name || ' ' || last_name)) as alike
              from person_name where plain_name(:text) operator(public.<%) plain_name(first_name || ' ' || last_name)) n
            join case_person c on c.person_id = n.person_id and c.until is null
            group by c.case_id order by max(n.alike) desc limit 100)""")
        .param("text", text).query(UUID.class).list());
  }

  /**
   * Opens the file of a case, or of a contact whose family is not known, and writes down who did. Whether they may is the
   * caller's question.
   *
   * @param names from a user's id to the name on screen
   * @param authorities from an authority's code to its name
   * @param team the holding team's name
   */
  public File open(UUID caseId, UUID contactId, String reader, String team, boolean mayChange, UnaryOperator<String> names,
      UnaryOperator<String> authorities) {
    looked(reader, "case file", contactId, caseId);
    return new File(new References(card(caseId, contactId).reference(),
            strings("select reference from family_case where joined_into = :case order by 1", caseId, contactId),
            strings("select reference from contact where case_id = :case or id = :contact order by 1", caseId, contactId)),
        team, mayChange, proceedings.protections(caseId), proceedings.plans(caseId),
        new Family(children(caseId, names, authorities), household(caseId)), proceedings.meetings(caseId, names),
        elsewhere.of(caseId, authorities), elsewhere.packs(caseId, names, authorities), clocks(caseId, contactId),
        lines(caseId, contactId, names, authorities),
        jdbc.sql("select f.reference, l.why from case_link l join family_case f on f.id = l.other_id where l.case_id = :case")
            .param("case", caseId).query(Linked.class).list());
  }

  /** Writes down that somebody looked at what the record holds of a family. */
  public void looked(String reader, String what, UUID contactId, UUID caseId) {
    jdbc.sql("insert into read_audit (user_id, read_at, what, contact_id, case_id) values (:user, :at, :what, :contact, :case)")
        .param("user", reader).param("at", Timestamp.from(clock.instant())).param("what", what).param("contact", contactId)
        .param("case", caseId).update();
  }

  /** Writes the same down of many cases at once. */
  public void looked(String reader, String what, Collection<UUID> caseIds) {
    if (!caseIds.isEmpty()) {
      jdbc.sql("insert into read_audit (user_id, read_at, what, case_id) select :user, :at, :what, id from family_case where id in (:ids)")
          .param("user", reader).param("at", Timestamp.from(clock.instant())).param("what", what).param("ids", caseIds).update();
    }
  }

  private List<String> strings(String sql, UUID caseId, UUID contactId) {
    return jdbc.sql(sql).param("case", caseId).param("contact", contactId).query(String.class).list();
  }

  private List<Child> children(UUID caseId, UnaryOperator<String> names, UnaryOperator<String> authorities) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), Submission.LONDON);
    return jdbc.sql("""
            select p.*, e.referred_at, l.user_id as lead, r.team, r.authority, s.status
            from case_person c join person p on p.id = c.person_id
            left join episode e on e.person_id = p.id and e.closed_at is null
            left join lead_professional l on l.person_id = p.id and l.until is null
            left join responsibility r on r.person_id = p.id and r.until is null
            left join lateral (select string_agg(status, '; ' order by since) as status from legal_status where person_id = p.id
              and until is null) s on true
            where c.case_id = :id and c.child and c.until is null order by p.born_on nulls last""")
        .param("id", caseId)
        .query((row, n) -> {
          LocalDate born = row.getObject("born_on", LocalDate.class);
          LocalDate died = row.getObject("died_on", LocalDate.class);
          Timestamp referred = row.getTimestamp("referred_at");
          return new Child(row.getObject("id", UUID.class), persons.name(row.getObject("id", UUID.class)), born,
              row.getObject("expected_on", LocalDate.class),
              born == null ? Words.age(row) : Words.age(born, died == null ? today : died),
              referred == null ? "no open episode" : "open, referred on " + Words.date(referred.toInstant()),
              row.getString("lead") == null ? null : names.apply(row.getString("lead")), Words.sentence(row.getString("team")),
              row.getString("authority") == null ? null : authorities.apply(row.getString("authority")), died, row.getString("status"));
        }).list();
  }

  private List<Member> household(UUID caseId) {
    return jdbc.sql("""
            select c.relation, c.lives, p.* from case_person c join person p on p.id = c.person_id
            where c.case_id = :id and not c.child and c.until is null order by c.lives, c.relation""")
        .param("id", caseId)
        .query((row, n) -> {
          List<String> notes = new ArrayList<>();
          if (row.getBoolean("address_protected")) {
            notes.add("Address must not be disclosed");
          }
          if (row.getString("advocate") != null) {
            notes.add("Advocate: " + row.getString("advocate"));
          }
          if (row.getString("format") != null && !"standard".equals(row.getString("format"))) {
            notes.add("Needs " + Words.spoken(row.getString("format")));
          }
          return new Member(row.getObject("id", UUID.class), persons.name(row.getObject("id", UUID.class)),
              Words.sentence(row.getString("relation")), Words.spoken(row.getString("lives")), row.getString("language"),
              row.getBoolean("interpreter"), notes);
        }).list();
  }

  private List<Counted> clocks(UUID caseId, UUID contactId) {
    Instant now = clock.instant();
    return jdbc.sql("""
            select c.*, (select s.asked from escalation_step s where s.clock_id = c.id order by level desc limit 1) as asked
            from clock c where c.case_id = :case or (cast(:case as uuid) is null and c.contact_id = :contact)
            order by c.ended_at nulls first, c.due_at""")
        .param("case", caseId).param("contact", contactId)
        .query((row, n) -> {
          UUID id = row.getObject("id", UUID.class);
          Instant due = Rows.instant(row, "due_at");
          Instant met = Rows.instant(row, "met_at");
          Instant metRecorded = Rows.instant(row, "met_recorded_at");
          String state = state(row.getString("ended_as"), due, met, metRecorded, now);
          return new Counted(id, Words.label(row.getString("obligation")),
              state, due, met, row.getString("count_from"), Rows.instant(row, "counted_from"),
              new Limit(row.getString("rule"), row.getString("basis"), row.getString("source"), row.getString("class")), null,
              row.getString("asked") == null ? null : Words.sentence(row.getString("asked").replace(".", " ").replace(",", ", ")),
              jdbc.sql("select * from clock_change where clock_id = :id order by changed_at").param("id", id)
                  .query((change, m) -> changed(Rows.instant(change, "changed_at"), Rows.instant(change, "was_due"),
                      Rows.instant(change, "now_due"))
                      + ": " + change.getString("why")).list());
        }).list();
  }

  private static String changed(Instant at, Instant was, Instant due) {
    return was.equals(due) ? "Corrected on " + Words.date(at)
        : "Moved on " + Words.date(at) + " from " + Words.moment(was) + " to " + Words.moment(due);
  }

  /** "Met in time, recorded late" is a state of its own: the work was done, only the writing was not. */
  static String state(String endedAs, Instant due, Instant met, Instant metRecorded, Instant now) {
    if ("withdrawn".equals(endedAs)) {
      return "withdrawn";
    }
    if (met == null) {
      return now.isAfter(due) ? LATE : "open";
    }
    if (met.isAfter(due)) {
      return MET_LATE;
    }
    return metRecorded.isAfter(due) ? "met in time, recorded late" : "met";
  }

  private List<Line> lines(UUID caseId, UUID contactId, UnaryOperator<String> names, UnaryOperator<String> authorities) {
    return jdbc.sql("""
            select e.*, old.happened_at as was from chronology_entry e
            left join chronology_entry old on old.id = e.corrects
            where (e.case_id = any (array(select id from family_case where id = :case or joined_into = :case))
                or (cast(:case as uuid) is null and e.contact_id = :contact)
                or e.case_id = any (array(select o.id from family_case f join family_case o on f.split_from in (o.id, o.joined_into)
                    where f.id = :case))
                  and e.position < (select split_after from family_case where id = :case)
                  and (e.person_id is null or e.person_id in (select person_id from case_person where case_id = :case)))
              and not exists (select from chronology_entry newer where newer.corrects = e.id)
            order by e.happened_at desc, e.position desc""")
        .param("case", caseId).param("contact", contactId)
        .query((row, n) -> {
          Instant happened = Rows.instant(row, "happened_at");
          Instant recorded = Rows.instant(row, "recorded_at");
          String why = row.getString("correction_why");
          String behalf = row.getString("on_behalf_of");
          String authority = row.getString("authority");
          // others have written names down, not users of ours
          String by = authority == null ? names.apply(row.getString("recorded_by")) : row.getString("recorded_by");
          return new Line(row.getObject("id", UUID.class), authority == null ? null : authorities.apply(authority),
              row.getString("what"), happened, recorded, by, behalf == null ? null
                  : behalf + (row.getString("on_behalf_how") == null ? "" : ", " + Words.spoken(row.getString("on_behalf_how"))),
              row.getString("nature"), row.getString("words"), chronology.fields(row.getString("fields")),
              why == null ? null : new Correction(why, by, recorded, Rows.instant(row, "was")),
              Duration.between(happened, recorded).compareTo(RECORDED_LATE) > 0);
        }).list();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("read_audit");
  }

  @Override
  public Map<String, String> staysWhenJoined() {
    return Map.of("read_audit", "Who looked at which file stays as it was.");
  }
}
