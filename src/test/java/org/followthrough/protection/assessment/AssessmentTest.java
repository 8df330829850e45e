package org.followthrough.protection.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.people.Deputies;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A family is understood, and each child has a next step. Monday 26 October 2026, ten o'clock; the clocks went back yesterday. */
@InTheHouse
class AssessmentTest {

  private static final String WRITE = "Write assessment";
  private static final String AGREE = "Agree assessment";
  private static final String EXTEND = "Agree extension";
  private static final String NEXT = "Decide next step";

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired HeldMeeting meetings;
  @Autowired Menu menu;
  @Autowired Deputies deputies;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-10-26T10:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // From where it counts.

  @Test
  void it_counts_from_the_day_the_family_was_referred() {
    String contact = aReferral("Niall", "happenedAt", "2026-10-23T18:30");

    Task write = practice.task(WRITE, contact);
    assertThat(write).hasDueDate(at("2026-12-29T17:00"));
    assertThat(practice.groupsOf(write)).containsExactly("north.social-worker");
    assertThat(clock(contact).counted().from()).isEqualTo("referral assessed");
    assertThat(practice.process("assessment", contact).getBusinessKey()).isEqualTo(practice.caseOf(contact));
  }

  @ParameterizedTest(name = "referred {0}: complete by {1}")
  @CsvSource({
      "2026-10-26T09:00, 2026-12-30T17:00",   // over Christmas
      "2027-03-01T09:00, 2027-05-06T17:00",   // over Easter and the early May holiday
      "2028-02-29T09:00, 2028-05-05T17:00"})
  void forty_five_working_days(String referred, String due) {
    practice.itIs(referred);
    assertThat(practice.task(WRITE, aReferral("Niall"))).hasDueDate(at(due));
  }

  @Test
  void on_a_case_that_is_open_already_it_counts_from_the_decision() {
    String first = aReferral("Niall", "happenedAt", "2026-10-23T18:30");
    completed(first);
    practice.handIn("manager", NEXT, first, next(first, "child-in-need"));
    practice.itIs("2026-12-01T11:00");
    String second = practice.anotherContactAbout(first, "happenedAt", "2026-11-27T09:00");
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment", "happenedEarlier", true,
        "happenedAt", "2026-11-30T16:00"));

    assertThat(clock(second).counted().from()).isEqualTo("assessment decided");
    assertThat(clock(second).counted().at()).isEqualTo(london("2026-11-30T16:00"));
    assertThat(practice.task(WRITE, second)).hasDueDate(at("2027-02-04T17:00"));
  }

  @Test
  void a_meeting_that_decides_on_one_asks_for_its_children_alone() {
    String contact = twoChildren("strategy-discussion");
    UUID meeting = aMeeting(contact, "Sorcha");
    ProcessInstance process = meetings.begin("AssessmentNeeded", contact, meeting);

    assertThat(assessed(contact)).containsExactly("Sorcha");
    assertThat(clock(contact).counted().from()).as("the meeting belongs to the referral").isEqualTo("referral assessed");
    assertThat(process).isWaitingAt(findId(WRITE));
  }

  @Test
  void an_enquiry_takes_the_assessment_as_its_vehicle_and_decides_itself_what_follows() {
    String contact = twoChildren("strategy-discussion");
    ProcessInstance process = meetings.begin("AssessmentNeeded", contact, UUID.randomUUID());

    assertThat(assessed(contact)).containsExactly("Ronan", "Sorcha");
    assertThat(clock(contact).counted().from()).isEqualTo("referral assessed");
    practice.handIn("worker", WRITE, contact, forTwo());
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes"));
    hasEndedAt(process, "Enquiry informed");
    assertThat(practice.tasks(NEXT, contact)).isEmpty();
  }

  // Under way already.

  @Test
  void an_assessment_under_way_is_joined_and_not_begun_twice() {
    String first = aReferral("Niall");
    String second = practice.anotherContactAbout(first);
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));

    assertThat(record.count("select count(*) from camunda.act_hi_actinst a join camunda.act_hi_procinst p on p.id_ = a.proc_inst_id_ "
        + "where a.act_id_ = ? and p.business_key_ = ? and p.end_time_ is not null", findId("Assessment joined"), practice.caseOf(second)))
        .isEqualTo(1);
    assertThat(practice.tasks(WRITE, second)).isEmpty();
    assertThat(practice.tasks(WRITE, first)).hasSize(1);
    assertThat(record.chronology(second)).contains("Assessment joined");
    assertThatThrownBy(() -> record.change("insert into assessment_child (assessment_id, person_id) select gen_random_uuid(), person_id "
        + "from assessment_child where ended_at is null and person_id = ?::uuid", record.child(first, "Niall")))
        .hasMessageContaining("assessment_child");
  }

  @Test
  void an_enquiry_joins_the_assessment_that_runs_which_then_ends_with_it() {
    String contact = aReferral("Niall");
    ProcessInstance process = practice.process("assessment", contact);
    practice.handIn("worker", WRITE, contact, written());
    hasEndedAt(meetings.begin("AssessmentNeeded", contact, UUID.randomUUID()), "Assessment joined");

    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes"));
    hasEndedAt(process, "Enquiry informed");
  }

  @Test
  void rules_8831_and_8832_a_child_without_an_open_referral_is_not_assessed() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("no-further-action"));
    hasEndedAt(meetings.begin("AssessmentNeeded", contact, aMeeting(contact, "Niall")), "Assessment joined");
    assertThat(record.count("select count(*) from assessment a join contact c on c.id = a.contact_id where c.reference = ?", contact))
        .isZero();
  }

  // Written.

  @ParameterizedTest(name = "without {0}")
  @ValueSource(strings = {"c1Seen", "c1Words", "adults", "history", "checked", "strengths", "harms", "analysis"})
  void what_is_left_out_is_asked_for(String field) {
    String contact = aReferral("Niall");
    refused(field, () -> practice.handIn("worker", WRITE, contact, written(field, null)));
    assertThat(practice.tasks(WRITE, contact)).hasSize(1);
  }

  @Test
  void a_child_who_was_not_seen_needs_a_reason() {
    String contact = aReferral("Niall");
    refused("c1NotSeenWhy", () -> practice.handIn("worker", WRITE, contact, written("c1Seen", "no")));
    practice.handIn("worker", WRITE, contact, written("c1Seen", "no", "c1NotSeenWhy", "He is with his father in Cork."));
    assertThat(record.texts("select seen::text from assessment_child where person_id = ?::uuid", record.child(contact, "Niall")))
        .containsExactly("false");
    assertThat((String) shown(AGREE, contact).get("assessmentText")).contains("**not seen**: He is with his father in Cork.");
  }

  @Test
  void an_unborn_child_is_neither_seen_nor_asked() {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("", "kind", "unborn", "firstName", null, "lastName", null,
        "birthDate", null, "expectedDate", "2027-02-28", "address", null)),
        practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    assertThat(shown(WRITE, contact)).containsEntry("c1Unborn", true);
    practice.handIn("worker", WRITE, contact, written("c1Seen", null, "c1Words", null));
    assertThat((String) shown(AGREE, contact).get("assessmentText")).contains("Unborn child").contains("is not born yet");
  }

  @Test
  void rule_8869_no_factors_stands_alone() {
    String contact = aReferral("Niall");
    refused("noFactors", () -> practice.handIn("worker", WRITE, contact, written("noFactors", true)));
    refused("noFactors", () -> practice.handIn("worker", WRITE, contact, written("factorsHarm", null)));
    practice.handIn("worker", WRITE, contact, written("factorsHarm", null, "noFactors", true));
    assertThat(factors(contact)).containsExactly("21");
    assertThatThrownBy(() -> record.change("update assessment set factors = '{21,16A}'")).hasMessageContaining("no_factors_alone");
    assertThatThrownBy(() -> record.change("update assessment set factors = '{18A}'")).as("rule 8945")
        .hasMessageContaining("factors_of_the_census");
  }

  @Test
  void every_factor_of_the_page_is_one_of_the_census() {
    String contact = aReferral("Niall");
    Map<String, Object> offered = shown(WRITE, contact);
    Map<String, Object> all = written();
    for (String whose : List.of("Child", "Carer", "Others", "Harm", "Further")) {
      all.put("factors" + whose, ((List<?>) offered.get(whose.toLowerCase() + "Factors")).stream()
          .map(one -> ((Option) one).value()).toList());
    }
    practice.handIn("worker", WRITE, contact, all);
    assertThat(factors(contact)).hasSize(41).contains("1A", "2B", "3C", "8F", "18C", "24A").doesNotContain("21", "18A", "19A");
  }

  // More time.

  @Test
  void more_time_needs_a_managers_reason_and_moves_no_limit() {
    String contact = aReferral("Niall");
    refused("whyMoreTime", () -> practice.handIn("worker", WRITE, contact, written("moreTimeNeeded", "yes")));
    practice.itIs("2026-12-18T15:00");
    practice.handIn("worker", WRITE, contact, written("moreTimeNeeded", "yes", "whyMoreTime", "The paediatrician writes in January.",
        "analysis", null));

    Task extend = practice.task(EXTEND, contact);
    assertThat(practice.groupsOf(extend)).containsExactly("north.team-manager");
    assertThat(extend).hasDueDate(at("2026-12-30T17:00"));
    assertThat((String) shown(EXTEND, contact).get("askedText")).isEqualTo("The paediatrician writes in January.");
    refused("untilDay", () -> practice.handIn("manager", EXTEND, contact, Map.of("untilDay", "2026-12-17", "why", "It is right.")));
    practice.handIn("manager", EXTEND, contact, Map.of("untilDay", "2027-01-15", "why", "Her word decides."));

    assertThat(practice.task(WRITE, contact)).hasDueDate(at("2026-12-30T17:00"));
    assertThat(clock(contact).dueAt()).isEqualTo(london("2026-12-30T17:00"));
    assertThat(shown(WRITE, contact)).containsEntry("history", "Two contacts in a year.").containsEntry("c1Words", "“I like my gran.”")
        .containsEntry("factorsHarm", List.of("16A")).containsKey("extensionText").doesNotContainKey("whyMoreTime");
    assertThat(record.text("select x.until_day || ', ' || x.why || ', ' || x.agreed_by from assessment_extension x "
        + "join assessment a on a.id = x.assessment_id join contact c on c.id = a.contact_id where c.reference = ?", contact))
        .isEqualTo("2027-01-15, Her word decides., manager");
  }

  @Test
  void late_it_goes_to_the_manager_on_the_day_and_needs_a_reason_when_it_is_agreed() {
    String contact = aReferral("Niall");
    practice.handIn("worker", WRITE, contact, written());
    practice.itIs("2026-12-30T16:59:59");
    practice.timersFire();
    assertThat(record.asked(clock(contact))).isEmpty();
    practice.itIs("2026-12-30T17:00");
    practice.timersFire();
    assertThat(record.asked(clock(contact))).containsExactly("north.team-manager");

    practice.itIs("2026-12-31T09:00");
    refused("whyLate", () -> practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes")));
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes", "whyLate", "The paediatrician was ill."));
    assertThat(practice.tasks("Agree what happens now", contact)).as("the escalation ends with what was late")
        .noneMatch(task -> clock(contact).id().toString().equals(engine.getTaskService().getVariable(task.getId(), "lateClockRef")));
    assertThat(clock(contact).metAt()).isEqualTo(london("2026-12-31T09:00"));
  }

  @Test
  void what_was_agreed_in_time_and_written_down_later_was_in_time() {
    String contact = aReferral("Niall");
    practice.itIs("2026-12-30T09:00");
    practice.handIn("worker", WRITE, contact, written());
    practice.itIs("2026-12-31T09:00");
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes", "happenedEarlier", true, "happenedAt", "2026-12-30T16:00"));
    assertThat(clock(contact).metAt()).isEqualTo(london("2026-12-30T16:00"));
  }

  // Agreed.

  @Test
  void a_page_that_comes_back_shows_what_was_written_and_what_must_change() {
    String contact = aReferral("Niall");
    practice.handIn("worker", WRITE, contact, written());
    refused("toChange", () -> practice.handIn("manager", AGREE, contact, Map.of("agreed", "no")));
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "no", "toChange", "Where is his father?"));

    assertThat(shown(WRITE, contact)).containsEntry("toChangeText", "Where is his father?")
        .containsEntry("adults", "His mother and her partner.");
    assertThat(record.chronology(contact)).contains("Assessment given back").doesNotContain("Assessment agreed");
    assertThat(clock(contact).endedAs()).isNull();
    practice.handIn("worker", WRITE, contact, written("adults", "His father lives in Cork."));
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes"));
    assertThat(clock(contact).endedAs()).isEqualTo("met");
  }

  @Test
  void who_wrote_it_does_not_agree_to_it() {
    deputies.name("manager", "worker", london("2026-10-26T12:00"));
    try {
      String contact = aReferral("Niall");
      practice.handIn("worker", WRITE, contact, written());
      assertThatThrownBy(() -> practice.handIn("worker", AGREE, contact, Map.of("agreed", "yes"))).isInstanceOf(Refusal.class)
          .hasMessageContaining("Another manager must read it");
      practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes"));
    } finally {
      practice.itIs("2026-10-26T12:00");
      deputies.end();
    }
  }

  // What follows.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "strategy-discussion, Strategy discussion needed, Convene discussion",
      "child-in-need,       Support needed,             Arrange support",
      "early-help,          Support needed,             Arrange support",
      "no-further-action,   Closing needed,             Decide closing"})
  void what_follows_begins_at_once(String step, String event, String task) {
    String contact = aReferral("Niall");
    ProcessInstance process = practice.process("assessment", contact);
    completed(contact);
    assertThat(practice.task(NEXT, contact)).hasDueDate(at("2026-10-27T17:00"));
    assertThat(practice.groupsOf(practice.task(NEXT, contact))).containsExactly("north.team-manager");

    practice.handIn("manager", NEXT, contact, next(contact, step));

    hasEndedAt(process, event);
    List<String> others = new ArrayList<>(List.of("Strategy discussion needed", "Support needed", "Closing needed"));
    others.remove(event);
    others.forEach(other -> assertThat(process).hasPassed(findId("No " + Character.toLowerCase(other.charAt(0)) + other.substring(1))));
    assertThat(practice.tasks(task, contact)).hasSize(1);
  }

  @Test
  void brothers_and_sisters_each_have_their_own_next_step_and_its_process() {
    String contact = twoChildren("assessment");
    ProcessInstance process = practice.process("assessment", contact);
    practice.handIn("worker", WRITE, contact, forTwo());
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes"));
    refused("reasons", () -> practice.handIn("manager", NEXT, contact, Map.of("children", List.of(record.child(contact, "Ronan")),
        "nextStep", "child-in-need")));
    practice.handIn("manager", NEXT, contact, Map.of("children", List.of(record.child(contact, "Ronan")), "nextStep", "child-in-need",
        "reasons", "He cares for her."));
    assertThat(record.clock("DecideNextSteps", contact).endedAs()).as("one child waits").isNull();
    practice.handIn("manager", NEXT, contact, Map.of("children", List.of(record.child(contact, "Sorcha")), "nextStep", "no-further-action",
        "reasons", "She thrives."));

    assertThat(process).isEnded().hasPassed(findId("Support needed"), findId("Closing needed"), findId("No strategy discussion needed"));
    assertThat(record.texts("select n.first_name || ': ' || next_step from assessment_child a "
        + "join person_name n on n.person_id = a.person_id join assessment s on s.id = a.assessment_id "
        + "join contact c on c.id = s.contact_id where c.reference = ? order by 1", contact))
        .containsExactly("Ronan: child-in-need", "Sorcha: no-further-action");
    assertThat(shown("Arrange support", contact).get("children")).isEqualTo(List.of(record.child(contact, "Ronan")));
  }

  @Test
  void a_discussion_that_waits_to_be_held_is_not_called_a_second_time() {
    String contact = aReferral("Niall");
    completed(contact);
    String second = practice.anotherContactAbout(contact);
    practice.handIn("manager", "Decide response", second, practice.aDecision("strategy-discussion"));
    practice.handIn("manager", NEXT, contact, next(contact, "strategy-discussion"));
    assertThat(practice.tasks("Convene discussion", contact)).isEmpty();
    assertThat(practice.tasks("Convene discussion", second)).hasSize(1);
  }

  @Test
  void a_discussion_that_an_assessment_asks_for_counts_from_now() {
    String contact = aReferral("Niall");
    practice.itIs("2026-11-20T18:00");
    completed(contact);
    practice.handIn("manager", NEXT, contact, next(contact, "strategy-discussion"));
    assertThat(practice.task("Convene discussion", contact)).hasDueDate(at("2026-11-21T18:00"));
  }

  @Test
  void when_the_last_child_has_died_nobody_is_asked_what_follows() {
    String contact = twoChildren("assessment");
    ProcessInstance process = practice.process("assessment", contact);
    practice.handIn("worker", WRITE, contact, forTwo());
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes"));
    practice.handIn("manager", NEXT, contact, Map.of("children", List.of(record.child(contact, "Ronan")), "nextStep", "child-in-need",
        "reasons", "He cares."));
    menu.choose("manager", practice.task(NEXT, contact).getId(), "child-died",
        Map.of("child", record.child(contact, "Sorcha"), "diedOn", "2026-10-26"));
    assertThat(shown(NEXT, contact)).containsEntry("childUndecided", false);
    practice.handIn("manager", NEXT, contact, Map.of());
    hasEndedAt(process, "Support needed");
  }

  @Test
  void a_next_step_that_is_not_decided_goes_to_the_service_manager() {
    String contact = aReferral("Niall");
    completed(contact);
    practice.itIs("2026-10-27T16:59:59");
    practice.timersFire();
    assertThat(record.asked(record.clock("DecideNextSteps", contact))).isEmpty();
    practice.itIs("2026-10-27T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clock("DecideNextSteps", contact))).containsExactly("service-manager");
  }

  // Withdrawn.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Assessing withdrawn",
      "no-longer-needed,  Assessment no longer needed",
      "recorded-in-error, Assessment recorded in error"})
  void a_manager_ends_it_with_a_reason_and_a_new_one_may_begin(String how, String end) {
    String contact = aReferral("Niall");
    ProcessInstance process = practice.process("assessment", contact);
    practice.handIn("worker", WRITE, contact, written());
    menu.choose("manager", practice.task(AGREE, contact).getId(), "end", Map.of("how", how, "why", "They moved abroad."));

    hasEndedAt(process, end);
    assertThat(record.text("select withdrawn_as from assessment a join contact c on c.id = a.contact_id where c.reference = ?", contact))
        .isEqualTo(how);
    assertThat(clock(contact).endedAs()).isEqualTo("withdrawn");
    String second = practice.anotherContactAbout(contact);
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));
    assertThat(practice.tasks(WRITE, second)).hasSize(1);
  }

  // Words of this test.

  private String aReferral(String child, Object... contactChanges) {
    String contact = practice.aRecordedContact(child, contactChanges);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    return contact;
  }

  private String twoChildren(String response) {
    String home = System.nanoTime() + " Long Road";
    String name = Practice.aNewName();
    String contact = practice.aContactAbout(List.of(
        practice.aNewChild("Ronan", "lastName", name, "address", home, "birthDate", "2012-05-05"),
        practice.aNewChild("Sorcha", "lastName", name, "livesWhere", "elsewhere", "address", System.nanoTime() + " Park Lane",
            "birthDate", "2020-02-29")),
        practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision(response));
    return contact;
  }

  /** A discussion that was held and decided on an assessment for this child. */
  private UUID aMeeting(String contact, String child) {
    UUID meeting = meetings.about(contact, london("2026-10-26T09:30"), "police", "health");
    record.change("delete from meeting_outcome where meeting_id = ? and person_id <> ?::uuid", meeting, record.child(contact, child));
    record.change("update meeting_outcome set outcome = 'assessment' where meeting_id = ?", meeting);
    return meeting;
  }

  private void completed(String contact) {
    practice.handIn("worker", WRITE, contact, written());
    practice.handIn("manager", AGREE, contact, Map.of("agreed", "yes"));
  }

  private static Map<String, Object> written(Object... changes) {
    return page(Map.ofEntries(Map.entry("c1Seen", "yes"), Map.entry("c1Words", "“I like my gran.”"),
        Map.entry("adults", "His mother and her partner."), Map.entry("history", "Two contacts in a year."),
        Map.entry("checked", "The school bears it out."), Map.entry("strengths", "His gran."),
        Map.entry("harms", "He is often alone."), Map.entry("factorsHarm", List.of("16A")),
        Map.entry("analysis", "He is hungry on Fridays."), Map.entry("moreTimeNeeded", "no")), changes);
  }

  private static Map<String, Object> forTwo() {
    return written("c2Seen", "yes", "c2Words", "She sings to her doll.");
  }

  private Map<String, Object> next(String contact, String step) {
    return Map.of("children", List.of(record.child(contact, "Niall")), "nextStep", step, "reasons", "Seen with the history.");
  }

  private List<String> assessed(String contact) {
    return record.texts("select n.first_name from assessment_child a join assessment s on s.id = a.assessment_id "
        + "join contact c on c.id = s.contact_id join person_name n on n.person_id = a.person_id where c.reference = ? "
        + "order by 1", contact);
  }

  private List<String> factors(String contact) {
    return record.texts("select unnest(factors) from assessment a join contact c on c.id = a.contact_id where c.reference = ?", contact);
  }

  private Clocks.Running clock(String contact) {
    return record.clock("CompleteAssessment", contact);
  }

  private Map<String, Object> shown(String label, String contact) {
    return forms.prefilled(practice.task(label, contact), "manager");
  }

  private static void refused(String field, Runnable act) {
    assertThatThrownBy(act::run).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private static void hasEndedAt(ProcessInstance process, String end) {
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
