package org.followthrough.meeting.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Refusal;
import org.followthrough.referral.Contacts;
import org.followthrough.tasklist.CaseFile;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What was promised for a child on Friday 20 November 2026 for the Tuesday after, and what becomes of it. */
@InTheHouse
class ActionTest {

  private static final String ACCEPT = "Accept action";
  private static final String ANEW = "Give action anew";
  private static final String REPORT = "Report on action";
  private static final String CONFIRM = "Confirm action";
  private static final String DECIDE = "Decide contingency";
  private static final String ASKED = "Agree what happens now";

  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Meetings minutes;
  @Autowired CaseFile file;
  @Autowired Contacts contacts;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID action;
  private ProcessInstance process;

  @BeforeEach
  void aFridayEvening() {
    init(engine);
    practice.itIs("2026-11-20T18:40");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // What is done.

  @Test
  void what_was_accepted_in_the_meeting_is_done_with_evidence_and_confirmed_by_somebody_else() {
    agreed();
    assertThat(practice.tasks(ACCEPT, contact)).isEmpty();
    Task report = practice.task(REPORT, contact);
    assertThat(practice.groupsOf(report)).containsExactly("north.social-worker", "school");
    assertThat(report).hasDueDate(at("2026-11-24T23:59:59"));
    assertThat(shown(REPORT).get("actionText").toString()).contains("See Niall at school", "Joan Patel, school", "24 November 2026",
        "strategy discussion");

    practice.itIs("2026-11-24T12:00");
    refused("evidence", () -> practice.handIn("school", REPORT, contact, Map.of("stands", "done")));
    practice.handIn("school", REPORT, contact, done("happenedEarlier", true, "happenedAt", "2026-11-24T09:15"));
    assertThat(shown(CONFIRM).get("reportText").toString()).contains("Done", "Joan Patel", "Niall told me");
    assertThat(practice.groupsOf(practice.task(CONFIRM, contact))).containsExactly("north.social-worker", "north.team-manager");
    practice.itIs("2026-11-25T09:00");
    practice.handIn("worker", CONFIRM, contact, confirmed());

    hasEndedAt("Action done");
    assertThat(process).hasPassed(findId("Action ended"), findId("Action settled"));
    assertThat(row()).isEqualTo("done, due 2026-11-24");
    Clocks.Running clock = record.clock("CarryOutAction", contact);
    assertThat(clock.dueAt()).isEqualTo(london("2026-11-24T23:59:59"));
    assertThat(clock.metAt()).as("in time, however late somebody looked").isEqualTo(london("2026-11-24T09:15"));
    assertThat(clock.endedAs()).isEqualTo("met");
    assertThat(events()).containsExactly("Action reported done", "Action done");
  }

  @Test
  void who_reported_it_does_not_confirm_it_but_their_manager_may() {
    agreed("agency", "social-care", "who", "Sam Carter");
    assertThat(practice.groupsOf(practice.task(REPORT, contact))).containsExactly("north.social-worker", "north.team-manager",
        "out-of-hours");
    practice.handIn("worker", REPORT, contact, done());
    assertThatThrownBy(() -> practice.handIn("worker", CONFIRM, contact, confirmed())).isInstanceOf(Refusal.class)
        .hasMessageStartingWith("You reported this yourself.");
    practice.handIn("manager", CONFIRM, contact, confirmed());
    hasEndedAt("Action done");
  }

  @Test
  void a_parents_action_is_followed_by_the_lead_professional_who_also_sees_that_it_is_done() {
    agreed("agency", "family", "who", "Katarzyna O’Neill");
    assertThat(practice.groupsOf(practice.task(REPORT, contact))).containsExactly("north.social-worker");
    assertThat(practice.taskList("manager", contact)).doesNotContain(REPORT);
    practice.handIn("worker", REPORT, contact, done());
    practice.handIn("worker", CONFIRM, contact, confirmed());
    hasEndedAt("Action done");
  }

  @Test
  void for_an_agency_that_is_not_here_a_social_worker_writes_down_who_told_them() {
    agreed("agency", "housing", "who", "Lena Ruiz");
    assertThat(practice.groupsOf(practice.task(REPORT, contact))).containsExactly("north.social-worker");
    refused("onBehalfOf", () -> practice.handIn("worker", REPORT, contact, done()));
    refused("onBehalfHow", () -> practice.handIn("worker", REPORT, contact, done("onBehalfOf", "Lena Ruiz")));
    practice.handIn("worker", REPORT, contact, done("onBehalfOf", "Lena Ruiz", "onBehalfHow", "by-telephone"));
    assertThatThrownBy(() -> practice.handIn("worker", CONFIRM, contact, confirmed())).isInstanceOf(Refusal.class)
        .hasMessageStartingWith("You reported this yourself.");
    practice.handIn("manager", CONFIRM, contact, confirmed());
    hasEndedAt("Action done");
  }

  // Whose it is.

  @Test
  void whoever_was_not_there_takes_it_on_by_the_next_working_day() {
    agreed("accepted", false, "agency", "police", "who", "Dan Hughes");
    Task accept = practice.task(ACCEPT, contact);
    assertThat(practice.groupsOf(accept)).containsExactly("north.social-worker", "police");
    assertThat(accept).hasDueDate(at("2026-11-23T17:00"));
    assertThat(practice.tasks(REPORT, contact)).as("nobody is asked how it stands before they know of it").isEmpty();

    practice.itIs("2026-11-23T10:00");
    practice.handIn("police", ACCEPT, contact, Map.of("takesItOn", "yes"));
    assertThat(process).hasPassed(findId("Owner found"), findId("Owner settled"));
    assertThat(record.clock("SettleOwner", contact).metAt()).isEqualTo(london("2026-11-23T10:00"));
    assertThat(record.text("select owner_accepted_at at time zone 'UTC' from agreed_action where id = ?", action))
        .startsWith("2026-11-23 10:00");
    assertThat(practice.task(REPORT, contact)).hasDueDate(at("2026-11-24T23:59:59"));
    assertThat(events()).containsExactly("Action agreed", "Action accepted");
  }

  @Test
  void who_cannot_take_it_on_says_why_and_a_manager_names_somebody_else() {
    agreed("accepted", false);
    refused("whyNot", () -> practice.handIn("school", ACCEPT, contact, Map.of("takesItOn", "no")));
    practice.handIn("school", ACCEPT, contact, Map.of("takesItOn", "no", "whyNot", "I am away until Thursday."));
    assertThat(practice.groupsOf(practice.task(ANEW, contact))).containsExactly("north.team-manager");
    assertThat(shown(ANEW).get("declinedText")).isEqualTo("I am away until Thursday.");
    for (String nobody : List.of("the health visitor", "somebody", "TBC")) {
      refused("namedPerson", () -> practice.handIn("manager", ANEW, contact,
          Map.of("whatNow", "somebody-else", "namedPerson", nobody, "agency", "health")));
    }
    practice.handIn("manager", ANEW, contact, Map.of("whatNow", "somebody-else", "namedPerson", "Niamh Byrne", "agency", "health"));

    assertThat(practice.groupsOf(practice.task(ACCEPT, contact))).containsExactly("health", "north.social-worker");
    practice.handIn("health", ACCEPT, contact, Map.of("takesItOn", "yes"));
    assertThat(practice.groupsOf(practice.task(REPORT, contact))).containsExactly("health", "north.social-worker");
    assertThat(shown(REPORT).get("actionText").toString()).contains("Niamh Byrne, health").doesNotContain("Joan Patel");
    assertThat(record.clock("SettleOwner", contact).endedAs()).isEqualTo("met");
    assertThat(minutes.actions(meeting())).as("the minutes still say what was agreed").extracting(Meetings.Action::namedPerson)
        .contains("Joan Patel");
    assertThat(events()).containsExactly("Action agreed", "Action not accepted", "Action given anew", "Action accepted");
  }

  @Test
  void an_action_that_nobody_needs_any_more_ends_before_anybody_takes_it_on() {
    agreed("accepted", false);
    practice.handIn("school", ACCEPT, contact, Map.of("takesItOn", "no", "whyNot", "He has changed school."));
    refused("whyNotNeeded", () -> practice.handIn("manager", ANEW, contact, Map.of("whatNow", "not-needed")));
    practice.handIn("manager", ANEW, contact, Map.of("whatNow", "not-needed", "whyNotNeeded", "His new school has seen him."));
    hasEndedAt("Action not needed");
    assertThat(process).hasPassed(findId("Action dropped before acceptance"));
    assertThat(row()).isEqualTo("not-needed, due 2026-11-24");
  }

  @Test
  void silence_is_not_acceptance_and_goes_to_the_team_manager_once() {
    agreed("accepted", false);
    practice.itIs("2026-11-23T16:59:59");
    practice.timersFire();
    assertThat(practice.tasks(ASKED, contact)).isEmpty();
    practice.itIs("2026-11-23T17:00");
    practice.timersFire();
    practice.timersFire();
    Task asked = practice.task(ASKED, contact);
    assertThat(practice.groupsOf(asked)).containsExactly("north.team-manager");
    assertThat(forms.prefilled(asked, "manager").get("lateText").toString()).contains("Settle owner", "See Niall at school",
        "Joan Patel", "not accepted yet");
    assertThat(forms.prefilled(asked, "manager")).as("nobody has begun yet").doesNotContainKeys("planText", "ifNotDoneText");

    practice.handIn("worker", ACCEPT, contact, Map.of("takesItOn", "yes", "onBehalfOf", "Joan Patel", "onBehalfHow", "by-telephone"));
    assertThat(practice.tasks(ASKED, contact)).as("it closes itself").isEmpty();
    assertThat(record.asked(record.clock("SettleOwner", contact))).containsExactly("north.team-manager");
  }

  @Test
  void acceptance_waits_over_christmas_for_the_next_working_day() {
    practice.itIs("2026-12-24T16:00");
    contact = practice.aRecordedContact("Niall");
    action = meetings.agreed(contact, london("2026-12-24T15:00"), Map.of("accepted", false, "dueOn", "2027-01-08"));
    assertThat(practice.task(ACCEPT, contact)).hasDueDate(at("2026-12-29T17:00"));
  }

  // What is late.

  @Test
  void on_the_evening_of_its_day_the_manager_is_asked_once_what_happens_and_whether_the_plan_holds() {
    agreed();
    practice.itIs("2026-11-24T23:59:58");
    practice.timersFire();
    assertThat(practice.tasks(ASKED, contact)).isEmpty();
    practice.itIs("2026-11-24T23:59:59");
    practice.timersFire();
    practice.timersFire();
    Task asked = practice.task(ASKED, contact);
    assertThat(practice.groupsOf(asked)).containsExactly("north.team-manager");
    assertThat(practice.tasks(REPORT, contact)).as("its owner is still asked").hasSize(1);
    Map<String, Object> shown = forms.prefilled(asked, "manager");
    assertThat(shown.get("lateText").toString()).contains("Carry out action", "See Niall at school", "It stands so: accepted.");
    assertThat(shown.get("ifNotDoneText")).isEqualTo("The health visitor goes the same day.");

    practice.itIs("2026-11-25T09:00");
    refused("contingencyBegins", () -> practice.handIn("manager", asked.getId(), answered("contingencyBegins", null)));
    refused("planHolds", () -> practice.handIn("manager", asked.getId(), answered("planHolds", null)));
    refused("planChanges", () -> practice.handIn("manager", asked.getId(), answered("planHolds", "no")));
    practice.handIn("manager", asked.getId(), answered("planHolds", "no", "planChanges", "Somebody sees him every day; Grace sees to it."));

    assertThat(record.texts("select words from chronology_entry where subject_id = ? and what = 'Plan looked at again'", action))
        .containsExactly("What was agreed for this case begins now. The plan does not hold: Somebody sees him every "
            + "day; Grace sees to it.");
    assertThat(standing()).containsExactly("accepted, late since 24 November 2026, what was agreed for this case has begun");
    practice.itIs("2026-11-26T12:00");
    practice.handIn("school", REPORT, contact, done());
    practice.handIn("worker", CONFIRM, contact, confirmed());
    hasEndedAt("Action done");
    assertThat(record.clock("CarryOutAction", contact).metAt()).isEqualTo(london("2026-11-26T12:00"));
    assertThat(record.asked(record.clock("CarryOutAction", contact))).containsExactly("north.team-manager");
  }

  @Test
  void where_nothing_was_agreed_for_its_failure_only_the_plan_is_asked_about() {
    agreed("ifNotDone", null);
    practice.itIs("2026-11-25T09:00");
    practice.timersFire();
    Task asked = practice.task(ASKED, contact);
    assertThat(forms.prefilled(asked, "manager")).containsKey("planText").doesNotContainKey("ifNotDoneText");
    practice.handIn("manager", asked.getId(), answered("contingencyBegins", null));
    assertThat(record.texts("select words from chronology_entry where subject_id = ? and what = 'Plan looked at again'", action))
        .containsExactly("The plan still holds.");
  }

  @Test
  void late_is_answered_by_a_new_day_the_next_working_day_and_the_promised_day_never_moves() {
    agreed();
    practice.itIs("2026-11-24T09:00");
    refused("why", () -> practice.handIn("school", REPORT, contact, late("why", null)));
    refused("hopedFor", () -> practice.handIn("school", REPORT, contact, late("hopedFor", null)));
    refused("hopedFor", () -> practice.handIn("school", REPORT, contact, late("hopedFor", "2026-11-23")));
    practice.handIn("school", REPORT, contact, late());

    Task decide = practice.task(DECIDE, contact);
    assertThat(practice.groupsOf(decide)).containsExactly("north.team-manager");
    assertThat(decide).hasDueDate(at("2026-11-25T17:00"));
    assertThat(shown(DECIDE)).containsEntry("agreedText", "The health visitor goes the same day.");
    assertThat(shown(DECIDE).get("reportText").toString()).contains("Late", "He is off sick", "Hoped for by 27 November 2026");
    refused("newDay", () -> practice.handIn("manager", DECIDE, contact, goesOn("newDay", null)));
    refused("newDay", () -> practice.handIn("manager", DECIDE, contact, goesOn("newDay", "2026-11-23")));
    refused("planChange", () -> practice.handIn("manager", DECIDE, contact, goesOn("planHolds", "no")));
    practice.handIn("manager", DECIDE, contact, goesOn());

    assertThat(process).hasPassed(findId("Contingency decided"));
    Task again = practice.task(REPORT, contact);
    assertThat(again).hasDueDate(at("2026-11-24T23:59:59"));
    assertThat(shown(REPORT).get("actionText").toString())
        .contains("promised for **24 November 2026**, goes on until **27 November 2026**");
    assertThat(row()).isEqualTo("open, due 2026-11-24, until 2026-11-27");
    assertThat(standing()).containsExactly("accepted, goes on until 27 November 2026");
    practice.itIs("2026-11-27T10:00");
    practice.handIn("school", REPORT, contact, done());
    practice.handIn("worker", CONFIRM, contact, confirmed());
    hasEndedAt("Action done");
  }

  @Test
  void what_is_done_instead_has_a_person_and_a_day_and_is_followed_like_every_action() {
    agreed();
    practice.itIs("2026-11-24T09:00");
    practice.handIn("school", REPORT, contact, Map.of("stands", "not-happening", "why", "He has left the school."));
    assertThat(shown(DECIDE)).containsEntry("insteadWhat", "The health visitor goes the same day.");
    for (String needed : List.of("insteadWhat", "insteadWho", "insteadAgency", "insteadAccepted", "insteadBy")) {
      refused(needed, () -> practice.handIn("manager", DECIDE, contact, instead(needed, null)));
    }
    refused("insteadWho", () -> practice.handIn("manager", DECIDE, contact, instead("insteadWho", "the health visitor")));
    refused("insteadBy", () -> practice.handIn("manager", DECIDE, contact, instead("insteadBy", "2026-11-23")));
    refused("insteadAgency", () -> practice.handIn("manager", DECIDE, contact, instead("insteadAccepted", "parent")));
    assertThat(record.count("select count(*) from agreed_action where instead_of = ?", action)).isZero();
    practice.handIn("manager", DECIDE, contact, instead());

    assertThat(row()).isEqualTo("replaced, due 2026-11-24");
    assertThat(process).hasPassed(findId("Action given up")).hasNotPassed(findId("Action replaced"));
    assertThat(practice.groupsOf(practice.task(REPORT, contact))).containsExactly("health", "north.social-worker");
    assertThat(practice.task(REPORT, contact)).hasDueDate(at("2026-11-24T23:59:59"));
    assertThat(standing()).containsExactly("something else is done instead since 24 November 2026", "accepted, in place of another");
    practice.handIn("health", REPORT, contact, done());
    practice.handIn("worker", CONFIRM, contact, confirmed());
    hasEndedAt("Action done");
    assertThat(record.texts("select ended_as from agreed_action where id = ? or instead_of = ? order by position", action, action))
        .containsExactly("replaced", "done");
    assertThat(record.clocks("CarryOutAction", contact)).hasSize(2).allSatisfy(clock -> assertThat(clock.endedAs()).isEqualTo("met"))
        .extracting(Clocks.Running::subjectId).doesNotHaveDuplicates();
  }

  @Test
  void whoever_is_to_do_something_else_instead_is_asked_too() {
    agreed();
    practice.handIn("school", REPORT, contact, Map.of("stands", "not-happening", "why", "He has left the school."));
    practice.handIn("manager", DECIDE, contact, instead("insteadAccepted", "no"));
    assertThat(practice.groupsOf(practice.task(ACCEPT, contact))).containsExactly("health", "north.social-worker");
    assertThat(practice.task(ACCEPT, contact)).hasDueDate(at("2026-11-23T17:00"));
  }

  @Test
  void what_is_not_needed_any_more_ends_as_such_and_the_plan_is_asked_about() {
    agreed();
    practice.handIn("school", REPORT, contact, Map.of("stands", "not-happening", "why", "The police have seen him."));
    practice.handIn("manager", DECIDE, contact, goesOn("whatNow", "not-needed", "newDay", null,
        "planHolds", "no", "planChange", "review-brought-forward", "planChangeWhat", "Grace asks the chair for a nearer review."));
    hasEndedAt("Action replaced");
    assertThat(row()).isEqualTo("not-needed, due 2026-11-24");
    assertThat(record.text("select fields::text from chronology_entry where subject_id = ? and what = 'Contingency decided'", action))
        .contains("The review is brought forward", "Grace asks the chair");
  }

  @Test
  void done_but_not_indeed_is_in_doubt_like_late() {
    agreed();
    practice.itIs("2026-11-23T09:00");
    practice.handIn("school", REPORT, contact, done());
    practice.itIs("2026-11-24T15:00");
    practice.handIn("worker", CONFIRM, contact, Map.of("doneIndeed", "no", "howKnown", "He was not in school that day."));
    assertThat(practice.task(DECIDE, contact)).hasDueDate(at("2026-11-25T17:00"));
    assertThat(shown(DECIDE).get("reportText").toString()).contains("Not done indeed", "He was not in school that day.");
    assertThat(standing()).containsExactly("accepted");
    practice.itIs("2026-11-25T10:00");
    practice.handIn("manager", DECIDE, contact, goesOn("whatNow", "not-needed", "newDay", null));
    assertThat(record.clock("CarryOutAction", contact).metAt()).as("what was not done was not met that day")
        .isEqualTo(london("2026-11-24T15:00"));
  }

  @Test
  void a_doubt_nobody_answers_goes_to_the_service_manager_once() {
    agreed("dueOn", "2026-12-18");
    practice.handIn("school", REPORT, contact, Map.of("stands", "not-happening", "why", "He has left the school."));
    practice.itIs("2026-11-23T16:59:59");
    practice.timersFire();
    assertThat(practice.tasks(ASKED, contact)).isEmpty();
    practice.itIs("2026-11-23T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("service-manager");
    practice.handIn("manager", DECIDE, contact, goesOn());
    assertThat(practice.tasks(ASKED, contact)).isEmpty();
  }

  @Test
  void an_action_added_from_the_case_menu_asks_whoever_it_is_for() {
    agreed();
    String family = practice.caseOf(contact);
    menu.chooseOnCase("worker", family, "add-action", Map.of("meeting", meeting().toString(), "what", "Ring his aunt",
        "namedPerson", "Sam Carter", "agency", "social-care", "dueOn", "2026-11-25", "ifNotDone", ""));
    Task accept = engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family).taskName(ACCEPT).singleResult();
    assertThat(practice.groupsOf(accept)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(record.count("select count(*) from chronology_entry e join agreed_action a on a.id = e.subject_id "
        + "where a.what = 'Ring his aunt' and e.what = 'Action agreed'"
        + " and a.meeting_id = ?", meeting())).as("said once").isEqualTo(1);
  }

  // The end by a manager.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Following withdrawn,       not-needed",
      "no-longer-needed,  Action no longer needed,   not-needed",
      "recorded-in-error, Action recorded in error,  recorded-in-error"})
  void a_manager_ends_it_with_a_reason_and_the_record_ends_it_too(String how, String end, String endedAs) {
    agreed("agency", "social-care");
    menu.choose("manager", practice.task(REPORT, contact).getId(), "end", Map.of("how", how, "why", "They have moved away."));
    hasEndedAt(end);
    assertThat(row()).isEqualTo(endedAs + ", due 2026-11-24");
    assertThat(record.clock("CarryOutAction", contact).endedAs()).isEqualTo("withdrawn");
  }

  // What is there.

  private void agreed(Object... terms) {
    contact = practice.aRecordedContact("Niall");
    // what else is late about this family is another test's
    engine.getRuntimeService().deleteProcessInstance(practice.process("referral", contact).getId(), "not told here");
    Map<String, Object> more = new HashMap<>();
    for (int i = 0; i < terms.length; i += 2) {
      more.put((String) terms[i], terms[i + 1]);
    }
    action = meetings.agreed(contact, london("2026-11-20T18:00"), more);
    process = practice.process("action", contact);
  }

  private static Map<String, Object> done(Object... changes) {
    return page(Map.of("stands", "done", "evidence", "Niall told me himself what he had for breakfast."), changes);
  }

  private static Map<String, Object> late(Object... changes) {
    return page(Map.of("stands", "late", "why", "He is off sick.", "hopedFor", "2026-11-27"), changes);
  }

  private static Map<String, Object> confirmed(Object... changes) {
    return page(Map.of("doneIndeed", "yes", "howKnown", "I have rung the school."), changes);
  }

  private static Map<String, Object> goesOn(Object... changes) {
    return page(Map.of("whatNow", "goes-on", "newDay", "2026-11-27", "why", "He is with his aunt until then.",
        "planHolds", "yes"), changes);
  }

  private static Map<String, Object> instead(Object... changes) {
    return page(Map.of("whatNow", "something-else", "insteadWhat", "See Niall at his aunt’s", "insteadWho", "Niamh Byrne",
        "insteadAgency", "health", "insteadAccepted", "yes", "insteadBy", "2026-11-24", "why", "He is not at school.",
        "planHolds", "yes"), changes);
  }

  private static Map<String, Object> answered(Object... changes) {
    return page(Map.of("cause", "waiting-for-others", "agreed", "Sam rings the school.", "newDate", "2026-11-27T12:00",
        "contingencyBegins", "yes", "planHolds", "yes"), changes);
  }

  private Map<String, Object> shown(String label) {
    return forms.prefilled(practice.task(label, contact), "manager");
  }

  private String row() {
    return record.text("select coalesce(ended_as, 'open') || ', due ' || due_on || coalesce(', until ' || goes_on_until, '') "
        + "from agreed_action where id = ?", action);
  }

  private List<String> events() {
    return record.texts("select what from chronology_entry where subject_id = ? order by position", action);
  }

  private UUID meeting() {
    return UUID.fromString(record.text("select meeting_id::text from agreed_action where id = ?", action));
  }

  /** How the actions of this process stand in the case; the other action of every held meeting is left out. */
  private List<String> standing() {
    return file.open(contacts.byId(contacts.idOf(contact).orElseThrow()).caseId(), null, "manager", "North", true, name -> name,
        code -> code).meetings().get(0).actions().stream()
        .filter(one -> !one.what().equals("See the children at school")).map(one -> one.standing()).toList();
  }

  private void hasEndedAt(String end) {
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  private static void refused(String field, ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
