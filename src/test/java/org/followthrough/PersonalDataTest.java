package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.page.Submission;
import org.followthrough.people.Deputies;
import org.followthrough.plan.CoreGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names, addresses and narrative live in the record and nowhere else: planted in every field of every form, in drafts,
 * changes, refusals and failures, none is found in any column of the engine's tables, history included, nor in the log.
 */
@InTheHouse
@ExtendWith(OutputCaptureExtension.class)
class PersonalDataTest {

  private static final String ENGINE = "/camunda/api/engine/engine/default";
  /** In no model, form or message of ours. */
  private static final String PLANTED = "Quillfeather";
  private static final String BORN = "2017-07-23";
  private static final ObjectMapper JSON = new ObjectMapper();

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired HeldConference conference;
  @Autowired Deputies deputies;
  @Autowired PlannedFamily family;
  @Autowired MovingFamily moving;
  @Autowired CoreGroups coreGroups;
  @Autowired DepartingFamily departing;
  @Autowired ProcessEngine engine;
  @Autowired JdbcClient jdbc;

  private final Map<String, Visitor> signedIn = new HashMap<>();
  private final Set<String> handedIn = new TreeSet<>();
  private int planted;

  @AfterEach
  void theDatabaseIsWholeAgain() {
    practice.itIs("2027-01-04T10:00");
    deputies.end();
    jdbc.sql("alter table casework.concern drop constraint if exists planted").update();
    jdbc.sql("alter table casework.escalation_step drop constraint if exists planted").update();
  }

  @Test
  void nothing_that_is_typed_about_a_family_reaches_the_engines_tables_or_the_log(CapturedOutput log) throws IOException {
    practice.itIs("2026-11-16T10:00");
    String first = aContact("contact-received", Map.of(), 3);
    lateAndEscalated(first);
    decide(first);
    changes(first);
    followThrough(first);
    conference(first);
    String second = aContact("contact-received", Map.of(), 2);
    changesOfAFamily(second);
    String third = aContact("contact-received", Map.of("whoReferred", "member-of-the-public"), 1);
    page("manager", "decide-response", third, Map.of("response", "advice", "childNeedsProtectingNow", "no"));
    page("contact", "acknowledge-contact", third, Map.of("acknowledged", "not-possible"));
    ofChildrenWithPlans();
    ofFamiliesThatMove();
    ofAFamilyThatIsMissing();
    ofTeamsThatHandOver();
    refusedByAnotherAuthority(second);
    refusals(first.equals(second) ? null : aRunningContact());
    failures();

    assertThat(handedIn).as("forms that were filled in").containsExactlyElementsOf(everyForm());
    assertThat(jdbc.sql("select count(*) from casework.chronology_entry where fields::text like '%" + PLANTED + "%'")
        .query(Integer.class).single()).as("the record has it").isGreaterThan(20);
    assertThat(found(PLANTED)).isEmpty();
    assertThat(found(BORN)).isEmpty();
    assertThat(log.getAll()).doesNotContainIgnoringCase(PLANTED).doesNotContain(BORN);
  }

  @Test
  void a_name_planted_on_purpose_is_found_wherever_it_is(CapturedOutput log) {
    practice.itIs("2026-11-16T10:00");
    String name = "Thistledown";
    assertThat(found(name)).isEmpty();
    ProcessInstance process = practice.start("contact");
    engine.getRuntimeService().setVariable(process.getId(), "childName", name + " Smith");
    engine.getRuntimeService().setVariable(process.getId(), "narrative", ("…" + name + "…").repeat(900).getBytes(StandardCharsets.UTF_8));
    Task task = practice.task("Record contact", practice.contactOf(process));
    task.setDescription("about " + name.toUpperCase());
    engine.getTaskService().saveTask(task);
    LoggerFactory.getLogger(getClass()).info("a log line about {}", name);
    assertThat(found(name)).contains("act_ru_variable.text_", "act_ge_bytearray.bytes_", "act_ru_task.description_");
    assertThat(log.getAll()).contains(name);
    engine.getRuntimeService().deleteProcessInstance(process.getId(), "planted");
    engine.getHistoryService().createHistoricProcessInstanceQuery().superProcessInstanceId(process.getId()).list()
        .forEach(called -> engine.getHistoryService().deleteHistoricProcessInstance(called.getId()));
    engine.getHistoryService().deleteHistoricProcessInstance(process.getId());
    assertThat(found(name)).isEmpty();
  }

  @Test
  void the_scan_looks_into_every_table_of_the_engine() {
    assertThat(columns().stream().map(column -> column[0]).distinct().toList()).hasSizeGreaterThan(40)
        .contains("act_hi_op_log", "act_hi_procinst", "act_hi_taskinst", "act_hi_varinst", "act_hi_detail", "act_hi_comment",
            "act_hi_decinst", "act_hi_dec_in", "act_ru_job", "act_hi_job_log", "act_ge_bytearray", "act_ru_task", "act_ru_variable",
            "act_hi_actinst", "act_ru_incident");
    // what history keeps is written at all
    practice.itIs("2026-11-16T10:00");
    practice.aRecordedContact("Niall");
    for (String table : List.of("act_hi_procinst", "act_hi_actinst", "act_hi_taskinst")) {
      assertThat(jdbc.sql("select count(*) from camunda." + table).query(Integer.class).single()).as(table).isPositive();
    }
    for (String table : List.of("act_hi_varinst", "act_hi_detail", "act_hi_decinst", "act_hi_dec_in", "act_hi_dec_out",
        "act_hi_comment", "act_hi_attachment")) {
      assertThat(jdbc.sql("select count(*) from camunda." + table).query(Integer.class).single()).as(table).isZero();
    }
  }

  // The process ----------------------------------------------------------------------------------------------------------

  private String aContact(String startForm, Map<String, Object> changed, int people) throws IOException {
    String contact = aRunningContact();
    handedIn.add(startForm);
    Map<String, Object> usual = new HashMap<>(practice.aContact());
    usual.put("parentsKnow", "not-asked");
    usual.put("sourceReference", PLANTED + "/" + System.nanoTime());
    usual.putAll(changed);
    page("contact", "record-contact", contact, usual);
    for (int i = 0; i < people; i++) {
      Map<String, Object> person = new HashMap<>(practice.aChild("birthDate", BORN, "anotherPerson", i < people - 1 ? "yes" : "no"));
      person.put("firstName", PLANTED + "child" + i);
      if (i == 2) {
        person.putAll(Map.of("kind", "adult", "relation", "mother", "birthDate", "1990-07-23"));
      }
      page("contact", "record-person", contact, person);
      for (Task choice : practice.tasks("Choose person", contact)) {
        JsonNode likely = JSON.readTree(Visitor.read(as("contact").get(ENGINE + "/task/" + choice.getId() + "/form-variables"))
            .path("likelyPeople").path("value").asText());
        page("contact", "choose-person", contact, Map.of("samePerson", likely.get(0).path("value").asText()));
      }
    }
    page("contact", "record-concern", contact, new HashMap<>(practice.aConcern("nature", "reported", "happenedAt", "2026-11-13T09:00",
        "factors", List.of("neglect", "alcohol"), "allegedWorksWithChildren", "yes", "allegedIsChild", "no")));
    for (Task choice : practice.tasks("Choose family", contact)) {
      JsonNode likely = JSON.readTree(Visitor.read(as("contact").get(ENGINE + "/task/" + choice.getId() + "/form-variables"))
          .path("likelyFamilies").path("value").asText());
      page("contact", "choose-family", contact, Map.of("family", likely.get(0).path("value").asText()));
    }
    if (!practice.tasks("Look at history", contact).isEmpty()) {
      page("contact", "look-at-history", contact, Map.of());
    }
    return contact;
  }

  private String aRunningContact() {
    HttpResponse<String> started = as("contact").json("POST", ENGINE + "/process-definition/key/referral/submit-form",
        Map.of("variables", Map.of(), "businessKey", PLANTED + " typed as a key"));
    return practice.contactOf(engine.getRuntimeService().createProcessInstanceQuery()
        .processInstanceId(Visitor.read(started).path("id").asText()).singleResult());
  }

  private void lateAndEscalated(String contact) throws IOException {
    practice.itIs("2026-11-18T09:00");
    practice.timersFire();
    page("service-manager", "agree-what-happens-now", contact, Map.of("cause", "other", "newDate", "2026-11-20T12:00"));
  }

  private void decide(String contact) throws IOException {
    Task task = practice.task("Decide response", contact);
    JsonNode children = JSON.readTree(Visitor.read(as("manager").get(ENGINE + "/task/" + task.getId() + "/form-variables"))
        .path("children").path("value").asText());
    page("manager", "decide-response", contact, new HashMap<>(Map.of("response", "assessment", "childNeedsProtectingNow", "yes",
        "childrenDifferent", List.of(children.get(0).path("value").asText()), "differentResponse", "early-help")));
  }

  private void followThrough(String contact) throws IOException {
    decide(contact);
    boolean saidNo = false;
    boolean refusedOnce = false;
    for (List<Task> open = openTasks(contact); !open.isEmpty(); open = openTasks(contact)) {
      // receipts late: until they are, everything else is done; and a case is closed when nothing else is left to do
      Task task = open.stream().min(Comparator.comparing(one -> List.of("Confirm receipt", "Decide closing").indexOf(one.getName())))
          .orElseThrow();
      String label = task.getName();
      if (label.equals("Confirm receipt") && !handedIn.contains("chase-recipients")) {
        practice.itIs("2026-11-20T09:30");
        practice.timersFire();
        task = practice.task("Chase recipients", contact);
        label = task.getName();
        actsOfEverybody(task);
      }
      String person = Answers.who(label);
      Map<String, Object> answers = Answers.to(label, LocalDateTime.ofInstant(ClockUtil.getCurrentTime().toInstant(), Submission.LONDON),
          as(person), task.getId());
      // one who is not on the list, wherever there is room for one
      for (String other : List.of("other", "another", "third")) {
        answers.putAll(Map.of(other + "Agency", "other", other + "Purpose", "for-information",
            other + "Extent", "without-confidential-part", other + "Way", "post", other + "Checked", true));
      }
      answers.keySet().retainAll(keys(label));
      if (label.equals("Decide closing")) {
        settleElsewhere();
      }
      if (label.equals("Write assessment") && !handedIn.contains("agree-extension")) {
        answers.put("moreTimeNeeded", "yes");
      }
      if (label.equals("Confirm receipt") && !saidNo) {
        answers.put("received", "no");
        saidNo = true;
      }
      if (label.equals("Agree action")) {
        answers.put("accepted", "no");
      }
      // whoever was not there cannot do it, and the next is late at first
      if (label.equals("Accept action") && !handedIn.contains("give-action-anew")) {
        answers.put("takesItOn", "no");
      }
      if (label.equals("Report on action") && !handedIn.contains("decide-contingency")) {
        answers.putAll(Map.of("stands", "late", "hopedFor", "2027-01-04"));
      }
      if (label.equals("See child") && !refusedOnce) {
        answers.put("seen", "no");
        refusedOnce = true;
      }
      if (label.equals("Tell agencies")) {
        answers.put("conferenceRequested", "yes");
      }
      page(person, form(label), task, answers);
      // the conference that follows has a walk of its own
      engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("conference").list()
          .forEach(process -> engine.getRuntimeService().deleteProcessInstance(process.getId(), "walked elsewhere"));
    }
  }

  /** A conference that is not quorate at first, with everything that is written for it and after it. */
  private void conference(String contact) throws IOException {
    conference.needed(contact, ClockUtil.getCurrentTime().toInstant());
    usual(contact, "Arrange conference", Map.of());
    usual(contact, "Invite to conference", Map.of("whom", "family", "person", conference.offered("Invite to conference",
        contact, "familyToInvite").get(0), "part", "left-out", "anotherInvitation", "yes"));
    usual(contact, "Invite to conference", Map.of("whom", "professional", "agency", "probation", "purpose", "for-action",
        "directContact", "yes", "anotherInvitation", "yes"));
    usual(contact, "Invite to conference", Map.of());
    usual(contact, "Write report", Map.of());
    while (!practice.tasks("Report to conference", contact).isEmpty()) {
      usual(contact, "Report to conference", Map.of());
    }
    usual(contact, "Record conference", Map.of("tookPart", List.of(), "otherAgency", "housing", "anotherAgency", "housing"));
    usual(contact, "Decide way forward", Map.of());
    practice.itIs("2026-11-20T09:45");
    usual(contact, "Record conference", Map.of("otherAgency", "housing", "anotherAgency", "social-care"));
    for (String label : List.of("Record view", "Decide plan", "Add to plan", "Name core group", "Agree action", "Send decision letter",
        "Answer dissent")) {
      usual(contact, label, Map.of("agreed", "nothing", "otherAgency", "housing"));
    }
  }

  private void usual(String contact, String label, Map<String, Object> given) throws IOException {
    Task task = practice.tasks(label, contact).get(0);
    // what a conference says is written down by its own people
    String person = Set.of("Add to plan", "Agree action").contains(label) ? "minutes" : Answers.who(label);
    Map<String, Object> answers = new HashMap<>(Answers.to(label, LocalDateTime.ofInstant(ClockUtil.getCurrentTime().toInstant(),
        Submission.LONDON), as(person), task.getId()));
    answers.putAll(given);
    answers.keySet().retainAll(keys(label));
    page(person, form(label), task, answers);
  }

  /** What other processes of the family still hold open, and no page of this contact ends. */
  private void settleElsewhere() {
    jdbc.sql("update casework.meeting set ended_as = 'no-longer-needed' where held_at is null and ended_as is null").update();
    jdbc.sql("update casework.enquiry_child set ended_at = greatest(now(), begun_at), ended_as = 'withdrawn' where ended_at is null")
        .update();
    jdbc.sql("update casework.agreed_action set ended_as = 'not-needed', ended_at = now() where ended_as is null").update();
    jdbc.sql("update casework.protection set followed_at = now(), followed_by = 'safe-without-protection' where followed_at is null")
        .update();
  }

  private List<Task> openTasks(String contact) {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("contactRef", contact).orderByTaskCreateTime()
        .asc().list().stream()
        // what an enquiry leads to is filled in elsewhere, and what is late was asked about before
        .filter(task -> Answers.who(task.getName()) != null && !task.getName().equals("Agree what happens now")).toList();
  }

  private void actsOfEverybody(Task task) {
    change(task, "protect", Map.of(), null);
    change(task, "call-discussion", Map.of("injury", "yes", "enquiryBegunAt", ""), null);
    change(task, "add-action", Map.of("dueOn", "2026-12-01"), null);
    change(task, "send-minutes", Map.of(), null);
    change(task, "correct-minutes", Map.of(), null);
  }

  private Set<String> keys(String label) throws IOException {
    Set<String> keys = new TreeSet<>();
    collect(JSON.readTree(drawing(form(label)).toFile()), keys);
    return keys;
  }

  private static void collect(JsonNode parent, Set<String> keys) {
    for (JsonNode component : parent.path("components")) {
      if (component.hasNonNull("key")) {
        keys.add(component.path("key").asText());
      }
      collect(component, keys);
    }
  }

  private static String form(String label) {
    return label.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /** The core group, the visits, and what is told of children outside any page. */
  private void ofChildrenWithPlans() throws IOException {
    practice.itIs("2026-11-23T14:00");
    String contact = family.contact();
    UUID conference = family.conference(contact, Practice.london("2026-11-23T10:00"));
    UUID plan = family.wholePlan(contact, "Aoife", conference);
    family.visits(contact, plan);
    family.coreGroup(contact, conference);
    practice.itIs("2026-11-24T10:00");
    page("worker", "arrange-core-group", contact, Map.of("plannedAt", "2026-11-24T10:00", "newAgency", "health"));
    page("worker", "record-core-group", contact, Map.of("coreGroupHeld", "yes", "socialWorker", "no", "otherAgency", "family",
        "otherJoins", true, "tookPart", coreGroups.members(family.caseOf(contact)).stream().map(one -> one.id().toString()).toList()));
    page("worker", "review-action", contact, Map.of("result", "not-looked-at"));
    practice.handIn("worker", "Agree action", contact, Map.of("agreed", "nothing"));
    page("worker", "add-to-plan", contact, Map.of("adding", "row", "byWhen", "2027-01-11", "addMore", "no"));
    page("worker", "record-visit", contact, Map.of("seen", "no", "notSeenWhy", "nobody-at-home"));
    page("worker", "record-visit", contact, Map.of("seen", "yes", "alone", "no", "bedroom", "no"));
    Task visit = practice.task("Record visit", contact);
    change(visit, "seen-by-agency", Map.of("at", "2026-11-24T09:00"), null);
    change(visit, "birth", Map.of("bornOn", "2026-11-24"), null);
    change(visit, "end-plan", Map.of("how", "recorded-in-error", "endedOn", "2026-11-24", "theirConference", ""), null);
  }

  /** One family leaves for another authority, another one comes from there; the pack, the first call and every page are full of names. */
  private void ofFamiliesThatMove() throws IOException {
    String leaving = family.contact();
    UUID move = moving.leaves(leaving, Practice.london("2026-11-24T10:00"), false, "england-or-wales", "Aoife");
    family.wholePlan(leaving, "Aoife", family.conference(leaving, Practice.london("2026-11-23T10:00")));
    moving.transfer(leaving, move);
    for (String label : List.of("Check pack", "Give pack by hand", "Record receipt", "Record answer", "Record conference date",
        "Record conference outcome", "Write understanding", "Confirm understanding", "Record acceptance")) {
      usual(leaving, label, Map.of());
    }
    assertThat(moving.holders(family.child(leaving, "Aoife"))).hasSize(2);

    Map<String, Object> child = MovingFamily.person(true, PLANTED + "child0", Practice.aNewName(), "bornOn", BORN);
    UUID arrival = moving.announced(Practice.london("2026-11-24T09:00"), MovingFamily.firstCall(List.of(child), List.of(), "why", PLANTED));
    String arriving = moving.contactOf(arrival);
    while (!practice.tasks("Match person", arriving).isEmpty()) {
      usual(arriving, "Match person", Map.of());
    }
    usual(arriving, "Match family", Map.of());
    Map<String, Object> pack = moving.pack(arrival, List.of(MovingFamily.action(PLANTED, "2026-12-01")));
    page("worker", "take-in-pack", arriving, pack);
    for (String label : List.of("Answer move", "Write understanding", "Confirm understanding", "Accept responsibility",
        "Record handing over")) {
      usual(arriving, label, Map.of());
    }
    assertThat(moving.holders((String) child.get("id"))).hasSize(2);
  }

  /** Nobody knows where they are; where they are found, the other authority does not take them on, and asks after them all the same. */
  private void ofAFamilyThatIsMissing() throws IOException {
    String contact = moving.contact();
    UUID move = moving.move(contact, "not-known", null, false, ClockUtil.getCurrentTime().toInstant());
    moving.called("missing-family", contact, move);
    usual(contact, "Report missing", Map.of());
    usual(contact, "Trace family", Map.of("familyFound", "no"));
    usual(contact, "Trace family", Map.of());
    moving.called("dispute", contact, move);
    usual(contact, "Settle dispute", Map.of());
    moving.word(contact, move, "chase", Map.of("waitsFor", PLANTED + " receipt", "since", "2026-11-20T10:00", "level", "team-manager"),
        ClockUtil.getCurrentTime().toInstant());
    usual(contact, "Answer authority", Map.of());
  }

  /** A child who goes to another team, which does not want to at first; and another who goes for a time. */
  private void ofTeamsThatHandOver() throws IOException {
    String contact = family.contact();
    family.members(contact);
    family.visits(contact, family.wholePlan(contact, "Aoife", family.conference(contact, Practice.london("2026-11-24T09:00"))));
    UUID move = moves(contact, "Aoife", "destination", "team", "team", "south", "onlyForATime", "no");
    JsonNode network = JSON.readTree(Visitor.read(as("worker").get(ENGINE + "/task/" + departing.task("Announce move", move).getId()
        + "/form-variables"))
        .path("network").path("value").asText());
    List<String> one = List.of(network.get(0).path("value").asText());
    onTheMove("worker", "Announce move", move, Map.of("spokenTo", one, "otherAgency", "probation"));
    onTheMove("worker", "Confirm notice", move, Map.of("knows", true, "onBehalfHow", "by-telephone"));
    onTheMove("worker", "Make first call", move, Map.of());
    onTheMove("worker", "Weigh up move", move, Map.of("risk", "rises", "staysBehind", one));
    onTheMove("worker", "Name successor", move, Map.of("named", "yes", "successorAgency", "health"));
    onTheMove("worker", "Confirm succession", move, Map.of());
    onTheMove("south-manager", "Take family on", move, Map.of("takenOn", "no"));
    onTheMove("service-manager", "Settle handover", move, Map.of("goesAhead", "yes"));
    departing.understood(move);
    onTheMove("south-manager", "Accept family", move, Map.of("accepted", "yes"));
    onTheMove("south-worker", "Tell family", move, Map.of());
    UUID stay = moves(contact, "Zoë", "destination", "abroad", "onlyForATime", "yes");
    onTheMove("worker", "Make first call", stay, Map.of());
    onTheMove("worker", "Weigh up move", stay, Map.of("risk", "same"));
    onTheMove("worker", "Review stay", stay, Map.of("stay", "returned"));
  }

  private UUID moves(String contact, String child, String... news) {
    Map<String, Object> fields = new HashMap<>(Map.of("children", List.of(family.child(contact, child)), "learnedAt", "2026-11-24T09:30",
        "learnedFrom", mark("from"), "authority", mark("authority"), "address", mark("address"), "why", mark("why")));
    for (int i = 0; i < news.length; i += 2) {
      fields.put(news[i], news[i + 1]);
    }
    HttpResponse<String> answer = as("worker").json("POST", "/api/cases/" + practice.caseOf(contact) + "/changes/family-moves", fields);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
    return jdbc.sql("select m.id from move m join move_child c on c.move_id = m.id where c.person_id = ?::uuid")
        .param(family.child(contact, child)).query(UUID.class).single();
  }

  private void onTheMove(String person, String label, UUID move, Map<String, Object> given) throws IOException {
    page(person, form(label), departing.tasks(label, move).get(0), given);
  }

  /** A message that their system has not let in; what it says is full of names, and so is its refusal. */
  private void refusedByAnotherAuthority(String contact) throws IOException {
    UUID move = UUID.randomUUID();
    UUID message = UUID.randomUUID();
    jdbc.sql("""
            insert into casework.move (id, incoming, contact_id, case_id, destination, authority, connected, learned_at, learned_from)
            select :move, false, id, case_id, 'england-or-wales', 'barchester', true, now(), 'the mother' from casework.contact
              where reference = :contact""")
        .param("move", move).param("contact", contact).update();
    jdbc.sql("""
            insert into casework.outbox (id, authority, move_id, type, body, posted_at, on_its_way_at, refused_at, refused_why)
            values (:id, 'barchester', :move, 'called-off', :body, now(), now(), now(), :why)""")
        .param("id", message).param("move", move).param("body", "{\"fields\":{\"why\":\"" + PLANTED + " stays\"}}")
        .param("why", PLANTED).update();
    jdbc.sql("""
            insert into casework.chronology_entry (contact_id, subject_id, what, happened_at, recorded_at, recorded_by, nature)
            select id, :message, 'Message refused', now(), now(), 'system', 'fact' from casework.contact where reference = :contact""")
        .param("message", message).param("contact", contact).update();
    engine.getRuntimeService().createProcessInstanceByKey("exchange").setVariable("contactRef", contact)
        .setVariable("subjectRef", message.toString()).startBeforeActivity("Activity_FindAnotherWay").execute();
    page("worker", "give-message-by-hand", contact, Map.of("givenHow", "by-telephone"));
  }

  private void changes(String contact) throws IOException {
    Task task = practice.task("Name lead professional", contact);
    change(task, "correct-time", Map.of("happenedAt", "2026-11-16T08:00"), "Contact received");
    change(task, "take-back", Map.of(), null);
  }

  private void changesOfAFamily(String contact) throws IOException {
    Task task = practice.task("Decide response", contact);
    change(task, "legal-status", Map.of("status", PLANTED + " order", "since", "2026-11-16T10:00"), null);
    change(task, "deputy", Map.of("deputy", "worker", "until", "2026-12-01T10:00"), null);
    change(task, "split", Map.of(), null);
    change(task, "child-died", Map.of("diedOn", "2026-11-17"), null);
    page("manager", "decide-what-continues", engine.getTaskService().createTaskQuery().taskName("Decide what continues")
        .list().get(0), Map.of());
    List<Task> still = practice.tasks("Decide response", contact);
    if (!still.isEmpty()) {
      change(still.get(0), "end", Map.of("how", "recorded-in-error"), null);
    }
  }

  /** Whatever else the change asks is planted; of lists the first, or the one that begins so, is taken. */
  private void change(Task task, String id, Map<String, Object> given, String entry) {
    Visitor manager = as("manager");
    Map<String, Object> fields = new LinkedHashMap<>();
    for (JsonNode offered : Visitor.read(manager.get("/api/tasks/" + task.getId() + "/changes"))) {
      if (offered.path("id").asText().equals(id)) {
        for (JsonNode field : offered.path("fields")) {
          String key = field.path("key").asText();
          JsonNode options = field.path("options");
          if (options.isEmpty()) {
            fields.put(key, mark(key));
          } else {
            JsonNode option = options.get(0);
            for (JsonNode other : options) {
              option = entry != null && other.path("label").asText().startsWith(entry) ? other : option;
            }
            fields.put(key, field.path("type").asText().equals("checklist") ? List.of(option.path("value").asText())
                : option.path("value").asText());
          }
        }
      }
    }
    fields.putAll(given);
    HttpResponse<String> answer = manager.json("POST", "/api/tasks/" + task.getId() + "/changes/" + id, fields);
    assertThat(answer.statusCode()).as(id + " " + fields + " " + answer.body()).isIn(200, 204);
  }

  // What is refused, and what fails -------------------------------------------------------------------------------------

  private void refusals(String contact) throws IOException {
    String task = practice.task("Record contact", contact).getId();
    Visitor worker = as("contact");
    String submit = ENGINE + "/task/" + task + "/submit-form";
    String draft = "/api/tasks/" + task + "/draft";
    for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("team", PLANTED), Map.of("happenedAt", PLANTED),
        Map.of("happenedAt", "2026-11-16T" + PLANTED), Map.of("referrerName", PLANTED.repeat(100)), Map.of("how", List.of(PLANTED)),
        Map.of("agency", PLANTED), Map.of("childrenWhereabouts", " "), Map.of("happenedAt", "2036-01-01T10:00"))) {
      Map<String, Object> fields = new HashMap<>(practice.aContact());
      fields.put("safeNowWhy", mark("safeNowWhy"));
      fields.putAll(wrong);
      refused(worker.json("POST", submit, posted(fields)));
    }
    for (String body : List.of(PLANTED, "{\"variables\":{\"how\":" + PLANTED + "}}", "{\"variables\":\"" + PLANTED + "\"}",
        "[\"" + PLANTED + "\"]", "{\"variables\":{\"how\":{\"value\":\"" + PLANTED
            + "\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"" + PLANTED
            + "\",\"serializationDataFormat\":\"application/json\"}}}}",
        "{\"variables\":{\"how\":{\"value\":\"" + PLANTED + "\",\"type\":\"Integer\"}}}",
        "{\"variables\":{\"how\":{\"value\":\"{" + PLANTED + "\",\"type\":\"Json\"}}}",
        "{\"variables\":{\"how\":{\"value\":\"" + PLANTED + "\",\"type\":\"Date\"}}}",
        "{\"variables\":{\"how\":{\"value\":\"" + PLANTED + "\",\"type\":\"File\",\"valueInfo\":{\"filename\":\"" + PLANTED + "\"}}}}",
        "{\"variables\":{\"how\":{\"value\":\"" + PLANTED + "\",\"type\":\"" + PLANTED + "\"}}}")) {
      refused(worker.json("POST", submit, body));
    }
    for (String body : List.of(PLANTED, "[\"" + PLANTED + "\"]", "\"" + PLANTED + "\"", "{\"how\":" + PLANTED + "}",
        "{\"" + PLANTED + "\"")) {
      refused(worker.json("PUT", draft, body));
    }
    assertThat(worker.json("PUT", draft, Map.of("how", PLANTED, "unknownField", PLANTED)).statusCode()).isEqualTo(204);
    Visitor head = as("head");
    for (String body : List.of("{\"day\":\"" + PLANTED + "\"}", PLANTED, "{\"day\":\"2026-12-24\",\"working\":\"" + PLANTED + "\"}")) {
      refused(head.json("POST", "/api/holidays", body));
    }
    String decision = practice.task("Decide response", practice.aRecordedContact("Niall")).getId();
    Visitor manager = as("manager");
    for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("children", List.of(PLANTED), "why", PLANTED))) {
      refused(manager.json("POST", "/api/tasks/" + decision + "/changes/split", wrong));
    }
    refused(manager.json("POST", "/api/tasks/" + decision + "/changes/join", Map.of("reference", PLANTED, "why", PLANTED)));
    refused(manager.json("POST", "/api/tasks/" + decision + "/changes/deputy", Map.of("deputy", PLANTED, "until", PLANTED)));
    refused(manager.json("POST", "/api/tasks/" + decision + "/changes/legal-status",
        Map.of("child", PLANTED, "status", PLANTED, "since", PLANTED)));
    refused(manager.json("POST", "/api/tasks/" + decision + "/changes/correct-time",
        Map.of("entry", PLANTED, "happenedAt", PLANTED, "why", PLANTED)));
    refused(manager.json("POST", ENGINE + "/task/" + decision + "/claim", Map.of("userId", PLANTED)));
    refused(manager.json("POST", ENGINE + "/task/" + decision + "/comment/create", Map.of("message", PLANTED)));
    Visitor.at(port).signIn(PLANTED, PLANTED);
  }

  private static void refused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 500);
  }

  /** The database refuses a row, in a form and in a timer's job, and would like to say which. */
  private void failures() throws IOException {
    String contact = aRunningContact();
    page("contact", "record-contact", contact, new HashMap<>(practice.aContact()));
    page("contact", "record-person", contact, practice.aChild("firstName", PLANTED + System.nanoTime(), "lastName", PLANTED,
        "birthDate", "2019-01-01", "address", System.nanoTime() + PLANTED));
    for (Task choice : practice.tasks("Choose person", contact)) {
      page("contact", "choose-person", contact, Map.of("samePerson", "new"));
    }
    jdbc.sql("alter table casework.concern add constraint planted check (narrative not like '%" + PLANTED + " fails%') not valid").update();
    Map<String, Object> fields = new HashMap<>(practice.aConcern("narrative", PLANTED + " fails"));
    refused(as("contact").json("POST", ENGINE + "/task/" + practice.task("Record concern", contact).getId() + "/submit-form",
        posted(fields)));
    jdbc.sql("alter table casework.concern drop constraint planted").update();
    String late = practice.aRecordedContact(PLANTED);
    jdbc.sql("alter table casework.escalation_step add constraint planted check (level < 0) not valid").update();
    practice.itIs("2026-12-01T09:00");
    try {
      practice.timersFire();
    } catch (RuntimeException expected) {
      // the job keeps the failure, with its whole story, in the engine's tables
    }
    assertThat(engine.getManagementService().createJobQuery().withException().count()).isPositive();
    assertThat(practice.task("Decide response", late)).isNotNull();
    jdbc.sql("alter table casework.escalation_step drop constraint planted").update();
  }

  // Hands ---------------------------------------------------------------------------------------------------------------

  private Visitor as(String person) {
    return signedIn.computeIfAbsent(person, id -> {
      Visitor visitor = Visitor.at(port, id);
      visitor.get("/camunda/app/tasklist/default/");
      visitor.get("/api/session");
      return visitor;
    });
  }

  /** Hands a page in over HTTP, first as a draft; every text that is not given is planted. */
  private void page(String person, String form, String contact, Map<String, Object> given) throws IOException {
    page(person, form, practice.task(Character.toUpperCase(form.charAt(0)) + form.substring(1).replace('-', ' '), contact), given);
  }

  private void page(String person, String form, Task task, Map<String, Object> given) throws IOException {
    String label = task.getName();
    Map<String, Object> fields = new LinkedHashMap<>();
    fill(JSON.readTree(drawing(form).toFile()), fields);
    given.forEach((key, value) -> fields.put(key, value instanceof String text && fields.containsKey(key) && !text.contains(PLANTED)
        && !key.equals("sha256") ? PLANTED + " " + text : value));
    Visitor visitor = as(person);
    assertThat(visitor.get(ENGINE + "/task/" + task.getId() + "/form-variables").statusCode()).as(label).isEqualTo(200);
    assertThat(visitor.json("PUT", "/api/tasks/" + task.getId() + "/draft", fields).statusCode()).as(label).isEqualTo(204);
    HttpResponse<String> answer = visitor.json("POST", ENGINE + "/task/" + task.getId() + "/submit-form", posted(fields));
    assertThat(answer.statusCode()).as(label + " " + fields + ": " + answer.body()).isIn(200, 204);
    handedIn.add(form);
  }

  private void fill(JsonNode parent, Map<String, Object> fields) {
    for (JsonNode component : parent.path("components")) {
      String type = component.path("type").asText();
      if (type.equals("textfield") || type.equals("textarea")) {
        fields.put(component.path("key").asText(), mark(component.path("key").asText()));
      }
      fill(component, fields);
    }
  }

  private String mark(String key) {
    return PLANTED + " " + key + (key.equals("lastName") || key.equals("address") || key.equals("otherNames") ? "" : " " + ++planted);
  }

  private static Map<String, Object> posted(Map<String, Object> fields) throws IOException {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      variables.put(field.getKey(), field.getValue() instanceof List<?>
          ? Map.of("value", JSON.writeValueAsString(field.getValue()), "type", "Json") : Map.of("value", field.getValue()));
    }
    return Map.of("variables", variables);
  }

  private static Path drawing(String form) throws IOException {
    try (Stream<Path> forms = Files.walk(Path.of("forms"))) {
      return forms.filter(file -> file.endsWith(form + ".form")).findFirst().orElseThrow();
    }
  }

  private static List<String> everyForm() throws IOException {
    try (Stream<Path> forms = Files.walk(Path.of("forms"))) {
      return forms.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".form"))
          .map(name -> name.replace(".form", "")).sorted().toList();
    }
  }

  // The scan --------------------------------------------------------------------------------------------------------------

  private List<String[]> columns() {
    return jdbc.sql("""
            select table_name, column_name, data_type from information_schema.columns
            where table_schema = 'camunda' and table_name like 'act\\_%'
              and data_type not in ('integer', 'bigint', 'boolean', 'timestamp without time zone', 'double precision', 'smallint')
            order by 1, 2""")
        .query((row, n) -> new String[] {row.getString(1), row.getString(2), row.getString(3)}).list();
  }

  /** Every column of the engine's tables that holds this text, in any case, as text or inside bytes. */
  private List<String> found(String text) {
    List<String> places = new ArrayList<>();
    for (String[] column : columns()) {
      String content = column[2].equals("bytea") ? "encode(" + column[1] + ", 'escape')" : column[1] + "::text";
      if (jdbc.sql("select exists (select from camunda." + column[0] + " where " + content + " ilike :text)")
          .param("text", "%" + text + "%").query(Boolean.class).single()) {
        places.add(column[0] + "." + column[1]);
      }
    }
    return places;
  }
}
