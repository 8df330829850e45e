package org.followthrough.oversight.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.followthrough.Practice.london;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who is asked when something promised about a child is late; the 16th of November 2026 is a Monday. */
@InTheHouse
class EscalationTest {

  private static final String ASKED = "Agree what happens now";

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-11-16T10:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Who is asked first, and who not.

  @Test
  void a_late_decision_goes_to_the_tier_above_the_team_manager_who_owes_it() {
    String contact = aLateDecision();

    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("service-manager");
    assertThat(practice.taskList("service-manager", contact)).containsExactly(ASKED);
    assertThat(practice.taskList("manager", contact)).as("the owner is not told to ask themselves").containsExactly("Decide response");
    for (String other : List.of("south-manager", "south-worker", "worker", "contact", "police", "head", "minutes")) {
      assertThat(practice.taskList(other, contact)).as(other).isEmpty();
    }
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("escalation")
        .variableValueEquals("contactRef", contact).singleResult().getBusinessKey()).isEqualTo(practice.caseOf(contact));
  }

  @Test
  void a_late_record_of_the_contact_centre_goes_to_the_service_manager_before_a_family_is_known() {
    String contact = practice.contactOf(practice.start("contact"));
    practice.itIs("2026-11-16T23:59:59");
    practice.timersFire();
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("service-manager");
    assertThat((String) shown(contact).get("lateText")).contains("Record contact").contains("Monday 16 November 2026 at 23:59");
  }

  @Test
  void the_manager_reads_what_is_late_since_when_and_about_whom() {
    String contact = aLateDecision();
    assertThat((String) shown(contact).get("lateText")).contains("**Decide response** was due on **Tuesday 17 November 2026 at 17:00**")
        .contains("1 working day, counted from the day after").contains("contact received on Monday 16 November 2026 at 10:00")
        .contains("Family " + practice.caseOf(contact)).contains("Niall");
  }

  @Test
  void a_silent_agency_is_asked_through_its_own_safeguarding_lead_where_it_has_one() {
    String contact = anUnconfirmedOutcome("health");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("health.safeguarding-lead");
    assertThat(practice.taskList("health-lead", contact)).containsExactly(ASKED);
  }

  // The climb.

  @Test
  void unanswered_it_climbs_after_two_working_days_and_stops_at_the_top() {
    String contact = aLateDecision();
    assertThat(practice.task(ASKED, contact).getDueDate().toInstant()).isEqualTo(london("2026-11-19T17:00"));

    at("2026-11-19T16:59:59");
    assertThat(asked(contact)).containsExactly("service-manager");
    at("2026-11-19T17:00");
    assertThat(asked(contact)).containsExactly("service-manager", "service-manager,head-of-service");
    Task question = practice.task(ASKED, contact);
    assertThat(practice.groupsOf(question)).as("the first manager keeps it").containsExactly("head-of-service", "service-manager");
    assertThat(practice.taskList("head", contact)).containsExactly(ASKED);

    at("2026-12-24T12:00");
    assertThat(asked(contact)).as("there is nobody above").hasSize(2);
    assertThat(practice.tasks(ASKED, contact)).extracting(Task::getId).containsExactly(question.getId());
  }

  @Test
  void working_days_of_the_ladder_pass_over_christmas() {
    practice.itIs("2026-12-22T10:00");
    String contact = practice.aRecordedContact("Niall");
    at("2026-12-23T17:00");
    assertThat(practice.task(ASKED, contact).getDueDate().toInstant()).isEqualTo(london("2026-12-29T17:00"));
  }

  @Test
  void a_child_in_danger_climbs_by_the_hour_through_all_three_tiers() {
    String contact = unprotectedSince("2026-11-16T10:00");
    at("2026-11-16T12:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("north.team-manager");
    assertThat(practice.task(ASKED, contact).getDueDate().toInstant()).isEqualTo(london("2026-11-16T14:00"));
    at("2026-11-16T13:59:59");
    assertThat(asked(contact, "ProtectChildren")).hasSize(1);
    at("2026-11-16T14:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("north.team-manager", "service-manager");
    assertThat(practice.task(ASKED, contact).getDueDate().toInstant()).isEqualTo(london("2026-11-16T16:00"));
    at("2026-11-16T16:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("head-of-service", "north.team-manager",
        "service-manager");
    assertThat(asked(contact, "ProtectChildren")).containsExactly("north.team-manager", "north.team-manager,service-manager",
        "north.team-manager,service-manager,head-of-service");
    for (String south : List.of("south-manager", "south-worker")) {
      assertThat(practice.taskList(south, contact)).isEmpty();
    }
  }

  @ParameterizedTest(name = "late at {1}: out-of-hours {2}")
  @CsvSource({
      "2026-11-16T15:01, 2026-11-16T17:01, asked",     // an evening
      "2026-11-21T10:00, 2026-11-21T12:00, asked",     // a Saturday
      "2026-12-25T10:00, 2026-12-25T12:00, asked",     // Christmas Day
      "2026-11-17T06:59, 2026-11-17T08:59, asked",     // before the office opens
      "2026-11-17T07:00, 2026-11-17T09:00, not asked",
      "2026-11-16T10:00, 2026-11-16T12:00, not asked"})
  void at_night_and_at_weekends_out_of_hours_is_asked_as_well(String decided, String late, String outOfHours) {
    String contact = unprotectedSince(decided);
    at(late);
    List<String> groups = practice.groupsOf(practice.task(ASKED, contact));
    assertThat(groups).contains("north.team-manager");
    assertThat(groups.contains("out-of-hours")).isEqualTo(outOfHours.equals("asked"));
    assertThat(practice.taskList("out-of-hours", contact).contains(ASKED)).isEqualTo(outOfHours.equals("asked"));
  }

  @Test
  void paper_stops_at_the_first_manager() {
    String contact = anUnconfirmedOutcome("school");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("north.team-manager");
    at("2026-12-24T12:00");
    assertThat(asked(contact, "ConfirmOutcomeHeard")).containsExactly("north.team-manager");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("north.team-manager");
  }

  @Test
  void paper_stays_with_the_first_manager_when_the_agreed_date_has_passed_too() {
    String contact = anUnconfirmedOutcome("school");
    practice.handIn("manager", ASKED, contact, anAnswer("2026-11-25T12:00"));
    at("2026-11-25T12:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("north.team-manager");
  }

  @Test
  void an_empty_chair_is_passed_over() {
    IdentityService identity = engine.getIdentityService();
    identity.deleteMembership("service-manager", "service-manager");
    try {
      String contact = aLateDecision();
      assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("head-of-service");
      at("2026-12-01T17:00");
      assertThat(asked(contact)).containsExactly("head-of-service");
    } finally {
      identity.createMembership("service-manager", "service-manager");
    }
  }

  @Test
  void an_empty_chair_halfway_up_is_passed_over_too() {
    IdentityService identity = engine.getIdentityService();
    String contact = unprotectedSince("2026-11-16T10:00");
    at("2026-11-16T12:00");
    identity.deleteMembership("service-manager", "service-manager");
    try {
      at("2026-11-16T14:00");
      assertThat(asked(contact, "ProtectChildren")).containsExactly("north.team-manager", "north.team-manager,head-of-service");
    } finally {
      identity.createMembership("service-manager", "service-manager");
    }
  }

  // An answer.

  @Test
  void an_agreed_date_stops_the_climb_and_the_next_question_goes_a_tier_up() {
    String contact = aLateDecision();
    Clocks.Running late = record.clock("DecideResponse", contact);
    practice.itIs("2026-11-18T10:00");
    practice.handIn("service-manager", ASKED, contact, anAnswer("2026-11-24T12:00"));

    at("2026-11-24T11:59:59");
    assertThat(practice.tasks(ASKED, contact)).as("nobody is asked before then").isEmpty();
    assertThat(asked(contact)).hasSize(1);
    assertThat(record.clock("DecideResponse", contact).dueAt()).as("the date the law sets does not move")
        .isEqualTo(london("2026-11-17T17:00"));
    assertThat(practice.task("Decide response", contact).getDueDate().toInstant()).isEqualTo(london("2026-11-17T17:00"));

    at("2026-11-24T12:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).containsExactly("head-of-service");
    assertThat(asked(contact)).containsExactly("service-manager", "head-of-service");
    assertThat(practice.taskList("service-manager", contact)).isEmpty();

    practice.handIn("head", ASKED, contact, anAnswer("2026-11-26T12:00"));
    at("2026-11-26T12:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).as("at the top, the top again").containsExactly("head-of-service");
    assertThat(record.texts("select level || ': ' || cause || ', ' || agreed || ' (' || answered_by || ')' from escalation_answer "
        + "where clock_id = ? order by answered_at", late.id())).containsExactly(
            "1: too-much-work: Two of us are ill., Grace decides tonight. (service-manager)",
            "2: too-much-work: Two of us are ill., Grace decides tonight. (head)");
  }

  @Test
  void an_answer_after_the_climb_stops_it_for_everybody() {
    String contact = aLateDecision();
    at("2026-11-19T17:00");
    practice.handIn("head", ASKED, contact, anAnswer("2026-11-24T12:00"));
    at("2026-11-24T11:00");
    assertThat(practice.tasks(ASKED, contact)).isEmpty();
    assertThat(asked(contact)).hasSize(2);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
      2026-11-18T10:00 | The new date has passed already.
      2026-11-17T10:00 | The new date has passed already.
      2027-02-18T10:01 | more than three months ahead
      2207-02-18T10:01 | more than three months ahead
      """)
  void a_date_that_helps_nobody_is_refused(String newDate, String sentence) {
    String contact = aLateDecision();
    practice.itIs("2026-11-18T10:00");
    assertThatThrownBy(() -> practice.handIn("service-manager", ASKED, contact, anAnswer(newDate)))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("newDate")).hasMessageContaining(sentence);
    assertThat(practice.tasks(ASKED, contact)).hasSize(1);
    assertThat(record.count("select count(*) from escalation_answer where clock_id = ?", record.clock("DecideResponse", contact).id()))
        .isZero();
  }

  @Test
  void a_child_in_danger_never_waits_beyond_the_next_working_day() {
    String contact = unprotectedSince("2026-11-20T14:00"); // a Friday
    at("2026-11-20T16:00");
    assertThatThrownBy(() -> practice.handIn("manager", ASKED, contact, anAnswer("2026-11-23T17:01")))
        .isInstanceOf(Refusal.class).hasMessageContaining("cannot lie beyond the next working day");
    practice.handIn("manager", ASKED, contact, anAnswer("2026-11-23T17:00"));
    at("2026-11-23T17:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).as("after five, out-of-hours as well")
        .containsExactly("out-of-hours", "service-manager");
  }

  @Test
  void nobody_agrees_on_a_date_beyond_the_end_of_a_protection() {
    String contact = unprotectedSince("2026-11-20T14:00"); // a Friday
    practice.handIn("worker", "Arrange protection", contact, practice.aProtection(List.of(record.child(contact, "Niall")),
        "until", "2026-11-20T20:00"));
    at("2026-11-20T16:00");
    assertThat((String) shown(contact).get("lateText")).contains("**Arrange what follows** was due on **Friday 20 November 2026 at 16:00** "
        + "(4 hours before the end of protection on Friday 20 November 2026 at 20:00).");

    assertThatThrownBy(() -> practice.handIn("manager", ASKED, contact, anAnswer("2026-11-20T20:01")))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("newDate"))
        .hasMessage("The end of protection is on Friday 20 November 2026 at 20:00, and the new date cannot lie beyond it.");
    practice.handIn("manager", ASKED, contact, anAnswer("2026-11-20T20:00"));

    at("2026-11-20T20:00");
    assertThat(practice.groupsOf(practice.task(ASKED, contact))).as("after five, out-of-hours as well")
        .containsExactly("out-of-hours", "service-manager");
    practice.handIn("service-manager", ASKED, contact, anAnswer("2026-11-20T22:00"));
    assertThat(practice.tasks(ASKED, contact)).as("once it has run out, what counts is the hour that is agreed").isEmpty();
  }

  // The end.

  @Test
  void an_escalation_ends_with_its_obligation_and_the_clock_says_how_late() {
    String contact = aLateDecision();
    Clocks.Running late = record.clock("DecideResponse", contact);
    practice.itIs("2026-11-18T10:00");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));

    assertThat(practice.tasks(ASKED, contact)).isEmpty();
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("escalation")
        .variableValueEquals("lateClockRef", late.id().toString()).count()).isZero();
    Clocks.Running met = record.clock("DecideResponse", contact);
    assertThat(met.endedAs()).isEqualTo("met");
    assertThat(java.time.Duration.between(met.dueAt(), met.metAt())).hasHours(17);
    at("2026-12-24T12:00");
    assertThat(asked(contact)).as("nobody is asked afterwards").hasSize(1);
  }

  @Test
  void an_escalation_that_waits_for_an_agreed_date_ends_with_its_obligation_too() {
    String contact = aLateDecision();
    practice.handIn("service-manager", ASKED, contact, anAnswer("2026-11-24T12:00"));
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    assertThat(practice.timers("Event_AgreedDatePassed", contact)).isEmpty();
    at("2026-11-24T12:00");
    assertThat(asked(contact)).hasSize(1);
  }

  @Test
  void an_obligation_escalates_once_however_often_one_looks() {
    String contact = aLateDecision();
    practice.timersFire();
    practice.timersFire();
    assertThat(practice.tasks(ASKED, contact)).hasSize(1);
    assertThat(asked(contact)).hasSize(1);
  }

  // Words of this test.

  private String aLateDecision() {
    String contact = practice.aRecordedContact("Niall");
    at("2026-11-17T17:00");
    return contact;
  }

  private String unprotectedSince(String decided) {
    practice.itIs(decided);
    String contact = practice.aRecordedContact("Niall", "whoReferred", "anonymous", "agency", null, "referrerRole", null,
        "referrerName", null);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice", "childNeedsProtectingNow", "yes"));
    return contact;
  }

  /** Of the agencies here, only health has a safeguarding lead of its own. */
  private String anUnconfirmedOutcome(String agency) {
    String contact = practice.aRecordedContact("Niall", "agency", agency);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    practice.handIn("contact", "Tell referrer", contact, Map.of("toldHow", "telephone", "toldTo", "Siobhán Doyle", "toldWhat", "Advice."));
    at("2026-11-17T17:00");
    return contact;
  }

  private void at(String londonTime) {
    practice.itIs(londonTime);
    practice.timersFire();
  }

  private List<String> asked(String contact) {
    return asked(contact, "DecideResponse");
  }

  private List<String> asked(String contact, String obligation) {
    return record.asked(record.clock(obligation, contact));
  }

  private Map<String, Object> anAnswer(String newDate) {
    return new HashMap<>(Map.of("cause", "too-much-work", "causeNote", "Two of us are ill.", "agreed", "Grace decides tonight.",
        "newDate", newDate));
  }

  private Map<String, Object> shown(String contact) {
    return forms.prefilled(practice.task(ASKED, contact), "service-manager");
  }
}
