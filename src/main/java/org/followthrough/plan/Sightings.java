package org.followthrough.plan;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.followthrough.deadline.Planned;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.page.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who saw a child when, and how: for an enquiry, on a visit, or because another agency did. */
@Component
public class Sightings implements CaseRecords, Dated, Planned {

  /**
   * One visit, or one attempt.
   *
   * @param during the enquiry or plan for which we went; null where another agency saw the child anyway
   * @param byAgency {@code social-care}, or who else
   * @param notSeenWhy null when the child was seen
   */
  public record Sighting(UUID personId, UUID caseId, UUID during, String byAgency, String byWhom, Instant at, boolean seen,
      String notSeenWhy, Boolean alone, String notAloneWhy, Boolean bedroom, String ownWords) {}

  private static final String OTHERS = """
      select %s(s.at) from sighting s join plan p on p.person_id = s.person_id
      where p.id = :subject and s.seen and s.by_agency = 'social-care' and s.recorded_at <> :recorded and %s""";

  private static final String LAST_SEEN = "child last seen";
  private static final String LAST_SEEN_BY_ANYONE = "child last seen by anyone";

  private final JdbcClient jdbc;

  Sightings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    Consumer<Correction> seen = visit -> visit.move("update sighting set at = :now where during = :subject and recorded_at = :recorded "
        + "and at = :was");
    return Map.of(Events.CHILD_SEEN, seen, Events.CHILD_NOT_MET, seen, Events.ACCESS_REFUSED, seen, "Child not seen", seen,
        "Child visited", visit -> {
      // whether a visit met its date was decided by the visits that were known then
      visit.notBefore(visit.found(OTHERS.formatted("max", "s.at <= :was")).orElse(null),
          "It would lie before another visit to this child.");
      visit.notAfter(visit.found(OTHERS.formatted("min", "s.at > :was")).orElse(null), "It would lie after another visit to this child.");
      visit.notBefore(visit.found("select held_at from meeting m join plan p on p.begun_by = m.id where p.id = :subject").orElse(null),
          "This lies before the conference that began the plan.");
      seen.accept(visit);
    }, Events.CHILD_SEEN_BY_ANOTHER_AGENCY, visit ->
        visit.move("update sighting set at = :now where during is null and person_id = :person and recorded_at = :recorded and at = :was"));
  }

  public void record(Sighting one, Instant recordedAt, String by) {
    jdbc.sql("""
            insert into sighting (person_id, case_id, during, by_agency, by_whom, at, seen, not_seen_why, alone, not_alone_why, bedroom,
              own_words,
              recorded_at, recorded_by)
            values (:person, :case, :during, :agency, :whom, :at, :seen, :notSeen, :alone, :notAlone, :bedroom, :words, :recorded, :by)""")
        .param("person", one.personId()).param("case", one.caseId()).param("during", one.during()).param("agency", one.byAgency())
        .param("whom", one.byWhom()).param("at", Timestamp.from(one.at())).param("seen", one.seen()).param("notSeen", one.notSeenWhy())
        .param("alone", one.alone()).param("notAlone", one.notAloneWhy()).param("bedroom", one.bedroom()).param("words", one.ownWords())
        .param("recorded", Timestamp.from(recordedAt)).param("by", by).update();
  }

  /** The visits and attempts to a child, newest first. */
  public List<Sighting> of(UUID child) {
    return jdbc.sql("select * from sighting where person_id = :child order by at desc, recorded_at desc").param("child", child)
        .query((row, n) -> new Sighting(child, row.getObject("case_id", UUID.class), row.getObject("during", UUID.class),
            row.getString("by_agency"), row.getString("by_whom"), Rows.instant(row, "at"), row.getBoolean("seen"),
            row.getString("not_seen_why"), row.getObject("alone", Boolean.class),
            row.getString("not_alone_why"), row.getObject("bedroom", Boolean.class), row.getString("own_words"))).list();
  }

  /**
   * Whether a visit at that time was the newest of ours to the child of a plan; what is written down of an earlier one, after
   * a later one, puts no date off.
   */
  public boolean newest(UUID plan, Instant at) {
    return lastSeen(plan, true).filter(seen -> seen.isAfter(at)).isEmpty();
  }

  /**
   * When the child of a plan was last seen, or its conference, where the child was not seen since.
   *
   * @param byUs only by a social worker, or by whichever agency
   */
  public Optional<Instant> lastSeen(UUID plan, boolean byUs) {
    return lastSeen(plan, byUs, null);
  }

  /** The same by what was recorded before a moment; null where everything counts. */
  Optional<Instant> lastSeen(UUID plan, boolean byUs, Instant recordedBefore) {
    return jdbc.sql("""
            select greatest((select held_at from meeting where id = p.begun_by), (select max(at) from sighting s
              where s.person_id = p.person_id and s.seen and (s.by_agency = 'social-care' or not :byUs)
                and s.recorded_at < coalesce(cast(:before as timestamptz), 'infinity')))
            from plan p where p.id = :plan""")
        .param("plan", plan).param("byUs", byUs).param("before", recordedBefore == null ? null : Timestamp.from(recordedBefore))
        .query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("sighting");
  }

  @Override
  public Map<String, String> staysWhenSplit() {
    return Map.of("sighting", "Who saw a child is read by the child, in whichever case.");
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update sighting set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public Map<String, BiFunction<UUID, UUID, Optional<Instant>>> states() {
    return Map.of(LAST_SEEN, (caseId, plan) -> lastSeen(plan, true),
        LAST_SEEN_BY_ANYONE, (caseId, plan) -> lastSeen(plan, false));
  }

  @Override
  public Optional<Instant> asKnownBefore(Instant recorded, String state, UUID plan) {
    return lastSeen(plan, state.equals(LAST_SEEN), recorded);
  }
}
