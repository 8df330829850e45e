package org.followthrough.referral.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.aNewName;
import static org.followthrough.Practice.page;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Everything the contact centre takes down, one page after the other. */
@InTheHouse
class ContactTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
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

  // The pages.

  @Test
  void pages_follow_each_other_and_stay_with_who_took_the_call() {
    String contact = practice.contactOf(practice.start("contact"));
    ProcessInstance pages = practice.process("contact", contact);
    assertThat(contact).matches("CT-2026-\\d{6}");
    assertThat(pages.getBusinessKey()).isEqualTo(contact);
    assertThat(practice.task("Record contact", contact)).isAssignedTo("contact");
    assertThat(practice.groupsOf(practice.task("Record contact", contact))).containsExactly("contact-centre", "out-of-hours");

    practice.handIn("contact", "Record contact", contact, practice.aContact());
    somebodyNew(contact, practice.aNewChild("Niall", "anotherPerson", "yes"));
    somebodyNew(contact, anAdult("mother", "with-the-children"));
    practice.handIn("contact", "Record concern", contact, practice.aConcern("anotherConcern", "yes"));
    practice.handIn("contact", "Record concern", contact, practice.aConcern("nature", "reported", "reportedBy", "His teacher",
        "narrative", "He is always hungry."));

    assertThat(pages).isEnded();
    assertThat(pages).hasPassed(findId("Contact written down"));
    assertThat(practice.process("referral", contact).getBusinessKey()).isEqualTo(practice.caseOf(contact));
    assertThat(practice.task("Decide response", contact)).hasCandidateGroup("north.team-manager");
    assertThat(record.texts("select nature || coalesce(', ' || reported_by, '') from concern k join contact c on c.id = k.contact_id "
        + "where c.reference = ? order by k.nature", contact)).containsExactly("fact", "reported, His teacher");
  }

  @Test
  void what_was_reported_needs_who_said_it() {
    String contact = atTheConcern();
    assertRefused("Record concern", contact, practice.aConcern("nature", "reported"), "reportedBy", "Say who reported it, or “not known”.");
  }

  @Test
  void parents_were_asked_or_there_is_a_reason() {
    String contact = practice.contactOf(practice.start("contact"));
    assertRefused("Record contact", contact, practice.aContact("parentsKnow", "not-asked"),
        "parentsNotAskedWhy", "Say why the parents were not asked");
    practice.handIn("contact", "Record contact", contact, practice.aContact("parentsKnow", "not-asked",
        "parentsNotAskedWhy", "It could put him at risk."));
    assertThat(record.text("select parents_not_asked_why from contact where reference = ?", contact))
        .isEqualTo("It could put him at risk.");
  }

  @Test
  void somebody_alleged_to_have_harmed_may_work_with_children_or_be_one() {
    String contact = atTheConcern();
    practice.handIn("contact", "Record concern", contact, practice.aConcern("allegedPerson", "Coach Brown",
        "allegedWorksWithChildren", "yes", "allegedIsChild", "no", "whereHarm", "outside-the-home"));
    String shown = (String) shown("manager", "Decide response", contact).get("familySummary");
    assertThat(shown).contains("Coach Brown").contains("works with children").doesNotContain("a child themselves");
  }

  @Test
  void a_contact_without_any_child_goes_on_until_one_is_recorded() {
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    assertRefused("Record person", contact, page(anAdult("mother", "with-the-children"), "anotherPerson", "no"),
        "anotherPerson", "No child is recorded yet.");
    assertThat(record.count("select count(*) from contact_person p join contact c on c.id = p.contact_id where c.reference = ?", contact))
        .isZero();

    somebodyNew(contact, page(anAdult("mother", "with-the-children"), "anotherPerson", "yes"));
    somebodyNew(contact, practice.aNewChild("Niall"));
    assertThat(practice.tasks("Record concern", contact)).hasSize(1);
  }

  @Test
  void an_unborn_child_is_a_child_of_the_case_with_an_expected_date_and_without_a_name() {
    String contact = practice.aContactAbout(List.of(anAdult("mother", "with-the-children"),
        anUnbornChild("2027-02-28")), practice.aConcern("factors", List.of("alcohol")));

    assertThat(record.text("select p.expected_on || ' ' || (p.born_on is null) from person p join contact_person n on n.person_id = p.id "
        + "join contact c on c.id = n.contact_id where c.reference = ? and n.child", contact)).isEqualTo("2027-02-28 true");
    assertThat(record.text("select recommendation from contact where reference = ?", contact)).isEqualTo("strategy-discussion");
    assertThat((String) shown("manager", "Decide response", contact).get("familySummary")).contains("Unborn child")
        .contains("expected 28 February 2027");
  }

  @Test
  void an_unborn_child_named_again_is_the_same_child_also_once_it_is_born() {
    Map<String, Object> mother = anAdult("mother", "with-the-children");
    Map<String, Object> unborn = anUnbornChild("2026-11-30");
    String first = practice.aContactAbout(List.of(mother, unborn), practice.aConcern());
    String child = record.text("select n.person_id::text from contact_person n join contact c on c.id = n.contact_id "
        + "where c.reference = ? and n.child", first);

    String second = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", second, practice.aContact());
    practice.handIn("contact", "Record person", second, page(unborn, "anotherPerson", "no"));
    assertThat(likely(second)).as("without a name, known by its expected date").contains(child);
    practice.handIn("contact", "Choose person", second, Map.of("samePerson", child));
    assertThat(practice.tasks("Record concern", second)).hasSize(1);

    practice.itIs("2026-12-04T10:00");
    String third = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", third, practice.aContact());
    String name = aNewName();
    practice.handIn("contact", "Record person", third, page(mother, "anotherPerson", "yes"));
    practice.handIn("contact", "Choose person", third, Map.of("samePerson", likely(third).get(0)));
    practice.handIn("contact", "Record person", third, practice.aNewChild("Fiadh", "lastName", name, "birthDate", "2026-12-02"));
    assertThat(likely(third)).as("the child that its mother expected").contains(child);
    assertThat(labels(third)).anyMatch(label -> label.contains("expected about then in this family"));
    practice.handIn("contact", "Choose person", third, Map.of("samePerson", child));

    assertThat(record.text("select born_on || ' ' || (expected_on is null) from person where id = ?::uuid", child))
        .isEqualTo("2026-12-02 true");
    practice.handIn("contact", "Record concern", third, practice.aConcern());
    practice.handIn("contact", "Choose family", third, Map.of("family", practice.caseOf(first)));
    assertThat((String) shown("contact", "Look at history", third).get("history")).contains("Fiadh " + name)
        .contains("born 2 December 2026");
  }

  @Test
  void a_parent_who_lives_elsewhere_and_a_regular_visitor_belong_to_the_family() {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Niall"), anAdult("mother", "with-the-children"),
        anAdult("father", "elsewhere"), anAdult("visitor", "regular-visitor")), practice.aConcern());

    assertThat(record.texts("select relation || ', ' || lives from case_person k join family_case f on f.id = k.case_id "
        + "where f.reference = ? and not child order by 1", practice.caseOf(contact)))
        .containsExactly("father, elsewhere", "mother, with-the-children", "visitor, regular-visitor");
    assertThat((String) shown("manager", "Decide response", contact).get("familySummary")).contains("father, elsewhere")
        .contains("visitor, regular visitor");
  }

  @Test
  void brothers_in_two_households_belong_to_both_families_and_stay_one_person_each() {
    String name = aNewName();
    Map<String, Object> elder = practice.aNewChild("Ronan", "lastName", name, "birthDate", "2012-05-05");
    Map<String, Object> younger = practice.aNewChild("Donal", "lastName", name, "birthDate", "2017-06-06");
    String atMothers = practice.aContactAbout(List.of(elder, page(younger, "livesWhere", "elsewhere")), practice.aConcern());

    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    practice.handIn("contact", "Record person", contact, page(younger, "anotherPerson", "no"));
    String known = record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and typed ->> 'firstName' = 'Donal'", atMothers);
    assertThat(likely(contact)).contains(known);
    practice.handIn("contact", "Choose person", contact, Map.of("samePerson", known));
    practice.handIn("contact", "Record concern", contact, practice.aConcern());
    assertThat(options("contact", "Choose family", contact, "likelyFamilies")).contains(practice.caseOf(atMothers), "new");
    practice.handIn("contact", "Choose family", contact, Map.of("family", "new"));

    assertThat(practice.caseOf(contact)).isNotEqualTo(practice.caseOf(atMothers));
    assertThat(record.count("select count(distinct case_id) from case_person where person_id = ?::uuid and until is null", known))
        .isEqualTo(2);
  }

  // Who is it?

  @ParameterizedTest(name = "{0} finds O’Neill")
  @CsvSource({"O'Neill", "ONeill", "Ó Néill", "O’Neil", "O Neill", "Oneal"})
  void a_name_is_found_however_it_is_spelled(String spelled) {
    String first = "Caoimhe" + aNewName().toLowerCase();
    String known = aKnownChild(practice.aNewChild(first, "lastName", "O’Neill", "birthDate", null, "ageAbout", 9));

    assertThat(likely(named(practice.aNewChild(first, "lastName", spelled, "birthDate", null)))).contains(known);
  }

  @Test
  void a_name_is_found_by_its_sound() {
    String known = aKnownChild(practice.aNewChild("Stephen", "lastName", "Philpottington", "birthDate", null, "ageAbout", 9));
    assertThat(likely(named(practice.aNewChild("Steven", "lastName", "Filpottington", "birthDate", null)))).contains(known);
  }

  @Test
  void a_date_of_birth_finds_whose_name_is_only_half_like_it() {
    String last = aNewName();
    String known = aKnownChild(practice.aNewChild("Elizabeth", "lastName", last, "birthDate", "2016-02-29"));
    Map<String, Object> lizzie = practice.aNewChild("Lizzie", "lastName", last, "birthDate", "2016-02-29");

    String contact = named(lizzie);
    assertThat(likely(contact)).contains(known);
    assertThat(labels(contact)).anyMatch(label -> label.contains("born 29 February 2016") && label.contains("same date"));
  }

  @Test
  void an_address_finds_whose_name_is_only_half_like_it() {
    String home = System.nanoTime() + " Station Road";
    String last = aNewName();
    String known = aKnownChild(practice.aNewChild("Margaret", "lastName", last, "birthDate", null, "ageAbout", 4, "address", home));
    String contact = named(practice.aNewChild("Peggy", "lastName", last, "birthDate", null, "address", home.replace(" Road", " ROAD")));
    assertThat(likely(contact)).contains(known);
    assertThat(labels(contact)).anyMatch(label -> label.contains("same address"));
  }

  @Test
  void a_further_name_finds_too() {
    String alias = aNewName();
    String known = aKnownChild(practice.aNewChild("Tadhg", "otherNames", "Teddy " + alias + "; Ted", "birthDate", null, "ageAbout", 7));
    String contact = named(practice.aNewChild("Teddy", "lastName", alias, "birthDate", null));
    assertThat(likely(contact)).contains(known);
    assertThat(labels(contact)).anyMatch(label -> label.contains("under another name"));
  }

  @Test
  void a_name_in_another_script_is_found_by_its_spelling() {
    String known = aKnownChild(practice.aNewChild("Олександра", "lastName", "Ковальчукович", "birthDate", null, "ageAbout", 7));
    assertThat(likely(named(practice.aNewChild("Олександра", "lastName", "Ковальчукович", "birthDate", null)))).contains(known);
  }

  @Test
  void nobody_like_it_asks_nothing() {
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    practice.handIn("contact", "Record person", contact, practice.aNewChild(aNewName(), "birthDate", null));
    assertThat(practice.tasks("Choose person", contact)).isEmpty();
    assertThat(practice.tasks("Record concern", contact)).hasSize(1);
  }

  @Test
  void the_workers_choice_counts_and_a_new_spelling_stays_beside_the_old() {
    String last = aNewName();
    Map<String, Object> typed = practice.aNewChild("Sinead", "lastName", last, "birthDate", "2015-07-01", "address", null,
        "phone", "01632 960111");
    String known = aKnownChild(typed);

    String same = named(page(typed, "firstName", "Sinéad", "phone", "01632 960222", "address", "7 Weir Street"));
    practice.handIn("contact", "Choose person", same, Map.of("samePerson", known));
    assertThat(record.texts("select first_name from person_name where person_id = ?::uuid order by position", known))
        .containsExactly("Sinead", "Sinéad");
    assertThat(record.text("select phone || ', ' || address from person where id = ?::uuid", known))
        .as("blanks are filled, nothing is overwritten").isEqualTo("01632 960111, 7 Weir Street");

    String other = named(typed);
    practice.handIn("contact", "Choose person", other, Map.of("samePerson", "new"));
    assertThat(record.text("select (person_id <> ?::uuid)::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ?", known, other)).isEqualTo("true");
  }

  @Test
  void somebody_who_was_not_shown_cannot_be_chosen() {
    String stranger = aKnownChild(practice.aNewChild(aNewName()));
    String last = aNewName();
    aKnownChild(practice.aNewChild("Sinead", "lastName", last, "birthDate", "2015-07-01"));
    String contact = named(practice.aNewChild("Sinead", "lastName", last, "birthDate", "2015-07-01"));

    assertRefused("Choose person", contact, Map.of("samePerson", stranger), "samePerson", "holds a choice that is not offered");
  }

  @Test
  void a_child_born_on_29_february_is_one_year_older_on_the_28th_or_the_1st_and_always_found() {
    practice.itIs("2026-02-28T10:00");
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    practice.handIn("contact", "Record person", contact, practice.aNewChild("Leap", "birthDate", "2024-02-29"));
    practice.tasks("Choose person", contact).forEach(task -> practice.handIn("contact", task.getId(), Map.of("samePerson", "new")));
    practice.handIn("contact", "Record concern", contact, practice.aConcern("factors", List.of("alcohol")));
    practice.tasks("Choose family", contact).forEach(task -> practice.handIn("contact", task.getId(), Map.of("family", "new")));

    assertThat(record.text("select born_on::text from person p join contact_person n on n.person_id = p.id "
        + "join contact c on c.id = n.contact_id where c.reference = ?", contact)).isEqualTo("2024-02-29");
    assertThat(record.text("select recommendation from contact where reference = ?", contact)).as("not yet two on 28 February")
        .isEqualTo("strategy-discussion");
  }

  @Test
  void a_date_that_the_calendar_does_not_have_is_refused() {
    String contact = atThePerson();
    assertRefused("Record person", contact, practice.aNewChild("Leap", "birthDate", "2023-02-29"),
        "birthDate", "This is not a date of the calendar.");
  }

  // Which family?

  @Test
  void the_family_is_chosen_and_its_history_looked_at() {
    String first = practice.aRecordedContact("Niall");
    practice.handIn("manager", "Decide response", first, practice.aDecision("assessment"));
    String second = practice.anotherContactAbout(first);

    assertThat(practice.caseOf(second)).isEqualTo(practice.caseOf(first));
    assertThat(record.text("select history_meaning from contact where reference = ?", second)).isEqualTo("It happens again.");
    Map<String, Object> shown = shown("manager", "Decide response", second);
    assertThat((String) shown.get("historySummary")).contains("16 November 2026: contact from health, assessment");
    assertThat((String) shown.get("familySummary")).contains("open episode");
  }

  @Test
  void a_contact_on_a_family_that_another_team_holds_goes_to_that_team() {
    String first = practice.aRecordedContact("Niall", "team", "south");
    String second = practice.anotherContactAbout(first, "team", "north");
    assertThat(practice.task("Decide response", second)).hasCandidateGroup("south.team-manager");
    assertThat(practice.taskList("manager", second)).isEmpty();
  }

  @Test
  void a_contact_recorded_in_error_is_no_history() {
    String first = practice.aRecordedContact("Niall");
    record.change("update contact set ended_as = 'recorded-in-error' where reference = ?", first);
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    String typed = record.text("select typed ->> 'lastName' from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ?", first);
    practice.handIn("contact", "Record person", contact, practice.aNewChild("Niall", "lastName", typed));
    practice.handIn("contact", "Choose person", contact, Map.of("samePerson", likely(contact).get(0)));
    practice.handIn("contact", "Record concern", contact, practice.aConcern());
    practice.handIn("contact", "Choose family", contact, Map.of("family", practice.caseOf(first)));
    assertThat(practice.tasks("Look at history", contact)).isEmpty();
    assertThat(practice.tasks("Decide response", contact)).hasSize(1);
  }

  // What cannot stand.

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(delimiter = '|', textBlock = """
      happenedAt        |                     | “When did it reach us?” is empty.
      happenedAt        | 2026-11-16T10:01    | The time it happened is in the future.
      happenedAt        | 2025-11-14T10:00    | more than a year old
      happenedAt        | 1899-12-31T10:00    | more than a century ago
      happenedAt        | 16/11/2026 10:00    | This is not a date of the calendar.
      happenedAt        | 2026-11-16T25:00    | This is not a date and time.
      how               | carrier-pigeon      | “How?” holds a choice that is not offered.
      how               |                     | “How?” is empty.
      whoReferred       |                     | “Who are they to the child?” is empty.
      agency            |                     | Choose the referrer’s agency
      agency            | ministry            | “Their agency” holds a choice that is not offered.
      sourceCode        | 99                  | “Source, for the yearly return” holds a choice that is not offered.
      team              | east                | “Which team’s area is it?” holds a choice that is not offered.
      childrenWhereabouts |                   | “Where are the children now, and who is with them?” is empty.
      safeNow           |                     | “Are they safe at this moment?” is empty.
      """)
  void a_contact_that_cannot_stand_is_refused_in_one_sentence(String field, String value, String sentence) {
    String contact = practice.contactOf(practice.start("contact"));
    assertRefused("Record contact", contact, practice.aContact(field, value), field, sentence);
    assertThat(record.text("select coalesce(how, 'nothing') from contact where reference = ?", contact)).isEqualTo("nothing");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(delimiter = '|', textBlock = """
      birthDate     | 2026-11-17 | The date of birth is in the future.
      birthDate     | 2008-11-15 | By this date of birth the person is 18 or over.
      birthDate     | 1066-10-14 | more than a century ago
      birthDate     | 14 October | This is not a date of the calendar.
      ageAbout      | -1         | “Or about how old? (years)” lies outside what is possible.
      ageAbout      | 121        | “Or about how old? (years)” lies outside what is possible.
      ageAbout      | nine       | Enter a whole number.
      kind          |            | “Who is this?” is empty.
      kind          | robot      | “Who is this?” holds a choice that is not offered.
      relation      | neighbour  | “What are they to the children?” holds a choice that is not offered.
      livesWhere    |            | “Where do they live?” is empty.
      sex           | X          | “Sex” holds a choice that is not offered.
      """)
  void a_person_who_cannot_stand_is_refused_in_one_sentence(String field, String value, String sentence) {
    String contact = atThePerson();
    assertRefused("Record person", contact, practice.aNewChild("Niall", field, value), field, sentence);
    assertThat(record.count("select count(*) from contact_person p join contact c on c.id = p.contact_id where c.reference = ?", contact))
        .isZero();
  }

  @Test
  void a_person_needs_some_name_and_a_child_becomes_18_on_the_birthday() {
    String contact = atThePerson();
    assertRefused("Record person", contact, practice.aNewChild(" ", "lastName", null), "firstName", "Enter at least one name.");
    practice.handIn("contact", "Record person", contact, practice.aNewChild("Niall", "birthDate", "2008-11-17", "anotherPerson", "yes"));
    assertThat(record.count("select count(*) from contact_person p join contact c on c.id = p.contact_id where c.reference = ?", contact))
        .isEqualTo(1);
  }

  @ParameterizedTest(name = "expected on {0}")
  @CsvSource({"2026-10-01", "2027-10-16"})
  void an_expected_date_outside_a_pregnancy_is_refused(String expected) {
    assertRefused("Record person", atThePerson(), anUnbornChild(expected), "expectedDate", "not within a pregnancy");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(delimiter = '|', textBlock = """
      nature        |            | “How do we know?” is empty.
      nature        | gossip     | “How do we know?” holds a choice that is not offered.
      narrative     |            | “What happened?” is empty.
      whereHarm     | on-the-moon | “Where is the harm?” holds a choice that is not offered.
      happenedAt    | 2026-11-17 | The time it happened is in the future.
      anotherConcern |           | “Is there another concern to add?” is empty.
      """)
  void a_concern_that_cannot_stand_is_refused_in_one_sentence(String field, String value, String sentence) {
    String contact = atTheConcern();
    assertRefused("Record concern", contact, practice.aConcern(field, value), field, sentence);
    assertThat(record.count("select count(*) from concern k join contact c on c.id = k.contact_id where c.reference = ?", contact))
        .isZero();
  }

  @Test
  void what_is_too_long_is_refused_and_names_the_field_and_the_limit() {
    assertRefused("Record concern", atTheConcern(), practice.aConcern("narrative", "x".repeat(100_001)), "narrative",
        "“What happened?” is longer than 100000 characters.");
    assertRefused("Record person", atThePerson(), practice.aNewChild("N".repeat(201)),
        "firstName", "“First name” is longer than 200 characters.");
  }

  @Test
  void a_field_that_the_form_does_not_have_is_refused() {
    assertRefused("Record concern", atTheConcern(), practice.aConcern("whichResponse", "advice"), null,
        "The form has no field “whichResponse”.");
  }

  @Test
  void a_tick_that_was_not_offered_is_refused() {
    assertRefused("Record concern", atTheConcern(), practice.aConcern("factors", List.of("neglect", "astrology")), "factors",
        "holds a choice that is not offered");
    String other = record.text("select person_id::text from contact_person where contact_id = (select id from contact where reference = ?)",
        practice.aRecordedContact("Conor"));
    assertRefused("Record concern", atTheConcern(), practice.aConcern("childrenConcerned", List.of(other)), "childrenConcerned",
        "holds a choice that is not offered");
  }

  @Test
  void a_narrative_of_100_000_characters_in_every_script_is_kept_to_the_letter() {
    String narrative = everyScript(100_000);
    assertThat(narrative.codePointCount(0, narrative.length())).isEqualTo(100_000);
    String contact = atTheConcern();

    practice.handIn("contact", "Record concern", contact, practice.aConcern("narrative", narrative));

    assertThat(record.text("select narrative from concern k join contact c on c.id = k.contact_id where c.reference = ?", contact))
        .isEqualTo(narrative);
    assertThat(record.text("select jsonb_path_query_first(fields, '$[*] ? (@.label == \"What happened?\").value') #>> '{}' "
        + "from chronology_entry e join contact c on c.id = e.contact_id where c.reference = ? and what = 'Concern recorded'",
        contact)).isEqualTo(narrative);
  }

  @Test
  void a_zero_character_is_left_out_and_nothing_else() {
    String contact = atTheConcern();
    practice.handIn("contact", "Record concern", contact, practice.aConcern("narrative", "He said \u0000\u0001 nothing\\u0000."));
    assertThat(record.text("select narrative from concern k join contact c on c.id = k.contact_id where c.reference = ?", contact))
        .isEqualTo("He said \u0001 nothing\\u0000.");
  }

  @Test
  void half_a_character_breaks_nothing() {
    String contact = atTheConcern();
    practice.handIn("contact", "Record concern", contact, practice.aConcern("narrative", "cut off \uD83D here"));
    assertThat(record.text("select narrative from concern k join contact c on c.id = k.contact_id where c.reference = ?", contact))
        .startsWith("cut off ").endsWith(" here");
  }

  @Test
  void a_start_takes_nothing_down() {
    assertThatThrownBy(() -> practice.as("contact", () -> engine.getFormService().submitStartForm(
        engine.getRepositoryService().createProcessDefinitionQuery().processDefinitionKey("referral").latestVersion()
            .singleResult().getId(),
        Map.of("narrative", "He is hungry."))))
        .isInstanceOf(Refusal.class).hasMessageStartingWith("Starting takes nothing down.");
  }

  // Words of this test.

  private void assertRefused(String task, String contact, Map<String, Object> page, String field, String sentence) {
    int written = record.chronology(contact).size();
    assertThatThrownBy(() -> practice.handIn("contact", task, contact, page))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field))
        .hasMessageContaining(sentence);
    assertThat(practice.tasks(task, contact)).as("the task stays open").hasSize(1);
    assertThat(record.chronology(contact)).as("nothing is written").hasSize(written);
  }

  private String atThePerson() {
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact());
    return contact;
  }

  private String atTheConcern() {
    String contact = atThePerson();
    somebodyNew(contact, practice.aNewChild("Niall"));
    return contact;
  }

  private void somebodyNew(String contact, Map<String, Object> person) {
    practice.handIn("contact", "Record person", contact, person);
    practice.tasks("Choose person", contact).forEach(task -> practice.handIn("contact", task.getId(), Map.of("samePerson", "new")));
  }

  /** A contact on which this person has just been taken down. */
  private String named(Map<String, Object> person) {
    String contact = atThePerson();
    practice.handIn("contact", "Record person", contact, person);
    return contact;
  }

  /** A child on record; returns who. */
  private String aKnownChild(Map<String, Object> child) {
    String contact = named(child);
    practice.tasks("Choose person", contact).forEach(task -> practice.handIn("contact", task.getId(), Map.of("samePerson", "new")));
    return record.text("select person_id::text from contact_person p join contact c on c.id = p.contact_id where c.reference = ?", contact);
  }

  private List<String> likely(String contact) {
    return options("contact", "Choose person", contact, "likelyPeople");
  }

  private List<String> labels(String contact) {
    return ((List<?>) shown("contact", "Choose person", contact).get("likelyPeople")).stream()
        .map(option -> ((Option) option).label()).toList();
  }

  private List<String> options(String user, String task, String contact, String key) {
    return ((List<?>) shown(user, task, contact).get(key)).stream().map(option -> ((Option) option).value()).toList();
  }

  private Map<String, Object> shown(String user, String task, String contact) {
    return forms.prefilled(practice.task(task, contact), user);
  }

  private Map<String, Object> anAdult(String relation, String livesWhere) {
    return page(Map.of("kind", "adult", "firstName", aNewName(), "lastName", aNewName(), "relation", relation, "livesWhere", livesWhere,
        "address", System.nanoTime() + " Bridge Street", "anotherPerson", "no"));
  }

  private static Map<String, Object> anUnbornChild(String expected) {
    return page(Map.of("kind", "unborn", "expectedDate", expected, "relation", "child-of-concern", "livesWhere", "with-the-children",
        "anotherPerson", "no"));
  }

  /** A text of so many characters with some of every script, of every plane, with combining marks and emoji families. */
  private static String everyScript(int length) {
    Map<UnicodeScript, List<Integer>> scripts = new java.util.EnumMap<>(UnicodeScript.class);
    for (int character = 0x20; character <= Character.MAX_CODE_POINT; character++) {
      if (Character.isDefined(character) && !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE) {
        List<Integer> some = scripts.computeIfAbsent(UnicodeScript.of(character), script -> new ArrayList<>());
        if (some.size() < 400) {
          some.add(character);
        }
      }
    }
    String written = scripts.values().stream().flatMap(List::stream).map(Character::toString).collect(Collectors.joining())
        + "👩‍👩‍👧‍👦 👶🏽 🇬🇧 é ç̌̈ عَرَبِيّ \u202Eright to left\u202C";
    int[] characters = written.codePoints().toArray();
    int[] text = new int[length];
    Arrays.setAll(text, i -> characters[i % characters.length]);
    text[0] = 'A';
    text[length - 1] = 'Z';
    return new String(text, 0, length);
  }
}
