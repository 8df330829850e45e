package org.followthrough.plan.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.PlannedFamily.seen;
import static org.followthrough.Practice.london;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.page.Refusal;
import org.followthrough.plan.Plans;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Two sisters and an unborn child, on plans since the conference of Thursday 17 December 2026. */
@InTheHouse
class VisitTest {

  private static final String VISIT = "Record visit";

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired ProcessInstances instances;
  @Autowired Plans plans;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID conference;
  private UUID aoife;
  private ProcessInstance process;

  @BeforeEach
  void aConferenceBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    practice.itIs("2026-12-17T14:00");
    conference = family.conference(contact, london("2026-12-17T10:00"));
    aoife = family.wholePlan(contact, "Aoife", conference);
    process = family.visits(contact, aoife);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Seen, again and again.

  @Test
  void a_child_is_visited_within_ten_working_days_and_then_again() {
    Task visit = visitTo(aoife);
    assertThat(visit.getDueDate()).isEqualTo(london("2027-01-05T17:00"));
    assertThat(practice.groupsOf(visit)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    practice.itIs("2026-12-29T16:30");
    practice.handIn("worker", visit.getId(), seen());

    assertThat(process).hasPassed(findId("Child looked after"), findId("Child visited"), findId("Child seen in time"),
        findId("Child seen by us"), findId("Child known to be safe"), findId("Child seen and known"));
    assertThat(process).isNotEnded();
    assertThat(visitTo(aoife).getDueDate()).isEqualTo(london("2027-01-13T17:00"));
    assertThat(record.texts("select s.by_whom || ', ' || s.alone || ', ' || s.bedroom || ', ' || s.own_words from sighting s "
        + "where during = ?", aoife))
        .containsExactly("worker, true, true, I like the new bed.");
    for (String obligation : List.of("VisitChild", "SeeChildOurselves", "KnowWhereChildIs")) {
      assertThat(of(obligation, aoife).get(1).metAt()).as(obligation).isEqualTo(london("2026-12-29T16:30"));
    }
  }

  @Test
  void a_visit_that_is_written_down_late_counts_from_when_it_was() {
    practice.itIs("2027-01-07T09:00");
    practice.timersFire();
    assertThat(asked("VisitChild", aoife)).containsExactly("north.team-manager");
    practice.handIn("worker", visitTo(aoife).getId(), seen("happenedEarlier", true, "happenedAt", "2026-12-30T15:00"));

    for (String obligation : List.of("VisitChild", "SeeChildOurselves", "KnowWhereChildIs")) {
      assertThat(of(obligation, aoife).get(1).metAt()).as(obligation + " was met in time").isEqualTo(london("2026-12-30T15:00"));
    }
    assertThat(visitTo(aoife).getDueDate()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(questions(of("VisitChild", aoife).get(1))).as("the question has answered itself").isEmpty();
  }

  @Test
  void an_attempt_is_kept_and_counts_nothing() {
    practice.itIs("2026-12-22T16:30");
    assertThatThrownBy(() -> practice.handIn("worker", visitTo(aoife).getId(), Map.of("seen", "no", "notSeenWhy", "nobody-at-home")))
        .isInstanceOf(Refusal.class).hasMessageContaining("what you tried");
    practice.handIn("worker", visitTo(aoife).getId(), Map.of("seen", "no", "notSeenWhy", "nobody-at-home",
        "tried", "Rang twice; tomorrow at school."));

    assertThat(process).isWaitingAt(findId(VISIT));
    assertThat(of("VisitChild", aoife)).singleElement().satisfies(clock -> {
      assertThat(clock.endedAs()).isNull();
      assertThat(clock.dueAt()).isEqualTo(london("2027-01-05T17:00"));
    });
    assertThat(record.texts("select not_seen_why from sighting where during = ? and not seen", aoife))
        .containsExactly("Nobody at home. Rang twice; tomorrow at school.");
    assertThat(record.chronology(contact)).contains("Child not seen").doesNotContain("Child visited");
  }

  @Test
  void an_older_visit_that_is_found_later_puts_no_date_off() {
    practice.itIs("2026-12-30T10:00");
    practice.handIn("worker", visitTo(aoife).getId(), seen("happenedEarlier", true, "happenedAt", "2026-12-29T16:00"));
    practice.handIn("worker", visitTo(aoife).getId(), seen("happenedEarlier", true, "happenedAt", "2026-12-21T16:00"));
    assertThat(of("VisitChild", aoife)).hasSize(2);
    assertThat(visitTo(aoife).getDueDate()).isEqualTo(london("2027-01-13T17:00"));
    assertThatThrownBy(() -> practice.handIn("worker", visitTo(aoife).getId(),
        seen("happenedEarlier", true, "happenedAt", "2026-12-16T16:00")))
        .isInstanceOf(Refusal.class).hasMessageContaining("before the conference");
  }

  @Test
  void alone_and_where_they_sleep_at_least_every_other_time() {
    practice.itIs("2026-12-22T16:30");
    Task first = visitTo(aoife);
    assertThatThrownBy(() -> practice.handIn("worker", first.getId(), seen("alone", "no"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("Not alone this time");
    assertThatThrownBy(() -> practice.handIn("worker", first.getId(), seen("ownWords", null))).isInstanceOf(Refusal.class)
        .hasMessageContaining("in their own words");
    assertThatThrownBy(() -> practice.handIn("worker", first.getId(), seen("againstPlan", null))).isInstanceOf(Refusal.class)
        .hasMessageContaining("against the plan");
    practice.handIn("worker", first.getId(), seen("alone", "no", "notAloneWhy", "Her aunt would not leave.", "bedroom", "no"));

    practice.itIs("2026-12-30T16:30");
    Task second = visitTo(aoife);
    assertThat(shown(second, "dueText")).contains("be seen alone and show where they sleep");
    assertThat(shown(second, "childText")).contains("Alone: **not yet**", "Tuesday 22 December 2026 at 16:30", "6 years");
    assertThat(shown(second, "planText")).contains("Somebody is at home every night", "Every week by the social worker");
    assertThatThrownBy(() -> practice.handIn("worker", second.getId(), seen("bedroom", "no"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("not seen last time either");
    practice.handIn("worker", second.getId(), seen());
    assertThat(forms.prefilled(visitTo(aoife), "worker")).doesNotContainKey("dueText");
  }

  @Test
  void a_child_too_young_to_be_alone_needs_no_reason_the_first_time() {
    UUID zoe = family.plan(contact, "Zoë", conference);
    family.visits(contact, zoe);
    practice.handIn("worker", visitTo(zoe).getId(), seen("alone", "no", "ownWords", null, "noWordsWhy", "Too young to speak."));
    assertThatThrownBy(() -> practice.handIn("worker", visitTo(zoe).getId(), seen("alone", "no"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("Not alone this time");
  }

  @Test
  void of_an_unborn_child_the_mother_is_seen() {
    UUID unborn = family.plan(contact, "", conference);
    family.visits(contact, unborn);
    assertThat(forms.prefilled(visitTo(unborn), "worker")).containsEntry("unborn", true);
    practice.handIn("worker", visitTo(unborn).getId(), Map.of("seen", "yes", "againstPlan", "She goes to the midwife."));
    assertThat(of("VisitChild", unborn)).hasSize(2);
  }

  // Not seen.

  @Test
  void unseen_the_child_goes_up_by_three_nested_clocks_on_their_days_and_the_two_of_danger_at_any_hour() {
    assertThat(one("VisitChild", aoife).dueAt()).isEqualTo(london("2027-01-05T17:00"));
    assertThat(one("SeeChildOurselves", aoife).dueAt()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(one("KnowWhereChildIs", aoife).dueAt()).isEqualTo(london("2027-01-28T17:00"));

    practice.itIs("2027-01-05T16:59:59");
    practice.timersFire();
    assertThat(asked("VisitChild", aoife)).isEmpty();
    practice.itIs("2027-01-05T17:00");
    practice.timersFire();
    assertThat(asked("VisitChild", aoife)).containsExactly("north.team-manager");
    assertThat(asked("SeeChildOurselves", aoife)).isEmpty();

    practice.itIs("2027-01-14T17:00");
    practice.timersFire();
    assertThat(asked("SeeChildOurselves", aoife).get(0)).contains("service-manager", "out-of-hours");
    assertThat(asked("KnowWhereChildIs", aoife)).isEmpty();

    practice.itIs("2027-01-28T17:00");
    practice.timersFire();
    assertThat(asked("KnowWhereChildIs", aoife).get(0)).contains("head-of-service", "out-of-hours");
    assertThat(process).isWaitingAt(findId(VISIT));

    practice.itIs("2027-01-29T09:00");
    List<Clocks.Running> late = List.of(one("VisitChild", aoife), one("SeeChildOurselves", aoife), one("KnowWhereChildIs", aoife));
    assertThat(late).allSatisfy(clock -> assertThat(questions(clock)).hasSize(1));
    practice.handIn("worker", visitTo(aoife).getId(), seen());
    assertThat(late).allSatisfy(clock -> assertThat(questions(clock)).isEmpty());
    assertThat(one("KnowWhereChildIs", aoife).dueAt()).isEqualTo(london("2027-03-12T17:00"));
  }

  @Test
  void a_sister_seen_leaves_this_one_open() {
    UUID zoe = family.plan(contact, "Zoë", conference);
    ProcessInstance zoes = family.visits(contact, zoe);
    practice.itIs("2027-01-04T10:00");
    practice.handIn("worker", visitTo(zoe).getId(), seen());
    practice.itIs("2027-01-05T17:00");
    practice.timersFire();

    assertThat(asked("VisitChild", aoife)).containsExactly("north.team-manager");
    assertThat(asked("VisitChild", zoe)).isEmpty();
    assertThat(process).hasNotPassed(findId("Child visited"));
    assertThat(zoes).hasPassed(findId("Child visited"));
    assertThat(visitTo(zoe).getDueDate()).isEqualTo(london("2027-01-18T17:00"));
  }

  @Test
  void another_agency_that_has_seen_the_child_moves_only_the_clock_of_anybody() {
    UUID zoe = family.plan(contact, "Zoë", conference);
    family.visits(contact, zoe);
    practice.itIs("2027-01-11T10:00");
    practice.timersFire();
    tell("seen-by-agency", "worker", "plan", aoife.toString(), "agency", "school", "who", "Joan Patel, head teacher",
        "at", "2027-01-11T09:00", "told", "She was there, tired.");

    assertThat(one("KnowWhereChildIs", aoife).dueAt()).isEqualTo(london("2027-02-22T17:00"));
    assertThat(one("SeeChildOurselves", aoife).dueAt()).isEqualTo(london("2027-01-14T17:00"));
    assertThat(one("VisitChild", aoife).dueAt()).isEqualTo(london("2027-01-05T17:00"));
    assertThat(one("KnowWhereChildIs", zoe).dueAt()).as("her sister").isEqualTo(london("2027-01-28T17:00"));
    assertThat(shown(visitTo(aoife), "childText")).contains("Seen by us: **not yet**",
        "Seen by anybody: last on **Monday 11 January 2027 at 09:00**, school");
    practice.itIs("2027-01-14T17:00");
    practice.timersFire();
    assertThat(asked("SeeChildOurselves", aoife)).hasSize(1);
    assertThat(asked("KnowWhereChildIs", aoife)).isEmpty();
    assertThatThrownBy(() -> tell("seen-by-agency", "worker", "plan", aoife.toString(), "agency", "school", "who", "J",
        "at", "2027-02-11T09:00", "told", "…"))
        .isInstanceOf(Refusal.class).hasMessageContaining("in the future");
  }

  // The end.

  @Test
  void with_the_plan_the_visits_to_this_child_end_and_those_to_a_sister_go_on() {
    UUID zoe = family.plan(contact, "Zoë", conference);
    ProcessInstance zoes = family.visits(contact, zoe);
    instances.tell("PlanEnded", List.of(practice.caseOf(contact)), List.of(aoife));
    assertThat(process).isEnded().hasPassed(findId("Visits ended"));
    assertThat(zoes).isNotEnded();
    assertThat(one("VisitChild", aoife).endedAs()).isEqualTo("withdrawn");
  }

  @Test
  void a_visit_handed_in_after_the_plan_has_ended_is_the_last() {
    practice.itIs("2027-03-18T10:00");
    Task visit = visitTo(aoife);
    plans.end(aoife, LocalDate.parse("2027-03-17"), "review-conference", null, london("2027-03-18T09:00"), "chair");
    practice.handIn("worker", visit.getId(), seen("happenedEarlier", true, "happenedAt", "2027-03-16T15:00"));
    assertThat(process).isEnded().hasPassed(findId("Plan over and visits finished"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"withdrawn, Visiting withdrawn", "no-longer-needed, Visits no longer needed", "recorded-in-error, Visits recorded in error"})
  void a_manager_ends_the_visits_with_a_reason(String how, String end) {
    menu.choose("manager", visitTo(aoife).getId(), "end", Map.of("how", how, "why", "The process was begun twice."));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  private Task visitTo(UUID plan) {
    return practice.tasks(VISIT, contact).stream()
        .filter(task -> plan.toString().equals(engine.getTaskService().getVariable(task.getId(), "subjectRef"))).findFirst().orElseThrow();
  }

  private String shown(Task task, String key) {
    return (String) forms.prefilled(task, "worker").get(key);
  }

  private void tell(String change, String user, String... fields) {
    menu.chooseOnCase(user, practice.caseOf(contact), change, Practice.page(Map.of(), (Object[]) fields));
  }

  /** The clocks of an obligation for a child, the newest first. */
  private List<Clocks.Running> of(String obligation, UUID plan) {
    return record.clocks(obligation, contact).stream().filter(clock -> plan.equals(clock.subjectId())).toList();
  }

  private Clocks.Running one(String obligation, UUID plan) {
    return of(obligation, plan).get(0);
  }

  private List<Task> questions(Clocks.Running late) {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("lateClockRef", late.id().toString()).list();
  }

  private List<String> asked(String obligation, UUID plan) {
    return record.asked(one(obligation, plan));
  }
}
