package org.followthrough.plan;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.followthrough.family.CaseRecords;
import org.followthrough.family.Correction;
import org.followthrough.family.Dated;
import org.followthrough.family.Events;
import org.followthrough.family.Persons;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The plan of each child: what must change, who sees the child how often, and what the plan still lacks. */
@Component
public class Plans implements CaseRecords, Dated {

  /** The message that begins the visits to a child. */
  public static final String PLAN_BEGUN = "PlanBegun";
  /** The message that ends them. */
  public static final String PLAN_ENDED = "PlanEnded";
  public static final String CHILD_PROTECTION = "child-protection";
  public static final String CHILD_IN_NEED = "child-in-need";

  /** Whether a child who leaves a case has a plan of protection, as a condition of the SQL of a {@link CaseRecords.Split}. */
  static final String OF_WHO_LEAVE = """
      exists (select from plan p join person c on c.id = p.person_id and c.died_on is null
        where p.person_id in (:leaving) and p.kind = 'child-protection' and p.ended_on is null)""";
  /** Whether one who stays has. */
  static final String OF_WHO_STAY = """
      exists (select from plan p join person c on c.id = p.person_id and c.died_on is null
        where p.case_id = :case and p.person_id not in (:leaving) and p.kind = 'child-protection' and p.ended_on is null)""";

  /**
   * A plan.
   *
   * @param begunBy the conference that began it; null for a child in need
   * @param childSays what the child says must change; null until somebody has asked
   * @param endedOn null while it is in force
   */
  public record Plan(UUID id, String kind, UUID personId, UUID caseId, UUID begunBy, LocalDate begunOn, String firstCategory,
      String latestCategory, String seenHowOften, String childSays, LocalDate endedOn, String endedWhy) {}

  /** One thing that must change; what is null is not said yet. */
  public record Row(UUID id, UUID planId, String risk, String mustChange, LocalDate byWhen, String seenHow, String consequence,
      String contingency, String endedAs) {}

  private final JdbcClient jdbc;
  private final Persons persons;
  private final Meetings meetings;

  Plans(JdbcClient jdbc, Persons persons, Meetings meetings) {
    this.jdbc = jdbc;
    this.persons = persons;
    this.meetings = meetings;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    Consumer<Correction> conference = held -> {
      held.move("update plan set begun_on = :nowDay where begun_by = :subject");
      held.move("update plan set ended_on = :nowDay where ended_by = :subject and ended_on = :wasDay");
    };
    return Map.of(Events.CONFERENCE_RECORDED, conference, Events.CONFERENCE_HELD, conference,
        Events.PLAN_ENDED, ended -> ended.move("update plan set ended_on = :nowDay where id = :subject and ended_on = :wasDay"),
        Events.CHILD_DIED, died -> died.move("update plan set ended_on = greatest(begun_on, :nowDay) where person_id = :person "
            + "and ended_why = 'died'"));
  }

  /**
   * Begins a child's plan. Where the child came to us with a plan of protection, what that has not reached yet stands in ours from the
   * beginning: nobody starts again.
   *
   * @param conference the conference that decided on it, on whose day it begins; null for a child in need
   * @param category of abuse; null for a child in need
   * @throws Refusal when the child has a plan already
   */
  public UUID begin(String kind, UUID child, UUID caseId, UUID conference, LocalDate on, String category, Instant at, String by) {
    UUID id = UUID.randomUUID();
    try {
      jdbc.sql("""
              insert into plan (id, kind, person_id, case_id, begun_by, begun_on, first_category, latest_category, recorded_at, recorded_by)
              values (:id, :kind, :child, :case, :conference, :on, :category, :category, :at, :by)""")
          .param("id", id).param("kind", kind).param("child", child).param("case", caseId).param("conference", conference).param("on", on)
          .param("category", category).param("at", Timestamp.from(at)).param("by", by).update();
    } catch (DataIntegrityViolationException e) {
      throw new Refusal("children", "One of these children has a plan already on that day. One child has one plan at a time.");
    }
    if (kind.equals(CHILD_PROTECTION)) {
      goOnFromElsewhere(id, at, by);
    }
    return id;
  }

  /** The newest plan of others counts, where it had not ended when it came and no plan of ours has followed it. */
  private void goOnFromElsewhere(UUID plan, Instant at, String by) {
    jdbc.sql("""
            with theirs as (
              select e.item from from_elsewhere e join plan p on p.id = :plan and p.person_id = e.person_id
              where e.section = 'plans' and e.item ->> 'kind' = 'child-protection' and not jsonb_exists(e.item, 'endedOn')
                and not exists (select from plan ours where ours.person_id = p.person_id and ours.id <> p.id and ours.kind = p.kind
                  and ours.recorded_at >= e.taken_at and ours.ended_why is distinct from 'recorded-in-error')
              order by e.item ->> 'begunOn' desc limit 1),
            said as (
              update plan set child_says = theirs.item ->> 'childSays', seen_how_often = theirs.item ->> 'seenHowOften' from theirs
                where plan.id = :plan)
            insert into plan_row (plan_id, risk, must_change, by_when, seen_how, consequence, contingency, recorded_at, recorded_by)
            select :plan, r ->> 'risk', r ->> 'mustChange', (r ->> 'byWhen')::date, r ->> 'seenHow', r ->> 'consequence',
              r ->> 'contingency', :at, :by
            from theirs, jsonb_array_elements(theirs.item -> 'rows') with ordinality as t (r, n) where not jsonb_exists(r, 'endedAs')
              order by n""")
        .param("plan", plan).param("at", Timestamp.from(at)).param("by", by).update();
  }

  /** Ends a plan; the day must lie after its beginning. */
  public void end(UUID plan, LocalDate on, String why, UUID conference, Instant at, String by) {
    if (!on.isAfter(get(plan).begunOn()) && get(plan).kind().equals(CHILD_PROTECTION)
        && !List.of("died", "recorded-in-error").contains(why)) {
      throw new Refusal("children", "A plan cannot end on the day on which it begins. Check the date.");
    }
    jdbc.sql("update plan set ended_on = :on, ended_why = :why, ended_by = :conference where id = :id and ended_on is null")
        .param("on", on).param("why", why).param("conference", conference).param("id", plan).update();
    callOffCoreGroup(get(plan).caseId());
  }

  /** The plan of protection that a child's death has ended; empty where the child had none. */
  public Optional<UUID> endedByDeath(UUID child) {
    return jdbc.sql("select id from plan where person_id = :child and kind = 'child-protection' and ended_why = 'died'")
        .param("child", child).query(UUID.class).optional();
  }

  /** With the last plan of protection nobody waits for the next core group any more. */
  private void callOffCoreGroup(UUID caseId) {
    if (inForce(caseId, CHILD_PROTECTION).isEmpty()) {
      meetings.callOffCoreGroup(caseId);
    }
  }

  /** Keeps the category under which a plan continues; the first one stays. */
  public void continueAs(UUID plan, String category) {
    jdbc.sql("update plan set latest_category = :category where id = :id").param("category", category).param("id", plan).update();
  }

  public Plan get(UUID id) {
    return jdbc.sql("select * from plan where id = :id").param("id", id).query(Plan.class).single();
  }

  /** The plan of a child that is in force. */
  public Optional<Plan> ofChild(UUID child) {
    return jdbc.sql("select * from plan where person_id = :child and ended_on is null").param("child", child).query(Plan.class).optional();
  }

  /** The plans of a kind that are in force for the living children of a case. */
  public List<Plan> inForce(UUID caseId, String kind) {
    return jdbc.sql("""
            select p.* from plan p join person c on c.id = p.person_id where p.case_id = :case and p.kind = :kind and p.ended_on is null
              and c.died_on is null order by c.born_on, p.person_id""").param("case", caseId).param("kind", kind).query(Plan.class).list();
  }

  /** All plans that are in force for the living children of a case. */
  public List<Plan> inForce(UUID caseId) {
    return Stream.of(CHILD_PROTECTION, CHILD_IN_NEED).flatMap(kind -> inForce(caseId, kind).stream()).toList();
  }

  /** How many plans of protection a child had before this one (returns rule 8730). */
  public int before(UUID plan) {
    return jdbc.sql("""
            select count(*) from plan earlier join plan p on p.id = :id and earlier.person_id = p.person_id
              and earlier.begun_on < p.begun_on
            where earlier.kind = 'child-protection' and earlier.ended_why is distinct from 'recorded-in-error'""").param("id", plan)
        .query(Integer.class).single();
  }

  /** One thing that must change. */
  public Row row(UUID id) {
    return jdbc.sql("select * from plan_row where id = :id").param("id", id).query(Row.class).single();
  }

  /** Adds something that must change. */
  public UUID add(UUID plan, String risk, String mustChange, LocalDate byWhen, String seenHow, String consequence, String contingency,
      Instant at, String by) {
    return jdbc.sql("""
            insert into plan_row (plan_id, risk, must_change, by_when, seen_how, consequence, contingency, recorded_at, recorded_by)
            values (:plan, :risk, :change, :when, :seen, :consequence, :contingency, :at, :by) returning id""")
        .param("plan", plan).param("risk", risk).param("change", mustChange).param("when", byWhen).param("seen", seenHow)
        .param("consequence", consequence).param("contingency", contingency).param("at", Timestamp.from(at)).param("by", by)
        .query(UUID.class).single();
  }

  /** Fills what a row still lacks; what stands there already stays. */
  public void fill(UUID row, LocalDate byWhen, String seenHow, String consequence, String contingency) {
    jdbc.sql("""
            update plan_row set by_when = coalesce(by_when, :when), seen_how = coalesce(seen_how, :seen),
              consequence = coalesce(consequence, :consequence), contingency = coalesce(contingency, :contingency) where id = :id""")
        .param("when", byWhen).param("seen", seenHow).param("consequence", consequence).param("contingency", contingency)
        .param("id", row).update();
  }

  /** Keeps that something has changed, or that another row says it better. */
  public void endRow(UUID row, String how, String why, Instant at) {
    jdbc.sql("update plan_row set ended_as = :how, ended_why = :why, ended_at = :at where id = :id and ended_as is null")
        .param("how", how).param("why", why).param("at", Timestamp.from(at)).param("id", row).update();
  }

  /** The rows of a plan that still hold, in their order. */
  public List<Row> rows(UUID plan) {
    return jdbc.sql("select * from plan_row where plan_id = :plan and ended_as is null order by position").param("plan", plan)
        .query(Row.class).list();
  }

  /**
   * The plans of protection of a case as a paper has them: for each child what must change and what else is said.
   *
   * @param at as they stood then: what came later is left out; null for now
   * @param told what is made of each typed text before it stands in Markdown
   */
  public List<String> inWords(UUID caseId, Instant at, UnaryOperator<String> told) {
    List<String> lines = new ArrayList<>();
    for (Plan plan : inForce(caseId, CHILD_PROTECTION)) {
      String child = told.apply(persons.name(plan.personId()));
      lines.add("**" + child + "**: " + Words.spoken(plan.latestCategory())
          + (plan.seenHowOften() == null ? "" : ". Seen: " + told.apply(plan.seenHowOften()))
          + (plan.childSays() == null ? "" : ". " + child + " says: " + told.apply(plan.childSays())));
      for (Row row : rowsAt(plan.id(), at)) {
        lines.add(child + ": **" + told.apply(row.mustChange()) + "**" + (row.byWhen() == null ? "" : ", by " + Words.date(row.byWhen()))
            + ". Risk: " + told.apply(row.risk()) + said(". Seen by: ", row.seenHow(), told) + said(". If not: ", row.consequence(), told)
            + said(". Then: ", row.contingency(), told));
      }
    }
    return lines;
  }

  private static String said(String before, String text, UnaryOperator<String> told) {
    return text == null ? "" : before + told.apply(text);
  }

  private List<Row> rowsAt(UUID plan, Instant at) {
    return at == null ? rows(plan) : jdbc.sql("""
            select * from plan_row where plan_id = :plan and recorded_at <= :at and (ended_at is null or ended_at > :at)
              order by position""")
        .param("plan", plan).param("at", Timestamp.from(at)).query(Row.class).list();
  }

  /** Keeps what the child says must change (learning point C-18). */
  public void childSays(UUID plan, String words) {
    jdbc.sql("update plan set child_says = :words where id = :id").param("words", words).param("id", plan).update();
  }

  /** Keeps how often the child is seen, and by whom. */
  public void seenHowOften(UUID plan, String howOften) {
    jdbc.sql("update plan set seen_how_often = :often where id = :id").param("often", howOften).param("id", plan).update();
  }

  /**
   * What a plan still lacks, each as a sentence without the child's name: risk and change, by when, how others can see it, consequence
   * and contingency (learning points Q-01, C-22); what the child says (C-18), how often the child is seen, and an action for the
   * child directly (P-36), which an unborn child has not.
   */
  public List<String> gaps(UUID planId) {
    Plan plan = get(planId);
    List<String> gaps = new ArrayList<>();
    List<Row> rows = rows(planId);
    if (rows.isEmpty()) {
      gaps.add("No risk is named, and nothing that must change");
    }
    for (Row row : rows) {
      lacking(gaps, row, "by when", row.byWhen());
      lacking(gaps, row, "how anyone other than the parents could see it", row.seenHow());
      lacking(gaps, row, "what happens if it does not change", row.consequence());
      lacking(gaps, row, "what is done then", row.contingency());
    }
    if (plan.seenHowOften() == null) {
      gaps.add("Not said how often the child is seen");
    }
    boolean unborn = jdbc.sql("select born_on is null and expected_on is not null from person where id = :id").param("id", plan.personId())
        .query(Boolean.class).single();
    if (!unborn && plan.childSays() == null) {
      gaps.add("Not said what the child says must change");
    }
    if (!unborn && !jdbc.sql("""
            select exists (select from agreed_action where for_child = :child and ended_as is distinct from 'recorded-in-error'
              and recorded_at >= (select recorded_at from plan where id = :plan))""")
        .param("child", plan.personId()).param("plan", planId).query(Boolean.class).single()) {
      gaps.add("No action is for the child directly");
    }
    return gaps;
  }

  private static void lacking(List<String> gaps, Row row, String what, Object value) {
    if (value == null) {
      gaps.add("“" + row.mustChange() + "”: not said " + what);
    }
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("plan", "plan_row");
  }

  @Override
  public void split(Split split) {
    if (jdbc.sql("select " + OF_WHO_LEAVE + " and not " + OF_WHO_STAY).param("case", split.caseId()).param("leaving", split.leaving())
        .query(Boolean.class).single()) {
      meetings.calledForPlansGo(split);
    }
    split.update(jdbc.sql("update plan set case_id = :other where case_id = :case and person_id in (:leaving) and ended_on is null"));
  }

  @Override
  public List<UUID> wentAlong(UUID splitOff) {
    return jdbc.sql("select id from plan where case_id = :case").param("case", splitOff).query(UUID.class).list();
  }

  @Override
  public void joined(Joining joining) {
    joining.update(jdbc.sql("update plan set case_id = :stays where case_id = :duplicate"));
  }

  @Override
  public void died(UUID child, LocalDate on, Instant at) {
    ofChild(child).ifPresent(plan -> {
      jdbc.sql("update plan set ended_on = greatest(begun_on, :on), ended_why = 'died' where id = :id").param("on", on)
          .param("id", plan.id()).update();
      callOffCoreGroup(plan.caseId());
    });
  }

  /** The plan is in force again: the death was reported in error. */
  @Override
  public void alive(UUID child) {
    jdbc.sql("update plan set ended_on = null, ended_why = null where person_id = :child and ended_why = 'died'")
        .param("child", child).update();
  }

  /** @return the plans of protection that ended with it */
  @Override
  public List<UUID> left(Leaving leaving) {
    List<UUID> over = new ArrayList<>();
    LocalDate today = LocalDate.ofInstant(leaving.at(), Submission.LONDON);
    for (UUID child : leaving.children()) {
      ofChild(child).ifPresent(plan -> {
        boolean protection = plan.kind().equals(CHILD_PROTECTION);
        // returns rule 8840: a plan that began today ends tomorrow
        LocalDate on = protection && !today.isAfter(plan.begunOn()) ? plan.begunOn().plusDays(1) : today;
        end(plan.id(), on, protection ? "other-authority-confirmed" : "support-ended", null, leaving.at(), leaving.by());
        if (protection) {
          over.add(plan.id());
        }
      });
    }
    return over;
  }

  @Override
  public List<String> goesOn(UUID child, UUID except) {
    return jdbc.sql("select 'the protection plan is in force' from plan where person_id = :child and kind = 'child-protection' "
        + "and ended_on is null")
        .param("child", child).query(String.class).list();
  }
}
