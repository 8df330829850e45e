package org.followthrough.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.followthrough.HeldConference.arranged;
import static org.followthrough.HeldConference.decision;
import static org.followthrough.HeldConference.viewed;
import static org.followthrough.Labels.findId;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldConference;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.minutes.Circulation;
import org.followthrough.minutes.Receipts;
import org.followthrough.minutes.RedactedMinutes;
import org.followthrough.page.Refusal;
import org.followthrough.plan.Plans;
import org.followthrough.referral.Contacts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** All who know two brothers meet with their family. The discussion was on Friday 18 December 2026; Christmas lies between. */
@InTheHouse
class ConferenceTest {

  private static final String ARRANGE = "Arrange conference";
  private static final String INVITE = "Invite to conference";
  private static final String REPORT = "Report to conference";
  private static final String RECORD = "Record conference";
  private static final String FORWARD = "Decide way forward";
  private static final String VIEW = "Record view";
  private static final String DECIDE = "Decide plan";
  private static final String NAME = "Name core group";
  private static final String LETTER = "Send decision letter";

  @Autowired Practice practice;
  @Autowired HeldConference conference;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Clocks clocks;
  @Autowired Contacts contacts;
  @Autowired Families families;
  @Autowired Conferences conferences;
  @Autowired Plans plans;
  @Autowired Redating redating;
  @Autowired Chronology chronology;
  @Autowired Circulation circulation;
  @Autowired Receipts receipts;
  @Autowired RedactedMinutes redacted;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aFridayBeforeChristmas() {
    init(engine);
    practice.itIs("2026-12-18T16:30");
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  // From the enquiry to the day.

  @Test
  void an_initial_conference_is_held_within_fifteen_working_days_of_its_discussion() {
    String contact = twoBrothers();
    ProcessInstance process = conference.needed(contact, london("2026-12-18T11:00"));

    assertThat(process.getBusinessKey()).isEqualTo(practice.caseOf(contact));
    isDue("HoldConference", contact, "2027-01-13T17:00");
    assertThat(practice.task(ARRANGE, contact)).hasDueDate(at("2026-12-21T17:00"));
    assertThat(practice.groupsOf(practice.task(ARRANGE, contact))).containsExactly("conference-chair", "minute-taker");
    assertThat(kind(contact)).isEqualTo("initial-conference");
    assertThat(conference.shown(ARRANGE, contact).get("conferenceText").toString())
        .contains("To be held by Wednesday 13 January 2027 at 17:00");
  }

  @ParameterizedTest(name = "discussion {0}: held by {1}")
  @CsvSource({
      "2026-11-21T22:00, 2026-12-11T17:00",   // the emergency team on a Saturday
      "2026-12-18T16:30, 2027-01-13T17:00",   // over Christmas and New Year
      "2027-03-18T11:00, 2027-04-12T17:00"})  // over Easter
  void the_limit_counts_from_the_discussion_however_late_the_enquiry_asks(String discussion, String due) {
    String contact = twoBrothers();
    practice.itIs(discussion.substring(0, 10) + "T23:00");
    conference.needed(contact, london(discussion));
    isDue("HoldConference", contact, due);
  }

  @Test
  void before_a_birth_it_is_held_twelve_weeks_before_where_that_is_sooner() {
    String contact = practice.aContactAbout(List.of(unborn("2027-03-24"), mother("Zoë")), practice.aConcern());
    conference.needed(contact, london("2026-12-18T11:00"));
    assertThat(kind(contact)).isEqualTo("pre-birth-conference");
    isDue("HoldConference", contact, "2026-12-30T17:00");
    assertThat(clock("HoldConference", contact).counted().from()).isEqualTo("birth expected");
  }

  @Test
  void a_birth_expected_too_soon_for_that_leaves_the_fifteen_working_days() {
    String contact = practice.aContactAbout(List.of(unborn("2027-02-10"), mother("Zoë")), practice.aConcern());
    conference.needed(contact, london("2026-12-18T11:00"));
    isDue("HoldConference", contact, "2027-01-13T17:00");
  }

  @Test
  void an_unborn_child_with_a_brother_has_an_initial_conference() {
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Niall"), unborn("2027-06-01")), practice.aConcern());
    conference.needed(contact, london("2026-12-18T11:00"));
    assertThat(kind(contact)).isEqualTo("initial-conference");
  }

  @Test
  void a_family_that_moved_in_has_one_within_fifteen_working_days_of_the_notice() {
    String contact = twoBrothers();
    UUID move = UUID.randomUUID();
    record.change("""
        insert into move (id, incoming, case_id, contact_id, destination, authority, learned_at, learned_from, on_plan)
        select ?, true, case_id, id, 'england-or-wales', 'fellshire', now(), 'Ann Boyle', true from contact where reference = ?""",
        move, contact);
    chronology.add(Chronology.Line.fact(null, caseId(contact), null, "Move notified", london("2026-12-21T09:00"), "system", null)
        .about(move));
    conference.needed(contact, Map.of("subjectRef", move.toString()));
    assertThat(kind(contact)).isEqualTo("transfer-in-conference");
    isDue("HoldConference", contact, "2027-01-14T17:00");
  }

  @Test
  void returns_8615_an_initial_conference_without_an_enquiry_is_no_conference() {
    String contact = twoBrothers();
    assertThatThrownBy(() -> conference.needed(contact, Map.of())).isNotInstanceOf(Refusal.class);
    conference.needed(contact, london("2026-12-18T11:00"));
    practice.handIn("chair", ARRANGE, contact, arranged("2027-01-06T10:00"));
    conference.knownBefore(contact, "social-care", "health", "school");
    conference.inviteEverybody(contact);
    practice.itIs("2027-01-06T12:00");
    assertRefused("happenedAt", "before the enquiry", () -> practice.handIn("minutes", RECORD, contact, conference.recorded(contact,
        List.of("health"), "happenedEarlier", true, "happenedAt", "2026-12-16T10:00")));
  }

  @Test
  void returns_8875_an_initial_conference_never_falls_on_a_weekend() {
    String contact = twoBrothers();
    conference.needed(contact, london("2026-12-18T11:00"));
    assertRefused("plannedAt", "never falls on a weekend", () -> practice.handIn("chair", ARRANGE, contact, arranged("2027-01-09T10:00")));
    practice.handIn("chair", ARRANGE, contact, arranged("2027-01-08T10:00"));
    conference.knownBefore(contact, "social-care", "health", "school");
    conference.inviteEverybody(contact);
    practice.itIs("2027-01-09T12:00");
    assertRefused("happenedAt", "never falls on a weekend", () -> practice.handIn("minutes", RECORD, contact,
        conference.recorded(contact, List.of("health"))));
    UUID meeting = conference.meeting(contact);
    assertThatThrownBy(() -> record.change("update meeting set held_at = timestamptz '2027-01-09 10:00Z' where id = ?", meeting))
        .hasMessageContaining("no_initial_conference_on_a_weekend");
  }

  @Test
  void a_day_beyond_the_limit_needs_a_reason_and_is_not_blocked() {
    String contact = twoBrothers();
    conference.needed(contact, london("2026-12-18T11:00"));
    assertRefused("lateWhy", "not blocked", () -> practice.handIn("chair", ARRANGE, contact, arranged("2027-01-14T10:00")));
    practice.handIn("chair", ARRANGE, contact, arranged("2027-01-14T10:00", "lateWhy", "No interpreter before."));
    isDue("HoldConference", contact, "2027-01-13T17:00");
    assertThat(record.text("select late_why from conference where meeting_id = ?", conference.meeting(contact)))
        .isEqualTo("No interpreter before.");
  }

  @Test
  void nobody_of_the_team_that_holds_the_case_chairs_its_conference() {
    String contact = twoBrothers();
    conference.needed(contact, london("2026-12-18T11:00"));
    assertThat(conference.offered(ARRANGE, contact, "chairs")).containsExactly("chair");
    engine.getIdentityService().createMembership("chair", "north.social-worker");
    try {
      assertThat(conference.offered(ARRANGE, contact, "chairs")).isEmpty();
      assertThatThrownBy(() -> practice.handIn("minutes", ARRANGE, contact, arranged("2027-01-06T10:00"))).isInstanceOf(Refusal.class);
      assertRefused("otherChair", "write down", () -> practice.handIn("minutes", ARRANGE, contact,
          arranged("2027-01-06T10:00", "chair", null)));
      practice.handIn("minutes", ARRANGE, contact, arranged("2027-01-06T10:00", "chair", null, "otherChair", "Ada Quill, of Northtown"));
    } finally {
      engine.getIdentityService().deleteMembership("chair", "north.social-worker");
    }
  }

  // Who is asked, and what they bring.

  @Test
  void only_the_chair_leaves_a_parent_out_and_says_how_they_are_heard() {
    String contact = arrangedFor("2027-01-06T10:00");
    String father = offeredNamed(INVITE, contact, "familyToInvite", "Séamus");
    Map<String, Object> leftOut = Map.of("whom", "family", "person", father, "part", "left-out", "partWhy", "She is afraid of him.",
        "viewsHow", "Sam sees him the day before.", "anotherInvitation", "yes");
    assertRefused("part", "Only the chair", () -> practice.handIn("minutes", INVITE, contact, leftOut));
    assertRefused("viewsHow", "how their views are heard", () -> practice.handIn("chair", INVITE, contact,
        page(leftOut, "viewsHow", null)));
    assertRefused("partWhy", "chair’s reasons", () -> practice.handIn("chair", INVITE, contact, page(leftOut, "partWhy", null)));
    practice.handIn("chair", INVITE, contact, leftOut);

    assertThat(record.text("select part_why from invitation where person_id = ?::uuid", father)).isEqualTo("She is afraid of him.");
    assertThat(record.texts("select fields::text from chronology_entry where what = 'Invited to conference' "
        + "and fields::text like '%afraid%'")).isEmpty();
    assertThat(conference.offered(INVITE, contact, "familyToInvite")).doesNotContain(father);
    assertThat(conference.shown(RECORD, contact).get("apartText").toString()).contains("left out, because: She is afraid of him.",
        "Sam sees him the day before.");
    assertThat(conference.offered(RECORD, contact, "invited")).isEmpty();
  }

  @Test
  void whoever_of_the_family_is_not_asked_is_missed_for_a_reason() {
    String contact = arrangedFor("2027-01-06T10:00");
    Map<String, Object> last = Map.of("whom", "professional", "agency", "probation", "name", "Owen Tudor", "purpose", "for-information",
        "directContact", "no", "anotherInvitation", "no");
    assertRefused("notInvitedWhy", "not invited yet", () -> practice.handIn("minutes", INVITE, contact, last));
    practice.handIn("minutes", INVITE, contact, page(last, "notInvitedWhy", "They are babies; the father is in Spain."));
    assertThat(process(contact)).hasPassed(findId("Everybody invited"));
    assertThat(practice.tasks(REPORT, contact)).hasSize(1);
  }

  @Test
  void a_page_of_one_person_says_what_it_needs() {
    String contact = arrangedFor("2027-01-06T10:00");
    assertRefused("known", "Tick whom", () -> practice.handIn("minutes", INVITE, contact,
        Map.of("whom", "known", "anotherInvitation", "yes")));
    assertRefused("agency", "which agency", () -> practice.handIn("minutes", INVITE, contact,
        Map.of("whom", "professional", "anotherInvitation", "yes")));
    assertRefused("directContact", "quorum counts", () -> practice.handIn("minutes", INVITE, contact,
        Map.of("whom", "professional", "agency", "health", "name", "Dr Ó", "purpose", "for-action", "anotherInvitation", "yes")));
    String child = offeredNamed(INVITE, contact, "familyToInvite", "Niall");
    assertRefused("viewsHow", "how their views", () -> practice.handIn("minutes", INVITE, contact,
        Map.of("whom", "family", "person", child, "part", "another-way", "anotherInvitation", "yes")));
  }

  @Test
  void each_agency_reports_once_three_working_days_before() {
    String contact = arrangedFor("2027-01-13T10:00");
    conference.inviteEverybody(contact);
    List<Task> reports = practice.tasks(REPORT, contact);
    assertThat(reports).hasSize(3).allSatisfy(task -> assertThat(task).hasDueDate(at("2027-01-08T17:00")));
    assertThat(reports.stream().map(practice::groupsOf)).containsExactlyInAnyOrder(List.of("health", "minute-taker"),
        List.of("minute-taker", "police"), List.of("minute-taker", "school"));
    assertThat(practice.taskList("health", contact)).containsExactly(REPORT);
    Task health = reports.stream().filter(task -> practice.groupsOf(task).contains("health")).findFirst().orElseThrow();
    assertRefused("risk", "thinks of the risk", () -> practice.handIn("health", health.getId(),
        Map.of("given", "report", "done", "Seen twice.")));
    practice.handIn("health", health.getId(), Map.of("given", "report", "done", "Seen twice.", "risk", "High."));
    Task school = practice.tasks(REPORT, contact).stream().filter(task -> practice.groupsOf(task).contains("school"))
        .findFirst().orElseThrow();
    practice.handIn("minutes", school.getId(), Map.of("given", "none", "noneWhy", "Closed over Christmas.",
        "onBehalfOf", "Joan Patel, head", "onBehalfHow", "by-telephone"));
    assertThat(conferences.silent(conference.meeting(contact))).containsExactly("police");
    assertThat(conference.shown(RECORD, contact).get("reportsText").toString())
        .contains("Health: report given", "School: no report, Closed over Christmas.",
        "Police: **nothing yet**");
  }

  @Test
  void what_an_agency_has_written_is_read_by_whoever_hears_the_views_and_decides() {
    String contact = arrangedFor("2027-01-06T10:00");
    conference.inviteEverybody(contact);
    for (Task report : practice.tasks(REPORT, contact)) {
      boolean health = practice.groupsOf(report).contains("health");
      practice.handIn("minutes", report.getId(), health
          ? Map.of("given", "report", "done", "Seen twice.", "known", "He is thin.", "childSays", "I am hungry.", "risk", "High.")
          : Map.of("given", "none", "noneWhy", "Closed over Christmas."));
    }
    practice.itIs("2027-01-06T10:00");
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health", "school")));
    String[] written = {"- **Health**\n  - Done: Seen twice.\n  - Knows: He is thin.\n  - The child says: I am hungry.\n  "
        + "- Thinks of the risk: High.", "**School** brings no report: Closed over Christmas."};
    assertThat(conference.shown(VIEW, contact).get("reportsText").toString()).contains(written);
    practice.handIn("minutes", VIEW, contact, viewed());
    assertThat(conference.shown(DECIDE, contact).get("reportsText").toString()).contains(written);
  }

  @Test
  void an_agency_that_is_silent_is_asked_through_its_own_safeguarding_lead() {
    String contact = arrangedFor("2027-01-13T10:00");
    conference.inviteEverybody(contact);
    for (Task task : practice.tasks(REPORT, contact).stream().filter(task -> !practice.groupsOf(task).contains("health")).toList()) {
      practice.handIn("minutes", task.getId(), Map.of("given", "none", "noneWhy", "Closed."));
    }
    Clocks.Running late = record.clocks("CollectReports", contact).stream().filter(one -> one.endedAs() == null).findFirst().orElseThrow();
    late("2027-01-08T17:00", late, "health.safeguarding-lead");
  }

  @Test
  void the_social_workers_report_says_when_each_parent_had_it() {
    String contact = arrangedFor("2027-01-13T10:00");
    assertThat(practice.task("Write report", contact)).hasDueDate(at("2027-01-08T17:00"));
    assertThat(practice.groupsOf(practice.task("Write report", contact))).containsExactly("north.social-worker");
    practice.itIs("2027-01-07T10:00");
    Map<String, Object> report = Map.of("childWords", "I like it at Nana’s.",
        "known", "k", "risks", "r", "tried", "t", "p1On", "2027-01-06",
        "sharedWithChair", "2027-01-07");
    assertRefused("p2WhyNot", "or say why they did not", () -> practice.handIn("worker", "Write report", contact, report));
    assertRefused("sharedWithChair", "still to come", () -> practice.handIn("worker", "Write report", contact,
        page(report, "p2WhyNot", "Not found.", "sharedWithChair", "2027-01-09")));
    practice.handIn("worker", "Write report", contact, page(report, "p2WhyNot", "In Spain; posted."));
    assertThat(record.texts("select coalesce(shared_on::text, why_not) from report_shared s join conference_report r on r.id = s.report_id "
        + "where r.meeting_id = ? order by 1", conference.meeting(contact))).containsExactly("2027-01-06", "In Spain; posted.");
    assertThat(process(contact)).hasPassed(findId("Report shared"));
  }

  @Test
  void missing_invitations_and_reports_never_stop_the_conference() {
    String contact = arrangedFor("2027-01-06T10:00");
    practice.itIs("2027-01-06T12:30");
    practice.handIn("chair", RECORD, contact, conference.recorded(contact, List.of(), "otherName", "Niamh Byrne", "otherAgency", "health",
        "anotherName", "Sam Carter", "anotherAgency", "social-care", "happenedEarlier", true, "happenedAt", "2027-01-06T10:00"));
    practice.handIn("chair", FORWARD, contact, Map.of("wayForward", "goes-on", "ground", "enough is known", "why", "All is known."));
    assertThat(practice.tasks(VIEW, contact)).hasSize(1);
    assertThat(practice.tasks(INVITE, contact)).isEmpty();
    assertThat(practice.tasks("Write report", contact)).isEmpty();
    assertThat(record.clock("WriteReport", contact).endedAs()).isEqualTo("withdrawn");
    assertThat(record.clock("InviteEverybody", contact).endedAs()).isEqualTo("withdrawn");
  }

  // Quorum.

  @Test
  void a_quorate_conference_was_held_when_people_sat_together() {
    String contact = arrangedFor("2027-01-06T10:00");
    conference.inviteEverybody(contact);
    practice.itIs("2027-01-06T15:00");
    assertThat(practice.task(RECORD, contact)).hasDueDate(at("2027-01-06T23:59:59"));
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health", "school"),
        "happenedEarlier", true, "happenedAt", "2027-01-06T10:00"));

    assertThat(process(contact)).hasPassed(findId("Conference recorded"), findId("Quorum settled"), findId("Conference held"));
    assertThat(record.clock("HoldConference", contact).metAt()).isEqualTo(london("2027-01-06T10:00"));
    UUID meeting = conference.meeting(contact);
    assertThat(record.moment("select held_at from meeting where id = ?", meeting)).isEqualTo(london("2027-01-06T10:00"));
    assertThat(record.texts("select agency || coalesce(' ' || role, '') || ': ' || coalesce(absent_why, 'there') from attendance "
        + "where meeting_id = ? order by 1", meeting))
        .containsExactly("family child: there", "family child: there", "family father: there", "family mother: there", "health: there",
            "police: Joan Patel is ill.", "school: there", "social-care: there");
    assertThat(record.texts("select code from participation where meeting_id = ?", meeting)).containsExactly("PN1", "PN1");
    isDue("DecidePlans", contact, "2027-01-06T23:59:59");
  }

  @Test
  void who_is_missing_has_a_reason_and_each_child_a_way_of_taking_part() {
    String contact = arrangedFor("2027-01-06T10:00");
    conference.inviteEverybody(contact);
    practice.itIs("2027-01-06T15:00");
    List<String> quorum = List.of("social-care", "health", "school");
    assertRefused("absentWhy", "not ticked", () -> practice.handIn("minutes", RECORD, contact,
        conference.recorded(contact, quorum, "absentWhy", null)));
    assertRefused("c2Part", "each child", () -> practice.handIn("minutes", RECORD, contact,
        conference.recorded(contact, quorum, "c2Part", null)));
    assertRefused("chair", "who chaired", () -> practice.handIn("minutes", RECORD, contact,
        conference.recorded(contact, quorum, "chair", null)));
    assertRefused("otherAgency", "which agency", () -> practice.handIn("minutes", RECORD, contact,
        conference.recorded(contact, quorum, "otherName", "Ada")));
    assertRefused("whyNot", "did not take place", () -> practice.handIn("minutes", RECORD, contact, Map.of("tookPlace", "no")));
  }

  /** What holds until the conference was agreed for a few days; when they are over somebody looks whether it still does. */
  @Test
  void a_late_conference_asks_its_manager_whether_the_interim_plan_still_holds() {
    String contact = twoBrothers();
    conference.needed(contact, london("2026-12-18T11:00"));
    Clocks.Running limit = clock("HoldConference", contact);
    late("2027-01-13T17:00:01", limit, "service-manager");
    Task asked = conference.asked(limit.id()).get(0);
    Map<String, Object> answer = Map.of("cause", "waiting-for-others", "agreed", "A room on Friday.", "newDate", "2027-01-15T12:00");
    assertRefused("planHolds", "still holds", () -> practice.handIn("service-manager", asked.getId(), answer));
    assertRefused("planChanges", "what changes", () -> practice.handIn("service-manager", asked.getId(),
        Practice.page(answer, "planHolds", "no")));
    practice.handIn("service-manager", asked.getId(), Practice.page(answer,
        "planHolds", "no", "planChanges", "Both stay with their aunt."));

    assertThat(record.text("select words from chronology_entry where what = 'Plan looked at again' and subject_id = ?", limit.subjectId()))
        .isEqualTo("The plan does not hold: Both stay with their aunt.");
    assertThat(clock("HoldConference", contact).dueAt()).as("the limit itself never moves").isEqualTo(london("2027-01-13T17:00"));
  }

  @Test
  void the_limit_neither_stops_nor_starts_again_while_a_conference_is_not_quorate_twice() {
    String contact = arrangedFor("2027-01-06T10:00");
    conference.inviteEverybody(contact);
    UUID first = conference.meeting(contact);
    // the first time social care comes alone
    inquorate(contact, "2027-01-06T10:00");
    assertThat(practice.groupsOf(practice.task(FORWARD, contact))).containsExactly("conference-chair");
    assertThat(practice.task(FORWARD, contact)).hasDueDate(at("2027-01-13T17:00"));
    assertRefused("wayForward", "Set a new day", () -> practice.handIn("chair", FORWARD, contact,
        Map.of("wayForward", "goes-on", "ground", "enough is known", "why", "All is known.")));
    Map<String, Object> newDay = Map.of("wayForward", "new-day", "nextAt", "2027-01-12T10:00", "nextHow", "video", "planHolds", "changes",
        "planChanges", "Nana sleeps there.");
    assertRefused("nextAt", "weekend", () -> practice.handIn("chair", FORWARD, contact, page(newDay, "nextAt", "2027-01-09T10:00")));
    assertRefused("nextAt", "after this attempt", () -> practice.handIn("chair", FORWARD, contact,
        page(newDay, "nextAt", "2027-01-05T10:00")));
    assertRefused("lateWhy", "beyond a limit", () -> practice.handIn("chair", FORWARD, contact,
        page(newDay, "nextAt", "2027-01-14T10:00")));
    assertRefused("planHolds", "still holds", () -> practice.handIn("chair", FORWARD, contact, page(newDay, "planHolds", null)));
    assertRefused("planChanges", "what changes", () -> practice.handIn("chair", FORWARD, contact, page(newDay, "planChanges", null)));
    practice.handIn("chair", FORWARD, contact, newDay);

    UUID second = conference.meeting(contact);
    assertThat(second).isNotEqualTo(first);
    assertThat(record.text("select coalesce(held_at::text, 'not held') || ', ' || ended_as from meeting where id = ?", first))
        .isEqualTo("not held, not-quorate");
    assertThat(record.text("select follows::text || plan_until_then from meeting m join conference c on c.meeting_id = m.follows "
        + "where m.id = ?", second))
        .isEqualTo(first + "Nana sleeps there.");
    assertThat(practice.task(RECORD, contact)).as("on the new day").hasDueDate(at("2027-01-12T23:59:59"));
    assertThat(conference.offered(RECORD, contact, "invited")).as("invitations hold").hasSize(8);
    assertThat(practice.tasks(REPORT, contact)).as("reports go on").hasSize(3);

    // the second time nobody comes: a manager decides with the chair
    practice.itIs("2027-01-12T11:00");
    practice.handIn("minutes", RECORD, contact, Map.of("tookPlace", "no", "whyNot", "Snow."));
    assertThat(practice.groupsOf(practice.task(FORWARD, contact))).containsExactly("conference-chair", "service-manager");
    Map<String, Object> later = page(newDay, "nextAt", "2027-01-18T10:00", "planHolds", "holds", "planChanges", null, "lateWhy", "Snow.");
    assertRefused("managerWhy", "second time", () -> practice.handIn("service-manager", FORWARD, contact, later));
    assertRefused("wayForward", "Nobody met", () -> practice.handIn("service-manager", FORWARD, contact, Map.of("wayForward", "goes-on",
        "ground", "enough is known", "why", "w", "managerWhy", "Owen Pritchard")));
    practice.handIn("service-manager", FORWARD, contact, page(later, "managerWhy", "Owen Pritchard: the roads are closed."));

    // one limit, one escalation, on the very day
    Clocks.Running limit = record.clock("HoldConference", contact);
    assertThat(limit.dueAt()).isEqualTo(london("2027-01-13T17:00"));
    practice.itIs("2027-01-13T16:59");
    practice.timersFire();
    assertThat(conference.asked(limit.id())).isEmpty();
    late("2027-01-13T17:00", limit, "service-manager");
    practice.itIs("2027-01-18T11:00");
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health", "school")));
    assertThat(record.clock("HoldConference", contact).metAt()).isEqualTo(london("2027-01-18T11:00"));
    assertThat(record.asked(limit)).as("once, and it closed itself").hasSize(1);
    assertThat(conference.asked(limit.id())).isEmpty();
  }

  @Test
  void a_new_day_beyond_ten_working_days_is_late_by_its_own_row() {
    String contact = arrangedFor("2026-12-22T10:00");
    conference.inviteEverybody(contact);
    inquorate(contact, "2026-12-22T10:00");
    practice.handIn("chair", FORWARD, contact, Map.of("wayForward", "new-day", "nextAt", "2027-01-12T10:00",
        "planHolds", "holds", "lateWhy", "Christmas."));
    // 23, 24, 29, 30, 31 December, 4 to 8 January
    Clocks.Running again = record.clocks("RecordConference", contact).get(0);
    assertThat(again.dueAt()).isEqualTo(london("2027-01-08T17:00"));
    assertThat(again.counted().from()).isEqualTo("conference not quorate");
    late("2027-01-08T17:00", again, "service-manager");
  }

  @Test
  void the_chair_goes_on_with_one_other_agency_and_a_reason_and_an_early_review_follows() {
    String contact = arrangedFor("2027-01-06T10:00");
    conference.inviteEverybody(contact);
    practice.itIs("2027-01-06T12:00");
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health"), "happenedEarlier", true,
        "happenedAt", "2027-01-06T10:00"));
    assertThat(conference.shown(FORWARD, contact).get("quorumText").toString()).contains("only one other agency");
    assertRefused("ground", "which ground", () -> practice.handIn("chair", FORWARD, contact, Map.of("wayForward", "goes-on", "why", "w")));
    assertRefused("why", "reason", () -> practice.handIn("chair", FORWARD, contact,
        Map.of("wayForward", "goes-on", "ground", "enough is known")));
    practice.handIn("chair", FORWARD, contact, Map.of("wayForward", "goes-on", "ground", "waiting would do harm",
        "why", "He comes home on Friday."));

    assertThat(process(contact)).hasPassed(findId("Quorum settled"), findId("Conference held"));
    assertThat(record.clock("HoldConference", contact).metAt()).isEqualTo(london("2027-01-06T10:00"));
    assertThat(record.text("select goes_on_why from conference where meeting_id = ?", conference.meeting(contact)))
        .isEqualTo("waiting would do harm: He comes home on Friday.");
    practice.handIn("minutes", VIEW, contact, viewed());
    conference.decided(contact, "plan-begins", List.of());
    practice.handIn("minutes", "Add to plan", contact, Map.of("adding", "nothing"));
    assertThat(conference.shown(NAME, contact).get("limitsText").toString()).contains("meets again by Wednesday 3 February 2027");
    assertRefused("lateWhy", "beyond its limit", () -> practice.handIn("chair", NAME, contact, core(contact, "2027-02-04T10:00")));
    practice.handIn("chair", NAME, contact, core(contact, "2027-02-02T10:00"));
    practice.handIn("minutes", "Agree action", contact, Map.of("agreed", "nothing"));
    // 20 working days from 6 January
    Clocks.Running review = record.clocks("HoldConference", contact).get(0);
    assertThat(review.dueAt()).isEqualTo(london("2027-02-03T17:00"));
    assertThat(review.counted().from()).isEqualTo("early review asked");
  }

  @Test
  void the_second_time_hardly_anybody_comes_a_manager_may_let_it_go_on() {
    String contact = arrangedFor("2026-12-22T10:00");
    conference.inviteEverybody(contact);
    inquorate(contact, "2026-12-22T10:00");
    practice.handIn("chair", FORWARD, contact, Map.of("wayForward", "new-day", "nextAt", "2026-12-29T10:00", "planHolds", "holds"));
    inquorate(contact, "2026-12-29T10:00");
    practice.handIn("chair", FORWARD, contact, Map.of("wayForward", "goes-on", "ground", "waiting would do harm", "why", "w",
        "managerWhy", "No manager could be reached on the 29th."));
    assertThat(practice.tasks(VIEW, contact)).hasSize(1);
  }

  // What is decided.

  @Test
  void brothers_have_different_plans_that_begin_on_the_conferences_day() {
    String contact = aQuorateConference();
    assertThat(practice.groupsOf(practice.task(VIEW, contact))).containsExactly("conference-chair", "minute-taker");
    practice.handIn("minutes", VIEW, contact, viewed("anotherView", "yes"));
    assertRefused("dissentWhy", "reasons for the dissent", () -> practice.handIn("minutes", VIEW, contact,
        viewed("agency", "school", "dissents", "yes")));
    practice.handIn("minutes", VIEW, contact, viewed("agency", "school", "child", record.child(contact, "Niall"), "view", "He is fine."));
    assertThat(practice.groupsOf(practice.task(DECIDE, contact))).containsExactly("conference-chair");
    // returns 2885: written down the day after, the plan is in force from the conference
    practice.itIs("2027-01-07T09:00");
    assertRefused("happenedAt", "before the conference", () -> practice.handIn("chair", DECIDE, contact, decision("plan-begins",
        List.of(record.child(contact, "Niall")), "happenedEarlier", true, "happenedAt", "2027-01-05T10:00")));
    assertRefused("category", "category", () -> practice.handIn("chair", DECIDE, contact,
        decision("plan-begins", List.of(record.child(contact, "Niall")), "category", null)));
    assertRefused("children", "Tick", () -> practice.handIn("chair", DECIDE, contact, decision("plan-begins", List.of())));
    conference.decided(contact, "plan-begins", List.of(record.child(contact, "Niall")), "category", "emotional-abuse",
        "happenedEarlier", true, "happenedAt", "2027-01-06T12:00");
    assertThat(conference.offered(DECIDE, contact, "offeredChildren")).containsExactly(record.child(contact, "Zoltan"));
    conference.decided(contact, "support-without-plan", List.of(), "happenedEarlier", true, "happenedAt", "2027-01-06T12:30");

    assertThat(planRows(contact)).containsExactly("Niall: child-protection since 2027-01-06, emotional-abuse");
    assertThat(record.clock("DecidePlans", contact).endedAs()).isNull();
    practice.handIn("minutes", "Add to plan", contact, Map.of("adding", "nothing"));
    assertRefused("members", "A plan needs people", () -> practice.handIn("chair", NAME, contact,
        page(core(contact, "2027-04-01T10:00"), "members", List.of())));
    assertRefused("coreGroupAt", "meets first", () -> practice.handIn("chair", NAME, contact,
        page(core(contact, "2027-04-01T10:00"), "coreGroupAt", null)));
    assertRefused("reviewAt", "before the conference", () -> practice.handIn("chair", NAME, contact, core(contact, "2026-04-01T10:00")));
    assertRefused("lateWhy", "beyond its limit", () -> practice.handIn("chair", NAME, contact, core(contact, "2027-04-07T10:00")));
    assertRefused("lateWhy", "beyond its limit", () -> practice.handIn("chair", NAME, contact,
        page(core(contact, "2027-04-01T10:00"), "coreGroupAt", "2027-01-21T10:00")));
    ProcessInstance process = process(contact);
    practice.handIn("chair", NAME, contact, page(core(contact, "2027-04-01T10:00"), "otherName", "Ada Quill", "otherRole", "youth worker",
        "otherAgency", "voluntary"));
    practice.handIn("minutes", "Agree action", contact, Map.of("agreed", "nothing"));

    assertThat(record.clock("DecidePlans", contact).metAt()).isEqualTo(london("2027-01-06T12:30"));
    assertThat(process).hasPassed(findId("Decisions recorded"), findId("Plans decided"), findId("Visits begun"),
        findId("Every visit begun"), findId("Every visit ended"), "Event_CoreGroupNeeded", "Event_SupportNeeded",
        findId("Nobody dissented"));
    assertThat(process).hasNotPassed(findId("No review needed"));
    assertThat(practice.process("core-group", contact)).isNotNull();
    assertThat(practice.process("visit", contact)).isNotNull();
    assertThat(practice.process("child-in-need", contact)).isNotNull();
    assertThat(record.texts("select name from core_group_member g join family_case f on f.id = g.case_id where f.reference = ? "
        + "and agency is null", practice.caseOf(contact))).hasSize(4);
  }

  @Test
  void a_review_called_in_the_moment_in_which_the_core_group_begins_moves_its_clock_its_timer_and_its_task() {
    String contact = aQuorateConference();
    practice.handIn("minutes", VIEW, contact, viewed());
    conference.decided(contact, "plan-begins", List.of());
    practice.handIn("minutes", "Add to plan", contact, Map.of("adding", "nothing"));
    practice.handIn("chair", NAME, contact, core(contact, "2027-02-01T10:00"));
    practice.handIn("minutes", "Agree action", contact, Map.of("agreed", "nothing"));

    // ten working days after the conference would be 20 January; ten before the review are sooner
    assertThat(record.clock("HoldCoreGroup", contact).dueAt()).isEqualTo(london("2027-01-18T17:00"));
    assertThat(practice.task("Arrange core group", contact).getDueDate().toInstant()).as("what the list shows")
        .isEqualTo(london("2027-01-18T17:00"));
    assertThat(record.datesThatDisagree(practice.caseOf(contact))).isEmpty();
  }

  @Test
  void no_plan_for_anybody_ends_the_conference_with_its_letter() {
    String contact = aQuorateConference();
    practice.handIn("minutes", VIEW, contact, viewed());
    ProcessInstance process = process(contact);
    conference.decided(contact, "no-plan", List.of());
    conference.rounded(contact, null, null);
    assertThat(process).hasPassed(findId("No review needed"), findId("Core group unchanged"), "Event_ClosingNeeded",
        findId("Nobody dissented"));
    assertThat(practice.tasks(ARRANGE, contact)).isEmpty();
    practice.handIn("minutes", LETTER, contact, letter(contact));
    assertThat(process).hasPassed(findId("Everybody told"), findId("Decisions made known"), findId("Conference concluded")).isEnded();
  }

  @Test
  void returns_2883_8935_8940_a_child_has_one_plan_that_only_its_conference_begins() {
    String contact = aQuorateConference();
    practice.handIn("minutes", VIEW, contact, viewed());
    UUID child = UUID.fromString(record.child(contact, "Niall"));
    UUID family = caseId(contact);
    plans.begin(Plans.CHILD_IN_NEED, child, family, null, LocalDate.parse("2026-12-20"), null, london("2026-12-20T10:00"), "worker");
    conference.decided(contact, "plan-begins", List.of());
    assertThat(planRows(contact)).containsExactly("Niall: child-in-need since 2026-12-20 until 2027-01-06, support-ended",
        "Niall: child-protection since 2027-01-06, neglect", "Zoltan: child-protection since 2027-01-06, neglect");
    assertThatThrownBy(() -> plans.begin(Plans.CHILD_PROTECTION, child, family, conference.meeting(contact),
        LocalDate.parse("2027-01-06"), "neglect", london("2027-01-06T10:00"), "chair")).isInstanceOf(Refusal.class)
        .hasMessageContaining("one plan at a time");
    // returns 2885, by the database too
    assertThatThrownBy(() -> record.change("update plan set begun_on = date '2027-01-07' where person_id = ? and kind = 'child-protection'",
        child))
        .hasMessageContaining("a plan begins on the day of its conference");
    // returns 2883: no second plan of one conference for the same child, none without one
    assertThatThrownBy(() -> record.change("update plan set begun_by = null where person_id = ? and kind = 'child-protection'", child))
        .hasMessageContaining("a_conference_begins_protection");
  }

  @Test
  void what_does_not_fit_a_child_is_not_decided() {
    String contact = aQuorateConference();
    practice.handIn("minutes", VIEW, contact, viewed());
    assertThat(conference.offered(DECIDE, contact, "decisions")).containsExactly("plan-begins", "support-without-plan", "no-plan");
    conference.decided(contact, "plan-begins", List.of(record.child(contact, "Niall")));
    conference.decided(contact, "no-plan", List.of());
    conference.rounded(contact, "2027-01-13T10:00", "2027-04-01T10:00");
    aReview(contact, "2027-04-01T10:00");
    assertThat(conference.offered(DECIDE, contact, "decisions")).hasSize(6);
    assertRefused("decision", "does not fit", () -> conference.decided(contact, "plan-continues",
        List.of(record.child(contact, "Zoltan"))));
    assertRefused("decision", "does not fit", () -> conference.decided(contact, "plan-begins", List.of()));
  }

  // The review.

  @Test
  void a_review_is_called_at_once_and_the_letter_still_tells_of_the_first_conference() {
    String contact = aConferenceWithPlans();
    UUID first = held(contact).get(0);
    assertThat(kind(contact)).isEqualTo("review-conference");
    assertThat(record.text("select reviews::text from conference where meeting_id = ?", conference.meeting(contact)))
        .isEqualTo(first.toString());
    // three months after 6 January, and twenty working days before the day that was named
    Clocks.Running review = record.clocks("HoldConference", contact).get(0);
    assertThat(review.dueAt()).isEqualTo(london("2027-04-06T17:00"));
    assertThat(review.counted().from()).isEqualTo("first conference held");
    assertThat(practice.task(ARRANGE, contact)).hasDueDate(at("2027-03-02T17:00"));
    assertThat(conference.shown(ARRANGE, contact)).containsEntry("plannedAt", "2027-04-01T10:00");

    Map<String, Object> shown = conference.shown(LETTER, contact);
    assertThat(shown.get("decidedText").toString()).contains("a child protection plan begins (neglect)",
        "meets again: Thursday 1 April 2027", "core group meets first: Wednesday 13 January 2027 at 10:00");
    assertThat(shown.get("planText").toString()).as("the outline of each child’s plan").contains("**Niall", "**Zoltan", ": neglect");
    assertThat(conference.shown("Arrange core group", contact)).as("as the conference named it")
        .containsEntry("plannedAt", "2027-01-13T10:00").containsEntry("mustNotMissText", "Not to be missed, said the conference: none");
    assertThat(practice.task(LETTER, contact)).hasDueDate(at("2027-01-07T17:00"));
    practice.handIn("minutes", LETTER, contact, letter(contact));
    assertThat(record.count("select count(*) from decision_letter where meeting_id = ?", first)).as("parents, and four agencies")
        .isEqualTo(6);
    assertThat(record.text("select subject_id::text from chronology_entry e join contact c on c.id = e.contact_id "
        + "where c.reference = ? and what = 'Decision letter sent'", contact)).isEqualTo(first.toString());
  }

  @Test
  void a_letter_goes_to_everybody_or_says_why_not() {
    String contact = aConferenceWithPlans();
    Map<String, Object> letter = letter(contact);
    List<String> fewer = new ArrayList<>(conference.offered(LETTER, contact, "recipients"));
    String left = fewer.remove(0);
    assertRefused("leftOutWhy", "left out", () -> practice.handIn("minutes", LETTER, contact, page(letter, "sentTo", fewer)));
    assertRefused("sentTo", "Tick", () -> practice.handIn("minutes", LETTER, contact, page(letter, "sentTo", List.of())));
    assertRefused("complaints", "how to complain", () -> practice.handIn("minutes", LETTER, contact, page(letter, "complaints", null)));
    assertRefused("happenedAt", "before the conference", () -> practice.handIn("minutes", LETTER, contact,
        page(letter, "happenedEarlier", true, "happenedAt", "2027-01-05T10:00")));
    practice.handIn("minutes", LETTER, contact, page(letter, "sentTo", fewer, "leftOutWhy", "Would be read by him."));
    assertThat(record.texts("select left_out_why from decision_letter where sent_at is null and meeting_id = ?", held(contact).get(0)))
        .containsExactly("Would be read by him.");
    assertThat(left).isNotBlank();
  }

  @Test
  void at_a_review_one_plan_continues_and_another_ends() {
    String contact = aConferenceWithPlans();
    aReview(contact, "2027-04-01T10:00");
    conference.decided(contact, "plan-continues", List.of(record.child(contact, "Niall")), "category", "emotional-abuse");
    conference.decided(contact, "plan-ends", List.of());
    ProcessInstance process = process(contact);
    practice.handIn("minutes", "Add to plan", contact, Map.of("adding", "nothing"));
    assertThat(conference.shown(NAME, contact)).containsEntry("newCoreGroup", false);
    // six months after a review on 1 April
    assertThat(conference.shown(NAME, contact).get("limitsText").toString())
        .isEqualTo("The conference meets again by Friday 1 October 2027 at 17:00.");
    practice.handIn("chair", NAME, contact, Map.of("reviewAt", "2027-09-20T10:00", "mustNotMiss", "none"));
    practice.handIn("minutes", "Agree action", contact, Map.of("agreed", "nothing"));

    assertThat(planRows(contact)).containsExactly("Niall: child-protection since 2027-01-06, emotional-abuse",
        "Zoltan: child-protection since 2027-01-06 until 2027-04-01, review-conference");
    assertThat(record.text("select first_category from plan where ended_on is null and case_id = ?", caseId(contact))).isEqualTo("neglect");
    assertThat(process).hasPassed(findId("Core group unchanged"), findId("Visits ended"));
    Clocks.Running next = record.clocks("HoldConference", contact).get(0);
    assertThat(next.dueAt()).isEqualTo(london("2027-10-01T17:00"));
    assertThat(next.counted().from()).isEqualTo("review conference held");
  }

  @Test
  void the_last_plan_ends_and_with_it_the_core_group_and_the_reviews() {
    String contact = aConferenceWithPlans();
    practice.handIn("minutes", LETTER, contact, letter(contact));
    ProcessInstance process = process(contact);
    aReview(contact, "2027-04-01T10:00");
    conference.decided(contact, "plan-ends-with-support", List.of());
    conference.rounded(contact, null, null);
    assertThat(process).hasPassed("Event_LastPlanEnded", "Event_SupportNeeded", findId("No review needed"), findId("Visits ended"));
    assertThat(practice.process("core-group", contact)).isNull();
    assertThat(practice.process("visit", contact)).isNull();
    practice.handIn("minutes", LETTER, contact, letter(contact));
    assertThat(process).isEnded();
  }

  @Test
  void returns_8840_a_plan_does_not_end_on_the_day_it_began() {
    String contact = aConferenceWithPlans();
    aReview(contact, "2027-01-06T16:00");
    assertRefused("children", "cannot end on the day on which it begins", () -> conference.decided(contact, "plan-ends", List.of()));
  }

  @Test
  void a_review_falls_on_a_working_day_before_its_limit_but_itself_on_any_day() {
    practice.itIs("2026-11-20T09:00");
    String contact = twoBrothers();
    conference.knownBefore(contact, "social-care", "health", "school", "police");
    conference.needed(contact, london("2026-11-16T11:00"));
    conference.quorate(contact, "2026-11-30T10:00");
    practice.handIn("minutes", VIEW, contact, viewed());
    conference.decided(contact, "plan-begins", List.of());
    conference.rounded(contact, "2026-12-07T10:00", "2027-02-20T10:00");
    // three months from 30 November end on Sunday 28 February
    assertThat(record.clocks("HoldConference", contact).get(0).dueAt()).isEqualTo(london("2027-02-26T17:00"));
    practice.handIn("chair", ARRANGE, contact, arranged("2027-02-20T10:00"));
    assertRefused("happenedAt", "before the conference that it reviews", () -> practice.handIn("minutes", RECORD, contact,
        Map.of("tookPlace", "yes", "chair", "Martin Walsh", "happenedEarlier", true, "happenedAt", "2026-11-29T10:00",
            "c1Part", "PN1", "c2Part", "PN1")));
  }

  @Test
  void a_birth_brings_the_open_review_forward() {
    String contact = aConferenceWithPlans();
    UUID review = conferences.openReview(caseId(contact)).orElseThrow();
    practice.itIs("2027-02-01T10:00");
    redating.bringForward(Chronology.Line.fact(contactId(contact), caseId(contact), null, "Child born", london("2027-02-01T03:20"),
        "worker", null).about(review), "The child was born");
    // 20 working days
    assertThat(record.clocks("HoldConference", contact).get(0).dueAt()).isEqualTo(london("2027-03-01T17:00"));
  }

  @Test
  void the_limit_of_a_review_is_found_by_its_first_attempt() {
    String contact = aConferenceWithPlans();
    UUID first = conference.meeting(contact);
    practice.itIs("2027-03-01T10:00");
    practice.handIn("chair", ARRANGE, contact, arranged("2027-03-20T10:00"));
    conference.inviteEverybody(contact);
    inquorate(contact, "2027-03-20T10:00");
    practice.handIn("chair", FORWARD, contact, Map.of("wayForward", "new-day", "nextAt", "2027-03-27T10:00", "planHolds", "holds"));
    assertThat(conference.meeting(contact)).isNotEqualTo(first);
    assertThat(conferences.openReview(caseId(contact))).contains(first);
    assertThat(record.moment("select min(planned_at) from meeting where case_id = ? and kind = 'review-conference' "
        + "and held_at is null and ended_as is null", caseId(contact))).isEqualTo(london("2027-03-27T10:00"));
  }

  @Test
  void dissent_goes_to_somebody_above_the_conference() {
    String contact = aQuorateConference();
    practice.handIn("minutes", VIEW, contact, viewed("dissents", "yes", "dissentWhy", "Nothing has changed since March."));
    ProcessInstance process = process(contact);
    conference.decided(contact, "no-plan", List.of());
    conference.rounded(contact, null, null);
    assertThat(process).hasPassed("Event_ProfessionalDissented");
    assertThat(practice.task("Answer dissent", contact)).hasDueDate(at("2027-01-08T17:00"));
  }

  // Too late.

  @Test
  void what_is_late_goes_to_the_service_manager_on_its_day() {
    String contact = twoBrothers();
    conference.knownBefore(contact, "social-care", "health", "school", "police");
    conference.needed(contact, london("2026-12-18T11:00"));
    late("2026-12-21T17:00", record.clock("ArrangeConference", contact), "service-manager");
    practice.handIn("chair", ARRANGE, contact, arranged("2027-01-06T10:00"));
    // arranged on the 21st
    late("2026-12-23T17:00", record.clock("InviteEverybody", contact), "service-manager");
    conference.inviteEverybody(contact);
    late("2026-12-31T17:00", record.clock("WriteReport", contact), "north.team-manager");
    assertThat(record.clocks("CollectReports", contact)).allSatisfy(clock -> assertThat(conference.asked(clock.id())).hasSize(1));
    late("2027-01-06T23:59:59", record.clock("RecordConference", contact), "service-manager");
    practice.itIs("2027-01-07T09:00");
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health", "school"),
        "happenedEarlier", true, "happenedAt", "2027-01-06T10:00"));
    Clocks.Running decide = record.clock("DecidePlans", contact);
    assertThat(decide.dueAt()).isEqualTo(london("2027-01-06T23:59:59"));
    late("2027-01-07T09:00", decide, "service-manager");
    practice.handIn("minutes", VIEW, contact, viewed());
    conference.decided(contact, "no-plan", List.of());
    conference.rounded(contact, null, null);
    late("2027-01-07T17:00", record.clock("SendDecisionLetter", contact), "service-manager");
  }

  // Withdrawn.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
      "withdrawn,         Conference called off",
      "no-longer-needed,  Conference no longer needed",
      "recorded-in-error, Conference recorded in error"})
  void a_conference_is_withdrawn_with_a_reason(String why, String end) {
    String contact = arrangedFor("2027-01-06T10:00");
    ProcessInstance process = process(contact);
    UUID meeting = conference.meeting(contact);
    engine.getRuntimeService().createMessageCorrelation("ConferenceWithdrawn").processInstanceId(process.getId())
        .setVariable("whyWithdrawn", why).correlate();
    assertThat(process).hasPassed(findId(end)).isEnded();
    assertThat(record.text("select ended_as from meeting where id = ?", meeting)).isEqualTo(why);
    assertThat(record.clock("HoldConference", contact).endedAs()).isEqualTo("withdrawn");
  }

  // Minutes.

  @Test
  void the_minutes_show_decisions_views_and_dissent_and_the_family_only_its_letter() {
    String contact = aQuorateConference();
    practice.handIn("minutes", VIEW, contact, viewed("view", "A plan is needed.", "dissents", "no", "anotherView", "yes"));
    practice.handIn("minutes", VIEW, contact, viewed("agency", "school", "view", "He is fine.",
        "dissents", "yes", "dissentWhy", "Attendance is good."));
    conference.decided(contact, "plan-begins", List.of());
    UUID meeting = conference.meeting(contact);
    conference.rounded(contact, "2027-01-13T10:00", "2027-04-01T10:00");

    Task write = practice.task("Write minutes", contact);
    assertThat(practice.groupsOf(write)).containsExactly("minute-taker");
    assertThat(record.clock("ProduceMinutes", contact).dueAt()).isEqualTo(london("2027-01-27T17:00"));
    assertThat(conference.shown("Write minutes", contact).get("recordedText").toString())
        .contains("a child protection plan begins (neglect)", "Health: A plan is needed.",
            "School: He is fine.. **Dissents:** Attendance is good.");
    practice.handIn("minutes", "Write minutes", contact, HeldMeeting.written());
    assertThat(practice.groupsOf(practice.task("Agree minutes", contact))).containsExactly("conference-chair");
    practice.handIn("chair", "Agree minutes", contact, HeldMeeting.agreed());
    Map<String, Object> shown = conference.shown("Circulate minutes", contact);
    assertThat(shown.values().stream().filter(value -> String.valueOf(value).startsWith("send-family:"))).as("one slot each, family once")
        .isNotEmpty();
    List<String> proposed = circulation.proposals(meeting).stream().map(one -> (one.agency() == null ? "family" : one.agency())).toList();
    assertThat(proposed).containsExactlyInAnyOrder("social-care", "health", "school", "police", "family", "family");
    circulation.send(meeting, meeting, new Circulation.Sending("family:x", "Zoë", null, UUID.fromString(person(contact, "Zoë")),
        "for-information", Circulation.LETTER, false, "post", "home", null, null), london("2027-01-06T15:00"),
        london("2027-01-06T15:00"), "minutes");
    circulation.send(meeting, meeting, new Circulation.Sending("called:x", "Niamh Byrne", "health", null, "for-action",
        Circulation.WITHOUT_CONFIDENTIAL, false, "post", "clinic", null, null), london("2027-01-06T15:00"),
        london("2027-01-06T15:00"), "minutes");
    List<Receipts.Copy> copies = receipts.copies(meeting);
    assertThat(redacted.of(copies.get(0).id())).contains("We are worried about your children")
        .doesNotContain("Dissents", "He is fine", "neglect");
    assertThat(redacted.of(copies.get(1).id())).contains("What each agency thinks", "**Dissents:** Attendance is good.",
        "a child protection plan begins (neglect)");
  }

  // Hands.

  private String twoBrothers() {
    String name = Practice.aNewName();
    String home = System.nanoTime() + " Mill Lane";
    return practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name, "address", home),
        practice.aNewChild("Zoltan", "lastName", name, "address", home, "birthDate", "2021-05-02"),
        mother("Zoë", "lastName", name, "address", home),
        practice.aNewChild("Séamus", "kind", "adult", "relation", "father", "birthDate", "1988-01-09", "lastName", name + "s", "sex", "M")),
        practice.aConcern());
  }

  private Map<String, Object> mother(String name, Object... changes) {
    return page(practice.aNewChild(name, "kind", "adult", "relation", "mother", "birthDate", "1990-07-23"), changes);
  }

  private Map<String, Object> unborn(String expected) {
    return practice.aNewChild("", "kind", "unborn", "firstName", null, "birthDate", null, "expectedDate", expected, "sex", null);
  }

  /** Asked for and arranged for that day, with people of four agencies known from before. */
  private String arrangedFor(String day) {
    return practice.alike(List.of("two brothers' conference", day), () -> {
      String contact = twoBrothers();
      conference.knownBefore(contact, "social-care", "health", "school", "police");
      conference.needed(contact, london("2026-12-18T11:00"));
      practice.handIn("chair", ARRANGE, contact, arranged(day));
      return contact;
    });
  }

  private String aQuorateConference() {
    return practice.alike(List.of("two brothers' conference, quorate"), () -> {
      String contact = arrangedFor("2027-01-06T10:00");
      conference.inviteEverybody(contact);
      practice.itIs("2027-01-06T10:00");
      practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health", "school")));
      return contact;
    });
  }

  private String aConferenceWithPlans() {
    return practice.alike(List.of("two brothers' plans"), () -> {
      String contact = aQuorateConference();
      practice.handIn("minutes", VIEW, contact, viewed());
      conference.decided(contact, "plan-begins", List.of());
      conference.rounded(contact, "2027-01-13T10:00", "2027-04-01T10:00");
      return contact;
    });
  }

  /** The review, up to its decisions. */
  private void aReview(String contact, String day) {
    conference.quorate(contact, day);
    practice.handIn("minutes", VIEW, contact, viewed());
  }

  /** Social care sits alone. */
  private void inquorate(String contact, String day) {
    practice.itIs(day);
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care")));
  }

  private Map<String, Object> core(String contact, String review) {
    return Map.of("members", conference.offered(NAME, contact, "offeredMembers"), "coreGroupAt", "2027-01-13T10:00",
        "reviewAt", review, "mustNotMiss", "none");
  }

  private Map<String, Object> letter(String contact) {
    return Map.of("sentTo", conference.offered(LETTER, contact, "recipients"), "how", "post", "complaints", true);
  }

  private void late(String when, Clocks.Running late, String group) {
    assertThat(late.dueAt()).isBeforeOrEqualTo(london(when));
    practice.itIs(when);
    practice.timersFire();
    assertThat(record.asked(late)).as(late.obligation()).containsExactly(group);
    assertThat(conference.asked(late.id())).as(late.obligation()).hasSize(1);
  }

  private void isDue(String obligation, String contact, String londonTime) {
    assertThat(clock(obligation, contact).dueAt()).isEqualTo(london(londonTime));
  }

  private Clocks.Running clock(String obligation, String contact) {
    return record.clock(obligation, contact);
  }

  private ProcessInstance process(String contact) {
    return practice.process("conference", contact);
  }

  private String kind(String contact) {
    return record.text("select kind from meeting where id = ?", conference.meeting(contact));
  }

  private List<UUID> held(String contact) {
    return conferences.heldOf(caseId(contact)).stream().map(one -> UUID.fromString(one.value())).toList();
  }

  private UUID caseId(String contact) {
    return families.idOf(practice.caseOf(contact)).orElseThrow();
  }

  private UUID contactId(String contact) {
    return contacts.idOf(contact).orElseThrow();
  }

  private String person(String contact, String firstName) {
    return record.child(contact, firstName);
  }

  private String offeredNamed(String label, String contact, String key, String name) {
    return conference.offered(label, contact, key).stream().filter(id -> id.equals(person(contact, name))).findFirst().orElseThrow();
  }

  private List<String> planRows(String contact) {
    return record.texts("""
        select n.first_name || ': ' || p.kind || ' since ' || begun_on || coalesce(' until ' || ended_on || ', ' || ended_why,
          ', ' || latest_category)
        from plan p join person_name n on n.person_id = p.person_id and n.position = 1 where p.case_id = ?
          order by n.first_name, begun_on""", caseId(contact));
  }

  private static void assertRefused(String field, String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> {
      assertThat(refusal).hasMessageContaining(words);
      assertThat(refusal.field()).isEqualTo(field);
    });
  }

  private static Date at(String londonTime) {
    return Date.from(london(londonTime));
  }
}
