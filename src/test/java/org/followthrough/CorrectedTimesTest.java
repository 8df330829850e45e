package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.FormIntake;
import org.followthrough.family.Correction;
import org.followthrough.family.Corrections;
import org.followthrough.family.Dated;
import org.followthrough.family.Families;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.followthrough.referral.Contacts;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whenever an event turns out to have happened at another time, correcting it leaves everything as if it had been recorded right from the
 * start. The events are found, not listed: what every page may record, what every owner of rows dates, and what the Case tab offers in
 * the end. Each is recorded with a wrong time and corrected by a week, and compared with itself recorded right; and each story is told
 * once more with every time wrong, and corrected only at its end, when much has followed. What is compared is every line as it stands,
 * and every date of every table, timer and open task that the story has touched; ids are left aside, and clocks that were withdrawn.
 */
@InTheHouse
class CorrectedTimesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  /** The same day of another week: what may not happen on a Sunday does not. */
  private static final Duration BY = Duration.ofDays(7).plusMinutes(5);
  private static final Duration A_WHILE = Duration.ofMinutes(10);
  private static final String WHY = "Misread.";

  /** What tells of corrections themselves, of drafts and of readers; the chronology is read as it stands, not as it was. */
  private static final Set<String> BESIDE =
      Set.of("clock_change", "draft", "read_audit", "exchange_audit", "flyway_schema_history", "chronology_entry");
  /** What makes a row recognisable, where it has it. */
  private static final Set<String> NAMES = Set.of("process", "obligation", "kind", "count_from", "rule", "basis", "ended_as",
      "outcome", "agency", "type", "response", "stage", "status", "followed_by", "closed_why");
  private static final String STANDING = "not exists (select from casework.chronology_entry c where c.corrects = e.id)";

  /** What an event has left behind. */
  private record Told(String event, List<String> state) {}

  /** A page as it was handed in: when that happened, and when it was recorded. */
  private record Kept(String label, boolean filled, Instant right, Instant recorded, boolean corrected) {}

  @Autowired Practice practice;
  @Autowired FormIntake forms;
  @Autowired Year year;
  @Autowired HeldMeeting minutes;
  @Autowired HeldConference conferences;
  @Autowired PlannedFamily planned;
  @Autowired MovingFamily moving;
  @Autowired DepartingFamily departing;
  @Autowired TheRecord record;
  @Autowired Menu menu;
  @Autowired Contacts contacts;
  @Autowired Families families;
  @Autowired Directory directory;
  @Autowired Corrections corrections;
  @Autowired Redating redating;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired ProcessEngine engine;
  @Autowired Map<String, Step> steps;
  @Autowired List<Dated> owners;

  /** The forms as they were drawn, by the id of their bytes. */
  private final Map<String, byte[]> drawn = new HashMap<>();
  private final Set<String> proved = new TreeSet<>();
  /** Events that may be corrected, each with who has said so. */
  private final Map<String, String> offered = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> stuck = new ArrayList<>();

  private final Set<String> seen = new TreeSet<>();
  private final List<Kept> kept = new ArrayList<>();
  /** The tasks of a story that is told again with every time wrong, in order; null while it is told right. */
  private List<String> again;
  private final Map<String, BiFunction<Task, Map<String, Object>, Map<String, Object>>> answers = new HashMap<>();
  /** How often a page of this name was begun in this walk. */
  private final Map<String, Integer> done = new HashMap<>();
  private final Set<String> keptBack = new TreeSet<>();
  private Supplier<List<Task>> open;
  private String contact;
  private Instant last;
  private long since;
  private String projection;

  /** A page that does not ask when it happened does so once a designer has put that question on it. */
  @BeforeEach
  void everyPageAsksWhenItHappened() {
    jdbc.sql("select id_, bytes_ from camunda.act_ge_bytearray where name_ like '%.form'").query(row -> {
      drawn.put(row.getString(1), row.getBytes(2));
    });
    drawn.forEach((id, form) -> draw(id, asking(form)));
  }

  @AfterEach
  void theOfficeCloses() {
    drawn.forEach(this::draw);
    practice.endEverything();
  }

  @Test
  void whatever_is_corrected_stands_as_if_it_had_been_recorded_right_from_the_start() {
    List.<Runnable>of(this::aFamilyFromContactToEnquiry, this::aFamilyFromConferenceToVisits, this::aFamilyThatIsHelped,
        this::aFamilyThatNeedsNothing, this::aFamilyThatWaits, this::aFamilyThatLosesAChild, this::aFamilyThatGoesToAnotherTeam,
        this::aFamilyThatGoesToAnotherAuthority, this::aFamilyThatGoesForATime, this::aFamilyThatNobodyFinds, this::aFamilyThatArrives,
        this::aMessageThatIsGivenByHand).forEach(this::twice);
    whatIsToldWithoutAPage();

    eventsOfPages();
    owners.forEach(owner -> owner.events().forEach((event, how) -> offered.put(event, owner.getClass().getSimpleName())));
    offered.keySet().removeIf(this::never);
    System.out.println(proved.size() + " events corrected as if they had been recorded right from the start");
    List<String> untold = offered.entrySet().stream().filter(event -> !proved.contains(event.getKey()))
        .map(event -> "“" + event.getKey() + "” may be corrected, says " + event.getValue() + ", and no story here tells it").toList();
    assertThat(wrong).isEmpty();
    assertThat(untold).as("pages that nobody could hand in: %s", stuck).isEmpty();
  }

  /** Whatever the page of a step may be called: a name begins with a capital, the codes of answers do not. */
  private void eventsOfPages() {
    steps.values().forEach(step -> saysInEvent(step).stream().filter(CorrectedTimesTest::isName)
        .forEach(event -> offered.put(event, step.getClass().getSimpleName())));
  }

  private static boolean isName(String text) {
    return Character.isUpperCase(text.charAt(0));
  }

  /** The texts in what says how the page of a step is called: names, and the keys of the questions on which they depend. */
  private static Set<String> saysInEvent(Step step) {
    Set<String> texts = new TreeSet<>();
    try (InputStream code = step.getClass().getResourceAsStream(step.getClass().getSimpleName() + ".class")) {
      new ClassReader(code).accept(new ClassVisitor(SpringAsmInfo.ASM_VERSION) {
        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
          return !name.equals("event") ? null : new MethodVisitor(SpringAsmInfo.ASM_VERSION) {
            @Override
            public void visitLdcInsn(Object value) {
              texts.add(String.valueOf(value));
            }
          };
        }
      }, ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  // The stories ---------------------------------------------------------------------------------------------------------

  private void aFamilyFromContactToEnquiry() {
    begins("2026-11-23T10:00", "2026-11-02T09:00");
    String name = Practice.aNewName();
    nth("Record person", practice.aNewChild(again == null ? "Séamus" : "Fionn", "lastName", name, "anotherPerson", "yes"),
        practice.aNewChild(again == null ? "Róisín" : "Orla", "lastName", name, "birthDate", "2016-05-01", "anotherPerson", "yes"),
        practice.aNewChild(again == null ? "Katarzyna" : "Malgorzata", "kind", "adult", "lastName", name, "birthDate", "1990-03-01",
            "relation", "mother"));
    nth("Agree action", Map.of("accepted", "no"));
    nth("Accept action", Map.of("takesItOn", "no"), Map.of());
    nth("Report on action", Map.of("stands", "late", "hopedFor", "2027-03-04"), Map.of());
    nth("See child", Map.of("seen", "no"), Map.of());
    answers.put("Decide finding", (task, shown) -> year.usual(task, shown, "children", values(shown, "offeredChildren").subList(0, 1)));
    answer("Tell agencies", "conferenceRequested", "yes");
    answer("Speak with parent", "notSpoken", "refused", "notSpokenWhy", "She did not open.");
    answers.remove("Decide response");
    keptBack.add("Arrange conference");
    contact = practice.contactOf(practice.start("contact"));
    onTheContact();
    walk(Map.of("Record person", 3, "Accept action", 2, "Report on action", 2, "See child", 3, "Answer check", 2,
        "Decide finding", 2));
  }

  private void aFamilyFromConferenceToVisits() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    contact = planned.contact();
    conferences.knownBefore(contact, "social-care", "health", "school", "police");
    fromHere();
    conferences.needed(contact, london("2026-11-02T08:00"));
    answer("Record view", "dissents", "yes");
    answer("Arrange conference", "lateWhy", "No room.", "place", "Town Hall");
    answer("Name core group", "lateWhy", "No room.");
    nth("Add to plan", Map.of("adding", "seen", "seenHowOften", "Every week.", "addMore", "yes"), Map.of());
    answer("Record visit", "notSeenWhy", "not-let-in", "tried", "Twice at the door.");
    // later than ten working days after the first attempt, right or wrong: what it is counted from when it is met is judged once
    answers.put("Decide way forward", (task, shown) -> year.usual(task, shown, "nextAt", wall(now().plus(Duration.ofDays(3))), "ground",
        "waiting would do harm", "why", "He comes home on Friday.", "managerWhy", "Owen Pritchard"));
    answers.put("Invite to conference", this::invited);
    // at first not quorate
    answers.put("Record conference", (task, shown) -> conferences.recorded(contact, done.get("Record conference") == 1
        ? List.of("social-care", "health") : List.of("social-care", "health", "school", "police")));
    onTheContact();
    walk(Map.of("Invite to conference", 5, "Arrange conference", 2, "Record conference", 2, "Add to plan", 2));
  }

  private void aFamilyThatIsHelped() {
    begins("2026-11-23T10:00", "2026-11-02T09:00");
    nth("Record person", practice.aNewChild(again == null ? "Cormac" : "Eoin"));
    answer("Decide response", "response", "assessment", "childNeedsProtectingNow", "no", "overruleReason", "More is known.");
    nth("Write assessment", Map.of("moreTimeNeeded", "yes"), Map.of());
    contact = practice.contactOf(practice.start("contact"));
    onTheContact();
    walk(Map.of("Write assessment", 2, "Decide next step", 2));
  }

  /** They are known here. */
  private void aFamilyThatNeedsNothing() {
    begins("2026-11-23T10:00", "2026-11-02T09:00");
    Map<String, Object> child = practice.aNewChild(again == null ? "Lorcan" : "Tadhg");
    String earlier = practice.aContactAbout(List.of(child), practice.aConcern());
    String family = practice.caseOf(earlier);
    fromHere();
    answer("Record contact", "whoReferred", "member-of-the-public", "parentsKnow", "agree");
    answers.put("Record person", (task, shown) -> child);
    answer("Choose person", "samePerson", record.child(earlier, (String) child.get("firstName")));
    answer("Choose family", "family", family);
    answers.put("Look at history", (task, shown) -> Map.of("historyMeaning", "It happens again."));
    answers.put("Acknowledge contact", (task, shown) -> Map.of("acknowledged", "not-possible"));
    contact = practice.contactOf(practice.start("contact"));
    onTheContact();
    walk(Map.of());
  }

  /** Nobody decides and nobody confirms in time: a reminder goes out, and a manager is asked. */
  private void aFamilyThatWaits() {
    begins("2026-11-23T10:00", "2026-11-24T09:00");
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall")), practice.aConcern());
    minutes.circulated(contact, london("2026-11-23T10:00"), "police", "health");
    fromHere();
    practice.itIs("2026-12-04T10:00");
    practice.timersFire();
    answers.put(Year.ESCALATED, (task, shown) -> Map.of("cause", "too-much-work", "agreed", "Grace does it.",
        "newDate", wall(now().plus(Duration.ofHours(5)))));
    nth("Confirm receipt", Map.of("received", "no"), Map.of());
    onTheContact();
    walk(Map.of("Confirm receipt", 2));
  }

  private void aFamilyThatLosesAChild() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall"), practice.aNewChild("Lorcan", "birthDate", "2016-02-01")),
        practice.aConcern());
    minutes.begin("EnquiryDecided", contact, minutes.held(contact, london("2026-11-02T10:00"), "police", "health"));
    fromHere();
    onTheContact();
    keptBack.addAll(Set.of("Decide response", "See child", "Answer check", "Speak with parent", "Record medical"));
    walk(Map.of());
    keptBack.remove("See child");
    families.died(planned.caseOf(contact), UUID.fromString(record.child(contact, "Niall")), LocalDate.parse("2026-11-20"), now(),
        "manager");
    answers.put("See child", (task, shown) -> Boolean.TRUE.equals(shown.get("childDied")) ? Map.of() : year.usual(task, shown));
    walk(Map.of("See child", 2));
    answers.put("Decide what continues", (task, shown) -> Map.of("continues", "Nothing."));
    String family = practice.caseOf(contact);
    menu.chooseOnCase("manager", family, "child-died", Map.of("child", record.child(contact, "Lorcan"), "diedOn", "2026-11-20"));
    keptBack.clear();
    open = () -> engine.getTaskService().createTaskQuery().processVariableValueEquals("caseRef", family).list();
    walk(Map.of());
  }

  private void aFamilyThatGoesToAnotherTeam() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    aPlannedFamily();
    UUID move = departing.moves(contact, page(DepartingFamily.newsOfTeam(), "children", List.of(planned.child(contact, "Aoife"))));
    onTheMove(move);
    nth("Take family on", Map.of("takenOn", "no", "why", "Nobody is free."), Map.of());
    walk(Map.of("Take family on", 2));
  }

  private void aFamilyThatGoesToAnotherAuthority() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    aPlannedFamily();
    UUID move = departing.moves(contact, page(DepartingFamily.news(), "children", List.of(planned.child(contact, "Aoife"))));
    onTheMove(move);
    walk(Map.of());
  }

  private void aFamilyThatGoesForATime() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    aPlannedFamily();
    UUID move = departing.moves(contact,
        page(DepartingFamily.news(), "children", List.of(planned.child(contact, "Aoife")), "onlyForATime", "yes"));
    onTheMove(move);
    walk(Map.of());
  }

  private void aFamilyThatNobodyFinds() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    contact = moving.contact();
    fromHere();
    UUID move = moving.move(contact, "not-known", null, false, london("2026-11-03T08:00"));
    moving.called("missing-family", contact, move);
    onTheMove(move);
    answer("Trace family", "familyFound", "no", "next", "Their aunt; Sam asks her.");
    walk(Map.of());
    answers.remove("Trace family");
    walk(Map.of());
    moving.called("dispute", contact, move);
    moving.word(contact, move, "chase", Map.of("waitsFor", "a receipt", "since", "2026-11-20T10:00", "level", "team-manager"), now());
    onTheContact();
    walk(Map.of());
  }

  private void aFamilyThatArrives() {
    begins("2026-12-22T10:00", "2026-12-02T09:00");
    String name = Practice.aNewName();
    String born = "2014-05-06";
    // somebody like him is known here
    practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name, "birthDate", born, "sex", "M")), practice.aConcern());
    fromHere();
    Map<String, Object> child = MovingFamily.person(true, "Niall", name, "bornOn", born, "sex", "M");
    UUID move = moving.announced(london("2026-12-01T09:30"),
        MovingFamily.firstCall(List.of(child), List.of(), "learnedAt", "2026-12-01T09:00"));
    contact = moving.contactOf(move);
    onTheContact();
    walk(Map.of());
  }

  private void aMessageThatIsGivenByHand() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall")), practice.aConcern());
    fromHere();
    UUID move = UUID.randomUUID();
    UUID message = UUID.randomUUID();
    Timestamp at = Timestamp.from(london("2026-11-02T10:00"));
    jdbc.sql("""
            insert into move (id, incoming, contact_id, case_id, destination, authority, connected, learned_at, learned_from)
            select :move, false, id, case_id, 'england-or-wales', 'barchester', true, :at, 'the mother' from contact
            where reference = :contact""")
        .param("move", move).param("contact", contact).param("at", at).update();
    jdbc.sql("""
            insert into outbox (id, authority, move_id, type, body, posted_at, on_its_way_at, refused_at, refused_why)
            values (:id, 'barchester', :move, 'called-off', '{"fields":{"why":"She stays"}}', :at, :at, :at, 'Unknown')""")
        .param("id", message).param("move", move).param("at", at).update();
    jdbc.sql("""
            insert into chronology_entry (contact_id, case_id, subject_id, what, happened_at, recorded_at, recorded_by, nature)
            select id, case_id, :message, 'Message refused', :at, :at, 'system', 'fact' from contact where reference = :contact""")
        .param("message", message).param("contact", contact).param("at", at).update();
    engine.getRuntimeService().createProcessInstanceByKey("exchange").setVariable("contactRef", contact)
        .setVariable("caseRef", practice.caseOf(contact)).setVariable("subjectRef", message.toString())
        .startBeforeActivity("Activity_FindAnotherWay").execute();
    open = () -> engine.getTaskService().createTaskQuery().processVariableValueEquals("subjectRef", message.toString()).list();
    walk(Map.of());
  }

  /** What people tell on the case, and no page asks. */
  private void whatIsToldWithoutAPage() {
    begins("2026-11-23T10:00", "2026-11-03T09:00");
    aPlannedFamily();
    String aoife = planned.child(contact, "Aoife");
    String plan = record.text("select id::text from plan where person_id = ?::uuid", aoife);
    told("worker", "family-moves", "Move learned", at -> page(DepartingFamily.news(), "children", List.of(aoife), "learnedAt", wall(at)));
    told("worker", "seen-by-agency", "Child seen by another agency", at -> Map.of("plan", plan, "agency", "school", "who", "Joan Patel",
        "at", wall(at), "told", "She was well."));
    told("manager", "legal-status", "Legal status recorded",
        at -> Map.of("child", aoife, "status", "interim care order", "since", wall(at)));
    told("worker", "birth", "Birth recorded",
        at -> Map.of("child", planned.child(contact, ""), "bornOn", day(at), "firstName", "Nóra", "sex", "F", "words", "Well."));
    told("manager", "child-died", "Child died", at -> Map.of("child", aoife, "diedOn", day(at)));
    told("manager", "end-plan", "Plan ended",
        at -> Map.of("plan", plan, "how", "left-the-country", "forGood", "yes", "endedOn", day(at), "why", "The register."));
    aNeedThatIsToldLater();
    theCaseTabOffers();
  }

  /** Nobody is asked when protection was needed: it is told at once, or else corrected. When it was recorded is left aside. */
  private void aNeedThatIsToldLater() {
    Instant right = now().minus(BY);
    String family = practice.caseOf(contact);
    Map<String, Object> need = Map.of("why", "His mother has fallen ill.");
    List<String> first = undone(() -> {
      ClockUtil.setCurrentTime(Date.from(right));
      menu.chooseOnCase("worker", family, "protect", need);
      return committed();
    });
    proves("Protection needed", withoutRecording(first), withoutRecording(undone(() -> {
      menu.chooseOnCase("worker", family, "protect", need);
      correctEntry(standing("Protection needed"), right);
      return committed();
    })));
  }

  private static List<String> withoutRecording(List<String> state) {
    return state.stream().map(row -> row.replaceAll("\"(recorded_at|opened_at)\": \"[^\"]*\"", "")).toList();
  }

  /** What was before is not compared, but for the family itself: whoever locks it writes its row. */
  private void fromHere() {
    since = jdbc.sql("select pg_current_xact_id()::text::bigint").query(Long.class).single();
    if (contact != null) {
      jdbc.sql("update family_case f set opened_at = f.opened_at from contact c where c.case_id = f.id and c.reference = :contact")
          .param("contact", contact).update();
    }
  }

  private void begins(String now, String first) {
    practice.endEverything();
    practice.itIs(now);
    last = london(first);
    contact = null;
    fromHere();
    answers.clear();
    answers.put("Circulate minutes", (task, shown) -> reachable(minutes.sent(task)));
    answer("Decide response", "response", "advice", "childNeedsProtectingNow", "no", "overruleReason", "More is known.");
    keptBack.clear();
  }

  private void aPlannedFamily() {
    contact = planned.contact();
    planned.members(contact);
    planned.visits(contact, planned.wholePlan(contact, "Aoife", planned.conference(contact, london("2026-11-03T08:00"))));
    fromHere();
  }

  private void onTheContact() {
    String of = contact;
    open = () -> engine.getTaskService().createTaskQuery().processVariableValueEquals("contactRef", of).list();
  }

  private void onTheMove(UUID move) {
    open = () -> engine.getTaskService().createTaskQuery().processVariableValueEquals("subjectRef", move.toString()).list();
  }

  private void answer(String label, Object... changes) {
    answers.put(label, (task, shown) -> year.usual(task, shown, changes));
  }

  /** The first page of this name is the usual one changed so, the second so; every further one as the last. */
  @SafeVarargs
  private void nth(String label, Map<String, Object>... changes) {
    answers.put(label, (task, shown) -> {
      Map<String, Object> page = new HashMap<>(year.usual(task, shown));
      page.putAll(changes[Math.min(done.getOrDefault(label, 1), changes.length) - 1]);
      return page;
    });
  }

  // The walk ------------------------------------------------------------------------------------------------------------

  /** Tells a story right from the start, and once more with every time wrong; all of them are corrected at its end. */
  private void twice(Runnable story) {
    kept.clear();
    again = null;
    try {
      story.run();
      theCaseTabOffers();
      List<String> right = state();
      again = new ArrayList<>();
      story.run();
      for (int i = 0; i < again.size(); i++) {
        if (kept.get(i).corrected()) {
          correct(again.get(i), kept.get(i).right());
        }
      }
      same("The whole story, corrected at its end", right, state());
    } catch (RuntimeException | AssertionError e) {
      wrong.add("A story: " + reason(e));
    }
  }

  private boolean never(String event) {
    return owners.stream().anyMatch(owner -> owner.events().get(event) == Correction.NEVER);
  }

  private void theCaseTabOffers() {
    UUID contactId = contacts.idOf(contact).orElseThrow();
    corrections.choices(contactId, contacts.byId(contactId).caseId())
        .forEach(entry -> offered.put(record.text("select what from chronology_entry where id = ?::uuid", entry.value()), "the Case tab"));
  }

  /** Everybody does what waits: every page once, and some more often. */
  private void walk(Map<String, Integer> often) {
    done.clear();
    for (Task task = next(often); task != null; task = next(often)) {
      done.merge(task.getName(), 1, Integer::sum);
      if (again == null) {
        handIn(task);
      } else {
        handInWrong(task);
      }
    }
  }

  /** What was done least; a conference waits for its reports, and receipts and the end of the case wait longest. */
  private Task next(Map<String, Integer> often) {
    return open.get().stream().filter(task -> !keptBack.contains(task.getName()))
        .filter(task -> done.getOrDefault(task.getName(), 0) < often.getOrDefault(task.getName(), 1))
        .filter(task -> !task.getName().equals(Year.ESCALATED) || answers.containsKey(Year.ESCALATED))
        .min(Comparator.comparing((Task task) -> List.of("Record conference", "Confirm receipt", "Decide closing").indexOf(task.getName()))
            .thenComparing(task -> done.getOrDefault(task.getName(), 0)).thenComparing(Task::getName)
            .thenComparing(Task::getDueDate, Comparator.nullsLast(Comparator.naturalOrder()))).orElse(null);
  }

  private void handIn(Task task) {
    Instant right = inTime(last.plus(A_WHILE));
    String refused = handIn(task, false, right);
    if (refused != null) {
      refused = handIn(task, true, right);
    }
    if (refused != null) {
      // what this page follows was recorded now: time goes on
      refused = handIn(task, true, inTime(now().plus(BY)));
    }
    if (refused != null) {
      stuck.add("“" + task.getName() + "” " + answer(task) + ": " + refused);
      kept.add(new Kept(task.getName(), true, null, now(), false));
    }
  }

  /** @return why it was refused, or why its correction was; or null */
  private String handIn(Task task, boolean filled, Instant right) {
    Instant now = now();
    try {
      Map<String, Object> page = filled ? filled(task, answer(task)) : answer(task);
      Set<String> names = names(task);
      // the second page of a name may bring what the first one did not, such as a quorum
      boolean unknown = names.isEmpty() ? seen.add(task.getName())
          : !proved.containsAll(names) || names.size() > 1 && done.get(task.getName()) == 2;
      Map<String, List<String>> corrected = unknown ? corrected(task, page, right) : Map.of();
      if (unknown && names.size() > 1) {
        prove(task, page, right);
      }
      submit(task, page, right);
      String event = event(task);
      kept.add(new Kept(task.getName(), filled, right, now, !never(event)));
      last = right;
      if (!corrected.isEmpty()) {
        List<String> state = state();
        corrected.forEach((one, after) -> proves(one, state, after));
      }
      return null;
    } catch (RuntimeException e) {
      ClockUtil.setCurrentTime(Date.from(now));
      return reason(e);
    }
  }

  /**
   * What stands after a page was handed in with a wrong time, by the event that was then corrected: the one that the page is called, or
   * another one of an owner of rows that came with it.
   */
  private Map<String, List<String>> corrected(Task task, Map<String, Object> page, Instant right) {
    Map<String, List<String>> states = new LinkedHashMap<>();
    List<String> beside = undone(() -> {
      submit(task, page, right.plus(BY));
      String event = event(task);
      List<String> others = record.texts("select distinct what from casework.chronology_entry where xmin = pg_current_xact_id()::xid "
          + "and task_id is null and happened_at = ?", Timestamp.from(right.plus(BY)));
      if (!never(event)) {
        correct(task.getId(), right);
        states.put(event, committed());
      }
      return others;
    });
    beside.stream().filter(event -> owned(event) && !proved.contains(event)).forEach(event -> {
      try {
        states.put(event, undone(() -> {
          submit(task, page, right.plus(BY));
          correctEntry(standing(event), right);
          return committed();
        }));
      } catch (Refusal e) {
        // it follows from the page's own event, and is corrected with that
      }
    });
    return states;
  }

  private boolean owned(String event) {
    return owners.stream().anyMatch(owner -> owner.events().containsKey(event));
  }

  private void proves(String event, List<String> right, List<String> corrected) {
    proved.add(event);
    same("“" + event + "”", right, corrected);
  }

  /** What the page of a task may be called. */
  private Set<String> names(Task task) {
    Step step = steps.get(FormIntake.bean(task.getName()));
    return step == null ? Set.of() : saysInEvent(step).stream().filter(CorrectedTimesTest::isName).collect(Collectors.toSet());
  }

  /** Proves what else a page may be called, by pages that are not gone on with; answers that do not go with the others are let be. */
  private void prove(Task task, Map<String, Object> usual, Instant right) {
    Set<String> says = saysInEvent(steps.get(FormIntake.bean(task.getName())));
    for (Map<String, Object> page : variants(task, usual, says)) {
      if (proved.containsAll(names(task))) {
        return;
      }
      try {
        Told told = undone(() -> {
          submit(task, page, right);
          return proved.contains(event(task)) ? null : new Told(event(task), committed());
        });
        if (told != null) {
          proves(told.event(), told.state(), corrected(task, page, right).get(told.event()));
        }
      } catch (RuntimeException e) {
        // this answer does not go with the others
      }
    }
  }

  private void handInWrong(Task task) {
    Kept then = kept.get(again.size());
    assertThat(task.getName()).isEqualTo(then.label());
    if (then.right() == null) {
      again.add(null);
      return;
    }
    ClockUtil.setCurrentTime(Date.from(then.recorded()));
    submit(task, then.filled() ? filled(task, answer(task)) : answer(task), then.corrected() ? then.right().plus(BY) : then.right());
    again.add(task.getId());
  }

  /** A time at which it may still be corrected by as much. */
  private Instant inTime(Instant right) {
    if (right.plus(BY).isAfter(now())) {
      practice.itIs(wall(right.plus(BY).plus(A_WHILE)));
    }
    return right;
  }

  private static String reason(Throwable e) {
    return e instanceof Refusal ? e.getMessage() : e.getCause() == null || e.getCause() == e ? e.toString() : reason(e.getCause());
  }

  /** For every choice of a page the same page with another one: of those that its name depends on, where that is said. */
  private List<Map<String, Object>> variants(Task task, Map<String, Object> usual, Set<String> keys) {
    List<JsonNode> choices = fields(task).stream().filter(field -> Set.of("radio", "select").contains(field.path("type").asText()))
        .sorted(Comparator.comparing(field -> field.path("type").asText())).toList();
    boolean said = choices.stream().anyMatch(field -> keys.contains(field.path("key").asText()));
    List<Map<String, Object>> pages = new ArrayList<>();
    for (JsonNode field : choices) {
      String key = field.path("key").asText();
      for (JsonNode value : field.path("values")) {
        if ((!said || keys.contains(key)) && !value.path("value").asText().equals(usual.get(key))) {
          Map<String, Object> page = filled(task, usual);
          page.put(key, value.path("value").asText());
          pages.add(page);
        }
      }
    }
    return pages;
  }

  /** The same with something said wherever an answer may ask for words. */
  private Map<String, Object> filled(Task task, Map<String, Object> usual) {
    Map<String, Object> page = new HashMap<>(usual);
    fields(task).stream().filter(text -> text.path("type").asText().startsWith("text") && text.has("conditional"))
        .forEach(text -> page.putIfAbsent(text.path("key").asText(), "Said so."));
    return page;
  }

  private void same(String what, List<String> right, List<String> corrected) {
    List<String> missing = new ArrayList<>(right);
    corrected.forEach(missing::remove);
    List<String> more = new ArrayList<>(corrected);
    right.forEach(more::remove);
    if (!more.isEmpty() || !missing.isEmpty()) {
      wrong.add(what + "\n    corrected: " + more + "\n    right from the start: " + missing);
    }
  }

  /** Does something and leaves nothing of it, as if no time had passed. */
  private <T> T undone(Supplier<T> deed) {
    Instant now = now();
    try {
      return transactions.execute(undone -> {
        undone.setRollbackOnly();
        return deed.get();
      });
    } finally {
      ClockUtil.setCurrentTime(Date.from(now));
    }
  }

  // Corrections -----------------------------------------------------------------------------------------------------------

  private void correct(String taskId, Instant at) {
    correctEntry(record.text("select e.id::text from casework.chronology_entry e where task_id = ? and " + STANDING, taskId), at);
  }

  private void correctEntry(String entry, Instant at) {
    String contactOnly = record.text("select (case_id is null)::text from chronology_entry where id = ?::uuid", entry);
    List<String> before = lines();
    if (contactOnly.equals("true")) {
      // before it is said which family it is, nobody is shown it outside its page
      transactions.executeWithoutResult(together ->
          redating.corrected(corrections.correct(UUID.fromString(entry), at, WHY, now(), "manager"), WHY));
    } else {
      String family = record.text("select f.reference from chronology_entry e join family_case f on f.id = e.case_id "
          + "where e.id = ?::uuid", entry);
      boolean south = record.count("select count(*) from responsibility r join family_case f on f.id = r.case_id "
          + "where f.reference = ? and r.until is null and r.team = 'south'", family) > 0;
      List<String> said = menu.chooseOnCase(south ? "south-manager" : "manager", family, "correct-time",
          Map.of("entry", entry, "happenedAt", wall(at), "why", WHY));
      String what = record.text("select what from chronology_entry where id = ?::uuid", entry);
      assertThat(said).first().asString().startsWith("“" + what + "” now stands at ");
      for (String obligation : record.texts("""
          select k.obligation from casework.clock_change c join casework.clock k on k.id = c.clock_id
          where c.was_due <> c.now_due and c.xmin = pg_current_xact_id()::xid""")) {
        assertThat(said).as("what is said of “%s” corrected", what)
            .anyMatch(one -> one.startsWith("“" + Words.label(obligation) + "”"));
      }
    }
    assertThat(lines()).as("the lines before stay as they were").containsAll(before);
    assertThat(record.count("select count(*) from chronology_entry where corrects = ?::uuid and correction_why = ?", entry, WHY))
        .as("a new line names the one that it replaces").isOne();
  }

  private List<String> lines() {
    return jdbc.sql("select to_jsonb(e)::text from casework.chronology_entry e where xmin::text::bigint >= :since").param("since", since)
        .query(String.class).list();
  }

  private void told(String user, String change, String event, Function<Instant, Map<String, Object>> fields) {
    Instant right = inTime(last.plus(Duration.ofDays(1)));
    String family = practice.caseOf(contact);
    List<String> first = undone(() -> {
      menu.chooseOnCase(user, family, change, fields.apply(right));
      theCaseTabOffers();
      return committed();
    });
    proves(event, first, undone(() -> {
      menu.chooseOnCase(user, family, change, fields.apply(right.plus(BY)));
      correctEntry(standing(event), right);
      return committed();
    }));
  }

  private String standing(String event) {
    return record.text("select e.id::text from chronology_entry e where what = ? order by position desc limit 1", event);
  }

  // Pages ---------------------------------------------------------------------------------------------------------------

  private Map<String, Object> answer(Task task) {
    Map<String, Object> shown = forms.prefilled(task, who(task));
    return new HashMap<>(answers.getOrDefault(task.getName(), year::usual).apply(task, shown));
  }

  private String who(Task task) {
    List<String> groups = practice.groupsOf(task);
    String usual = Answers.who(task.getName());
    return groups.contains("south.social-worker") ? "south-worker" : groups.contains("south.team-manager") ? "south-manager"
        : usual != null && directory.groupsOf(usual).stream().anyMatch(groups::contains) ? usual : year.who(task);
  }

  /** Hands a page in; {@code at} is when it happened. */
  private void submit(Task task, Map<String, Object> page, Instant at) {
    // nobody hands two pages in within a minute
    ClockUtil.setCurrentTime(Date.from(now().plusSeconds(60)));
    Map<String, Object> fields = new HashMap<>(page);
    fields.put("happenedAt", wall(at));
    fields.keySet().retainAll(forms.keys(task.getId()));
    practice.handIn(who(task), task.getId(), fields);
  }

  private static byte[] asking(byte[] drawn) {
    try {
      JsonNode form = JSON.readTree(drawn);
      for (JsonNode parent : form.findParents("components")) {
        for (Iterator<JsonNode> fields = parent.path("components").elements(); fields.hasNext();) {
          if (fields.next().path("key").asText().equals("happenedAt")) {
            fields.remove();
          }
        }
      }
      ((ArrayNode) form.path("components")).addObject().put("type", "datetime").put("subtype", "datetime").put("key", "happenedAt")
          .put("id", "Field_When").put("dateLabel", "On what day?");
      return JSON.writeValueAsBytes(form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void draw(String id, byte[] form) {
    jdbc.sql("update camunda.act_ge_bytearray set bytes_ = :form where id_ = :id").param("form", form).param("id", id).update();
  }

  private List<JsonNode> fields(Task task) {
    try (InputStream drawing = engine.getFormService().getDeployedTaskForm(task.getId())) {
      List<JsonNode> fields = new ArrayList<>();
      collect(JSON.readTree(drawing), fields);
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode parent, List<JsonNode> fields) {
    for (JsonNode component : parent.path("components")) {
      fields.add(component);
      collect(component, fields);
    }
  }

  private static Map<String, Object> reachable(Map<String, Object> page) {
    for (int slot = 1; page.containsKey("r" + slot + "Decision"); slot++) {
      page.putIfAbsent("r" + slot + "Reach", "01632 960200");
      page.putIfAbsent("r" + slot + "LeftOut", "They have had the letter.");
    }
    return page;
  }

  private Map<String, Object> invited(Task task, Map<String, Object> shown) {
    List<String> known = values(shown, "knownProfessionals");
    List<String> relatives = values(shown, "familyToInvite");
    return known.isEmpty()
        ? Map.of("whom", "family", "person", relatives.get(0), "part", "comes", "anotherInvitation", relatives.size() > 1 ? "yes" : "no")
        : Map.of("whom", "known", "known", known, "anotherInvitation", relatives.isEmpty() ? "no" : "yes");
  }

  private static List<String> values(Map<String, Object> shown, String key) {
    return shown.get(key) instanceof List<?> options ? options.stream().map(option -> ((Option) option).value()).toList() : List.of();
  }

  private static Instant now() {
    return ClockUtil.getCurrentTime().toInstant();
  }

  private static String wall(Instant at) {
    return Submission.wallTime(at);
  }

  private static String day(Instant at) {
    return LocalDate.ofInstant(at, Submission.LONDON).toString();
  }

  // What is compared ------------------------------------------------------------------------------------------------------

  /** What a page has recorded, as the chronology calls it. */
  private String event(Task task) {
    return record.text("select e.what from chronology_entry e where task_id = ? and corrects is null", task.getId());
  }

  /** The state as if what is about to be undone were committed: what the database holds of the law is asked, and timers follow. */
  private List<String> committed() {
    jdbc.sql("set constraints all immediate").update();
    jdbc.sql("set constraints all deferred").update();
    TransactionSynchronizationUtils.triggerBeforeCommit(false);
    return state();
  }

  private List<String> state() {
    if (projection == null) {
      projection = jdbc.sql("""
              select table_name, column_name, data_type from information_schema.columns
              join information_schema.tables using (table_schema, table_name)
              where table_schema = 'casework' and table_type = 'BASE TABLE' order by 1, 2""")
          .query((row, n) -> List.of(row.getString(1), row.getString(2), row.getString(3))).list().stream()
          .filter(column -> !BESIDE.contains(column.get(0)))
          .filter(column -> column.get(2).equals("date") || column.get(2).startsWith("timestamp") || NAMES.contains(column.get(1)))
          .collect(Collectors.groupingBy(column -> column.get(0), Collectors.mapping(column -> column.get(1), Collectors.toList())))
          .entrySet().stream().map(table -> touched(table.getKey(), table.getKey().equals("clock")
              // what was withdrawn is counted no more
              ? "(select *, xmin from casework.clock where ended_as is distinct from 'withdrawn') k" : "casework." + table.getKey(),
              table.getValue()))
          .collect(Collectors.joining(" union all "))
          + " union all " + touched("timer", "(select *, xmin from camunda.act_ru_job where type_ = 'timer') j", List.of("duedate_"))
          + " union all " + touched("task", "camunda.act_ru_task", List.of("name_", "due_date_"))
          + " union all " + touched("line", "(select *, xmin from casework.chronology_entry e where " + STANDING + ") s",
              List.of("what", "happened_at", "nature"));
    }
    return jdbc.sql(projection).param("since", since).query(String.class).list().stream().sorted().toList();
  }

  private static String touched(String name, String table, List<String> columns) {
    return "select '" + name + "' || jsonb_build_object("
        + columns.stream().map(column -> "'" + column + "', " + column).collect(Collectors.joining(", "))
        + ")::text from " + table + " where xmin::text::bigint >= :since";
  }
}
