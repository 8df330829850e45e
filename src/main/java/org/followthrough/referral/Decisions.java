package org.followthrough.referral;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Families;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Words;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What managers decide on contacts, per child, with reasons; and what a decision taken back undoes. */
@Component
public class Decisions implements CaseRecords, Dated {

  /** The message that asks for a decision again. */
  public static final String DECISION_TAKEN_BACK = "DecisionTakenBack";
  /** The message that ends what asks for a lead professional. */
  public static final String LEAD_PROFESSIONAL_WITHDRAWN = "LeadProfessionalWithdrawn";

  /** One child's part in a decision. */
  public record ForChild(UUID child, String response, String reasons) {}

  /**
   * A decision to record.
   *
   * @param overruleReason why the recommendation was not followed, or null when it was
   */
  public record Made(UUID contactId, UUID caseId, String response, String reasons, String recommendation,
      String overruleReason, boolean protectNow, List<ForChild> children, Instant decidedAt, Instant recordedAt, String by) {}

  /** The answer to a family for whom another authority was responsible before us. */
  public static final String TRANSFER_IN = "transfer-in";

  private static final List<String> OPENS_AN_EPISODE = List.of("strategy-discussion", "assessment", TRANSFER_IN);

  private final JdbcClient jdbc;
  private final Families families;
  private final Chronology chronology;
  private final ObjectProvider<CaseRecords> records;

  Decisions(JdbcClient jdbc, Families families, Chronology chronology, ObjectProvider<CaseRecords> records) {
    this.jdbc = jdbc;
    this.families = families;
    this.chronology = chronology;
    this.records = records;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Contact received", received -> {
      // a referral is dated at receipt
      received.move("update episode set referred_at = :now from decision where episode.decision_id = decision.id "
          + "and decision.contact_id = :contact");
      received.with("Referral assessed");
    }, "Response decided", decided -> {
      decided.notBefore(decided.found("select received_at from contact where id = :contact").orElse(null),
          "The decision would lie before the contact was received.");
      decided.move("update decision set decided_at = :now where contact_id = :contact and decided_at = :was");
      decided.with("Protection needed", "Strategy discussion called", "Injury or sexual abuse alleged", "Assessment decided",
          "Support needed");
    });
  }

  /**
   * Records a decision. For each child without an open episode it makes the contact a referral, dated at receipt; for a
   * child with one it is a new concern on the open case and never a second referral.
   *
   * @return the decision's id
   */
  public UUID make(Made made) {
    families.lock(made.caseId());
    UUID id = UUID.randomUUID();
    jdbc.sql("""
            insert into decision (id, contact_id, case_id, response, reasons, recommendation, overrule_reason, protect_now,
              decided_at, decided_by, recorded_at)
            values (:id, :contact, :case, :response, :reasons, :recommendation, :overrule, :protect, :decided, :by, :recorded)""")
        .param("id", id).param("contact", made.contactId()).param("case", made.caseId())
        .param("response", made.response()).param("reasons", made.reasons())
        .param("recommendation", made.recommendation()).param("overrule", made.overruleReason())
        .param("protect", made.protectNow()).param("decided", Timestamp.from(made.decidedAt()))
        .param("by", made.by()).param("recorded", Timestamp.from(made.recordedAt()))
        .update();
    for (ForChild child : made.children()) {
      String effect = OPENS_AN_EPISODE.contains(child.response()) ? openEpisode(made, id, child.child()) : "no referral";
      jdbc.sql("""
              insert into decision_child (decision_id, person_id, response, reasons, effect)
              values (:decision, :child, :response, :reasons, :effect)""")
          .param("decision", id).param("child", child.child()).param("response", child.response())
          .param("reasons", child.reasons()).param("effect", effect)
          .update();
    }
    // a child in danger keeps the case open until it is said what follows the protection, one who is helped until it has helped
    if (!made.protectNow() && made.children().stream().noneMatch(child -> child.response().equals("early-help"))) {
      families.closeIfDone(made.caseId(), made.recordedAt());
    }
    return id;
  }

  private String openEpisode(Made made, UUID decision, UUID child) {
    int opened = jdbc.sql("""
            insert into episode (person_id, case_id, decision_id, referred_at, source_code)
            select :child, :case, :decision, received_at, source_code from contact where id = :contact
            on conflict (person_id) where closed_at is null do nothing""")
        .param("child", child).param("case", made.caseId()).param("decision", decision)
        .param("contact", made.contactId())
        .update();
    return opened == 1 ? "referral" : "new concern";
  }

  /** The contacts of a case on which a decision stands, as choices for a form, newest first. */
  public List<Option> standingOf(UUID caseId) {
    return jdbc.sql("""
            select c.reference, d.response, d.decided_at from decision d join contact c on c.id = d.contact_id
            where d.case_id = :case and d.taken_back_at is null order by d.decided_at desc""")
        .param("case", caseId)
        .query((row, n) -> new Option(Words.sentence(row.getString("response")) + ", "
            + Words.date(row.getTimestamp("decided_at").toInstant()) + " (" + row.getString("reference") + ")", row.getString("reference")))
        .list();
  }

  /** The standing decision on a contact. */
  public Optional<UUID> standing(UUID contactId) {
    return jdbc.sql("select id from decision where contact_id = :contact and taken_back_at is null")
        .param("contact", contactId).query(UUID.class).optional();
  }

  /** Whether a decision stands that asked for a strategy discussion, and none was held on the case since. */
  public boolean discussionDecided(UUID caseId) {
    return jdbc.sql("""
            select exists (select from decision d join decision_child part on part.decision_id = d.id
              where d.case_id = :case and d.taken_back_at is null and part.response = 'strategy-discussion'
                and not exists (select from meeting m where m.case_id = d.case_id and m.kind = 'strategy-discussion'
                  and m.held_at >= d.decided_at))""")
        .param("case", caseId).query(Boolean.class).single();
  }

  /** A decision in words, for those who must be told: the response per child, without the reasons. */
  public String told(UUID decision) {
    List<Map<String, Object>> rows = jdbc.sql("""
            select d.response, array_agg(coalesce(nullif(n.first_name, ''), 'Unborn child') order by d.person_id) as names
            from decision_child d left join person_name n on n.person_id = d.person_id and n.position = 1
            where decision_id = :id group by d.response order by 1""")
        .param("id", decision)
        .query((row, n) -> Map.<String, Object>of("response", row.getString("response"),
            "names", String.join(", ", (String[]) row.getArray("names").getArray())))
        .list();
    return String.join("\n", rows.stream()
        .map(row -> "- **" + Words.sentence((String) row.get("response")) + "** for " + Words.escaped((String) row.get("names")))
        .toList());
  }

  /**
   * Takes a decision back: the row stays with its reason, the episodes it opened are closed as taken back, and the leads
   * named on them end. An episode on which another decision stands too passes to that one.
   *
   * @throws Refusal when no decision stands
   */
  public UUID takeBack(UUID contactId, String why, Instant at, String by) {
    UUID decision = standing(contactId)
        .orElseThrow(() -> new Refusal("why", "No decision stands on this contact, so there is nothing to take back."));
    jdbc.sql("""
            update decision set taken_back_at = :at, taken_back_by = :by, taken_back_why = :why where id = :id""")
        .param("at", Timestamp.from(at)).param("by", by).param("why", why).param("id", decision).update();
    handOverEpisodes(decision);
    jdbc.sql("""
            update lead_professional l set until = :at from episode e
            where e.decision_id = :id and e.closed_at is null and l.person_id = e.person_id and l.until is null""")
        .param("at", Timestamp.from(at)).param("id", decision).update();
    jdbc.sql("update episode set closed_at = :at, closed_why = 'decision taken back' where decision_id = :id and closed_at is null")
        .param("at", Timestamp.from(at)).param("id", decision).update();
    families.open(jdbc.sql("select case_id from decision where id = :id").param("id", decision).query(UUID.class).single());
    return decision;
  }

  /** What was a new concern on an episode becomes its referral when the decision that opened it is taken back. */
  private void handOverEpisodes(UUID takenBack) {
    jdbc.sql("""
            with heir as (
              select distinct on (e.id) e.id as episode, e.person_id, d.id as decision, c.received_at, c.source_code
              from episode e
              join decision_child part on part.person_id = e.person_id and part.response in (:opens)
              join decision d on d.id = part.decision_id and d.taken_back_at is null
              join contact c on c.id = d.contact_id and c.ended_as is null
              where e.decision_id = :id and e.closed_at is null
              order by e.id, d.recorded_at),
            passed as (
              update episode set decision_id = heir.decision, referred_at = heir.received_at, source_code = heir.source_code
              from heir where episode.id = heir.episode)
            update decision_child set effect = 'referral' from heir
            where decision_child.decision_id = heir.decision and decision_child.person_id = heir.person_id""")
        .param("opens", OPENS_AN_EPISODE).param("id", takenBack).update();
  }

  /** The children of a case with an open episode and no lead professional (learning points K-26, S-24). */
  public List<UUID> childrenWithoutLead(UUID caseId) {
    return jdbc.sql("""
            select e.person_id from episode e join person p on p.id = e.person_id
            where e.case_id = :case and e.closed_at is null and p.died_on is null
              and not exists (select from lead_professional l where l.person_id = e.person_id and l.until is null)""")
        .param("case", caseId).query(UUID.class).list();
  }

  /** Names the lead professional of children; whoever was lead before ends in the same moment. */
  public void lead(UUID caseId, List<UUID> children, String userId, String why, Instant at, String by) {
    families.lock(caseId);
    for (UUID child : children) {
      jdbc.sql("update lead_professional set until = :at where person_id = :child and until is null")
          .param("child", child).param("at", Timestamp.from(at)).update();
      jdbc.sql("""
              insert into lead_professional (person_id, case_id, user_id, why, since, named_by)
              values (:child, :case, :user, :why, :at, :by)""")
          .param("child", child).param("case", caseId).param("user", userId).param("why", why)
          .param("at", Timestamp.from(at)).param("by", by).update();
    }
  }

  /**
   * Closes a child's episode, and the lead with it; false where none was open.
   *
   * @param code of the census, RC1 to RC9
   */
  public boolean close(UUID child, String code, String why, Instant at) {
    jdbc.sql("update lead_professional set until = greatest(since, :at) where person_id = :child and until is null")
        .param("at", Timestamp.from(at))
        .param("child", child).update();
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
    return Set.of("decision", "decision_child", "episode", "lead_professional");
  }

  @Override
  public Map<String, String> staysWhenParted() {
    return Map.of("decision", "A decision is about a contact, and stays with it.");
  }

  @Override
  public void parted(Parting parting) {
    parting.update(jdbc.sql("update episode set case_id = :other where case_id = :case and person_id in (:leaving) and closed_at is null"));
    parting.update(jdbc.sql("update lead_professional set case_id = :other where case_id = :case and person_id in (:leaving) "
        + "and until is null"));
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update decision set case_id = :stays where case_id = :duplicate"));
    joining.update(jdbc.sql("update episode set case_id = :stays where case_id = :duplicate"));
    joining.update(jdbc.sql("update lead_professional set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public void died(UUID child, LocalDate on, Instant at) {
    jdbc.sql("update lead_professional set until = :at where person_id = :child and until is null").param("child", child)
        .param("at", Timestamp.from(at)).update();
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
      if (records.stream().noneMatch(one -> one.finishesHere(child))
          && close(child, "RC5", "R" + why, leaving.at())) {
        chronology.add(Chronology.Line.fact(leaving.contactId(), leaving.caseId(), child, "Episode closed", leaving.at(),
            leaving.by(),
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
