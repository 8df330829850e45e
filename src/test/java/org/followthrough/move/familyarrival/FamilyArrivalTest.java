package org.followthrough.move.familyarrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.MovingFamily.action;
import static org.followthrough.MovingFamily.birthday;
import static org.followthrough.MovingFamily.firstCall;
import static org.followthrough.MovingFamily.person;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldConference;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.MovingFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Niall and Zoë, with their mother, are announced by fellshire on Tuesday 22 December 2026. */
@InTheHouse
class FamilyArrivalTest {

  @Autowired Practice practice;
  @Autowired MovingFamily moving;
  @Autowired PlannedFamily family;
  @Autowired HeldConference conferences;
  @Autowired HeldMeeting held;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Clocks clocks;
  @Autowired ProcessInstances managers;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;

  private String name;
  private String born;
  private Map<String, Object> niall;
  private Map<String, Object> zoe;
  private Map<String, Object> mother;
  private UUID move;

  @BeforeEach
  void twoChildrenAndTheirMother() {
    init(engine);
    practice.itIs("2026-12-22T10:00");
    name = Practice.aNewName();
    String home = System.nanoTime() + " Mill Lane, Borchester";
    born = birthday(2012);
    niall = person(true, "Niall", name, "bornOn", born, "sex", "M", "address", home);
    zoe = person(true, "Zoë", name, "bornOn", birthday(2019), "address", home);
    mother = person(false, "Katarzyna", name, "bornOn", birthday(1985), "address", home, "phone", "01632 960444",
        "names", List.of(Map.of("first", "Katarzyna", "last", name), Map.of("first", "Kasia", "last", name)));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Who comes.

  @Test
  void a_family_is_a_contact_of_the_front_door_and_everybody_keeps_the_id_they_come_with() {
    announce();
    String contact = contact();
    assertThat(record.chronology(contact)).containsExactly("Family announced", "Move notified");
    assertThat(record.text("select agency || ' ' || source_code || ' ' || referrer_name from contact where reference = ?", contact))
        .isEqualTo("other-authority 5C Ann Boyle, social worker");
    assertThat(record.moment("select received_at from contact where reference = ?", contact)).isEqualTo(london("2026-12-22T09:30"));
    assertThat(record.count("select count(*) from person where id in (?::uuid, ?::uuid, ?::uuid)", niall.get("id"),
        zoe.get("id"), mother.get("id"))).isEqualTo(3);
    assertThat(record.texts("select first_name from person_name where person_id = ?::uuid order by position", mother.get("id")))
        .containsExactly("Katarzyna", "Kasia");
    assertThat(practice.tasks("Match person", contact)).isEmpty();

    Task match = practice.task("Match family", contact);
    assertThat(match.getDueDate()).isEqualTo(london("2026-12-22T23:59:59"));
    assertThat(practice.groupsOf(match)).containsExactly("contact-centre");
    practice.handIn("contact", "Match family", contact, Map.of("family", "new", "team", "north"));

    // our team works with them; fellshire holds them
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");
    assertThat(moving.holders(id(zoe))).containsExactly("north fellshire");
    assertThat(process().getBusinessKey()).startsWith("CP-").isEqualTo(practice.caseOf(contact));
    assertThat(practice.task("Take in pack", contact).getDueDate()).isEqualTo(london("2026-12-29T17:00"));
    assertThat(practice.groupsOf(practice.task("Take in pack", contact))).contains("north.social-worker");
    assertThat(record.count("select count(*) from move_child where move_id = ? and person_id = their_id", move)).isEqualTo(2);
  }

  @Test
  void an_unborn_child_comes_too() {
    Map<String, Object> unborn = person(true, "", "", "names", List.of(), "expectedOn", "2027-02-01", "sex", null);
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall, unborn), List.of(mother)));
    settle();
    assertThat(record.text("select expected_on::text from person where id = ?::uuid", unborn.get("id"))).isEqualTo("2027-02-01");
    assertThat(moving.holders(id(unborn))).containsExactly("north fellshire");
  }

  @Test
  void whoever_is_like_somebody_here_is_matched_by_a_person_and_a_child_of_ours_stays_ours() {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name, "birthDate", born)), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    String known = family.child(contact, "Niall");
    announce();
    // his sister and his mother have his surname and are asked about too
    Task his = practice.tasks("Match person", contact()).stream()
        .filter(match -> ((String) forms.prefilled(match, "contact").get("arrivingPerson")).startsWith("Niall")).findFirst().orElseThrow();
    assertThat(practice.tasks("Match family", contact())).isEmpty();
    practice.handIn("contact", his.getId(), Map.of("samePerson", known));
    moving.matchNobody(move);
    Map<String, Object> shown = forms.prefilled(practice.task("Match family", contact()), "contact");
    assertThat((String) shown.get("oursText")).contains("Ours already", "Niall");
    practice.handIn("contact", "Match family", contact(), Map.of("family", practice.caseOf(contact), "team", "south"));

    assertThat(moving.holders(known)).containsExactly("north ours");
    assertThat(moving.holders(id(zoe))).as("with the team that has the family").containsExactly("north fellshire");
    assertThat(record.text("select person_id::text from move_child where move_id = ? and their_id = ?::uuid", move, niall.get("id")))
        .isEqualTo(known);
    assertThat(process().getBusinessKey()).isEqualTo(practice.caseOf(contact));
    practice.handIn("worker", "Take in pack", contact(), Map.of("packByHand", "A PDF, by secure e-mail."));
    assertThat((String) forms.prefilled(practice.task("Answer move", contact()), "manager").get("oursText")).contains("Niall");
  }

  @Test
  void two_of_them_are_never_the_same_person_here() {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name, "birthDate", born)), practice.aConcern());
    String known = family.child(contact, "Niall");
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall, person(true, "Neil", name, "bornOn", born)), List.of()));
    List<Task> matches = practice.tasks("Match person", contact());
    assertThat(matches).hasSize(2);
    practice.handIn("contact", matches.get(0).getId(), Map.of("samePerson", known));
    // the second is not even offered him any more; a page that was open is refused
    assertThatThrownBy(() -> practice.handIn("contact", matches.get(1).getId(), Map.of("samePerson", known))).isInstanceOf(Refusal.class);
  }

  @Test
  void a_family_that_we_sent_away_is_recognised_by_its_ids_when_it_comes_back() {
    String earlier = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name, "birthDate", born)), practice.aConcern());
    practice.handIn("manager", "Decide response", earlier, practice.aDecision("advice"));
    String known = family.child(earlier, "Niall");
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(page(niall, "id", known)), List.of()));
    assertThat(practice.tasks("Match person", contact())).isEmpty();
    assertThat(options("Match family", "likelyFamilies")).contains(practice.caseOf(earlier));
  }

  @Test
  void matching_that_waits_goes_to_the_service_manager() {
    announce();
    practice.itIs("2026-12-23T00:00");
    practice.timersFire();
    assertThat(asked("SettleFamily")).containsExactly("service-manager");
    practice.handIn("contact", "Match family", contact(), Map.of("family", "new", "team", "north"));
    assertThat(asked("SettleFamily")).isEmpty();
    assertThat(process()).hasPassed(findId("Matching overdue"));
  }

  @Test
  void a_stay_is_recorded_and_ends_there_until_it_is_announced_as_a_move() {
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall), List.of(mother), "onlyForATime", true,
        "staysUntil", "2027-01-15", "onPlan", true));
    ProcessInstance stay = process();
    practice.handIn("contact", "Match family", contact(), Map.of("family", "new", "team", "north"));
    assertThat(stay).isEnded().hasPassed(findId("Stay recorded"));
    String contact = contact();
    assertThat(record.text("select words from chronology_entry where what = 'Stay recorded' and subject_id = ?", move))
        .isEqualTo("On a plan of protection of fellshire, until 15 January 2027");
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");
    assertThat(record.text("select ended_as from move where id = ?", move)).isEqualTo("stay");

    practice.itIs("2027-01-18T10:00");
    moving.announcedAgain(move, london("2027-01-18T09:00"), firstCall(List.of(niall), List.of(mother), "onPlan", true));
    assertThat(contact()).isNotEqualTo(contact);
    assertThat(practice.tasks("Match family", contact())).isEmpty();
    assertThat(practice.task("Take in pack", contact()).getDueDate()).isEqualTo(london("2027-01-21T17:00"));
    assertThat(record.count("select count(*) from move where id = ? and ended_at is null", move)).isEqualTo(1);
  }

  // The pack.

  @Test
  void a_pack_is_taken_in_exactly_as_it_came_and_the_sender_hears_who_has_it() {
    announce();
    settle();
    practice.itIs("2026-12-23T09:15");
    Map<String, Object> pack = moving.pack(move, List.of(action("See the dentist", "2027-01-08")));
    practice.handIn("worker", "Take in pack", contact(), pack);

    assertThat(record.text("select document from pack where move_id = ?", move)).isEqualTo(pack.get("pack"));
    assertThat(record.text("select fields::text from chronology_entry where what = 'Pack received' and subject_id = ?", move))
        .doesNotContain("dentist");
    assertThat(moving.posted(move)).containsExactly("receipt");
    assertThat(moving.fields(move, "receipt").path("happenedAt").asText()).isEqualTo("2026-12-23T09:15Z");
    assertThat(moving.fields(move, "receipt").path("receivedBy").asText()).isNotBlank().isNotEqualTo("worker");
    Task answer = practice.task("Answer move", contact());
    assertThat(answer.getDueDate()).isEqualTo(london("2026-12-24T17:00"));
    assertThat(practice.groupsOf(answer)).containsExactly("north.team-manager");
  }

  @Test
  void a_pack_that_is_damaged_or_another_familys_is_refused() {
    announce();
    settle();
    Map<String, Object> pack = moving.pack(move, List.of());
    assertThatThrownBy(() -> practice.handIn("worker", "Take in pack", contact(),
        page(pack, "pack", ((String) pack.get("pack")).replace("Ann Boyle", "Ann Moyle")))).isInstanceOf(Refusal.class)
        .hasMessageContaining("not as it was made");
    assertThatThrownBy(() -> practice.handIn("worker", "Take in pack", contact(), moving.pack(UUID.randomUUID(), List.of())))
        .isInstanceOf(Refusal.class).hasMessageContaining("another move");
    assertThatThrownBy(() -> practice.handIn("worker", "Take in pack", contact(), Map.of())).isInstanceOf(Refusal.class)
        .hasMessageContaining("what came and how");
    assertThat(record.count("select count(*) from pack where move_id = ?", move)).isZero();
  }

  @Test
  void a_pack_that_does_not_come_goes_up() {
    announce();
    settle();
    practice.itIs("2026-12-29T17:00");
    practice.timersFire();
    assertThat(asked("TakeInPack")).containsExactly("service-manager");
    practice.itIs("2026-12-30T10:00");
    practice.handIn("worker", "Take in pack", contact(), Map.of("packByHand", "A PDF, by secure e-mail."));
    practice.itIs("2026-12-31T17:00");
    practice.timersFire();
    assertThat(asked("AnswerMove")).containsExactly("service-manager");
  }

  // The answer.

  @Test
  void a_family_without_a_plan_is_taken_on_by_somebody_by_name_and_accepted() {
    announce();
    moving.withEverything(move, List.of());
    ProcessInstance arrival = process();
    assertThatThrownBy(() -> practice.handIn("manager", "Answer move", contact(), Map.of("answer", "taken-on", "onPlan", "no")))
        .isInstanceOf(Refusal.class).hasMessageContaining("who takes the family on");
    practice.handIn("manager", "Answer move", contact(), Map.of("answer", "taken-on", "worker", "worker", "workerReach", "01632 960555",
        "onPlan", "no"));
    assertThat(arrival).isEnded().hasPassed(findId("Acceptance needed"));
    assertThat(practice.process("acceptance", contact())).isNotNull();
    assertThat(moving.fields(move, "answer").path("answer").asText()).isEqualTo("taken-on");
    assertThat(moving.fields(move, "answer").path("theirWorker").asText()).endsWith(", 01632 960555");
    assertThat(moving.holders(id(niall))).as("not before we accept in writing").containsExactly("north fellshire");
  }

  @Test
  void a_refusal_has_its_reason_leaves_the_children_where_they_are_and_may_be_asked_again() {
    announce();
    moving.withEverything(move, List.of());
    ProcessInstance arrival = process();
    assertThatThrownBy(() -> practice.handIn("manager", "Answer move", contact(), Map.of("answer", "refused"))).isInstanceOf(Refusal.class);
    practice.handIn("manager", "Answer move", contact(), Map.of("answer", "refused", "answerWhy", "They stay for the holidays only."));
    assertThat(arrival).isEnded().hasPassed(findId("Family refused"));
    assertThat(moving.fields(move, "answer").toString())
        .isEqualTo("{\"answer\":\"refused\",\"answerWhy\":\"They stay for the holidays only.\"}");
    assertThat(record.text("select ended_as from move where id = ?", move)).isEqualTo("refused");
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");

    // they dispute it
    practice.itIs("2026-12-29T10:00");
    UUID contactId = record.texts("select contact_id::text from move where id = ?", move).stream().map(UUID::fromString)
        .findFirst().orElseThrow();
    record.change("insert into chronology_entry (contact_id, case_id, subject_id, what, happened_at, recorded_at, recorded_by, nature) "
        + "values (?, ?, ?, 'Answer asked', ?, now(), 'x', 'fact')", contactId, family.caseOf(contact()), move,
        Timestamp.from(london("2026-12-29T10:00")));
    held.begin("RefusalDisputed", contact(), move);
    assertThat(practice.task("Answer move", contact()).getDueDate()).isEqualTo(london("2026-12-30T17:00"));
    practice.handIn("manager", "Answer move", contact(), Map.of("answer", "taken-on", "worker", "worker", "onPlan", "no"));
    assertThat(record.count("select count(*) from move where id = ? and ended_at is null", move)).isEqualTo(1);
  }

  @Test
  void children_on_a_plan_there_have_our_conference_first_counted_from_when_we_were_told() {
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall, zoe), List.of(mother), "onPlan", true));
    moving.withEverything(move, List.of());
    assertThat(forms.prefilled(practice.task("Answer move", contact()), "manager")).containsEntry("onPlan", "yes");
    practice.itIs("2026-12-24T12:00");
    ProcessInstance arrival = process();
    practice.handIn("manager", "Answer move", contact(), Map.of("answer", "taken-on", "worker", "worker", "onPlan", "yes"));
    assertThat(arrival).isEnded().hasPassed(findId("Conference needed"));

    UUID meeting = conferences.meeting(contact());
    assertThat(record.text("select kind from meeting where id = ?", meeting)).isEqualTo("transfer-in-conference");
    assertThat(record.text("select conference_id::text from move where id = ?", move)).isEqualTo(meeting.toString());
    Clocks.Running limit = clocks.newest("HoldConference", meeting);
    assertThat(limit.counted().from()).isEqualTo("move notified");
    assertThat(limit.dueAt()).isEqualTo(london("2027-01-15T17:00"));
    assertThat(record.texts("select what from chronology_entry where subject_id = ? order by what", meeting))
        .contains("Move notified", "Pack received", "Taken on").doesNotContain("Enquiry decided");

    practice.handIn("chair", "Arrange conference", contact(), HeldConference.arranged("2027-01-13T10:00"));
    assertThat(record.text("select to_char(conference_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') || ' ' || conference_place "
        + "from move where id = ?", move))
        .isEqualTo("2027-01-13 10:00 Town Hall, room 3");
  }

  @Test
  void where_our_conference_is_called_off_the_family_is_accepted_all_the_same() {
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall), List.of(mother), "enquiryDecidedAt", "2026-12-18T11:00"));
    moving.withEverything(move, List.of());
    practice.itIs("2026-12-24T12:00");
    practice.handIn("manager", "Answer move", contact(), Map.of("answer", "taken-on",
        "worker", "worker", "onPlan", "no", "enquiryRuns", true, "enquiryDecidedAt", "2026-12-18T11:00"));
    Task arrange = practice.task("Arrange conference", contact());
    String reference = practice.caseOf(contact());
    menu.chooseOnCase("manager", reference, "end", Map.of("process", arrange.getProcessInstanceId(), "how", "no-longer-needed",
        "why", "Their enquiry found nothing."));
    practice.handIn("worker", "Write understanding", contact(), MovingFamily.understanding());
    practice.handIn("worker", "Confirm understanding", contact(), Map.of("understood", "yes"));
    assertThat(practice.tasks("Accept responsibility", contact())).hasSize(1);
  }

  @Test
  void in_the_middle_of_an_enquiry_our_initial_conference_keeps_the_original_fifteen_working_days() {
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall), List.of(mother), "enquiryDecidedAt", "2026-12-18T11:00"));
    moving.withEverything(move, List.of());
    assertThat(forms.prefilled(practice.task("Answer move", contact()), "manager")).containsEntry("enquiryDecidedAt", "2026-12-18T11:00");
    practice.itIs("2026-12-24T12:00");
    practice.handIn("manager", "Answer move", contact(), Map.of("answer", "taken-on",
        "worker", "worker", "onPlan", "no", "enquiryRuns", true, "enquiryDecidedAt", "2026-12-18T11:00"));
    UUID meeting = conferences.meeting(contact());
    assertThat(record.text("select kind from meeting where id = ?", meeting)).isEqualTo("initial-conference");
    assertThat(record.text("select coalesce(enquiry_id::text, 'none') from conference where meeting_id = ?", meeting))
        .as("the move is no enquiry").isEqualTo("none");
    Clocks.Running limit = clocks.newest("HoldConference", meeting);
    assertThat(limit.counted().from()).isEqualTo("enquiry decided");
    assertThat(limit.dueAt()).isEqualTo(london("2027-01-13T17:00"));
  }

  // By hand, for a family whose case is here.

  @Test
  void a_worker_takes_down_that_a_family_of_a_case_here_is_another_authoritys() {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Orla", "lastName", name)), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    String orla = family.child(contact, "Orla");
    menu.chooseOnCase("worker", practice.caseOf(contact), "moved-here", Map.ofEntries(Map.entry("children", List.of(orla)),
        Map.entry("authority", "other"), Map.entry("otherAuthority", "Loamshire"), Map.entry("caller", "Ann Boyle"),
        Map.entry("reach", "01632 960300"), Map.entry("toldAt", "2026-12-21T09:00"),
        Map.entry("onPlan", "yes"), Map.entry("onlyForATime", "no"), Map.entry("why", "A new house.")));
    move = UUID.fromString(record.text("select id::text from move where case_id = ?", family.caseOf(contact)));
    assertThat(contact()).isNotEqualTo(contact);
    assertThat(practice.tasks("Match family", contact())).isEmpty();
    assertThat(practice.task("Take in pack", contact()).getDueDate()).isEqualTo(london("2026-12-24T17:00"));
    assertThat(moving.holders(orla)).containsExactly("north ours");
    assertThatThrownBy(() -> menu.chooseOnCase("worker", practice.caseOf(contact), "moved-here", Map.of())).as("once")
        .isInstanceOf(Refusal.class);
    practice.handIn("worker", "Take in pack", contact(), Map.of("packByHand", "Nothing but a letter."));
    assertThat(moving.posted(move)).isEmpty();
  }

  // It does not come.

  @Test
  void an_arrival_that_is_called_off_ends_with_its_reason() {
    for (String how : List.of("withdrawn", "no-longer-needed", "recorded-in-error")) {
      name = Practice.aNewName();
      niall = person(true, "Niall", name, "bornOn", birthday(2012));
      move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall), List.of()));
      settle();
      ProcessInstance arrival = process();
      managers.withdraw(arrival.getId(), how);
      assertThat(arrival).isEnded().hasPassed(findId(Map.of("withdrawn", "Arriving withdrawn",
          "no-longer-needed", "Arrival no longer needed", "recorded-in-error", "Arrival recorded in error").get(how)));
      assertThat(record.text("select ended_as from move where id = ?", move)).isEqualTo(how);
      assertThat(record.count("select count(*) from family_case where id = ? and closed_at is not null", family.caseOf(contact())))
          .isEqualTo(1);
    }
  }

  // It never stops protection.

  @Test
  void a_child_who_is_here_is_protected_here_whoever_holds_them() {
    announce();
    settle();
    String contact = contact();
    String reference = practice.caseOf(contact);
    menu.chooseOnCase("worker", reference, "protect", Map.of("why", "Her step-father is at the door."));
    practice.handIn("out-of-hours", engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", reference)
        .taskName("Arrange protection").singleResult().getId(), practice.aProtection(List.of(id(zoe)), "kind", "police-protection",
            "since", "2026-12-22T09:40", "anotherChild", "no"));
    UUID discussion = held.held(contact, london("2026-12-22T09:45"), "police", "health");
    ProcessInstance enquiry = held.begin("EnquiryDecided", contact, discussion);

    assertThat(enquiry).isNotEnded();
    assertThat(practice.groupsOf(practice.task("Allocate enquiry", contact))).contains("north.team-manager");
    assertThat(engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", reference).taskName("Convene discussion")
        .list()).hasSize(1);
    assertThat(record.protections(reference)).containsExactly("Zoë: police-protection");
    assertThat(moving.holders(id(zoe))).containsExactly("north fellshire");
    assertThat(moving.holders(id(niall))).containsExactly("north fellshire");
  }

  // Steps in common.

  private void announce() {
    move = moving.announced(london("2026-12-22T09:30"), firstCall(List.of(niall, zoe), List.of(mother)));
  }

  private void settle() {
    moving.matchNobody(move);
    practice.handIn("contact", "Match family", contact(), Map.of("family", "new", "team", "north"));
  }

  private String contact() {
    return moving.contactOf(move);
  }

  private static String id(Map<String, Object> person) {
    return (String) person.get("id");
  }

  private ProcessInstance process() {
    return engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("family-arrival")
        .variableValueEquals("subjectRef", move.toString()).singleResult();
  }

  private List<String> options(String label, String key) {
    return ((List<?>) forms.prefilled(practice.task(label, contact()), "contact").get(key)).stream().map(Option.class::cast)
        .map(Option::value).toList();
  }

  private List<String> asked(String obligation) {
    return conferences.asked(clocks.newest(obligation, move).id()).stream().flatMap(task -> practice.groupsOf(task).stream()).toList();
  }
}
