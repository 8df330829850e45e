package org.followthrough.exchange;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.followthrough.family.Persons;
import org.followthrough.move.Messages;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the other side of a move must be told because of what the record says, whoever wrote it and in whichever process: when
 * our conference meets, what it decided, that we wait for them, that we protect a child whom they hold.
 */
@Component
public class Outgoing {

  /** The tiers whom they may be asked at, lowest first. */
  private static final List<String> TIERS = List.of("team-manager", "service-manager", "head-of-service");

  /**
   * A message that is to be sent.
   *
   * @param told what it tells of; the same is never told twice
   */
  public record Word(UUID move, String type, String told, Map<String, Object> fields) {}

  private final JdbcClient jdbc;
  private final Persons persons;

  Outgoing(JdbcClient jdbc, Persons persons) {
    this.jdbc = jdbc;
    this.persons = persons;
  }

  /** Everything that is to be told and was not yet. */
  public List<Word> words() {
    return Stream.of(conferenceDates(), conferenceOutcomes(), chases(), protecting()).flatMap(List::stream).toList();
  }

  /** Our own conference of an arriving family; where it was not quorate, the one that takes its place. */
  private static final String OUR_CONFERENCES = """
      with recursive conferences as (
        select m.id as move, x.* from move m join meeting x on x.id = m.conference_id where m.incoming and m.connected
          and m.ended_at is null
        union all
        select c.move, n.* from conferences c join meeting n on n.follows = c.id and c.held_at is null)
      """;

  private List<Word> conferenceDates() {
    return jdbc.sql(OUR_CONFERENCES + """
            , dated as (
              select c.move, c.planned_at, c.how, to_char(c.planned_at at time zone 'Europe/London', 'YYYY-MM-DD"T"HH24:MI') as meets,
                c.id || ' ' || to_char(c.planned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') || ' #'
                  || (select count(*) + 1 from outbox o where o.move_id = c.move and o.type = 'conference-date') as told,
                (select o.body::jsonb #>> '{fields,conferenceAt}' from outbox o where o.move_id = c.move and o.type = 'conference-date'
                  order by o.posted_at desc, nullif(split_part(o.told, '#', 2), '')::int desc nulls last limit 1) as told_last
              from conferences c where c.planned_at is not null and c.ended_as is null
                and not exists (select from conferences later where later.follows = c.id and later.planned_at is not null))
            select * from dated where told_last is distinct from meets""")
        .query((row, n) -> new Word(row.getObject("move", UUID.class), "conference-date", row.getString("told"),
            fields("conferenceAt", row.getString("meets"), "conferencePlace", place(row.getString("how"))))).list();
  }

  /** {@code in-person, Town hall} as people say it. */
  private static String place(String how) {
    String[] said = how.split(", ", 2);
    return Words.sentence(said[0]) + (said.length == 1 ? "" : ", " + said[1]);
  }

  private List<Word> conferenceOutcomes() {
    return jdbc.sql(OUR_CONFERENCES + """
            select c.move, c.id::text as meeting, c.held_at, array_agg(o.person_id order by o.person_id) as children,
              array_agg(o.outcome || coalesce(', ' || o.category, '') order by o.person_id) as outcomes
            from conferences c join move_child k on k.move_id = c.move and k.stays_because is null
            left join meeting_outcome o on o.meeting_id = c.id and o.person_id = k.person_id
            where c.held_at is not null
              and not exists (select from outbox b where b.move_id = c.move and b.type = 'conference-outcome' and b.told = c.id::text)
            group by c.move, c.id, c.held_at having count(*) = count(o.person_id)""")
        .query((row, n) -> new Word(row.getObject("move", UUID.class), "conference-outcome", row.getString("meeting"),
            fields("conferenceOutcome", outcomes(row), "happenedAt", Messages.moment(Rows.instant(row, "held_at"))))).list();
  }

  private String outcomes(ResultSet row) throws SQLException {
    Object[] children = (Object[]) row.getArray("children").getArray();
    Object[] outcomes = (Object[]) row.getArray("outcomes").getArray();
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < children.length; i++) {
      said.append(i == 0 ? "" : "\n").append(persons.name((UUID) children[i])).append(": ").append(Words.spoken((String) outcomes[i]));
    }
    return said.toString();
  }

  /** Each time somebody here is asked about a word of theirs that is late, somebody there of the same tier is asked too. */
  private List<Word> chases() {
    return jdbc.sql("""
            select m.id as move, k.id || ' ' || s.level as told, s.asked, k.obligation, k.counted_from
            from move m join clock k on k.subject_id = m.id and k.ended_at is null join escalation_step s on s.clock_id = k.id
            where m.connected and m.ended_at is null
              and (k.process, k.obligation, m.incoming) in (('authority-transfer', 'RecordReceipt', false),
                ('authority-transfer', 'RecordAnswer', false),
                ('authority-transfer', 'RecordConferenceDate', false), ('authority-transfer', 'RecordConferenceOutcome', false),
                ('authority-transfer', 'RecordAcceptance', false), ('read-back', 'WriteUnderstanding', false),
                  ('read-back', 'ConfirmUnderstanding', true),
                ('family-arrival', 'TakeInPack', true), ('acceptance', 'RecordHandingOver', true))
              and not exists (select from outbox o where o.move_id = m.id and o.type = 'chase' and o.told = k.id || ' ' || s.level)
            order by s.asked_at""")
        .query((row, n) -> new Word(row.getObject("move", UUID.class), "chase", row.getString("told"),
            fields("waitsFor", Words.label(row.getString("obligation")), "since", Messages.moment(Rows.instant(row, "counted_from")),
                "level", tier(row.getString("asked"))))).list();
  }

  /** The highest tier among the groups that are asked. */
  private static String tier(String asked) {
    List<String> roles = Arrays.stream(asked.split(",")).map(group -> group.substring(group.indexOf('.') + 1)).toList();
    return TIERS.stream().filter(roles::contains).reduce(TIERS.get(0), (lower, higher) -> higher);
  }

  /**
   * Who protects a child tells the one who holds the child at once (process rules 1.1); only the children whom it is about. An index
   * has exactly these entries of the chronology, because this is asked every second.
   */
  private List<Word> protecting() {
    return jdbc.sql("""
            select m.id as move, e.id::text as told, e.what, e.happened_at, array_agg(c.their_id order by c.their_id) as children
            from responsibility r join move_child c on c.person_id = r.person_id
            join move m on m.id = c.move_id and m.authority = r.authority and m.connected
            join chronology_entry e on e.case_id = r.case_id and e.recorded_at >= r.since and (e.person_id is null
              or e.person_id = r.person_id)
            where r.until is null and r.authority is not null and e.authority is null and e.corrects is null
              and e.what in ('Strategy discussion called', 'Enquiry decided', 'Protection arranged')
              and (e.what <> 'Protection arranged' or exists (select from protection p where p.need_id = e.subject_id
                and p.person_id = r.person_id))
              and (e.what <> 'Enquiry decided' or exists (select from enquiry_child q where q.enquiry_id = e.subject_id
                and q.person_id = r.person_id))
              and not exists (select from move_child d join move later on later.id = d.move_id and later.authority = r.authority
                and later.connected
                where d.person_id = r.person_id and later.learned_at > m.learned_at)
              and not exists (select from outbox o where o.move_id = m.id and o.type = 'protecting' and o.told = e.id::text)
            group by m.id, e.id""")
        .query((row, n) -> new Word(row.getObject("move", UUID.class), "protecting", row.getString("told"),
            fields("what", row.getString("what"), "children", texts(row.getArray("children")),
                "happenedAt", Messages.moment(Rows.instant(row, "happened_at"))))).list();
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(Object::toString).toList();
  }

  private static Map<String, Object> fields(Object... pairs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1]);
    }
    return fields;
  }
}
