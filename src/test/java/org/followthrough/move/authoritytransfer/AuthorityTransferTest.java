package org.followthrough.move.authoritytransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.MovingFamily.understanding;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HashMap;
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
import org.followthrough.engine.FormIntake;
import org.followthrough.family.Families;
import org.followthrough.move.pack.Packs;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.plan.Plans;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Aoife and Zoë, on plans since Thursday 17 December 2026, move to fellshire two days before Christmas. */
@InTheHouse
class AuthorityTransferTest {

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired MovingFamily moving;
  @Autowired Packs packs;
  @Autowired HeldMeeting held;
  @Autowired HeldConference people;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Plans plans;
  @Autowired Families families;
  @Autowired ProcessEngine engine;

  private String contact;
  private UUID conference;
  private UUID aoifesPlan;
  private String aoife;
  private String zoe;

  @BeforeEach
  void twoSistersOnPlans() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    practice.itIs("2026-12-17T14:00");
    conference = family.conference(contact, london("2026-12-17T10:00"));
    aoifesPlan = family.wholePlan(contact, "Aoife", conference);
    family.wholePlan(contact, "Zoë", conference);
    aoife = family.child(contact, "Aoife");
    zoe = family.child(contact, "Zoë");
    practice.itIs("2026-12-23T10:00");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // By hand, from the pack to the end.

  @Test
  void a_family_goes_by_hand_and_each_word_of_theirs_has_its_day() {
    ProcessInstance visits = family.visits(contact, aoifesPlan);
    ProcessInstance coreGroup = family.coreGroup(contact, conference);
    UUID move = leave(false);
    ProcessInstance process = moving.transfer(contact, move);

    Task check = practice.task("Check pack", contact);
    assertThat(check.getDueDate()).isEqualTo(london("2026-12-29T17:00"));
    assertThat(practice.groupsOf(check)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(shown("Check pack")).extractingByKey("sectionsText").asString().contains("Plans: 2 in force or ended", "Actions: 2 open");
    practice.handIn("worker", "Check pack", contact, Map.of());
    practice.itIs("2026-12-24T11:00");
    give();
    due("Record receipt", "2026-12-29T17:00");

    practice.itIs("2026-12-29T12:00");
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle", "happenedEarlier", true,
        "happenedAt", "2026-12-29T10:00"));
    due("Record answer", "2026-12-30T17:00");
    practice.itIs("2026-12-30T10:00");
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on", "theirWorker", "Ann Boyle, 01632 960300"));
    due("Record conference date", "2027-01-04T17:00");
    practice.handIn("worker", "Record conference date", contact, Map.of("conferenceAt", "2027-01-13T10:00",
        "conferencePlace", "Fell House"));
    due("Record conference outcome", "2027-01-14T17:00");
    practice.itIs("2027-01-13T12:30");
    practice.handIn("worker", "Record conference outcome", contact, Map.of("conferenceOutcome", "Both: a plan begins.",
        "happenedEarlier", true, "happenedAt", "2027-01-13T10:00"));
    due("Write understanding", "2027-01-18T17:00");
    practice.handIn("worker", "Write understanding", contact, understanding());
    due("Confirm understanding", "2027-01-14T17:00");
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    due("Record acceptance", "2027-01-15T17:00");

    // until then everything is ours
    assertThat(visits).isNotEnded();
    assertThat(coreGroup).isNotEnded();
    assertThat(plans.get(aoifesPlan).endedOn()).isNull();
    assertThat(moving.holders(aoife)).containsExactly("north ours");

    practice.itIs("2027-01-14T11:42");
    practice.handIn("worker", "Record acceptance", contact, accepted(aoife, zoe));

    assertThat(process).isEnded().hasPassed(findId("Responsibility passed"), findId("Conference held there"));
    for (String child : List.of(aoife, zoe)) {
      assertThat(moving.holders(child)).containsExactly("north ours until 2027-01-14T11:42", "north fellshire");
      assertThat(moving.alwaysHeld(child)).isTrue();
    }
    assertThat(plans.get(aoifesPlan).endedOn()).isEqualTo(LocalDate.of(2027, 1, 14));
    assertThat(plans.get(aoifesPlan).endedWhy()).isEqualTo("other-authority-confirmed");
    assertThat(visits).isEnded().hasPassed(findId("Visits ended"));
    assertThat(coreGroup).isEnded().hasPassed(findId("Core group ended"));
    assertThat(record.moment("select passed_at from move where id = ?", move)).isEqualTo(london("2027-01-14T11:42"));
    assertThat(events(move)).containsSubsequence("Pack sent", "Receipt recorded", "Answer recorded", "Acceptance recorded")
        .contains("Responsibility passed", "Answer asked", "Taken on in England or Wales");
    assertThat(moving.posted(move)).isEmpty();
  }

  @Test
  void a_connected_authority_has_the_pack_by_itself_and_hears_of_the_handing_over() throws Exception {
    UUID move = leave(true);
    moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());

    assertThat(moving.posted(move)).containsExactly("pack");
    JsonNode pack = moving.fields(move, "pack");
    assertThat(pack.path("pack").asText()).contains("\"sha256\":\"" + record.text("select sha256 from pack where move_id = ?",
        move) + "\"");
    assertThat(pack.path("sha256").asText()).isEqualTo(packs.newest(move).orElseThrow().fingerprint()).hasSize(64);
    assertThat(pack.path("pack").asText()).isEqualTo(record.text("select document from pack where move_id = ?", move))
        .contains("Take her to swimming");
    due("Record receipt", "2026-12-24T17:00");

    theyAnswer();
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "no", "missing", "The step-father has a key."));
    assertThat(moving.fields(move, "understood").toString()).contains("\"understood\":\"no\"", "The step-father has a key.");
    practice.handIn("worker", "Write understanding", contact, understanding());
    practice.itIs("2026-12-29T09:00");
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    assertThat(moving.fields(move, "understood").toString()).isEqualTo("{\"understood\":\"yes\"}");
    practice.itIs("2026-12-29T10:15:20");
    practice.handIn("worker", "Record acceptance", contact, Map.of("acceptedBy", "Rhys Morgan, team manager", "children", List.of(aoife),
        "happenedAt", "2026-12-29T10:00"));

    assertThat(record.moment("select accepted_at from move where id = ?", move)).isEqualTo(london("2026-12-29T10:00"));
    // their page is filled by our word alone, and we say nothing that they have said
    assertThat(moving.posted(move)).containsExactly("pack", "understood", "understood", "handed-over");
    JsonNode over = moving.fields(move, "handed-over");
    assertThat(over.path("happenedAt").asText()).isEqualTo("2026-12-29T10:15:20Z");
    assertThat(record.moment("select since from responsibility where person_id = ?::uuid and until is null", aoife))
        .as("and we keep the same").isEqualTo(london("2026-12-29T10:15:20"));
    assertThat(over.path("children").toString()).isEqualTo("[\"" + aoife + "\"]");
    assertThat(over.path("staying").isEmpty()).isTrue();
    assertThat(moving.holders(aoife)).containsExactly("north ours until 2026-12-29T10:15", "north fellshire");
    assertThat(moving.holders(zoe)).as("not accepted in writing").containsExactly("north ours");
    assertThatThrownBy(() -> record.change("""
        with held as (update responsibility set until = now() where person_id = ?::uuid and until is null returning person_id,
          case_id, team)
        insert into responsibility (person_id, case_id, team, since, authority, passed_by) select person_id, case_id, team, now(),
          'fellshire', ?::uuid from held""",
        zoe, move.toString())).as("whatever else this move has passed on").hasMessageContaining("only a written acceptance");
  }

  // Who passes and who does not.

  @Test
  void a_child_under_an_order_stays_and_so_does_the_plan_and_the_core_group() {
    ProcessInstance coreGroup = family.coreGroup(contact, conference);
    UUID move = leave(true);
    upToAcceptance(move);
    families.legalStatus(family.caseOf(contact), UUID.fromString(zoe), "Interim care order", london("2026-12-29T08:00"),
        london("2026-12-29T08:00"), "manager");
    assertThat(options("Record acceptance", "mayPass")).containsExactly(aoife);
    practice.handIn("worker", "Record acceptance", contact, Map.of("acceptedBy", "Rhys Morgan", "children", List.of(aoife)));

    assertThat(moving.holders(zoe)).containsExactly("north ours");
    assertThat(moving.holders(aoife)).hasSize(2);
    assertThat(record.text("select stays_because from move_child where move_id = ? and person_id = ?::uuid", move, zoe))
        .isEqualTo("Interim care order");
    assertThat(moving.fields(move, "handed-over").path("staying").toString())
        .isEqualTo("[{\"id\":\"" + zoe + "\",\"because\":\"Interim care order\"}]");
    assertThat(plans.inForce(family.caseOf(contact), Plans.CHILD_PROTECTION)).hasSize(1);
    assertThat(coreGroup).isNotEnded();
    assertThat(record.count("select count(*) from agreed_action where case_id = ? and ended_as is null", family.caseOf(contact)))
        .as("hers alone").isEqualTo(1);
  }

  @Test
  void an_order_made_between_their_acceptance_and_its_arrival_keeps_the_child_all_the_same() {
    UUID move = leave(true);
    ProcessInstance process = upToAcceptance(move);
    for (String child : List.of(aoife, zoe)) {
      families.legalStatus(family.caseOf(contact), UUID.fromString(child), "Supervision order", london("2026-12-29T08:00"),
          london("2026-12-29T08:00"), "manager");
    }
    practice.handIn("worker", "Record acceptance", contact, Map.of("acceptedBy", "Rhys Morgan"));
    assertThat(process).isEnded();
    assertThat(passed(process)).isFalse();
    assertThat(moving.holders(aoife)).containsExactly("north ours");
    assertThat(moving.fields(move, "handed-over").path("children").isEmpty()).isTrue();
    assertThat(record.count("select count(*) from move where id = ? and passed_at is null", move)).isEqualTo(1);
  }

  @Test
  void nobody_is_relieved_by_what_is_not_written() {
    UUID move = leave(false);
    upToAcceptance(move);
    assertThatThrownBy(() -> practice.handIn("worker", "Record acceptance", contact, page(accepted(aoife), "inWritingHow", null)))
        .isInstanceOf(Refusal.class).hasMessageContaining("Only what is written");
    assertThatThrownBy(() -> practice.handIn("worker", "Record acceptance", contact, accepted())).isInstanceOf(Refusal.class);
    assertThat(moving.holders(aoife)).containsExactly("north ours");
    assertThatThrownBy(() -> record.change("update responsibility set authority = 'fellshire' where person_id = ?::uuid", aoife))
        .hasMessageContaining("never rewritten");
  }

  // What ends with it.

  @Test
  void what_was_done_for_the_children_ends_here_and_their_episodes_close_as_passed_on() {
    practice.itIs("2026-12-23T10:00");
    String name = Practice.aNewName();
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name), practice.aNewChild("Orla", "lastName", name)),
        practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows the family."));
    ProcessInstance assessment = practice.process("assessment", contact);
    UUID move = moving.leaves(contact, london("2026-12-23T10:00"), true, "england-or-wales", "Niall", "Orla");
    UUID meeting = held.held(contact, london("2026-12-22T10:00"));
    String action = record.text("select id::text from agreed_action where meeting_id = ?", meeting);
    ProcessInstance promise = held.begin("ActionAgreed", contact, UUID.fromString(action));
    ProcessInstance process = moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on"));
    // no plan and no enquiry that asks for one: their acceptance needs no conference
    assertThat(practice.tasks("Record conference date", contact)).isEmpty();
    practice.handIn("worker", "Write understanding", contact, understanding());
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    practice.itIs("2026-12-24T09:00");
    practice.handIn("worker", "Record acceptance", contact, Map.of("acceptedBy", "Rhys Morgan", "children",
        List.of(family.child(contact, "Niall"), family.child(contact, "Orla"))));

    assertThat(passed(process)).isTrue();
    assertThat(assessment).isEnded().hasPassed(findId("Assessment no longer needed"));
    assertThat(promise).isEnded().hasPassed(findId("Action no longer needed"));
    assertThat(record.texts("select closing_code || ' ' || closed_why from episode where case_id = ?", family.caseOf(contact)))
        .containsExactly("RC5 Responsibility passed to fellshire", "RC5 Responsibility passed to fellshire");
    assertThat(record.count("select count(*) from lead_professional where case_id = ? and until is null", family.caseOf(contact))).isZero();
    assertThat(families.closed(family.caseOf(contact))).isTrue();
  }

  @Test
  void where_one_of_them_stays_help_and_assessment_go_on_for_her() {
    String name = Practice.aNewName();
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name), practice.aNewChild("Orla", "lastName", name)),
        practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    ProcessInstance assessment = practice.process("assessment", contact);
    UUID move = moving.leaves(contact, london("2026-12-23T10:00"), true, "england-or-wales", "Niall");
    moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on"));
    practice.handIn("worker", "Write understanding", contact, understanding());
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    practice.handIn("worker", "Record acceptance", contact, Map.of("acceptedBy", "Rhys Morgan",
        "children", List.of(family.child(contact, "Niall"))));
    assertThat(assessment).isNotEnded();
    assertThat(record.openEpisodes(practice.caseOf(contact))).containsExactly("Orla");
    assertThat(families.closed(family.caseOf(contact))).isFalse();
  }

  @Test
  void a_plan_that_began_today_ends_tomorrow() {
    practice.itIs("2026-12-17T15:00");
    UUID move = moving.leaves(contact, london("2026-12-17T14:30"), true, "england-or-wales", "Aoife");
    moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    theyAnswer();
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    practice.handIn("worker", "Record acceptance", contact, Map.of("acceptedBy", "Rhys Morgan", "children", List.of(aoife)));
    assertThat(plans.get(aoifesPlan).endedOn()).isEqualTo(LocalDate.of(2026, 12, 18));
  }

  // In the middle of an enquiry.

  @Test
  void an_enquiry_that_asks_for_a_conference_is_finished_here_and_its_conference_counts_from_its_own_day() {
    String name = Practice.aNewName();
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name)), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    String niall = family.child(contact, "Niall");
    UUID meeting = held.held(contact, london("2026-12-18T11:00"));
    UUID enquiry = UUID.randomUUID();
    record.change("insert into enquiry (id, case_id, decided_by, opened_at) values (?, ?, ?, now())", enquiry,
        family.caseOf(contact), meeting);
    record.change("""
        insert into enquiry_child (enquiry_id, person_id, how, begun_at, finding, next_step, reasons, decided_at, decided_by)
        values (?, ?::uuid, 'joint', ?, 'continuing-risk', 'conference', 'Harm is likely.', ?, 'manager')""", enquiry, niall,
        Timestamp.from(london("2026-12-18T11:00")), Timestamp.from(london("2026-12-22T11:00")));
    UUID move = moving.leaves(contact, london("2026-12-23T10:00"), false, "england-or-wales", "Niall");
    moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    give();
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on"));
    assertThat((String) shown("Record conference date").get("limitText")).contains("Wednesday 13 January 2027", "strategy discussion");
    practice.handIn("worker", "Record conference date", contact, Map.of("conferenceAt", "2027-01-12T10:00"));
    practice.itIs("2027-01-12T15:00");
    // while the enquiry runs, its child stays open here
    assertThat(record.count("select count(*) from enquiry_child where enquiry_id = ? and ended_at is null", enquiry)).isEqualTo(1);
    practice.handIn("worker", "Record conference outcome", contact, Map.of("conferenceOutcome", "A plan begins.", "happenedEarlier", true,
        "happenedAt", "2027-01-12T10:00"));
    assertThat(record.text("select ended_as from enquiry_child where enquiry_id = ?", enquiry)).isEqualTo("conference-held");
    assertThat(record.moment("select ended_at from enquiry_child where enquiry_id = ?", enquiry)).isEqualTo(london("2027-01-12T10:00"));
  }

  @Test
  void an_enquiry_that_still_runs_when_they_accept_is_not_ended_and_keeps_its_child_open_here() {
    String name = Practice.aNewName();
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name)), practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    practice.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows the family."));
    UUID meeting = held.held(contact, london("2026-12-22T11:00"));
    ProcessInstance enquiry = held.begin("EnquiryDecided", contact, meeting);
    UUID move = moving.leaves(contact, london("2026-12-23T10:00"), true, "england-or-wales", "Niall");
    ProcessInstance process = moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on"));
    assertThatThrownBy(() -> practice.handIn("worker", "Record conference date", contact, Map.of("noConference", true)))
        .isInstanceOf(Refusal.class);
    practice.handIn("worker", "Record conference date", contact, Map.of("noConference", true,
        "noneWhy", "Rhys Morgan and we agree that none is needed."));
    assertThat(practice.tasks("Record conference outcome", contact)).isEmpty();
    practice.handIn("worker", "Write understanding", contact, understanding());
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    practice.handIn("worker", "Record acceptance", contact, Map.of("acceptedBy", "Rhys Morgan",
        "children", List.of(family.child(contact, "Niall"))));
    assertThat(passed(process)).isTrue();
    assertThat(enquiry).isNotEnded();
    assertThat(practice.process("assessment", contact)).as("the vehicle of the enquiry").isNotNull();
    assertThat(record.openEpisodes(practice.caseOf(contact))).containsExactly("Niall");
    assertThat(record.count("select count(*) from lead_professional where case_id = ? and until is null", family.caseOf(contact)))
        .isEqualTo(1);
    assertThat(families.closed(family.caseOf(contact))).isFalse();
  }

  // By when they must have met.

  @Test
  void their_conference_is_counted_from_the_first_call_and_a_later_day_needs_a_reason_but_is_not_blocked() {
    UUID move = leave(false);
    moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    give();
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on"));
    assertThat((String) shown("Record conference date").get("limitText")).contains("Monday 18 January 2027 at 17:00",
        "move notified", "23 December 2026");
    assertThatThrownBy(() -> practice.handIn("worker", "Record conference date", contact, Map.of("conferenceAt", "2027-01-19T10:00")))
        .isInstanceOf(Refusal.class).hasMessageContaining("not blocked");
    practice.handIn("worker", "Record conference date", contact, Map.of("conferenceAt", "2027-01-19T10:00",
        "lateWhy", "Their chair is ill."));
    due("Record conference outcome", "2027-01-20T17:00");
  }

  @ParameterizedTest
  @CsvSource({"scotland, Taken on in Scotland, 2026-12-29T17:00", "abroad, Taken on elsewhere, 2027-01-11T17:00",
      "northern-ireland, Taken on in Northern Ireland, 2026-12-29T17:00"})
  void out_of_england_and_wales_their_own_limits_hold(String destination, String event, String dateDue) {
    UUID move = moving.leaves(contact, london("2026-12-23T10:00"), false, destination, "Aoife", "Zoë");
    moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    give();
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on"));
    assertThat(events(move)).contains(event);
    assertThat((String) shown("Record conference date").get("limitText")).contains("their own limits hold");
    due("Record conference date", dateDue);
  }

  // Silence.

  @Test
  void their_silence_goes_up_our_ladder_and_their_word_ends_it() {
    UUID move = leave(false);
    ProcessInstance process = moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    give();
    practice.itIs("2026-12-24T17:01");
    practice.timersFire();
    assertThat(asked("RecordReceipt")).containsExactly("service-manager");
    assertThat(process).hasPassed(findId("Receipt of pack overdue"));
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    assertThat(asked("RecordReceipt")).isEmpty();

    practice.itIs("2026-12-29T17:01");
    practice.timersFire();
    assertThat(asked("RecordAnswer")).containsExactly("service-manager");
    assertThat(process).hasPassed(findId("Their answer overdue"));
  }

  @Test
  void a_refusal_needs_its_reason_and_is_disputed() {
    UUID move = leave(false);
    moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    give();
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    assertThatThrownBy(() -> practice.handIn("worker", "Record answer", contact, Map.of("answer", "refused")))
        .isInstanceOf(Refusal.class).hasMessageContaining("Say why");
  }

  @Test
  void what_is_about_somebody_else_is_kept_back_only_with_a_reason() {
    UUID move = leave(false);
    moving.transfer(contact, move);
    record.change("update case_person set lives = 'elsewhere' where case_id = ? and not child", family.caseOf(contact));
    String mother = options("Check pack", "thirdParties").get(0);
    assertThatThrownBy(() -> practice.handIn("worker", "Check pack", contact, Map.of("keepBack", List.of(mother))))
        .isInstanceOf(Refusal.class);
    practice.handIn("worker", "Check pack", contact, Map.of("keepBack", List.of(mother), "keepBackWhy", "Her new address is protected."));
    assertThat(record.text("select item || ': ' || why from pack_kept_back where move_id = ?", move))
        .isEqualTo(mother + ": Her new address is protected.");
  }

  // Steps in common.

  private UUID leave(boolean connected) {
    return moving.leaves(contact, london("2026-12-23T10:00"), connected, "england-or-wales", "Aoife", "Zoë");
  }

  private void give() {
    practice.handIn("worker", "Give pack by hand", contact, Map.of("givenHow", "secure-email", "givenTo", "Ann Boyle",
        "reachChecked", true));
  }

  /** From the receipt to what they have understood. */
  private void theyAnswer() {
    practice.handIn("worker", "Record receipt", contact, Map.of("receivedBy", "Ann Boyle"));
    practice.handIn("worker", "Record answer", contact, Map.of("answer", "taken-on"));
    practice.handIn("worker", "Record conference date", contact, Map.of("conferenceAt", "2027-01-13T10:00"));
    practice.handIn("worker", "Record conference outcome", contact, Map.of("conferenceOutcome", "Both: a plan begins."));
    practice.handIn("worker", "Write understanding", contact, understanding());
  }

  private ProcessInstance upToAcceptance(UUID move) {
    ProcessInstance process = moving.transfer(contact, move);
    practice.handIn("worker", "Check pack", contact, Map.of());
    if (!practice.tasks("Give pack by hand", contact).isEmpty()) {
      give();
    }
    theyAnswer();
    practice.handIn("worker", "Confirm understanding", contact, Map.of("understood", "yes"));
    practice.itIs("2026-12-29T09:00");
    return process;
  }

  private Map<String, Object> accepted(String... children) {
    return new HashMap<>(Map.of("acceptedBy", "Rhys Morgan, team manager", "children", List.of(children),
        "inWritingHow", "Letter of today, in the file."));
  }

  private void due(String label, String time) {
    assertThat(practice.task(label, contact).getDueDate()).as(label).isEqualTo(london(time));
  }

  private Map<String, Object> shown(String label) {
    return forms.prefilled(practice.task(label, contact), "worker");
  }

  private List<String> options(String label, String key) {
    return ((List<?>) shown(label).get(key)).stream().map(Option.class::cast).map(Option::value).toList();
  }

  /** Who is asked about a late obligation now. */
  private List<String> asked(String obligation) {
    return people.asked(record.clock(obligation, contact).id()).stream().flatMap(task -> practice.groupsOf(task).stream()).toList();
  }

  private List<String> events(UUID move) {
    return record.texts("select what from chronology_entry where subject_id = ? order by position", move);
  }

  /** What the process that called it would be told. */
  private boolean passed(ProcessInstance process) {
    return engine.getHistoryService().createHistoricActivityInstanceQuery().processInstanceId(process.getId())
        .activityId(findId("Responsibility passed")).count() > 0
        && record.count("select count(*) from move m where passed_at is not null and m.case_id = ?", family.caseOf(contact)) > 0;
  }
}
