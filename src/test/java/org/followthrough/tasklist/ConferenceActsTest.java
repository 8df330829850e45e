package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.HeldConference.viewed;
import static org.followthrough.Practice.london;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldConference;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Families;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is asked and told of conferences from the menu, after one that began plans on Wednesday 6 January 2027 at ten. */
@InTheHouse
class ConferenceActsTest {

  @Autowired Practice practice;
  @Autowired HeldConference conference;
  @Autowired TheRecord record;
  @Autowired Conferences conferences;
  @Autowired Families families;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;
  private String family;

  @BeforeEach
  void plansForABoyAndAnUnbornChild() {
    practice.itIs("2026-12-18T09:00");
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall"),
        practice.aNewChild("", "kind", "unborn", "firstName", null, "lastName", null,
        "birthDate", null, "expectedDate", "2027-05-20", "address", null)), practice.aConcern());
    family = practice.caseOf(contact);
    conference.knownBefore(contact, "social-care", "health", "school", "police");
    conference.needed(contact, london("2026-12-17T11:00"));
    conference.quorate(contact, "2027-01-06T10:00");
    practice.handIn("minutes", "Record view", contact, viewed());
    conference.decided(contact, "plan-begins", List.of());
    conference.rounded(contact, "2027-01-13T10:00", "2027-04-01T10:00");
    // three months after 6 January
    assertThat(review().dueAt()).isEqualTo(london("2027-04-06T17:00"));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void whoever_cannot_wait_asks_for_an_earlier_review_and_asking_again_puts_nothing_off() {
    practice.itIs("2027-01-11T09:00");
    menu.chooseOnCase("worker", family, "earlier-review", Map.of("why", "He was left alone twice."));
    // twenty working days from Monday 11 January
    assertThat(review().dueAt()).isEqualTo(london("2027-02-08T17:00"));
    assertThat(review().counted().from()).isEqualTo("early review asked");
    practice.itIs("2027-01-18T09:00");
    menu.chooseOnCase("manager", family, "earlier-review", Map.of("why", "And now a third time."));
    assertThat(review().dueAt()).isEqualTo(london("2027-02-08T17:00"));
    assertThat(lines("Early review asked")).as("nobody has said it in vain")
        .containsExactly("He was left alone twice.", "And now a third time.");
  }

  @Test
  void a_dissent_from_the_menu_is_answered_above_the_conference() {
    practice.itIs("2027-01-08T10:00");
    dissent();
    Task answer = engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family).taskName("Answer dissent")
        .singleResult();
    // Monday and Tuesday
    assertThat(answer.getDueDate()).isEqualTo(london("2027-01-12T17:00"));
    assertThat(practice.groupsOf(answer)).containsExactly("service-manager");
    assertThat(conferences.views(UUID.fromString(held()))).filteredOn(Conferences.View::dissents).singleElement()
        .satisfies(view -> assertThat(view.dissentWhy()).isEqualTo("Nothing has changed since March."));
    assertThat(lines("Dissent raised late")).isEmpty();
  }

  @Test
  void a_dissent_that_comes_late_is_heard_all_the_same_and_said_to_be_late() {
    practice.itIs("2027-01-09T10:00:01");
    dissent();
    assertThat(lines("Dissent raised late")).containsExactly("It could be raised until Saturday 9 January 2027 at 10:00.");
    assertThat(engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family).taskName("Answer dissent").count())
        .isEqualTo(1);
  }

  @Test
  void a_birth_brings_the_open_review_forward() {
    String unborn = record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.typed ->> 'kind' = 'unborn'", contact);
    practice.itIs("2027-01-20T10:00");
    menu.chooseOnCase("worker", family, "birth", Map.of("child", unborn, "bornOn", "2027-01-19", "firstName", "Róisín",
        "lastName", "O’Neill", "sex", "F"));
    // twenty working days from Tuesday 19 January, the day of birth
    assertThat(review().dueAt()).isEqualTo(london("2027-02-16T17:00"));
    assertThat(review().counted().from()).isEqualTo("child born");
  }

  private void dissent() {
    menu.chooseOnCase("worker", family, "dissent", Map.of("conference", held(), "agency", "school", "who", "Joan Patel, head teacher",
        "why", "Nothing has changed since March."));
  }

  private String held() {
    return conferences.heldOf(families.idOf(family).orElseThrow()).get(0).value();
  }

  private Clocks.Running review() {
    return record.clocks("HoldConference", contact).get(0);
  }

  private List<String> lines(String what) {
    return record.texts("select e.words from chronology_entry e join family_case f on f.id = e.case_id where f.reference = ? "
        + "and e.what = ?", family, what);
  }
}
