package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.family.Chronology;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.release.InForceForTests;
import org.followthrough.release.Releases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What another authority says is taken once, by the page on which it would have been written down; and what it must hear of us, it hears
 * once.
 */
@InTheHouse
@ExtendWith(OutputCaptureExtension.class)
class IntakeTest extends Neighbours {

  private static final ObjectMapper JSON = new ObjectMapper();
  /** In no model, form or message of ours. */
  private static final String PLANTED = "Quillfeather";

  /** A page of the real name in a process of its own: how a word meets its page does not depend on the process around it. */
  private static final String MODEL = """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
      targetNamespace="http://followthrough.org/test">
        <bpmn:process id="stand-in" isExecutable="true" camunda:historyTimeToLive="1">
          <bpmn:startEvent id="Begin" /><bpmn:sequenceFlow id="F1" sourceRef="Begin" targetRef="Page" />
          <bpmn:userTask id="Page" name="Record receipt" camunda:formRef="stand-in" camunda:formRefBinding="deployment" \
      camunda:candidateGroups="north.social-worker" />
          <bpmn:sequenceFlow id="F2" sourceRef="Page" targetRef="End" /><bpmn:endEvent id="End" />
        </bpmn:process>
      </bpmn:definitions>""";
  private static final String FORM = """
      {"id": "stand-in", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform", "components": [
        {"type": "textfield", "id": "F1", "key": "receivedBy", "label": "Who has it?", "validate": {"required": true, "maxLength": 60}},
        {"type": "checklist", "id": "F2", "key": "parts", "label": "Which parts?", "values": [{"label": "One", "value": "one"}, {"label": \
      "Two", "value": "two"}]},
        {"type": "textfield", "id": "F3", "key": "onBehalfOf", "label": "For whom?"},
        {"type": "checkbox", "id": "F4", "key": "happenedEarlier", "label": "It was earlier"},
        {"type": "datetime", "id": "F5", "key": "happenedAt", "subtype": "datetime", "dateLabel": "When?", "conditional": {"hide": \
      "=happenedEarlier != true"}}]}""";

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Releases releases;
  @Autowired Messages messages;
  @Autowired Moves moves;
  @Autowired Chronology chronology;
  @Autowired Dispatch dispatch;
  @Autowired TransactionTemplate transaction;

  private String contact;
  private String deployment;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-11-23T10:00");
    record.change("delete from inbox");
    record.change("update outbox set on_its_way_at = posted_at where on_its_way_at is null");
    contact = practice.aRecordedContact("Aoife");
    deployment = InForceForTests.put(releases, Map.of("stand-in.bpmn", MODEL, "stand-in.form", FORM));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
    // those that a test wrote without a process
    record.change("update clock set ended_at = opened_at, ended_as = 'withdrawn' where ended_at is null");
    engine.getRepositoryService().deleteDeployment(deployment, true);
  }

  // Pages ---------------------------------------------------------------------------------------------------------------

  @Test
  void their_word_fills_in_the_page_and_the_record_says_whose_word_it_was() {
    UUID move = aMove(false);
    Task page = thePage(move);
    UUID word = said("receipt", move, "2026-11-23T09:58", Map.of("receivedBy", "Zoë O’Neill, duty desk", "happenedAt", "2026-11-23T09:40",
        "parts", List.of("one", "two")));
    dispatch.pass();

    assertThat(open(move)).isEmpty();
    assertThat(record.texts("select recorded_by || ' for ' || on_behalf_of || ' ' || fields::text from chronology_entry where task_id = ?",
        page.getId()))
        .singleElement().asString().startsWith("Barchester for Ann Lee, social worker").contains("Zoë O’Neill, duty desk", "One", "Two");
    assertThat(record.moment("select happened_at from chronology_entry where task_id = ?", page.getId()))
        .isEqualTo(london("2026-11-23T09:40"));
    assertThat(outcome(word)).isEqualTo("page filled in");
    dispatch.pass();
    assertThat(record.count("select count(*) from chronology_entry where task_id = ?", page.getId())).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"2026-10-25T01:30+01:00, 2026-10-25T00:30:00Z", "2026-10-25T01:30Z, 2026-10-25T01:30:00Z",
      "2026-10-25T01:30, 2026-10-25T00:30:00Z", "2026-11-23T09:03:20.197Z, 2026-11-23T09:03:20.197Z"})
  void in_the_night_the_clocks_go_back_both_sides_mean_the_same_half_past_one(String theirs, Instant meant) {
    UUID move = aMove(false);
    Task page = thePage(move);
    said("receipt", move, "2026-11-23T09:58", Map.of("receivedBy", "Ann Lee", "happenedAt", theirs));
    dispatch.pass();
    assertThat(record.moment("select happened_at from chronology_entry where task_id = ?", page.getId())).isEqualTo(meant);
    if (theirs.length() > 16) {
      assertThat(Messages.moment(meant)).isEqualTo(theirs);
    }
  }

  @Test
  void a_word_whose_page_is_not_there_yet_waits_for_it_and_is_no_fault() {
    UUID move = aMove(false);
    UUID word = said("receipt", move, "2026-11-23T09:58", Map.of("receivedBy", "Ann Lee"));
    UUID unannounced = said("understood", UUID.randomUUID(), "2026-11-23T09:58", Map.of("understood", "yes"));
    dispatch.pass();
    assertThat(record.texts("select attempts || ' ' || (taken_at is null) from inbox order by position"))
        .containsExactly("0 true", "0 true");
    thePage(move);
    dispatch.pass();
    assertThat(outcome(word)).isEqualTo("page filled in");
    assertThat(outcome(unannounced)).isNull();
    assertThat(messages.backlog().toTakeIn()).isEqualTo(1);
  }

  @Test
  void a_word_that_the_page_does_not_take_stays_and_stops_nobody(CapturedOutput log) {
    UUID move = aMove(false);
    UUID other = aMove(false);
    Task page = thePage(move);
    thePage(other);
    UUID wrong = said("receipt", move, "2026-11-23T09:58", Map.of("receivedBy", PLANTED.repeat(10)));
    UUID right = said("receipt", other, "2026-11-23T09:59", Map.of("receivedBy", "Ann Lee"));
    dispatch.pass();
    assertThat(outcome(right)).isEqualTo("page filled in");
    assertThat(open(move)).hasSize(1);
    assertThat(record.text("select attempts || ': ' || last_failure from inbox where id = ?", wrong)).startsWith("1: ")
        .contains("longer than 60").doesNotContain(PLANTED);
    assertThat(log.getAll()).contains(wrong.toString()).doesNotContain(PLANTED);
    assertThat(messages.backlog().failing()).isEqualTo(1);
    assertThat(messages.awaited(moves.get(move))).as("whoever waits sees it")
        .contains("“Receipt”, which they sent on Monday 23 November 2026 at 10:00, could not be filled in:**",
        "longer than 60");

    // not every second, but again
    dispatch.pass();
    assertThat(record.count("select attempts from inbox where id = ?", wrong)).isEqualTo(1);
    practice.itIs("2026-11-23T10:01");
    dispatch.pass();
    assertThat(record.count("select attempts from inbox where id = ?", wrong)).isEqualTo(2);

    // whoever rings them writes it down by hand
    practice.handIn("worker", page.getId(), Map.of("receivedBy", "Ann Lee"));
    assertThat(open(move)).isEmpty();
    met("authority-transfer", "RecordReceipt", move, "2026-11-23T10:01");
    practice.itIs("2026-11-23T10:10");
    dispatch.pass();
    assertThat(messages.awaited(moves.get(move))).as("it is settled").doesNotContain("could not");
  }

  @Test
  void a_word_that_was_written_down_by_hand_before_it_came_is_kept_beside_that() {
    UUID move = aMove(false);
    met("authority-transfer", "RecordReceipt", move, "2026-11-23T09:59");
    UUID word = said("receipt", move, "2026-11-23T09:58", Map.of("receivedBy", "Zoë O’Neill"));
    dispatch.pass();
    assertThat(outcome(word)).isEqualTo("came later");
    assertThat(record.texts("select what || ' ' || recorded_by || ' ' || fields::text from chronology_entry where subject_id = ?", move))
        .singleElement().asString().startsWith("Their word came later Barchester").contains("Received by", "Zoë O’Neill");
  }

  @Test
  void a_word_of_an_earlier_round_does_not_fill_in_the_page_of_the_next() {
    UUID move = aMove(false);
    met("authority-transfer", "RecordReceipt", move, "2026-11-23T09:50");
    thePage(move);
    UUID first = said("receipt", move, "2026-11-23T09:40", Map.of("receivedBy", "Of the first round"));
    UUID second = said("receipt", move, "2026-11-23T09:55", Map.of("receivedBy", "Of the second round"));
    dispatch.pass();
    assertThat(outcome(first)).isEqualTo("came later");
    assertThat(outcome(second)).isEqualTo("page filled in");
  }

  @Test
  void two_intakes_at_one_instant_take_a_word_once() {
    UUID move = aMove(false);
    Task page = thePage(move);
    UUID word = said("receipt", move, "2026-11-23T09:58", Map.of("receivedBy", "Ann Lee"));
    List<UUID> disputed = Stream.generate(() -> aMove(true)).limit(8).toList();
    record.change("update move set answer = 'refused', answer_why = 'Too far.' where incoming and contact_id = (select id "
        + "from contact where reference = ?)", contact);
    disputed.forEach(one -> said("asked-again", one, "2026-11-23T09:58", Map.of("stage", "workers")));
    CountDownLatch now = new CountDownLatch(1);
    List<CompletableFuture<Void>> intakes = Stream.of(1, 2, 3).map(i -> CompletableFuture.runAsync(() -> {
      try {
        now.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      dispatch.pass();
    })).toList();
    now.countDown();
    intakes.forEach(CompletableFuture::join);
    assertThat(outcome(word)).isEqualTo("page filled in");
    assertThat(record.count("select count(*) from chronology_entry where task_id = ?", page.getId())).isEqualTo(1);
    assertThat(practice.tasks("Answer move", contact)).as("processes begun by words").hasSize(disputed.size());
  }

  @Test
  void their_conference_on_another_day_moves_the_clock_that_counts_from_it_whatever_comes_first() {
    UUID move = aMove(false);
    met("authority-transfer", "RecordConferenceDate", move, "2026-11-20T12:00");
    record.change("update move set conference_at = '2026-12-07T10:00Z' where id = ?", move);
    UUID clock = runs("authority-transfer", "RecordConferenceOutcome", move, "date of their conference", "2026-12-07T10:00",
        "2026-12-08T17:00");
    UUID second = said("conference-date", move, "2026-11-23T09:50", Map.of("conferenceAt", "2026-12-10T10:00",
        "conferencePlace", "Town hall"));
    UUID first = said("conference-date", move, "2026-11-23T09:30", Map.of("conferenceAt", "2026-12-09T10:00"));
    dispatch.pass();
    assertThat(outcome(second)).isEqualTo("date moved");
    assertThat(outcome(first)).isEqualTo("came later");
    assertThat(moves.get(move).conference().at()).isEqualTo(london("2026-12-10T10:00"));
    assertThat(record.moment("select due_at from clock where id = ?", clock)).isEqualTo(london("2026-12-11T17:00"));
    assertThat(record.text("select why from clock_change where clock_id = ?", clock)).isEqualTo("Their conference meets on another day");
  }

  @Test
  void what_they_say_is_read_in_words_and_what_only_looks_like_a_day_as_it_stands() throws Exception {
    JsonNode fields = new ObjectMapper().readTree("""
        {"staysUntil": "2028-02-29", "learnedAt": "2026-10-25T01:30:20.5Z", "onPlan": true, "why": "2026-13-45", "said": \
        "2026-02-30T10:00", "pack": "…", "children": []}""");
    assertThat(new Messages.Said("Ann Lee", fields).inWords()).extracting(field -> field.label() + ": " + field.value())
        .containsExactly("Stays until: 29 February 2028", "Learned at: Sunday 25 October 2026 at 01:30", "On plan: Yes",
            "Why: 2026-13-45", "Said: 2026-02-30T10:00");
  }

  // Processes ---------------------------------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"first-call", "chase"})
  void a_word_that_calls_for_a_process_begins_it_and_is_taken_or_neither(String type) {
    UUID move = type.equals("chase") ? aMove(true) : UUID.randomUUID();
    UUID child = UUID.randomUUID();
    UUID word = said(type, move, "2026-11-23T09:58", type.equals("chase") ? Map.of("waitsFor", "Record answer", "since", "2026-11-20T09:00",
        "level", "service-manager")
        : Map.of("destination", "england-or-wales", "onlyForATime", true, "staysUntil", "2027-02-28", "learnedAt", "2026-11-20T15:00",
            "callerName", "Ann Lee", "onPlan", true, "children", List.of(Map.of("id", child.toString(), "child", true, "names", List.of())),
            "adults", List.of()));
    dispatch.pass();
    long instances = engine.getRuntimeService().createProcessInstanceQuery()
        .processDefinitionKey(type.equals("chase") ? "authority-word" : "family-arrival")
        .variableValueEquals("subjectRef", (type.equals("chase") ? word : move).toString()).count();
    assertThat(instances).isEqualTo(outcome(word) == null ? 0 : 1);
    assertThat(record.count("select count(*) from inbox where id = ? and (taken_at is null) = (attempts > 0)", word)).isEqualTo(1);
    if (type.equals("first-call")) {
      assertThat(record.texts("select authority || ' ' || connected || ' ' || only_for_a_time || ' ' || stays_until "
          + "from move where id = ?", move))
          .isEqualTo(instances == 0 ? List.of() : List.of("barchester true true 2027-02-28"));
    }
  }

  @Test
  void an_announced_move_stands_in_the_record_as_it_was_announced() {
    UUID move = UUID.randomUUID();
    UUID child = UUID.randomUUID();
    said("first-call", move, "2026-11-23T09:58", Practice.page(Map.of(), "destination", "scotland", "onlyForATime", false,
        "learnedAt", "2026-11-20T15:00", "callerName", "Ann Lee", "why", "A new flat", "address", "1 High Street",
        "spokeWith", "Priya Shah", "callerReach", "01632 960111", "safety", "Their aunt is there",
        "children", List.of(Map.of("id", child.toString(), "child", true, "names", List.of(Map.of("first", "Zoë", "last", "O’Neill")))),
        "adults", List.of()));
    dispatch.pass();
    Moves.Move announced = moves.get(move);
    assertThat(announced.incoming()).isTrue();
    assertThat(announced.other().connected()).isTrue();
    assertThat(announced.other().authority()).isEqualTo("barchester");
    assertThat(announced.call().at()).isEqualTo(london("2026-11-23T09:58"));
    assertThat(announced.call().safety()).isEqualTo("Their aunt is there");
    assertThat(announced.notice().learnedAt()).as("we know of it from when they told us").isEqualTo(london("2026-11-23T09:58"));
    assertThat(moves.children(move)).extracting(Moves.Moving::theirId).containsExactly(child);
  }

  @Test
  void who_disputes_our_refusal_is_answered_again() {
    UUID move = aMove(true);
    UUID word = said("asked-again", move, "2026-11-23T09:58", Map.of("stage", "managers", "said", "Their school is with you."));
    dispatch.pass();
    assertThat(outcome(word)).as("there is no refusal yet").isNull();
    record.change("update move set answer = 'refused', answer_why = 'Too far.' where id = ?", move);
    dispatch.pass();
    assertThat(outcome(word)).isEqualTo("process begun");
    Task again = practice.task("Answer move", contact);
    assertThat(practice.groupsOf(again)).containsExactly("north.team-manager");
    // counted from when they asked
    assertThat(again.getDueDate().toInstant()).isEqualTo(london("2026-11-24T17:00"));
  }

  @Test
  void a_family_that_does_not_come_ends_what_began_for_it() {
    UUID move = aMove(true);
    ProcessInstance process = anAcceptance(move);
    UUID word = said("called-off", move, "2026-11-23T09:58", Map.of("why", "They stay."));
    dispatch.pass();
    assertThat(outcome(word)).isEqualTo("processes withdrawn");
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Acceptance no longer needed"));
    assertThat(moves.get(move).endedAs()).isEqualTo("called-off");
    assertThat(record.text("select fields::text from chronology_entry where subject_id = ? and what = 'Move called off'", move))
        .contains("They stay.");
  }

  @Test
  void who_has_handed_over_cannot_call_it_off() {
    UUID move = aMove(true);
    ProcessInstance process = anAcceptance(move);
    record.change("update move set accepted_at = '2026-11-20T10:00Z', accepted_by = 'Grace Mensah', passed_at = '2026-11-20T11:00Z' "
        + "where id = ?", move);
    UUID word = said("called-off", move, "2026-11-23T09:58", Map.of("why", "They stay."));
    dispatch.pass();
    assertThat(outcome(word)).isEqualTo("came later");
    assertThat(process).isNotEnded();
    assertThat(moves.get(move).endedAs()).isNull();
  }

  // What they must hear of us -------------------------------------------------------------------------------------------

  @Test
  void they_hear_when_our_conference_meets_each_time_that_changes_and_never_twice() throws Exception {
    UUID move = aMove(true);
    UUID conference = aConference(move);
    dispatch.pass();
    assertThat(told(move, "conference-date")).isEmpty();
    practice.itIs("2026-11-23T15:00");
    for (String planned : List.of("2026-12-07T10:00Z", "2026-12-08T10:00Z", "2026-12-07T10:00Z")) {
      record.change("update meeting set planned_at = ?::timestamptz, how = 'in-person, Barn – Room 2' where id = ?", planned, conference);
      dispatch.pass();
      dispatch.pass();
    }
    assertThat(told(move, "conference-date")).containsExactly("2026-12-07T10:00 In person, Barn – Room 2",
        "2026-12-08T10:00 In person, Barn – Room 2", "2026-12-07T10:00 In person, Barn – Room 2");
    assertThat(record.texts("select distinct posted_at::text from outbox where move_id = ?", move))
        .as("the time to deliver counts from now").containsExactly("2026-11-23 15:00:00+00");
    keepToTheSchema(move);
  }

  @Test
  void they_hear_what_it_decided_when_it_has_for_every_child_who_moves() throws Exception {
    UUID move = aMove(true);
    UUID conference = aConference(move);
    String second = practice.aRecordedContact("Zoë");
    for (String of : List.of(contact, second)) {
      record.change("insert into move_child (move_id, their_id, person_id) select ?, gen_random_uuid(), person_id "
          + "from contact_person p join contact c on c.id = p.contact_id "
          + "where c.reference = ?", move, of);
    }
    record.change("update meeting set held_at = '2026-11-23T09:00Z', quorate = true where id = ?", conference);
    decided(conference, contact);
    dispatch.pass();
    assertThat(told(move, "conference-outcome")).isEmpty();
    decided(conference, second);
    dispatch.pass();
    dispatch.pass();
    assertThat(told(move, "conference-outcome")).singleElement().asString().contains("Aoife", "Zoë", ": no plan")
        .startsWith("2026-11-23T09:00");
    keepToTheSchema(move);
  }

  @Test
  void who_is_late_there_is_asked_for_at_the_tier_that_is_asked_here() throws Exception {
    UUID move = aMove(false);
    UUID clock = runs("authority-transfer", "RecordAnswer", move, "answer asked", "2026-11-20T09:00", "2026-11-23T09:00");
    UUID ours = runs("family-move", "WeighUpMove", move, "move learned", "2026-11-19T09:00", "2026-11-23T09:00");
    record.change("insert into escalation_step (clock_id, level, asked, asked_at) values (?, 1, 'north.team-manager', now())", ours);
    record.change("insert into escalation_step (clock_id, level, asked, asked_at) values (?, 1, 'service-manager', now())", clock);
    dispatch.pass();
    record.change("insert into escalation_step (clock_id, level, asked, asked_at) "
        + "values (?, 2, 'service-manager,head-of-service,out-of-hours', now())", clock);
    dispatch.pass();
    dispatch.pass();
    assertThat(told(move, "chase")).containsExactlyInAnyOrder("Record answer 2026-11-20T09:00Z service-manager",
        "Record answer 2026-11-20T09:00Z head-of-service");
    keepToTheSchema(move);

    // what they have said meanwhile is not asked for
    UUID other = aMove(false);
    met("authority-transfer", "RecordAnswer", other, "2026-11-23T09:30");
    record.change("insert into escalation_step (clock_id, level, asked, asked_at) select id, 1, 'service-manager', now() "
        + "from clock where subject_id = ?", other);
    dispatch.pass();
    assertThat(told(other, "chase")).isEmpty();
  }

  @Test
  void whoever_holds_a_child_hears_at_once_that_we_protect_it() throws Exception {
    UUID move = aMove(false);
    UUID child = UUID.fromString(record.child(contact, "Aoife"));
    UUID family = moves.get(move).caseId();
    happened("Strategy discussion called", family, "2026-11-20T09:00", null);
    record.change("insert into move_child (move_id, their_id, person_id, accepted) values (?, ?, ?, true)", move, child, child);
    record.change("update move set accepted_at = '2026-11-20T10:00Z', accepted_by = 'Rowan Blake', passed_at = '2026-11-20T11:00Z' "
        + "where id = ?", move);
    transaction.executeWithoutResult(status -> {
      record.change("update responsibility set until = '2026-11-23T09:59Z' where person_id = ?", child);
      record.change("insert into responsibility (person_id, case_id, team, authority, since, passed_by) "
          + "values (?, ?, 'north', 'barchester', '2026-11-23T09:59Z', ?)", child, family, move);
    });
    dispatch.pass();
    assertThat(told(move, "protecting")).as("what was before they held the child is in the pack").isEmpty();

    happened("Strategy discussion called", family, "2026-11-23T10:00", null);
    // of another child of the family
    happened("Protection arranged", family, "2026-11-23T10:00", UUID.randomUUID());
    happened("Case discussed", family, "2026-11-23T10:00", null);
    dispatch.pass();
    dispatch.pass();
    assertThat(told(move, "protecting")).containsExactly("Strategy discussion called [\"" + child + "\"] 2026-11-23T10:00Z");
    keepToTheSchema(move);
  }

  // Pieces --------------------------------------------------------------------------------------------------------------

  private UUID aMove(boolean incoming) {
    UUID move = UUID.randomUUID();
    record.change("insert into move (id, incoming, case_id, contact_id, destination, authority, connected, learned_at, learned_from) "
        + "select ?, ?, case_id, id, 'england-or-wales', 'barchester', true, '2026-11-20T10:00Z', 'the mother' from contact "
        + "where reference = ?", move, incoming, contact);
    return move;
  }

  private Task thePage(UUID move) {
    engine.getRuntimeService().startProcessInstanceByKey("stand-in", Map.of("subjectRef", move.toString(), "contactRef", contact));
    return open(move).get(0);
  }

  private List<Task> open(UUID move) {
    return engine.getTaskService().createTaskQuery().taskName("Record receipt")
        .processVariableValueEquals("subjectRef", move.toString()).list();
  }

  private ProcessInstance anAcceptance(UUID move) {
    chronology.add(Chronology.Line.fact(moves.get(move).contactId(), moves.get(move).caseId(), null, "Responsibility accepted",
        london("2026-11-23T09:00"), "manager", null)
        .about(move));
    return engine.getRuntimeService().createProcessInstanceByKey("acceptance").businessKey(practice.caseOf(contact))
        .setVariable("contactRef", contact).setVariable("caseRef", practice.caseOf(contact)).setVariable("subjectRef", move.toString())
        .startBeforeActivity(findId("Be sure who holds")).execute();
  }

  private UUID aConference(UUID move) {
    UUID conference = UUID.randomUUID();
    record.change("insert into meeting (id, kind, case_id, called_at, chair_role, writer_role) select ?, 'initial-conference', "
        + "case_id, '2026-11-20T10:00Z', 'conference-chair', 'minute-taker' from move where id = ?", conference, move);
    record.change("update move set conference_id = ? where id = ?", conference, move);
    return conference;
  }

  private void decided(UUID conference, String of) {
    record.change("insert into meeting_outcome (meeting_id, person_id, outcome, reasons, decided_at, decided_by) select "
        + "?, person_id, 'no-plan', 'Safe now.', '2026-11-23T09:30Z', 'chair' from contact_person p "
        + "join contact c on c.id = p.contact_id where c.reference = ?", conference, of);
  }

  private UUID said(String type, UUID move, String at, Map<String, Object> fields) {
    UUID id = UUID.randomUUID();
    Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "version", 1, "type", type, "move", move,
        "from", "barchester", "to", "borsetshire", "at", london(at).toString(), "by", "Ann Lee, social worker", "fields", fields));
    String body = JSON.valueToTree(message).toString();
    assertThat(messages.keep(id, "barchester", move, type, body, Fingerprint.of(body.getBytes(StandardCharsets.UTF_8)),
        london(at), london("2026-11-23T10:00")))
        .isEqualTo(Messages.Kept.NEW);
    return id;
  }

  private String outcome(UUID word) {
    return record.texts("select outcome from inbox where id = ?", word).get(0);
  }

  private void met(String process, String obligation, UUID move, String recordedAt) {
    UUID clock = runs(process, obligation, move, "pack sent", "2026-11-20T09:00", "2026-11-23T17:00");
    Timestamp recorded = Timestamp.from(london(recordedAt));
    record.change("update clock set met_at = ?, met_recorded_at = ?, ended_at = ?, ended_as = 'met' where id = ?", recorded,
        recorded, recorded, clock);
  }

  private UUID runs(String process, String obligation, UUID move, String countFrom, String countedFrom, String due) {
    UUID clock = UUID.randomUUID();
    record.change("insert into clock (id, process, obligation, process_instance_id, contact_id, case_id, subject_id, "
        + "count_from, counted_from, due_at, amber_at, rule, class, basis, "
        + "source, rule_definition, escalate_to, opened_at) select ?, ?, ?, 'none', contact_id, case_id, id, ?, ?, "
        + "?, ?, 'rule', 'statutory', 'local procedure', 'ours', (select max(rule_definition) from clock), 'service-manager', ? "
        + "from move where id = ?", clock, process, obligation, countFrom, at(countedFrom), at(due), at(due), at(countedFrom), move);
    return clock;
  }

  private void happened(String what, UUID family, String at, UUID subject) {
    chronology.add(Chronology.Line.fact(null, family, null, what, london(at), "system", null).about(subject));
  }

  private static Timestamp at(String london) {
    return Timestamp.from(london(london));
  }

  /** What messages of a type about a move say: the values of their fields, in the order in which they were posted. */
  private List<String> told(UUID move, String type) {
    return record.texts("""
        select (select string_agg(case jsonb_typeof(value) when 'string' then value #>> '{}' else value::text end, ' '
          order by array_position(
          array['what', 'waitsFor', 'happenedAt', 'conferenceAt', 'since', 'conferencePlace', 'conferenceOutcome', 'level', 'children']
            , case when key = 'happenedAt' and o.type = 'protecting' then null else key end) nulls last, key)
          from jsonb_each(o.body::jsonb -> 'fields')) from outbox o where move_id = ? and type = ? order by ctid""", move, type);
  }

  private void keepToTheSchema(UUID move) throws Refused {
    for (String body : record.texts("select body from outbox where move_id = ?", move)) {
      Envelope.of(Envelope.parsed(body), body);
    }
  }
}
