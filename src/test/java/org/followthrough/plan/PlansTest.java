package org.followthrough.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.family.Persons;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a plan lacks is named until it is there, each thing by itself. */
@InTheHouse
class PlansTest {

  private static final LocalDate DAY = LocalDate.parse("2027-03-01");

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired Plans plans;
  @Autowired AgreedActions actions;
  @Autowired Persons persons;

  private final Instant now = london("2026-12-17T11:00");
  private String contact;
  private UUID conference;
  private UUID plan;

  @BeforeEach
  void aPlan() {
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    conference = family.conference(contact, london("2026-12-17T10:00"));
    plan = family.plan(contact, "Aoife", conference);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void an_empty_plan_lacks_the_risk_the_childs_words_the_visits_and_an_action_for_the_child() {
    assertThat(plans.gaps(plan)).containsExactly("No risk is named, and nothing that must change", "Not said how often the child is seen",
        "Not said what the child says must change", "No action is for the child directly");
  }

  /** Child Q: a plan without named risks, dates and consequences changes nothing (learning points Q-01, C-22). */
  @Test
  void a_risk_lacks_its_day_its_proof_its_consequence_and_its_contingency_until_each_is_there() {
    UUID row = plans.add(plan, "Alone at night", "Somebody at home", null, null, null, null, now, "chair");
    assertThat(plans.gaps(plan)).contains("“Somebody at home”: not said by when",
        "“Somebody at home”: not said how anyone other than the parents could see it",
        "“Somebody at home”: not said what happens if it does not change", "“Somebody at home”: not said what is done then")
        .doesNotContain("No risk is named, and nothing that must change");
    plans.fill(row, DAY, null, null, null);
    assertThat(plans.gaps(plan)).hasSize(6).doesNotContain("“Somebody at home”: not said by when");
    plans.fill(row, null, "The light", "We ask the court", null);
    assertThat(plans.gaps(plan)).contains("“Somebody at home”: not said what is done then").hasSize(4);
    plans.fill(row, LocalDate.parse("2027-12-31"), "Nothing", null, "Her aunt comes");
    assertThat(plans.gaps(plan)).noneMatch(gap -> gap.contains("Somebody at home"));
    assertThat(plans.row(row)).extracting(Plans.Row::byWhen, Plans.Row::seenHow).as("what stood there stays")
        .containsExactly(DAY, "The light");
  }

  @Test
  void a_row_that_has_ended_lacks_nothing_and_the_last_one_leaves_the_plan_without_a_risk() {
    UUID row = plans.add(plan, "Alone at night", "Somebody at home", null, null, null, null, now, "chair");
    plans.endRow(row, "achieved", "Her aunt lives there.", now);
    assertThat(plans.gaps(plan)).contains("No risk is named, and nothing that must change")
        .noneMatch(gap -> gap.contains("Somebody at home"));
  }

  /** Hear the child (learning point C-18). */
  @Test
  void what_the_child_says_must_change_is_asked_for() {
    plans.childSays(plan, "That somebody is there.");
    assertThat(plans.gaps(plan)).doesNotContain("Not said what the child says must change").hasSize(3);
  }

  @Test
  void how_often_the_child_is_seen_is_asked_for() {
    plans.seenHowOften(plan, "Weekly");
    assertThat(plans.gaps(plan)).doesNotContain("Not said how often the child is seen").hasSize(3);
  }

  /** Support in the child's own right (learning point P-36). */
  @Test
  void an_action_is_for_this_child_directly_and_was_agreed_for_this_plan() {
    UUID aoife = UUID.fromString(family.child(contact, "Aoife"));
    UUID zoe = UUID.fromString(family.child(contact, "Zoë"));
    agree(null, now);
    agree(zoe, now);
    agree(aoife, london("2026-12-17T09:59"));
    assertThat(plans.gaps(plan)).contains("No action is for the child directly");
    agree(aoife, now);
    assertThat(plans.gaps(plan)).doesNotContain("No action is for the child directly");
  }

  @Test
  void an_unborn_child_says_nothing_and_has_no_action_until_the_birth() {
    UUID unborn = family.plan(contact, "", conference);
    assertThat(plans.gaps(unborn)).containsExactly("No risk is named, and nothing that must change",
        "Not said how often the child is seen");
    persons.born(UUID.fromString(family.child(contact, "")), LocalDate.parse("2027-01-30"), "Róisín", "O’Neill", "F", now, "worker");
    assertThat(plans.gaps(unborn)).contains("Not said what the child says must change", "No action is for the child directly");
    assertThat(persons.name(plans.get(unborn).personId())).isEqualTo("Róisín O’Neill");
  }

  @Test
  void a_death_ends_the_plan_on_its_day_and_never_before_it_began() {
    UUID child = plans.get(plan).personId();
    plans.died(child, LocalDate.parse("2026-12-10"), now);
    assertThat(plans.get(plan)).extracting(Plans.Plan::endedOn, Plans.Plan::endedWhy)
        .containsExactly(LocalDate.parse("2026-12-17"), "died");
    assertThat(plans.endedByDeath(child)).contains(plan);
    plans.alive(child);
    assertThat(plans.get(plan).endedOn()).isNull();
    assertThat(plans.endedByDeath(child)).isEmpty();
  }

  @Test
  void a_plan_of_protection_does_not_end_on_the_day_on_which_it_began() {
    assertThatThrownBy(() -> plans.end(plan, LocalDate.parse("2026-12-17"), "review-conference", null, now, "chair"))
        .isInstanceOf(Refusal.class);
    plans.end(plan, LocalDate.parse("2026-12-18"), "review-conference", null, now, "chair");
    assertThat(plans.ofChild(plans.get(plan).personId())).isEmpty();
  }

  private void agree(UUID forChild, Instant at) {
    actions.agree(conference, family.caseOf(contact), "Take her to swimming", "Joan Patel", "school", DAY, null,
        new Meetings.Terms(true, forChild), at, "chair");
  }
}
