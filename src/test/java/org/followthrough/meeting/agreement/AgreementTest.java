package org.followthrough.meeting.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who does what by when, at the end of a meeting: from the moment it is agreed an action is followed. */
@InTheHouse
class AgreementTest {

  private static final String AGREE = "Agree action";

  @Autowired Practice practice;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired ProcessEngine engine;

  private String contact;
  private ProcessInstance process;

  @BeforeEach
  void theEndOfAMeeting() {
    init(engine);
    practice.itIs("2026-11-20T18:40");
    contact = practice.aContactAbout(List.of(practice.aNewChild("Zoë")), practice.aConcern());
    UUID meeting = meetings.about(contact, london("2026-11-20T17:00"), "police", "health");
    process = engine.getRuntimeService().startProcessInstanceByKey("agreement", practice.caseOf(contact), Map.of("contactRef", contact,
        "caseRef", practice.caseOf(contact), "subjectRef", meeting.toString(), "recordedBy", "worker",
        "clockRef", record.clock("DecideResponse", contact).id().toString()));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void each_action_is_followed_from_the_moment_it_is_agreed() {
    practice.handIn("worker", AGREE, contact, anAction("anotherAction", "yes"));
    assertThat(practice.tasks("Report on action", contact)).as("the meeting still goes on").hasSize(1);
    assertThat((String) forms.prefilled(practice.task(AGREE, contact), "worker").get("actionsText"))
        .contains("Joan Patel", "24 November 2026");
    assertThat(practice.task(AGREE, contact)).as("the next page opens for whoever writes").isAssignedTo("worker");
    practice.handIn("worker", AGREE, contact, anAction("namedPerson", "Dan Hughes", "agency", "police", "accepted", "no"));

    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Last action agreed")).hasNotPassed(findId("Nothing more agreed"));
    assertThat(practice.tasks("Report on action", contact)).hasSize(1);
    assertThat(practice.groupsOf(practice.task("Accept action", contact))).containsExactly("north.social-worker", "police");
    assertThat(record.texts("select named_person || ', ' || (owner_accepted_at is not null) || ', ' || (a.agency = 'family') "
        + "from agreed_action a join meeting m on m.id = a.meeting_id "
        + "join contact c on c.id = m.contact_id where c.reference = ? and a.what = 'See Zoë at school' order by a.position", contact))
        .containsExactly("Joan Patel, true, false", "Dan Hughes, false, false");
  }

  @Test
  void nothing_more_is_said_too() {
    practice.handIn("worker", AGREE, contact, Map.of("agreed", "nothing"));
    assertThat(process).isEnded();
    assertThat(process).hasPassed(findId("Nothing more agreed"));
    assertThat(practice.tasks("Report on action", contact)).isEmpty();
  }

  @Test
  void what_a_parent_does_comes_from_the_family_and_is_followed_by_the_lead_professional() {
    refused("agency", () -> practice.handIn("worker", AGREE, contact, anAction("accepted", "parent")));
    refused("agency", () -> practice.handIn("worker", AGREE, contact, anAction("agency", "family")));
    practice.handIn("worker", AGREE, contact, anAction("namedPerson", "Katarzyna O’Neill", "agency", "family", "accepted", "parent"));
    assertThat(practice.groupsOf(practice.task("Report on action", contact))).containsExactly("north.social-worker");
    assertThat(record.count("select count(*) from agreed_action where agency = 'family' and named_person = 'Katarzyna O’Neill' "
        + "and meeting_id in (select m.id from meeting m join contact c on c.id = m.contact_id where c.reference = ?)", contact))
        .isEqualTo(1);
  }

  @Test
  void a_parent_who_has_an_action_is_not_sent_the_minutes_as_a_professional() {
    practice.handIn("worker", AGREE, contact, anAction("namedPerson", "Katarzyna Szymańska", "agency", "family", "accepted", "parent"));
    practice.handIn("worker", "Write minutes", contact, HeldMeeting.written());
    practice.handIn("manager", "Agree minutes", contact, HeldMeeting.agreed());
    assertThat(forms.prefilled(practice.task("Circulate minutes", contact), "worker").toString()).doesNotContain("Szymańska");
  }

  @Test
  void an_action_for_one_child_directly_says_for_whom() {
    practice.handIn("worker", AGREE, contact, anAction("forChild", record.child(contact, "Zoë")));
    assertThat(record.text("select for_child::text from agreed_action a join meeting m on m.id = a.meeting_id "
        + "join contact c on c.id = m.contact_id where c.reference = ? and for_child is not null", contact))
        .isEqualTo(record.child(contact, "Zoë"));
  }

  @Test
  void an_action_needs_what_who_from_where_by_when_and_whether_they_have_said_yes() {
    for (String needed : List.of("what", "namedPerson", "agency", "accepted", "dueOn", "anotherAction")) {
      refused(needed, () -> practice.handIn("worker", AGREE, contact, anAction(needed, null)));
    }
    refused("namedPerson", () -> practice.handIn("worker", AGREE, contact, anAction("namedPerson", "the health visitor")));
    assertThat(practice.tasks("Report on action", contact)).isEmpty();
  }

  private static Map<String, Object> anAction(Object... changes) {
    return page(Map.of("agreed", "action", "what", "See Zoë at school", "namedPerson", "Joan Patel",
        "agency", "school", "accepted", "yes", "dueOn", "2026-11-24", "anotherAction", "no"), changes);
  }

  private static void refused(String field, ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }
}
