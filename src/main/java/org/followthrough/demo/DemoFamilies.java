package org.followthrough.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.deadline.WorkingDays;
import org.followthrough.family.Families;
import org.followthrough.referral.Contacts;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Five families at the first start: one whose decision is overdue, one that was known before, one with a child in police
 * protection and a strategy discussion to hold, one with two children on a plan, and one of another team.
 */
@ForDemonstration
class DemoFamilies implements ApplicationRunner {

  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  private final DemoOffice office;
  private final DemoPlans plans;
  private final WorkingDays workingDays;
  private final Contacts contacts;
  private final Families families;
  private final JdbcClient jdbc;
  private final Clock clock;

  DemoFamilies(DemoOffice office, DemoPlans plans, WorkingDays workingDays, Contacts contacts, Families families, JdbcClient jdbc,
      Clock clock) {
    this.office = office;
    this.plans = plans;
    this.workingDays = workingDays;
    this.contacts = contacts;
    this.families = families;
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
    String contact = office.takeDown(recently(3), "north", Map.of("referrerName", "Siobhán Doyle", "referrerRole", "Health visitor",
        "agency", "health", "sourceCode", "3B", "whoReferred", "professional", "referrerPhone", "01632 960101"));
    office.person(contact, "kind", "child", "firstName", "Aoife", "lastName", "O’Neill", "birthDate", "2024-02-29", "sex", "F",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "4 Mill Lane", "anotherPerson", "yes");
    office.person(contact, "kind", "child", "firstName", "Zoë", "lastName", "O’Neill", "birthDate", "2019-07-14", "sex", "F",
        "relation", "sibling", "livesWhere", "with-the-children", "address", "4 Mill Lane", "disability", "yes", "anotherPerson", "yes");
    office.person(contact, "kind", "unborn", "expectedDate", today().plusWeeks(14).toString(), "relation", "sibling",
        "livesWhere", "with-the-children", "anotherPerson", "yes");
    office.person(contact, "kind", "adult", "firstName", "Katarzyna", "lastName", "O’Neill", "otherNames", "Kasia Szymańska",
        "birthDate", "1996-05-02", "relation", "mother", "livesWhere", "with-the-children", "address", "4 Mill Lane",
        "language", "Polish", "interpreter", true, "parentalResponsibility", "yes", "anotherPerson", "yes");
    office.person(contact, "kind", "adult", "firstName", "Declan", "lastName", "O’Neill", "birthDate", "1993-11-30", "relation", "father",
        "livesWhere", "elsewhere", "address", "Flat 9, Station Road", "parentalResponsibility", "yes", "anotherPerson", "no");
    office.concern(contact, "nature", "fact", "narrative", "At the visit Aoife’s clothes were wet and the flat was cold. There was no food "
        + "in the kitchen that a two-year-old could eat.", "factors", List.of("neglect"), "anotherConcern", "yes");
    office.concern(contact, "nature", "reported", "reportedBy", "Zoë, to her teacher",
        "narrative", "“Mummy sleeps on the floor when she has "
        + "had her wine, and I make Aoife’s bottle.”", "factors", List.of("alcohol", "neglect"), "anotherConcern", "no");
  }

  private void aFamilyKnownBefore() {
    String earlier = office.takeDown(recently(60), "north", Map.of("whoReferred", "professional", "referrerName", "Joan Patel",
        "referrerRole", "Designated safeguarding lead", "agency", DemoPlans.JOANS, "sourceCode", "2A"));
    adebayo(earlier);
    office.concern(earlier, "nature", "fact", "narrative", "Tunde has been late eleven times this term and came twice without lunch.",
        "factors", List.of("none-of-these"), "anotherConcern", "no");
    office.handIn("manager", "Decide response", earlier, Map.of("response", "advice", "overruleReason", "The school "
        + "and the family have a plan already.", "reasons", "The family asked for help with mornings, and the school gives it.",
        "childNeedsProtectingNow", "no", "happenedEarlier", true, "happenedAt", recently(60)));
    office.handIn("contact", "Tell referrer", earlier, Map.of("toldHow", "telephone", "toldTo", "Joan Patel",
        "toldWhat", "The school’s own plan goes on; ring us if it does not help.",
        "happenedEarlier", true, "happenedAt", recently(60)));
    office.handIn("school", "Confirm outcome heard", earlier, Map.of("heard", "yes", "happenedEarlier", true, "happenedAt", recently(59)));

    String now = office.takeDown(FORM.format(now()), "north", Map.of("whoReferred", "professional", "referrerName", "PC Dan Hughes",
        "referrerRole", "Response officer", "agency", "police", "sourceCode", "6", "sourceReference", "VCF-20931",
        "how", "police-notification"));
    adebayo(now);
    office.concern(now, "nature", "fact", "narrative", "Called to the address at 23:10. Tunde was on the stairs while his "
        + "mother’s partner shouted at her in the hall.", "factors", List.of("domestic-abuse", "child-present-at-police-incident"),
        "anotherConcern", "no");
    office.handIn("contact", "Choose family", now,
        Map.of("family", jdbc.sql("select f.reference from family_case f join contact c on c.case_id = f.id where c.reference = :ref")
        .param("ref", earlier).query(String.class).single()));
    office.handIn("contact", "Look at history", now,
        Map.of("historyMeaning", "The mornings were a sign. Tunde now sees violence at home."));
  }

  private void adebayo(String contact) {
    office.person(contact, "kind", "child", "firstName", "Tunde", "lastName", "Adebayo", "birthDate", "2016-09-21", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "Flat 2, 17 Harbour Street", "anotherPerson", "yes");
    office.person(contact, "kind", "adult", "firstName", "Folake", "lastName", "Adebayo", "birthDate", "1990-01-08", "relation", "mother",
        "livesWhere", "with-the-children", "address", "Flat 2, 17 Harbour Street", "parentalResponsibility", "yes", "anotherPerson", "no");
  }

  private void aChildInPoliceProtection() {
    String contact = office.takeDown(FORM.format(now()), "north", Map.of("whoReferred", "professional", "referrerName", "PC Dan Hughes",
        "referrerRole", "Response officer", "agency", "police", "sourceCode", "6", "referrerPhone", "01632 960117", "safeNow", "no"));
    office.person(contact, "kind", "child", "firstName", "Mateusz", "lastName", "Kowalczyk", "birthDate", "2023-01-17", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "8 Canal Row", "anotherPerson", "yes");
    office.person(contact, "kind", "adult", "firstName", "Agnieszka", "lastName", "Kowalczyk", "birthDate", "1995-06-30",
        "relation", "mother", "livesWhere", "elsewhere", "address", "Rose House, 12 Elm Street", "addressProtected", true,
        "parentalResponsibility", "yes", "anotherPerson", "no");
    office.concern(contact, "nature", "fact", "narrative", "Marks of a hand on his back, seen by the officer. His father "
        + "could not say how they came there.", "factors", List.of("physical-injury"), "anotherConcern", "no");
    office.handIn("manager", "Decide response", contact, Map.of("response", "strategy-discussion",
        "reasons", "An injury nobody explains, to a child of three.", "childNeedsProtectingNow", "yes"));
    List<String> children = jdbc.sql("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = :ref and p.child")
        .param("ref", contact).query(String.class).list();
    office.handIn("out-of-hours", "Arrange protection", contact, Map.of("children", children, "kind", "police-protection",
        "since", FORM.format(now().minusHours(2)), "details", "Police took him to his grandmother, who is known to "
            + "us. The duty team rings at nine.",
        "whereChildren", "With his grandmother, 3 Mill Lane", "parentsTold", "yes", "parentsToldBy", "PC Dan Hughes"));
  }

  private void aFamilyOnAPlan() {
    String contact = office.takeDown(recently(25), "north", Map.of("whoReferred", "professional", "referrerName", "Joan Patel",
        "referrerRole", "Designated safeguarding lead", "agency", DemoPlans.JOANS, "sourceCode", "2A"));
    office.person(contact, "kind", "child", "firstName", "Seán", "lastName", "Byrne", "birthDate", "2017-11-05", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "12 Weavers’ Yard", "anotherPerson", "yes");
    office.person(contact, "kind", "child", "firstName", "Łucja", "lastName", "Byrne", "birthDate", "2024-02-29", "sex", "F",
        "relation", "sibling", "livesWhere", "with-the-children", "address", "12 Weavers’ Yard", "anotherPerson", "yes");
    office.person(contact, "kind", "adult", "firstName", "Maryla", "lastName", "Byrne", "birthDate", "1994-08-19",
        "relation", "mother", "language", "Polish", "livesWhere", "with-the-children", "address", "12 Weavers’ Yard",
        "parentalResponsibility", "yes", "anotherPerson", "yes");
    office.person(contact, "kind", "adult", "firstName", "Fergal", "lastName", "Byrne", "birthDate", "1990-12-01", "relation", "father",
        "livesWhere", "elsewhere", "address", "2 Quay Street", "parentalResponsibility", "yes", "anotherPerson", "no");
    office.concern(contact, "nature", "reported", "reportedBy", "Seán, to his teacher",
        "narrative", "“I put Łucja to bed when Mum is out.”", "factors", List.of("neglect"), "anotherConcern", "no");
    office.handIn("manager", "Decide response", contact, Map.of("response", "assessment", "overruleReason", "The school asks for it.",
        "reasons", "Two small children alone at night.", "childNeedsProtectingNow", "no", "happenedEarlier", true,
        "happenedAt", recently(25)));
    office.handIn("contact", "Tell referrer", contact, Map.of("toldHow", "telephone", "toldTo", "Joan Patel",
        "toldWhat", "An assessment begins.", "happenedEarlier", true, "happenedAt", recently(25)));
    office.handIn("school", "Confirm outcome heard", contact, Map.of("heard", "yes", "happenedEarlier", true, "happenedAt", recently(24)));
    office.handIn("manager", "Name lead professional", contact, Map.of("lead", "worker", "leadReason", "Knows the family."));
    UUID contactId = contacts.idOf(contact).orElseThrow();
    UUID family = contacts.byId(contactId).caseId();
    plans.decided(contactId, family, families.children(family).stream().map(child -> UUID.fromString(child.value())).toList(),
            moment(recently(8)), moment(recently(4)), today())
        .forEach(process -> office.begin(process.message(), contact, families.reference(family), process.about()));
  }

  private static Instant moment(String form) {
    return LocalDateTime.parse(form).atZone(WorkingDays.LONDON).toInstant();
  }

  private void aFamilyOfTheSouthTeam() {
    String contact = office.takeDown(FORM.format(now()), "south", Map.of("whoReferred", "member-of-the-public",
        "referrerName", "A neighbour", "askedNotToBeNamed", true, "sourceCode", "1D"));
    office.person(contact, "kind", "child", "firstName", "Minh", "lastName", "Nguyễn", "birthDate", "2022-04-03", "sex", "M",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "31 Orchard Close", "anotherPerson", "no");
    office.concern(contact, "nature", "reported", "reportedBy", "The caller",
        "narrative", "Hears a small child cry alone for hours on weekday evenings.",
        "factors", List.of("neglect"), "anotherConcern", "no");
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
