package org.followthrough.protection;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.followthrough.deadline.Planned;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Chronology;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What protects a child tonight: a row per child and arrangement, from when until when, and what followed. */
@Component
public class Protections implements CaseRecords, Dated, Planned {

  /** The message that begins the protection of a child tonight. */
  public static final String PROTECTION_NEEDED = "ProtectionNeeded";
  /** The message that begins a strategy discussion. */
  public static final String STRATEGY_DISCUSSION_NEEDED = "StrategyDiscussionNeeded";

  /**
   * What protects children.
   *
   * @param kind {@code police-protection}, {@code emergency-protection-order}, {@code section-20-agreement},
   *     {@code someone-leaves} or {@code other}
   * @param details who does what, and who checks it
   * @param agreedBy who agreed, with parental responsibility; null where nobody had to
   */
  public record Arrangement(String kind, String details, String agreedBy, Instant since, Instant until, String whereabouts,
      String parentsTold, String parentsToldBy, String legalAdvice) {}

  /** A child in police protection or under an order has an enquiry (Children Act 1989, section 47(1)(a)). */
  private static final List<String> MEAN_AN_ENQUIRY = List.of("police-protection", "emergency-protection-order");

  /** Only a child who is born can be taken, ordered or accommodated. */
  private static final List<String> ONLY_AFTER_BIRTH = List.of("police-protection", "emergency-protection-order", "section-20-agreement");

  private final JdbcClient jdbc;
  private final Families families;
  private final Persons persons;
  private final Chronology chronology;

  Protections(JdbcClient jdbc, Families families, Persons persons, Chronology chronology) {
    this.jdbc = jdbc;
    this.families = families;
    this.persons = persons;
    this.chronology = chronology;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of(Events.PROTECTION_NEEDED, needed -> {
      if (needed.found("select decided_at from decision where contact_id = :contact and decided_at = :was").isPresent()) {
        throw new Refusal("entry", "The decision on the contact said so. Correct when that was decided.");
      }
      needed.notAfter(needed.found("select min(since) from protection where case_id = :case and since >= :was").orElse(null),
          "Protection would be needed after it was arranged.");
    }, "Protection arranged", this::held, Events.WHAT_FOLLOWS_ARRANGED, followed -> {
      followed.notBefore(followed.found("select max(since) from protection where need_id = :subject and followed_at = :was "
          + "and since <= :was").orElse(null), "It would be said what follows before the protection began.");
      followed.move("update protection set followed_at = :now where need_id = :subject and followed_at = :was");
      held(followed);
    });
  }

  /** What no power of law began holds from when it was arranged. */
  private void held(Correction arranged) {
    if (arranged.move("update protection set since = :now where need_id = :subject and recorded_at = :recorded and since = :was "
        + "and not kind in ('police-protection', 'emergency-protection-order')") > 0) {
      arranged.with("Protected: %");
    }
  }

  /**
   * Records what protects these children from now on, and says so in the story of each.
   *
   * @param matter the need for protection is its subject
   * @param at when it is recorded
   * @throws Refusal when one of them is unborn and cannot be protected so, or is protected already
   */
  public void arrange(Matter matter, List<UUID> children, Arrangement how, Instant at) {
    families.lock(matter.caseId());
    if (ONLY_AFTER_BIRTH.contains(how.kind()) && anyUnborn(children)) {
      throw new Refusal("children", "An unborn child cannot be in police protection, under an order or looked after. "
          + "Leave the unborn child out here, and arrange on a page of its own who leaves or what else is done.");
    }
    for (UUID child : children) {
      // a child who went to another case since is protected there
      int arranged = jdbc.sql("""
              insert into protection (need_id, case_id, person_id, kind, details, agreed_by, since, ends_at, whereabouts,
                parents_told, parents_told_by, legal_advice, recorded_at, recorded_by)
              select :need, coalesce((select case_id from protection where need_id = :need and person_id = :child limit 1), :case), :child,
                :kind, :details, :agreed, :since, :until, :where, :told, :toldBy, :legal, :at, :by
              on conflict (need_id, person_id) where followed_at is null do nothing""")
          .param("need", matter.subjectId()).param("case", matter.caseId()).param("child", child)
          .param("kind", how.kind()).param("details", how.details()).param("agreed", how.agreedBy())
          .param("since", Timestamp.from(how.since())).param("until", Timestamp.from(how.until()))
          .param("where", how.whereabouts()).param("told", how.parentsTold()).param("toldBy", how.parentsToldBy())
          .param("legal", how.legalAdvice()).param("at", Timestamp.from(at)).param("by", matter.user())
          .update();
      if (arranged == 0) {
        throw new Refusal("children", "One of these children is protected already: somebody else was faster. Open the task again.");
      }
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), child, "Protected: " + named(how.kind()), at,
          matter.user(), "Until " + Words.moment(how.until())).about(matter.subjectId())
          .happened(how.since().isAfter(at) ? at : how.since()));
    }
  }

  private boolean anyUnborn(List<UUID> children) {
    return jdbc.sql("select exists (select from person where id in (:children) and expected_on is not null)")
        .param("children", children).query(Boolean.class).single();
  }

  /**
   * Closes the arrangements of these children with what came after them.
   *
   * @param followedBy {@code protected-again}, {@code safe-without-protection}, {@code court-order-made} or
   *     {@code recorded-in-error}
   * @param why the reason, or which order; null where the next arrangement says it
   * @param followedAt when it was arranged
   * @throws Refusal when one of them has none any more
   */
  public void follow(Matter matter, List<UUID> children, String followedBy, String why, Instant followedAt) {
    families.lock(matter.caseId());
    int followed = jdbc.sql("""
            update protection set followed_at = :at, followed_by = :by, followed_why = :why
            where need_id = :need and person_id in (:children) and followed_at is null""")
        .param("need", matter.subjectId()).param("children", children).param("by", followedBy).param("why", why)
        .param("at", Timestamp.from(followedAt)).update();
    if (followed < children.size()) {
      throw new Refusal("children", "For one of these children it is said already what follows. Open the task again.");
    }
  }

  /** When the first of the arrangements runs out that a need for protection still has; empty when none holds. */
  public Optional<Instant> firstEnd(UUID needId) {
    return jdbc.sql("select min(ends_at) from protection where need_id = :need and followed_at is null")
        .param("need", needId).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** When the first of the arrangements runs out that protect these children; empty when none holds. */
  public Optional<Instant> firstEnd(UUID needId, List<UUID> children) {
    return jdbc.sql("select min(ends_at) from protection where need_id = :need and person_id in (:children) and followed_at is null")
        .param("need", needId).param("children", children).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** Whether the report of a child's death ended what protected it. */
  public boolean endedByDeath(UUID child) {
    return jdbc.sql("select exists (select from protection where person_id = :child and followed_by = 'child-died')").param("child", child)
        .query(Boolean.class).single();
  }

  /** Whether anything was ever arranged for a need. */
  public boolean arranged(UUID needId) {
    return jdbc.sql("select exists (select from protection where need_id = :need)").param("need", needId).query(Boolean.class).single();
  }

  /** The living children of a case whom no arrangement of this need protects, as choices for a form. */
  public List<Option> unprotected(UUID needId, UUID caseId) {
    List<String> covered = jdbc.sql("select person_id::text from protection where need_id = :need and followed_at is null")
        .param("need", needId).query(String.class).list();
    return families.children(caseId).stream().filter(child -> !covered.contains(child.value())).toList();
  }

  /** The children whom an arrangement of this need protects, as choices for a form: each with what it is and until when. */
  public List<Option> covered(UUID needId) {
    return jdbc.sql("select person_id, kind, ends_at from protection where need_id = :need and followed_at is null "
        + "order by ends_at, person_id")
        .param("need", needId)
        .query((row, n) -> new Option(persons.name(row.getObject("person_id", UUID.class)) + ": " + named(row.getString("kind"))
            + " until " + Words.moment(row.getTimestamp("ends_at").toInstant()), row.getString("person_id"))).list();
  }

  /** What protects the children of a case now, whatever need it was arranged for: a line of Markdown each. */
  public List<String> inWords(UUID caseId) {
    return jdbc.sql("select * from protection where case_id = :case and followed_at is null order by ends_at, person_id")
        .param("case", caseId)
        .query((row, n) -> "- **" + Words.escaped(persons.name(row.getObject("person_id", UUID.class))) + "**: "
            + named(row.getString("kind")) + " until **" + Words.moment(row.getTimestamp("ends_at").toInstant()) + "**. "
            + Words.escaped(row.getString("whereabouts"))).list();
  }

  private static String named(String kind) {
    return kind.equals("other") ? "another arrangement" : Words.spoken(kind);
  }

  /** Whether this kind of protection means that an enquiry under section 47 has begun. */
  public static boolean meansEnquiry(String kind) {
    return MEAN_AN_ENQUIRY.contains(kind);
  }

  /** The children of a case, or of one need for protection, whom police or a court protect now: for them an enquiry has begun. */
  public List<UUID> underEnquiry(UUID caseOrNeed) {
    return jdbc.sql("select person_id from protection where :id in (case_id, need_id) and kind in (:kinds) and followed_at is null")
        .param("id", caseOrNeed).param("kinds", MEAN_AN_ENQUIRY).query(UUID.class).list();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("protection");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("update protection set case_id = :other where case_id = :case and person_id in (:leaving) "
        + "and followed_at is null"));
  }

  /** A need goes along when nobody who stays is protected by it any more. */
  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("""
            select distinct need_id from protection p where case_id = :case and not exists (select from protection other
              where other.need_id = p.need_id and other.case_id <> p.case_id and other.followed_at is null)""")
        .param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update protection set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public void died(UUID child, LocalDate on, Instant at) {
    jdbc.sql("update protection set followed_at = :at, followed_by = 'child-died' where person_id = :child and followed_at is null")
        .param("child", child).param("at", Timestamp.from(at)).update();
  }

  @Override
  public List<String> keepsOpen(UUID caseId) {
    return jdbc.sql("select 'A child is protected, and it is not said what follows.' from protection where case_id = :case "
        + "and followed_at is null")
        .param("case", caseId).query(String.class).list();
  }

  @Override
  public List<String> goesOn(UUID child, UUID except) {
    return jdbc.sql("select 'it is not said what follows the protection' from protection where person_id = :child and followed_at is null")
        .param("child", child).query(String.class).list();
  }

  @Override
  public Map<String, BiFunction<UUID, UUID, Optional<Instant>>> states() {
    return Map.of("end of protection", (caseId, need) -> firstEnd(need));
  }
}
