package org.followthrough.referral;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What managers decide on contacts, per child, with reasons; and what a decision taken back undoes. */
@Component
public class Decisions implements CaseRecords, Dated {

  /** The message that asks for a decision again. */
  public static final String DECISION_TAKEN_BACK = "DecisionTakenBack";

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
  static final String TRANSFER_IN = "transfer-in";

  private final JdbcClient jdbc;
  private final Families families;
  private final Episodes episodes;
  private final LeadProfessionals leads;

  Decisions(JdbcClient jdbc, Families families, Episodes episodes, LeadProfessionals leads) {
    this.jdbc = jdbc;
    this.families = families;
    this.episodes = episodes;
    this.leads = leads;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of(Events.RESPONSE_DECIDED, decided -> {
      decided.notBefore(decided.found("select received_at from contact where id = :contact").orElse(null),
          "The decision would lie before the contact was received.");
      decided.move("update decision set decided_at = :now where contact_id = :contact and decided_at = :was");
      decided.with(Events.PROTECTION_NEEDED, Events.STRATEGY_DISCUSSION_CALLED, Events.INJURY_OR_SEXUAL_ABUSE_ALLEGED,
          Events.ASSESSMENT_DECIDED, Events.SUPPORT_NEEDED);
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
      String effect = !Episodes.OPENED_BY.contains(child.response()) ? "no referral"
          : episodes.open(child.child(), made.caseId(), id, made.contactId()) ? "referral" : "new concern";
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

  /**
   * Children for whom another authority was responsible are ours: a referral of theirs where no decision stands, and who leads for them.
   *
   * @param worker their lead professional, or null where nobody is known yet
   * @param since when the other authority let go
   */
  public void transferIn(UUID contactId, UUID caseId, List<UUID> children, String worker, Instant since, Instant recordedAt, String by) {
    if (!children.isEmpty() && standing(contactId).isEmpty()) {
      make(new Made(contactId, caseId, TRANSFER_IN, "Taken over from another authority", null, null, false,
          children.stream().map(child -> new ForChild(child, TRANSFER_IN, null)).toList(), since, recordedAt, by));
    }
    if (worker != null) {
      leads.name(caseId, children, worker, "Took the family on when it moved here", recordedAt, by);
    }
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
   * Takes a decision back: the row stays with its reason, the episodes it opened are closed as taken back. An episode on which
   * another decision stands too passes to that one.
   *
   * @throws Refusal when no decision stands
   */
  public UUID takeBack(UUID contactId, String why, Instant at, String by) {
    UUID decision = standing(contactId)
        .orElseThrow(() -> new Refusal("why", "No decision stands on this contact, so there is nothing to take back."));
    jdbc.sql("""
            update decision set taken_back_at = :at, taken_back_by = :by, taken_back_why = :why where id = :id""")
        .param("at", Timestamp.from(at)).param("by", by).param("why", why).param("id", decision).update();
    episodes.takenBack(decision, at);
    // what was a new concern on an episode is its referral now
    jdbc.sql("""
            update decision_child part set effect = 'referral' from episode e
            where e.decision_id = part.decision_id and e.person_id = part.person_id
              and part.person_id in (select person_id from decision_child where decision_id = :id) and part.decision_id <> :id""")
        .param("id", decision).update();
    families.open(jdbc.sql("select case_id from decision where id = :id").param("id", decision).query(UUID.class).single());
    return decision;
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("decision", "decision_child");
  }

  @Override
  public Map<String, String> staysWhenSplit() {
    return Map.of("decision", "A decision is about a contact, and stays with it.");
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update decision set case_id = :stays where case_id = :duplicate"));
  }
}
