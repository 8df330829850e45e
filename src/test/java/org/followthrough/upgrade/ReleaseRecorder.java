package org.followthrough.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.followthrough.DepartingFamily;
import org.followthrough.Designer;
import org.followthrough.HeldConference;
import org.followthrough.MovingFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.followthrough.database.Dump;
import org.followthrough.exchange.Dispatch;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Keeps this release for the tests of the next one: {@code mvn test -Dexcluded.tests= -Dtest=ReleaseRecorder -Drelease=NAME} lives through
 * a week of its own, on a clock that stands where it is put, until every page of every process is open, and writes the database into
 * {@code src/test/resources/upgrade}, in place of the release that was kept before.
 */
@Tag("benchmark")
class ReleaseRecorder {

  private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-11-16T10:00");
  private static final LocalDateTime A_WEEK_LATER = MONDAY.plusDays(7);
  private static final LocalDateTime NOON = A_WEEK_LATER.withHour(12);
  /** The working days that a designer allows for an assessment. */
  static final int DESIGNERS_LIMIT = 44;
  static final String DESIGNERS_WORDS = "names one the same morning";
  /** Visits and core groups come again for ever. */
  private static final int TIMES = 4;

  /** How a page is answered otherwise than usual, the how many-th of its label in a family: keys and values. */
  private interface Answer {
    Object[] to(JsonNode shown, int time);
  }

  private static final Map<String, Answer> USUAL = Map.of("Decide plan", (shown, time) ->
      new Object[] {"decision", offered(shown, "decisions")});

  private Installed house;
  private Everybody everybody;
  private Practice practice;
  private TheRecord record;
  private PlannedFamily planned;
  private MovingFamily moving;
  private DepartingFamily departing;

  @Test
  void keeps_this_release() throws IOException, SQLException {
    String release = System.getProperty("release");
    assertThat(release).as("-Drelease=NAME").isNotBlank();
    clock(MONDAY);
    String database = Installed.newDatabase("recorded");
    try (Installed installed = new Installed(database, "followthrough.demo-families=true")) {
      house = installed;
      everybody = new Everybody(house);
      practice = house.get(Practice.class);
      record = house.get(TheRecord.class);
      planned = house.get(PlannedFamily.class);
      moving = house.get(MovingFamily.class);
      departing = house.get(DepartingFamily.class);
      aWeekOfFamilies();
      clock(NOON);
      everybody.begin("Decide response", Map.of("reasons", "A bruise nobody explains."));
      assertThat(labelsOf(everybody.open())).as("pages that are open somewhere").containsAll(everyLabel());
      assertThat(running()).as("processes that run").containsAll(everyProcess());
      assertThat(Files.size(Dump.keep(release, NOON, database).file())).as("bytes of the dump").isLessThan(1 << 20);
    }
  }

  private void aWeekOfFamilies() throws IOException {
    Answer child = always("firstName", "Séamus", "anotherPerson", "yes");
    Answer mother = always("kind", "adult", "firstName", "Nuala", "birthDate", "1991-05-04", "relation", "mother", "sex", "F",
        "parentalResponsibility", "yes");
    Answer family = (shown, time) -> (time == 1 ? child : mother).to(shown, time);

    // what is late when the week is over
    tell(label -> Set.of("Confirm receipt", "Allocate enquiry", "Write assessment").contains(label), MONDAY, this::aContact,
        Map.of("Record person", family));
    clock(A_WEEK_LATER);
    practice.timersFire();
    aDesignerDeploys();

    // at the front door
    lives(this::aContact, Map.of("Record contact", always("whoReferred", "member-of-the-public", "sourceCode", "1D"),
        "Decide response", advice()));
    lives(this::aContact, Map.of("Choose person", (shown, time) -> new Object[] {"samePerson", offered(shown, "likelyPeople")},
        "Choose family", (shown, time) -> new Object[] {"family", offered(shown, "likelyFamilies")}, "Decide response", advice()));
    // an assessment, and help
    lives(this::aContact, Map.of("Record person", family, "Decide response", always("response", "assessment",
        "childNeedsProtectingNow", "no"), "Write assessment",
        first("moreTimeNeeded", "yes", "whyMoreTime", "The doctor’s word, by Friday.")));
    // a child who has died
    lives(() -> {
      String contact = practice.aRecordedContact("Niall");
      house.get(Menu.class).choose("manager", practice.task("Decide response", contact).getId(), "child-died",
          Map.of("child", record.child(contact, "Niall"), "diedOn", "2026-11-22"));
    }, Map.of());
    // a conference that is not quorate at first; and what follows a plan
    lives(() -> house.get(HeldConference.class).needed(planned.contact(), now()),
        Map.of("Invite to conference", this::invited, "Record conference", (shown, time) ->
        time == 1 ? new Object[] {"tookPart", List.of()} : new Object[] {"otherAgency", "housing", "otherName", "Lena Ruiz",
            "anotherAgency", "social-care", "anotherName", "Sam Carter"}));
    lives(() -> {
      String contact = planned.contact();
      UUID conference = planned.conference(contact, london("2026-11-20T10:00"));
      planned.visits(contact, planned.wholePlan(contact, "Aoife", conference));
      planned.coreGroup(contact, conference);
    }, Map.of());
    familiesThatMove();
    // a child who is hurt: nobody takes the action on, nobody is let in, somebody has not got the minutes
    lives(this::aContact, Map.of("Record person", family, "Agree action", always("accepted", "no"),
        "Accept action", first("takesItOn", "no", "whyNot", "It is not ours."),
        "Report on action", first("stands", "late", "why", "She is away.", "hopedFor", "2027-01-04"), "Confirm receipt",
        first("received", "no"), "See child", first("seen", "no"), "Decide finding",
        always("finding", "continuing-risk", "nextStep", "conference"),
        "Invite to conference", this::invited));
    // a child who is not, but a health visitor asks for a conference
    lives(this::aContact, Map.of("Record person", family, "Tell agencies", always("conferenceRequested", "yes"),
        "Invite to conference", this::invited));
  }

  /**
   * What a designer has changed: a limit, under which some clocks run and others do not, and a model that the next release may change too.
   */
  private void aDesignerDeploys() throws IOException {
    Map<String, String> files = new HashMap<>();
    files.put("deadlines.dmn", Files.readString(Path.of("bpmn", "deadlines.dmn"))
        .replaceFirst("(?s)(id=\"Cell_AssessmentCompleteAfterReferral_Amount\">\\s*<text>)45<", "$1" + DESIGNERS_LIMIT + "<"));
    files.put("lead-professional.bpmn", Files.readString(Path.of("bpmn", "lead-professional.bpmn"))
        .replace("names one at once", DESIGNERS_WORDS));
    files.put("name-lead-professional.form", Files.readString(Path.of("forms", "lead-professional", "name-lead-professional.form")));
    assertThat(String.join("", files.values())).contains(">" + DESIGNERS_LIMIT + "<", DESIGNERS_WORDS);
    new Designer(house.port()).changes(files);
  }

  private void familiesThatMove() {
    // to another authority and from there
    lives(() -> {
      String contact = planned.contact();
      UUID move = moving.leaves(contact, now().minusSeconds(3600), false, "england-or-wales", "Aoife");
      planned.wholePlan(contact, "Aoife", planned.conference(contact, london("2026-11-20T10:00")));
      moving.transfer(contact, move);
    }, Map.of());
    lives(() -> moving.announced(now().minusSeconds(3600), MovingFamily.firstCall(
        List.of(MovingFamily.person(true, "Niall", Practice.aNewName(), "bornOn", "2017-07-23")), List.of())), Map.of());
    // nobody knows where; and nobody wants to take them on
    lives(() -> {
      String contact = moving.contact();
      moving.called("missing-family", contact, moving.move(contact, "not-known", null, false, now()));
    }, Map.of("Decide response", advice(), "Trace family", first("familyFound", "no", "next", "The school is asked.")));
    lives(() -> {
      String contact = moving.contact();
      UUID move = moving.move(contact, "england-or-wales", "felpersham", true, now());
      moving.called("dispute", contact, move);
      moving.word(contact, move, "chase", Map.of("waitsFor", "receipt", "since", "2026-11-20T10:00", "level", "team-manager"), now());
    }, Map.of("Decide response", advice()));
    // to another team
    lives(() -> {
      String contact = planned.contact();
      planned.members(contact);
      planned.visits(contact, planned.wholePlan(contact, "Aoife", planned.conference(contact, london("2026-11-20T09:00"))));
      departing.moves(contact, DepartingFamily.newsOfTeam("children", List.of(planned.child(contact, "Aoife"))));
    }, Map.of("Take family on", first("takenOn", "no", "refusedWhy", "Nobody is free.")));
    // for a time
    lives(() -> {
      String contact = planned.contact();
      departing.moves(contact, DepartingFamily.news("children", List.of(planned.child(contact, "Aoife")),
          "destination", "abroad", "authority", "Cork", "onlyForATime", "yes"));
    }, Map.of());
    // to an authority whose system is connected: one message is on its way there, another was refused
    lives(() -> {
      String contact = planned.contact();
      UUID move = departing.moves(contact, DepartingFamily.news("children", List.of(planned.child(contact, "Aoife"))));
      refused(contact, move);
    }, Map.of());
    house.get(Dispatch.class).pass();
  }

  private void refused(String contact, UUID move) {
    UUID message = UUID.randomUUID();
    Timestamp at = Timestamp.from(now());
    record.change("""
        insert into outbox (id, authority, move_id, type, body, posted_at, on_its_way_at, refused_at, refused_why)
        values (?, 'felpersham', ?, 'called-off', '{"fields":{"why":"They stay."}}', ?, ?, ?, 'We do not know this family.')""",
        message, move, at, at, at);
    record.change("""
        insert into chronology_entry (contact_id, subject_id, what, happened_at, recorded_at, recorded_by, nature)
        select id, ?, 'Message refused', ?, ?, 'system', 'fact' from contact where reference = ?""", message, at, at, contact);
    house.get(ProcessEngine.class).getRuntimeService().createProcessInstanceByKey("exchange").businessKey(practice.caseOf(contact))
        .setVariable("contactRef", contact).setVariable("caseRef", practice.caseOf(contact)).setVariable("subjectRef", message.toString())
        .startBeforeActivity("Activity_FindAnotherWay").execute();
  }

  private void aContact() {
    practice.start("contact");
  }

  private Object[] invited(JsonNode shown, int time) {
    if (time == 1) {
      return Everybody.INVITED;
    }
    boolean known = !options(shown, "knownProfessionals").isEmpty();
    return known ? new Object[] {"whom", "known"} : new Object[] {"whom", "family", "person", offered(shown, "familyToInvite"),
        "part", "comes"};
  }

  private static Answer advice() {
    return always("response", "advice", "childNeedsProtectingNow", "no");
  }

  private static Answer always(Object... changes) {
    return (shown, time) -> changes;
  }

  private static Answer first(Object... changes) {
    return (shown, time) -> time == 1 ? changes : new Object[0];
  }

  private static String offered(JsonNode shown, String key) {
    return options(shown, key).path(0).path("value").asText();
  }

  private static JsonNode options(JsonNode shown, String key) {
    try {
      return new ObjectMapper().readTree(shown.path(key).path("value").asText("[]"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Tells a story again and again, each time with another family, until each of its pages is left open in one of them. */
  private void lives(Runnable begins, Map<String, Answer> answers) {
    Set<String> before;
    do {
      before = labelsOf(everybody.open());
      Set<String> known = before;
      tell(label -> !known.contains(label), A_WEEK_LATER, begins, answers);
    } while (!labelsOf(everybody.open()).equals(before));
  }

  /** Tells a story once, a page a minute; what is left open stays so. */
  private void tell(Predicate<String> left, LocalDateTime at, Runnable begins, Map<String, Answer> answers) {
    Set<String> others = everybody.open().stream().map(Task::getId).collect(Collectors.toSet());
    Map<String, Integer> times = new HashMap<>();
    clock(at);
    begins.run();
    for (Optional<Task> next = next(others, left, times); next.isPresent(); next = next(others, left, times)) {
      Task task = next.get();
      ClockUtil.setCurrentTime(Date.from(now().plusSeconds(60)));
      int time = times.merge(task.getName(), 1, Integer::sum);
      Answer answer = answers.getOrDefault(task.getName(), USUAL.getOrDefault(task.getName(), always()));
      everybody.refusal(task, answer.to(everybody.shown(task), time)).ifPresent(why -> {
        // it stays open, and that is what it is for
        System.out.println("ReleaseRecorder: " + why);
        others.add(task.getId());
      });
    }
  }

  private Optional<Task> next(Set<String> others, Predicate<String> left, Map<String, Integer> times) {
    return everybody.open().stream().filter(task -> !others.contains(task.getId()) && !left.test(task.getName())
        && times.getOrDefault(task.getName(), 0) < TIMES).findFirst();
  }

  private Set<String> everyLabel() {
    RepositoryService repository = house.get(ProcessEngine.class).getRepositoryService();
    return repository.createProcessDefinitionQuery().latestVersion().list().stream()
        .flatMap(process -> repository.getBpmnModelInstance(process.getId()).getModelElementsByType(UserTask.class).stream())
        .map(UserTask::getName).collect(Collectors.toSet());
  }

  private Set<String> everyProcess() {
    return house.get(ProcessEngine.class).getRepositoryService().createProcessDefinitionQuery().latestVersion().list()
        .stream().map(ProcessDefinition::getKey).collect(Collectors.toSet());
  }

  private Set<String> running() {
    return house.get(ProcessEngine.class).getRuntimeService().createProcessInstanceQuery().unlimitedList().stream()
        .map(one -> one.getProcessDefinitionKey()).collect(Collectors.toSet());
  }

  private static Set<String> labelsOf(List<Task> tasks) {
    return tasks.stream().map(Task::getName).collect(Collectors.toSet());
  }

  private static Instant now() {
    return ClockUtil.getCurrentTime().toInstant();
  }

  private static void clock(LocalDateTime london) {
    ClockUtil.setCurrentTime(Date.from(london(london.toString())));
  }
}
