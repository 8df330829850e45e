package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Corrections;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Refusal;
import org.followthrough.plan.Plans;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the national returns refuse, by the code of the rule: here it is impossible, whoever writes and by whichever way. The
 * numbers are those of the census validation rules for children in need.
 */
@InTheHouse
class ReturnsTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Plans plans;
  @Autowired Meetings meetings;
  @Autowired Chronology chronology;
  @Autowired Corrections corrections;
  @Autowired TransactionTemplate transaction;

  private UUID family;
  private UUID child;

  @BeforeEach
  void aFamily() {
    practice.itIs("2026-11-02T09:00");
    String contact = practice.aRecordedContact("Zoë");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    family = UUID.fromString(record.text("select case_id::text from contact where reference = ?", contact));
    child = UUID.fromString(record.child(contact, "Zoë"));
  }

  @AfterEach
  void reset() {
    practice.endEverything();
  }

  @Test
  void rule_2885_a_plan_begins_on_the_day_of_its_conference() {
    UUID conference = conference("2026-11-30T14:00");

    assertThatThrownBy(() -> transaction.executeWithoutResult(tx -> begin(conference, "2026-12-01")))
        .isInstanceOfAny(DataAccessException.class, TransactionSystemException.class);
    assertThat(record.count("select count(*) from plan where person_id = ?", child)).isZero();

    transaction.executeWithoutResult(tx -> begin(conference, "2026-11-30"));
    // the day was written down wrongly: the plan moves with its conference
    UUID line = chronology.add(Chronology.Line.fact(null, family, null, "Conference held", london("2026-11-30T14:00"), "chair", null)
        .about(conference));
    transaction.executeWithoutResult(tx -> corrections.correct(line, london("2026-11-27T14:00"), "Misread.",
        london("2026-12-04T10:00"), "manager"));
    assertThat(record.text("select begun_on::text from plan where person_id = ?", child)).isEqualTo("2026-11-27");
    assertThatThrownBy(() -> transaction.executeWithoutResult(tx ->
        record.change("update plan set begun_on = date '2026-12-01' where person_id = ?", child)))
        .isInstanceOfAny(DataAccessException.class, TransactionSystemException.class);
  }

  /** 23:30 in London is the day before in New York and the same day in UTC in winter, but not in summer. */
  @Test
  void rule_2885_counts_the_day_in_London() {
    UUID conference = conference("2026-07-03T00:30");
    transaction.executeWithoutResult(tx -> begin(conference, "2026-07-03"));
    assertThat(record.text("select begun_on::text from plan where person_id = ?", child)).isEqualTo("2026-07-03");
  }

  @Test
  void rule_8875_an_initial_conference_is_never_held_on_a_weekend() {
    assertThatThrownBy(() -> conference("2026-11-28T10:00")).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> conference("2026-11-29T23:30")).isInstanceOf(DataAccessException.class);
    assertThat(conference("2026-11-30T00:15")).isNotNull();
    // a review may be
    assertThat(meeting("review-conference", "2026-11-28T10:00")).isNotNull();
  }

  @Test
  void rules_8935_and_2883_a_child_has_one_open_plan() {
    begin(conference("2026-11-02T10:00"), "2026-11-02");
    assertThatThrownBy(() -> begin(conference("2026-11-30T10:00"), "2026-11-30")).isInstanceOf(Refusal.class)
        .hasMessageContaining("has a plan already");
  }

  @Test
  void rule_8940_plans_do_not_overlap_and_8730_counts_the_earlier_ones() {
    UUID first = begin(conference("2026-11-02T10:00"), "2026-11-02");
    assertThat(plans.before(first)).isZero();
    plans.end(first, LocalDate.parse("2027-02-01"), "review-conference", null, london("2027-02-01T12:00"), "chair");
    assertThatThrownBy(() -> begin(conference("2027-01-04T10:00"), "2027-01-04")).isInstanceOf(Refusal.class);
    UUID second = begin(conference("2027-02-01T15:00"), "2027-02-01");
    assertThat(plans.before(second)).isEqualTo(1);
  }

  @Test
  void rules_8840_and_8925_a_plan_ends_after_the_day_on_which_it_began() {
    UUID plan = begin(conference("2026-11-02T10:00"), "2026-11-02");
    for (String day : new String[] {"2026-11-01", "2026-11-02"}) {
      assertThatThrownBy(() -> plans.end(plan, LocalDate.parse(day), "review-conference", null, london("2026-11-02T12:00"), "chair"))
          .isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> record.change("update plan set ended_on = cast(? as date), ended_why = 'review-conference' "
          + "where id = ?", day, plan))
          .isInstanceOf(DataAccessException.class);
    }
    plans.end(plan, LocalDate.parse("2026-11-03"), "review-conference", null, london("2026-11-03T12:00"), "chair");
    assertThat(plans.get(plan).endedOn()).isEqualTo("2026-11-03");
  }

  @Test
  void rules_4001_and_4016_a_child_in_need_plan_and_a_protection_plan_exclude_each_other() {
    UUID need = plans.begin(Plans.CHILD_IN_NEED, child, family, null, LocalDate.parse("2026-11-02"), null,
        london("2026-11-02T12:00"), "worker");
    UUID conference = conference("2026-11-30T10:00");
    assertThatThrownBy(() -> begin(conference, "2026-11-30")).isInstanceOf(Refusal.class);
    plans.end(need, LocalDate.parse("2026-11-30"), "support-ended", null, london("2026-11-30T10:00"), "chair");
    assertThat(begin(conference, "2026-11-30")).isNotNull();
  }

  @Test
  void rules_8805_and_8810_an_episode_closes_with_a_reason_or_not_at_all() {
    assertThatThrownBy(() -> record.change("update episode set closed_at = now() where person_id = ?", child))
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> record.change("update episode set closed_why = 'moved' where person_id = ?", child))
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void rules_8815_8816_and_8820_a_child_has_one_open_episode() {
    assertThatThrownBy(() -> record.change("""
        insert into episode (person_id, case_id, decision_id, referred_at) select person_id, case_id, decision_id, referred_at from episode
          where person_id = ?""",
        child)).isInstanceOf(DataAccessException.class);
  }

  private UUID begin(UUID conference, String on) {
    return plans.begin(Plans.CHILD_PROTECTION, child, family, conference, LocalDate.parse(on), "neglect", london(on + "T16:00"), "chair");
  }

  private UUID conference(String heldAt) {
    return meeting("initial-conference", heldAt);
  }

  private UUID meeting(String kind, String heldAt) {
    UUID id = meetings.call(kind, family, null, null, "conference-chair", "minute-taker", london(heldAt));
    record.change("update meeting set held_at = ? where id = ?", Timestamp.from(london(heldAt)), id);
    return id;
  }
}
