package org.followthrough.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.WorkingDays;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.meeting.Outcomes;
import org.followthrough.people.Directory;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;
import org.followthrough.referral.Contacts;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Five families at the first start: one whose decision is overdue, one that was known before, one with a child in police
 * protection and a strategy discussion to hold, one with two children on a plan, and one of another team.
 */
@Component
@Profile("!production")
@ConditionalOnProperty(name = "followthrough.demo-families", matchIfMissing = true)
class DemoFamilies implements ApplicationRunner {

  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  /** Where Joan Patel works. */
  private static final String JOANS = "mill-road-school";

  private final ProcessEngine engine;
  private final Directory directory;
  private final WorkingDays workingDays;
  private final Contacts contacts;
  private final Families families;
  private final Meetings meetings;
  private final Outcomes outcomes;
  private final AgreedActions actions;
  private final Conferences conferences;
  private final Plans plans;
  private final Sightings sightings;
  private final CoreGroups coreGroups;
  private final Chronology chronology;
  private final JdbcClient jdbc;
  private final Clock clock;

  DemoFamilies(ProcessEngine engine, Directory directory, WorkingDays workingDays, Contacts contacts, Families families,
      Meetings meetings, Outcomes outcomes, AgreedActions actions, Conferences conferences, Plans plans, Sightings sightings,
      CoreGroups coreGroups, Chronology chronology, JdbcClient jdbc, Clock clock) {
    this.engine = engine;
    this.directory = directory;
    this.workingDays = workingDays;
    this.contacts = contacts;
    this.families = families;
    this.meetings = meetings;
    this.outcomes = outcomes;
    this.actions = actions;
    this.conferences = conferences;
    this.plans = plans;
    this.sightings = sightings;
    this.coreGroups = coreGroups;
    this.chronology = chronology;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (jdbc.sql("select exists (select from contact)").query(Boolean.class).single()) {
      return;
    }
    anOverdueDecision();
    aFamilyKnownBefore();
    aChildInPoliceProtection();
    aFamilyOnAPlan();
    aFamilyOfTheSouthTeam();
  }

  private void anOverdueDecision() {
    String contact = takeDown(recently(3), "north", Map.of("referrerName", "Siobhán Doyle", "referrerRole", "Health visitor",
        "agency", "health", "sourceCode", "3B", "whoReferred", "professional", "referrerPhone", "01632 960101"));
    person(contact, "kind", "child", "firstName", "Aoife", "lastName", "O’Neill", "birthDate", "2024-02-29", "sex", "F",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "4 Mill Lane", "anotherPerson", "yes");
    person(contact, "kind", "child", "firstName", "Zoë", "lastName", "O’Neill", "birthDate", "2019-07-14", "sex", "F",
        "relation", "sibling", "livesWhere", "with-the-children", "address", "4 Mill Lane", "disability", "yes", "anotherPerson", "yes");
    person(contact, "kind", "unborn", "expectedDate", today().plusWeeks(14).toString(), "relation", "sibling",
        "livesWhere", "with-the-children", "anotherPerson", "yes");
    person(contact, "kind", "adult", "firstName", "Katarzyna", "lastName", "O’Neill", "otherNames", "Kasia Szymańska",
        "birthDate", "1996-05-02", "relation", "mother", "livesWhere", "with-the-children", "address", "4 Mill Lane",
        "language", "Polish", "interpreter", true, "parentalResponsibility", "yes", "anotherPerson", "yes");
    person(contact, "kind", "adult", "firstName", "Declan", "lastName", "O’Neill", "birthDate", "1993-11-30", "relation", "father",
        "livesWhere", "elsewhere", "address", "Flat 9, Station Road", "parentalResponsibility", "yes", "anotherPerson", "no");
    concern(contact, "nature", "fact", "narrative", "At the visit Aoife’s clothes were wet and the flat was cold. There was no food "
        + "in the kitchen that a two-year-old could eat.", "factors", List.of("neglect"), "anotherConcern", "yes");
    concern(contact, "nature", "reported", "reportedBy", "Zoë, to her teacher", "narrative", "“Mummy sleeps on the floor when she has "
        + "had her wine, and I make Aoife’s bottle.”", "factors", List.of("alcohol", "neglect"), "anotherConcern", "no");
  }

  private void aFamilyKnownBefore() {
    String earlier = takeDown(recently(60), "north", Map.of("whoReferred", "professional", "referrerName", "Joan Patel",
        "referrerRole", "Designated safeguarding lead", "agency", JOANS, "sourceCode", "2A"));
    adebayo(earlier);
    concern(earlier, "nature", "fact", "narrative", "Tunde has been late eleven times this term and came twice without lunch.",
        "factors", List.of("none-of-these"), "anotherConcern", "no");
    handIn("manager", "Decide response", earlier, Map.of("response", "advice", "overruleReason", "The school "
        + "and the family have a plan already.", "reasons", "The family asked for help with mornings, and the school gives it.",
        "childNeedsProtectingNow", "no", "happenedEarlier", true, "happenedAt", recently(60)));
    handIn("contact", "Tell referrer", earlier, Map.of("toldHow", "telephone", "toldTo", "Joan Patel",
        "toldWhat", "The school’s own plan goes on; ring us if it does not help.",
        "happenedEarlier", true, "happenedAt", recently(60)));
    handIn("school", "Confirm outcome heard", earlier, Map.of("heard", "yes", "happenedEarlier", true, "happenedAt", recently(59)));

    String now = takeDown(FORM.format(now()), "north", Map.of("whoReferred", "professional", "referrerName", "PC Dan Hughes",
        "referrerRole", "Response officer", "agency", "police", "sourceCode", "6", "sourceReference", "VCF-20931",
        "how", "police-notification"));
    adebayo(now);
    concern(now, "nature", "fact", "narrative", "Called to the address at 23:10. Tunde was on the stairs while his "
        + "mother’s partner shouted at her in the hall.", "factors", List.of("domestic-abuse", "child-present-at-police-incident"),
        "anotherConcern", "no");
    handIn("contact", "Choose family", now,
        Map.of("family", jdbc.sql("select f.reference from family_case f join contact c on c.case_id = f.id where c.reference = :ref")
        .param("ref", earlier).query(String.class).single()));
    handIn("contact", "Look at history", now, Map.of("historyMeaning", "The mornings were a sign. Tunde now sees violence at home."));
  }

  private void adebayo(String contact) {
    person(contact, "kind", "child", "firstName", "Tunde", "lastName", "Adebayo", "birthDate", "2016-09-21", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "Flat 2, 17 Harbour Street", "anotherPerson", "yes");
    person(contact, "kind", "adult", "firstName", "Folake", "lastName", "Adebayo", "birthDate", "1990-01-08", "relation", "mother",
        "livesWhere", "with-the-children", "address", "Flat 2, 17 Harbour Street", "parentalResponsibility", "yes", "anotherPerson", "no");
  }

  private void aChildInPoliceProtection() {
    String contact = takeDown(FORM.format(now()), "north", Map.of("whoReferred", "professional", "referrerName", "PC Dan Hughes",
        "referrerRole", "Response officer", "agency", "police", "sourceCode", "6", "referrerPhone", "01632 960117", "safeNow", "no"));
    person(contact, "kind", "child", "firstName", "Mateusz", "lastName", "Kowalczyk", "birthDate", "2023-01-17", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "8 Canal Row", "anotherPerson", "yes");
    person(contact, "kind", "adult", "firstName", "Agnieszka", "lastName", "Kowalczyk", "birthDate", "1995-06-30", "relation", "mother",
        "livesWhere", "elsewhere", "address", "Rose House, 12 Elm Street", "addressProtected", true,
        "parentalResponsibility", "yes", "anotherPerson", "no");
    concern(contact, "nature", "fact", "narrative", "Marks of a hand on his back, seen by the officer. His father "
        + "could not say how they came there.", "factors", List.of("physical-injury"), "anotherConcern", "no");
    handIn("manager", "Decide response", contact, Map.of("response", "strategy-discussion",
        "reasons", "An injury nobody explains, to a child of three.", "childNeedsProtectingNow", "yes"));
    List<String> children = jdbc.sql("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = :ref and p.child")
        .param("ref", contact).query(String.class).list();
    handIn("out-of-hours", "Arrange protection", contact, Map.of("children", children, "kind", "police-protection",
        "since", FORM.format(now().minusHours(2)), "details", "Police took him to his grandmother, who is known to "
            + "us. The duty team rings at nine.",
        "whereChildren", "With his grandmother, 3 Mill Lane", "parentsTold", "yes", "parentsToldBy", "PC Dan Hughes"));
  }

  private void aFamilyOnAPlan() {
    String contact = takeDown(recently(25), "north", Map.of("whoReferred", "professional", "referrerName", "Joan Patel",
        "referrerRole", "Designated safeguarding lead", "agency", JOANS, "sourceCode", "2A"));
    person(contact, "kind", "child", "firstName", "Seán", "lastName", "Byrne", "birthDate", "2017-11-05", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "12 Weavers’ Yard", "anotherPerson", "yes");
    person(contact, "kind", "child", "firstName", "Łucja", "lastName", "Byrne", "birthDate", "2024-02-29", "sex", "F",
        "relation", "sibling", "livesWhere", "with-the-children", "address", "12 Weavers’ Yard", "anotherPerson", "yes");
    person(contact, "kind", "adult", "firstName", "Maryla", "lastName", "Byrne", "birthDate", "1994-08-19",
        "relation", "mother", "language", "Polish", "livesWhere", "with-the-children", "address", "12 Weavers’ Yard",
        "parentalResponsibility", "yes", "anotherPerson", "yes");
    person(contact, "kind", "adult", "firstName", "Fergal", "lastName", "Byrne", "birthDate", "1990-12-01", "relation", "father",
        "livesWhere", "elsewhere", "address", "2 Quay Street", "parentalResponsibility", "yes", "anotherPerson", "no");
    concern(contact, "nature", "reported", "reportedBy", "Seán, to his teacher", "narrative", "“I put Łucja to bed when Mum is out.”",
        "factors", List.of("neglect"), "anotherConcern", "no");
    handIn("manager", "Decide response", contact, Map.of("response", "assessment", "overruleReason", "The school asks for it.",
        "reasons", "Two small children alone at night.", "childNeedsProtectingNow", "no", "happenedEarlier", true,
        "happenedAt", recently(25)));
    handIn("contact", "Tell referrer", contact, Map.of("toldHow", "telephone", "toldTo", "Joan Patel", "toldWhat", "An assessment begins.",
        "happenedEarlier", true, "happenedAt", recently(25)));
    handIn("school", "Confirm outcome heard", contact, Map.of("heard", "yes", "happenedEarlier", true, "happenedAt", recently(24)));
    handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows the family."));
    plans(contact, moment(recently(8)));
  }

  /** The conference as it was held, what it decided for both children, and the processes that go on from there. */
  private void plans(String contact, Instant heldAt) {
    UUID contactId = contacts.idOf(contact).orElseThrow();
    UUID family = contacts.byId(contactId).caseId();
    UUID conference = meetings.call("initial-conference", family, contactId, null, "conference-chair", "minute-taker", heldAt);
    conferences.open(conference, UUID.randomUUID(), false, null);
    meetings.hold(conference, heldAt, "in-person", "chair", List.of(
        new Meetings.Attended("social-care", "Sam Carter", "Social worker", null, true, null),
        new Meetings.Attended(JOANS, "Joan Patel", "Designated safeguarding lead", "joan.patel@school.example", true, null),
        new Meetings.Attended("health", "Niamh Doherty", "Health visitor", "niamh.doherty@health.example", true, null)));
    meetings.judged(conference, true, "Social care and two agencies that work with the children took part.");
    chronology.add(Chronology.Line.fact(contactId, family, null, "Conference held", heldAt, "chair", null).about(conference));
    coreGroups.join(family, "Joan Patel", "Designated safeguarding lead", JOANS, "joan.patel@school.example", heldAt);
    coreGroups.join(family, "Niamh Doherty", "Health visitor", "health", "niamh.doherty@health.example", heldAt);
    List<UUID> children = families.children(family).stream().map(child -> UUID.fromString(child.value())).toList();
    outcomes.decide(conference, children, "plan-begins", "neglect", "They are alone at night, again and again.", heldAt, "chair");
    for (UUID child : children) {
      UUID plan = plans.begin(Plans.CHILD_PROTECTION, child, family, conference, LocalDate.ofInstant(heldAt, WorkingDays.LONDON),
          "neglect", heldAt, "chair");
      plans.add(plan, "Alone at night", "A grown-up is at home every night", today().plusMonths(2), "The neighbour sees the light",
          "We ask the court", "Their aunt comes", heldAt, "chair");
      plans.childSays(plan, "“I want somebody to be there when I wake up.”");
      plans.seenHowOften(plan, "Every week by the social worker");
      sightings.record(new Sightings.Sighting(child, family, plan, "social-care", "Sam Carter", moment(recently(4)),
          true, null, true, null, true, "“I like the new lamp.”"), moment(recently(4)), "worker");
      begin(Plans.PLAN_BEGUN, contact, family, plan);
    }
    begin(Conferences.CORE_GROUP_NEEDED, contact, family, conference);
    UUID action = actions.agree(conference, family, "Bring both children to the breakfast club", "Joan Patel", JOANS,
        today().plusDays(21), "The family worker brings them",
        new Meetings.Terms(true, null), heldAt, "chair");
    chronology.add(Chronology.Line.fact(contactId, family, null, "Action agreed", heldAt,
        "chair", "Bring both children to the breakfast club").about(action));
    begin(AgreedActions.ACTION_AGREED, contact, family, action);
  }

  private void begin(String message, String contact, UUID family, UUID subject) {
    engine.getRuntimeService().createMessageCorrelation(message).processInstanceBusinessKey(families.reference(family))
        .setVariable("contactRef", contact)
        .setVariable("caseRef", families.reference(family)).setVariable("subjectRef", subject.toString()).correlateStartMessage();
  }

  private static Instant moment(String form) {
    return LocalDateTime.parse(form).atZone(WorkingDays.LONDON).toInstant();
  }

  private void aFamilyOfTheSouthTeam() {
    String contact = takeDown(FORM.format(now()), "south", Map.of("whoReferred", "member-of-the-public", "referrerName", "A neighbour",
        "askedNotToBeNamed", true, "sourceCode", "1D"));
    person(contact, "kind", "child", "firstName", "Minh", "lastName", "Nguyễn", "birthDate", "2022-04-03", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "31 Orchard Close", "anotherPerson", "no");
    concern(contact, "nature", "reported", "reportedBy", "The caller",
        "narrative", "Hears a small child cry alone for hours on weekday evenings.",
        "factors", List.of("neglect"), "anotherConcern", "no");
  }

  private String takeDown(String received, String team, Map<String, Object> who) {
    engine.getIdentityService().setAuthentication("contact", directory.groupsOf("contact"));
    String instance = engine.getFormService().submitStartForm(engine.getRepositoryService().createProcessDefinitionQuery()
        .processDefinitionKey(Contacts.PROCESS).latestVersion()
        .singleResult().getId(), Variables.createVariables()).getId();
    engine.getIdentityService().clearAuthentication();
    String contact = (String) engine.getRuntimeService().getVariable(instance, "contactRef");
    Map<String, Object> page = new HashMap<>(Map.of("happenedAt", received, "how", "telephone", "team", team,
        "childrenWhereabouts", "At home", "safeNow", "yes", "parentsKnow", "not-asked",
        "parentsNotAskedWhy", "The referrer had not spoken to them yet."));
    page.putAll(who);
    handIn("contact", "Record contact", contact, page);
    return contact;
  }

  private void person(String contact, Object... fields) {
    handIn("contact", "Record person", contact, page(fields));
    for (Task likely : tasksOf(contact, "Choose person").list()) {
      String name = page(fields).get("firstName") + " " + page(fields).get("lastName");
      String known = jdbc.sql("""
              select p.person_id::text from person_name p where p.first_name || ' ' || p.last_name = :name
                and not exists (select from contact_person c join contact t on t.id = c.contact_id
                  where c.person_id = p.person_id and t.reference = :contact)""")
          .param("name", name).param("contact", contact).query(String.class).optional().orElse("new");
      submit("contact", likely, Map.of("samePerson", known));
    }
  }

  private void concern(String contact, Object... fields) {
    Map<String, Object> page = page(fields);
    page.put("whereHarm", "inside-the-home");
    handIn("contact", "Record concern", contact, page);
  }

  private void handIn(String user, String label, String contact, Map<String, Object> fields) {
    submit(user, tasksOf(contact, label).singleResult(), fields);
  }

  private TaskQuery tasksOf(String contact, String label) {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("contactRef", contact).taskName(label);
  }

  private void submit(String user, Task task, Map<String, Object> fields) {
    Map<String, Object> posted = new HashMap<>();
    fields.forEach((key, value) -> posted.put(key, value instanceof List<?> list
        ? SpinValues.jsonValue(list.stream().map(item -> "\"" + item + "\"").toList().toString()).create() : value));
    engine.getIdentityService().setAuthentication(user, directory.groupsOf(user));
    try {
      engine.getFormService().submitTaskForm(task.getId(), posted);
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  private static Map<String, Object> page(Object... fields) {
    Map<String, Object> page = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      page.put((String) fields[i], fields[i + 1]);
    }
    return page;
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), WorkingDays.LONDON);
  }

  private LocalDate today() {
    return now().toLocalDate();
  }

  /** Mid-morning, so many working days ago. */
  private String recently(int days) {
    LocalDate day = today();
    for (int i = 0; i < days; i++) {
      day = workingDays.previous(day);
    }
    return FORM.format(day.atTime(LocalTime.of(10, 20)));
  }
}
