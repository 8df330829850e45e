package org.followthrough.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.HeldConference.arranged;
import static org.followthrough.Practice.london;
import static org.followthrough.Practice.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.HeldConference;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.family.Confidences;
import org.followthrough.minutes.Circulation;
import org.followthrough.minutes.Receipts;
import org.followthrough.minutes.RedactedMinutes;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.people.Agencies.Agency;
import org.followthrough.people.Agencies.Organisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A new kind of agency and an organisation of it are two rows, and from then on everybody meets them. Friday 18 December 2026. */
@InTheHouse
class AgenciesTest {

  private static final String INVITE = "Invite to conference";
  private static final String REPORT = "Report to conference";
  private static final String RECORD = "Record conference";
  /** A social landlord; we have none in what we bring. */
  private static final String LANDLORD = "housing-association";
  private static final String GREENFIELD = "greenfield-homes";

  @Autowired Agencies agencies;
  @Autowired Practice practice;
  @Autowired HeldConference conference;
  @Autowired Conferences conferences;
  @Autowired Circulation circulation;
  @Autowired Receipts receipts;
  @Autowired RedactedMinutes redacted;
  @Autowired Confidences confidences;
  @Autowired TheRecord record;
  @Autowired FormIntake forms;
  @Autowired IdentityService identity;
  @LocalServerPort int port;

  @BeforeEach
  void twoRowsMore() {
    practice.itIs("2026-12-18T16:30");
    agencies.keep(new Agency(LANDLORD, "Housing association", LANDLORD, false), "admin");
    agencies.keep(new Organisation(GREENFIELD, "Greenfield *Homes*", LANDLORD, "Ada Brook", "01632 960140", false), "admin");
    employ("tenancy-officer", "Ife", "Obi", GREENFIELD);
    employ("landlords-lead", "Ada", "Brook", GREENFIELD + ".safeguarding-lead");
    employ("other-landlord", "Jo", "Pike", LANDLORD);
  }

  @AfterEach
  void theyAreGone() {
    practice.endEverything();
    List.of("tenancy-officer", "landlords-lead", "other-landlord").forEach(identity::deleteUser);
    List.of(GREENFIELD, LANDLORD).forEach(code -> List.of(code, Agencies.leadGroup(code)).forEach(identity::deleteGroup));
    record.change("delete from organisation where code = ?", GREENFIELD);
    record.change("delete from agency where code = ?", LANDLORD);
  }

  private void employ(String id, String first, String last, String group) {
    User user = identity.newUser(id);
    user.setFirstName(first);
    user.setLastName(last);
    user.setPassword(id + DemoPeople.PASSWORD);
    identity.saveUser(user);
    identity.createMembership(id, group);
  }

  // Where people come from.

  @Test
  void they_stand_in_every_list_where_one_may_come_from_there_after_what_has_stood_there_before() {
    assertThat(agencies.others()).extracting(Option::value).containsSubsequence("police", "health", "school", "mill-road-school", "housing",
        "probation", "voluntary", LANDLORD, GREENFIELD, "other-authority", "other").doesNotContain(Agencies.SOCIAL_CARE, Agencies.FAMILY);
    assertThat(agencies.offered()).extracting(Option::value).contains(Agencies.SOCIAL_CARE).doesNotContain(Agencies.FAMILY);
    assertThat(agencies.withFamily()).last().isEqualTo(new Option("The family", Agencies.FAMILY));
    assertThat(agencies.offered()).contains(new Option("Housing association", LANDLORD),
        new Option("Housing association: Greenfield *Homes*", GREENFIELD));
    String contact = practice.contactOf(practice.start("contact"));
    practice.handIn("contact", "Record contact", contact, practice.aContact("agency", GREENFIELD));
    assertThat(record.text("select agency from contact where reference = ?", contact)).isEqualTo(GREENFIELD);
  }

  @Test
  void what_is_closed_is_offered_no_more_and_keeps_its_name() {
    agencies.keep(new Organisation(GREENFIELD, "Greenfield Homes", LANDLORD, null, null, true), "admin");
    assertThat(agencies.offered()).extracting(Option::value).contains(LANDLORD).doesNotContain(GREENFIELD);
    agencies.keep(new Agency(LANDLORD, "Housing association", LANDLORD, true), "admin");
    assertThat(agencies.offered()).extracting(Option::value).doesNotContain(LANDLORD, GREENFIELD);
    assertThat(agencies.spoken(GREENFIELD)).isEqualTo("Greenfield Homes");
    String contact = practice.contactOf(practice.start("contact"));
    refused("agency", () -> practice.handIn("contact", "Record contact", contact, practice.aContact("agency", GREENFIELD)));
  }

  @Test
  void an_agency_is_said_by_its_code_as_ever_and_an_organisation_by_its_name() {
    assertThat(List.of("police", "social-care", "other-authority", LANDLORD, GREENFIELD, "fire-service")).extracting(agencies::spoken)
        .containsExactly("police", "social care", "other authority", "housing association", "Greenfield *Homes*", "fire service");
    assertThat(agencies.sentence(LANDLORD)).isEqualTo("Housing association");
    assertThat(agencies.spoken(null)).isEmpty();
    assertThat(agencies.organisation(GREENFIELD)).get().extracting(Organisation::lead)
        .isEqualTo("safeguarding lead Ada Brook, 01632 960140");
  }

  // A conference.

  @Test
  void they_are_invited_report_are_counted_and_are_named() {
    String contact = arrangedWithThem();
    UUID meeting = conference.meeting(contact);
    assertThat(record.text("select reach from invitation where meeting_id = ? and agency = ?", meeting, GREENFIELD))
        .as("how they are reached where nobody wrote it down").isEqualTo("01632 960140");
    assertThat(conference.shown(RECORD, contact).get("reportsText").toString()).contains("- Greenfield \\*Homes\\*: **nothing yet**");
    Task report = practice.tasks(REPORT, contact).stream().filter(task -> practice.groupsOf(task).contains(GREENFIELD)).findFirst()
        .orElseThrow();
    assertThat(practice.groupsOf(report)).containsExactly(GREENFIELD, "minute-taker");
    practice.handIn("tenancy-officer", report.getId(), Map.of("given", "report", "done", "Visited twice.",
        "risk", "The rent is not paid."));
    practice.itIs("2027-01-06T10:00");
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health", GREENFIELD)));
    assertThat(record.text("select quorum_because from meeting where id = ?", meeting))
        .isEqualTo("Social care and at least two other agencies that know the child took part.");
    practice.handIn("minutes", "Record view", contact, HeldConference.viewed("agency", GREENFIELD, "view", "They need a home."));
    conference.decided(contact, "plan-begins", List.of());
    practice.handIn("minutes", "Add to plan", contact, Map.of("adding", "nothing"));
    practice.handIn("chair", "Name core group", contact, Map.of("members", conference.offered("Name core group", contact, "offeredMembers"),
        "coreGroupAt", "2027-01-13T10:00", "reviewAt", "2027-04-01T10:00", "mustNotMiss", "none"));
    practice.handIn("minutes", "Agree action", contact, Map.of("agreed", "action", "what", "Mend the boiler.", "namedPerson", "Ife Obi",
        "agency", GREENFIELD, "accepted", "no", "dueOn", "2027-01-20", "anotherAction", "no"));
    assertThat(practice.groupsOf(practice.task("Accept action", contact))).containsExactly(GREENFIELD, "north.social-worker");

    assertThat(conference.shown("Write minutes", contact).get("recordedText").toString())
        .contains("Ife Obi, Tenancy officer, Greenfield \\*Homes\\*", "Greenfield \\*Homes\\*: They need a home.",
            "Mend the boiler.: **Ife Obi**, Greenfield \\*Homes\\*, by 20 January 2027");
    practice.handIn("minutes", "Write minutes", contact, HeldMeeting.written());
    practice.handIn("chair", "Agree minutes", contact, HeldMeeting.agreed());
    assertThat(conference.shown("Circulate minutes", contact)).as("theirs sign in here").containsValue("Ife Obi")
        .containsValue("in-this-system");
    assertThat(copyFor(meeting, LANDLORD, null)).contains("- Greenfield \\*Homes\\*: Tenancy officer", "Mend the boiler");
    assertThat(copyFor(meeting, null, conferences.invitations(meeting).values().stream().map(Conferences.Invitation::personId)
        .filter(person -> person != null).findFirst().orElseThrow()))
        .as("where somebody is found is not for every parent").contains("Housing association: Tenancy officer")
        .doesNotContain("Greenfield");
  }

  private String copyFor(UUID meeting, String agency, UUID person) {
    Instant at = london("2027-01-06T15:00");
    String who = agency == null ? "family:x" : "called:x";
    circulation.send(meeting, meeting, new Circulation.Sending(who, "Reader", agency, person, "for-information",
        Circulation.WITHOUT_CONFIDENTIAL, true, "post", "At home", agency == null ? "chair and police" : null, null), at, at, "minutes");
    return receipts.copies(meeting).stream().filter(copy -> agency == null ? copy.personId() != null : agency.equals(copy.agency()))
        .findFirst().map(copy -> redacted.of(copy.id())).orElseThrow();
  }

  @Test
  void who_takes_part_from_there_sees_what_they_are_asked_and_nobody_of_another_landlord_does() {
    String contact = arrangedWithThem();
    Task report = practice.tasks(REPORT, contact).stream().filter(task -> practice.groupsOf(task).contains(GREENFIELD)).findFirst()
        .orElseThrow();
    assertThat(practice.taskList("tenancy-officer", contact)).containsExactly(REPORT);
    assertThat(practice.taskList("other-landlord", contact)).isEmpty();
    Visitor officer = Visitor.at(port, "tenancy-officer");
    assertThat(officer.get("/api/cards?tasks=" + report.getId()).body()).contains("Niall");
    assertThat(officer.get("/api/tasks/" + report.getId() + "/case").statusCode()).as("and not the file").isEqualTo(403);
    assertThat(Visitor.at(port, "other-landlord").get("/api/cards?tasks=" + report.getId()).body()).isEqualTo("[]");
  }

  @Test
  void an_organisation_that_is_silent_is_asked_through_its_own_lead_and_whoever_asks_is_told_whom_to_ring() {
    String contact = arrangedWithThem();
    for (Task task : practice.tasks(REPORT, contact).stream().filter(task -> !practice.groupsOf(task).contains(GREENFIELD)).toList()) {
      practice.handIn("minutes", task.getId(), Map.of("given", "none", "noneWhy", "Closed."));
    }
    practice.itIs("2027-01-06T09:00");
    practice.timersFire();
    Clocks.Running late = record.clocks("CollectReports", contact).stream().filter(one -> one.endedAs() == null).findFirst().orElseThrow();
    assertThat(record.asked(late)).containsExactly(GREENFIELD + ".safeguarding-lead");
    assertThat(conference.asked(late.id())).hasSize(1).allSatisfy(task -> assertThat(practice.taskList("landlords-lead", contact))
        .contains(task.getName()));
    assertThat(forms.prefilled(conference.asked(late.id()).get(0), "landlords-lead").get("lateText").toString())
        .contains("**Whom to ask there**", "Greenfield \\*Homes\\*: safeguarding lead Ada Brook, 01632 960140");
  }

  @ParameterizedTest(name = "beside health, a landlord who counts as {0}")
  @CsvSource(nullValues = "nobody", value = {"housing-association, true", "health, false", "nobody, false", "school, true"})
  void a_conference_counts_them_as_their_row_says(String countsAs, boolean quorate) {
    agencies.keep(new Agency(LANDLORD, "Housing association", countsAs, false), "admin");
    String contact = arrangedWithThem();
    practice.itIs("2027-01-06T10:00");
    practice.handIn("minutes", RECORD, contact, conference.recorded(contact, List.of("social-care", "health", GREENFIELD)));
    assertThat(record.text("select quorate::text from meeting where id = ?", conference.meeting(contact)))
        .isEqualTo(String.valueOf(quorate));
  }

  @Test
  void a_conference_counts_two_organisations_of_a_kind_once() {
    assertThat(agencies.countedAs(List.of("mill-road-school", "station-road-nursery", "school"))).containsExactly("school");
    assertThat(agencies.countedAs(List.of("riverside-surgery", "hospital", "health"))).containsExactly("health");
    assertThat(agencies.countedAs(List.of("fire-service", GREENFIELD))).containsExactlyInAnyOrder("fire-service", LANDLORD);
  }

  /** Arranged for 6 January, with social care and health known from before and somebody of Greenfield invited. */
  private String arrangedWithThem() {
    String name = Practice.aNewName();
    String home = System.nanoTime() + " Mill Lane";
    String contact = practice.aContactAbout(List.of(practice.aNewChild("Niall", "lastName", name, "address", home),
        practice.aNewChild("Zoë", "kind", "adult", "relation", "mother", "birthDate", "1990-07-23", "lastName", name, "address", home)),
        practice.aConcern());
    conference.knownBefore(contact, "social-care", "health");
    conference.needed(contact, london("2026-12-18T11:00"));
    practice.handIn("chair", "Arrange conference", contact, arranged("2027-01-06T10:00"));
    practice.handIn("minutes", INVITE, contact, page(Map.of("whom", "professional", "agency", GREENFIELD, "name", "Ife Obi",
        "role", "Tenancy officer", "purpose", "for-action", "directContact", "yes", "anotherInvitation", "yes")));
    conference.inviteEverybody(contact);
    return contact;
  }

  // A strategy discussion.

  @ParameterizedTest(name = "without health, and with a landlord who counts as {0}: {1}")
  @CsvSource({"housing-association, Health did not take part.", "health, Everybody who belongs there took part."})
  void a_discussion_counts_them_as_their_row_says(String countsAs, String because) {
    agencies.keep(new Agency(LANDLORD, "Housing association", countsAs, false), "admin");
    assertThat(held("otherName", "Ife Obi", "otherAgency", GREENFIELD)).startsWith(because);
  }

  @Test
  void somebody_who_speaks_for_health_sits_in_its_place_under_their_own_name() {
    String contact = convened();
    assertThat(options(contact, "healthAgencies")).contains("health", "general-practice", "riverside-surgery", "hospital")
        .doesNotContain("school", "police", GREENFIELD);
    practice.handIn("worker", "Record attendance", contact, attendance("health", "took-part", "healthName", "Dr Ify Eze",
        "healthFrom", "riverside-surgery", "healthReach", null));
    assertThat(because(contact)).isEqualTo("Everybody who belongs there took part.");
    assertThat(record.texts("select a.name || ', ' || a.agency || ', ' || a.reach from attendance a join meeting m on m.id = a.meeting_id "
        + "join contact c on c.id = m.contact_id where c.reference = ? and a.name like 'Dr%'", contact))
        .containsExactly("Dr Ify Eze, riverside-surgery, 01632 960132");
    assertThat(conference.shown("Record discussion", contact).get("quorumText").toString()).contains("Riverside Surgery: Dr Ify Eze");
  }

  @Test
  void a_referrer_is_expected_where_their_agency_sits() {
    String contact = convened("agency", "riverside-surgery", "referrerName", "Dr Ify Eze", "referrerRole", "General practitioner");
    assertThat(conference.shown("Record attendance", contact)).containsEntry("referrerExpected", false)
        .containsEntry("healthFrom", "riverside-surgery").containsEntry("healthName", "Dr Ify Eze");
    String landlords = convened("agency", GREENFIELD, "referrerName", "Ife Obi");
    assertThat(conference.shown("Record attendance", landlords)).containsEntry("referrerExpected", true);
  }

  private String convened(Object... changes) {
    String contact = practice.aRecordedContact("Niall", changes);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    practice.handIn("worker", "Convene discussion", contact, Map.of("when", "now", "how", "telephone", "asked", List.of("police")));
    return contact;
  }

  private String held(Object... changes) {
    String contact = convened();
    practice.handIn("worker", "Record attendance", contact, attendance(changes));
    return because(contact);
  }

  private static Map<String, Object> attendance(Object... changes) {
    return page(Map.of("discussionHeld", "yes", "socialWork", "took-part", "socialWorkName", "Grace Mensah", "police", "took-part",
        "policeName", "Dan Hughes", "health", "absent", "healthWhy", "Away.", "school", "none"), changes);
  }

  private String because(String contact) {
    return record.text("select quorum_because from meeting m join contact c on c.id = m.contact_id where c.reference = ?", contact);
  }

  private List<String> options(String contact, String list) {
    return ((List<?>) conference.shown("Record attendance", contact).get(list)).stream().map(one -> ((Option) one).value()).toList();
  }

  // An enquiry, and confidences.

  @Test
  void an_enquiry_asks_an_organisation_which_answers_itself() {
    String contact = convened();
    practice.handIn("worker", "Record attendance", contact, attendance("health", "took-part", "healthName", "Siobhán Doyle"));
    practice.handIn("worker", "Record discussion", contact, Map.of("known", "The rent is not paid.", "tonight", "At home.",
        "whoIsTold", "His mother."));
    practice.handIn("worker", "Agree action", contact, Map.of("agreed", "nothing"));
    practice.handIn("manager", "Decide outcome", contact, Map.of("children",
        conference.offered("Decide outcome", contact, "offeredChildren"),
        "outcome", "section-47-single", "reasons", "Nobody knows where they sleep."));
    practice.handIn("manager", "Allocate enquiry", contact, Map.of("worker", "worker", "knowsFamily", "no", "relatedFamily", "no",
        "agencies", List.of(GREENFIELD), "checksAgreed", "yes", "medical", "no"));
    Task check = practice.task("Answer check", contact);
    assertThat(practice.groupsOf(check)).containsExactly(GREENFIELD, "north.social-worker");
    assertThat(forms.prefilled(check, "tenancy-officer").get("agencyText")).isEqualTo("Greenfield \\*Homes\\*");
    practice.handIn("tenancy-officer", check.getId(), Map.of("knows", "They are two months behind.", "worry", "none"));
    assertThat(record.text("select a.answered_by from enquiry_agency a join enquiry q on q.id = a.enquiry_id "
        + "join meeting m on m.id = q.decided_by join contact c on c.id = m.contact_id where c.reference = ? and a.agency = ?",
        contact, GREENFIELD))
        .isEqualTo("tenancy-officer");
  }

  @Test
  void who_asked_not_to_be_named_is_not_named_by_the_kind_that_their_organisation_is_of() {
    String contact = practice.aRecordedContact("Niall", "agency", GREENFIELD, "referrerName", null, "referrerRole", "Tenancy officer");
    record.change("update contact set withhold_name = true where reference = ?", contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    UUID meeting = UUID.fromString(record.text("select m.id::text from meeting m join contact c on c.id = m.contact_id "
        + "where c.reference = ?", contact));
    for (String written : List.of(GREENFIELD, LANDLORD)) {
      assertThat(confidences.askedNotToBeNamed(meeting, "Ife Obi", written, "Tenancy officer")).as(written).isTrue();
    }
    assertThat(confidences.askedNotToBeNamed(meeting, "Ife Obi", "housing", "Tenancy officer")).isFalse();
  }

  // Kept.

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"Greenfield, small letters", "greenfield.safeguarding-lead, small letters", "service-manager, A role or a team",
      "north, A role or a team", "family, A role or a team", "camunda-admin, A role or a team", "health, An agency has this code"})
  void an_organisations_code_opens_no_other_door(String code, String why) {
    assertThatThrownBy(() -> agencies.keep(new Organisation(code, "Greenfield", LANDLORD, null, null, false), "admin"))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("code")).hasMessageContaining(why);
    assertThat(agencies.organisation(code)).isEmpty();
  }

  @Test
  void what_points_to_nothing_is_refused() {
    refused("agency", () -> agencies.keep(new Organisation("nowhere", "Nowhere", "nothing", null, null, false), "admin"));
    refused("agency", () -> agencies.keep(new Organisation("our-team", "Our team", Agencies.SOCIAL_CARE, null, null, false), "admin"));
    refused("name", () -> agencies.keep(new Organisation("nameless", " ", LANDLORD, null, null, false), "admin"));
    refused("code", () -> agencies.keep(new Agency(GREENFIELD, "Greenfield", null, false), "admin"));
    refused("countsAs", () -> agencies.keep(new Agency("cadets", "Cadets", "nobody", false), "admin"));
    refused("code", () -> agencies.keep(new Agency("conference-chair", "Chairs", null, false), "admin"));
    // past the page, too
    assertThatThrownBy(() -> record.change("insert into organisation (code, name, agency, recorded_by) "
        + "values ('health', 'Health', 'health', 'x')"))
        .hasMessageContaining("names an agency and an organisation");
  }

  @Test
  void operations_enter_them_and_their_groups_are_there() {
    Visitor admin = Visitor.at(port, "admin");
    admin.get("/camunda/app/tasklist/default/");
    admin.get("/api/session");
    identity.deleteGroup(Agencies.leadGroup(GREENFIELD));
    assertThat(admin.json("POST", "/api/organisations", Map.of("code", GREENFIELD, "name", "Greenfield Living", "agency", LANDLORD,
        "safeguardingLead", "Ada Brook", "reach", "01632 960141")).statusCode()).isEqualTo(204);
    assertThat(agencies.organisation(GREENFIELD)).contains(
        new Organisation(GREENFIELD, "Greenfield Living", LANDLORD, "Ada Brook", "01632 960141", false));
    assertThat(Stream.of(GREENFIELD, Agencies.leadGroup(GREENFIELD)))
        .allSatisfy(group -> assertThat(identity.createGroupQuery().groupId(group).count()).isOne());
    assertThat(record.text("select recorded_by from organisation where code = ?", GREENFIELD)).isEqualTo("admin");
    assertThat(admin.json("POST", "/api/organisations", Map.of("code", "north", "name", "North", "agency", LANDLORD)).body())
        .contains("A role or a team");
    assertThat(admin.json("POST", "/api/agencies", Map.of("code", LANDLORD, "name", "Social landlord", "countsAs", LANDLORD)).statusCode())
        .isEqualTo(204);
    assertThat(agencies.offered()).contains(new Option("Social landlord", LANDLORD));
  }

  @Test
  void every_agency_has_its_groups_and_social_care_has_its_teams() {
    Set<String> groups = Set.copyOf(identity.createGroupQuery().list().stream().map(group -> group.getId()).toList());
    assertThat(groups).contains("police", "health", "school", "mill-road-school", "mill-road-school.safeguarding-lead", LANDLORD)
        .doesNotContain(Agencies.SOCIAL_CARE);
  }

  @Test
  void the_lead_of_an_agency_that_is_called_like_a_team_sees_no_family_of_the_team() {
    assertThat(Sight.maySee(List.of("north.social-worker"), List.of("north"))).isTrue();
    assertThat(Sight.maySee(List.of("north.safeguarding-lead", "north.safeguarding-lead.south"), List.of("north"))).isFalse();
  }

  private static void refused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }
}
