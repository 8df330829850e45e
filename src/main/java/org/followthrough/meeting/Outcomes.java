package org.followthrough.meeting;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** What a meeting has decided for each child, and why: a discussion its next steps, a conference its plans. */
@Component
public class Outcomes implements CaseRecords, Dated {

  /**
   * What was decided for a child, and why.
   *
   * @param outcome in plain words
   */
  public record Outcome(String child, String outcome, String reasons) {}

  private final JdbcClient jdbc;
  private final Families families;

  Outcomes(JdbcClient jdbc, Families families) {
    this.jdbc = jdbc;
    this.families = families;
  }

  @Override
  public Map<String, Consumer<Correction>> events() {
    return Map.of(Events.OUTCOME_DECIDED, decided -> decided(decided, Events.OUTCOME_DECIDED, Events.CLOSING_NEEDED,
        Events.ASSESSMENT_DECIDED), Events.PLAN_DECIDED, decided -> decided(decided, Events.PLAN_DECIDED));
  }

  /** For each child at one moment: what was decided in the same minute is one decision. */
  private static void decided(Correction decided, String... lines) {
    decided.notBefore(decided.found("select held_at from meeting where id = :subject").orElse(null),
        "It would be decided before the meeting was held.");
    decided.move("update meeting_outcome set decided_at = :now where meeting_id = :subject and decided_at = :was");
    decided.with(lines);
  }

  /** The living children of its family for whom a meeting has decided nothing yet, whoever joined midway included. */
  public List<Option> undecided(UUID id, UUID caseId) {
    List<String> decided = jdbc.sql("select person_id::text from meeting_outcome where meeting_id = :id").param("id", id)
        .query(String.class).list();
    return families.children(caseId).stream().filter(child -> !decided.contains(child.value())).toList();
  }

  /**
   * Records the outcome for children.
   *
   * @throws Refusal when somebody else was faster for one of them
   */
  public void decide(UUID id, List<UUID> children, String outcome, String reasons, Instant at, String by) {
    decide(id, children, outcome, null, reasons, at, by);
  }

  /**
   * Records what a conference has decided for children.
   *
   * @param category of harm under which a plan begins or continues; null otherwise
   * @throws Refusal when somebody else was faster for one of them
   */
  public void decide(UUID id, List<UUID> children, String outcome, String category, String reasons, Instant at, String by) {
    for (UUID child : children) {
      int decided = jdbc.sql("""
              insert into meeting_outcome (meeting_id, person_id, outcome, category, reasons, decided_at, decided_by)
              values (:meeting, :child, :outcome, :category, :reasons, :at, :by) on conflict do nothing""")
          .param("meeting", id).param("child", child).param("outcome", outcome).param("category", category).param("reasons", reasons)
          .param("at", Timestamp.from(at)).param("by", by).update();
      if (decided == 0) {
        throw new Refusal("children", "For one of these children an outcome is decided already. Open the task again.");
      }
    }
  }

  /** The outcomes a meeting has decided on, of all its children. */
  public List<String> of(UUID id) {
    return jdbc.sql("select distinct outcome from meeting_outcome where meeting_id = :id order by 1").param("id", id)
        .query(String.class).list();
  }

  /** Whether an earlier meeting decided on an enquiry for a child of this case. */
  public boolean earlierEnquiries(UUID caseId, UUID exceptMeeting) {
    return jdbc.sql("""
            select exists (select from meeting_outcome o join case_person c on c.person_id = o.person_id and c.case_id = :case
              where o.meeting_id <> :meeting and o.outcome like 'section-47-%')""")
        .param("case", caseId).param("meeting", exceptMeeting).query(Boolean.class).single();
  }

  /** What a meeting has decided for each child, under its heading. */
  public String decided(UUID meetingId) {
    List<String> lines = new ArrayList<>();
    Words.section(lines, "**Decided**", byChild(meetingId).stream()
        .map(one -> Words.escaped(one.child()) + ": **" + one.outcome() + "**. " + Words.escaped(one.reasons())).toList());
    return String.join("\n", lines);
  }

  /** The same, child by child. */
  public List<Outcome> byChild(UUID meetingId) {
    return jdbc.sql("""
            select coalesce(nullif(n.first_name, ''), case when p.expected_on is null then 'Name not known'
              else 'Unborn child' end) as child,
              case o.outcome when 'section-47-joint' then 'an enquiry of social work and police together (section 47)'
                when 'section-47-single' then 'an enquiry of social work alone (section 47)'
                when 'assessment' then 'an assessment' when 'no-further-action' then 'no further action'
                when 'plan-begins' then 'a child protection plan begins' when 'plan-continues' then 'the child protection plan continues'
                when 'plan-ends' then 'the child protection plan ends'
                when 'plan-ends-with-support' then 'the child protection plan ends, and support as a child in need follows'
                when 'support-without-plan' then 'no child protection plan, and support as a child in need'
                else 'no child protection plan' end
                || coalesce(' (' || replace(o.category, '-', ' ') || ')', '') as outcome, o.reasons
            from meeting_outcome o join person p on p.id = o.person_id
            left join person_name n on n.person_id = p.id and n.position = 1
            where o.meeting_id = :id order by p.born_on nulls last, child""")
        .param("id", meetingId).query(Outcome.class).list();
  }

  // When something happens to the whole case.

  @Override
  public Set<String> tables() {
    return Set.of("meeting_outcome");
  }
}
