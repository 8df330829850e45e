package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is late, one line to a family. */
@InTheHouse
class LateApiTest {

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired LateApi late;
  @Autowired JdbcClient jdbc;
  @Autowired ProcessEngine engine;
  @Autowired TransactionTemplate transaction;

  private String contact;
  private String family;

  @BeforeEach
  void twoActionsAndAReceiptAreLate() {
    practice.endEverything();
    practice.itIs("2026-11-16T10:00");
    String name = Practice.aNewName();
    contact = practice.aContactAbout(List.of(practice.aNewChild("Ronan", "lastName", name, "birthDate", "2012-05-05"),
        practice.aNewChild("Zoë", "lastName", name, "birthDate", "2020-02-29")), practice.aConcern());
    family = practice.caseOf(contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    meetings.agreed(contact, london("2026-11-16T10:00"), Map.of("dueOn", "2026-11-19"));
    meetings.agreed(contact, london("2026-11-16T10:00"), Map.of("dueOn", "2026-11-18"));
    meetings.circulated(contact, london("2026-11-16T10:00"), "health", "housing");
    practice.itIs("2026-11-20T09:00");
    practice.timersFire();
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void everything_about_one_family_is_one_line_the_gravest_first_and_of_those_the_oldest() {
    List<LateApi.Line> lines = late.overdue(() -> "manager");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).reference()).isEqualTo(family);
    assertThat(lines.get(0).children()).containsExactly("Ronan", "Zoë");
    assertThat(lines.get(0).items()).extracting(item -> item.grave() + ": " + item.what() + ", " + item.since()).containsExactly(
        "statutory: Tell referrer, " + london("2026-11-17T17:00"), "statutory: Carry out action, " + london("2026-11-18T23:59:59"),
        "statutory: Carry out action, " + london("2026-11-19T23:59:59"), "record: Confirm receipts, " + london("2026-11-18T17:00"));
    assertThat(lines.get(0).items()).filteredOn(LateApi.Item::asks).extracting(LateApi.Item::taskId)
        .hasSize(3).doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void a_manager_reads_of_every_family_of_the_team_by_how_much_it_is_late_whose_it_is_and_what_was_done() {
    LateApi.Item told = items("manager").get(0);
    assertThat(told.what()).isEqualTo("Tell referrer");
    assertThat(told.lateBy()).as("Wednesday, Thursday, Friday").isEqualTo("3 working days");
    assertThat(told.whose()).isEqualTo("Nobody has taken it: Contact centre");
    assertThat(told.done()).as("somebody above is asked, and not this manager").containsExactly(
        "Asked on Friday 20 November 2026 at 09:00, no answer yet: Service manager");
    assertThat(told.taskId()).isNull();

    String telling = practice.task("Tell referrer", contact).getId();
    practice.as("contact", () -> engine.getTaskService().claim(telling, "contact"));
    String question = items("service-manager").get(0).taskId();
    practice.handIn("service-manager", question, Map.of("cause", "waiting-for-others", "agreed", "Priya rings them on Monday.",
        "newDate", "2026-11-23T12:00"));
    // the weekend makes nothing later
    practice.itIs("2026-11-22T22:00");
    assertThat(items("manager").get(0)).satisfies(item -> {
      assertThat(item.lateBy()).isEqualTo("3 working days");
      assertThat(item.whose()).isEqualTo("With Priya Shah");
      assertThat(item.done()).containsExactly("Agreed on 20 November 2026 by Owen Pritchard, until Monday 23 November 2026 at 12:00: "
          + "Priya rings them on Monday.");
    });
    practice.itIs("2026-11-23T10:00");
    assertThat(items("manager").get(0).lateBy()).isEqualTo("4 working days");
  }

  @Test
  void where_a_child_may_be_in_danger_lateness_is_said_by_the_clock() {
    practice.itIs("2026-11-20T17:00");
    String other = practice.aRecordedContact("Aoife");
    practice.handIn("manager", "Decide response", other, practice.aDecision("advice", "childNeedsProtectingNow", "yes"));
    practice.itIs("2026-11-22T10:00");
    LateApi.Line line = late.overdue(() -> "manager").get(0);
    assertThat(line.reference()).isEqualTo(practice.caseOf(other));
    assertThat(line.items().get(0).what()).isEqualTo("Protect children");
    assertThat(line.items().get(0).lateBy()).isEqualTo("39 hours");
    assertThat(line.items().get(0).taskId()).as("the manager may arrange it").isEqualTo(practice.task("Arrange protection", other).getId());
    assertThat(line.items().get(0).asks()).isFalse();
  }

  @Test
  void a_social_worker_reads_what_is_late_for_the_families_they_look_after_and_of_no_other() {
    assertThat(late.overdue(() -> "worker")).isEmpty();
    record.change("""
        insert into lead_professional (person_id, case_id, user_id, why, since, named_by)
        select p.person_id, p.case_id, 'worker', 'Knows them', now(), 'manager'
        from case_person p join family_case f on f.id = p.case_id where f.reference = ? and child""", family);
    String other = practice.aRecordedContact("Aoife");
    practice.itIs("2026-11-25T09:00");
    assertThat(late.overdue(() -> "worker")).extracting(LateApi.Line::reference).containsExactly(family);
    assertThat(late.overdue(() -> "worker").get(0).children()).containsExactly("Ronan", "Zoë");
    assertThat(late.overdue(() -> "manager")).extracting(LateApi.Line::reference).containsExactlyInAnyOrder(family, practice.caseOf(other));

    // and what they have taken on, whoever leads
    practice.handIn("manager", "Decide response", other, practice.aDecision("assessment", "childNeedsProtectingNow", "yes"));
    practice.itIs("2026-11-25T12:00");
    String protection = practice.task("Arrange protection", other).getId();
    practice.as("worker", () -> engine.getTaskService().claim(protection, "worker"));
    assertThat(late.overdue(() -> "worker")).extracting(LateApi.Line::reference).containsExactlyInAnyOrder(family, practice.caseOf(other));
  }

  @Test
  void a_contact_whose_family_is_not_known_yet_is_late_too() {
    String opened = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", opened, practice.aContact());
    practice.itIs("2026-11-23T09:00");
    LateApi.Line line = late.overdue(() -> "manager").stream().filter(one -> one.reference().equals(opened)).findFirst().orElseThrow();
    assertThat(line.children()).isEmpty();
    assertThat(line.items()).extracting(item -> item.what() + ", " + item.lateBy() + ": " + item.whose())
        .containsExactly("Record contact, 1 working day: With Priya Shah");
  }

  /** Two thousand families of other teams, each with something late, and twenty thousand clocks that still have time. */
  @Test
  void the_list_is_read_along_what_is_late_and_not_family_by_family() {
    transaction.executeWithoutResult(undone -> {
      record.change("""
          insert into family_case (id, reference, opened_at)
          select gen_random_uuid(), 'MANY-' || n, now() from generate_series(1, 2000) n""");
      record.change("""
          insert into clock (process, obligation, process_instance_id, case_id, count_from, counted_from, due_at, amber_at, rule, class,
            basis, source, rule_definition, escalate_to, opened_at)
          select 'visit', 'VisitChild', 'many-' || f.reference || n, f.id, 'x', due, due, due, 'x', 'statutory', 'statute', 'x', 'deleted',
            'team-manager', due
          from family_case f cross join generate_series(0, 10) n
          cross join lateral (select timestamptz '2026-11-19' + n * interval '1 week' as due) d where f.reference like 'MANY-%'""");
      record.change("analyze clock");
      long byIndex = scansOfWhatIsOpen();
      long inARow = clocksReadInARow();
      assertThat(late.overdue(() -> "manager")).extracting(LateApi.Line::reference).containsExactly(family);
      assertThat(scansOfWhatIsOpen()).as("once for all families").isEqualTo(byIndex + 1);
      assertThat(clocksReadInARow()).as("clocks read one after the other").isEqualTo(inARow);
      undone.setRollbackOnly();
    });
  }

  private long scansOfWhatIsOpen() {
    return jdbc.sql("select pg_stat_get_xact_numscans('casework.clock_open'::regclass)").query(Long.class).single();
  }

  private long clocksReadInARow() {
    return jdbc.sql("select seq_tup_read from pg_stat_xact_user_tables where schemaname = 'casework' and relname = 'clock'")
        .query(Long.class).single();
  }

  private List<LateApi.Item> items(String user) {
    return late.overdue(() -> user).stream().filter(line -> line.reference().equals(family)).findFirst().orElseThrow().items();
  }

  @Test
  void a_child_in_danger_is_above_what_is_late_for_longer() {
    String other = practice.aRecordedContact("Aoife");
    practice.handIn("manager", "Decide response", other, practice.aDecision("strategy-discussion", "childNeedsProtectingNow", "yes"));
    practice.itIs("2026-11-20T13:30");
    practice.timersFire();
    // nobody has arranged protection for hours, and nobody has answered: the service manager is asked, and about nothing else
    assertThat(late.overdue(() -> "manager")).extracting(LateApi.Line::reference).containsExactly(practice.caseOf(other), family);
    assertThat(late.overdue(() -> "manager").get(0).items().get(0).grave()).isEqualTo("danger");
    assertThat(late.overdue(() -> "service-manager").get(0).reference()).isEqualTo(practice.caseOf(other));
  }

  @Test
  void a_lead_of_another_agency_reads_a_reference_and_no_name() {
    List<LateApi.Line> lines = late.overdue(() -> "health-lead");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).reference()).isEqualTo(family);
    assertThat(lines.get(0).children()).isEmpty();
    assertThat(lines.get(0).items()).extracting(LateApi.Item::what).containsExactly("Confirm receipts");
  }

  @Test
  void who_is_not_asked_sees_nothing_and_other_teams_neither() {
    for (String person : List.of("worker", "south-manager", "police", "designer", "admin")) {
      assertThat(late.overdue(() -> person)).as(person).isEmpty();
    }
    assertThat(Visitor.at(port).get("/api/overdue").statusCode()).isEqualTo(401);
    assertThat(Visitor.at(port, "manager").get("/api/session").body()).contains("\"asked\":true");
    assertThat(Visitor.at(port, "health-lead").get("/api/session").body()).contains("\"asked\":true");
    assertThat(Visitor.at(port, "worker").get("/api/session").body()).contains("\"asked\":true", "\"manages\":false");
    assertThat(Visitor.at(port, "police").get("/api/session").body()).contains("\"asked\":false");
    assertThat(Visitor.at(port, "manager").get("/api/session").body()).contains("\"manages\":true");
  }

  @Test
  void what_is_read_of_a_family_is_written_down() {
    String reads = "select count(*) from read_audit a join family_case f on f.id = a.case_id where f.reference = ? "
        + "and a.user_id = ? and a.what = 'late in my families'";
    late.overdue(() -> "manager");
    late.overdue(() -> "health-lead");
    assertThat(record.count(reads, family, "manager")).isEqualTo(1);
    assertThat(record.count(reads, family, "health-lead")).as("of a family whose names they do not read").isZero();
  }
}
