package org.followthrough.referral;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A child's episodes of need, as the children in need census counts them: opened by the referral, dated at its receipt, and one at a time.
 */
@Component
public class Episodes implements CaseRecords, Dated {

  /** The responses that make a contact a referral. */
  static final List<String> OPENED_BY = List.of("strategy-discussion", "assessment", Decisions.TRANSFER_IN);

  private final JdbcClient jdbc;
  private final LeadProfessionals leads;
  private final Chronology chronology;
  private final ObjectProvider<CaseRecords> records;

  Episodes(JdbcClient jdbc, LeadProfessionals leads, Chronology chronology, ObjectProvider<CaseRecords> records) {
    this.jdbc = jdbc;
    this.leads = leads;
    this.chronology = chronology;
    this.records = records;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Contact received", received -> {
      received.move("update episode set referred_at = :now from decision where episode.decision_id = decision.id "
          + "and decision.contact_id = :contact");
      received.with(Events.REFERRAL_ASSESSED);
    });
  }

  /** Opens a child's episode by a decision on a contact; false where one is open already. */
  boolean open(UUID child, UUID caseId, UUID decision, UUID contactId) {
    return jdbc.sql("""
            insert into episode (person_id, case_id, decision_id, referred_at, source_code)
            select :child, :case, :decision, received_at, source_code from contact where id = :contact
            on conflict (person_id) where closed_at is null do nothing""")
        .param("child", child).param("case", caseId).param("decision", decision).param("contact", contactId)
        .update() == 1;
  }

  /**
   * The decision that opened episodes was taken back: each passes to the first other decision that stands on it, or is closed, and with it
   * ends who leads.
   */
  void takenBack(UUID decision, Instant at) {
    jdbc.sql("""
            with heir as (
              select distinct on (e.id) e.id as episode, d.id as decision, c.received_at, c.source_code
              from episode e
              join decision_child part on part.person_id = e.person_id and part.response in (:opens)
              join decision d on d.id = part.decision_id and d.taken_back_at is null
              join contact c on c.id = d.contact_id and c.ended_as is null
              where e.decision_id = :id and e.closed_at is null
              order by e.id, d.recorded_at)
            update episode set decision_id = heir.decision, referred_at = heir.received_at, source_code = heir.source_code
            from heir where episode.id = heir.episode""")
        .param("opens", OPENED_BY).param("id", decision).update();
    jdbc.sql("""
            update episode set closed_at = :at, closed_why = 'decision taken back' where decision_id = :id and closed_at is null
            returning person_id""")
        .param("at", Timestamp.from(at)).param("id", decision).query(UUID.class).list()
        .forEach(child -> leads.end(child, at));
  }

  /**
   * Closes a child's episode, and the lead with it; false where none was open.
   *
   * @param code of the census, RC1 to RC9
   */
  public boolean close(UUID child, String code, String why, Instant at) {
    leads.end(child, at);
    return jdbc.sql("update episode set closed_at = :at, closed_why = :why, closing_code = :code where person_id = :child "
        + "and closed_at is null")
        .param("at", Timestamp.from(at)).param("why", why).param("code", code).param("child", child).update() == 1;
  }

  /** Whether a child of a case has an open episode. */
  public boolean anyOpen(UUID caseId) {
    return !keepsOpen(caseId).isEmpty();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("episode");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("update episode set case_id = :other where case_id = :case and person_id in (:leaving) and closed_at is null"));
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update episode set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public void died(UUID child, LocalDate on, Instant at) {
    jdbc.sql("update episode set closed_at = :at, closed_why = 'child died' where person_id = :child and closed_at is null")
        .param("child", child).param("at", Timestamp.from(at)).update();
  }

  @Override
  public void alive(UUID child) {
    jdbc.sql("update episode set closed_at = null, closed_why = null where person_id = :child and closed_why = 'child died'")
        .param("child", child).update();
  }

  @Override
  public List<UUID> left(Leaving leaving) {
    String why = "esponsibility passed to " + leaving.to();
    for (UUID child : leaving.children()) {
      // returns: closed because the services of another authority took over
      if (records.stream().noneMatch(one -> one.finishesHere(child)) && close(child, "RC5", "R" + why, leaving.at())) {
        chronology.add(Chronology.Line.fact(leaving.contactId(), leaving.caseId(), child, Events.EPISODE_CLOSED, leaving.at(), leaving.by(),
            "RC5: r" + why).about(leaving.move()));
      }
    }
    return List.of();
  }

  @Override
  public List<String> keepsOpen(UUID caseId) {
    return jdbc.sql("select 'A child’s episode is open.' from episode where case_id = :case and closed_at is null").param("case", caseId)
        .query(String.class).list();
  }
}
