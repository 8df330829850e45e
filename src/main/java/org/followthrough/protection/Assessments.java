package org.followthrough.protection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Assessments of families: whom they look at, what was written and agreed, and what follows for each child. */
@Component
public class Assessments implements CaseRecords, Dated {

  /**
   * An assessment.
   *
   * @param partOfEnquiry what follows is decided where the enquiry ends
   * @param toChange what a manager wants changed before agreeing; null when nothing is
   * @param agreedAt null while it is not complete
   */
  public record Assessment(UUID id, UUID caseId, UUID contactId, Instant begunAt, boolean partOfEnquiry, String writtenBy, String toChange,
      Instant agreedAt, String withdrawnAs) {}

  /** More time, as a manager agreed to it. */
  public record Extension(LocalDate untilDay, String why, Instant agreedAt, String agreedBy) {}

  private static final TypeReference<Map<String, Object>> PAGE = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Families families;
  private final Persons persons;
  private final ObjectMapper json;

  Assessments(JdbcClient jdbc, Families families, Persons persons, ObjectMapper json) {
    this.jdbc = jdbc;
    this.families = families;
    this.persons = persons;
    this.json = json;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of("Assessment agreed", agreed -> {
      agreed.notBefore(agreed.found("select begun_at from assessment where id = :subject").orElse(null),
          "It would be agreed before it began.");
      agreed.notAfter(agreed.found("select min(decided_at) from assessment_child where assessment_id = :subject").orElse(null),
          "It would be agreed after it was decided what follows.");
      agreed.move("update assessment set agreed_at = :now where id = :subject and agreed_at = :was");
      agreed.move("update assessment_child set ended_at = :now where assessment_id = :subject and ended_at = :was");
    }, "Next step decided", decided -> {
      decided.notBefore(decided.found("select agreed_at from assessment where id = :subject").orElse(null),
          "It would be decided before the assessment was agreed.");
      decided.move("update assessment_child set decided_at = :now where assessment_id = :subject and decided_at = :was");
      decided.with("Next step decided", Events.CLOSING_NEEDED);
    });
  }

  /** The children for whom the standing decision on a contact is to assess. */
  public List<UUID> decidedOn(UUID contact) {
    return jdbc.sql("""
            select part.person_id from decision d join decision_child part on part.decision_id = d.id
            where d.contact_id = :contact and d.taken_back_at is null and part.response = 'assessment'""")
        .param("contact", contact).query(UUID.class).list();
  }

  /** The children for whom a strategy discussion decided on an assessment. */
  public List<UUID> decidedAt(UUID meeting) {
    return jdbc.sql("select person_id from meeting_outcome where meeting_id = :meeting and outcome = 'assessment'")
        .param("meeting", meeting).query(UUID.class).list();
  }

  /**
   * Begins one assessment for those of these children of whom a referral is open (returns rules 8831, 8832) and whom no other
   * assessment looks at. Where an enquiry needs it, an assessment that runs for one of them becomes its vehicle.
   *
   * @return the assessment; empty when none of them is left
   */
  public Optional<UUID> begin(UUID caseId, UUID contactId, List<UUID> children, boolean partOfEnquiry, Instant at) {
    families.lock(caseId);
    if (partOfEnquiry && !children.isEmpty()) {
      jdbc.sql("update assessment set part_of_enquiry = true where id in (select assessment_id from assessment_child "
          + "where person_id in (:children) and ended_at is null)")
          .param("children", children).update();
    }
    List<UUID> taken = children.stream().filter(this::mayBeAssessed).toList();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    UUID id = UUID.randomUUID();
    jdbc.sql("insert into assessment (id, case_id, contact_id, begun_at, part_of_enquiry) values (:id, :case, :contact, :at, :enquiry)")
        .param("id", id).param("case", caseId).param("contact", contactId).param("at", Timestamp.from(at))
        .param("enquiry", partOfEnquiry).update();
    for (UUID child : taken) {
      jdbc.sql("insert into assessment_child (assessment_id, person_id) values (:id, :child)").param("id", id)
          .param("child", child).update();
    }
    return Optional.of(id);
  }

  private boolean mayBeAssessed(UUID child) {
    return jdbc.sql("""
            select exists (select from episode e join person p on p.id = e.person_id where e.person_id = :child and e.closed_at is null
              and p.died_on is null)
              and not exists (select from assessment_child where person_id = :child and ended_at is null)""")
        .param("child", child).query(Boolean.class).single();
  }

  /**
   * Since when the referral waits that this assessment answers; empty when it answers none, because the case was open already:
   * another contact opened it, or an assessment was completed since. An enquiry belongs to the referral before it.
   */
  public Optional<Instant> referred(UUID id) {
    return jdbc.sql("""
            select min(e.referred_at) from assessment a join assessment_child c on c.assessment_id = a.id
            join episode e on e.person_id = c.person_id and e.closed_at is null join decision d on d.id = e.decision_id
            where a.id = :id and (a.part_of_enquiry or d.contact_id = a.contact_id)
              and not exists (select from assessment earlier join assessment_child ec on ec.assessment_id = earlier.id
                where ec.person_id = c.person_id and earlier.agreed_at >= e.referred_at)
            having min(e.referred_at) is not null""")
        .param("id", id).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /** The assessment of an id; empty where the id is something else's. */
  public Optional<Assessment> find(UUID id) {
    return jdbc.sql("select * from assessment where id = :id").param("id", id)
        .query((row, n) -> new Assessment(id, row.getObject("case_id", UUID.class), row.getObject("contact_id", UUID.class),
            Rows.instant(row, "begun_at"), row.getBoolean("part_of_enquiry"), row.getString("written_by"), row.getString("to_change"),
            Rows.instant(row, "agreed_at"), row.getString("withdrawn_as"))).optional();
  }

  /** The living children of an assessment, as choices for a form, the eldest first and the unborn last. */
  public List<Option> children(UUID id) {
    return ofChildren(id, "true");
  }

  /** Those of them for whom it is not decided yet what follows. */
  public List<Option> undecided(UUID id) {
    return ofChildren(id, "c.next_step is null");
  }

  private List<Option> ofChildren(UUID id, String which) {
    return jdbc.sql("""
            select c.person_id from assessment_child c join person p on p.id = c.person_id
            where c.assessment_id = :id and p.died_on is null and %s order by p.born_on nulls last, c.person_id""".formatted(which))
        .param("id", id).query(UUID.class).list().stream().map(child -> new Option(persons.name(child), child.toString())).toList();
  }

  /** Whether a child is expected and not born yet. */
  public boolean unborn(UUID child) {
    return jdbc.sql("select born_on is null and expected_on is not null from person where id = :id").param("id", child)
        .query(Boolean.class).single();
  }

  /** What was written so far, by field of its page. */
  public Map<String, Object> page(UUID id) {
    try {
      return json.readValue(jdbc.sql("select page::text from assessment where id = :id").param("id", id).query(String.class)
          .single(), PAGE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Keeps what was written, ready or not.
   *
   * @param page by field
   * @param factors codes of the census
   * @param seen the children who were seen; of the others we were told why not
   */
  public void write(UUID id, Map<String, Object> page, List<String> factors, List<UUID> seen, String by) {
    try {
      jdbc.sql("update assessment set page = cast(:page as jsonb), factors = :factors, written_by = :by where id = :id "
          + "and agreed_at is null")
          .param("page", json.writeValueAsString(page)).param("factors", factors.toArray(String[]::new)).param("by", by)
          .param("id", id).update();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    jdbc.sql("update assessment_child set seen = person_id::text = any (:seen) where assessment_id = :id")
        .param("seen", seen.stream().map(UUID::toString).toArray(String[]::new)).param("id", id).update();
  }

  /** The census factors that were ticked. */
  public List<String> factors(UUID id) {
    return jdbc.sql("select unnest(factors) from assessment where id = :id").param("id", id).query(String.class).list();
  }

  /** Keeps that there is more time, until a day. */
  public void extend(UUID id, LocalDate until, String why, Instant at, String by) {
    jdbc.sql("insert into assessment_extension (assessment_id, until_day, why, agreed_at, agreed_by) values (:id, :until, :why, :at, :by)")
        .param("id", id).param("until", until).param("why", why).param("at", Timestamp.from(at)).param("by", by).update();
  }

  /** The extensions of an assessment, the newest first. */
  public List<Extension> extensions(UUID id) {
    return jdbc.sql("select until_day, why, agreed_at, agreed_by from assessment_extension where assessment_id = :id "
        + "order by agreed_at desc")
        .param("id", id).query((row, n) -> new Extension(row.getObject("until_day", LocalDate.class), row.getString("why"),
            Rows.instant(row, "agreed_at"), row.getString("agreed_by"))).list();
  }

  /** Keeps what must change before it can be agreed. */
  public void giveBack(UUID id, String toChange) {
    jdbc.sql("update assessment set to_change = :change where id = :id").param("change", toChange).param("id", id).update();
  }

  /** Keeps that it is complete; {@code whyLate} where that was after its limit. */
  public void agree(UUID id, String whyLate, Instant at, String by) {
    jdbc.sql("update assessment set agreed_at = :at, agreed_by = :by, why_late = :late, to_change = null where id = :id")
        .param("at", Timestamp.from(at)).param("by", by).param("late", whyLate).param("id", id).update();
    end(id, at);
  }

  /** Keeps that it is not gone on with; one that was agreed stays. */
  public void withdraw(UUID id, String why, Instant at) {
    if (jdbc.sql("update assessment set withdrawn_as = :why where id = :id and agreed_at is null").param("why", why)
        .param("id", id).update() == 1) {
      end(id, at);
    }
  }

  private void end(UUID id, Instant at) {
    jdbc.sql("update assessment_child set ended_at = :at where assessment_id = :id and ended_at is null").param("at", Timestamp.from(at))
        .param("id", id).update();
  }

  /**
   * Records what follows for children.
   *
   * @throws Refusal when somebody else was faster for one of them
   */
  public void decide(UUID id, List<UUID> children, String nextStep, String reasons, Instant at, String by) {
    int decided = jdbc.sql("""
            update assessment_child set next_step = :step, reasons = :reasons, decided_at = :at, decided_by = :by
            where assessment_id = :id and person_id in (:children) and next_step is null""")
        .param("step", nextStep).param("reasons", reasons).param("at", Timestamp.from(at)).param("by", by).param("id", id)
        .param("children", children).update();
    if (decided < children.size()) {
      throw new Refusal("children", "For one of these children it is decided already what follows. Open the task again.");
    }
  }

  /** What follows for the children of an assessment, each step once. */
  public List<String> nextSteps(UUID id) {
    return jdbc.sql("select distinct next_step from assessment_child where assessment_id = :id and next_step is not null order by 1")
        .param("id", id).query(String.class).list();
  }

  /**
   * Whether an assessment that is not complete is still wanted when the decision on its contact is taken back: an enquiry needs
   * it, a strategy discussion decided on it, or another contact's decision that still stands.
   */
  public boolean stillWanted(UUID id) {
    return jdbc.sql("""
            select exists (select from assessment a join assessment_child c on c.assessment_id = a.id where a.id = :id
              and (a.agreed_at is not null or a.part_of_enquiry or exists (
                select from (
                  select o.decided_at from meeting_outcome o where o.person_id = c.person_id and o.outcome = 'assessment'
                  union all
                  select d.decided_at from decision d join decision_child part on part.decision_id = d.id and part.person_id = c.person_id
                    where part.response = 'assessment' and d.taken_back_at is null and d.contact_id is distinct from a.contact_id) wanted
                where not exists (select from assessment earlier join assessment_child ec on ec.assessment_id = earlier.id
                  where ec.person_id = c.person_id and earlier.agreed_at >= wanted.decided_at))))""")
        .param("id", id).query(Boolean.class).single();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("assessment", "assessment_child", "assessment_extension");
  }

  @Override
  public void split(Split split) {
    split.update(jdbc.sql("""
        update assessment set case_id = :other where case_id = :case
          and exists (select from assessment_child c where c.assessment_id = assessment.id and c.ended_at is null)
          and not exists (select from assessment_child c where c.assessment_id = assessment.id and c.ended_at is null and c.person_id not
            in (:leaving))"""));
  }

  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("select id from assessment where case_id = :case").param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update assessment set case_id = :stays where case_id = :duplicate"));
  }

  /** An enquiry that runs is finished here, with its assessment. */
  @Override
  public List<UUID> left(Leaving leaving) {
    String open = "c.ended_at is null or a.agreed_at is not null and not a.part_of_enquiry and c.next_step is null and a.withdrawn_as "
        + "is null";
    List<UUID> over = jdbc.sql("""
            select a.id from assessment a join assessment_child c on c.assessment_id = a.id where a.case_id = :case and (%s)
            group by a.id having bool_and(c.person_id in (:children) and not %s)""".formatted(open, Enquiries.runsFor("c.person_id")))
        .param("case", leaving.caseId()).param("children", leaving.children()).query(UUID.class).list();
    jdbc.sql("update assessment_child c set ended_at = :at where c.person_id in (:children) and c.ended_at is null "
        + "and not " + Enquiries.runsFor("c.person_id"))
        .param("at", Timestamp.from(leaving.at())).param("children", leaving.children()).update();
    return over;
  }

  @Override
  public List<String> goesOn(UUID child, UUID except) {
    return jdbc.sql("""
            select 'the assessment is not complete' from assessment_child where person_id = :child and ended_at is null
            union all select 'it is not decided what follows the assessment' from assessment_child c
              join assessment a on a.id = c.assessment_id and a.agreed_at is not null and not a.part_of_enquiry
              where c.person_id = :child and c.next_step is null""").param("child", child).query(String.class).list();
  }
}
