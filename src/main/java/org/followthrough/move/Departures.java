package org.followthrough.move;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.followthrough.family.Chronology;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A family of ours that moves away: what we learned, what it means, what the others were told, and how it ended. */
@Component
public class Departures implements Dated {

  /** The message that begins a move. */
  public static final String MOVE_LEARNED = "MoveLearned";

  /**
   * What was learned of a move.
   *
   * @param destination team, england-or-wales, scotland, northern-ireland, abroad or not-known
   * @param staysUntil how long they mean to be away; null where nobody knows, or for good
   * @param team the team they go to, within the authority; else null
   * @param authority where they go: a code of the address book or a name; null within the authority and while not known
   * @param movesOn the day they move or moved; null while nobody knows
   */
  public record Going(String destination, boolean onlyForATime, LocalDate staysUntil, String team, String authority,
      boolean connected, Instant learnedAt, String learnedFrom, LocalDate movesOn, String address, String why) {}

  /** What a move means (learning points ). */
  public record Weighed(String distance, String supportLost, String newServices, String appointments, String networkThen,
      String risk, String comesTo) {}

  private final JdbcClient jdbc;
  private final Moves moves;
  private final Families families;
  private final Persons persons;
  private final Chronology chronology;

  Departures(JdbcClient jdbc, Moves moves, Families families, Persons persons, Chronology chronology) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.families = families;
    this.persons = persons;
    this.chronology = chronology;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Move learned", learned -> {
      learned.notAfter(learned.found("select least(called_at, weighed_at, pack_sent_at) from move where id = :subject").orElse(null),
          "We would learn of the move after we acted on it.");
      learned.with("Move learned", "Family missing", "Tracing looked at", "Whereabouts learned", "Stay begun");
    });
  }

  /**
   * Begins a move of these children. Between authorities a child under an order of the court stays ours, whatever is accepted
   * elsewhere (process rules 1.7); an order binds the authority and not one of its teams.
   *
   * @return the move
   * @throws Refusal when a child is on the move already, or is another authority's
   */
  public UUID begin(UUID caseId, List<UUID> children, Going going, Instant at, String by) {
    families.lock(caseId);
    if (jdbc.sql("""
            select exists (select from move_child c join move m on m.id = c.move_id where c.person_id in (:children) and m.ended_at is null
              and not m.incoming)""")
        .param("children", children).query(Boolean.class).single()) {
      throw new Refusal("children", "One of these children is on the move already. What is new belongs to that move; "
          + "or it is ended first.");
    }
    if (jdbc.sql("select exists (select from responsibility where person_id in (:children) and until is null and authority is not null)")
        .param("children", children).query(Boolean.class).single()) {
      throw new Refusal("children", "Another authority is responsible for one of these children. Tell them at once: "
          + "the move is theirs to hand over.");
    }
    UUID id = UUID.randomUUID();
    moves.leaving(id, caseId, children, going);
    Chronology.Line learned = Chronology.Line.fact(null, caseId, null, "Move learned", at, by, going.why()).about(id)
        .happened(going.learnedAt());
    chronology.add(learned);
    if (going.destination().equals(Moves.NOT_KNOWN)) {
      chronology.add(learned.named("Family missing"));
      chronology.add(learned.named("Tracing looked at"));
    } else {
      chronology.add(learned.named("Whereabouts learned"));
    }
    return id;
  }

  /** What was weighed up of a move; empty before. */
  public Optional<Weighed> weighed(UUID move) {
    return jdbc.sql("""
            select distance, support_lost, new_services, appointments, network_then, risk, comes_to from move where id = :id
              and weighed_at is not null""")
        .param("id", move).query(Weighed.class).optional();
  }

  // What the record knows that lies ahead, and behind ---------------------------------------------------------------------------

  /**
   * What is planned for a family from a moment on, a line to each: meetings, visits that fall due, and what a conference named not to be
   * missed.
   */
  public List<String> ahead(UUID caseId, Instant from) {
    List<String> lines = new ArrayList<>();
    jdbc.sql("select kind, planned_at from meeting where case_id = :case and held_at is null and ended_as is null "
        + "and planned_at >= :from order by planned_at")
        .param("case", caseId).param("from", Timestamp.from(from))
        .query(row -> {
          lines.add(Words.moment(Rows.instant(row, "planned_at")) + ": " + Words.spoken(row.getString("kind")));
        });
    jdbc.sql("""
            select p.person_id, c.due_at from clock c join plan p on p.id = c.subject_id
            where c.case_id = :case and c.obligation = 'VisitChild' and c.ended_at is null order by c.due_at""")
        .param("case", caseId)
        .query(row -> {
          lines.add("By " + Words.moment(Rows.instant(row, "due_at")) + ": visit to "
              + persons.name(row.getObject("person_id", UUID.class)));
        });
    jdbc.sql("""
            select c.must_not_miss from conference c join meeting m on m.id = c.meeting_id
            where m.case_id = :case and c.must_not_miss is not null and m.held_at is not null order by m.held_at desc limit 1""")
        .param("case", caseId).query(String.class).optional().ifPresent(named -> lines.add("Not to be missed: " + named));
    return lines;
  }

  /** How many workers each of these children has had, a line to each, with the reason for the last change (learning point P-31). */
  public List<String> workers(List<UUID> children) {
    return children.stream().map(child -> jdbc.sql("""
            select count(*) as had, (array_agg(why order by since desc))[1] as why from (
              select user_id, since, why, lag(user_id) over (order by since) as before from lead_professional
                where person_id = :child) named
            where user_id is distinct from before""")
        .param("child", child)
        .query((row, n) -> persons.name(child) + ": " + (row.getInt("had") == 0 ? "no social worker was named yet"
            : row.getInt("had") == 1 ? "this is the first social worker" : "this is social worker number " + row.getInt("had")
            + ", because: " + row.getString("why")))
        .single()).toList();
  }

  // What the other side needs to know at once ------------------------------------------------------------------------------------

  /** The adults who live with the children: who goes along, unless somebody says otherwise. */
  public List<UUID> adultsAtHome(UUID caseId) {
    return jdbc.sql("""
            select c.person_id from case_person c join person p on p.id = c.person_id
            where c.case_id = :case and not c.child and c.until is null and p.died_on is null and c.lives = 'with-the-children'
              order by c.person_id""")
        .param("case", caseId).query(UUID.class).list();
  }

  /** Whether one of these children has a plan of protection. */
  public boolean planned(List<UUID> children) {
    return jdbc.sql("select exists (select from plan where person_id in (:children) and kind = 'child-protection' and ended_on is null)")
        .param("children", children).query(Boolean.class).single();
  }

  /** When the enquiry was decided on that runs for one of these children, the earliest; empty where none runs. */
  public Optional<Instant> enquiryDecided(List<UUID> children) {
    return jdbc.sql("select min(begun_at) from enquiry_child where person_id in (:children) "
        + "and ended_at is null having min(begun_at) is not null")
        .param("children", children).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /**
   * From when the working days of an initial conference count that is called for this family and not held: a move in the middle
   * does not begin them anew. Empty where none is.
   */
  public Optional<Instant> conferenceCountedFrom(UUID caseId) {
    return jdbc.sql("""
            select min(c.counted_from) from clock c join meeting m on m.id = c.subject_id
            where m.case_id = :case and m.kind in ('initial-conference', 'pre-birth-conference') and m.held_at is null
              and m.ended_as is null
              and c.obligation = 'HoldConference' and c.ended_at is null having min(c.counted_from) is not null""")
        .param("case", caseId).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** The children of a move in words, each with what keeps responsibility for them here. */
  public List<String> inWords(List<Moves.Moving> children) {
    return children.stream().flatMap(child -> child.personId() == null ? Stream.<String>empty()
        : Stream.of(persons.name(child.personId()) + (child.staysBecause() == null ? ""
            : " (stays our responsibility: " + child.staysBecause() + ")"))).toList();
  }
}
