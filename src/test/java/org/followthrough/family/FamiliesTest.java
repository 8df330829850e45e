package org.followthrough.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.followthrough.Practice.london;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.page.Refusal;
import org.followthrough.referral.Contacts;
import org.followthrough.tasklist.CaseFile;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A case is a family: split, joined, reopened, and never more than one of what a child may have once. */
@InTheHouse
class FamiliesTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired Families families;
  @Autowired Contacts contacts;
  @Autowired CaseFile files;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-11-16T10:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Split.

  @Test
  void a_child_who_leaves_takes_episode_lead_and_team_along_and_the_adults_stay_around_both() {
    String contact = twoReferredChildren();
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows them."));
    String further = practice.anotherContactAbout(contact);
    String old = practice.caseOf(contact);

    menu.choose("manager", practice.task("Decide response", further).getId(), "split",
        Map.of("children", List.of(child(contact, "Ronan")), "why", "He lives with his father now."));

    String other = record.text("select f.reference from family_case f join case_link l on l.other_id = f.id "
        + "join family_case o on o.id = l.case_id where o.reference = ?", old);
    assertThat(childrenOf(old)).containsExactly("Sorcha");
    assertThat(childrenOf(other)).containsExactly("Ronan");
    assertThat(record.openEpisodes(old)).containsExactly("Sorcha");
    assertThat(record.openEpisodes(other)).containsExactly("Ronan");
    for (String reference : List.of(old, other)) {
      assertThat(record.texts("select relation from case_person k join family_case f on f.id = k.case_id where f.reference = ? "
          + "and not child and until is null", reference)).as("the mother in " + reference).containsExactly("mother");
      assertThat(record.texts("select user_id from lead_professional l join family_case f on f.id = l.case_id where f.reference = ? "
          + "and until is null", reference)).containsExactly("worker");
      assertThat(families.team(families.idOf(reference).orElseThrow())).contains("north");
      assertThat(record.texts("select words from chronology_entry e join family_case f on f.id = e.case_id where f.reference = ? "
          + "and what = 'Case split'", reference)).singleElement().asString().endsWith(": He lives with his father now.");
    }
    assertThat(record.text("select until_why from case_person k join family_case f on f.id = k.case_id where f.reference = ? "
        + "and until is not null", old)).isEqualTo("moved to " + other);
  }

  @Test
  void at_least_one_child_stays_and_only_children_of_the_case_leave() {
    String contact = twoReferredChildren();
    String stranger = child(practice.aRecordedContact("Conor"), "Conor");
    UUID family = caseId(contact);
    for (List<String> leaving : List.of(List.of(child(contact, "Ronan"), child(contact, "Sorcha")), List.of(stranger), List.<String>of())) {
      assertThatThrownBy(() -> families.split(family, leaving.stream().map(UUID::fromString).toList(), "No.",
          london("2026-11-16T10:00"), "manager"))
          .isInstanceOf(Refusal.class).hasMessageContaining("at least one child must stay");
    }
    assertThat(childrenOf(practice.caseOf(contact))).containsExactly("Ronan", "Sorcha");
  }

  @Test
  void a_child_who_leaves_without_a_lead_professional_still_gets_one() {
    String contact = twoReferredChildren();
    String old = practice.caseOf(contact);
    menu.choose("manager", practice.task("Name lead professional", contact).getId(), "split",
        Map.of("children", List.of(child(contact, "Ronan")), "why", "He lives with his father now."));
    String other = record.text("select f.reference from family_case f join case_link l on l.other_id = f.id "
        + "join family_case o on o.id = l.case_id where o.reference = ?", old);

    for (String family : List.of(old, other)) {
      assertThat(waitingOn(family, "Name lead professional")).as("somebody is asked for the children of " + family).hasSize(1);
      practice.handIn("manager", waitingOn(family, "Name lead professional").get(0).getId(),
          Map.of("lead", "worker", "leadReason", "Knows them."));
      assertThat(record.count("select count(*) from lead_professional l join family_case f on f.id = l.case_id where f.reference = ? "
          + "and until is null", family)).isEqualTo(1);
    }
  }

  // Join.

  @Test
  void a_family_opened_twice_becomes_one_and_the_other_reference_leads_to_it() {
    String first = practice.aRecordedContact("Niall");
    String second = practice.aRecordedContact("Orla");
    practice.handIn("manager", "Decide response", second, practice.aDecision("assessment"));
    String stays = practice.caseOf(first);
    String duplicate = practice.caseOf(second);

    menu.choose("manager", practice.task("Decide response", first).getId(), "join",
        Map.of("reference", duplicate.toLowerCase(), "why", "The mother confirmed it."));

    assertThat(practice.caseOf(second)).isEqualTo(stays);
    assertThat(families.idOf(duplicate)).isEqualTo(families.idOf(stays));
    assertThat(childrenOf(stays)).containsExactlyInAnyOrder("Niall", "Orla");
    assertThat(childrenOf(duplicate)).isEmpty();
    assertThat(record.openEpisodes(stays)).containsExactly("Orla");
    CaseFile.File file = files.open(caseId(first), null, "manager", "North", true, name -> name, code -> code);
    assertThat(file.references().aliases()).containsExactly(duplicate);
    assertThat(file.references().contacts()).containsExactly(first, second);
    assertThat(file.chronology()).extracting(CaseFile.Line::what).contains("Cases joined", "Response decided");

    practice.handIn("manager", "Name lead professional", second, Map.of("lead", "worker", "leadReason", "Knows her."));
    assertThat(record.texts("select user_id from lead_professional l join family_case f on f.id = l.case_id where f.reference = ?", stays))
        .as("processes that ran under the old reference write to the case that stays").containsExactly("worker");
  }

  @Test
  void the_death_of_an_only_child_also_ends_what_ran_under_the_other_reference() {
    String first = practice.aRecordedContact("Niall");
    String second = practice.aRecordedContact("Orla");
    menu.choose("manager", practice.task("Decide response", first).getId(), "join",
        Map.of("reference", practice.caseOf(second), "why", "The mother confirmed it."));
    for (String name : List.of("Niall", "Orla")) {
      menu.choose("manager", practice.task("Decide response", first).getId(), "child-died",
          Map.of("child", child(name.equals("Niall") ? first : second, name), "diedOn", "2026-11-15"));
      if (name.equals("Niall")) {
        assertThat(practice.tasks("Decide response", second)).as("Orla lives").hasSize(1);
      }
    }
    assertThat(practice.tasks("Decide response", first)).isEmpty();
    assertThat(practice.tasks("Decide response", second)).isEmpty();
  }

  @Test
  void only_cases_of_the_own_team_are_joined_and_none_with_itself() {
    String first = practice.aRecordedContact("Niall");
    String south = practice.aRecordedContact("Orla", "team", "south");
    String task = practice.task("Decide response", first).getId();

    assertThatThrownBy(() -> menu.choose("manager", task, "join", Map.of("reference", practice.caseOf(south), "why", "Same.")))
        .isInstanceOf(Refusal.class).hasMessage("No case of yours has this reference. Check it.");
    assertThatThrownBy(() -> menu.choose("manager", task, "join", Map.of("reference", "CP-1999-000001", "why", "Same.")))
        .isInstanceOf(Refusal.class).hasMessage("No case of yours has this reference. Check it.");
    assertThatThrownBy(() -> menu.choose("manager", task, "join", Map.of("reference", practice.caseOf(first), "why", "Same.")))
        .isInstanceOf(Refusal.class).hasMessageStartingWith("This is the same case.");
    assertThatThrownBy(() -> families.joinInto(caseId(first), caseId(south), "Same.", london("2026-11-16T10:00"), "head"))
        .isInstanceOf(Refusal.class).hasMessageStartingWith("Another team holds that case.");
  }

  // Reopen.

  @Test
  void a_closed_case_reopens_with_a_reason_and_an_open_one_does_not() {
    String contact = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    UUID family = caseId(contact);
    assertThat(families.closed(family)).isTrue();

    families.reopen(family, "The school asked again.", london("2026-11-17T10:00"), "manager");
    assertThat(families.closed(family)).isFalse();
    assertThat(record.chronology(contact)).doesNotContain("Case reopened");
    assertThat(record.text("select words from chronology_entry where case_id = ? and what = 'Case reopened'", family))
        .isEqualTo("The school asked again.");
    assertThatThrownBy(() -> families.reopen(family, "Again.", london("2026-11-17T10:00"), "manager"))
        .isInstanceOf(Refusal.class).hasMessage("This case is open already.");
  }

  // Per child.

  @Test
  void an_unborn_child_has_no_legal_status_and_a_born_one_has_one_at_a_time() {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Niall"),
        Practice.page(Map.of("kind", "unborn", "expectedDate", "2027-01-15",
        "relation", "child-of-concern", "livesWhere", "with-the-children"))), practice.aConcern());
    String task = practice.task("Decide response", contact).getId();
    String unborn = record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and typed ->> 'kind' = 'unborn'", contact);

    assertThatThrownBy(() -> menu.choose("manager", task, "legal-status",
        Map.of("child", unborn, "status", "interim care order", "since", "2026-11-16T09:00")))
        .isInstanceOf(Refusal.class).hasMessage("An unborn child cannot have a legal status. Record it after the birth.");

    String niall = child(contact, "Niall");
    menu.choose("manager", task, "legal-status", Map.of("child", niall, "status", "section 20", "since", "2026-11-10T09:00"));
    menu.choose("manager", task, "legal-status", Map.of("child", niall, "status", "interim care order", "since", "2026-11-16T09:00"));
    assertThat(record.texts("select status || coalesce(' until ' || to_char(until, 'DD/MM'), '') from legal_status "
        + "where person_id = ?::uuid order by since", niall)).containsExactly("section 20 until 16/11", "interim care order");
  }

  @Test
  void a_child_has_at_most_one_open_episode_and_one_team() {
    String contact = twoReferredChildren();
    assertThatThrownBy(() -> record.change("insert into episode (person_id, case_id, decision_id, referred_at) "
        + "select person_id, case_id, decision_id, now() from episode where case_id = ?", caseId(contact)))
        .hasMessageContaining("one_open_episode_per_child");
    assertThatThrownBy(() -> record.change("insert into responsibility (person_id, case_id, team, since) "
        + "select person_id, case_id, 'south', now() from responsibility where case_id = ?", caseId(contact)))
        .hasMessageContaining("one_holder_per_child");
  }

  // What was written stays.

  @Test
  void the_chronology_is_neither_changed_nor_deleted() {
    String contact = practice.aRecordedContact("Niall");
    for (String change : List.of("update chronology_entry set what = 'Nothing' where case_id = ?",
        "update chronology_entry set happened_at = now() where case_id = ?", "update chronology_entry set case_id = null where case_id = ?",
        "delete from chronology_entry where case_id = ?")) {
      assertThatThrownBy(() -> record.change(change, caseId(contact))).as(change).hasMessageContaining("the chronology is append-only");
    }
  }

  @Test
  void an_entry_is_corrected_once_and_its_newest_version_again() {
    String contact = practice.aRecordedContact("Niall");
    practice.itIs("2026-11-16T12:00");
    String task = practice.task("Decide response", contact).getId();
    String first = entry(contact);
    menu.choose("manager", task, "correct-time", Map.of("entry", first, "happenedAt", "2026-11-16T08:00", "why", "Misread."));
    assertThatThrownBy(() -> menu.choose("manager", task, "correct-time",
        Map.of("entry", first, "happenedAt", "2026-11-16T07:00", "why", "Again.")))
        .isInstanceOf(Refusal.class);
    menu.choose("manager", task, "correct-time", Map.of("entry", entry(contact), "happenedAt", "2026-11-16T07:00", "why", "Again."));

    CaseFile.Line line = files.open(caseId(contact), null, "manager", "North", true, name -> name, code -> code).chronology().stream()
        .filter(shown -> shown.what().equals("Contact received")).findFirst().orElseThrow();
    assertThat(line.happened()).isEqualTo(london("2026-11-16T07:00"));
    assertThat(line.corrected().was()).isEqualTo(london("2026-11-16T08:00"));
    assertThat(line.corrected().reason()).isEqualTo("Again.");
    assertThat(record.count("select count(*) from chronology_entry where case_id = ? and what = 'Contact received'", caseId(contact)))
        .isEqualTo(3);
  }

  @Test
  void every_look_into_a_family_is_written_down() {
    String contact = practice.aRecordedContact("Niall");
    files.open(caseId(contact), null, "manager", "North", true, name -> name, code -> code);
    assertThat(record.texts("select user_id from read_audit where case_id = ?", caseId(contact))).containsExactly("manager");
  }

  @Test
  void what_is_written_down_a_day_late_says_so() {
    String contact = practice.aRecordedContact("Niall", "happenedAt", "2026-11-13T15:00");
    assertThat(files.open(caseId(contact), null, "manager", "North", true, name -> name, code -> code).chronology())
        .filteredOn(CaseFile.Line::late).extracting(CaseFile.Line::what).containsExactly("Contact received");
  }

  private String twoReferredChildren() {
    String name = Practice.aNewName();
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Ronan", "lastName", name, "birthDate", "2012-05-05"),
        practice.aNewChild("Sorcha", "lastName", name, "birthDate", "2020-02-29"),
        Practice.page(Map.of("kind", "adult", "firstName", Practice.aNewName(), "lastName", name,
            "relation", "mother", "livesWhere", "with-the-children"))),
        practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    return contact;
  }

  private String entry(String contact) {
    return record.text("select e.id::text from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? "
        + "and what = 'Contact received' and not exists (select from chronology_entry n where n.corrects = e.id)", contact);
  }

  private List<String> childrenOf(String reference) {
    return record.texts("select n.first_name from case_person k join family_case f on f.id = k.case_id "
        + "join person_name n on n.person_id = k.person_id and n.position = 1 where f.reference = ? and child and until is null "
        + "order by 1", reference);
  }

  private String child(String contact, String firstName) {
    return record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.typed ->> 'firstName' = ?", contact, firstName);
  }

  private UUID caseId(String contact) {
    return contacts.byId(contacts.idOf(contact).orElseThrow()).caseId();
  }

  private List<Task> waitingOn(String family, String label) {
    return engine.getTaskService().createTaskQuery().processInstanceBusinessKey(family).taskName(label).list();
  }
}
