package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.server.ResponseStatusException;

/** What everybody who works with a family may begin from its case, and the papers they may read there. */
@InTheHouse
class ActsTest {

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired CaseApi api;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aFridayEvening() {
    practice.itIs("2026-11-20T18:40");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void a_worker_asks_for_protection_and_the_page_is_there_at_once_for_everybody_on_duty() {
    String family = practice.caseOf(practice.aRecordedContact("Niall"));

    menu.chooseOnCase("worker", family, "protect", Map.of("why", "His father is at the door."));

    Task page = open("Arrange protection", family);
    assertThat(practice.groupsOf(page)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(page.getDueDate()).isEqualTo(london("2026-11-20T20:40"));
    assertThat(record.texts("select e.words from chronology_entry e join family_case f on f.id = e.case_id where f.reference = ? "
        + "and what = 'Protection needed'", family)).containsExactly("His father is at the door.");
  }

  @Test
  void a_discussion_is_called_for_the_same_day_where_an_injury_is_alleged_and_within_a_day_of_an_enquiry_that_began_first() {
    String injured = practice.caseOf(practice.aRecordedContact("Niall"));
    menu.chooseOnCase("out-of-hours", injured, "call-discussion", Map.of("injury", "yes", "why", "A burn."));
    assertThat(open("Convene discussion", injured).getDueDate()).isEqualTo(london("2026-11-20T23:59:59"));

    String enquired = practice.caseOf(practice.aRecordedContact("Orla"));
    menu.chooseOnCase("worker", enquired, "call-discussion", Map.of("injury", "no", "enquiryBegunAt", "2026-11-20T09:15",
        "why", "We had to go at once."));
    assertThat(open("Convene discussion", enquired).getDueDate()).isEqualTo(london("2026-11-21T09:15"));

    assertThatThrownBy(() -> menu.chooseOnCase("worker", enquired, "call-discussion", Map.of("injury", "no", "why", "Again.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("called already and not held yet");
  }

  @Test
  void nobody_outside_the_team_acts_for_its_families_and_only_managers_correct() {
    String family = practice.caseOf(practice.aRecordedContact("Niall"));
    for (String stranger : List.of("south-worker", "south-manager", "police", "health-lead", "designer", "admin")) {
      assertThatThrownBy(() -> menu.chooseOnCase(stranger, family, "protect", Map.of("why", "…"))).as(stranger)
          .isInstanceOf(ResponseStatusException.class);
    }
    assertThatThrownBy(() -> menu.chooseOnCase("worker", family, "split", Map.of("children", List.of(), "why", "…")))
        .isInstanceOf(Refusal.class).hasMessageContaining("not possible");
    assertThat(record.count("select count(*) from chronology_entry e join family_case f on f.id = e.case_id where f.reference = ? "
        + "and what = 'Protection needed'", family)).isZero();
  }

  @Test
  void an_arrangement_that_holds_is_not_ended_from_the_menu() {
    String family = practice.caseOf(practice.aRecordedContact("Niall"));
    menu.chooseOnCase("worker", family, "protect", Map.of("why", "His father is at the door."));
    Task page = open("Arrange protection", family);
    String child = record.text("select c.person_id::text from case_person c join family_case f on f.id = c.case_id "
        + "where f.reference = ? and c.child", family);
    practice.handIn("out-of-hours", page.getId(), Map.of("children", List.of(child), "kind", "someone-leaves", "until", "2026-11-23T10:00",
        "details", "His father sleeps at his brother’s; police look in at night.", "whereChildren", "At home"));

    Task ahead = open("Arrange what follows", family);
    assertThatThrownBy(() -> menu.choose("manager", ahead.getId(), "end", Map.of("how", "no-longer-needed", "why", "Quiet now.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("still protected");
    assertThat(api.file("cases", family, () -> "worker").protections()).hasSize(1)
        .allSatisfy(one -> assertThat(one.endsAt()).isEqualTo(london("2026-11-23T10:00")));
  }

  @Test
  void who_joins_later_is_sent_the_minutes_and_asked_for_a_receipt_of_their_own() {
    String contact = practice.aRecordedContact("Niall");
    String family = practice.caseOf(contact);
    UUID minutes = meetings.circulated(contact, london("2026-11-19T10:00"), "police", "health");

    menu.chooseOnCase("worker", family, "send-minutes", Map.of("minutes", minutes.toString(), "recipient", "Lena Ruiz, housing officer",
        "agency", "housing", "purpose", "for-information", "extent", "without-confidential-part", "way", "secure-email",
        "reach", "lena.ruiz@example.org"));

    List<Task> asked = engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family)
        .taskName("Confirm receipt").list();
    assertThat(asked).hasSize(3);
    assertThat(record.texts("select k.due_at at time zone 'UTC' from clock k join family_case f on f.id = k.case_id "
        + "where f.reference = ? and obligation = 'ConfirmReceipts' order by 1",
        family)).hasSize(2).first().asString().startsWith("2026-11-23 17:00");
  }

  @Test
  void a_correction_is_a_new_version_and_the_old_one_stays() {
    String contact = practice.aRecordedContact("Niall");
    String family = practice.caseOf(contact);
    UUID minutes = meetings.circulated(contact, london("2026-11-19T10:00"), "police");
    menu.chooseOnCase("worker", family, "correct-minutes", Map.of("minutes", minutes.toString(),
        "why", "The date of the visit was wrong."));
    practice.handIn("worker", open("Write minutes", family).getId(), HeldMeeting.written("summary", "The visit was on Tuesday."));
    practice.handIn("manager", open("Agree minutes", family).getId(), HeldMeeting.agreed());

    assertThat(api.file("cases", family, () -> "worker").meetings().get(0).minutes()).extracting(version -> version.version())
        .containsExactly(2, 1);
    Visitor worker = Visitor.at(port, "worker");
    assertThat(worker.get("/api/cases/" + family + "/minutes/" + minutes).body()).contains("What was said.");
  }

  @Test
  void papers_are_for_those_who_may_see_the_family_and_of_this_family_alone() {
    String contact = practice.aRecordedContact("Niall");
    String family = practice.caseOf(contact);
    UUID minutes = meetings.circulated(contact, london("2026-11-19T10:00"), "police");
    String copy = record.text("select id::text from minutes_copy where minutes_id = ?", minutes);
    String other = practice.caseOf(practice.aRecordedContact("Orla"));

    HttpResponse<String> page = Visitor.at(port, "worker").get("/api/cases/" + family + "/copies/" + copy);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("What was said.", "Copy for Dan Hughes").doesNotContain("<script");
    assertThat(page.headers().firstValue("Content-Security-Policy")).get().asString().contains("default-src 'none'");
    assertThat(record.count("select count(*) from read_audit where user_id = 'worker' and what = 'copy of minutes'")).isPositive();

    assertThat(Visitor.at(port, "worker").get("/api/cases/" + other + "/copies/" + copy).statusCode()).isEqualTo(404);
    assertThat(Visitor.at(port, "worker").get("/api/cases/" + other + "/minutes/" + minutes).statusCode()).isEqualTo(404);
    for (String stranger : List.of("south-worker", "police", "health-lead", "designer", "admin")) {
      assertThat(Visitor.at(port, stranger).get("/api/cases/" + family + "/copies/" + copy).statusCode()).as(stranger).isEqualTo(404);
      assertThat(Visitor.at(port, stranger).get("/api/cases/" + family + "/minutes/" + minutes).statusCode()).as(stranger).isEqualTo(404);
    }
    assertThat(Visitor.at(port).get("/api/cases/" + family + "/copies/" + copy).statusCode()).isEqualTo(401);
  }

  private Task open(String label, String family) {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family).taskName(label).singleResult();
  }
}
