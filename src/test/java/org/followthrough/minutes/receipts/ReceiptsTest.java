package org.followthrough.minutes.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.HeldMeeting.heard;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

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
import org.followthrough.engine.ProcessInstances;
import org.followthrough.minutes.Circulation;
import org.followthrough.minutes.Receipts;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Sent is not received. Minutes are sent on Monday 23 November 2026 at ten; receipts are due on Wednesday at five. */
@InTheHouse
class ReceiptsTest {

  private static final String[] SEVEN = {"police", "health", "school", "social-care", "housing", "probation", "voluntary"};

  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Circulation circulation;
  @Autowired Receipts receipts;
  @Autowired FormIntake forms;
  @Autowired ProcessInstances instances;
  @Autowired ProcessEngine engine;

  private String contact;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-11-23T10:00");
    contact = practice.aRecordedContact("Niall", "whoReferred", "anonymous", "agency", null, "referrerRole", null, "referrerName", null);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Heard.

  @Test
  void everybody_confirms_and_the_circulation_is_received() {
    circulated("police", "health");
    ProcessInstance process = practice.process("receipts", contact);
    assertThat(practice.taskList("health", contact)).containsExactly("Confirm receipt");
    practice.itIs("2026-11-23T11:00");
    practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "yes"));
    assertThat(practice.taskList("health", contact)).isEmpty();
    assertThat(process).isNotEnded();
    practice.itIs("2026-11-24T09:00");
    practice.handIn("police", receipt("Dan Hughes"), Map.of("received", "yes"));

    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Receipt confirmed"), findId("Every receipt confirmed"), findId("Circulation received"),
        findId("Minutes received"));
    Clocks.Running clock = record.clock("ConfirmReceipts", contact);
    assertThat(clock.dueAt()).isEqualTo(london("2026-11-25T17:00"));
    assertThat(clock.metAt()).isEqualTo(london("2026-11-24T09:00"));
    assertThat(record.chronology(contact).stream().filter("Receipt confirmed"::equals)).hasSize(2);
  }

  @Test
  void the_agency_is_asked_where_it_works_with_us_and_the_sender_may_write_it_down() {
    circulated("health", "housing");
    String writers = "north.social-worker,north.team-manager,out-of-hours";
    assertThat(practice.groupsOf(meetings.receiptOf("Niamh Byrne", contact))).containsExactly(("health," + writers).split(","));
    assertThat(practice.groupsOf(meetings.receiptOf("Lena Ruiz", contact))).containsExactly(writers.split(","));
    assertThat(meetings.receiptOf("Lena Ruiz", contact).getDueDate()).isEqualTo(Date.from(london("2026-11-25T17:00")));
    assertThat((String) forms.prefilled(meetings.receiptOf("Niamh Byrne", contact), "health").get("documentText"))
        .contains("Minutes of the strategy discussion", "Niall: **an enquiry of social work and police together (section 47)**",
            "What was said.");
  }

  @Test
  void whoever_writes_it_down_for_another_says_for_whom_and_how_they_heard() {
    circulated("housing");
    String task = receipt("Lena Ruiz");
    for (String missing : List.of("onBehalfOf", "onBehalfHow")) {
      assertThatThrownBy(() -> practice.handIn("worker", task, heard(missing, null)))
          .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(missing));
    }
    practice.itIs("2026-11-23T15:00");
    practice.handIn("worker", task, heard("onBehalfOf", "Lena Ruiz, housing", "happenedEarlier", true, "happenedAt", "2026-11-23T14:00"));
    Receipts.Copy copy = copyFor("Lena Ruiz");
    assertThat(copy.receipt().at()).isEqualTo(london("2026-11-23T14:00"));
    assertThat(copy.receipt().onBehalfOf()).isEqualTo("Lena Ruiz, housing");
    assertThat(copy.receipt().recordedBy()).isEqualTo("worker");
  }

  @Test
  void nobody_has_received_what_was_not_sent_yet() {
    circulated("housing");
    assertThatThrownBy(() -> practice.handIn("worker", receipt("Lena Ruiz"),
        heard("happenedEarlier", true, "happenedAt", "2026-11-23T09:59")))
        .isInstanceOf(Refusal.class).hasMessageContaining("before the minutes were sent");
  }

  @Test
  void who_was_sent_them_for_action_says_what_they_do() {
    UUID meeting = circulated("health");
    record.change("update minutes_copy set purpose = 'for-action' where circulation_id = ?", meeting);
    assertThatThrownBy(() -> practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "yes")))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("acted"));
    practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "yes", "acted", "We weigh him on Friday."));
    assertThat(copyFor("Niamh Byrne").receipt().acted()).isEqualTo("We weigh him on Friday.");
  }

  // Not heard.

  @Test
  void who_has_not_had_them_gets_them_again_the_same_minute_and_the_clock_goes_on() {
    circulated("police", "health");
    practice.itIs("2026-11-24T09:00");
    practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "no"));

    Task again = practice.task("Send minutes again", contact);
    assertThat(again.getDueDate()).isEqualTo(Date.from(london("2026-11-25T17:00")));
    assertThat(copyFor("Niamh Byrne").sent().notHadAt()).isEqualTo(london("2026-11-24T09:00"));
    assertThat(practice.tasks("Confirm receipt", contact)).as("the others are not asked again").hasSize(1);
    assertThatThrownBy(() -> practice.handIn("worker", again.getId(), Map.of("way", "post", "reach", "The clinic")))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("checked"));
    assertThatThrownBy(() -> practice.handIn("worker", again.getId(), Map.of("way", "post", "checked", true)))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("reach"));
    practice.itIs("2026-11-24T09:20");
    practice.handIn("worker", again.getId(), Map.of("way", "secure-email", "reach", "niamh.byrne@example.nhs.uk", "checked", true));

    assertThat(copyFor("Niamh Byrne").sent().againAt()).isEqualTo(london("2026-11-24T09:20"));
    assertThat(copyFor("Niamh Byrne").sent().at()).as("the first sending stays").isEqualTo(london("2026-11-23T10:00"));
    practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "yes"));
    practice.handIn("police", receipt("Dan Hughes"), Map.of("received", "yes"));
    assertThat(practice.process("receipts", contact)).isNull();
    assertThat(record.clocks("ConfirmReceipts", contact)).singleElement().extracting(Clocks.Running::endedAs).isEqualTo("met");
    assertThat(record.chronology(contact)).containsSubsequence("Minutes not received", "Minutes sent again", "Receipt confirmed",
        "Receipt confirmed");
  }

  @Test
  void an_agency_without_people_here_cannot_be_sent_them_in_this_system() {
    circulated("housing");
    practice.handIn("worker", receipt("Lena Ruiz"), heard("received", "no", "acted", null));
    assertThatThrownBy(() -> practice.handIn("worker", "Send minutes again", contact, Map.of("way", "in-this-system")))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("way"));
  }

  @Test
  void before_it_is_late_the_sender_is_reminded_of_who_is_silent_by_name() {
    circulated("police", "health", "housing");
    practice.handIn("police", receipt("Dan Hughes"), Map.of("received", "yes"));
    timePasses("2026-11-25T08:59:59");
    assertThat(practice.tasks("Chase recipients", contact)).isEmpty();
    timePasses("2026-11-25T09:00");
    Task chase = practice.task("Chase recipients", contact);
    assertThat((String) forms.prefilled(chase, "worker").get("missingText")).contains("Niamh Byrne", "Lena Ruiz",
        "housing.secure@example.org")
        .doesNotContain("Dan Hughes");
    ProcessInstance process = practice.process("receipts", contact);
    practice.handIn("worker", chase.getId(), Map.of("reached", "Lena Ruiz has it, Niamh Byrne is away until noon."));
    assertThat(process).isNotEnded();
    assertThat(process).hasPassed(findId("Recipients chased"));
    practice.handIn("worker", receipt("Lena Ruiz"), heard());
    assertThat(practice.tasks("Confirm receipt", contact)).hasSize(1);
  }

  @Test
  void a_reminder_ends_with_the_last_receipt() {
    circulated("health");
    timePasses("2026-11-25T09:00");
    practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "yes"));
    assertThat(practice.tasks("Chase recipients", contact)).isEmpty();
    assertThat(practice.process("receipts", contact)).isNull();
  }

  // Late.

  @Test
  void five_of_seven_receipts_missing_are_one_question_that_names_the_five() {
    circulated(SEVEN);
    practice.handIn("police", receipt("Dan Hughes"), Map.of("received", "yes"));
    practice.handIn("school", receipt("Joan Patel"), Map.of("received", "yes"));
    timePasses("2026-11-25T17:00");

    Task question = escalation();
    assertThat(practice.groupsOf(question)).as("health has a lead of its own here")
        .containsExactly("health.safeguarding-lead", "north.team-manager");
    assertThat((String) forms.prefilled(question, "manager").get("lateText")).contains("**Not confirmed by 5 of 7**",
        "- Niamh Byrne, health", "- Sam Carter, social care", "- Lena Ruiz, housing", "- Owen Tudor, probation", "- Amal Farah, voluntary")
        .doesNotContain("Dan Hughes", "Joan Patel");
    assertThat(practice.taskList("health-lead", contact)).containsExactly("Agree what happens now");
    timePasses("2026-12-24T12:00");
    assertThat(record.asked(record.clock("ConfirmReceipts", contact))).as("paper stops there").hasSize(1);
  }

  @Test
  void an_agency_that_is_silent_alone_is_asked_through_its_own_safeguarding_lead() {
    circulated("health", "police");
    practice.handIn("police", receipt("Dan Hughes"), Map.of("received", "yes"));
    timePasses("2026-11-25T17:00");
    assertThat(practice.groupsOf(escalation())).containsExactly("health.safeguarding-lead");
    practice.itIs("2026-11-26T10:00");
    practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "yes"));
    assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
    Clocks.Running late = record.clock("ConfirmReceipts", contact);
    assertThat(late.metAt()).isEqualTo(london("2026-11-26T10:00"));
    assertThat(late.dueAt()).isEqualTo(london("2026-11-25T17:00"));
  }

  @Test
  void the_family_is_never_chased() {
    UUID meeting = circulated("health");
    record.change("""
        insert into minutes_copy (minutes_id, circulation_id, recipient, person_id, purpose, extent, way, reach, agreed_with,
          sent_at, sent_by)
        select ?, ?, 'Their mother', p.person_id, 'for-information', 'letter', 'post', 'Home', 'Both', now(), 'worker'
        from contact_person p join contact c on c.id = p.contact_id where c.reference = ? limit 1""", meeting, meeting, contact);
    assertThat(practice.tasks("Confirm receipt", contact)).hasSize(1);
    assertThat(receipts.missing(meeting)).extracting(Receipts.Copy::recipient).containsExactly("Niamh Byrne");
    practice.handIn("health", receipt("Niamh Byrne"), Map.of("received", "yes"));
    assertThat(practice.process("receipts", contact)).as("nobody waits for a parent").isNull();
    timePasses("2026-12-24T12:00");
    assertThat(record.asked(record.clock("ConfirmReceipts", contact))).isEmpty();

    Receipts.Copy mother = receipts.copies(meeting).get(1);
    receipts.handedOver(mother.id(), "Sam Carter", london("2026-11-25T10:00"), london("2026-12-24T12:00"), "worker");
    assertThat(receipts.copy(mother.id()).receipt().at()).isEqualTo(london("2026-11-25T10:00"));
  }

  @Test
  void minutes_that_went_to_nobody_wait_for_nobody() {
    circulated();
    assertThat(practice.process("receipts", contact)).isNull();
    assertThat(record.clock("ConfirmReceipts", contact).endedAs()).isEqualTo("met");
  }

  // Beside it.

  @Test
  void a_copy_that_is_sent_later_has_a_round_and_a_clock_of_its_own() {
    UUID meeting = circulated("police");
    practice.itIs("2026-11-24T10:00");
    UUID later = circulation.sendLater(meeting, new Circulation.Sending(null, "Dr Ify Eze", "health", null, "for-decision",
        "without-confidential-part", false, "in-this-system", null, null, null), london("2026-11-24T10:00"), "worker");
    ProcessInstance second = meetings.begin("MinutesSent", contact, later);

    assertThat(practice.tasks("Confirm receipt", contact)).hasSize(2);
    assertThat(record.clocks("ConfirmReceipts", contact)).extracting(Clocks.Running::dueAt)
        .containsExactlyInAnyOrder(london("2026-11-25T17:00"), london("2026-11-26T17:00"));
    practice.handIn("health", receipt("Dr Ify Eze"), Map.of("received", "yes"));
    assertThat(second).isEnded();
    assertThat(practice.tasks("Confirm receipt", contact)).as("the first round goes on").hasSize(1);
    assertThat(receipts.missing(meeting)).hasSize(1);
    assertThat(receipts.missing(later)).isEmpty();
  }

  @Test
  void a_version_that_is_not_agreed_is_sent_to_nobody() {
    UUID meeting = circulated("police");
    UUID draft = UUID.randomUUID();
    record.change("insert into minutes (id, meeting_id, version, why, summary) values (?, ?, 2, 'Better.', 'Not read by the chair.')",
        draft, meeting);
    assertThatThrownBy(() -> circulation.sendLater(draft, new Circulation.Sending(null, "Dr Ify Eze", "health", null,
        "for-decision", "without-confidential-part", false, "post", "The Surgery", null, null), london("2026-11-24T10:00"), "worker"))
        .isInstanceOf(Refusal.class).hasMessageContaining("not agreed yet");
    assertThat(receipts.copies(draft)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Circulation withdrawn",
      "no-longer-needed,  Circulation no longer needed",
      "recorded-in-error, Circulation recorded in error"})
  void a_manager_stops_waiting_with_a_reason(String how, String end) {
    circulated("health", "police");
    ProcessInstance process = practice.process("receipts", contact);
    instances.withdraw(process.getId(), how);
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
    assertThat(practice.tasks("Confirm receipt", contact)).isEmpty();
    assertThat(record.clock("ConfirmReceipts", contact).endedAs()).isEqualTo("withdrawn");
  }

  // Words of this test.

  private UUID circulated(String... agencies) {
    return meetings.circulated(contact, london("2026-11-23T10:00"), agencies);
  }

  private String receipt(String recipient) {
    return meetings.receiptOf(recipient, contact).getId();
  }

  private Receipts.Copy copyFor(String recipient) {
    return receipts.copy(UUID.fromString(record.text("select c.id::text from minutes_copy c join meeting m on m.id = c.circulation_id "
        + "join contact o on o.id = m.contact_id where o.reference = ? and c.recipient = ?", contact, recipient)));
  }

  private Task escalation() {
    List<Task> asked = practice.tasks("Agree what happens now", contact);
    assertThat(asked).hasSize(1);
    return asked.get(0);
  }

  private void timePasses(String londonTime) {
    practice.itIs(londonTime);
    practice.timersFire();
  }
}
