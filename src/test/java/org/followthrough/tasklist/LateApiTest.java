package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.util.List;
import java.util.Map;
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

/** What is late, one line to a family. */
@InTheHouse
class LateApiTest {

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired LateApi late;

  private String contact;
  private String family;

  @BeforeEach
  void twoActionsAndAReceiptAreLate() {
    practice.clearTheDesks();
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
    practice.clearTheDesks();
  }

  @Test
  void everything_about_one_family_is_one_line_the_gravest_first_and_of_those_the_oldest() {
    List<LateApi.Line> lines = late.overdue(() -> "manager");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).reference()).isEqualTo(family);
    assertThat(lines.get(0).children()).containsExactly("Ronan", "Zoë");
    assertThat(lines.get(0).items()).extracting(item -> item.grave() + ": " + item.what() + ", " + item.since()).containsExactly(
        "statutory: Carry out action, " + london("2026-11-18T23:59:59"), "statutory: Carry out action, " + london("2026-11-19T23:59:59"),
        "record: Confirm receipts, " + london("2026-11-18T17:00"));
    assertThat(lines.get(0).items()).extracting(LateApi.Item::taskId).doesNotHaveDuplicates();
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
    assertThat(Visitor.at(port, "worker").get("/api/session").body()).contains("\"asked\":false");
  }

  @Test
  void what_is_read_of_a_family_is_written_down() {
    String reads = "select count(*) from read_audit a join family_case f on f.id = a.case_id where f.reference = ? and a.user_id = ? and a.what = 'late in my families'";
    late.overdue(() -> "manager");
    late.overdue(() -> "health-lead");
    assertThat(record.count(reads, family, "manager")).isEqualTo(1);
    assertThat(record.count(reads, family, "health-lead")).as("of a family whose names they do not read").isZero();
  }
}
