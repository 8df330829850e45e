package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Many hands at one instant: nobody sees an error, nothing is doubled, nothing is left behind. */
@InTheHouse
class RaceTest {

  private static final int ROUNDS = 100;

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired HeldMeeting meetings;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private final ExecutorService hands = Executors.newFixedThreadPool(10);

  @BeforeEach
  void aMondayMorning() {
    practice.itIs("2026-11-16T10:00");
  }

  @AfterEach
  void theOfficeCloses() throws InterruptedException {
    hands.shutdown();
    assertThat(hands.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    practice.endEverything();
  }

  @Test
  void ten_contacts_of_one_family_decided_at_one_instant_make_one_referral_per_child() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Family family = aFamilyWithContacts(10);
      List<String> tasks = family.contacts().stream().map(contact -> practice.task("Decide response", contact).getId()).toList();

      List<Throwable> errors = atOnce(tasks.stream().map(task -> (Callable<Void>) () -> {
        practice.handIn("manager", task, practice.aDecision("assessment"));
        return null;
      }).toList());

      assertThat(errors).as("round %d: nobody sees an error", round).isEmpty();
      assertThat(record.texts("select x.effect || ' ' || count(*) from decision_child x join decision d on d.id = x.decision_id "
          + "join family_case f on f.id = d.case_id where f.reference = ? group by x.person_id, x.effect order by 1", family.reference()))
          .as("round %d: one referral per child", round).containsExactly("new concern 9", "new concern 9", "referral 1", "referral 1");
      assertThat(record.count("select count(*) from episode e join family_case f on f.id = e.case_id where f.reference = ?",
          family.reference()))
          .isEqualTo(2);
      assertThat(record.count("select count(*) from clock k join family_case f on f.id = k.case_id where f.reference = ? "
          + "and obligation = 'DecideResponse' and ended_as = 'met'", family.reference())).isEqualTo(10);
      assertThat(engine.getTaskService().createTaskQuery().processInstanceBusinessKey(family.reference()).list())
          .as("round %d: one manager is asked once", round).extracting(task -> task.getName())
          .containsExactlyInAnyOrder("Name lead professional", "Write assessment");
      assertThat(engine.getRuntimeService().createProcessInstanceQuery().processInstanceBusinessKey(family.reference()).list())
          .as("round %d: every referral has ended; one assessment and one question who leads go on", round).hasSize(2);
      assertThat(record.count("select count(*) from assessment a join family_case f on f.id = a.case_id where f.reference = ?",
          family.reference())).isEqualTo(1);
    }
    nothingIsLeftBehind();
  }

  @Test
  void a_decision_handed_in_while_its_timer_fires_is_taken_and_leaves_no_escalation() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      practice.itIs("2026-11-16T10:00");
      String contact = aFamilyWithContacts(1).contacts().get(0);
      String task = practice.task("Decide response", contact).getId();
      List<Job> timers = practice.timers("Event_DecisionOverdue", contact);
      assertThat(timers).hasSize(1);
      practice.itIs("2026-11-17T17:00");

      List<Throwable> errors = atOnce(List.of(() -> {
        practice.handIn("manager", task, practice.aDecision("advice"));
        return null;
      }, () -> {
        fires(timers.get(0));
        return null;
      }));

      assertThat(errors).as("round %d: nobody sees an error", round).isEmpty();
      assertThat(practice.process("referral", contact)).as("round %d: the referral has ended", round).isNull();
      assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
      assertThat(record.clock("DecideResponse", contact).endedAs()).isEqualTo("met");
      assertThat(record.asked(record.clock("DecideResponse", contact)).size()).as("asked once, if at all").isLessThanOrEqualTo(1);
      assertThat(record.count("select count(*) from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
          .isEqualTo(1);
    }
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
    nothingIsLeftBehind();
  }

  @Test
  void an_answer_given_while_the_next_tier_is_brought_in_is_taken_once() throws Exception {
    for (int round = 0; round < 30; round++) {
      practice.itIs("2026-11-16T10:00");
      String contact = aFamilyWithContacts(1).contacts().get(0);
      practice.itIs("2026-11-17T17:00");
      practice.timersFire();
      String question = practice.task("Agree what happens now", contact).getId();
      Job climb = practice.timers("Event_AnswerOverdue", contact).get(0);
      practice.itIs("2026-11-19T17:00");

      List<Throwable> errors = atOnce(List.of(() -> {
        practice.handIn("service-manager", question, Map.of("cause", "too-much-work", "agreed", "Tonight.", "newDate", "2026-11-23T12:00"));
        return null;
      }, () -> {
        fires(climb);
        return null;
      }));

      assertThat(errors).as("round %d", round).isEmpty();
      assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
      assertThat(practice.timers("Event_AnswerOverdue", contact)).isEmpty();
      assertThat(practice.timers("Event_AgreedDatePassed", contact)).hasSize(1);
      assertThat(record.count("select count(*) from escalation_answer where clock_id = ?", record.clock("DecideResponse", contact).id()))
          .isEqualTo(1);
      practice.endEverything();
    }
    nothingIsLeftBehind();
  }

  @Test
  void a_form_handed_in_twice_at_one_instant_counts_once() throws Exception {
    for (int round = 0; round < 30; round++) {
      String contact = aFamilyWithContacts(1).contacts().get(0);
      String task = practice.task("Decide response", contact).getId();
      Callable<Void> click = () -> {
        practice.handIn("manager", task, practice.aDecision("advice"));
        return null;
      };

      List<Throwable> errors = atOnce(List.of(click, click));

      assertThat(errors).as("one of two clicks counts").hasSize(1);
      assertThat(record.count("select count(*) from chronology_entry where task_id = ?", task)).isEqualTo(1);
      assertThat(record.count("select count(*) from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
          .isEqualTo(1);
      assertThat(practice.process("referral", contact)).isNull();
    }
    nothingIsLeftBehind();
  }

  @Test
  void the_same_notice_taken_down_twice_at_one_instant_is_one_contact() throws Exception {
    for (int round = 0; round < 20; round++) {
      String theirs = "HV/" + System.nanoTime();
      List<String> contacts = IntStream.range(0, 4).mapToObj(i -> practice.contactOf(practice.start("contact"))).toList();
      List<Throwable> errors = atOnce(contacts.stream().map(contact -> (Callable<Void>) () -> {
        practice.handIn("contact", "Record contact", contact, practice.aContact("sourceReference", theirs));
        return null;
      }).toList());
      assertThat(errors).hasSize(3).allSatisfy(error -> assertThat(error).isInstanceOf(org.followthrough.page.Refusal.class)
          .hasMessageContaining("already taken down as"));
      assertThat(record.count("select count(*) from contact where source_reference = ?", theirs)).isEqualTo(1);
      assertThat(contacts.stream().flatMap(contact -> practice.tasks("Record contact", contact).stream())).hasSize(3);
    }
  }

  @Test
  void six_recipients_who_confirm_at_one_instant_all_have_their_receipt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String contact = alike("circulated", 1, one -> meetings.circulated(one, london("2026-11-16T10:00"),
          "police", "health", "school", "housing", "probation", "voluntary")).contacts().get(0);
      UUID circulation = UUID.fromString(meetingOf(contact));
      List<String> tasks = practice.tasks("Confirm receipt", contact).stream().map(Task::getId).toList();
      assertThat(tasks).hasSize(6);

      List<Throwable> errors = atOnce(tasks.stream().map(task -> (Callable<Void>) () -> {
        practice.handIn("worker", task, HeldMeeting.heard());
        return null;
      }).toList());

      assertThat(errors).as("round %d: nobody sees an error", round).isEmpty();
      assertThat(record.count("select count(*) from minutes_copy where circulation_id = ? and received_at is not null", circulation))
          .as("round %d: all six stand", round).isEqualTo(6);
      assertThat(record.count("select count(*) from chronology_entry where subject_id = ? and what = 'Receipt confirmed'", circulation))
          .isEqualTo(6);
      assertThat(practice.process("receipts", contact)).as("round %d: the circulation is received", round).isNull();
      assertThat(record.clock("ConfirmReceipts", contact).endedAs()).isEqualTo("met");
    }
    nothingIsLeftBehind();
  }

  @Test
  void minutes_circulated_while_their_timer_fires_are_out_and_leave_no_escalation() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      practice.itIs("2026-11-16T10:00");
      String contact = alike("to be circulated", 1, one -> {
        meetings.about(one, london("2026-11-16T10:00"), "police", "health");
        practice.handIn("worker", "Write minutes", one, HeldMeeting.written());
        practice.handIn("manager", "Agree minutes", one, HeldMeeting.agreed());
      }).contacts().get(0);
      UUID meeting = UUID.fromString(meetingOf(contact));
      Task circulate = practice.task("Circulate minutes", contact);
      Map<String, Object> page = meetings.sent(circulate);
      Job timer = practice.timers("Event_MinutesOverdue", contact).get(0);
      practice.itIs("2026-11-17T17:00");

      List<Throwable> errors = atOnce(List.of(() -> {
        practice.handIn("worker", circulate.getId(), page);
        return null;
      }, () -> {
        fires(timer);
        return null;
      }));

      assertThat(errors).as("round %d: nobody sees an error", round).isEmpty();
      assertThat(practice.process("minutes", contact)).as("round %d: the minutes are out", round).isNull();
      assertThat(practice.process("receipts", contact)).as("round %d: receipts are awaited once", round).isNotNull();
      assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
      assertThat(record.clock("ProduceMinutes", contact).endedAs()).isEqualTo("met");
      assertThat(record.asked(record.clock("ProduceMinutes", contact)).size()).as("asked once, if at all").isLessThanOrEqualTo(1);
      assertThat(record.count("select count(*) from minutes_copy where minutes_id = ?", meeting)).as("both, and the school with its action")
          .isEqualTo(3);
    }
    nothingIsLeftBehind();
  }

  @Test
  void two_times_corrected_at_one_instant_never_contradict_each_other() throws Exception {
    Family family = aFamilyWithContacts(1);
    String contact = family.contacts().get(0);
    practice.itIs("2026-11-16T12:00");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    practice.itIs("2026-11-16T13:00");
    for (int round = 0; round < 20; round++) {
      // each of the two is possible as long as the other is not made
      List<Throwable> errors = atOnce(List.of(correction(family, "Contact received", "2026-11-16T11:30"),
          correction(family, "Response decided", "2026-11-16T10:30")));

      assertThat(errors).as("round %d: the second one is told so", round).hasSize(1).allSatisfy(error -> assertThat(error)
          .isInstanceOf(org.followthrough.page.Refusal.class).hasMessageMatching("The (contact|decision) would .*"));
      assertThat(record.count("select count(*) from decision d join contact c on c.id = d.contact_id where c.reference = ? "
          + "and d.decided_at < c.received_at", contact)).as("round %d: nothing is decided before it is received", round).isZero();
      correction(family, "Contact received", "2026-11-16T10:00").call();
      correction(family, "Response decided", "2026-11-16T12:00").call();
    }
  }

  private Callable<Void> correction(Family family, String what, String happenedAt) {
    String entry = record.text("select e.id::text from chronology_entry e join family_case f on f.id = e.case_id where f.reference = ? "
        + "and what = ? and not exists (select from chronology_entry c where c.corrects = e.id)", family.reference(), what);
    return () -> {
      menu.chooseOnCase("manager", family.reference(), "correct-time", Map.of("entry", entry, "happenedAt", happenedAt, "why", "Misread."));
      return null;
    };
  }

  private String meetingOf(String contact) {
    return record.text("select m.id::text from meeting m join contact c on c.id = m.contact_id where c.reference = ?", contact);
  }

  /** A timer fires, unless the work was done first and its timer went with it. */
  private void fires(Job timer) {
    try {
      engine.getManagementService().executeJob(timer.getId());
    } catch (ProcessEngineException e) {
      if (!e.getMessage().contains("No job found with id")) {
        throw e;
      }
    }
  }

  private record Family(String reference, List<String> contacts) {}

  /** Straight to the decision: a family of two children and so many contacts about both, from callers without a name. */
  private Family aFamilyWithContacts(int howMany) {
    return alike("to be decided", howMany, contact -> {});
  }

  /** The same, with what has followed from its contact. */
  private Family alike(String what, int howMany, Consumer<String> follows) {
    long number = System.nanoTime();
    List<String> contacts = IntStream.range(0, howMany).mapToObj(i -> "CT-RACE-" + number + "-" + i).toList();
    practice.alike(List.of(what, howMany, number), () -> {
      written("CP-RACE-" + number, contacts);
      follows.accept(contacts.get(0));
      return contacts.get(0);
    });
    return new Family("CP-RACE-" + number, contacts);
  }

  private void written(String family, List<String> contacts) {
    record.change("insert into family_case (reference, opened_at) values (?, now())", family);
    for (String name : List.of("Ronan", "Sorcha")) {
      record.change("""
          with child as (insert into person (born_on, recorded_at, recorded_by) values ('2015-05-05', now(), 'contact') returning id),
               name as (insert into person_name (person_id, position, first_name, last_name, recorded_at, recorded_by)
                 select id, 1, ?, 'Race', now(), 'contact' from child),
               place as (insert into case_person (case_id, person_id, child, since)
                 select f.id, child.id, true, now() from child, family_case f where f.reference = ?)
          insert into responsibility (person_id, case_id, team, since)
          select child.id, f.id, 'north', now() from child, family_case f where f.reference = ?""", name, family, family);
    }
    RuntimeService runtime = engine.getRuntimeService();
    for (String contact : contacts) {
      record.change("""
          with new as (insert into contact (reference, case_id, team, received_at, opened_at, opened_by, who_referred, source_code,
            recommendation)
                 select ?, f.id, 'north', '2026-11-16T10:00Z', '2026-11-16T10:00Z', 'contact', 'anonymous', '9', 'assessment'
                 from family_case f where f.reference = ? returning id, case_id),
               people as (insert into contact_person (contact_id, person_id, child, typed)
                 select new.id, p.person_id, true, '{}' from new join family_case f on f.reference = ?
                 join case_person p on p.case_id = f.id)
          insert into chronology_entry (contact_id, case_id, what, happened_at, recorded_at, recorded_by, nature)
          select id, case_id, 'Contact received', '2026-11-16T10:00Z', '2026-11-16T10:00Z', 'contact', 'fact' from new""",
          contact, family, family);
      Map<String, Object> references = new HashMap<>(Map.of("contactRef", contact, "caseRef", family,
          "whoReferred", "anonymous", "startedBy", "contact"));
      runtime.createProcessInstanceByKey("referral").businessKey(family).setVariables(references)
          .startBeforeActivity("Activity_ReachDecision").execute();
    }
  }

  /** Does all of it at one instant; returns what went wrong. */
  private List<Throwable> atOnce(List<Callable<Void>> acts) throws Exception {
    CyclicBarrier start = new CyclicBarrier(acts.size());
    List<Future<?>> running = new ArrayList<>();
    for (Callable<Void> act : acts) {
      running.add(hands.submit(() -> {
        start.await(1, TimeUnit.MINUTES);
        return act.call();
      }));
    }
    List<Throwable> errors = new ArrayList<>();
    for (Future<?> one : running) {
      try {
        one.get(1, TimeUnit.MINUTES);
      } catch (java.util.concurrent.ExecutionException e) {
        errors.add(e.getCause());
      }
    }
    return errors;
  }

  /** Every open clock has its scope, every scope its clock; no job, task or grant hangs on nothing. */
  private void nothingIsLeftBehind() {
    assertThat(record.texts("select obligation from clock k where ended_at is null "
        + "and not exists (select from act_ru_variable v join act_ru_execution e on e.id_ = v.execution_id_ "
        + "where v.name_ = 'clockRef' and v.text_ = k.id::text)")).as("clocks without their work").isEmpty();
    assertThat(record.texts("select t.name_ from act_ru_task t where not exists (select from act_ru_execution e "
        + "where e.id_ = t.execution_id_)"))
        .as("tasks without a process").isEmpty();
    assertThat(record.texts("select j.id_ from act_ru_job j where j.process_instance_id_ is not null "
        + "and not exists (select from act_ru_execution e where e.id_ = j.execution_id_)")).as("timers without a process").isEmpty();
    assertThat(record.texts("select v.text_ from act_ru_variable v where v.name_ = 'lateClockRef' "
        + "and not exists (select from clock k where k.id::text = v.text_ and k.ended_at is null)")).as("escalations of nothing").isEmpty();
    assertThat(record.texts("select a.resource_id_ from act_ru_authorization a where a.resource_type_ = 7 and a.resource_id_ <> '*' "
        + "and not exists (select from act_ru_task t where t.id_ = a.resource_id_)")).as("grants on tasks that are done").isEmpty();
  }
}
