package org.followthrough.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.followthrough.Practice.london;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.Designer;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.family.Families;
import org.followthrough.engine.LostRaceRetry;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every clock on the running models: the task, the timer and the row agree, and the manager hears at the due second. */
@InTheHouse
class ObligationTest {

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired Holidays holidays;
  @Autowired LostRaceRetry lostRaces;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired Redating redating;
  @Autowired Sweep sweep;
  @Autowired Clocks clocks;
  @Autowired CaseFile files;
  @Autowired Lateness lateness;
  @Autowired Contacts contacts;
  @Autowired Families families;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void anOffice() {
    init(engine);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Each row, on dates that somebody worked out.

  @ParameterizedTest(name = "opened {0}: to be written down by {1}")
  @CsvSource({"2026-11-21T09:15, 2026-11-21T23:59:59", "2026-07-01T00:10, 2026-07-01T23:59:59", "2026-10-25T00:30, 2026-10-25T23:59:59"})
  void a_contact_is_written_down_on_the_same_day(String opened, String due) {
    practice.itIs(opened);
    String contact = practice.contactOf(practice.start("contact"));
    agree("RecordContact", contact, "Record contact", "Event_ContactRecordOverdue", due);
  }

  @Test
  void every_page_of_a_contact_has_its_date() {
    practice.itIs("2026-11-21T09:15");
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    agree("RecordContact", contact, "Record person", "Event_ContactRecordOverdue", "2026-11-21T23:59:59");
  }

  @ParameterizedTest(name = "received {0}: to be decided by {1}")
  @CsvSource({
      "2027-03-25T11:00, 2027-03-30T17:00", // Maundy Thursday
      "2026-12-24T11:00, 2026-12-29T17:00", // Christmas Eve
      "2026-10-23T11:00, 2026-10-26T17:00", // the clocks go back
      "2027-03-26T11:00, 2027-03-30T17:00", // Good Friday, and the clocks go forward
      "2026-11-20T22:00, 2026-11-23T17:00"})
  void a_response_is_decided_within_one_working_day_of_receipt(String received, String due) {
    String contact = aContactReceived(received);
    agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", due);
  }

  @ParameterizedTest(name = "decided {0}: protected by {1}")
  @CsvSource({"2026-11-20T18:40, 2026-11-20T20:40", "2027-03-27T23:30, 2027-03-28T02:30", "2026-12-24T23:00, 2026-12-25T01:00"})
  void a_child_in_danger_is_protected_within_two_hours_of_the_clock(String decided, String due) {
    String contact = aContactReceived(decided);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    agree("ProtectChildren", contact, "Arrange protection", "Event_ProtectionOverdue", due);
  }

  @Test
  void the_two_hours_begin_when_it_was_decided_not_when_it_was_written_down() {
    String contact = aContactReceived("2026-11-20T12:00");
    practice.itIs("2026-11-20T14:00");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes",
        "happenedEarlier", true, "happenedAt", "2026-11-20T13:10"));
    agree("ProtectChildren", contact, "Arrange protection", "Event_ProtectionOverdue", "2026-11-20T15:10");
  }

  @ParameterizedTest(name = "received {0}: told by {1}")
  @CsvSource({"2026-11-20T11:00, 2026-11-23T17:00", "2026-04-02T15:00, 2026-04-07T17:00"})
  void a_referrer_is_told_within_one_working_day_of_receipt(String received, String due) {
    String contact = aContactReceived(received);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    agree("TellReferrer", contact, "Tell referrer", "Event_AnswerToReferrerOverdue", due);
  }

  @ParameterizedTest(name = "told {0}: heard by {1}")
  @CsvSource({"2026-08-28T15:00, 2026-09-01T17:00", "2026-12-31T15:00, 2027-01-04T17:00"})
  void a_referrer_has_heard_one_working_day_after_being_told(String told, String due) {
    String contact = aContactReceived(told);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    tellReferrer(contact);
    agree("ConfirmOutcomeHeard", contact, "Confirm outcome heard", "Event_ConfirmationOverdue", due);
  }

  @ParameterizedTest(name = "received {0}: thanked by {1}")
  @CsvSource({"2026-04-02T15:00, 2026-04-07T17:00", "2026-05-01T09:00, 2026-05-05T17:00"})
  void a_caller_is_thanked_within_one_working_day_of_receipt(String received, String due) {
    practice.itIs(received);
    String contact = practice.aRecordedContact("Niall", "whoReferred", "member-of-the-public", "agency", null, "referrerRole", null);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    agree("AcknowledgeContact", contact, "Acknowledge contact", "Event_AcknowledgementOverdue", due);
  }

  @ParameterizedTest(name = "missing since {0}: named by {1}")
  @CsvSource({"2026-11-22T22:00, 2026-11-23T02:00", "2026-10-24T23:00, 2026-10-25T02:00"})
  void a_lead_professional_is_named_within_four_hours_of_the_clock(String decided, String due) {
    String contact = aContactReceived(decided);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    agree("NameLeadProfessional", contact, "Name lead professional", "Event_LeadProfessionalOverdue", due);
  }

  @ParameterizedTest(name = "died on {1}: what continues by {2}")
  @CsvSource({"2026-11-19T10:00, 2026-11-18, 2026-11-19T17:00", "2026-05-04T08:00, 2026-05-01, 2026-05-05T17:00"})
  void what_continues_after_a_death_is_decided_within_one_working_day(String told, LocalDate died, String due) {
    String contact = aContactReceived(told);
    menu.choose("manager", practice.task("Decide response", contact).getId(), "child-died",
        Map.of("child", families.children(caseId(contact)).get(0).value(), "diedOn", died.toString()));
    Task task = engine.getTaskService().createTaskQuery().processInstanceBusinessKey(practice.caseOf(contact))
        .taskName("Decide what continues").singleResult();
    Clocks.Running clock = clocks.get(java.util.UUID.fromString((String) engine.getTaskService().getVariable(task.getId(), "clockRef")));
    assertThat(task.getDueDate().toInstant()).isEqualTo(london(due));
    assertThat(clock.dueAt()).isEqualTo(london(due));
    assertThat(engine.getManagementService().createJobQuery().processInstanceId(task.getProcessInstanceId()).singleResult().getDuedate())
        .isEqualTo(Date.from(london(due)));
  }

  // At the second, and not before.

  @Test
  void the_manager_hears_at_the_due_second_and_not_one_before() {
    String contact = aContactReceived("2026-11-20T11:00");

    practice.itIs("2026-11-23T16:59:59");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();

    practice.itIs("2026-11-23T17:00:00");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);
    assertThat(practice.tasks("Decide response", contact)).as("the work itself goes on").hasSize(1);
  }

  @Test
  void work_done_in_time_but_written_down_late_counts_as_done_in_time() {
    String contact = aContactReceived("2026-11-20T11:00");
    practice.itIs("2026-11-24T09:30");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);

    practice.handIn("manager", "Decide response", contact,
        practice.aDecision("advice", "happenedEarlier", true, "happenedAt", "2026-11-23T16:30"));

    assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
    Clocks.Running clock = record.clock("DecideResponse", contact);
    assertThat(clock.endedAs()).isEqualTo("met");
    assertThat(clock.metAt()).isEqualTo(london("2026-11-23T16:30"));
    assertThat(record.moment("select met_recorded_at from clock where id = ?", clock.id())).isEqualTo(london("2026-11-24T09:30"));
    assertThat(counted(contact, "Decide response").state()).isEqualTo("met in time, recorded late");
    assertThat(counted(contact, "Decide response").lateBy()).isNull();

    practice.itIs("2026-12-14T09:00");
    practice.timersFire();
    sweep.reviveDeadTimers();
    practice.timersFire();
    assertThat(record.asked(clock)).as("nobody is asked afterwards").hasSize(1);
    assertThat(escalations(clock)).isZero();
  }

  @Test
  void work_done_late_says_by_how_much() {
    String contact = aContactReceived("2026-11-20T11:00");
    practice.itIs("2026-11-25T20:00");
    practice.timersFire();
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    assertThat(counted(contact, "Decide response").state()).isEqualTo("met late");
    assertThat(counted(contact, "Decide response").lateBy()).isEqualTo("2 working days");
  }

  @Test
  void work_done_in_time_asks_nobody() {
    String contact = aContactReceived("2026-11-20T11:00");
    practice.itIs("2026-11-23T16:59");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    practice.itIs("2026-11-23T17:00");
    practice.timersFire();
    assertThat(record.asked(record.clock("DecideResponse", contact))).isEmpty();
    assertThat(counted(contact, "Decide response").state()).isEqualTo("met");
  }

  // A date was wrong.

  @Test
  void a_corrected_receipt_moves_the_row_the_timer_and_the_task_and_says_why() {
    String contact = aContactReceived("2026-11-18T11:00");
    practice.itIs("2026-11-18T12:00");

    correct(contact, "Contact received", "2026-11-17T15:00", "The fax lay in the wrong tray.");

    agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2026-11-18T17:00");
    assertThat(record.clock("DecideResponse", contact).counted().at()).isEqualTo(london("2026-11-17T15:00"));
    assertThat(counted(contact, "Decide response").changes()).containsExactly("Moved on 18 November 2026 from Thursday 19 November 2026 "
        + "at 17:00 to Wednesday 18 November 2026 at 17:00: Contact received was corrected: The fax lay in the wrong tray.");
    assertThat(record.moment("select received_at from contact where reference = ?", contact)).isEqualTo(london("2026-11-17T15:00"));
    assertThat(record.clock("RecordContact", contact).dueAt()).as("counts from another event").isEqualTo(london("2026-11-18T23:59:59"));

    practice.itIs("2026-11-18T17:00");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);
  }

  @Test
  void a_correction_keeps_the_old_time_readable_and_cannot_lie_ahead() {
    String contact = aContactReceived("2026-11-18T11:00");
    practice.itIs("2026-11-18T12:00");
    assertThatThrownBy(() -> correct(contact, "Contact received", "2026-11-18T12:01", "A slip."))
        .isInstanceOf(Refusal.class).hasMessageContaining("in the future");
    correct(contact, "Contact received", "2026-11-17T15:00", "The fax lay in the wrong tray.");
    assertThat(record.texts("select to_char(happened_at at time zone 'Europe/London', 'DD HH24:MI') || coalesce(' ' || correction_why, '') "
        + "from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? and what = 'Contact received' "
        + "order by position", contact)).containsExactly("18 11:00", "17 15:00 The fax lay in the wrong tray.");
  }

  @Test
  void correcting_the_entry_that_met_a_clock_corrects_when_it_was_met() {
    String contact = aContactReceived("2026-11-20T11:00");
    practice.itIs("2026-11-24T09:30");
    practice.timersFire();
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    assertThat(counted(contact, "Decide response").state()).isEqualTo("met late");

    choose(contact, "Name lead professional", "Response decided", "2026-11-23T12:00", "Decided on Monday.");
    assertThat(record.clock("DecideResponse", contact).metAt()).isEqualTo(london("2026-11-23T12:00"));
    assertThat(counted(contact, "Decide response").state()).isEqualTo("met in time, recorded late");
    assertThat(record.moment("select decided_at from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
        .isEqualTo(london("2026-11-23T12:00"));
  }

  @Test
  void an_open_escalation_waits_for_the_new_date_and_asks_again_then() {
    String contact = aContactReceived("2026-11-16T11:00");
    practice.itIs("2026-11-17T17:00");
    practice.timersFire();
    Clocks.Running late = record.clock("DecideResponse", contact);
    assertThat(record.asked(late)).containsExactly("service-manager");

    practice.itIs("2026-11-18T09:00");
    correct(contact, "Contact received", "2026-11-17T18:00", "It came in the evening.");
    assertThat(record.clock("DecideResponse", contact).dueAt()).isEqualTo(london("2026-11-18T17:00"));
    assertThat(practice.tasks("Agree what happens now", contact)).as("for now it is not late").isEmpty();

    practice.itIs("2026-11-18T16:59:59");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
    practice.itIs("2026-11-18T17:00");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);
    assertThat(record.asked(late)).containsExactly("service-manager", "service-manager");
  }

  @Test
  void a_date_that_moves_twice_counts_as_it_moved_last() {
    String contact = aContactReceived("2026-11-16T11:00");
    practice.itIs("2026-11-17T17:00");
    practice.timersFire();
    practice.itIs("2026-11-18T09:00");
    correct(contact, "Contact received", "2026-11-17T18:00", "It came in the evening.");
    practice.itIs("2026-11-18T10:00");
    correct(contact, "Contact received", "2026-11-18T08:00", "It came this morning.");
    assertThat(record.clock("DecideResponse", contact).dueAt()).isEqualTo(london("2026-11-19T17:00"));

    practice.itIs("2026-11-18T17:00");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).as("not late yet").isEmpty();
    practice.itIs("2026-11-19T17:00");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);
  }

  @Test
  void a_date_that_moves_back_into_the_past_asks_at_once() {
    String contact = aContactReceived("2026-11-18T11:00");
    practice.itIs("2026-11-18T12:00");
    correct(contact, "Contact received", "2026-11-13T15:00", "It lay over the weekend.");
    agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2026-11-16T17:00");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);
  }

  // A holiday is proclaimed.

  @Test
  void a_proclaimed_holiday_moves_the_row_the_timer_and_the_task_and_says_why() {
    String contact = aContactReceived("2026-11-16T11:00");
    practice.itIs("2026-11-16T12:00");
    try {
      assertThat(holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, "Proclamation of 13 November 2026", "head"))
          .isPositive();

      agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2026-11-18T17:00");
      assertThat(counted(contact, "Decide response").changes()).singleElement().asString().endsWith(": State funeral is a holiday");
      assertThat(record.clock("DecideResponse", contact).counted().at()).isEqualTo(london("2026-11-16T11:00"));

      practice.itIs("2026-11-17T17:00");
      practice.timersFire();
      assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
      practice.itIs("2026-11-18T17:00");
      practice.timersFire();
      assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);
    } finally {
      takeAway("2026-11-17");
    }
  }

  @Test
  void a_proclaimed_holiday_moves_the_ladders_next_step_too() {
    String contact = aContactReceived("2026-11-16T11:00");
    practice.itIs("2026-11-17T17:00");
    practice.timersFire();
    assertThat(practice.task("Agree what happens now", contact).getDueDate()).isEqualTo(java.util.Date.from(london("2026-11-19T17:00")));
    try {
      holidays.proclaim(LocalDate.parse("2026-11-19"), "State funeral", false, "Proclamation", "head");

      assertThat(practice.task("Agree what happens now", contact).getDueDate()).isEqualTo(java.util.Date.from(london("2026-11-20T17:00")));
      practice.itIs("2026-11-19T17:00");
      practice.timersFire();
      assertThat(practice.groupsOf(practice.task("Agree what happens now", contact))).containsExactly("service-manager");
      practice.itIs("2026-11-20T17:00");
      practice.timersFire();
      assertThat(practice.groupsOf(practice.task("Agree what happens now", contact)))
          .containsExactlyInAnyOrder("service-manager", "head-of-service");
    } finally {
      takeAway("2026-11-19");
    }
  }

  @Test
  void clock_hours_run_through_a_proclaimed_holiday() {
    String contact = aContactReceived("2026-11-16T11:00");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    try {
      holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, "Proclamation", "head");
      agree("ProtectChildren", contact, "Arrange protection", "Event_ProtectionOverdue", "2026-11-16T13:00");
      agree("TellReferrer", contact, "Tell referrer", "Event_AnswerToReferrerOverdue", "2026-11-18T17:00");
    } finally {
      takeAway("2026-11-17");
    }
  }

  @Test
  void a_holiday_that_is_a_working_day_after_all_brings_the_date_forward() {
    String contact = aContactReceived("2027-04-30T11:00");
    agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2027-05-04T17:00");
    try {
      holidays.proclaim(LocalDate.parse("2027-05-03"), "Early May bank holiday", true, "Proclamation", "head");
      agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2027-05-03T17:00");
      assertThat(counted(contact, "Decide response").changes()).singleElement().asString()
          .endsWith(": Early May bank holiday is a working day");
    } finally {
      takeAway("2027-05-03");
    }
  }

  @Test
  void a_proclaimed_holiday_holds_on_every_node_at_once() {
    WorkingDays anotherNode = new Calendar().workingDays(jdbc);
    assertThat(anotherNode.isWorkingDay(LocalDate.parse("2026-11-17"))).isTrue();
    try {
      holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, "Proclamation", "head");
      assertThat(anotherNode.isWorkingDay(LocalDate.parse("2026-11-17"))).isFalse();
      assertThat(anotherNode.after(LocalDate.parse("2026-11-16"), 1, Convention.DAY_AFTER)).isEqualTo("2026-11-18");
    } finally {
      takeAway("2026-11-17");
    }
  }

  @Test
  void a_clock_that_begins_while_a_holiday_is_proclaimed_is_not_forgotten() {
    practice.itIs("2026-11-16T11:00");
    CompletableFuture<?>[] proclaimed = new CompletableFuture<?>[1];
    try {
      String contact = transaction.execute(status -> {
        String counted = practice.aRecordedContact("Niall");
        assertThat(record.clock("DecideResponse", counted).dueAt()).isEqualTo(london("2026-11-17T17:00"));
        proclaimed[0] = CompletableFuture.runAsync(
            () -> holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, "Proclamation", "head"));
        // it waits for us, who have counted without it, or it is done and has not seen us
        Awaitility.await().until(() -> proclaimed[0].isDone() || record.count("""
            select count(*) from pg_locks l join pg_class c on c.oid = l.relation
            where c.relname = 'holiday_override' and not granted""") > 0);
        return counted;
      });
      proclaimed[0].join();
      agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2026-11-18T17:00");
    } finally {
      proclaimed[0].exceptionally(failed -> null).join();
      takeAway("2026-11-17");
    }
  }

  @Test
  void a_clock_counted_by_an_older_calendar_is_not_written_but_counted_again() {
    practice.itIs("2026-11-16T11:00");
    AtomicInteger tries = new AtomicInteger();
    try {
      String contact = lostRaces.untilWon(() -> {
        // what this act reads is settled here, and then the day is proclaimed elsewhere
        record.count("select count(*) from family_case");
        if (tries.incrementAndGet() == 1) {
          CompletableFuture.runAsync(
              () -> holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, "Proclamation", "head")).join();
        }
        return practice.aRecordedContact("Niall");
      });
      assertThat(tries).hasValue(2);
      agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2026-11-18T17:00");
    } finally {
      takeAway("2026-11-17");
    }
  }

  @Test
  void a_day_is_proclaimed_once_and_with_its_source() {
    practice.itIs("2026-11-16T12:00");
    assertThatThrownBy(() -> holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, " ", "head"))
        .isInstanceOf(Refusal.class).hasMessageContaining("where it was proclaimed");
    try {
      holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, "Proclamation", "head");
      assertThatThrownBy(() -> holidays.proclaim(LocalDate.parse("2026-11-17"), "State funeral", false, "Proclamation", "head"))
          .isInstanceOf(Refusal.class).hasMessage("This day was corrected already.");
    } finally {
      takeAway("2026-11-17");
    }
  }

  // A table that a designer deployed and that was deleted again.

  @Test
  void a_table_that_took_the_number_of_a_deleted_one_is_read_anew_on_every_node() throws IOException {
    DeployedDeadlines anotherNode = new DeployedDeadlines(engine.getRepositoryService(), jdbc);
    String deployed = aTableWithDaysToDecide(3);
    try {
      String before = aContactReceived("2026-11-16T11:00");
      Clocks.Running underTheDeleted = record.clock("DecideResponse", before);
      assertThat(underTheDeleted.dueAt()).isEqualTo(london("2026-11-19T17:00"));
      assertThat(anotherNode.table(anotherNode.inForce()).row("referral", "DecideResponse").amount()).isEqualTo(3);

      engine.getRepositoryService().deleteDeployment(deployed, true);
      deployed = aTableWithDaysToDecide(5);
      assertThat(engine.getRepositoryService().createDecisionDefinitionQuery().deploymentId(deployed).singleResult().getVersion())
          .as("the number is given again").isEqualTo(Integer.parseInt(underTheDeleted.rule().table().split(":")[1]));
      String contact = aContactReceived("2026-11-16T11:00");
      agree("DecideResponse", contact, "Decide response", "Event_DecisionOverdue", "2026-11-23T17:00");
      assertThat(anotherNode.table(anotherNode.inForce()).row("referral", "DecideResponse").amount()).isEqualTo(5);
      // nothing is left of the rule that this one began under
      assertThat(anotherNode.table(underTheDeleted.rule().table()).row("referral", "DecideResponse").amount()).isEqualTo(5);
      redating.recountAll("counted again");
      assertThat(record.clock("DecideResponse", before).dueAt()).isEqualTo(london("2026-11-23T17:00"));
    } finally {
      engine.getRepositoryService().deleteDeployment(deployed, true);
    }
    assertThat(record.clock("DecideResponse", aContactReceived("2026-11-16T11:00")).dueAt()).isEqualTo(london("2026-11-17T17:00"));
  }

  private String aTableWithDaysToDecide(int days) throws IOException {
    String table = Files.readString(Path.of("bpmn/deadlines.dmn"));
    String changed = table.replaceFirst("(?s)(id=\"Cell_ReferralDecideResponse_Amount\">\\s*<text>)1<", "$1" + days + "<");
    assertThat(changed).isNotEqualTo(table);
    return new Designer(port).changes(Map.of("deadlines.dmn", changed));
  }

  // The safety sweep.

  @Test
  void a_dead_timer_is_revived_and_asks_once() {
    String contact = aContactReceived("2026-11-16T11:00");
    ManagementService management = engine.getManagementService();
    Job timer = practice.timers("Event_DecisionOverdue", contact).get(0);
    management.setJobRetries(timer.getId(), 0);

    practice.itIs("2026-11-17T17:00:30");
    sweep.reviveDeadTimers();
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).as("a living timer would have its minute").isEmpty();

    practice.itIs("2026-11-17T17:01:01");
    sweep.reviveDeadTimers();
    practice.timersFire();
    sweep.reviveDeadTimers();
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).hasSize(1);
    assertThat(record.asked(record.clock("DecideResponse", contact))).hasSize(1);
  }

  @Test
  void a_dead_timer_on_the_ladder_is_revived_too() {
    String contact = aContactReceived("2026-11-16T11:00");
    practice.itIs("2026-11-17T17:00");
    practice.timersFire();
    Clocks.Running late = record.clock("DecideResponse", contact);
    Job climb = practice.timers("Event_AnswerOverdue", contact).get(0);
    engine.getManagementService().setJobRetries(climb.getId(), 0);

    practice.itIs("2026-11-19T17:02");
    sweep.reviveDeadTimers();
    practice.timersFire();
    assertThat(record.asked(late)).containsExactly("service-manager", "service-manager,head-of-service");
  }

  // Words of this test.

  private String aContactReceived(String londonTime) {
    practice.itIs(londonTime);
    return practice.aRecordedContact("Niall");
  }

  private void tellReferrer(String contact) {
    practice.handIn("contact", "Tell referrer", contact,
        Map.of("toldHow", "telephone", "toldTo", "Siobhán Doyle", "toldWhat", "What was decided."));
  }

  private void correct(String contact, String entry, String happenedAt, String why) {
    choose(contact, "Decide response", entry, happenedAt, why);
  }

  private void choose(String contact, String task, String entry, String happenedAt, String why) {
    String id = record.text("select e.id::text from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? "
        + "and what = ? and not exists (select from chronology_entry n where n.corrects = e.id)", contact, entry);
    menu.choose("manager", practice.task(task, contact).getId(), "correct-time", Map.of("entry", id, "happenedAt", happenedAt, "why", why));
  }

  private void takeAway(String day) {
    record.change("delete from holiday_override where day = ?::date", day);
    redating.recountAll("the test is over");
  }

  private void agree(String obligation, String contact, String task, String timer, String due) {
    Instant at = london(due);
    assertThat(record.clock(obligation, contact).dueAt()).as("the row").isEqualTo(at);
    assertThat(practice.task(task, contact).getDueDate().toInstant()).as("the task").isEqualTo(at);
    List<Job> timers = practice.timers(timer, contact);
    assertThat(timers).as("the timer").hasSize(1);
    assertThat(timers.get(0).getDuedate().toInstant()).as("the timer").isEqualTo(at);
  }

  private CaseFile.Counted counted(String contact, String what) {
    return files.open(caseId(contact), contacts.idOf(contact).orElseThrow(), "manager", "North", true, name -> name, code -> code)
        .late(clock -> lateness.by(DeadlineClass.STATUTORY, clock.due(), clock.met() == null ? clock.due() : clock.met())).clocks().stream()
        .filter(clock -> clock.what().equals(what)).findFirst().orElseThrow();
  }

  private java.util.UUID caseId(String contact) {
    return contacts.byId(contacts.idOf(contact).orElseThrow()).caseId();
  }

  private long escalations(Clocks.Running clock) {
    return engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("escalation")
        .variableValueEquals("lateClockRef", clock.id().toString()).count();
  }
}
