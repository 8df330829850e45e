package org.followthrough.conference.dissent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.HeldConference.viewed;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.HeldConference;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Families;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The school does not agree with what a conference decided on Monday 21 December 2026. */
@InTheHouse
class DissentTest {

  private static final String ANSWER = "Answer dissent";

  @Autowired Practice practice;
  @Autowired HeldConference conference;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Conferences conferences;
  @Autowired Families families;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aMondayBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-18T09:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void dissent_at_the_conference_is_answered_by_the_service_manager_in_two_working_days() {
    String contact = aConference("no-plan");
    assertThat(practice.task(ANSWER, contact)).hasDueDate(at("2026-12-23T17:00"));
    assertThat(practice.groupsOf(practice.task(ANSWER, contact))).containsExactly("service-manager");
    assertThat(conference.shown(ANSWER, contact).get("dissentText").toString())
        .contains("School (Joan Patel): Nothing has changed since March.");
    ProcessInstance process = process(contact);
    practice.handIn("service-manager", ANSWER, contact, answered("decision-stands"));
    assertThat(process).hasPassed(findId("Dissent answered"), findId("Decision stands and explained")).isEnded();
    assertThat(record.clock("AnswerDissent", contact).metAt()).isEqualTo(london("2026-12-21T15:00"));
  }

  @Test
  void dissent_raised_later_is_answered_from_when_it_was_raised() {
    String contact = aConference("no-plan", "dissents", "no", "dissentWhy", null);
    assertThat(process(contact)).isNull();
    practice.itIs("2026-12-23T12:00");
    UUID meeting = held(contact);
    conferences.dissented(meeting, "health", "Niamh Byrne", null, "He has lost weight again.", london("2026-12-23T12:00"), "minutes");
    meetings.begin("ProfessionalDissented", contact, meeting);
    // 24 and 29 December
    assertThat(practice.task(ANSWER, contact)).hasDueDate(at("2026-12-29T17:00"));
  }

  @Test
  void an_answer_that_is_late_goes_to_the_head_of_service() {
    String contact = aConference("no-plan");
    Clocks.Running late = record.clock("AnswerDissent", contact);
    practice.itIs("2026-12-23T16:59");
    practice.timersFire();
    assertThat(record.asked(late)).isEmpty();
    practice.itIs("2026-12-23T17:00");
    practice.timersFire();
    assertThat(record.asked(late)).containsExactly("head-of-service");
    assertThat(conference.asked(late.id())).hasSize(1);
  }

  @Test
  void the_open_review_comes_earlier_with_its_new_day() {
    String contact = aConference("plan-begins");
    assertThat(reviewLimit(contact)).isEqualTo("2027-03-19T17:00 first conference held");
    assertRefused("answer", "planned already", () -> practice.handIn("service-manager", ANSWER, contact, answered("new-conference")));
    // planned for 15 March; 20 working days end on 21 January
    assertRefused("reviewAt", "by Thursday 21 January 2027 at 17:00", () -> practice.handIn("service-manager", ANSWER,
        contact, answered("earlier-review")));
    assertRefused("reviewAt", "not after", () -> practice.handIn("service-manager", ANSWER, contact,
        answered("earlier-review", "reviewAt", "2027-01-22T10:00")));
    assertRefused("reviewAt", "lie ahead", () -> practice.handIn("service-manager", ANSWER, contact,
        answered("earlier-review", "reviewAt", "2026-12-20T10:00")));
    ProcessInstance process = process(contact);
    practice.handIn("service-manager", ANSWER, contact, answered("earlier-review", "reviewAt", "2027-01-20T10:00"));

    assertThat(process).hasPassed(findId("Review brought forward")).isEnded();
    assertThat(reviewLimit(contact)).isEqualTo("2027-01-21T17:00 early review asked");
    // its arranging counts back from the new day and is due at once
    assertThat(practice.task("Arrange conference", contact)).hasDueDate(at("2026-12-18T17:00"));
    assertThat(conference.shown("Arrange conference", contact)).containsEntry("plannedAt", "2027-01-20T10:00");
  }

  @Test
  void a_new_conference_is_called_where_no_review_is_planned() {
    String contact = aConference("no-plan");
    assertRefused("answer", "No review is planned", () -> practice.handIn("service-manager", ANSWER, contact, answered("earlier-review")));
    ProcessInstance process = process(contact);
    for (ProcessInstance first : engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("conference")
        .variableValueEquals("contactRef", contact).list()) {
      engine.getRuntimeService().deleteProcessInstance(first.getId(), "its letter is another test’s");
    }
    practice.handIn("service-manager", ANSWER, contact, answered("new-conference"));
    assertThat(process).hasPassed("Event_ConferenceNeeded").isEnded();
    // no plan is in force, so it is no review; 20 working days from the answer
    assertThat(record.text("select kind from meeting where id = ?", conference.meeting(contact))).isEqualTo("initial-conference");
    assertThat(reviewLimit(contact)).isEqualTo("2027-01-21T17:00 early review asked");
    assertThat(practice.task("Arrange conference", contact)).hasDueDate(at("2026-12-22T17:00"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Dissenting withdrawn",
      "no-longer-needed,  Dissent no longer needed",
      "recorded-in-error, Dissent recorded in error"})
  void a_dissent_is_withdrawn_with_a_reason(String why, String end) {
    String contact = aConference("no-plan");
    ProcessInstance process = process(contact);
    engine.getRuntimeService().createMessageCorrelation("DissentWithdrawn").processInstanceId(process.getId())
        .setVariable("whyWithdrawn", why).correlate();
    assertThat(process).hasPassed(findId(end)).isEnded();
    assertThat(record.clock("AnswerDissent", contact).endedAs()).isEqualTo("withdrawn");
  }

  /** Decided for all children on Monday 21 December at three; the school dissents. */
  private String aConference(String decision, Object... view) {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Niall")), practice.aConcern());
    conference.knownBefore(contact, "social-care", "health", "school", "police");
    conference.needed(contact, london("2026-12-17T11:00"));
    conference.quorate(contact, "2026-12-21T10:00");
    practice.itIs("2026-12-21T15:00");
    practice.handIn("minutes", "Record view", contact, page(viewed("agency", "school", "name", "Joan Patel", "dissents", "yes",
        "dissentWhy", "Nothing has changed since March."), view));
    conference.decided(contact, decision, List.of());
    conference.rounded(contact, "2027-01-04T10:00", "2027-03-15T10:00");
    return contact;
  }

  private static Map<String, Object> answered(String answer, Object... changes) {
    return page(Map.of("answer", answer, "why", "Both were heard.", "told", "The school, by telephone."), changes);
  }

  private String reviewLimit(String contact) {
    Clocks.Running limit = record.clocks("HoldConference", contact).get(0);
    return limit.dueAt().atZone(java.time.ZoneId.of("Europe/London")).toLocalDateTime() + " " + limit.counted().from();
  }

  private UUID held(String contact) {
    return UUID.fromString(conferences.heldOf(families.idOf(practice.caseOf(contact)).orElseThrow()).get(0).value());
  }

  private ProcessInstance process(String contact) {
    return practice.process("dissent", contact);
  }

  private static void assertRefused(String field, String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> {
      assertThat(refusal).hasMessageContaining(words);
      assertThat(refusal.field()).isEqualTo(field);
    });
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
