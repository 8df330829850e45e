package org.followthrough.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.family.Chronology;
import org.followthrough.plan.Sightings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Managers stop reading a list that cries wolf, and the unseen child is in that list. A month of 200 families on plans, in
 * ten teams: every core group's minutes go to five professionals, three in ten receipts come one to four working days late,
 * two children in a hundred are not seen for four weeks, and no manager answers anything until it is there by itself.
 */
@InTheHouse
class NoNoiseTest {

  private static final int FAMILIES = 200;
  private static final int FAMILIES_TO_A_TEAM = 20;
  private static final int MOST_LINES = 10;
  private static final List<String> RECIPIENTS = List.of("police", "health", "school", "housing", "voluntary");
  /** How many teams have one lead together; housing and voluntary organisations have none here, so our own manager is asked. */
  private static final Map<String, Integer> TEAMS_TO_A_LEAD = new TreeMap<>(Map.of("police", 3, "health", 2, "school", 1));
  private static final List<String> TEAMS = List.of("north", "south", "team-c", "team-d", "team-e", "team-f", "team-g",
      "team-h", "team-i", "team-j");
  private static final LocalDate FIRST = LocalDate.parse("2027-02-01");
  /** What was sent before the month began is late in it. */
  private static final int DAYS_BEFORE = 6;
  private static final int DAYS = 20;
  /** Which family's children nobody sees, all of them, and since when. */
  private static final Map<Integer, String> UNSEEN = new TreeMap<>(Map.of(3, "2027-01-06T15:00", 57, "2027-01-12T11:00",
      58, "2027-01-18T10:00", 144, "2027-01-26T16:00"));
  private static final int THREE_SIBLINGS = 57;
  private static final int SEEN_AGAIN = 3;
  private static final LocalDate SEEN_AGAIN_ON = LocalDate.parse("2027-02-15");

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Chronology chronology;
  @Autowired Sightings sightings;
  @Autowired LateApi late;
  @Autowired ProcessEngine engine;

  /** Who is asked, by kind, and the groups in which they are. */
  private final Map<String, List<String>> kinds = new LinkedHashMap<>();
  private final List<String> hired = new ArrayList<>();
  private final List<String> founded = new ArrayList<>();
  private final List<UUID> cases = new ArrayList<>();
  private final Map<LocalDate, List<String>> arriving = new HashMap<>();
  private int siblings;
  private final List<String> tooMuch = new ArrayList<>();
  private final Random random = new Random(2027);

  @BeforeEach
  void theAuthority() {
    practice.endEverything();
    practice.itIs("2027-01-22T09:00");
    List<String> managers = new ArrayList<>(List.of("manager", "south-manager"));
    TEAMS.stream().skip(2).forEach(team -> managers.add(hire("manager-of-" + team, List.of(team + ".team-manager"))));
    kinds.put("team managers", managers);
    TEAMS_TO_A_LEAD.forEach((agency, teams) -> {
      List<String> leads = new ArrayList<>();
      for (int i = 0; i < TEAMS.size(); i += teams) {
        leads.add(hire(agency + "-lead-" + i, TEAMS.subList(i, Math.min(i + teams, TEAMS.size())).stream()
            .map(team -> agency + ".safeguarding-lead." + team).toList()));
      }
      kinds.put(agency + " leads", leads);
    });
    kinds.put("service manager", List.of("service-manager"));
    kinds.put("head of service", List.of("head"));
    for (int i = 0; i < FAMILIES; i++) {
      cases.add(family(i));
    }
  }

  @AfterEach
  void theAuthorityIsGone() {
    practice.endEverything();
    IdentityService identity = engine.getIdentityService();
    hired.forEach(identity::deleteUser);
    founded.forEach(identity::deleteGroup);
  }

  @Test
  void nobody_has_more_than_ten_lines_on_any_day_and_the_unseen_child_is_on_top() {
    List<LocalDate> days = Stream.iterate(FIRST.minusDays(10), day -> day.plusDays(1))
        .filter(day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
        .limit(DAYS_BEFORE + DAYS + 6).toList();
    int[] sendsOn = random.ints(FAMILIES, 0, DAYS).toArray();
    Map<Integer, List<String>> visits = new HashMap<>();
    UNSEEN.keySet().forEach(family -> visits.put(family, visits(family)));
    StringBuilder table = new StringBuilder("\nNo noise: open items / lines / most lines of one person\n" + String.format("%-12s", "day")
        + kinds.entrySet().stream().map(kind -> String.format("%22s", kind.getKey() + " (" + kind.getValue().size() + ")"))
        .collect(Collectors.joining()) + "\n");
    Set<String> everInDanger = new HashSet<>();
    Map<String, Integer> oneForAll = new TreeMap<>();
    for (int day = 0; day < DAYS_BEFORE + DAYS; day++) {
      LocalDate today = days.get(day);
      practice.itIs(today + "T09:00");
      practice.timersFire();
      practice.itIs(today + "T10:00");
      arriving.getOrDefault(today, List.of()).forEach(task ->
          practice.handIn("minutes", task, Map.of("received", "yes", "onBehalfOf", "Their office", "onBehalfHow", "by-telephone")));
      if (today.equals(SEEN_AGAIN_ON)) {
        seen(SEEN_AGAIN, visits.get(SEEN_AGAIN));
      }
      practice.itIs(today + "T14:00");
      for (int family = 0; family < FAMILIES; family++) {
        if (Math.floorMod(day - DAYS_BEFORE, DAYS) == sendsOn[family]) {
          send(family, days.subList(day, days.size()));
        }
      }
      practice.itIs(today + "T17:30");
      practice.timersFire();
      if (day >= DAYS_BEFORE) {
        table.append(String.format("%-12s", today));
        everInDanger.addAll(look(today, table, oneForAll));
      }
    }
    table.append("One lead for all ten teams would have had at most, by agency: ").append(oneForAll).append(" lines.\n");
    System.out.println(table);
    assertThat(tooMuch).as("more than " + MOST_LINES + " lines").isEmpty();
    assertThat(everInDanger).containsExactlyInAnyOrderElementsOf(UNSEEN.keySet().stream().map(NoNoiseTest::reference).toList());
    assertThat(record.count("select count(*) from clock where process = 'receipts' and met_at > due_at and case_id "
        + "in (select id from family_case where reference like 'NOISE-%')"))
        .as("circulations that were late").isGreaterThan(150);
    assertThat(siblings).as("three siblings unseen are one line").isEqualTo(3);
    assertThat(oneForAll.get("school")).as("with one lead for everybody there is noise").isGreaterThan(MOST_LINES);
  }

  /** Everybody looks at their list; returns the families with a child in danger. */
  private Set<String> look(LocalDate today, StringBuilder table, Map<String, Integer> oneForAll) {
    Set<String> tasksShown = new HashSet<>();
    Map<String, List<LateApi.Line>> lists = new HashMap<>();
    kinds.forEach((kind, people) -> {
      people.forEach(person -> lists.put(person, late.overdue(() -> person)));
      List<List<LateApi.Line>> theirs = people.stream().map(lists::get).toList();
      int lines = theirs.stream().mapToInt(List::size).sum();
      int items = theirs.stream().flatMap(List::stream).mapToInt(line -> line.items().size()).sum();
      table.append(String.format("%22s", items + " / " + lines + " / " + theirs.stream().mapToInt(List::size).max().orElse(0)));
      if (kind.endsWith(" leads")) {
        oneForAll.merge(kind.replace(" leads", ""), lines, Math::max);
      }
    });
    table.append('\n');
    lists.forEach((person, lines) -> {
      String whose = person + " on " + today;
      if (lines.size() > MOST_LINES) {
        tooMuch.add(whose + ": " + lines.size());
      }
      assertThat(lines).as("families of " + whose).extracting(LateApi.Line::reference).doesNotHaveDuplicates();
      List<Integer> gravity = lines.stream().map(line -> gravity(line.items().get(0))).toList();
      assertThat(gravity).as("the gravest on top, " + whose).isSorted();
      lines.forEach(line -> assertThat(line.items().stream().map(NoNoiseTest::gravity).toList())
          .as("the gravest of a family first, " + whose).isSorted());
      lines.forEach(line -> line.items().stream().filter(LateApi.Item::asks).forEach(item -> tasksShown.add(item.taskId())));
    });
    assertThat(tasksShown).as("every question that is open is in somebody’s list on " + today).containsExactlyInAnyOrderElementsOf(
        engine.getTaskService().createTaskQuery().processDefinitionKey("escalation").list().stream().map(Task::getId).toList());
    siblings = Math.max(siblings, (int) lists.get("service-manager").stream()
        .filter(line -> line.reference().equals(reference(THREE_SIBLINGS)))
        .flatMap(line -> line.items().stream()).filter(item -> item.grave().equals("danger")).count());
    // what the clocks say, past every list
    Set<String> inDanger = new HashSet<>(record.texts("select distinct f.reference from clock k join family_case f on f.id = k.case_id "
        + "where k.class = 'danger' and k.ended_at is null and k.due_at <= ? and f.reference like 'NOISE-%'",
        Timestamp.from(london(today + "T17:30"))));
    assertThat(lists.get("service-manager").stream().filter(line -> line.items().get(0).grave().equals("danger"))
        .map(LateApi.Line::reference)).as("children in danger on " + today).containsExactlyInAnyOrderElementsOf(inDanger);
    return inDanger;
  }

  private static int gravity(LateApi.Item item) {
    return List.of("danger", "statutory", "record").indexOf(item.grave());
  }

  // The authority.

  private String hire(String id, List<String> groups) {
    IdentityService identity = engine.getIdentityService();
    User user = identity.newUser(id);
    user.setFirstName(id);
    user.setLastName("of the month");
    user.setPassword("no-noise-Month-2027");
    identity.saveUser(user);
    hired.add(id);
    for (String group : groups) {
      if (identity.createGroupQuery().groupId(group).count() == 0) {
        identity.saveGroup(identity.newGroup(group));
        founded.add(group);
      }
      identity.createMembership(id, group);
    }
    return id;
  }

  /** Eight of the four hundred who are born. */
  private static int unseen(int family) {
    return family == THREE_SIBLINGS ? 3 : family == SEEN_AGAIN ? 1 : 2;
  }

  private static String reference(int family) {
    return String.format("NOISE-%03d", family);
  }

  private UUID family(int number) {
    UUID id = UUID.randomUUID();
    record.change("insert into family_case (id, reference, opened_at) values (?, ?, now())", id, reference(number));
    // brothers and sisters, and where the number says so one who is not born yet
    for (int child = 0; child < (UNSEEN.containsKey(number) ? unseen(number) : 2 + number % 2); child++) {
      UUID person = UUID.randomUUID();
      boolean unborn = child == 2 && !UNSEEN.containsKey(number);
      record.change("insert into person (id, born_on, expected_on, recorded_at, recorded_by) "
          + "values (?, cast(? as date), cast(? as date), now(), 'worker')", person,
          unborn ? null : "201" + child + "-05-05", unborn ? "2027-06-01" : null);
      record.change("insert into person_name (person_id, position, first_name, last_name, recorded_at, recorded_by) "
          + "values (?, 1, ?, ?, now(), 'worker')", person, unborn ? "" : List.of("Zoë", "Niall", "Tunde").get(child), "O’Noise");
      record.change("insert into case_person (case_id, person_id, child, since) values (?, ?, true, now())", id, person);
      record.change("insert into responsibility (person_id, case_id, team, since) values (?, ?, ?, now())", person,
          id, TEAMS.get(number / FAMILIES_TO_A_TEAM));
    }
    return id;
  }

  // What happens.

  /** The minutes of a core group go to five professionals; decides when each of them will say that they have them. */
  private void send(int family, List<LocalDate> fromToday) {
    UUID meeting = UUID.randomUUID();
    UUID caseId = cases.get(family);
    Instant now = london(fromToday.get(0) + "T14:00");
    record.change("insert into meeting (id, kind, case_id, called_at, chair_role, writer_role, held_at) "
        + "values (?, 'core-group', ?, ?, 'team-manager', 'minute-taker', ?)",
        meeting, caseId, Timestamp.from(now), Timestamp.from(now));
    record.change("insert into minutes (id, meeting_id, version, summary, written_at, written_by, agreed_at, agreed_by) "
        + "values (?, ?, 1, 'Said.', now(), 'minutes', now(), 'manager')",
        meeting, meeting);
    Map<String, LocalDate> arrives = new HashMap<>();
    for (String agency : RECIPIENTS) {
      UUID copy = UUID.randomUUID();
      record.change("insert into minutes_copy (id, minutes_id, circulation_id, recipient, agency, purpose, extent, way, sent_at, sent_by) "
          + "values (?, ?, ?, ?, ?, 'for-information', 'without-confidential-part', 'in-this-system', ?, 'minutes')",
          copy, meeting, meeting, "Somebody of " + agency, agency, Timestamp.from(now));
      boolean isLate = random.nextInt(100) < 30;
      arrives.put(copy.toString(), fromToday.get(isLate ? 2 + 1 + random.nextInt(4) : 1 + random.nextInt(2)));
    }
    chronology.add(Chronology.Line.fact(null, caseId, null, "Minutes sent", now, "minutes", null).about(meeting));
    ProcessInstance process = begin("MinutesSent", family, meeting);
    for (Task task : engine.getTaskService().createTaskQuery().processInstanceId(process.getId()).list()) {
      String copy = (String) engine.getTaskService().getVariable(task.getId(), "recipientRef");
      arriving.computeIfAbsent(arrives.get(copy), day -> new ArrayList<>()).add(task.getId());
    }
  }

  /** Each child of a family whom nobody sees, on a plan, with a process of visits; returns the plans. */
  private List<String> visits(int family) {
    UUID conference = UUID.randomUUID();
    Timestamp lastSeen = Timestamp.from(london(UNSEEN.get(family)));
    record.change("insert into meeting (id, kind, case_id, called_at, chair_role, writer_role, held_at) "
        + "values (?, 'initial-conference', ?, ?, 'conference-chair', 'minute-taker', ?)",
        conference, cases.get(family), lastSeen, lastSeen);
    List<String> plans = new ArrayList<>();
    for (String child : record.texts("select person_id::text from case_person where case_id = ?", cases.get(family))) {
      UUID plan = UUID.randomUUID();
      record.change("insert into plan (id, kind, person_id, case_id, begun_by, begun_on, first_category, latest_category, "
          + "recorded_at, recorded_by) values (?, 'child-protection', cast(? as uuid), ?, ?, cast(? as date), "
          + "'neglect', 'neglect', now(), 'chair')", plan, child, cases.get(family), conference, UNSEEN.get(family).substring(0, 10));
      begin("PlanBegun", family, plan);
      plans.add(plan.toString());
    }
    return plans;
  }

  /** The children are seen at last: their processes begin anew. */
  private void seen(int family, List<String> plans) {
    for (String plan : plans) {
      UUID child = UUID.fromString(record.text("select person_id::text from plan where id = cast(? as uuid)", plan));
      sightings.record(new Sightings.Sighting(child, cases.get(family), UUID.fromString(plan), "social-care", "Sam Carter",
          london(SEEN_AGAIN_ON + "T10:00"), true, null, true, null, true, "I was at nan’s."), london(SEEN_AGAIN_ON + "T10:00"), "worker");
      engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("visit").variableValueEquals("subjectRef", plan).list()
          .forEach(process -> engine.getRuntimeService().deleteProcessInstance(process.getId(), "seen"));
      begin("PlanBegun", family, UUID.fromString(plan));
    }
  }

  private ProcessInstance begin(String message, int family, UUID subject) {
    return engine.getRuntimeService().createMessageCorrelation(message).processInstanceBusinessKey(reference(family))
        .setVariable("contactRef", null).setVariable("caseRef", reference(family)).setVariable("subjectRef", subject.toString())
        .correlateStartMessage();
  }
}
