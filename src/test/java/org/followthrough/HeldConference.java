package org.followthrough;

import static org.followthrough.Practice.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.engine.FormIntake;
import org.followthrough.family.Chronology;
import org.followthrough.page.Option;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** A conference as people hold it, page by page: asked for by an enquiry, arranged, prepared, recorded, decided. */
@Component
public class HeldConference {

  private final TheRecord record;
  private final Contacts contacts;
  private final Chronology chronology;
  private final Practice practice;
  private final FormIntake forms;
  private final RuntimeService runtime;
  private final TaskService tasks;

  HeldConference(TheRecord record, Contacts contacts, Chronology chronology, Practice practice, FormIntake forms, ProcessEngine engine) {
    this.record = record;
    this.contacts = contacts;
    this.chronology = chronology;
    this.practice = practice;
    this.forms = forms;
    this.runtime = engine.getRuntimeService();
    this.tasks = engine.getTaskService();
  }

  /** A discussion decided then on an enquiry, and the enquiry asks for a conference now; returns the process. */
  public ProcessInstance needed(String contact, Instant decidedAt) {
    UUID contactId = contacts.idOf(contact).orElseThrow();
    UUID enquiry = UUID.randomUUID();
    chronology.add(Chronology.Line.fact(contactId, contacts.byId(contactId).caseId(), null, "Enquiry decided", decidedAt, "manager", null)
        .about(enquiry));
    return needed(contact, Map.of("subjectRef", enquiry.toString()));
  }

  /** A conference is asked for with these references. */
  public ProcessInstance needed(String contact, Map<String, Object> references) {
    return runtime.createMessageCorrelation("ConferenceNeeded").processInstanceBusinessKey(practice.caseOf(contact))
        .setVariable("contactRef", contact).setVariable("caseRef", practice.caseOf(contact)).setVariables(references)
        .correlateStartMessage();
  }

  /** People of these agencies sat together about the family before. */
  public void knownBefore(String contact, String... agencies) {
    UUID meeting = UUID.randomUUID();
    UUID contactId = contacts.idOf(contact).orElseThrow();
    record.change("""
        insert into meeting (id, kind, case_id, contact_id, called_at, chair_role, writer_role, held_at, chaired_by, quorate)
        values (?, 'strategy-discussion', ?, ?, timestamp '2026-11-01 10:00', 'team-manager', 'social-worker', timestamp '2026-11-01 10:00',
          'manager', true)""",
        meeting, contacts.byId(contactId).caseId(), contactId);
    for (String agency : agencies) {
      record.change("insert into attendance (meeting_id, agency, name, role, reach, took_part) values (?, ?, ?, ?, ?, true)",
          meeting, agency, HeldMeeting.PEOPLE.get(agency), null, agency + ".secure@example.org");
    }
  }

  /** Hands in a page of a contact's conference. */
  public void handIn(String user, String label, String contact, Map<String, Object> page) {
    practice.handIn(user, label, contact, page);
  }

  /** Invites everybody who was there before, and the whole family to come. */
  public void inviteEverybody(String contact) {
    practice.handIn("chair", "Invite to conference", contact,
        page(Map.of("whom", "known", "known", offered("Invite to conference", contact, "knownProfessionals"),
        "anotherInvitation", family(contact).isEmpty() ? "no" : "yes")));
    List<String> family = family(contact);
    for (int i = 0; i < family.size(); i++) {
      practice.handIn("minutes", "Invite to conference", contact, Map.of("whom", "family", "person", family.get(i), "part", "comes",
          "anotherInvitation", i < family.size() - 1 ? "yes" : "no"));
    }
  }

  private List<String> family(String contact) {
    return offered("Invite to conference", contact, "familyToInvite");
  }

  /** The page of a conference at which everybody invited of these agencies, and the family, took part. */
  public Map<String, Object> recorded(String contact, List<String> agencies, Object... changes) {
    Map<String, Object> shown = shown("Record conference", contact);
    List<String> came = new ArrayList<>();
    options(shown, "invited").forEach(one -> {
      if (record.count("select count(*) from invitation where id = ?::uuid and (agency is null or agency in (" + list(agencies) + "))",
          one.value()) > 0) {
        came.add(one.value());
      }
    });
    Map<String, Object> page = new HashMap<>(Map.of("tookPlace", "yes", "chair", "Martin Walsh", "tookPart", came,
        "absentWhy", "Joan Patel is ill."));
    for (int i = 1; shown.containsKey("c" + i + "Name"); i++) {
      page.put("c" + i + "Part", "PN1");
    }
    return page(page, changes);
  }

  private static String list(List<String> agencies) {
    return String.join(",", agencies.stream().map(agency -> "'" + agency + "'").toList()) + (agencies.isEmpty() ? "''" : "");
  }

  /** From the need to a conference on that day that was quorate: everything up to the views. */
  public void quorate(String contact, String day) {
    practice.handIn("chair", "Arrange conference", contact, arranged(day));
    inviteEverybody(contact);
    practice.itIs(day);
    practice.handIn("minutes", "Record conference", contact, recorded(contact, List.of("social-care", "health", "school", "police")));
  }

  /** Decides alike for these children, or all of them where none is given. */
  public void decided(String contact, String decision, List<String> children, Object... changes) {
    practice.handIn("chair", "Decide plan", contact, decision(decision, children.isEmpty()
        ? offered("Decide plan", contact, "offeredChildren") : children, changes));
  }

  /** Ends the day: nothing more for the plan, the core group and its dates, no action. */
  public void rounded(String contact, String coreGroup, String review) {
    if (!practice.tasks("Add to plan", contact).isEmpty()) {
      practice.handIn("minutes", "Add to plan", contact, Map.of("adding", "nothing"));
      practice.handIn("chair", "Name core group", contact,
          page(Map.of("members", offered("Name core group", contact, "offeredMembers"), "reviewAt", review,
          "mustNotMiss", "none"), "coreGroupAt", coreGroup));
    }
    practice.handIn("minutes", "Agree action", contact, Map.of("agreed", "nothing"));
  }

  /** The meeting of a contact's conference process now. */
  public UUID meeting(String contact) {
    return UUID.fromString((String) runtime.getVariable(practice.process("conference", contact).getId(), "subjectRef"));
  }

  public Map<String, Object> shown(String label, String contact) {
    return forms.prefilled(practice.task(label, contact), "chair");
  }

  /** The choices of a page by their values. */
  public List<String> offered(String label, String contact, String key) {
    return options(shown(label, contact), key).stream().map(Option::value).toList();
  }

  private static List<Option> options(Map<String, Object> shown, String key) {
    return ((List<?>) shown.get(key)).stream().map(Option.class::cast).toList();
  }

  /** Who is asked about a late obligation. */
  public List<Task> asked(UUID clock) {
    return tasks.createTaskQuery().processVariableValueEquals("lateClockRef", clock.toString()).taskName("Agree what happens now").list();
  }

  // Pages.

  public static Map<String, Object> arranged(String day, Object... changes) {
    return page(Map.of("plannedAt", day, "how", "in-person", "place", "Town Hall, room 3", "chair", "chair",
        "purpose", "Whether each child needs a plan."), changes);
  }

  public static Map<String, Object> viewed(Object... changes) {
    return page(Map.of("agency", "health", "view", "A plan is needed.", "dissents", "no", "anotherView", "no"), changes);
  }

  public static Map<String, Object> decision(String decision, List<String> children, Object... changes) {
    Map<String, Object> page = new HashMap<>(Map.of("children", children, "decision", decision,
        "reasons", "Harm is likely while nobody gets up."));
    if (decision.equals("plan-begins") || decision.equals("plan-continues")) {
      page.put("category", "neglect");
    }
    return page(page, changes);
  }
}
