package org.followthrough.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import org.camunda.bpm.engine.AuthorizationException;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** For a time, somebody holds another's roles as well. */
@InTheHouse
class DeputiesTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Deputies deputies;
  @Autowired Directory directory;

  @BeforeEach
  void aMondayMorning() {
    practice.itIs("2026-11-16T10:00");
  }

  @AfterEach
  void everybodyIsBack() {
    practice.itIs("2027-11-16T10:00");
    deputies.end();
    record.change("delete from deputy");
    practice.endEverything();
  }

  @Test
  void a_deputy_finds_and_does_the_same_tasks_until_the_time_is_over() {
    String contact = practice.aRecordedContact("Niall");
    String later = practice.aRecordedContact("Niall");
    assertThat(practice.taskList("south-manager", contact)).isEmpty();

    deputies.name("manager", "south-manager", london("2026-11-20T17:00"));
    assertThat(practice.taskList("south-manager", contact)).containsExactly("Decide response");
    practice.handIn("south-manager", "Decide response", contact, practice.aDecision("advice"));
    assertThat(record.text("select decided_by from decision d join contact c on c.id = d.contact_id where c.reference = ?", contact))
        .as("under their own name").isEqualTo("south-manager");

    practice.itIs("2026-11-20T16:59:59");
    deputies.end();
    assertThat(practice.taskList("south-manager", later)).containsExactly("Decide response");
    practice.itIs("2026-11-20T17:00");
    deputies.end();
    assertThat(practice.taskList("south-manager", later)).isEmpty();
    assertThatThrownBy(() -> practice.handIn("south-manager", "Decide response", later, practice.aDecision("advice")))
        .isInstanceOf(AuthorizationException.class);
    assertThat(directory.groupsOf("south-manager")).containsExactly("south.team-manager");
    assertThat(directory.groupsOf("manager")).containsExactly("north.team-manager");
  }

  @Test
  void a_role_that_was_lent_is_not_lent_on() {
    deputies.name("manager", "worker", london("2026-11-20T17:00"));
    deputies.name("worker", "police", london("2026-11-27T17:00"));
    assertThat(directory.groupsOf("police")).containsExactlyInAnyOrder("police", "north.social-worker");
  }

  @Test
  void who_stands_in_twice_does_so_until_the_later_end() {
    deputies.name("manager", "worker", london("2026-11-17T17:00"));
    practice.itIs("2026-11-16T11:00");
    deputies.name("manager", "worker", london("2026-11-20T17:00"));

    practice.itIs("2026-11-18T09:00");
    deputies.end();
    assertThat(directory.groupsOf("worker")).contains("north.team-manager");
    practice.itIs("2026-11-20T17:00");
    deputies.end();
    assertThat(directory.groupsOf("worker")).containsExactly("north.social-worker");
  }

  @Test
  void somebody_who_holds_the_role_anyway_keeps_it() {
    deputies.name("service-manager", "head", london("2026-11-17T17:00"));
    deputies.name("head", "service-manager", london("2026-11-17T17:00"));
    practice.itIs("2026-11-17T17:00");
    deputies.end();
    assertThat(directory.groupsOf("head")).containsExactlyInAnyOrder("head-of-service", "model-approver");
    assertThat(directory.groupsOf("service-manager")).containsExactly("service-manager");
  }

  @Test
  void a_deputy_needs_an_end_and_is_somebody_else() {
    assertThatThrownBy(() -> deputies.name("manager", "manager", london("2026-11-17T17:00"))).isInstanceOf(Refusal.class)
        .hasMessage("Choose somebody else.");
    assertThatThrownBy(() -> deputies.name("manager", "worker", london("2026-11-16T10:00"))).isInstanceOf(Refusal.class)
        .hasMessage("Choose an end within the next three months.");
    assertThatThrownBy(() -> deputies.name("manager", "worker", london("2027-02-17T10:00"))).isInstanceOf(Refusal.class)
        .hasMessage("Choose an end within the next three months.");
    assertThat(directory.groupsOf("worker")).containsExactly("north.social-worker");
  }
}
