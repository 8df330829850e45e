package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.page.Option;
import org.followthrough.plan.Plans;
import org.followthrough.tasklist.Menu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * One family, told whole: two children and one unborn, from the first contact to the end of all plans. A conference is not quorate,
 * an action fails, minutes are late, a child is not seen, another is born; each time somebody above hears of it on the very day,
 * and nobody else ever does.
 */
@InTheHouse
class FamilyStoryTest {

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired Year year;
  @Autowired HeldConference conferences;
  @Autowired HeldMeeting minutes;
  @Autowired Plans plans;
  @Autowired ProcessEngine engine;
  @Autowired Menu menu;

  private String contact;
  private String family;
  /** For when conferences are arranged, and what they decide. */
  private String conferenceOn;
  private String coreGroupOn;
  private String reviewOn;
  private boolean quorate;
  private boolean plansEnd;

  @AfterEach
  void reset() {
    practice.endEverything();
  }

  @Test
  void from_the_first_contact_to_the_end_of_all_plans() {
    aContactOnThursday5November();
    usually();

    // the conference of 19 November is not quorate: nobody but us has come
    conferenceOn = "2026-11-19T10:00";
    year.until("2026-11-19");
    assertThat(year.asked()).as("asked so far").isEmpty();

    // met again in time; what the police promised is not done, and the minutes are not written
    quorate = true;
    coreGroupOn = "2026-12-03T10:00";
    reviewOn = "2027-02-22T10:00";
    year.keepBack(task -> task.getName().equals("Write minutes") && ofAConference(task) || promisedBy(task, "Dan Hughes"));
    year.until("2026-12-10");
    year.answer("Report on action", (task, shown) -> promisedBy(task, "Dan Hughes")
        ? Map.of("stands", "not-happening", "why", "He is away until the spring.", "onBehalfOf", "Dan Hughes",
            "onBehalfHow", "by-telephone") : year.usual(task, shown));
    year.answer("Decide contingency", (task, shown) -> year.usual(task, shown, "whatNow", "something-else", "newDay", null,
        "insteadWhat", "They go to her sister’s", "insteadWho", "Niamh Byrne",
        "insteadAgency", "health", "insteadAccepted", "yes", "insteadBy", "2026-12-18"));
    year.keepBack(task -> task.getName().equals("Write minutes") && ofAConference(task));
    year.until("2026-12-15");
    year.keepBack(task -> false);
    year.until("2027-01-03");

    conferenceOn = "2027-02-22T10:00";
    // nobody sees Aoife after Christmas; the unborn child’s mother is visited all the time
    year.keepBack(task -> task.getName().equals("Record visit") && visitTo(task).equals(record.child(contact, "Aoife")));
    year.until("2027-02-10");
    year.keepBack(task -> false);
    reviewOn = "2027-08-20T10:00";
    year.until("2027-03-11");

    // the child is born, and the review is needed sooner
    practice.itIs("2027-03-12T12:00");
    born("2027-03-12", "Nóra");
    conferenceOn = "2027-10-06T10:00";
    reviewOn = "2027-10-06T10:00";
    practice.handIn("chair", "Arrange conference", contact, HeldConference.arranged("2027-04-08T10:00"));
    year.until("2027-09-30");

    // the plans have done their work
    plansEnd = true;
    year.until("2027-11-30");

    assertThat(year.asked()).as("a year of managers’ tasks, each on its very day").extracting(Year.Asked::toString).containsExactly(
        "2026-12-10 CarryOutAction: north.team-manager",
        "2026-12-15 ProduceMinutes: service-manager",
        "2027-01-07 VisitChild: north.team-manager",
        "2027-01-18 SeeChildOurselves: out-of-hours,service-manager",
        "2027-02-01 KnowWhereChildIs: head-of-service,out-of-hours");
    assertThat(year.open()).as("what still waits").isEmpty();
    assertThat(record.texts("select begun_on || ' to ' || ended_on || ', ' || ended_why from plan p join family_case f on f.id = p.case_id "
        + "where f.reference = ? and kind = 'child-protection' order by 1", family))
        .containsExactly("2026-11-24 to 2027-10-06, review-conference", "2026-11-24 to 2027-10-06, review-conference");
    assertThat(record.openEpisodes(family)).isEmpty();
    assertThat(record.count("select count(*) from family_case where reference = ? and closed_at is not null", family)).isEqualTo(1);
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().variableValueEquals("caseRef", family).count())
        .as("processes").isZero();
    assertThat(told()).containsSubsequence(
        "2026-11-05 Contact received", "2026-11-05 Response decided", "2026-11-05 Strategy discussion held", "2026-11-05 Enquiry decided",
        "2026-11-05 Findings decided", "2026-11-05 Interim plan agreed", "2026-11-19 Conference not quorate", "2026-11-24 Conference held",
        "2026-11-24 Core group named", "2026-11-24 Decision letter sent", "2026-12-07 Core group held", "2026-12-11 Action in doubt",
        "2026-12-11 Contingency decided", "2026-12-18 Action done", "2026-12-21 Child visited", "2027-01-11 Assessment agreed",
        "2027-02-11 Child visited", "2027-02-22 Conference held", "2027-03-12 Child born", "2027-04-08 Conference held",
        "2027-10-06 Conference held", "2027-10-06 Closing needed");
  }

  /** The chronology as somebody reads it who has never heard of this family: day and what happened. */
  private List<String> told() {
    return record.texts("select to_char(happened_at at time zone 'Europe/London', 'YYYY-MM-DD ') || what from chronology_entry e "
        + "join family_case f on f.id = e.case_id where f.reference = ? order by happened_at, position", family);
  }

  private void aContactOnThursday5November() {
    practice.itIs("2026-11-05T09:30");
    String surname = Practice.aNewName();
    contact = practice.aContactAbout(List.of(
        practice.aChild("firstName", "Aoife", "lastName", "O’" + surname, "birthDate", "2020-02-29", "address", "4 " + surname + " Lane"),
        practice.aChild("firstName", "Conor", "lastName", "O’" + surname, "birthDate", "2016-09-01", "address", "9 " + surname + " Court",
            "livesWhere", "elsewhere"),
        page(Map.of("kind", "unborn", "expectedDate", "2027-03-20", "relation", "child-of-concern", "livesWhere", "with-the-children"),
            "lastName", "O’" + surname),
        practice.aChild("kind", "adult", "firstName", "Zoë", "lastName", "O’" + surname, "birthDate", "1994-05-05",
            "relation", "mother", "address", "4 " + surname + " Lane")),
        practice.aConcern());
    family = practice.caseOf(contact);
    year.begins(contact);
  }

  private void usually() {
    year.answer("Decide response", (task, shown) -> page(year.usual(task, shown),
        "childNeedsProtectingNow", "no", "overruleReason", "More is known."));
    year.answer("Decide finding", (task, shown) -> year.usual(task, shown, "finding", "continuing-risk", "nextStep", "conference"));
    year.answer("Record view", (task, shown) -> year.usual(task, shown, "dissents", "no", "dissentWhy", null));
    year.answer("Circulate minutes", (task, shown) -> reachable(minutes.sent(task)));
    year.answer("Agree action", this::action);
    year.answer("Add to plan", this::plan);
    year.answer("Arrange conference", (task, shown) -> year.usual(task, shown, "plannedAt", conferenceOn));
    year.answer("Invite to conference", this::invited);
    year.answer("Record conference", (task, shown) -> conferences.recorded(contact,
        quorate ? List.of("social-care", "health", "school", "police") : List.of("social-care")));
    year.answer("Decide way forward", (task, shown) -> year.usual(task, shown, "nextAt", "2026-11-24T10:00"));
    year.answer("Decide plan", this::decision);
    year.answer("Name core group", (task, shown) -> year.usual(task, shown, "coreGroupAt", coreGroupOn, "reviewAt", reviewOn));
    year.answer("Arrange support", (task, shown) -> year.usual(task, shown, "children", List.of(record.child(contact, "Conor"))));
    year.answer("Review support", (task, shown) -> year.usual(task, shown, "goesOn", plansEnd ? "close" : "continue"));
    year.answer("Decide closing", (task, shown) -> year.usual(task, shown, "children", closing(shown)));
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
    if (!known.isEmpty()) {
      return Map.of("whom", "known", "known", known, "anotherInvitation", relatives.isEmpty() ? "no" : "yes");
    }
    return Map.of("whom", "family", "person", relatives.get(0), "part", "comes", "anotherInvitation", relatives.size() > 1 ? "yes" : "no");
  }

  /** Aoife and the unborn child have a plan, Conor, who lives with his father, is helped without one. */
  private Map<String, Object> decision(Task task, Map<String, Object> shown) {
    String conor = record.child(contact, "Conor");
    List<String> children = new ArrayList<>(values(shown, "offeredChildren"));
    boolean review = record.count("select count(*) from plan p join family_case f on f.id = p.case_id where f.reference = ? "
        + "and kind = 'child-protection'", family) > 0;
    if (children.remove(conor) && !children.isEmpty()) {
      return HeldConference.decision(plansEnd ? "plan-ends" : review ? "plan-continues" : "plan-begins", children);
    }
    return HeldConference.decision(conorIsHelped() ? "no-plan" : "support-without-plan", List.of(conor));
  }

  /** At the conference the police promise something; each child with a plan has an action of their own as soon as one is lacking. */
  private Map<String, Object> action(Task task, Map<String, Object> shown) {
    if (!practice.groupsOf(task).contains("conference-chair")
        || record.count("select count(*) from agreed_action a join family_case f on f.id = a.case_id "
        + "where f.reference = ? and a.named_person = 'Dan Hughes'", family) > 0) {
      String without = plans.inForce(UUID.fromString(record.text("select id::text from family_case where reference = ?", family)),
          Plans.CHILD_PROTECTION).stream()
          .filter(plan -> plans.gaps(plan.id()).contains("No action is for the child directly")).map(plan -> plan.personId().toString())
          .findFirst().orElse(null);
      return without == null ? Map.of("agreed", "nothing") : promise("Take the child to the nursery nurse", "Niamh Byrne",
          "health", "2027-06-30", without, "yes");
    }
    return promise("Keep the father away from the house", "Dan Hughes", "police", "2026-12-10", null, "yes");
  }

  private static Map<String, Object> promise(String what, String who, String agency, String by, String child, String another) {
    Map<String, Object> page = new HashMap<>(Map.of("agreed", "action", "what", what, "namedPerson", who, "agency", agency,
        "accepted", "yes", "dueOn", by, "ifNotDone", "Zoë and the children go to her sister’s.", "anotherAction", another));
    if (child != null) {
      page.put("forChild", child);
    }
    return page;
  }

  private Map<String, Object> plan(Task task, Map<String, Object> shown) {
    String gaps = String.valueOf(shown.get("gapsText"));
    boolean coreGroup = !practice.groupsOf(task).contains("conference-chair");
    if (gaps.contains("No risk is named")) {
      return Map.of("adding", "row", "children", values(shown, "plannedChildren"), "risk", "Nobody gets up in the morning.",
          "mustChange", "Breakfast before eight", "byWhen", LocalDate.of(2027, 2, 1).toString(), "seenHow", "The school sees them arrive",
          "consequence", "They miss school and food", "contingency", "The aunt fetches them", "addMore", "yes");
    }
    if (coreGroup && gaps.contains("how often")) {
      return Map.of("adding", "seen", "children", values(shown, "plannedChildren"),
          "seenHowOften", "Every ten working days, alone every second time", "addMore", "yes");
    }
    if (coreGroup && gaps.contains("the child says")) {
      return Map.of("adding", "child-says", "children", values(shown, "plannedChildren"), "childSays", "I want Mammy to get up.",
          "addMore", "yes");
    }
    return Map.of("adding", "nothing");
  }

  /** Those with whom nobody works any more; beside the others it says who still does. */
  private static List<String> closing(Map<String, Object> shown) {
    return shown.values().stream().filter(List.class::isInstance).flatMap(options -> ((List<?>) options).stream())
        .filter(Option.class::isInstance).map(Option.class::cast).filter(option -> option.value().length() == 36
            && !option.label().contains(" – ")).map(Option::value).toList();
  }

  private boolean conorIsHelped() {
    return record.count("select count(*) from support s join family_case f on f.id = s.case_id where f.reference = ?", family) > 0;
  }

  private boolean promisedBy(Task task, String name) {
    return task.getName().equals("Report on action")
        && record.count("select count(*) from agreed_action where id = cast(? as uuid) and named_person = ?",
        engine.getTaskService().getVariable(task.getId(), "subjectRef"), name) > 0;
  }

  private String visitTo(Task task) {
    return record.text("select person_id::text from plan where id = cast(? as uuid)",
        engine.getTaskService().getVariable(task.getId(), "subjectRef"));
  }

  private void born(String day, String name) {
    Map<String, Object> birth = Map.of("child", record.text("select p.id::text from person p join case_person c on c.person_id = p.id "
        + "join family_case f on f.id = c.case_id where f.reference = ? and p.expected_on is not null", family),
        "bornOn", day, "firstName", name, "sex", "F", "words", "Both are well.");
    menu.chooseOnCase("worker", family, "birth", birth);
  }

  private boolean ofAConference(Task task) {
    return record.count("select count(*) from meeting where id = cast(? as uuid) and kind like '%conference'",
        engine.getTaskService().getVariable(task.getId(), "subjectRef")) > 0;
  }

  private static List<String> values(Map<String, Object> shown, String key) {
    return shown.get(key) instanceof List<?> options ? options.stream().map(option -> ((Option) option).value()).toList() : List.of();
  }
}
