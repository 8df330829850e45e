package org.followthrough.move.familymove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.DepartingFamily.aFamilyTold;
import static org.followthrough.DepartingFamily.aFirstCall;
import static org.followthrough.DepartingFamily.aWeighing;
import static org.followthrough.DepartingFamily.news;
import static org.followthrough.DepartingFamily.newsOfTeam;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.DepartingFamily;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.move.Moves;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Aoife, Zoë and a child who is expected move: somewhere, for good or for a time, all of them or some. */
@InTheHouse
class FamilyMoveTest {

  private static final String CALL = "Make first call";
  private static final String WEIGH = "Weigh up move";
  private static final String STAY = "Review stay";

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired DepartingFamily moving;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired Moves moves;
  @Autowired Menu menu;
  @Autowired ProcessEngine engine;
  @Autowired ObjectMapper json;

  private String contact;
  private String reference;

  @BeforeEach
  void aConferenceBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-17T09:00");
    contact = family.contact();
    reference = practice.caseOf(contact);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Learned.

  @Test
  void whoever_learns_of_it_says_so_and_everything_that_cannot_wait_waits_in_the_list() {
    UUID move = moving.moves(contact, news("learnedAt", "2026-12-16T16:30", "movesOn", "2027-01-04"));

    assertThat(moving.process("family-move", move)).isWaitingAt(findId(CALL), findId(WEIGH));
    assertThat(moving.process("notice", move)).isWaitingAt("Activity_AnnounceMove");
    assertThat(practice.groupsOf(moving.task(CALL, move))).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(moving.task(CALL, move).getDueDate()).as("a day after it was learned, by the clock").isEqualTo(london("2026-12-17T16:30"));
    assertThat(moving.task(WEIGH, move).getDueDate()).as("two working days").isEqualTo(london("2026-12-18T17:00"));
    assertThat(events(move)).containsExactly("Move learned", "Whereabouts learned");
    assertThat(record.texts("select destination || ', ' || authority || ', ' || connected || ', ' || moves_on || ', ' || learned_from "
        + "from move where id = ?", move))
        .containsExactly("england-or-wales, Felpersham, false, 2027-01-04, Joan Patel, head teacher");
    assertThat(record.count("select count(*) from move_child where move_id = ? and person_id = their_id and stays_because is null", move))
        .as("all three").isEqualTo(3);
  }

  @Test
  void nobody_knows_where_and_the_search_begins_before_anything_else() {
    UUID move = moving.moves(contact, news("destination", "not-known", "authority", null));

    assertThat(moving.process("family-move", move)).isWaitingAt(findId("Find family"));
    assertThat(moving.tasks(CALL, move)).isEmpty();
    assertThat(events(move)).containsExactly("Move learned", "Family missing", "Tracing looked at");
  }

  @Test
  void a_child_on_the_move_is_not_sent_on_a_second_one_and_the_other_may_be() {
    String aoife = family.child(contact, "Aoife");
    moving.moves(contact, news("children", List.of(aoife)));
    assertThatThrownBy(() -> moving.moves(contact, news())).isInstanceOf(Refusal.class).hasMessageContaining("on the move already");
    assertThatThrownBy(() -> moving.moves(contact, newsOfTeam("children", List.of(aoife)))).isInstanceOf(Refusal.class);
    assertThat(record.count("select count(*) from move m join family_case f on f.id = m.case_id where f.reference = ?", reference))
        .isEqualTo(1);

    practice.itIs("2026-12-17T10:00");
    UUID second = moving.moves(contact, news("children", List.of(family.child(contact, "Zoë")), "authority", "Ambridge"));
    assertThat(moving.process("family-move", second)).isWaitingAt(findId(CALL), findId(WEIGH));
  }

  @Test
  void a_move_goes_on_in_the_case_that_its_family_turns_out_to_be() {
    UUID move = moving.moves(contact, news());
    String stays = practice.caseOf(practice.aRecordedContact("Orla"));
    menu.chooseOnCase("manager", stays, "join", Map.of("reference", reference, "why", "Orla is their sister."));
    moving.prepared(move, "networkThen", "Their aunt is near.");
    assertThat(record.text("select f.reference from move m join family_case f on f.id = m.case_id where m.id = ?", move)).isEqualTo(stays);
    assertThat(record.texts("select distinct f.reference from chronology_entry e join family_case f on f.id = e.case_id "
        + "where e.what = 'Move weighed up' and e.subject_id = ?", move))
        .containsExactly(stays);
  }

  @Test
  void a_move_goes_along_with_its_children_where_a_manager_splits_the_case() {
    List<String> leaving = List.of(family.child(contact, "Aoife"));
    UUID move = moving.moves(contact, news("children", leaving));
    practice.itIs("2026-12-17T10:00");
    UUID another = moving.moves(contact, news("children", List.of(family.child(contact, "Zoë")), "authority", "Ambridge"));
    menu.chooseOnCase("manager", reference, "split", Map.of("children", leaving, "why", "She lives with her father."));
    String other = record.text("select f.reference from move m join family_case f on f.id = m.case_id where m.id = ?", move);
    assertThat(other).isNotEqualTo(reference);
    assertThat(moving.process("family-move", move).getBusinessKey()).isEqualTo(other);
    assertThat(moving.process("family-move", another).getBusinessKey()).as("her sister’s stays").isEqualTo(reference);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
      "team,             , Choose the team",
      "england-or-wales, , Say which authority",
      "abroad,           , Say which authority"})
  void a_destination_has_a_name(String destination, String name, String said) {
    assertThatThrownBy(() -> moving.moves(contact, news("destination", destination, "authority", name))).isInstanceOf(Refusal.class)
        .hasMessageContaining(said);
  }

  @Test
  void what_was_learned_was_learned_already() {
    assertThatThrownBy(() -> moving.moves(contact, news("learnedAt", "2026-12-17T09:01"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("in the future");
  }

  @Test
  void only_other_teams_are_offered() {
    assertThatThrownBy(() -> moving.moves(contact, newsOfTeam("team", "north"))).isInstanceOf(Refusal.class)
        .hasMessageContaining("not offered");
  }

  // Orders of the court.

  @Test
  void a_child_under_an_order_stays_ours_whoever_takes_the_others_on() {
    String aoife = family.child(contact, "Aoife");
    status(aoife, "Interim care order");
    status(family.child(contact, "Zoë"), "Section 20");
    UUID move = moving.moves(contact, news());

    assertThat(record.texts("select n.first_name || ': ' || c.stays_because from move_child c "
        + "join person_name n on n.person_id = c.person_id where c.move_id = ? and c.stays_because is not null", move))
        .containsExactly("Aoife: Interim care order");
    assertThat(shown(CALL, move, "moveText")).asString().contains("stays our responsibility: Interim care order");
    record.change("update move set accepted_at = now(), accepted_by = 'Felpersham' where id = ?", move);
    assertThatThrownBy(() -> pass(aoife, move)).as("the database refuses")
        .hasMessageContaining("only a written acceptance passes responsibility on");
  }

  @ParameterizedTest
  @CsvSource({"Care order", "Supervision order", "Emergency protection order"})
  void every_such_order_counts(String order) {
    status(family.child(contact, "Zoë"), order);
    assertThat(record.count("select count(*) from move_child where move_id = ? and stays_because = ?", moving.moves(contact, news()),
        order)).isEqualTo(1);
  }

  @Test
  void an_order_that_is_made_later_counts_and_one_that_ended_does_not() {
    String zoe = family.child(contact, "Zoë");
    status(family.child(contact, "Aoife"), "Interim care order");
    UUID move = moving.moves(contact, news());
    status(zoe, "Supervision order");
    status(family.child(contact, "Aoife"), "Section 20");
    assertThat(record.texts("select person_id::text || ', ' || stays_because from move_child where move_id = ? "
        + "and stays_because is not null", move))
        .containsExactly(zoe + ", Supervision order");
  }

  @Test
  void police_protection_keeps_a_child_for_as_long_as_it_lasts() {
    UUID move = moving.moves(contact, news());
    UUID zoe = UUID.fromString(family.child(contact, "Zoë"));
    record.change("insert into protection (need_id, case_id, person_id, kind, details, since, ends_at, whereabouts, "
        + "recorded_at, recorded_by) values (?, ?, ?, 'police-protection', 'She was alone.', now(), now() + interval "
        + "'72 hours', 'With her aunt', now(), 'worker')", UUID.randomUUID(), family.caseOf(contact), zoe);
    assertThat(moves.children(move)).extracting(Moves.Moving::staysBecause).containsOnlyOnce("police protection");
    record.change("update protection set followed_at = now(), followed_by = 'safe-without-protection' where person_id = ?", zoe);
    assertThat(moves.children(move)).extracting(Moves.Moving::staysBecause).containsOnlyNulls();
  }

  @Test
  void an_order_binds_the_authority_and_none_of_its_teams() {
    status(family.child(contact, "Aoife"), "Care order");
    assertThat(record.count("select count(*) from move_child where move_id = ? and stays_because is not null",
        moving.moves(contact, newsOfTeam()))).isZero();
  }

  @Test
  void nobody_passes_a_child_on_without_an_acceptance_and_no_child_is_ever_without_or_with_two() {
    String zoe = family.child(contact, "Zoë");
    UUID move = moving.moves(contact, news());
    assertThatThrownBy(() -> pass(zoe, move)).hasMessageContaining("only a written acceptance passes responsibility on");
    assertThatThrownBy(() -> record.change("update responsibility set until = now() where person_id = ?::uuid and until is null", zoe))
        .hasMessageContaining("nobody would hold this child");
    assertThatThrownBy(() -> record.change("insert into responsibility (person_id, case_id, team, since) select person_id, "
        + "case_id, 'south', now() from responsibility where person_id = ?::uuid", zoe)).hasMessageContaining("one_holder_per_child");
    assertThatThrownBy(() -> record.change("update responsibility set team = 'south' where person_id = ?::uuid", zoe))
        .hasMessageContaining("never rewritten");
    assertThatThrownBy(() -> record.change("update move set passed_at = now() where id = ?", move))
        .hasMessageContaining("nobody_passes_without_acceptance");
  }

  // The first call.

  @Test
  void the_first_call_counts_by_the_clock_also_where_the_clock_changes() {
    practice.itIs("2027-03-27T20:30");
    UUID move = moving.moves(contact, news());
    assertThat(moving.task(CALL, move).getDueDate()).as("an hour is lost that night").isEqualTo(london("2027-03-28T21:30"));

    practice.itIs("2027-03-28T21:29:59");
    practice.timersFire();
    assertThat(record.asked(moving.clock("MakeFirstCall", move))).isEmpty();
    practice.itIs("2027-03-28T21:30");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("MakeFirstCall", move))).as("once, and on a Sunday night the emergency team too")
        .containsExactly("service-manager,out-of-hours");
    moving.handIn("out-of-hours", CALL, move, aFirstCall());
    assertThat(questions("MakeFirstCall", move)).as("the question has answered itself").isZero();
  }

  @Test
  void what_was_said_on_the_telephone_is_kept_and_the_call_met_its_limit_when_it_was_made() {
    UUID move = moving.moves(contact, news());
    practice.itIs("2026-12-18T11:00");
    practice.timersFire();
    moving.handIn("worker", CALL, move, aFirstCall("happenedEarlier", true, "happenedAt", "2026-12-17T15:00"));

    assertThat(moving.clock("MakeFirstCall", move).metAt()).isEqualTo(london("2026-12-17T15:00"));
    assertThat(record.text("select spoke_with || ', ' || reach || ', ' || safety from move where id = ?", move))
        .isEqualTo("Ines Osei, duty social worker, 01632 960300, Sam Carter sees them every day until then.");
    assertThat(moving.process("family-move", move)).hasPassed(findId("Other side told"), findId("First call made"))
        .isWaitingAt(findId(WEIGH));
    assertThat(record.count("select count(*) from outbox where move_id = ?", move)).as("who is not connected gets no message").isZero();
  }

  @Test
  void a_connected_authority_has_it_in_writing_the_same_minute() throws Exception {
    UUID conference = family.conference(contact, london("2026-12-17T08:00"));
    family.wholePlan(contact, "Aoife", conference);
    UUID move = moving.moves(contact, news("movesOn", "2027-01-04"));
    record.change("update move set connected = true, authority = 'felpersham' where id = ?", move);
    moving.handIn("worker", CALL, move, aFirstCall("adults", List.of(record.child(contact, "Katarzyna"))));

    JsonNode message = json.readTree(record.text("select body from outbox where move_id = ? and type = 'first-call'", move));
    assertThat(message.path("to").asText()).isEqualTo("felpersham");
    JsonNode fields = message.path("fields");
    assertThat(fields.path("learnedAt").asText()).isEqualTo("2026-12-17T09:00Z");
    assertThat(fields.path("movesOn").asText()).isEqualTo("2027-01-04");
    assertThat(fields.path("safety").asText()).isEqualTo("Sam Carter sees them every day until then.");
    assertThat(fields.path("callerName").asText() + ", " + fields.path("callerReach").asText()).isEqualTo("Sam Carter, 01632 960100");
    assertThat(fields.path("onPlan").asBoolean()).isTrue();
    assertThat(fields.path("enquiryDecidedAt").isNull()).isTrue();
    assertThat(fields.path("children")).hasSize(3);
    JsonNode aoife = fields.path("children").get(0);
    assertThat(fields.path("children")).anySatisfy(child -> {
      assertThat(child.path("names").get(0).path("first").asText()).isEqualTo("Aoife");
      assertThat(child.path("bornOn").asText()).isEqualTo("2020-02-29");
      assertThat(child.path("child").asBoolean()).isTrue();
      assertThat(child.path("lives").asText()).isEqualTo("with-the-children");
    }).anySatisfy(child -> assertThat(child.path("expectedOn").asText()).isEqualTo("2027-02-01"));
    assertThat(aoife.fieldNames()).toIterable().containsExactly("id", "child", "relation", "lives", "names", "bornOn",
        "expectedOn", "ageAbout", "sex", "address", "addressProtected", "phone", "language", "interpreter", "format",
        "advocate", "disability");
    assertThat(fields.path("adults").get(0).path("relation").asText()).isEqualTo("mother");
  }

  @Test
  void a_running_enquiry_keeps_its_own_working_days_on_the_other_side() throws Exception {
    UUID meeting = UUID.randomUUID();
    record.change("insert into meeting (id, kind, case_id, called_at, chair_role, writer_role, held_at) "
        + "values (?, 'strategy-discussion', ?, ?::timestamptz, 'team-manager', "
        + "'social-worker', ?::timestamptz)", meeting, family.caseOf(contact), "2026-12-15T10:00Z", "2026-12-15T10:00Z");
    record.change("insert into enquiry (id, case_id, decided_by, opened_at) values (?, ?, ?, ?::timestamptz)", meeting,
        family.caseOf(contact), meeting, "2026-12-15T10:00Z");
    record.change("insert into enquiry_child (enquiry_id, person_id, how, begun_at) values (?, ?::uuid, 'joint', ?::timestamptz)",
        meeting, family.child(contact, "Zoë"), "2026-12-15T10:00Z");
    UUID move = moving.moves(contact, news());
    record.change("update move set connected = true, authority = 'felpersham' where id = ?", move);
    moving.handIn("worker", CALL, move, aFirstCall());

    assertThat(json.readTree(record.text("select body from outbox where move_id = ?", move)).path("fields").path("enquiryDecidedAt")
        .asText()).isEqualTo("2026-12-15T10:00Z");
  }

  // What it means.

  @Test
  void the_page_knows_who_works_with_them_and_what_lies_ahead() {
    UUID conference = family.conference(contact, london("2026-12-17T08:00"));
    family.visits(contact, family.wholePlan(contact, "Aoife", conference));
    family.members(contact);
    UUID move = moving.moves(contact, news());

    assertThat(shown(WEIGH, move, "networkText")).asString().contains("Joan Patel, Head teacher, school")
        .contains("Niamh Byrne, Health visitor, health").contains("Siobhán Doyle").doesNotContain("Katarzyna");
    assertThat(shown(WEIGH, move, "appointments")).asString().contains("By Tuesday 5 January 2027 at 17:00: visit to Aoife");
    assertThatThrownBy(() -> moving.handIn("worker", WEIGH, move, aWeighing("nobodyBehindWhy", null))).isInstanceOf(Refusal.class)
        .hasMessageContaining("Tick who stays behind");
    moving.handIn("worker", CALL, move, aFirstCall());
    moving.handIn("worker", WEIGH, move, aWeighing("staysBehind", List.of(member(move, "Joan Patel"))));

    assertThat(record.texts("select name || ', ' || agency || ', ' || reach from move_leaving where move_id = ?", move))
        .containsExactly("Joan Patel, school, joan@school.example");
    assertThat(record.text("select risk || ': ' || comes_to || ' ' || weighed_by from move where id = ?", move))
        .isEqualTo("rises: Nobody there knows them. worker");
    assertThat(moving.process("family-move", move)).hasPassed(findId("Move weighed up"), findId("Risks of move known"))
        .isWaitingAt(findId("Move to authority"));
    assertThat(moving.process("succession", move)).isNotNull();
  }

  @Test
  void not_weighed_up_in_two_working_days_goes_to_the_team_manager_once() {
    practice.itIs("2026-12-23T15:00");
    UUID move = moving.moves(contact, news());
    moving.handIn("worker", CALL, move, aFirstCall());
    assertThat(moving.task(WEIGH, move).getDueDate()).isEqualTo(london("2026-12-29T17:00"));
    practice.itIs("2026-12-29T16:59:59");
    practice.timersFire();
    assertThat(record.asked(moving.clock("WeighUpMove", move))).isEmpty();
    practice.itIs("2026-12-29T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("WeighUpMove", move))).containsExactly("north.team-manager");
  }

  // Only for a time.

  @Test
  void a_stay_is_looked_at_on_the_working_day_after_it_should_have_ended() {
    UUID move = moving.moves(contact, news("onlyForATime", "yes", "staysUntil", "2026-12-24", "movesOn", "2026-12-21"));
    moving.prepared(move);
    assertThat(moving.task(STAY, move).getDueDate()).as("after Christmas").isEqualTo(london("2026-12-29T17:00"));
  }

  @Test
  void a_stay_is_looked_at_after_eighty_four_days_and_they_have_come_back() {
    UUID move = moving.moves(contact, news("onlyForATime", "yes", "staysUntil", "2027-06-01", "movesOn", "2026-12-21"));
    ProcessInstance process = moving.process("family-move", move);
    moving.prepared(move);

    assertThat(process).isWaitingAt(findId(STAY));
    assertThat(moving.task(STAY, move).getDueDate()).as("12 weeks after 21 December, a Monday").isEqualTo(london("2027-03-15T17:00"));
    practice.itIs("2027-03-15T16:59:59");
    practice.timersFire();
    assertThat(record.asked(moving.clock("ReviewStay", move))).isEmpty();
    practice.itIs("2027-03-15T17:00");
    practice.timersFire();
    practice.timersFire();
    assertThat(record.asked(moving.clock("ReviewStay", move))).containsExactly("north.team-manager");
    moving.handIn("worker", STAY, move, Map.of("stay", "returned", "how", "I saw them at home."));
    assertThat(process).isEnded().hasPassed(findId("Stay reviewed"), findId("Family returned"));
    assertThat(endedAs(move)).isEqualTo("returned");
  }

  @Test
  void a_stay_without_a_day_counts_from_when_we_learned_of_it() {
    UUID move = moving.moves(contact, news("onlyForATime", "yes"));
    moving.prepared(move);
    assertThat(moving.task(STAY, move).getDueDate()).isEqualTo(london("2027-03-11T17:00"));
  }

  @Test
  void a_stay_that_became_a_move_is_handed_over_from_the_day_on_which_somebody_says_so() {
    UUID move = moving.moves(contact, news("onlyForATime", "yes"));
    record.change("update move set connected = true, authority = 'felpersham' where id = ?", move);
    ProcessInstance process = moving.process("family-move", move);
    moving.prepared(move);
    practice.itIs("2027-02-01T10:00");
    assertThatThrownBy(() -> moving.handIn("worker", STAY, move, Map.of("stay", "stays", "how", "The girls go to school there.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("Say how they reach you");
    moving.handIn("worker", STAY, move, Map.of("stay", "stays", "how", "The girls go to school there.", "callerReach", "01632 960100"));

    assertThat(process).isWaitingAt(findId("Move to authority"));
    assertThat(record.text("select only_for_a_time::text from move where id = ?", move)).isEqualTo("false");
    assertThat(record.count("select count(*) from outbox where move_id = ? and type = 'first-call'", move))
        .as("they hear that it is for good").isEqualTo(2);
    assertThat(moving.clock("SendWholePack", move).counted().at()).isEqualTo(london("2027-02-01T10:00"));
  }

  // How it ends.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Moving withdrawn",
      "no-longer-needed,  Move no longer needed",
      "recorded-in-error, Move recorded in error"})
  void a_manager_calls_it_off_and_everything_about_it_ends(String how, String end) {
    family.members(contact);
    UUID move = moving.moves(contact, news());
    record.change("update move set connected = true, authority = 'felpersham' where id = ?", move);
    ProcessInstance process = moving.process("family-move", move);
    ProcessInstance notice = moving.process("notice", move);
    moving.handIn("worker", "Announce move", move, Map.of("spokenTo", List.of(member(move, "Joan Patel")), "notToldWhy", "On leave."));
    moving.prepared(move, "staysBehind", List.of(member(move, "Joan Patel")));
    ProcessInstance succession = moving.process("succession", move);

    menu.choose("manager", moving.task("Name successor", move).getId(), "end", Map.of("how", "no-longer-needed", "why", "She goes on."));
    assertThat(succession).isEnded().hasPassed(findId("Succession no longer needed"));
    assertThat(process).as("the move goes on").isNotEnded();

    menu.chooseOnCase("manager", reference, "end", Map.of("process", process.getId(), "how", how, "why", "The flat is gone."));

    assertThat(process).isEnded().hasPassed(findId(end));
    assertThat(notice).isEnded();
    assertThat(endedAs(move)).isEqualTo(how);
    assertThat(moving.tasks("Confirm notice", move)).isEmpty();
    assertThat(record.count("select count(*) from outbox where move_id = ? and type = 'called-off'", move)).isEqualTo(1);
    assertThat(record.texts("select words from chronology_entry where subject_id = ? and what = 'Move called off'", move))
        .singleElement().asString().contains("Joan Patel, school").doesNotContain("Niamh");
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().variableValueEquals("subjectRef", move.toString()).count())
        .as("called processes too").isZero();
    moving.moves(contact, news());
  }

  @Test
  void where_nobody_takes_them_on_the_family_stays_and_may_move_another_time() {
    UUID move = moving.moves(contact, newsOfTeam());
    ProcessInstance process = moving.process("family-move", move);
    moving.prepared(move);
    moving.handIn("south-manager", "Take family on", move, Map.of("takenOn", "no", "refusedWhy", "They live in the North still."));
    moving.handIn("service-manager", "Settle handover", move, Map.of("goesAhead", "no", "why", "The flat is in the North."));

    assertThat(process).isEnded().hasPassed(findId("Responsibility not passed"));
    assertThat(endedAs(move)).isEqualTo("stayed");
    moving.moves(contact, newsOfTeam());
  }

  @Test
  void children_and_parents_are_told_with_the_number_of_workers_they_have_had() {
    UUID move = moving.moves(contact, news());
    lead(family.child(contact, "Aoife"), "2026-01-05", "2026-06-01", "worker", "The first one.");
    lead(family.child(contact, "Aoife"), "2026-06-01", null, "south-worker", "Sam was ill.");
    ProcessInstance process = passed(move, "2026-12-24T15:00");

    assertThat(process).isWaitingAt(findId("Tell family"));
    assertThat(moving.task("Tell family", move).getDueDate()).as("the next working day after Christmas")
        .isEqualTo(london("2026-12-29T17:00"));
    assertThat(shown("Tell family", move, "workersText")).asString().contains("this is social worker number 2, because: Sam was ill.")
        .contains("Unborn child: no social worker was named yet");
    practice.itIs("2026-12-29T17:00");
    practice.timersFire();
    assertThat(record.asked(moving.clock("TellFamily", move))).containsExactly("north.team-manager");
    moving.handIn("worker", "Tell family", move, aFamilyTold());
    assertThat(process).isEnded().hasPassed(findId("Family told"), findId("Family handed over"));
    assertThat(endedAs(move)).isEqualTo("handed-over");
  }

  @Test
  void what_was_handed_over_is_not_called_off() {
    UUID move = moving.moves(contact, news());
    ProcessInstance process = passed(move, "2026-12-18T10:00");
    assertThatThrownBy(() -> menu.chooseOnCase("manager", reference, "end", Map.of("process", process.getId(),
        "how", "withdrawn", "why", "A mistake.")))
        .isInstanceOf(Refusal.class).hasMessageContaining("handed over already");
    assertThat(process).isWaitingAt(findId("Tell family"));
  }

  // Hands.

  /** The other authority has taken them over, as its own process will tell; responsibility is not what this test is about. */
  private ProcessInstance passed(UUID move, String at) {
    practice.itIs(at);
    ProcessInstance process = moving.process("family-move", move);
    moving.prepared(move);
    record.change("update move set accepted_at = now(), accepted_by = 'Ines Osei', passed_at = now() where id = ?", move);
    record.change("insert into chronology_entry (case_id, subject_id, what, happened_at, recorded_at, recorded_by, nature) "
        + "values (?, ?, 'Responsibility passed', ?::timestamptz, ?::timestamptz, 'worker', 'fact')", family.caseOf(contact),
        move, london(at).toString(), london(at).toString());
    engine.getRuntimeService().createProcessInstanceModification(process.getId()).startBeforeActivity("Activity_ExplainAndSayGoodbye")
        .cancelAllForActivity("Activity_MoveToAuthority").execute();
    return process;
  }

  private void pass(String child, UUID move) {
    record.change("with ended as (update responsibility set until = now() where person_id = ?::uuid and until is null "
        + "returning person_id, case_id) select count(*) from ended; insert into responsibility (person_id, case_id, "
        + "team, authority, since, passed_by) select person_id, case_id, team, 'Felpersham', now(), ? "
        + "from responsibility where person_id = ?::uuid", child, move, child);
  }

  private void lead(String child, String since, String until, String user, String why) {
    record.change("insert into lead_professional (person_id, case_id, user_id, why, since, until, named_by) "
        + "values (?::uuid, ?, ?, ?, ?::timestamptz, ?::timestamptz, 'manager')",
        child, family.caseOf(contact), user, why, since, until);
  }

  private void status(String child, String status) {
    menu.chooseOnCase("manager", reference, "legal-status", Map.of("child", child, "status", status, "since", "2026-12-01T10:00"));
  }

  private String member(UUID move, String name) {
    return ((List<?>) forms.prefilled(moving.task(WEIGH, move), "worker").get("network")).stream().map(Option.class::cast)
        .filter(one -> one.label().startsWith(name)).map(Option::value).findFirst().orElseThrow();
  }

  private Object shown(String label, UUID move, String key) {
    return forms.prefilled(moving.task(label, move), "worker").get(key);
  }

  private List<String> events(UUID move) {
    return record.texts("select what from chronology_entry where subject_id = ? order by position", move);
  }

  private int questions(String obligation, UUID move) {
    return (int) engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("escalation")
        .variableValueEquals("lateClockRef", moving.clock(obligation, move).id().toString()).count();
  }

  private String endedAs(UUID move) {
    return record.text("select ended_as from move where id = ?", move);
  }
}
