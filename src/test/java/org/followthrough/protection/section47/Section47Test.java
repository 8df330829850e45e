package org.followthrough.protection.section47;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.protection.Enquiries;
import org.followthrough.referral.Contacts;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The O’Neills: Niall, Aoife, and a child not born yet; their mother Zoë, and a father abroad. The discussion is held on Friday
 * 20 November 2026 at ten, and it is eleven.
 */
@InTheHouse
class Section47Test {

  private static final String HELD = "2026-11-20T10:00";

  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Enquiries enquiries;
  @Autowired Families families;
  @Autowired Contacts contacts;
  @Autowired Chronology chronology;
  @Autowired FormIntake forms;
  @Autowired ProcessInstances instances;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String contact;

  @BeforeEach
  void aFridayMorning() {
    init(engine);
    practice.itIs("2026-11-20T09:00");
    String name = Practice.aNewName();
    String home = System.nanoTime() + " Mill Lane";
    contact = practice.aContactAbout(List.of(
        practice.aNewChild("Niall", "lastName", "O’" + name, "birthDate", "2016-03-01", "address", home),
        practice.aNewChild("Aoife", "lastName", "O’" + name, "birthDate", "2024-02-29", "address", home),
        practice.aNewChild("", "kind", "unborn", "lastName", "", "birthDate", null, "sex", null, "expectedDate", "2027-02-14",
            "address", null),
        practice.aNewChild("Zoë", "kind", "adult", "relation", "mother", "lastName", "O’" + name, "birthDate", "1990-07-23",
            "address", home),
        practice.aNewChild("Tomás", "kind", "adult", "relation", "father", "livesWhere", "elsewhere", "lastName", name,
            "birthDate", "1988-01-02", "address", System.nanoTime() + " Far Road")), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    practice.itIs("2026-11-20T11:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // From the discussion to findings.

  @Test
  void everybody_is_seen_and_heard_and_each_child_has_a_finding_of_its_own() {
    // help as a child in need belongs to a referral
    record.change("insert into episode (person_id, case_id, decision_id, referred_at) select c.person_id, c.case_id, d.id, now() "
        + "from case_person c join decision d on d.case_id = c.case_id where c.case_id = ? and c.child and c.until is null", caseId());
    ProcessInstance process = begun();
    assertThat(process).hasPassed(findId("Enquiry decided"), findId("Assessment needed"));
    assertThat(practice.task("Allocate enquiry", contact)).hasDueDate(at("2026-11-20T23:59:59"));
    practice.handIn("manager", "Allocate enquiry", contact,
        allocated("medical", "yes", "medicalHow", "Niall, at the hospital, the health visitor arranges it."));

    assertThat(practice.tasks("See child", contact)).hasSize(3).allSatisfy(task -> assertThat(task).hasDueDate(at("2026-11-23T17:00")));
    assertThat(practice.tasks("Answer check", contact)).hasSize(2).allSatisfy(task -> assertThat(task).hasDueDate(at("2026-11-25T17:00")));
    assertThat(practice.tasks("Speak with parent", contact)).hasSize(2).allSatisfy(task -> assertThat(task)
        .hasDueDate(at("2026-11-27T17:00")));
    assertThat(practice.task("Record medical", contact)).hasDueDate(at("2026-11-23T17:00"));
    practice.itIs("2026-11-20T15:00");
    practice.handIn("worker", seeChild("Niall"), seen("ownWords", "I want Mum to be happy."));
    practice.handIn("out-of-hours", seeChild("Aoife"), seen("alone", "no", "notAloneWhy", "She is two.", "ownWords", null,
        "noWordsWhy", "She points and smiles."));
    practice.handIn("worker", seeChild(null), unborn());
    practice.handIn("health", check("health"), answered("worry", "serious", "worryWhat", "Niall has lost weight."));
    practice.handIn("worker", check("police"), answered("onBehalfOf", "Dan Hughes", "onBehalfHow", "by-telephone"));
    practice.handIn("worker", speakWith("Zoë"), spoken("says", "He fell off his bicycle."));
    practice.handIn("worker", speakWith("Tomás"),
        page(Map.of("spoken", "no", "notSpoken", "abroad", "notSpokenWhy", "In Kraków; his sister has his number and rings him.")));
    assertThat(practice.tasks("Weigh history", contact)).as("the doctor is still to be heard").isEmpty();
    practice.handIn("worker", "Record medical", contact, examined(List.of(child("Niall"))));
    practice.handIn("worker", "Weigh history", contact, Map.of("historyMeaning", "It is the third time."));
    Task analyse = practice.task("Analyse enquiry", contact);
    assertThat(analyse).hasDueDate(at("2026-12-04T17:00"));
    assertThat(forms.prefilled(analyse, "worker")).satisfies(shown -> {
      assertThat((String) shown.get("childrenSay")).contains("Niall", "I want Mum to be happy.").doesNotContain("Unborn");
      assertThat((String) shown.get("parentsSay")).contains("Zoë", "He fell off his bicycle.", "not spoken with (abroad). In Kraków");
      assertThat((String) shown.get("agenciesSay")).contains("Health: We have known them since 2019. Worried: Niall has lost weight.");
      assertThat((String) shown.get("doctorText")).contains("does not fit").doesNotContain("Aoife");
    });
    practice.itIs("2026-11-26T12:00");
    practice.handIn("worker", "Analyse enquiry", contact, analysed());
    assertThat(record.clock("SeeChildren", contact).metAt()).isEqualTo(london("2026-11-20T15:00"));
    assertThat(record.clock("MakeEnquiries", contact).metAt()).isEqualTo(london("2026-11-26T12:00"));

    Task decide = practice.task("Decide finding", contact);
    assertThat(decide).hasDueDate(at("2026-11-27T17:00"));
    assertThat((String) forms.prefilled(decide, "manager").get("analysisText"))
        .contains("It is the third time.", "Left alone at night", "does not fit");
    assertThat((String) forms.prefilled(decide, "manager").get("enquiryText")).contains("Sam Carter", "held by 11 December 2026");
    practice.handIn("manager", "Decide finding", contact, found("continuing-risk", "conference", child("Niall"), child(null)));
    assertThat(practice.task("Decide finding", contact)).isNotNull();
    assertThat(record.clock("DecideFindings", contact).metAt()).isNull();
    practice.handIn("manager", "Decide finding", contact, found("substantiated-no-continuing-risk", "child-in-need", child("Aoife")));

    assertThat(record.clock("DecideFindings", contact).metAt()).isEqualTo(london("2026-11-26T12:00"));
    assertThat(outcomes()).containsExactlyInAnyOrder("Aoife: substantiated-no-continuing-risk, child-in-need, false, "
        + "conference-not-required", "Niall: continuing-risk, conference, true, null", ": continuing-risk, conference, true, null");
    assertThat(practice.process("child-in-need", contact)).as("help begins in the same moment").isNotNull();
    Task interim = practice.task("Agree interim plan", contact);
    assertThat(interim).hasDueDate(at("2026-11-26T23:59:59"));
    assertThat((String) forms.prefilled(interim, "manager").get("childrenText")).contains("Niall", "Unborn child").doesNotContain("Aoife");
    practice.handIn("manager", "Agree interim plan", contact, interim());
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Every child seen"), findId("Child met"), findId("Children seen"), findId("Agency heard"),
        findId("Agencies heard"), findId("Every agency heard"), findId("Parent heard"), findId("Parents heard"),
        findId("Every parent heard"), findId("Medical recorded"), findId("Child examined"), findId("Enquiry analysed"),
        findId("Enquiries made"), findId("Findings decided"), findId("Enquiry concluded"),
        findId("Interim plan agreed"), endOf("Conference needed"), endOf("Support needed"));
    assertThat(process).hasNotPassed(findId("Tell agencies"), findId("Medical not needed"));
    assertThat(enquiries.interimPlan(enquiry())).get().extracting(Enquiries.InterimPlan::checkedBy)
        .isEqualTo("Sam Carter, at seven each evening.");
    assertThat(practice.process("conference", contact)).isNotNull();
    assertThat(practice.process("assessment", contact)).isNotNull();
    assertThat(record.chronology(contact)).containsSubsequence("Enquiry decided", "Medical decided", "Enquiry allocated",
        "Child seen", "Child seen", "Child seen", "Agency answered", "Agency answered", "Parent heard", "Parent not heard",
        "Medical recorded", "History weighed", "Enquiry analysed", "Finding decided",
        "Findings decided", "Interim plan agreed");
  }

  @Test
  void nobody_needs_a_conference_and_the_agencies_are_told() {
    ProcessInstance process = toFindings();
    practice.handIn("manager", "Decide finding", contact, found("not-substantiated", "none", everyChild()));

    assertThat(outcomes()).allSatisfy(outcome -> assertThat(outcome).endsWith("not-substantiated, none, false, conference-not-required"));
    assertThat(record.texts("select decided_by || ': ' || reasons from enquiry_child where enquiry_id = ?", enquiry()))
        .containsOnly("manager: Because.");
    Task tell = practice.task("Tell agencies", contact);
    assertThat(practice.groupsOf(tell)).containsExactly("north.social-worker");
    assertThat(tell).hasDueDate(at("2026-11-23T17:00"));
    refused("worker", tell, told("told", List.of("health")), "notToldWhy");
    refused("worker", tell, told("toldHow", null), "toldHow");
    practice.handIn("worker", tell.getId(), told());

    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Agencies told"), findId("No conference requested"), findId("Conference not required"),
        "Event_ClosingNeeded");
    assertThat(record.count("select count(*) from enquiry_agency where enquiry_id = ? and told_at is not null", enquiry())).isEqualTo(2);
    assertThat(practice.process("conference", contact)).isNull();
    // no process ends in nowhere: somebody closes it with its reasons
    assertThat(practice.groupsOf(practice.task("Decide closing", contact))).containsExactly("north.team-manager");
  }

  @Test
  void the_court_is_asked_and_somebody_by_name_takes_over() {
    ProcessInstance process = toFindings();
    practice.handIn("manager", "Decide finding", contact, found("continuing-risk", "legal-action", everyChild()));
    practice.handIn("worker", "Tell agencies", contact, told());
    assertThat(process).isEnded();
    assertThat(process).hasPassed(endOf("Support needed"), findId("Conference not required"));
    assertThat(enquiries.forNextStep(enquiry(), Set.of("legal-action", "child-in-need"))).extracting(Option::value)
        .containsExactlyInAnyOrder(everyChild());
  }

  // An agency that asks for a conference all the same.

  @Test
  void an_agency_asks_for_a_conference_and_is_refused_with_reasons() {
    ProcessInstance process = toFindings();
    practice.handIn("manager", "Decide finding", contact, found("not-substantiated", "none", everyChild()));
    Task tell = practice.task("Tell agencies", contact);
    refused("worker", tell, told("conferenceRequested", "yes", "requestedWhy", "He is afraid."), "requestedBy");
    refused("worker", tell, told("conferenceRequested", "yes", "requestedBy", "Ruth Ankrah, health"), "requestedWhy");
    practice.handIn("worker", tell.getId(), requested());

    Task answer = practice.task("Answer request", contact);
    assertThat(answer).hasDueDate(at("2026-11-23T17:00"));
    assertThat(practice.groupsOf(answer)).containsExactly("north.team-manager");
    assertThat((String) forms.prefilled(answer, "manager").get("requestText")).contains("Ruth Ankrah, health", "He is afraid.");
    practice.handIn("manager", answer.getId(), Map.of("agreed", "no", "reasons", "I have rung her; she will look again with us."));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Request answered"), findId("Agencies answered"), findId("Conference not required"));
    assertThat(record.chronology(contact)).containsSubsequence("Conference requested", "Agencies told", "Conference refused");
    assertThat(outcomes()).allSatisfy(outcome -> assertThat(outcome).endsWith("conference-not-required"));
  }

  @Test
  void an_agency_asks_for_a_conference_and_it_is_held_for_the_children_named() {
    ProcessInstance process = toFindings();
    practice.handIn("manager", "Decide finding", contact, found("substantiated-no-continuing-risk", "none", everyChild()));
    practice.itIs("2026-11-23T09:00");
    practice.handIn("worker", "Tell agencies", contact, requested());
    practice.itIs("2026-11-24T09:30");
    Task answer = practice.task("Answer request", contact);
    assertThat(answer).hasDueDate(at("2026-11-24T17:00"));
    refused("manager", answer, Map.of("agreed", "yes", "reasons", "She is right."), "children");
    practice.handIn("manager", answer.getId(), Map.of("agreed", "yes", "reasons", "She is right.", "children", List.of(child("Niall"))));

    assertThat(practice.task("Agree interim plan", contact)).as("not from the first decision").hasDueDate(at("2026-11-24T23:59:59"));
    assertThat(outcomes()).contains("Niall: substantiated-no-continuing-risk, conference, true, null",
        "Aoife: substantiated-no-continuing-risk, none, false, conference-not-required");
    practice.handIn("manager", "Agree interim plan", contact, interim());
    assertThat(process).isEnded();
    assertThat(process).hasPassed(endOf("Conference needed"));
    assertThat(process).hasNotPassed(findId("Conference not required"));
  }

  // The right worker, the right questions.

  @Test
  void who_knows_the_family_otherwise_has_it_only_with_a_reason() {
    begun();
    Task allocate = practice.task("Allocate enquiry", contact);
    assertThat(practice.groupsOf(allocate)).containsExactly("north.team-manager");
    assertThat(offered(allocate, "teamWorkers")).extracting(Option::value).contains("worker").doesNotContain("south-worker");
    refused("manager", allocate, allocated("knowsFamily", "yes"), "knowsWhat");
    refused("manager", allocate, allocated("relatedFamily", "yes"), "relatedWorker");
    refused("manager", allocate, allocated("relatedFamily", "yes", "relatedWorker", "same"), "oversight");
    practice.handIn("manager", allocate.getId(), allocated("knowsFamily", "yes", "knowsWhat",
        "His son is in her class; nobody else is there before Monday."));
    assertThat(record.text("select knows_family from enquiry where id = ?", enquiry())).contains("in her class");
  }

  @Test
  void a_worker_who_has_a_related_family_is_known_to_have_it() {
    String related = contact;
    begun();
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    aFridayMorning();
    record.change("insert into case_link (case_id, other_id, why, linked_at, linked_by) values (?, ?, 'cousins', now(), 'manager')",
        caseId(), caseOf(related));
    begun();
    Task allocate = practice.task("Allocate enquiry", contact);
    assertThat((String) forms.prefilled(allocate, "manager").get("relatedText"))
        .contains(families.reference(caseOf(related)), "Sam Carter");
    refused("manager", allocate, allocated(), "relatedFamily");
    refused("manager", allocate, allocated("relatedFamily", "yes", "relatedWorker", "separate"), "relatedWorker");
    practice.handIn("manager", allocate.getId(), allocated("relatedFamily", "yes", "relatedWorker", "same", "oversight",
        "Grace Mensah, each Monday."));
    assertThat(record.text("select oversight from enquiry where id = ?", enquiry())).isEqualTo("Grace Mensah, each Monday.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "not-asked"})
  void agencies_are_asked_without_agreement_only_with_the_managers_reason(String agreed) {
    begun();
    Task allocate = practice.task("Allocate enquiry", contact);
    refused("manager", allocate, allocated("checksAgreed", agreed), "checksWhy");
    refused("manager", allocate, allocated("agencies", List.of()), "noAgenciesWhy");
    refused("manager", allocate, allocated("agencies", List.of("other")), "otherAgency");
    refused("manager", allocate, allocated("medical", "yes"), "medicalHow");
    practice.handIn("manager", allocate.getId(), allocated("checksAgreed", agreed, "checksWhy", "He would be warned.",
        "agencies", List.of("other", "housing"), "otherAgency", "The swimming club"));
    assertThat(record.text("select checks_agreed || ': ' || checks_why from enquiry where id = ?", enquiry()))
        .isEqualTo(agreed + ": He would be warned.");
    assertThat(practice.tasks("Answer check", contact)).extracting(task -> forms.prefilled(task, "worker").get("agencyText"))
        .containsExactlyInAnyOrder("The swimming club", "Housing");
  }

  @Test
  void what_the_discussion_said_about_who_is_told_and_the_doctor_is_there() {
    UUID meeting = held();
    record.change("update meeting set who_is_told = 'The mother, by Sam; not the father yet.', medical = 'yes' where id = ?", meeting);
    begin(meeting);
    assertThat(forms.prefilled(practice.task("Allocate enquiry", contact), "manager")).containsEntry("medical", "yes")
        .containsEntry("toldText", "The mother, by Sam; not the father yet.");
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    for (String page : List.of("See child", "Speak with parent", "Answer check")) {
      assertThat(forms.prefilled(practice.tasks(page, contact).get(0), "worker")).as(page)
          .containsEntry("toldText", "The mother, by Sam; not the father yet.");
    }
  }

  @Test
  void an_agency_answers_itself_where_it_works_with_us_and_the_worker_may_write_for_it() {
    allocated(begun());
    assertThat(practice.groupsOf(engineTask(check("health")))).containsExactly("health", "north.social-worker");
    refused("worker", engineTask(check("health")), answered(), "onBehalfOf");
    refused("worker", engineTask(check("health")), answered("onBehalfOf", "Niamh Byrne"), "onBehalfHow");
    refused("health", engineTask(check("health")), answered("worry", "some"), "worryWhat");
    practice.handIn("health", check("health"), answered());
    assertThat(record.text("select answered_by from enquiry_agency where enquiry_id = ? and agency = 'health'", enquiry()))
        .isEqualTo("health");
    assertThat(practice.tasks("Answer check", contact)).hasSize(1);
  }

  @Test
  void a_family_without_adults_or_agencies_goes_on() {
    record.change("update case_person set until = now() where case_id = ? and not child", caseId());
    begun();
    practice.handIn("manager", "Allocate enquiry", contact, allocated("agencies", List.of(), "noAgenciesWhy", "They arrived yesterday."));
    assertThat(practice.tasks("Answer check", contact)).isEmpty();
    assertThat(practice.tasks("Speak with parent", contact)).isEmpty();
    seeEverybody();
    assertThat(practice.task("Weigh history", contact)).isNotNull();
    assertThat(record.text("select checks_agreed is null from enquiry where id = ?", enquiry())).isEqualTo("t");
  }

  // Seen.

  @Test
  void a_child_is_seen_alone_or_there_is_a_reason() {
    allocated(begun());
    Task niall = engineTask(seeChild("Niall"));
    assertThat(practice.groupsOf(niall)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(forms.prefilled(niall, "worker")).containsEntry("childUnborn", false)
        .satisfies(shown -> assertThat((String) shown.get("childText")).contains("Niall", "1 March 2016"));
    refused("worker", niall, Map.of(), "seen");
    refused("worker", niall, seen("observed", null), "observed");
    refused("worker", niall, seen("alone", null), "alone");
    refused("worker", niall, seen("alone", "no"), "notAloneWhy");
    refused("worker", niall, seen("bedroom", null), "bedroom");
    refused("worker", niall, seen("ownWords", null), "noWordsWhy");
    refused("worker", niall, Map.of("seen", "no"), "whyNot");
    refused("worker", niall, Map.of("seen", "no", "whyNot", "access-refused"), "tried");
    practice.handIn("worker", niall.getId(), seen());
    assertThat(record.text("select by_agency || ', ' || by_whom || ', ' || seen || ', ' || alone || ', ' || bedroom || ', ' || own_words "
        + "from sighting where during = ?", enquiry()))
        .isEqualTo("social-care, Sam Carter, true, true, true, I like school.");
  }

  @Test
  void before_birth_the_mother_is_seen_and_what_is_prepared() {
    allocated(begun());
    Task unborn = engineTask(seeChild(null));
    assertThat(forms.prefilled(unborn, "worker")).containsEntry("childUnborn", true)
        .satisfies(shown -> assertThat((String) shown.get("childText")).contains("Unborn child", "expected 14 February 2027"));
    refused("worker", unborn, unborn("arrangements", null), "arrangements");
    practice.handIn("worker", unborn.getId(), unborn());
    assertThat(record.text("select seen and alone is null and own_words is null from sighting where during = ?", enquiry())).isEqualTo("t");
    assertThat(practice.tasks("See child", contact)).hasSize(2);
  }

  @Test
  void after_an_injury_every_child_is_seen_on_the_same_day() {
    UUID meeting = held();
    chronology.add(Chronology.Line.fact(contacts.idOf(contact).orElseThrow(), caseId(), null, "Injury or sexual abuse alleged",
        london("2026-11-19T20:00"), "system", null)
        .about(meeting));
    begin(meeting);
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    assertThat(record.clock("SeeChildren", contact)).satisfies(clock -> {
      assertThat(clock.dueAt()).isEqualTo(london("2026-11-20T23:59:59"));
      assertThat(clock.counted().from()).isEqualTo("injury or sexual abuse alleged");
    });
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @CsvSource({"access-refused, emergency-protection-order", "whereabouts-denied, none"})
  void who_is_kept_from_a_child_meets_lawyers_and_a_manager_at_once_and_goes_again(String why, String order) {
    allocated(begun());
    practice.itIs("2026-11-20T18:00");
    practice.handIn("worker", seeChild("Niall"), notSeen(why, "happenedEarlier", true, "happenedAt", "2026-11-20T17:30"));

    Task advice = practice.task("Take legal advice", contact);
    assertThat(advice).hasDueDate(at("2026-11-20T21:30"));
    assertThat(practice.groupsOf(advice)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat((String) forms.prefilled(advice, "worker").get("accessText")).contains(why.replace('-', ' '), "His uncle shut the door.");
    assertThat(practice.tasks("See child", contact)).as("the others are not waited for").hasSize(2);
    practice.handIn("out-of-hours", advice.getId(), Map.of("adviser", "Amara Obi, legal", "advice", "An order is possible tonight."));
    Task decide = practice.task("Decide on order", contact);
    assertThat(decide).hasDueDate(at("2026-11-20T21:30"));
    assertThat(practice.groupsOf(decide)).containsExactly("north.team-manager", "out-of-hours");
    assertThat((String) forms.prefilled(decide, "manager").get("adviceText")).contains("An order is possible tonight.", "Amara Obi");
    if (order.equals("none")) {
      refused("manager", decide, Map.of("order", order, "reasons", "His aunt brings him."), "instead");
    }
    practice.itIs("2026-11-20T19:00");
    practice.handIn("manager", decide.getId(), Map.of("order", order, "reasons", "His aunt brings him.",
        "instead", "Sam goes to the aunt at eight."));

    assertThat(record.clock("GainAccess", contact).metAt()).isEqualTo(london("2026-11-20T19:00"));
    assertThat(record.text("select applied_for || coalesce(': ' || instead, '') from enquiry_access where enquiry_id = ?", enquiry()))
        .isEqualTo(order.equals("none") ? "none: Sam goes to the aunt at eight." : order);
    Task again = engineTask(seeChild("Niall"));
    assertThat(again).hasDueDate(at("2026-11-23T17:00"));
    assertThat(forms.prefilled(again, "worker")).satisfies(shown -> {
      assertThat((String) shown.get("lastAttemptText")).contains("17:30", "His uncle shut the door.");
      assertThat((String) shown.get("decidedText")).contains(order.equals("none") ? "Sam goes to the aunt" : "Emergency protection order");
    });
    practice.handIn("worker", again.getId(), seen());
    assertThat(process()).hasPassed(findId("Way to child decided"), findId("Access decided"), findId("Child met"));
    assertThat(record.chronology(contact)).containsSubsequence("Access refused", "Legal advice taken", "Way to child decided",
        "Child seen");
    assertThat(record.texts("select seen::text from sighting where person_id = ?::uuid order by at", child("Niall")))
        .containsExactly("false", "true");
  }

  @Test
  void two_children_who_are_refused_have_a_clock_each() {
    allocated(begun());
    practice.handIn("worker", seeChild("Niall"), notSeen("access-refused"));
    practice.itIs("2026-11-20T12:00");
    practice.handIn("worker", seeChild("Aoife"), notSeen("access-refused"));
    assertThat(record.clocks("GainAccess", contact)).extracting(clock -> clock.dueAt())
        .containsExactlyInAnyOrder(london("2026-11-20T15:00"), london("2026-11-20T16:00"));
  }

  @Test
  void who_was_not_at_home_is_gone_to_again_and_nobody_calls_the_lawyers() {
    allocated(begun());
    practice.handIn("worker", seeChild("Niall"), notSeen("not-met"));
    assertThat(practice.tasks("Take legal advice", contact)).isEmpty();
    assertThat(practice.tasks("See child", contact)).hasSize(3);
    assertThat((String) forms.prefilled(engineTask(seeChild("Niall")), "worker").get("lastAttemptText")).contains("Not met. ");
    assertThat(record.chronology(contact)).contains("Child not met").doesNotContain("Access refused", "Child seen");
    assertThat(record.clock("SeeChildren", contact).metAt()).isNull();
  }

  @Test
  void nobody_is_asked_to_visit_a_child_who_has_died() {
    allocated(begun());
    families.died(caseId(), UUID.fromString(child("Aoife")), java.time.LocalDate.of(2026, 11, 20), london("2026-11-20T12:00"), "manager");
    Task visit = engineTask(seeChild("Aoife"));
    assertThat(forms.prefilled(visit, "worker")).containsEntry("childDied", true);
    practice.handIn("worker", visit.getId(), Map.of());
    assertThat(record.count("select count(*) from sighting where during = ?", enquiry())).isZero();
    practice.handIn("worker", seeChild("Niall"), seen());
    practice.handIn("worker", seeChild(null), unborn());
    hearEverybody();
    analyse();
    assertThat(offered(practice.task("Decide finding", contact), "offeredChildren")).extracting(Option::value)
        .containsExactly(child("Niall"), child(null));
    practice.handIn("manager", "Decide finding", contact, found("not-substantiated", "none", child("Niall"), child(null)));
    assertThat(outcomes()).contains("Aoife: null, null, null, child-died");
    assertThat(practice.task("Tell agencies", contact)).isNotNull();

    families.alive(caseId(), UUID.fromString(child("Aoife")), "It was another child.", london("2026-11-20T13:00"), "manager");
    assertThat(enquiries.undecided(enquiry())).extracting(Option::value).containsExactly(child("Aoife"));
  }

  // Heard.

  @Test
  void a_parent_who_is_not_heard_has_a_reason() {
    allocated(begun());
    Task father = engineTask(speakWith("Tomás"));
    assertThat(practice.groupsOf(father)).containsExactly("north.social-worker");
    assertThat((String) forms.prefilled(father, "worker").get("adultText")).contains("Tomás", "father", "lives elsewhere");
    refused("worker", father, spoken("says", null), "says");
    refused("worker", father, spoken("how", null), "how");
    refused("worker", father, Map.of("spoken", "no"), "notSpoken");
    refused("worker", father, Map.of("spoken", "no", "notSpoken", "abroad"), "notSpokenWhy");
    practice.handIn("worker", father.getId(), Map.of("spoken", "no", "notSpoken", "abroad", "notSpokenWhy", "In Kraków until May."));
    assertThat(record.text("select not_spoken || ': ' || not_spoken_why from enquiry_adult where enquiry_id = ?", enquiry()))
        .isEqualTo("abroad: In Kraków until May.");
  }

  @Test
  void an_examination_that_was_not_held_has_a_reason_too() {
    begun();
    practice.handIn("manager", "Allocate enquiry", contact, allocated("medical", "yes", "medicalHow", "All three."));
    Task medical = practice.task("Record medical", contact);
    assertThat(practice.groupsOf(medical)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    refused("worker", medical, examined(List.of()), "children");
    for (String missing : List.of("doctor", "found", "fits")) {
      refused("worker", medical, page(examined(List.of(child("Niall"))), missing, null), missing);
    }
    refused("worker", medical, Map.of("examined", "no"), "whyNot");
    practice.handIn("worker", medical.getId(), Map.of("examined", "no", "whyNot", "Their mother refused; the lawyers are asked."));
    assertThat(record.count("select count(*) from enquiry_medical where enquiry_id = ? and not examined", enquiry())).isEqualTo(3);
    assertThat(record.chronology(contact)).contains("Medical not held");
  }

  @Test
  void earlier_enquiries_and_plans_are_history() {
    UUID meeting = held();
    record.change("update meeting set held_at = ? where id = ?", java.sql.Timestamp.from(london("2025-03-03T10:00")), meeting);
    UUID before = enquiries.open(meeting, caseId(), london("2025-03-03T10:00")).orElseThrow();
    enquiries.decide(before, List.of(UUID.fromString(child("Niall"))), "substantiated-no-continuing-risk", "child-in-need",
        "So.", null, london("2025-03-14T10:00"), "manager");
    enquiries.withdraw(before, "recorded-in-error", london("2025-03-14T10:00"));
    allocated(begun());
    seeEverybody();
    hearEverybody();
    assertThat((String) forms.prefilled(practice.task("Weigh history", contact), "worker").get("historyText"))
        .contains("Niall", "section 47 enquiry of 3 March 2025, substantiated no continuing risk; child in need").doesNotContain("Aoife");
  }

  // Decided.

  @Test
  void who_wrote_the_analysis_does_not_decide() {
    toFindings();
    record.change("update enquiry set analysed_by = 'manager' where id = ?", enquiry());
    assertThatThrownBy(() -> practice.handIn("manager", "Decide finding", contact, found("not-substantiated", "none", everyChild())))
        .isInstanceOf(Refusal.class).hasMessageContaining("Two pairs of eyes");
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
      "continuing-risk,                  none,          true",
      "continuing-risk,                  child-in-need, true",
      "continuing-risk,                  conference,    false",
      "continuing-risk,                  legal-action,  false",
      "substantiated-no-continuing-risk, conference,    false",
      "not-substantiated,                conference,    true",
      "not-substantiated,                legal-action,  true",
      "not-substantiated,                child-in-need, false"})
  void a_step_that_does_not_follow_from_its_finding_needs_a_reason_of_its_own(String finding, String step, boolean unusual) {
    toFindings();
    Task decide = practice.task("Decide finding", contact);
    assertThat(practice.groupsOf(decide)).containsExactly("north.team-manager");
    if (unusual) {
      refused("manager", decide, found(finding, step, everyChild()), "unusualWhy");
    }
    practice.handIn("manager", decide.getId(), page(found(finding, step, everyChild()), "unusualWhy", "The court has it already."));
    assertThat(record.texts("select coalesce(unusual_why, 'usual') from enquiry_child where enquiry_id = ?", enquiry()))
        .containsOnly(unusual ? "The court has it already." : "usual");
  }

  @Test
  void a_finding_names_its_children_and_its_reasons_and_lies_after_the_discussion() {
    toFindings();
    Task decide = practice.task("Decide finding", contact);
    refused("manager", decide, found("not-substantiated", "none"), "children");
    for (String missing : List.of("finding", "nextStep", "reasons")) {
      refused("manager", decide, page(found("not-substantiated", "none", everyChild()), missing, null), missing);
    }
    refused("manager", decide, page(found("not-substantiated", "none", everyChild()), "happenedEarlier", true,
        "happenedAt", "2026-11-20T09:59"), "happenedAt");
  }

  @Test
  void an_interim_plan_says_what_the_parents_say() {
    toFindings();
    practice.handIn("manager", "Decide finding", contact, found("continuing-risk", "conference", everyChild()));
    Task interim = practice.task("Agree interim plan", contact);
    assertThat(practice.groupsOf(interim)).containsExactly("north.team-manager");
    refused("manager", interim, interim("parents", "partly"), "parentsWhy");
    practice.handIn("manager", interim.getId(), interim("parents", "partly", "parentsWhy", "Not to the visits at night."));
    assertThat(process()).isNull();
  }

  // Late.

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource(delimiter = '|', value = {
      "AllocateEnquiry  | 2026-11-20T23:59:59 | service-manager",
      "SeeChildren      | 2026-11-23T17:00    | service-manager,out-of-hours",
      "GainAccess       | 2026-11-20T15:00    | service-manager",
      "CheckAgencies    | 2026-11-25T17:00    | north.team-manager,health.safeguarding-lead",
      "SpeakWithParents | 2026-11-27T17:00    | north.team-manager",
      "RecordMedical    | 2026-11-23T17:00    | north.team-manager",
      "MakeEnquiries    | 2026-12-04T17:00    | north.team-manager",
      "DecideFindings   | 2026-11-23T17:00    | service-manager",
      "AgreeInterimPlan | 2026-11-20T23:59:59 | service-manager,out-of-hours",
      "TellAgencies     | 2026-11-23T17:00    | north.team-manager",
      "AnswerRequest    | 2026-11-23T17:00    | service-manager"})
  void what_is_late_is_somebodys_question(String obligation, String due, String asked) {
    ProcessInstance process = waitingFor(obligation);
    assertThat(record.clock(obligation, contact).dueAt()).isEqualTo(london(due));
    practice.itIs(due.length() > 16 ? due.replace(":59:59", ":59:58") : due.substring(0, 13).replace("T17", "T16")
        .replace("T15", "T14") + ":59:59");
    practice.timersFire();
    assertThat(record.asked(record.clock(obligation, contact))).isEmpty();
    practice.itIs(due);
    practice.timersFire();
    assertThat(record.asked(record.clock(obligation, contact))).containsExactly(asked);
    assertThat(process).hasPassed(findId(overdue(obligation)));
    assertThat(process).isNotEnded();
  }

  @Test
  void a_manager_reads_by_name_who_is_missing() {
    allocated(begun());
    practice.handIn("worker", seeChild("Niall"), seen());
    practice.handIn("health", check("health"), answered());
    practice.handIn("worker", speakWith("Zoë"), spoken());
    practice.itIs("2026-11-30T09:00");
    practice.timersFire();
    List<String> texts = practice.tasks("Agree what happens now", contact).stream()
        .map(task -> (String) forms.prefilled(task, "manager").get("lateText")).toList();
    assertThat(late(texts, "See children")).contains("- Aoife", "- Unborn child").doesNotContain("- Niall");
    assertThat(late(texts, "Check agencies")).contains("- Police").doesNotContain("- Health");
    assertThat(late(texts, "Speak with parents")).contains("- Tomás").doesNotContain("- Zoë");
    assertThat(record.asked(record.clock("CheckAgencies", contact))).as("health has answered").first().isEqualTo("north.team-manager");
  }

  // Once at a time.

  @Test
  void a_second_discussion_joins_the_enquiry_that_runs() {
    begun();
    UUID first = enquiry();
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    practice.itIs("2026-11-23T09:00");
    UUID again = meetings.held(contact, london("2026-11-23T08:30"), "police");
    chronology.add(Chronology.Line.fact(contacts.idOf(contact).orElseThrow(), caseId(), null, "Injury or sexual abuse alleged",
        london("2026-11-23T08:00"), "system", null)
        .about(again));
    ProcessInstance second = begin(again);

    assertThat(second).isEnded();
    assertThat(second).hasPassed(findId("Enquiry joined"));
    assertThat(record.count("select count(*) from enquiry where case_id = ?", caseId())).isEqualTo(1);
    assertThat(record.texts("select person_id::text from chronology_entry where what = 'Enquiry already under way' "
        + "and subject_id = ?", first))
        .containsExactlyInAnyOrder(everyChild());
    assertThat(record.clock("SeeChildren", contact).dueAt()).as("which of the two is earlier").isEqualTo(london("2026-11-23T17:00"));
    assertThat(practice.tasks("Allocate enquiry", contact)).isEmpty();
  }

  @Test
  void an_injury_that_is_alleged_now_makes_the_running_enquiry_more_urgent() {
    practice.itIs("2026-11-20T10:30");
    begun();
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    practice.itIs("2026-11-20T16:00");
    UUID again = meetings.held(contact, london("2026-11-20T15:30"), "police");
    chronology.add(Chronology.Line.fact(contacts.idOf(contact).orElseThrow(), caseId(), null, "Injury or sexual abuse alleged",
        london("2026-11-20T15:00"), "system", null)
        .about(again));
    begin(again);
    assertThat(record.clock("SeeChildren", contact).dueAt()).isEqualTo(london("2026-11-20T23:59:59"));
    assertThat(engineTask(seeChild("Niall"))).hasDueDate(at("2026-11-20T23:59:59"));
  }

  @Test
  void a_child_who_had_none_gets_one_while_the_others_keep_theirs() {
    UUID meeting = held();
    record.change("update meeting_outcome set outcome = 'assessment' where meeting_id = ? and person_id = ?::uuid",
        meeting, child("Aoife"));
    record.change("update meeting_outcome set outcome = 'section-47-single' where meeting_id = ? and person_id = ?::uuid",
        meeting, child("Niall"));
    begin(meeting);
    assertThat(record.texts("select person_id || ', ' || how from enquiry_child where enquiry_id = ?", enquiry()))
        .containsExactlyInAnyOrder(child("Niall") + ", single", child(null) + ", joint");
    UUID again = meetings.held(contact, london("2026-11-20T10:45"), "police");
    ProcessInstance second = begin(again);
    assertThat(second).isNotEnded();
    UUID other = UUID.fromString(record.text("select id::text from enquiry where decided_by = ?", again));
    assertThat(enquiries.children(other)).extracting(Option::value).containsExactly(child("Aoife"));
    assertThat(enquiries.get(other).begunAt()).isEqualTo(london("2026-11-20T10:45"));
  }

  @Test
  void returns_8839_and_8890_no_child_has_two_enquiries_at_a_time() {
    begun();
    UUID other = meetings.held(contact, london(HELD), "police");
    record.change("insert into enquiry (id, case_id, decided_by, opened_at) values (?, ?, ?, now())", other, caseId(), other);
    assertThatThrownBy(() -> record.change("insert into enquiry_child (enquiry_id, person_id, how, begun_at) "
        + "values (?, ?::uuid, 'joint', ?)", other, child("Niall"), java.sql.Timestamp.from(london("2026-11-20T12:00"))))
        .hasMessageContaining("one_enquiry_at_a_time");
    // what was decided while the first still ran begins where that one ended
    enquiries.withdraw(enquiry(), "no-longer-needed", london("2026-11-20T12:00"));
    record.change("delete from enquiry where id = ?", other);
    UUID second = enquiries.open(other, caseId(), london("2026-11-20T13:00")).orElseThrow();
    assertThat(record.texts("select distinct begun_at::text from enquiry_child where enquiry_id = ?", second)).hasSize(1);
    assertThat(record.moment("select min(begun_at) from enquiry_child where enquiry_id = ?", second)).isEqualTo(london("2026-11-20T12:00"));
  }

  @Test
  void returns_8615_the_conference_is_not_before_its_enquiry() {
    toFindings();
    practice.handIn("manager", "Decide finding", contact, found("continuing-risk", "conference", everyChild()));
    UUID conference = conference("2026-11-20T09:30");
    assertThatThrownBy(() -> enquiries.conferenceHeld(enquiry(), conference)).hasMessageContaining("ends_after_it_began");
    UUID later = conference("2026-12-04T10:00");
    enquiries.conferenceHeld(enquiry(), later);
    assertThat(outcomes()).allSatisfy(outcome -> assertThat(outcome).endsWith("conference, true, conference-held"));
    assertThat(record.moment("select min(ended_at) from enquiry_child where enquiry_id = ?", enquiry()))
        .isEqualTo(london("2026-12-04T10:00"));
    assertThatThrownBy(() -> record.change("update meeting set held_at = ? where id = ?",
        java.sql.Timestamp.from(london("2026-11-20T09:00")), later))
        .hasMessageContaining("the conference would lie before its enquiry");
  }

  @Test
  void a_case_with_a_running_enquiry_does_not_close() {
    begun();
    families.closeIfDone(caseId(), london("2026-11-20T12:00"));
    assertThat(families.closed(caseId())).isFalse();
    enquiries.withdraw(enquiry(), "no-longer-needed", london("2026-11-20T12:00"));
    families.closeIfDone(caseId(), london("2026-11-20T12:00"));
    assertThat(families.closed(caseId())).isTrue();
  }

  @Test
  void where_the_discussion_was_held_at_another_time_everything_is_counted_again() {
    begun();
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    // no discussion lies before the contact that it is about
    record.change("update contact set received_at = timestamptz '2026-11-19 14:00Z' where reference = ?", contact);
    String entry = record.text("select id::text from chronology_entry where what = 'Strategy discussion held' and case_id = ?", caseId());
    practice.itIs("2026-11-20T12:00");
    menu.choose("manager", practice.tasks("See child", contact).get(0).getId(), "correct-time",
        Map.of("entry", entry, "happenedAt", "2026-11-19T16:00", "why", "It was the evening before."));
    assertThat(enquiries.get(enquiry()).begunAt()).isEqualTo(london("2026-11-19T16:00"));
    assertThat(record.moment("select min(begun_at) from enquiry_child where enquiry_id = ?", enquiry()))
        .isEqualTo(london("2026-11-19T16:00"));
    assertThat(record.clock("SeeChildren", contact).dueAt()).isEqualTo(london("2026-11-20T17:00"));
    assertThat(record.clock("CheckAgencies", contact).dueAt()).isEqualTo(london("2026-11-24T17:00"));
    assertThat(practice.tasks("See child", contact)).allSatisfy(task -> assertThat(task).hasDueDate(at("2026-11-20T17:00")));
  }

  // Withdrawn.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Enquiring withdrawn",
      "no-longer-needed,  Enquiry no longer needed",
      "recorded-in-error, Enquiry recorded in error"})
  void a_manager_ends_it_with_a_reason_and_another_may_begin(String how, String end) {
    ProcessInstance process = begun();
    UUID first = enquiry();
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    menu.choose("manager", practice.tasks("See child", contact).get(0).getId(), "end", Map.of("how", how, "why", "It was another family."));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
    assertThat(record.texts("select distinct ended_as from enquiry_child where enquiry_id = ?", first)).containsExactly(how);
    assertThat(record.clock("SeeChildren", contact).endedAs()).isEqualTo("withdrawn");

    practice.itIs("2026-11-20T12:00");
    ProcessInstance again = begin(meetings.held(contact, london("2026-11-20T11:30"), "police"));
    assertThat(again).isNotEnded();
  }

  // The family.

  private UUID caseId() {
    return caseOf(contact);
  }

  private UUID caseOf(String ofContact) {
    return contacts.byId(contacts.idOf(ofContact).orElseThrow()).caseId();
  }

  /** The child of this first name, or the unborn one. */
  private String child(String firstName) {
    return firstName == null ? record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "join person x on x.id = p.person_id where c.reference = ? and x.expected_on is not null", contact)
        : record.child(contact, firstName);
  }

  private String[] everyChild() {
    return new String[] {child("Niall"), child("Aoife"), child(null)};
  }

  // The process.

  private UUID held() {
    return meetings.held(contact, london(HELD), "police", "health");
  }

  private ProcessInstance begin(UUID meeting) {
    return meetings.begin("EnquiryDecided", contact, meeting);
  }

  private ProcessInstance begun() {
    return begin(held());
  }

  private ProcessInstance process() {
    return practice.process("section-47", contact);
  }

  private UUID enquiry() {
    return UUID.fromString(record.text("select q.id::text from enquiry q where q.case_id = ? order by opened_at, id limit 1", caseId()));
  }

  private ProcessInstance allocated(ProcessInstance process) {
    practice.handIn("manager", "Allocate enquiry", contact, allocated());
    return process;
  }

  private void seeEverybody() {
    practice.handIn("worker", seeChild("Niall"), seen());
    practice.handIn("worker", seeChild("Aoife"), seen());
    practice.handIn("worker", seeChild(null), unborn());
  }

  private void hearEverybody() {
    practice.handIn("health", check("health"), answered());
    practice.handIn("police", check("police"), answered());
    practice.handIn("worker", speakWith("Zoë"), spoken());
    practice.handIn("worker", speakWith("Tomás"), spoken());
  }

  private void analyse() {
    practice.handIn("worker", "Weigh history", contact, Map.of("historyMeaning", "It is the first time."));
    practice.handIn("worker", "Analyse enquiry", contact, analysed());
  }

  private ProcessInstance toFindings() {
    ProcessInstance process = allocated(begun());
    seeEverybody();
    hearEverybody();
    assertThat(process).hasPassed(findId("Medical not needed"));
    analyse();
    return process;
  }

  /** The process at the point at which this is due. */
  private ProcessInstance waitingFor(String obligation) {
    ProcessInstance process = begun();
    if (obligation.equals("AllocateEnquiry")) {
      return process;
    }
    practice.handIn("manager", "Allocate enquiry", contact, obligation.equals("RecordMedical")
        ? allocated("medical", "yes", "medicalHow", "Niall.") : allocated());
    if (obligation.equals("GainAccess")) {
      practice.handIn("worker", seeChild("Niall"), notSeen("access-refused"));
    }
    if (List.of("DecideFindings", "AgreeInterimPlan", "TellAgencies", "AnswerRequest").contains(obligation)) {
      seeEverybody();
      hearEverybody();
      analyse();
    }
    if (obligation.equals("AgreeInterimPlan")) {
      practice.handIn("manager", "Decide finding", contact, found("continuing-risk", "conference", everyChild()));
    }
    if (List.of("TellAgencies", "AnswerRequest").contains(obligation)) {
      practice.handIn("manager", "Decide finding", contact, found("not-substantiated", "none", everyChild()));
    }
    if (obligation.equals("AnswerRequest")) {
      practice.handIn("worker", "Tell agencies", contact, requested());
    }
    return process;
  }

  private static String overdue(String obligation) {
    return switch (obligation) {
      case "AllocateEnquiry" -> "Allocation overdue";
      case "SeeChildren" -> "Children unseen overdue";
      case "GainAccess" -> "Access overdue";
      case "CheckAgencies" -> "Agency checks overdue";
      case "SpeakWithParents" -> "Talks with parents overdue";
      case "RecordMedical" -> "Medical overdue";
      case "MakeEnquiries" -> "Enquiries overdue";
      case "DecideFindings" -> "Findings overdue";
      case "AgreeInterimPlan" -> "Interim plan overdue";
      case "TellAgencies" -> "News to agencies overdue";
      default -> "Request overdue";
    };
  }

  private UUID conference(String heldAt) {
    UUID id = UUID.randomUUID();
    record.change("insert into meeting (id, kind, case_id, called_at, chair_role, writer_role, held_at) "
        + "values (?, 'initial-conference', ?, now(), 'conference-chair', 'minute-taker', ?)",
        id, caseId(), java.sql.Timestamp.from(london(heldAt)));
    return id;
  }

  // Tasks.

  private String seeChild(String firstName) {
    return one("See child", "childRef", child(firstName));
  }

  private String check(String agency) {
    return one("Answer check", "agencyRef", agency);
  }

  private String speakWith(String firstName) {
    return one("Speak with parent", "adultRef", record.child(contact, firstName));
  }

  private String one(String label, String reference, String value) {
    List<String> found = new ArrayList<>();
    for (Task task : practice.tasks(label, contact)) {
      if (value.equals(engine.getTaskService().getVariable(task.getId(), reference))) {
        found.add(task.getId());
      }
    }
    assertThat(found).as(label + " " + value).hasSize(1);
    return found.get(0);
  }

  private Task engineTask(String id) {
    return engine.getTaskService().createTaskQuery().taskId(id).singleResult();
  }

  private void refused(String user, Task task, Map<String, Object> fields, String field) {
    assertThatThrownBy(() -> practice.handIn(user, task.getId(), fields))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @SuppressWarnings("unchecked")
  private List<Option> offered(Task task, String key) {
    return (List<Option>) forms.prefilled(task, "manager").get(key);
  }

  private static String late(List<String> texts, String what) {
    return texts.stream().filter(text -> text.startsWith("**" + what + "**")).findFirst().orElseThrow();
  }

  private List<String> outcomes() {
    return record.texts("""
        select coalesce(n.first_name, '') || ': ' || coalesce(c.finding, 'null') || ', ' || coalesce(c.next_step, 'null') || ', '
          || coalesce(c.conference_required::text, 'null') || ', ' || coalesce(c.ended_as, 'null')
        from enquiry_child c left join person_name n on n.person_id = c.person_id and n.position = 1 where c.enquiry_id = ?""", enquiry());
  }

  /** The end event of a label that is the start of another process too. */
  private static String endOf(String label) {
    return findId(label);
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }

  // Pages.

  private static Map<String, Object> allocated(Object... changes) {
    return page(Map.of("worker", "worker", "knowsFamily", "no", "relatedFamily", "no", "agencies", List.of("police", "health"),
        "checksAgreed", "yes", "medical", "no"), changes);
  }

  private static Map<String, Object> seen(Object... changes) {
    return page(Map.of("seen", "yes", "alone", "yes", "bedroom", "yes", "ownWords", "I like school.",
        "observed", "Two bruises on the left arm."), changes);
  }

  private static Map<String, Object> unborn(Object... changes) {
    return page(Map.of("seen", "yes", "arrangements", "A cot in her room; the midwife comes on Mondays.",
        "observed", "She is well and afraid of him."), changes);
  }

  private static Map<String, Object> notSeen(String why, Object... changes) {
    return page(Map.of("seen", "no", "whyNot", why, "tried", "His uncle shut the door."), changes);
  }

  private static Map<String, Object> answered(Object... changes) {
    return page(Map.of("knows", "We have known them since 2019.", "worry", "none"), changes);
  }

  private static Map<String, Object> spoken(Object... changes) {
    return page(Map.of("spoken", "yes", "how", "in-person-alone", "says", "I did not see it."), changes);
  }

  private static Map<String, Object> examined(List<String> children) {
    return page(Map.of("examined", "yes", "children", children, "doctor", "Dr Ify Eze, hospital", "found", "Two bruises, a week apart.",
        "fits", "does-not-fit"));
  }

  private static Map<String, Object> analysed() {
    return Map.of("parentsSay", "He fell.", "agenciesSay", "He is thin.", "observed", "He looks to his mother before he answers.",
        "childrenSay", "“I want Mum to be happy.”", "comesTo", "Left alone at night, he will be hurt again.");
  }

  private static Map<String, Object> found(String finding, String nextStep, String... children) {
    return page(Map.of("children", List.of(children), "finding", finding, "nextStep", nextStep, "reasons", "Because."));
  }

  private static Map<String, Object> interim(Object... changes) {
    return page(Map.of("keepsSafe", "Niall stays with his aunt.", "who", "His aunt, Maeve Doe.",
        "checkedBy", "Sam Carter, at seven each evening.", "ifNot", "Ring out of hours; the court is asked.", "parents", "agree"), changes);
  }

  private static Map<String, Object> told(Object... changes) {
    return page(Map.of("told", List.of("police", "health"), "toldHow", "by-telephone", "conferenceRequested", "no"), changes);
  }

  private static Map<String, Object> requested() {
    return told("conferenceRequested", "yes", "requestedBy", "Ruth Ankrah, health", "requestedWhy", "He is afraid.");
  }
}
