package org.followthrough.minutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.HeldMeeting.agreed;
import static org.followthrough.HeldMeeting.heard;
import static org.followthrough.HeldMeeting.written;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.page.Refusal;
import org.followthrough.referral.Contacts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Minutes of a strategy discussion held on Friday 20 November 2026 at twenty to seven in the evening, about two sisters, an
 * unborn child, their mother in a refuge and their father at home. A neighbour told us, and asked not to be named.
 */
@InTheHouse
class MinutesTest {

  private static final String REFUGE = "Rose House, 12 Elm Street, NT4 7XX";

  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Minutes minutes;
  @Autowired Circulation circulation;
  @Autowired MeetingInWords inWords;
  @Autowired Receipts receipts;
  @Autowired RedactedMinutes redacted;
  @Autowired Contacts contacts;
  @Autowired FormIntake forms;
  @Autowired ProcessInstances instances;
  @Autowired ProcessEngine engine;

  private String name;
  private String contact;
  private UUID meeting;

  @BeforeEach
  void aDiscussionOnAFridayEvening() {
    init(engine);
    practice.itIs("2026-11-20T15:00");
    name = Practice.aNewName();
    String home = System.nanoTime() + " Mill Lane";
    contact = practice.aContactAbout(List.of(
        practice.aNewChild("Aoife", "lastName", name, "birthDate", "2020-02-29", "address", home),
        practice.aNewChild("Zoë", "lastName", name, "birthDate", "2012-07-14", "address", home),
        practice.aNewChild("", "kind", "unborn", "firstName", null, "lastName", null, "birthDate", null, "expectedDate", "2027-02-01",
            "address", null),
        adult("Katarzyna", "mother", "address", REFUGE, "addressProtected", true, "phone", "01632 960222"),
        adult("Declan", "father", "address", home, "phone", "01632 960333")),
        practice.aConcern("allegedPerson", "Mother’s partner, Kieran Walsh"), "whoReferred", "member-of-the-public", "agency", null,
        "referrerRole", null, "sourceCode", "1C", "askedNotToBeNamed", true);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("advice"));
    practice.itIs("2026-11-20T18:40");
    meeting = meetings.about(contact, london("2026-11-20T18:40"), "police", "health", "school", "housing");
  }

  private Map<String, Object> adult(String firstName, String relation, Object... changes) {
    return Practice.page(practice.aNewChild(firstName, "kind", "adult", "lastName", name, "birthDate", "1990-03-01", "relation", relation,
        "livesWhere", "elsewhere"), changes);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // From the meeting to everybody.

  @Test
  void minutes_are_written_agreed_and_sent_and_then_receipts_are_awaited() {
    ProcessInstance process = practice.process("minutes", contact);
    assertThat(practice.task("Write minutes", contact)).hasDueDate(at("2026-11-23T17:00"));
    assertThat(practice.groupsOf(practice.task("Write minutes", contact))).containsExactly("north.social-worker", "north.team-manager",
        "out-of-hours");
    practice.itIs("2026-11-23T09:30");
    practice.handIn("worker", "Write minutes", contact, written());
    assertThat(practice.groupsOf(practice.task("Agree minutes", contact))).containsExactly("north.team-manager", "out-of-hours");
    practice.handIn("manager", "Agree minutes", contact, agreed());
    practice.itIs("2026-11-23T11:00");
    Task circulate = practice.task("Circulate minutes", contact);
    practice.handIn("worker", circulate.getId(), meetings.sent(circulate));

    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Minutes circulated"), findId("Minutes produced"), findId("Minutes sent"));
    Clocks.Running clock = record.clock("ProduceMinutes", contact);
    assertThat(clock.dueAt()).isEqualTo(london("2026-11-23T17:00"));
    assertThat(clock.metAt()).isEqualTo(london("2026-11-23T11:00"));
    assertThat(clock.subjectId()).isEqualTo(meeting);
    assertThat(record.texts("select what from chronology_entry where subject_id = ? order by position", meeting))
        .containsExactly("Strategy discussion held", "Minutes written", "Minutes agreed", "Minutes sent");
    assertThat(practice.tasks("Confirm receipt", contact)).hasSize(4);
    assertThat(record.clock("ConfirmReceipts", contact).dueAt()).isEqualTo(london("2026-11-25T17:00"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Writing withdrawn",
      "no-longer-needed,  Writing no longer needed",
      "recorded-in-error, Writing recorded in error"})
  void a_manager_ends_the_writing_with_a_reason(String how, String end) {
    ProcessInstance process = practice.process("minutes", contact);
    instances.withdraw(process.getId(), how);
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId(end));
    assertThat(record.clock("ProduceMinutes", contact).endedAs()).isEqualTo("withdrawn");
  }

  // Writing.

  @Test
  void nobody_types_again_what_the_meeting_recorded() {
    String recorded = (String) shown("Write minutes").get("recordedText");
    assertThat(recorded).contains("Strategy discussion", "Friday 20 November 2026 at 18:40", "Dan Hughes, police", "Niamh Byrne, health",
        "Aoife: **an enquiry of social work and police together (section 47)**. Two bruises that nobody explains.",
        "Zoë: **an enquiry of social work and police together (section 47)**",
        "Unborn child: **an enquiry of social work and police together (section 47)**",
        "See the children at school: **Joan Patel**, school, by 27 November 2026");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      summary | She is at Rose House now.           | The main part holds a protected address.
      summary | She moved to 12 elm st on Thursday. | The main part holds a protected address.
      summary | The post goes to NT47XX.            | The main part holds a protected address.
      summary | Ring her on 01632 960222.           | The main part holds a protected telephone number.
      summary | Siobhan Doyle told us on Monday.    | The main part holds the name of somebody who asked not to be named.
      summary | Ring the caller on 01632960101.     | The main part holds the telephone number of somebody who asked not to be named.
      letter  | She is at Rose House now.           | The letter holds a protected address.
      """)
  void what_only_some_may_know_is_refused_where_all_will_read_it(String field, String text, String sentence) {
    assertThatThrownBy(() -> practice.handIn("worker", "Write minutes", contact, written(field, text)))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field))
        .hasMessageStartingWith(sentence).hasMessageContaining("It belongs into the confidential part")
        .hasMessageNotContainingAny("Rose", "elm", "NT4", "96", "Siobh", "Doyle");
    assertThat(practice.tasks("Write minutes", contact)).hasSize(1);
    practice.handIn("worker", "Write minutes", contact, written("confidential", text));
    assertThat(practice.tasks("Agree minutes", contact)).as("there it may stand").hasSize(1);
  }

  // Agreeing.

  @Test
  void the_chair_reads_all_of_it() {
    practice.handIn("worker", "Write minutes", contact, written("confidential", "She is at Rose House."));
    assertThat((String) shown("Agree minutes").get("minutesText")).contains("Dan Hughes, police", "Two bruises were seen.",
        "She is at Rose House.", "We are worried about your children");
  }

  @Test
  void what_is_confidential_stands_in_no_second_place() {
    practice.handIn("worker", "Write minutes", contact, written("confidential", "Their mother fears that he follows her sister."));

    assertThat(inWords.whole(meeting)).contains("follows her sister");
    assertThat(record.texts("select e.what from chronology_entry e where e.fields::text like '%follows her sister%' "
        + "or e.words like '%follows her sister%'")).isEmpty();
    assertThat(record.chronology(contact)).contains("Minutes written");
  }

  @Test
  void what_the_chair_wants_changed_reaches_the_writer_with_the_text() {
    practice.handIn("worker", "Write minutes", contact, written("confidential", "Police will search tomorrow."));
    assertThatThrownBy(() -> practice.handIn("manager", "Agree minutes", contact, Map.of("minutesAgreed", "no")))
        .isInstanceOf(Refusal.class).hasMessageStartingWith("Say what must change");
    practice.handIn("manager", "Agree minutes", contact, Map.of("minutesAgreed", "no", "whatToChange", "Say who saw the bruises."));

    assertThat(shown("Write minutes")).containsEntry("changeText", "Say who saw the bruises.")
        .containsEntry("summary", "Two bruises were seen. The school has seen none before.")
        .containsEntry("confidential", "Police will search tomorrow.");
    practice.handIn("worker", "Write minutes", contact, written("summary", "The health visitor saw two bruises."));
    practice.handIn("manager", "Agree minutes", contact, agreed());
    assertThat(record.texts("select what from chronology_entry where subject_id = ? and what like 'Minutes%' order by position", meeting))
        .containsExactly("Minutes written", "Minutes sent back", "Minutes written", "Minutes agreed");
    assertThat(minutes.get(meeting).toChange()).isNull();
  }

  @Test
  void minutes_are_agreed_only_with_what_was_challenged_and_in_plain_words() {
    practice.handIn("worker", "Write minutes", contact, written());
    refused("Agree minutes", agreed("challenged", null), "challenged");
    refused("Agree minutes", agreed("plainWords", false), "plainWords");
    refused("Agree minutes", agreed("challenged", "The caller, Mrs Doyle, doubted it."), "challenged");
    assertThat(minutes.get(meeting).agreedAt()).isNull();
  }

  @Test
  void what_is_left_to_nobody_is_not_agreed() {
    meetings.action(meeting, "Ring the grandmother", " ", "health");
    practice.handIn("worker", "Write minutes", contact, written());
    refused("Agree minutes", agreed(), "minutesAgreed");
  }

  @Test
  void an_address_that_came_to_need_protecting_since_is_found_when_the_minutes_are_agreed() {
    practice.handIn("worker", "Write minutes", contact, written("summary", "They stay with their aunt, 7 Oak Road."));
    record.change("update person set address = '7 Oak Road', address_protected = true where id = ?", person("Zoë"));
    refused("Agree minutes", agreed(), "minutesAgreed");
  }

  @Test
  void whoever_was_alone_at_night_writes_and_somebody_else_reads_in_the_morning() {
    practice.handIn("out-of-hours", "Write minutes", contact, written());
    assertThatThrownBy(() -> practice.handIn("out-of-hours", "Agree minutes", contact, agreed()))
        .isInstanceOf(Refusal.class).hasMessageStartingWith("You wrote these minutes yourself.");
    practice.handIn("manager", "Agree minutes", contact, agreed());
    assertThat(practice.tasks("Circulate minutes", contact)).hasSize(1);
  }

  @Test
  void where_nobody_else_chairs_the_writer_agrees_and_every_copy_says_so() {
    IdentityService identity = engine.getIdentityService();
    identity.deleteMembership("out-of-hours", "out-of-hours");
    try {
      practice.handIn("manager", "Write minutes", contact, written());
      practice.handIn("manager", "Agree minutes", contact, agreed());
      circulate();
      assertThat(documentOf("Dan Hughes")).contains("Written and agreed by the same person");
    } finally {
      identity.createMembership("out-of-hours", "out-of-hours");
    }
  }

  // Circulating.

  @Test
  void those_who_were_called_are_proposed_first_and_the_family_last_as_not_to_be_sent() {
    toCirculation(written());
    Map<String, Object> page = shown("Circulate minutes");
    assertThat(slots(page)).containsExactly("Dan Hughes", "Niamh Byrne", "Joan Patel", "Lena Ruiz", "Declan " + name,
        "Katarzyna " + name, "Zoë " + name);
    assertThat(page).containsEntry("r1Way", "in-this-system").containsEntry("r4Way", "secure-email")
        .containsEntry("r4Reach", "housing.secure@example.org").containsEntry("r3Purpose", "for-action")
        .containsEntry("r1Purpose", "for-information").containsEntry("r1Extent", "without-confidential-part");
    String mother = meetings.slot(practice.task("Circulate minutes", contact), "Katarzyna");
    assertThat(page.get(mother + "Decision")).isEqualTo(page.get(mother + "Leave"));
    assertThat((String) page.get(mother + "LeftOut")).contains("unless the chair and the police agree");
    assertThat((String) page.get(mother + "About")).contains("address must not be told to anyone");
    assertThat(page).as("a protected address is offered nowhere").doesNotContainValue(REFUGE).doesNotContainKey("r8Name");
  }

  @Test
  void the_page_comes_again_until_everybody_is_decided() {
    for (String more : List.of("social-care", "probation", "voluntary")) {
      meetings.attended(meeting, more, "Somebody of " + more, null);
    }
    toCirculation(written());
    assertThat((String) shown("Circulate minutes").get("moreText")).isEqualTo("After these, 2 more are asked about.");
    Task first = practice.task("Circulate minutes", contact);
    practice.itIs("2026-11-20T19:00");
    practice.handIn("worker", first.getId(), meetings.sent(first));
    Task second = practice.task("Circulate minutes", contact);
    assertThat(slots(forms.prefilled(second, "worker"))).hasSize(2);
    practice.itIs("2026-11-20T19:10");
    practice.handIn("worker", second.getId(), meetings.sent(second, "anotherRecipient", "yes", "otherName", "Dr Ify Eze, GP",
        "otherAgency", "health", "otherPurpose", "for-decision", "otherExtent", "without-confidential-part", "otherWay", "in-this-system"));
    assertThat(practice.tasks("Confirm receipt", contact)).as("nothing is awaited before the last page").isEmpty();
    practice.itIs("2026-11-20T19:20");
    practice.handIn("worker", "Circulate minutes", contact, Map.of("anotherRecipient", "no"));

    assertThat(record.texts("select what || ' ' || to_char(happened_at at time zone 'Europe/London', 'HH24:MI') from chronology_entry "
        + "where subject_id = ? and what in ('Copies sent', 'Minutes sent') order by position", meeting))
        .containsExactly("Copies sent 19:00", "Copies sent 19:10", "Minutes sent 19:20");
    assertThat(practice.tasks("Confirm receipt", contact)).hasSize(8);
    assertThat(record.clock("ConfirmReceipts", contact).counted().at()).isEqualTo(london("2026-11-20T19:20"));
    assertThat(record.texts("select recipient || ': ' || why from minutes_left_out where minutes_id = ? order by 1", meeting)).hasSize(3)
        .first().asString().startsWith("Declan " + name + ": The record of a strategy discussion goes to nobody of the family");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
      r4Decision | nothing        | r4Decision | Say of everybody on this page
      r4Decision | send-somebody  | r4Decision | a choice that is not offered
      r4Purpose  | nothing        | r4Purpose  | Say what this person is to do
      r4Extent   | nothing        | r4Extent   | Say which version
      r4Way      | nothing        | r4Way      | Say how this person gets
      r4Way      | in-this-system | r4Way      | Nobody of theirs works with this system.
      r4Reach    | nothing        | r4Reach    | Give the address or number
      r4Checked  | nothing        | r4Checked  | Check just now
      r4Extent   | full           | r4Cleared  | The confidential part goes only to those
      otherName  | The doctor     | otherAgency| Say which agency
      """)
  void a_copy_that_lacks_what_makes_it_safe_is_not_sent(String field, String value, String refusedAt, String sentence) {
    toCirculation(written("confidential", "She is at Rose House."));
    Task circulate = practice.task("Circulate minutes", contact);
    assertThatThrownBy(() -> practice.handIn("worker", circulate.getId(), meetings.sent(circulate, field, value)))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(refusedAt)).hasMessageContaining(sentence);
    assertThat(receipts.copies(meeting)).isEmpty();
  }

  /** Somebody whom the record holds as dead or gone moves nobody else's copy into their place. */
  @Test
  void what_is_typed_for_one_recipient_is_never_taken_for_another() {
    toCirculation(written());
    Task circulate = practice.task("Circulate minutes", contact);
    Map<String, Object> typed = meetings.sent(circulate);
    record.change("update case_person set until = now() where person_id = ?", person("Declan"));
    assertThatThrownBy(() -> practice.handIn("worker", circulate.getId(), typed))
        .isInstanceOf(Refusal.class).hasMessageContaining("a choice that is not offered");
  }

  @Test
  void the_family_gets_a_copy_only_when_chair_and_police_agree_and_never_the_confidential_part() {
    toCirculation(written("confidential", "She is at Rose House."));
    Task circulate = practice.task("Circulate minutes", contact);
    String father = meetings.slot(circulate, "Declan");
    refused("Circulate minutes", toFather(circulate, father + "AgreedWith", null), father + "AgreedWith");
    refused("Circulate minutes", toFather(circulate, father + "AgreedPolice", null), father + "AgreedWith");
    refused("Circulate minutes", toFather(circulate, father + "Extent", "full", father + "Cleared", true), father + "Extent");
    refused("Circulate minutes", toFather(circulate, father + "Way", "in-this-system"), father + "Way");
    practice.handIn("worker", circulate.getId(), toFather(circulate, father + "HandedOverBy", "Sam Carter, at home"));

    Receipts.Copy copy = copyFor("Declan");
    assertThat(copy.agreedWith()).isEqualTo("Grace Mensah (chair), DS Hughes (police)");
    assertThat(copy.receipt().at()).isEqualTo(london("2026-11-20T18:40"));
    assertThat(copy.receipt().handedOverBy()).isEqualTo("Sam Carter, at home");
    assertThat(documentOf("Declan")).contains("We are worried about your children")
        .as("the list of decisions may name another parent’s child").doesNotContain("Aoife")
        .doesNotContain("bruises", "Dan Hughes", "See the children");
    assertThat(practice.tasks("Confirm receipt", contact)).as("professionals only").hasSize(4);
  }

  // The wall.

  @Test
  void neither_the_refuge_nor_the_caller_nor_a_third_party_is_in_any_document_for_the_father() {
    meetings.attended(meeting, "health", "Siobhán Doyle", "Health visitor");
    meetings.action(meeting, "Bring clothes to Rose House", "Siobhan Doyle", "health");
    record.change("update meeting_outcome set reasons = 'Her mother hides at 12 Elm St.' where meeting_id = ?", meeting);
    practice.handIn("worker", "Write minutes", contact, written("confidential", "She is at Rose House, and Siobhán Doyle told us."));
    practice.handIn("manager", "Agree minutes", contact, agreed());
    Task circulate = practice.task("Circulate minutes", contact);
    String father = meetings.slot(circulate, "Declan");
    String police = meetings.slot(circulate, "Dan Hughes");
    practice.handIn("worker", circulate.getId(), toFather(circulate, father + "Extent", "without-confidential-part",
        police + "Extent", "full", police + "Cleared", true));

    for (Receipts.Copy copy : receipts.copies(meeting)) {
      if (!copy.extent().equals("full")) {
        assertThat(redacted.of(copy.id())).as(copy.recipient()).doesNotContainIgnoringCase("Rose House")
            .doesNotContainIgnoringCase("Elm S").doesNotContain("Doyle", "Siobh", "960222", "960101");
      }
    }
    assertThat(documentOf("Niamh Byrne")).contains("- The person who told us", "somebody whose name is with the chair", "left out here");
    assertThat(documentOf("Dan Hughes")).as("who is cleared").contains("She is at Rose House, and Siobhán Doyle told us.");
    assertThat(documentOf("Dan Hughes").split("## Confidential")[0]).doesNotContain("Rose House", "Doyle");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      summary | Their mother’s old number was 01632 960444. | without-confidential-part | somebody else’s telephone number
      summary | Kieran Walsh was in the flat.               | without-confidential-part | the name of somebody who is said to have done harm
      letter  | Mr Walsh may not come to the house.         | letter               | the name of somebody who is said to have done harm
      """)
  void what_a_professional_may_know_is_still_kept_from_the_family(String field, String text, String extent, String what) {
    record.change("update person set phone = '01632 960444' where id = ?", person("Zoë"));
    toCirculation(written(field, text));
    Task circulate = practice.task("Circulate minutes", contact);
    String father = meetings.slot(circulate, "Declan");
    assertThatThrownBy(() -> practice.handIn("worker", circulate.getId(), toFather(circulate, father + "Extent", extent)))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(father + "Extent"))
        .hasMessageContaining(what).hasMessageContaining("which this recipient may not know").hasMessageNotContainingAny("Walsh", "960444");
    practice.handIn("worker", circulate.getId(), meetings.sent(circulate));
    assertThat(receipts.copies(meeting)).as("professionals get it").hasSize(4);
  }

  @Test
  void his_own_address_and_number_are_not_kept_from_the_father() {
    toCirculation(written("letter", "We will ring you on 01632 960333."));
    Task circulate = practice.task("Circulate minutes", contact);
    practice.handIn("worker", circulate.getId(), toFather(circulate));
    assertThat(documentOf("Declan")).contains("01632 960333");
  }

  @Test
  void what_came_to_need_protecting_after_it_was_sent_is_not_read_in_a_copy_any_more() {
    toCirculation(written("summary", "They met at 7 Oak Road.\nThe bruises were seen."));
    circulate();
    assertThat(documentOf("Dan Hughes")).contains("7 Oak Road");
    record.change("update person set address = '7 Oak Road', address_protected = true where id = ?", person("Katarzyna"));
    assertThat(documentOf("Dan Hughes")).doesNotContain("Oak Road").contains("The bruises were seen.");
  }

  @Test
  void where_the_mother_is_reached_is_in_nobody_elses_document() {
    toCirculation(written("summary", "She may be seen at 9 Ash Grove."));
    Task circulate = practice.task("Circulate minutes", contact);
    String mother = meetings.slot(circulate, "Katarzyna");
    practice.handIn("worker", circulate.getId(), to(circulate, mother, mother + "Reach", "9 Ash Grove"));
    for (Receipts.Copy copy : receipts.copies(meeting)) {
      assertThat(redacted.of(copy.id())).as(copy.recipient()).doesNotContain("Ash Grove");
    }
  }

  // Late.

  @Test
  void minutes_that_are_late_go_to_the_team_manager_once_and_never_at_a_weekend() {
    for (String quiet : List.of("2026-11-21T12:00", "2026-11-22T12:00", "2026-11-23T16:59:59")) {
      timePasses(quiet);
      assertThat(escalations()).as(quiet).isEmpty();
    }
    timePasses("2026-11-23T17:00");
    assertThat(practice.groupsOf(escalations().get(0))).containsExactly("north.team-manager");
    timePasses("2026-12-24T12:00");
    assertThat(record.asked(record.clock("ProduceMinutes", contact))).as("paper stops at the first manager")
        .containsExactly("north.team-manager");
    assertThat(escalations()).hasSize(1);
  }

  @Test
  void an_escalation_that_came_first_ends_with_the_minutes_and_says_how_late_they_were() {
    toCirculation(written());
    timePasses("2026-11-23T17:00");
    assertThat(escalations()).hasSize(1);
    practice.itIs("2026-11-23T18:30");
    circulate();

    assertThat(escalations()).isEmpty();
    Clocks.Running late = record.clock("ProduceMinutes", contact);
    assertThat(Duration.between(late.dueAt(), late.metAt())).isEqualTo(Duration.ofMinutes(90));
    assertThat(record.asked(late)).hasSize(1);
  }

  @Test
  void a_timer_that_comes_second_brings_nobody() {
    toCirculation(written());
    List<Job> timers = practice.timers("Event_MinutesOverdue", contact);
    practice.itIs("2026-11-23T17:00");
    circulate();
    assertThatThrownBy(() -> engine.getManagementService().executeJob(timers.get(0).getId())).hasMessageContaining("No job found");
    assertThat(escalations()).isEmpty();
    assertThat(record.asked(record.clock("ProduceMinutes", contact))).isEmpty();
  }

  // Versions.

  @Test
  void a_correction_is_version_two_and_version_one_stays_readable() {
    practice.itIs("2026-11-23T10:00");
    meetings.through(contact);
    for (Task receipt : practice.tasks("Confirm receipt", contact)) {
      practice.handIn("worker", receipt.getId(), heard());
    }
    String before = documentOf("Dan Hughes");
    practice.itIs("2026-11-24T10:00");
    UUID second = minutes.correct(meeting, "The bruises were three.", london("2026-11-24T10:00"), "manager");
    meetings.begin("MinutesNeeded", contact, second);

    assertThat(practice.task("Write minutes", contact)).hasDueDate(at("2026-11-25T17:00"));
    assertThat(shown("Write minutes")).containsEntry("whyText", "The bruises were three.")
        .containsEntry("summary", "Two bruises were seen. The school has seen none before.");
    assertThat(record.texts("select what from chronology_entry where subject_id = ?", second)).containsExactly("Correction asked");
    practice.handIn("worker", "Write minutes", contact, written("summary", "Three bruises were seen."));
    practice.handIn("manager", "Agree minutes", contact, agreed());
    circulate();

    assertThat(minutes.versions(meeting)).extracting(Minutes.Version::number).containsExactly(2, 1);
    assertThat(minutes.get(meeting).summary()).startsWith("Two bruises");
    assertThat(documentOf("Dan Hughes")).as("version 1").isEqualTo(before);
    assertThat(redacted.of(receipts.copies(second).get(0).id())).contains("Three bruises", "This is version 2");
    assertThat(practice.tasks("Confirm receipt", contact)).as("everybody is asked for the new one").hasSize(4);
    assertThatThrownBy(() -> record.change("update minutes set summary = 'Something else.' where id = ?", meeting))
        .hasMessageContaining("agreed minutes do not change");
  }

  @Test
  void whoever_was_sent_a_copy_later_is_proposed_for_the_correction_too() {
    practice.itIs("2026-11-23T10:00");
    meetings.through(contact);
    circulation.sendLater(meeting, new Circulation.Sending(null, "Dr Ify Eze", "health", null, "for-information",
        "without-confidential-part", false, "post", "The Surgery", null, null), london("2026-11-23T11:00"), "worker");
    UUID second = minutes.correct(meeting, "The bruises were three.", london("2026-11-24T10:00"), "manager");
    meetings.begin("MinutesNeeded", contact, second);
    toCirculation(written());
    assertThat(slots(shown("Circulate minutes"))).containsSubsequence("Lena Ruiz", "Dr Ify Eze", "Declan " + name);
  }

  @Test
  void two_corrections_at_once_are_one() {
    assertThatThrownBy(() -> minutes.correct(meeting, "Too early.", london("2026-11-20T19:00"), "manager"))
        .isInstanceOf(Refusal.class).hasMessageContaining("still being written");
    meetings.through(contact);
    UUID second = minutes.correct(meeting, "The bruises were three.", london("2026-11-20T19:00"), "manager");
    meetings.begin("MinutesNeeded", contact, second);
    assertThatThrownBy(() -> minutes.correct(meeting, "And another thing.", london("2026-11-20T19:01"), "manager"))
        .isInstanceOf(Refusal.class).hasMessageContaining("still being written");
    instances.withdraw(practice.process("minutes", contact).getId(), "withdrawn");
    UUID third = minutes.correct(meeting, "Now in earnest.", london("2026-11-20T19:02"), "manager");
    assertThat(minutes.get(third).number()).isEqualTo(3);
    assertThat(minutes.get(third).summary()).startsWith("Two bruises");
  }

  // Words of this test.

  private void toCirculation(Map<String, Object> page) {
    practice.handIn("worker", "Write minutes", contact, page);
    practice.handIn("manager", "Agree minutes", contact, agreed());
  }

  private void circulate() {
    Task circulate = practice.task("Circulate minutes", contact);
    practice.handIn("worker", circulate.getId(), meetings.sent(circulate));
  }

  private Map<String, Object> toFather(Task circulate, Object... changes) {
    return to(circulate, meetings.slot(circulate, "Declan"), changes);
  }

  /** Sends one of the family the letter, by hand, as chair and police have agreed. */
  private Map<String, Object> to(Task circulate, String slot, Object... changes) {
    return Practice.page(meetings.sent(circulate, slot + "Decision", forms.prefilled(circulate, "worker").get(slot + "Send"),
        slot + "Purpose", "for-information", slot + "Extent", "letter", slot + "Way", "by-hand", slot + "Reach", "At the office",
        slot + "Checked", true, slot + "AgreedWith", "Grace Mensah", slot + "AgreedPolice", "DS Hughes"), changes);
  }

  private void refused(String label, Map<String, Object> page, String field) {
    assertThatThrownBy(() -> practice.handIn("Circulate minutes".equals(label) ? "worker" : "manager", label, contact, page))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private Map<String, Object> shown(String label) {
    return forms.prefilled(practice.task(label, contact), "worker");
  }

  private static List<String> slots(Map<String, Object> page) {
    return java.util.stream.IntStream.rangeClosed(1, 8).mapToObj(i -> (String) page.get("r" + i + "Name"))
        .filter(java.util.Objects::nonNull).toList();
  }

  private Receipts.Copy copyFor(String recipient) {
    return receipts.copies(meeting).stream().filter(copy -> copy.recipient().contains(recipient)).findFirst().orElseThrow();
  }

  private String documentOf(String recipient) {
    return redacted.of(copyFor(recipient).id());
  }

  private UUID person(String firstName) {
    return contacts.everyone(contacts.idOf(contact).orElseThrow()).stream().filter(one -> firstName.equals(one.typed().get("firstName")))
        .map(Contacts.Named::personId).findFirst().orElseThrow();
  }

  /** What is asked about these minutes; other processes of the contact are late meanwhile too. */
  private List<Task> escalations() {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("lateClockRef", record.clock("ProduceMinutes", contact)
        .id().toString()).list();
  }

  private void timePasses(String londonTime) {
    practice.itIs(londonTime);
    practice.timersFire();
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
