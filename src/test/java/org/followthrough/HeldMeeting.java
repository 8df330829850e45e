package org.followthrough;

import static org.followthrough.Practice.page;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.engine.FormIntake;
import org.followthrough.family.Chronology;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** A strategy discussion that was held, as its own process leaves it behind, and the pages of its minutes. */
@Component
public class HeldMeeting {

  /** Who comes from where; police, health and school work with this system. */
  static final Map<String, String> PEOPLE = Map.of("police", "Dan Hughes", "health", "Niamh Byrne", "school", "Joan Patel",
      "social-care", "Sam Carter", "housing", "Lena Ruiz", "probation", "Owen Tudor", "voluntary", "Amal Farah");

  private final TheRecord record;
  private final Contacts contacts;
  private final Chronology chronology;
  private final Practice practice;
  private final FormIntake forms;
  private final RuntimeService runtime;

  HeldMeeting(TheRecord record, Contacts contacts, Chronology chronology, Practice practice, FormIntake forms, ProcessEngine engine) {
    this.record = record;
    this.contacts = contacts;
    this.chronology = chronology;
    this.practice = practice;
    this.forms = forms;
    this.runtime = engine.getRuntimeService();
  }

  /** A discussion about the family of a contact, held then, in which these agencies took part; its minutes are needed. */
  public UUID about(String contact, Instant heldAt, String... agencies) {
    UUID meeting = held(contact, heldAt, agencies);
    begin("MinutesNeeded", contact, meeting);
    return meeting;
  }

  /** The same with its minutes agreed and sent to everybody who took part. */
  public UUID circulated(String contact, Instant at, String... agencies) {
    UUID meeting = held(contact, at, agencies);
    record.change("""
        insert into minutes (id, meeting_id, version, summary, letter, challenged, written_at, written_by, agreed_at, agreed_by)
        values (?, ?, 1, 'What was said.', 'What we can tell you.', 'nothing', now(), 'worker', now(), 'manager')""", meeting, meeting);
    record.change("""
        insert into minutes_copy (minutes_id, circulation_id, proposal, recipient, agency, purpose, extent, way, reach, sent_at, sent_by)
        select meeting_id, meeting_id, 'called:' || id, name, agency, 'for-information', 'without-confidential-part', 'post', reach,
          ?, 'worker'
        from attendance where meeting_id = ? order by position""", java.sql.Timestamp.from(at), meeting);
    happened("Minutes sent", contact, meeting, at);
    begin("MinutesSent", contact, meeting);
    return meeting;
  }

  /** The same before anything has followed from it. */
  public UUID held(String contact, Instant heldAt, String... agencies) {
    UUID meeting = UUID.randomUUID();
    UUID family = contacts.byId(contacts.idOf(contact).orElseThrow()).caseId();
    record.change("""
        insert into meeting (id, kind, case_id, contact_id, called_at, chair_role, writer_role, how, held_at, chaired_by, quorate)
        values (?, 'strategy-discussion', ?, ?, ?, 'team-manager', 'social-worker', 'telephone', ?, 'manager', true)""",
        meeting, family, contacts.idOf(contact).orElseThrow(), java.sql.Timestamp.from(heldAt), java.sql.Timestamp.from(heldAt));
    for (String agency : agencies) {
      attended(meeting, agency, PEOPLE.get(agency), null);
    }
    record.change("""
        insert into meeting_outcome (meeting_id, person_id, outcome, reasons, decided_at, decided_by)
        select ?, person_id, 'section-47-joint', 'Two bruises that nobody explains.', ?, 'manager' from case_person where case_id = ?
          and child and until is null""",
        meeting, java.sql.Timestamp.from(heldAt), family);
    action(meeting, "See the children at school", "Joan Patel", "school");
    happened("Strategy discussion held", contact, meeting, heldAt);
    return meeting;
  }

  /** Somebody more who took part. */
  public void attended(UUID meeting, String agency, String name, String role) {
    record.change("insert into attendance (meeting_id, agency, name, role, reach, took_part) values (?, ?, ?, ?, ?, true)",
        meeting, agency, name, role, agency + ".secure@example.org");
  }

  /** An action more that was agreed. */
  public void action(UUID meeting, String what, String who, String agency) {
    record.change("""
        insert into agreed_action (meeting_id, case_id, what, named_person, agency, due_on, recorded_at, recorded_by)
        select id, case_id, ?, ?, ?, date '2026-11-27', now(), 'manager' from meeting where id = ?""", what, who, agency, meeting);
  }

  /** An action about which more is known, in its process: agreed at a discussion on a contact that was held then. */
  public UUID agreed(String contact, Instant heldAt, Map<String, Object> terms) {
    Map<String, Object> one = page(new HashMap<>(Map.of("what", "See Niall at school", "who", "Joan Patel",
        "agency", "school", "dueOn", "2026-11-24", "accepted", true, "ifNotDone", "The health visitor goes the same day.")));
    one.putAll(terms);
    UUID meeting = held(contact, heldAt);
    UUID action = UUID.randomUUID();
    record.change("""
        insert into agreed_action (id, meeting_id, case_id, what, named_person, agency, due_on, if_not_done, owner_accepted_at, recorded_at,
          recorded_by)
        select ?, id, case_id, ?, ?, ?, cast(? as date), ?, case when ? then held_at end, held_at, 'manager' from meeting where id = ?""",
        action, one.get("what"), one.get("who"), one.get("agency"), one.get("dueOn"), one.get("ifNotDone"), one.get("accepted"), meeting);
    begin("ActionAgreed", contact, action);
    return action;
  }

  private void happened(String what, String contact, UUID subject, Instant at) {
    UUID contactId = contacts.idOf(contact).orElseThrow();
    chronology.add(Chronology.Line.fact(contactId, contacts.byId(contactId).caseId(), null, what, at, "manager", null).about(subject));
  }

  /** Starts a process about a subject of a contact, as a message end of another process does. */
  public ProcessInstance begin(String message, String contact, UUID subject) {
    return runtime.createMessageCorrelation(message).processInstanceBusinessKey(practice.caseOf(contact))
        .setVariable("contactRef", contact).setVariable("caseRef", practice.caseOf(contact)).setVariable("subjectRef", subject.toString())
        .correlateStartMessage();
  }

  // Pages.

  public static Map<String, Object> written(Object... changes) {
    return page(Map.of("summary", "Two bruises were seen. The school has seen none before.",
        "letter", "We are worried about your children and will visit you."), changes);
  }

  public static Map<String, Object> agreed(Object... changes) {
    return page(Map.of("minutesAgreed", "yes", "challenged", "The school doubted the first explanation; the doctor will look again.",
        "plainWords", true), changes);
  }

  /** A page of circulation that sends what is proposed to professionals and leaves the family out. */
  public Map<String, Object> sent(Task circulate, Object... changes) {
    Map<String, Object> shown = forms.prefilled(circulate, "worker");
    Map<String, Object> page = new LinkedHashMap<>();
    for (int i = 1; shown.containsKey("r" + i + "Name"); i++) {
      String slot = "r" + i;
      boolean family = Boolean.TRUE.equals(shown.get(slot + "Family"));
      page.put(slot + "Decision", shown.get(slot + (family ? "Leave" : "Send")));
      for (String field : List.of("Purpose", "Extent", "Way", "Reach", "LeftOut")) {
        page.put(slot + field, shown.get(slot + field));
      }
      page.put(slot + "Checked", !family);
    }
    page.put("anotherRecipient", "no");
    return page(page, changes);
  }

  /** The slot in which somebody of this name is asked about. */
  public String slot(Task circulate, String name) {
    Map<String, Object> shown = forms.prefilled(circulate, "worker");
    return java.util.stream.IntStream.rangeClosed(1, 8).mapToObj(i -> "r" + i)
        .filter(slot -> String.valueOf(shown.get(slot + "Name")).contains(name)).findFirst().orElseThrow();
  }

  /** Writes, agrees and sends the minutes of the one process that runs on a contact. */
  public void through(String contact) {
    practice.handIn("worker", "Write minutes", contact, written());
    practice.handIn("manager", "Agree minutes", contact, agreed());
    while (!practice.tasks("Circulate minutes", contact).isEmpty()) {
      Task circulate = practice.task("Circulate minutes", contact);
      practice.handIn("worker", circulate.getId(), sent(circulate));
    }
  }

  /** The page of a recipient of these minutes. */
  public Task receiptOf(String name, String contact) {
    return practice.tasks("Confirm receipt", contact).stream()
        .filter(task -> ((String) forms.prefilled(task, "worker").get("recipientText")).contains(name)).findFirst().orElseThrow();
  }

  /** The page of somebody who has heard from a recipient by telephone. */
  public static Map<String, Object> heard(Object... changes) {
    return page(new HashMap<>(Map.of("received", "yes", "acted", "Sees them tomorrow.", "onBehalfOf", "The recipient",
        "onBehalfHow", "by-telephone")), changes);
  }
}
