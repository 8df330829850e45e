package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is posted reaches the other side, or somebody here knows that it has not. */
@InTheHouse
class ExchangeTest extends Neighbours {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired FormIntake forms;
  @Autowired Messages messages;
  @Autowired Moves moves;
  @Autowired Clocks clocks;
  @Autowired Dispatch dispatch;
  @Autowired Deliveries deliveries;

  private String contact;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-11-23T10:00");
    record.change("delete from inbox");
    record.change("update outbox set on_its_way_at = posted_at where on_its_way_at is null");
    BARCHESTER.takesEverything();
    contact = practice.aRecordedContact("Aoife");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // Delivered ---------------------------------------------------------------------------------------------------------

  @Test
  void a_message_is_delivered_as_it_was_posted() {
    UUID message = posted("answer", Map.of("answer", "taken-on", "theirWorker", "Zoë O’Neill"));
    ProcessInstance process = sent(message);
    assertThat(process.getBusinessKey()).isEqualTo(practice.caseOf(contact));
    practice.timersFire();

    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Message received"), findId("Delivery settled"), findId("Message delivered"));
    assertThat(BARCHESTER.heard()).containsExactly(record.text("select body from outbox where id = ?", message)).first()
        .asString().contains("Zoë O’Neill");
    assertThat(record.text("select attempts || ' ' || (received_at is not null) || ' ' || (last_failure is null) from outbox "
        + "where id = ?", message))
        .isEqualTo("1 true true");
    assertThat(record.texts("select what || ': ' || words from chronology_entry where subject_id = ? order by position", message))
        .containsExactly("Message posted: Answer", "Message received there: Answer");
    Clocks.Running clock = clocks.newest("DeliverUntilReceived", message);
    assertThat(clock.dueAt()).isEqualTo(london("2026-11-23T14:00"));
    assertThat(clock.endedAs()).isEqualTo("met");
  }

  @Test
  void what_does_not_get_there_is_tried_again_later_each_time_and_shows_how_often() {
    BARCHESTER.answers(503, "");
    UUID message = posted("called-off", Map.of("why", "They stay."));
    ProcessInstance process = sent(message);
    practice.timersFire();
    assertThat(process).isWaitingAt(findId("Pause ended"));
    Duration first = pause(process);
    assertThat(first).isBetween(Duration.ofMillis(1800), Duration.ofMillis(2200));
    for (int attempt = 2; attempt <= 4; attempt++) {
      practice.itIs("2026-11-23T10:0" + attempt);
      practice.timersFire();
    }
    assertThat(pause(process)).isBetween(Duration.ofMillis(14_400), Duration.ofMillis(17_600));
    assertThat(record.text("select attempts || ': ' || last_failure from outbox where id = ?", message))
        .isEqualTo("4: Their system answers 503.");

    BARCHESTER.takesEverything();
    practice.itIs("2026-11-23T10:06");
    practice.timersFire();
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Message delivered"));
    assertThat(BARCHESTER.heard()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "2, 4", "3, 8", "9, 512", "10, 900", "60, 900", "100000, 900"})
  void the_pause_doubles_up_to_a_quarter_of_an_hour(int attempts, int seconds) {
    assertThat(deliveries.pause(attempts, 0.5)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(deliveries.pause(attempts, 0)).isEqualTo(Duration.ofMillis(seconds * 900L));
    assertThat(deliveries.pause(attempts, 1)).isEqualTo(Duration.ofMillis(seconds * 1100L));
  }

  @Test
  void who_does_not_answer_in_time_is_not_waited_for() {
    BARCHESTER.keepsSilentFor(4_000);
    UUID message = posted("called-off", Map.of("why", "They stay."));
    sent(message);
    Instant before = Instant.now();
    practice.timersFire();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(3_900));
    assertThat(failure(message)).isEqualTo("They did not answer in time.");
  }

  @Test
  void nothing_is_sent_to_whom_only_the_address_is_right() {
    UUID message = posted("framley", "called-off", Map.of("why", "They stay."));
    sent(message);
    practice.timersFire();
    assertThat(failure(message)).isEqualTo("Who answers there does not show the certificate of our address book.");
    assertThat(BARCHESTER.heard()).isEmpty();
  }

  @Test
  void nothing_is_sent_to_a_host_whose_certificate_is_for_another() {
    UUID message = posted("hogglestock", "called-off", Map.of("why", "They stay."));
    sent(message);
    practice.timersFire();
    assertThat(failure(message)).isEqualTo("No safe connection: one side does not trust the certificate of the other.");
    assertThat(HOGGLESTOCK.heard()).isEmpty();
  }

  @Test
  void after_half_a_day_a_manager_is_asked_while_the_machine_goes_on_trying() {
    BARCHESTER.answers(503, "");
    UUID message = posted("called-off", Map.of("why", "They stay."));
    ProcessInstance process = sent(message);
    practice.itIs("2026-11-23T13:59");
    practice.timersFire();
    assertThat(practice.tasks("Agree what happens now", contact)).isEmpty();
    practice.itIs("2026-11-23T14:00");
    practice.timersFire();
    assertThat(record.asked(clocks.newest("DeliverUntilReceived", message))).containsExactly("north.team-manager");

    BARCHESTER.takesEverything();
    practice.itIs("2026-11-23T14:20");
    practice.timersFire();
    assertThat(process).isEnded();
    assertThat(practice.tasks("Agree what happens now", contact)).as("it is over when they have it").isEmpty();
  }

  // Refused -----------------------------------------------------------------------------------------------------------

  @Test
  void what_their_system_refuses_is_given_by_hand() {
    BARCHESTER.answers(409, "{\"why\":\"We have accepted *this* family already.\"}");
    UUID message = posted("receipt", Map.of("receivedBy", "Sam Carter", "happenedAt", "2026-11-23T09:50"));
    ProcessInstance process = sent(message);
    practice.timersFire();

    assertThat(process).hasPassed(findId("Message refused there"));
    var page = practice.task("Give message by hand", contact);
    assertThat(practice.groupsOf(page)).containsExactly("north.social-worker", "north.team-manager", "out-of-hours");
    assertThat(page.getDueDate().toInstant()).isEqualTo(london("2026-11-24T17:00"));
    Map<String, Object> shown = forms.prefilled(page, "worker");
    assertThat(shown.get("messageText")).asString().contains("**Receipt** to **Barchester**", "- Received by: Sam Carter",
        "- Happened at: Monday 23 November 2026 at 09:50");
    assertThat(shown.get("refusedText")).isEqualTo("We have accepted \\*this\\* family already.");
    assertThat(shown.get("contactsText")).isEqualTo("- Rowan Blake, service manager: 01632 960199");

    practice.itIs("2026-11-23T11:00");
    practice.handIn("worker", "Give message by hand", contact, Map.of("givenHow", "by-telephone", "givenTo", "Ann Lee, social worker",
        "happenedEarlier", true, "happenedAt", "2026-11-23T10:40"));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Message given otherwise"), findId("Message given by hand"));
    assertThat(record.moment("select received_at from outbox where id = ?", message)).isEqualTo(london("2026-11-23T10:40"));
    assertThat(clocks.newest("GiveMessageByHand", message).metAt()).isEqualTo(london("2026-11-23T10:40"));
  }

  @Test
  void nobody_giving_it_by_hand_is_a_managers_matter_on_the_next_working_day() {
    BARCHESTER.answers(422, "{\"why\":\"The message does not keep to its schema.\"}");
    UUID message = posted("called-off", Map.of("why", "They stay."));
    sent(message);
    practice.timersFire();
    practice.itIs("2026-11-24T16:59");
    practice.timersFire();
    assertThat(record.asked(clocks.newest("GiveMessageByHand", message))).isEmpty();
    practice.itIs("2026-11-24T17:00");
    practice.timersFire();
    assertThat(record.asked(clocks.newest("GiveMessageByHand", message))).containsExactly("north.team-manager");
  }

  @Test
  void who_understands_no_version_of_ours_is_told_by_hand() {
    // a refusal makes us ask again which versions they understand
    BARCHESTER.answers(422, "{\"why\":\"We do not understand this version.\"}");
    sent(posted("called-off", Map.of("why", "They stay.")));
    practice.timersFire();
    BARCHESTER.takesEverything();
    BARCHESTER.understands("{\"authority\":\"barchester\",\"versions\":[2,3]}");
    UUID message = posted("called-off", Map.of("why", "They come after all."));
    ProcessInstance process = sent(message);
    practice.timersFire();
    assertThat(process).hasPassed(findId("Message refused there"));
    assertThat(record.text("select refused_why from outbox where id = ?", message))
        .isEqualTo("They understand versions [2, 3] of messages; we write [1].");
    assertThat(BARCHESTER.heard()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Sending withdrawn",
      "no-longer-needed,  Message no longer needed",
      "recorded-in-error, Message recorded in error"})
  void a_manager_ends_the_sending_with_a_reason(String how, String end) {
    BARCHESTER.answers(422, "{\"why\":\"The message does not keep to its schema.\"}");
    ProcessInstance process = sent(posted("called-off", Map.of("why", "They stay.")));
    practice.timersFire();
    menu.choose("manager", practice.task("Give message by hand", contact).getId(),
        "end", Map.of("how", how, "why", "They were here this morning."));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
  }

  // Exactly once --------------------------------------------------------------------------------------------------------

  @Test
  void two_dispatchers_at_one_instant_begin_each_process_once() {
    List<UUID> posted = IntStream.range(0, 20).mapToObj(i -> posted("chase", Map.of("waitsFor", "Take in pack", "since", "2026-11-23T09:00",
        "level", "team-manager"), "told " + i))
        .toList();
    CountDownLatch now = new CountDownLatch(1);
    List<CompletableFuture<Void>> dispatchers = Stream.of(1, 2, 3).map(i -> CompletableFuture.runAsync(() -> {
      await(now);
      dispatch.pass();
    })).toList();
    now.countDown();
    dispatchers.forEach(CompletableFuture::join);
    assertThat(posted).allSatisfy(message -> assertThat(instances(message)).hasSize(1));
    assertThat(record.count("select count(*) from chronology_entry where what = 'Message posted' and case_id = (select case_id "
        + "from move where id = ?)", move("barchester"))).isEqualTo(20);
  }

  @Test
  void a_process_that_cannot_begin_keeps_no_other_waiting_and_begins_when_it_can() {
    UUID homeless = posted("called-off", Map.of("why", "They stay."));
    record.change("update move set case_id = null, contact_id = null where id = (select move_id from outbox where id = ?)", homeless);
    UUID other = posted("framley", "called-off", Map.of("why", "They stay."));
    dispatch.pass();
    assertThat(instances(homeless)).isEmpty();
    assertThat(record.text("select (on_its_way_at is null)::text from outbox where id = ?", homeless)).isEqualTo("true");
    assertThat(instances(other)).hasSize(1);

    record.change("update move set contact_id = (select id from contact where reference = ?) where id = (select move_id "
        + "from outbox where id = ?)", contact, homeless);
    dispatch.pass();
    assertThat(instances(homeless)).singleElement().extracting(ProcessInstance::getBusinessKey).isEqualTo(contact);
  }

  // Pieces --------------------------------------------------------------------------------------------------------------

  private final Map<String, UUID> known = new LinkedHashMap<>();

  private UUID move(String authority) {
    return known.computeIfAbsent(authority, other -> {
      UUID move = UUID.randomUUID();
      record.change("insert into move (id, incoming, case_id, contact_id, destination, authority, connected, learned_at, learned_from) "
          + "select ?, false, case_id, id, 'england-or-wales', ?, true, '2026-11-20T10:00Z', 'the mother' from contact where reference = ?",
          move, other, contact);
      return move;
    });
  }

  private UUID posted(String type, Map<String, Object> fields) {
    return posted("barchester", type, fields);
  }

  private UUID posted(String type, Map<String, Object> fields, String told) {
    return posted("barchester", type, fields, told);
  }

  private UUID posted(String to, String type, Map<String, Object> fields) {
    return posted(to, type, fields, null);
  }

  private UUID posted(String to, String type, Map<String, Object> fields, String told) {
    assertThat(messages.post(moves.get(move(to)), type, told, fields, now(), "Sam Carter, social worker")).isTrue();
    return UUID.fromString(record.text("select id::text from outbox where move_id = ? order by ctid desc limit 1", move(to)));
  }

  private Instant now() {
    return ClockUtil.getCurrentTime().toInstant();
  }

  private ProcessInstance sent(UUID message) {
    dispatch.pass();
    assertThat(instances(message)).hasSize(1);
    return instances(message).get(0);
  }

  private List<ProcessInstance> instances(UUID message) {
    return engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("exchange")
        .variableValueEquals("subjectRef", message.toString()).list();
  }

  private Duration pause(ProcessInstance process) {
    Job timer = engine.getManagementService().createJobQuery().processInstanceId(process.getId()).activityId(findId("Pause ended"))
        .singleResult();
    return Duration.between(now(), timer.getDuedate().toInstant());
  }

  private String failure(UUID message) {
    return record.text("select last_failure from outbox where id = ?", message);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
