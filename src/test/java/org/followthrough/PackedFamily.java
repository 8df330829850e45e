package org.followthrough;

import static org.followthrough.Practice.london;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.Outcomes;
import org.followthrough.move.pack.ForeignPack;
import org.followthrough.move.pack.Packs;
import org.followthrough.page.Answer;
import org.followthrough.page.Nature;
import org.followthrough.people.Directory;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;
import org.springframework.stereotype.Component;

/**
 * A family of whom some move. Aoife, born on 29 February, Zoë and an unborn child are with their mother Katarzyna; Ruairí lives with his
 * father Łukasz elsewhere, an uncle comes and goes, and whoever told us asked not to be named.
 */
@Component
public class PackedFamily {

  private static final Instant NOW = london("2027-02-10T16:30");

  private final Practice practice;
  private final TheRecord record;
  private final PlannedFamily family;
  private final Plans plans;
  private final Outcomes outcomes;
  private final Conferences conferences;
  private final Families families;
  private final Sightings sightings;
  private final Chronology chronology;
  private final Packs packs;
  private final Directory directory;

  PackedFamily(Practice practice, TheRecord record, PlannedFamily family, Plans plans, Outcomes outcomes, Conferences conferences,
      Families families, Sightings sightings, Chronology chronology, Packs packs, Directory directory) {
    this.practice = practice;
    this.record = record;
    this.family = family;
    this.plans = plans;
    this.outcomes = outcomes;
    this.conferences = conferences;
    this.families = families;
    this.sightings = sightings;
    this.chronology = chronology;
    this.packs = packs;
    this.directory = directory;
  }

  /** A contact about them, who all have plans, with everything that a pack may hold. */
  public String contact() {
    String surname = "O’Neill" + Practice.aNewName().toLowerCase();
    String home = System.nanoTime() + " Mill Lane";
    String contact = practice.aContactAbout(List.of(
        practice.aNewChild("Aoife", "lastName", surname, "birthDate", "2020-02-29", "address", home, "otherNames", "Eva " + surname),
        practice.aNewChild("Zoë", "lastName", surname, "birthDate", "2025-07-14", "address", home),
        practice.aNewChild("Ruairí", "lastName", surname, "birthDate", "2016-05-01", "address", "9 Quarry Bank", "livesWhere", "elsewhere"),
        practice.aNewChild("", "kind", "unborn", "firstName", null, "lastName", null, "birthDate", null, "expectedDate", "2027-02-01",
            "address", null),
        practice.aNewChild("Katarzyna", "kind", "adult", "lastName", surname, "birthDate", "1990-03-01",
            "relation", "mother", "address", home, "language", "Polish", "interpreter", true),
        practice.aNewChild("Łukasz", "kind", "adult", "lastName", "Wiśniewski" + surname, "birthDate", null, "ageAbout", "40",
            "relation", "father", "livesWhere", "elsewhere", "address", "9 Quarry Bank"),
        practice.aNewChild("Darragh", "kind", "adult", "lastName", "Byrne" + surname, "birthDate", null, "relation", "other-relative",
            "livesWhere", "regular-visitor", "address", "77 Canal Walk")),
        practice.aConcern("narrative", "Aoife came without a coat; Ruairí’s lunch was all that Aoife and Zoë had."),
        "referrerName", "Siobhán Doyle");
    record.change("update contact set withhold_name = true where reference = ?", contact);
    practice.handIn("manager", "Decide response", contact, practice.aDecision("strategy-discussion"));
    UUID conference = family.conference(contact, london("2026-12-17T10:00"));
    conferences.open(conference, null, true, null);
    for (String child : List.of("Aoife", "Zoë", "", "Ruairí")) {
      UUID plan = family.wholePlan(contact, child, conference);
      UUID reached = plans.add(plan, "Hungry in the morning", "Breakfast before eight", null, null, null, null, NOW, "chair");
      plans.endRow(reached, "achieved", "School says so.", NOW);
      outcomes.decide(conference, List.of(child(contact, child)), "plan-begins", "neglect", "Harm is likely to "
          + (child.isEmpty() ? "the baby" : child) + ".", NOW, "chair");
    }
    family.members(contact);
    conferences.view(conference, "health", "Niamh Byrne", child(contact, "Aoife"), "Too early.", "She is thin.", NOW, "minutes");
    conferences.view(conference, "school", "Joan Patel", child(contact, "Ruairí"), "He is safe at his father’s.", null, NOW, "minutes");
    minutes(conference, "What was said of Aoife, Zoë and Ruairí.", "Katarzyna does not know that her brother Xanthippos rang.");
    sightings.record(new Sightings.Sighting(child(contact, "Aoife"), family.caseOf(contact), null, "social-care", "Sam Carter",
        london("2027-02-03T16:00"), true, null, true, null, true, "I like the “new” bed – Łóżko!"), NOW, "worker");
    sightings.record(new Sightings.Sighting(child(contact, "Ruairí"), family.caseOf(contact), null, "school", null,
        london("2027-02-04T09:00"), true, null, null, null, null, "Ruairí is well."),
        NOW, "worker");
    families.legalStatus(family.caseOf(contact), child(contact, "Zoë"), "Child arrangements order", london("2026-12-20T12:00"),
        NOW, "manager");
    others(contact);
    UUID entry = chronology.add(line(contact, child(contact, "Aoife"), "Doctor rang", "Aoife has an ear infection."));
    chronology.correct(entry, london("2027-02-01T10:00"), "It was on Monday.", NOW, "worker");
    chronology.add(line(contact, child(contact, "Ruairí"), "School rang", "Only about him."));
    chronology.add(new Chronology.Line(null, family.caseOf(contact), null, null, "Assessment written", NOW,
        Chronology.Recorded.by("worker", NOW), Nature.JUDGEMENT, null, List.of(new Answer("What does this child say?", "I am hungry."),
            new Answer("What does this child say?", "I will run away."), new Answer("What helps the children?", "Their aunt.")),
        null, null));
    chronology.add(line(contact, null, "Father rang", "Łukasz says that Zoë is well."));
    chronology.add(line(contact, null, "Mother rang", "Ruairí hit Zoë.\nKatarzyna was calm.\nSiobhán Doyle had seen it."));
    return contact;
  }

  private Chronology.Line line(String contact, UUID child, String what, String words) {
    return Chronology.Line.fact(null, family.caseOf(contact), child, what, NOW, "worker", words);
  }

  /** An enquiry, an assessment, protection and help of which all four children are part. */
  private void others(String contact) {
    UUID enquiry = UUID.randomUUID();
    UUID discussion = family.conference(contact, london("2026-12-10T10:00"));
    UUID assessment = UUID.randomUUID();
    UUID support = UUID.randomUUID();
    record.change("insert into enquiry (id, case_id, decided_by, opened_at, worker, comes_to) "
        + "values (?, ?, ?, timestamp '2026-12-10 10:00', 'worker', 'Aoife is often alone.')",
        enquiry, family.caseOf(contact), discussion);
    record.change("insert into assessment (id, case_id, begun_at, part_of_enquiry, page, factors, written_by, agreed_at, agreed_by) "
        + "values (?, ?, timestamp '2026-12-01 10:00', true, ?::jsonb, '{2A}', 'worker', timestamp '2026-12-15 10:00', 'manager')",
        assessment, family.caseOf(contact),
        "{\"history\": \"Ruairí left in 2024.\", \"factorsChild\": [\"2A\"], \"%sWords\": \"I am hungry.\", \"%sWords\": \"I miss Zoë.\"}"
            .formatted(child(contact, "Aoife"), child(contact, "Ruairí")));
    record.change("insert into support (id, case_id, kind, begun_at, help, receiver_user) "
        + "values (?, ?, 'early-help', timestamp '2026-11-01 10:00', 'Breakfast club', 'worker')",
        support, family.caseOf(contact));
    for (String name : List.of("Aoife", "Zoë", "", "Ruairí")) {
      record.change("insert into enquiry_child (enquiry_id, person_id, how, begun_at, finding, next_step, reasons, "
          + "decided_at, decided_by, ended_at, ended_as) values (?, ?, 'joint', "
          + "timestamp '2026-12-10 10:00', 'continuing-risk', 'conference', ?, timestamp '2026-12-15 10:00', 'manager', "
          + "timestamp '2026-12-17 10:00', 'conference-held')", enquiry, child(contact, name), "About " + name);
      record.change("insert into assessment_child (assessment_id, person_id, seen, ended_at) "
          + "values (?, ?, true, timestamp '2026-12-15 10:00')", assessment, child(contact, name));
      record.change("insert into support_child (support_id, person_id, ended_at) values (?, ?, timestamp '2026-12-01 10:00')",
          support, child(contact, name));
      record.change("insert into protection (need_id, case_id, person_id, kind, details, since, ends_at, whereabouts, "
          + "recorded_at, recorded_by, followed_at, followed_by) values (gen_random_uuid(), ?, ?, 'other', 'Their "
          + "aunt stays.', timestamp '2026-12-09 18:00', timestamp '2026-12-10 18:00', 'At home', timestamp '2026-12-09 18:10', "
          + "'worker', timestamp '2026-12-10 12:00', 'safe-without-protection')", family.caseOf(contact), child(contact, name));
    }
    record.change("insert into enquiry_adult (enquiry_id, person_id, spoken, how, says, at, recorded_at, recorded_by) "
        + "values (?, ?, true, 'at-home', 'I try.', timestamp '2026-12-11 10:00', timestamp '2026-12-11 11:00', 'worker')",
        enquiry, person(contact, "Katarzyna"));
    record.change("insert into enquiry_adult (enquiry_id, person_id, spoken, how, says, at, recorded_at, recorded_by) "
        + "values (?, ?, true, 'at-home', 'I saw nothing.', timestamp '2026-12-11 12:00', timestamp '2026-12-11 13:00', 'worker')",
        enquiry, person(contact, "Darragh"));
  }

  private void minutes(UUID conference, String summary, String confidential) {
    record.change("insert into minutes (id, meeting_id, version, summary, confidential, letter, written_at, written_by, "
        + "agreed_at, agreed_by) values (?, ?, 1, ?, ?, 'Dear Katarzyna', timestamp '2026-12-18 10:00', 'minutes', "
        + "timestamp '2026-12-19 10:00', 'chair')", conference, conference, summary, confidential);
  }

  /** They move to another authority: those of them with these first names, "" for the unborn child. */
  public UUID move(String contact, String authority, String... names) {
    UUID id = UUID.randomUUID();
    record.change("""
        insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from, moves_on, why, safety, risk,
          distance, weighed_at, weighed_by)
        values (?, false, ?, 'england-or-wales', ?, true, timestamp '2027-02-09 10:00', 'Housing', date '2027-02-28', 'The lease ends.',
          'Her aunt stays every night.', 'rises', 'Two hours by bus', timestamp '2027-02-09 12:00', 'worker')""", id,
          family.caseOf(contact), authority);
    record.change("insert into move_leaving (move_id, agency, name, role, successor, successor_agency, recorded_by) "
        + "values (?, 'health', 'Niamh Byrne', 'Health visitor', 'Orla Nowak', 'health', 'worker')", id);
    for (String name : names) {
      record.change("insert into move_child (move_id, their_id, person_id) values (?, ?, ?)", id, child(contact, name),
          child(contact, name));
    }
    return id;
  }

  private UUID child(String contact, String firstName) {
    return UUID.fromString(family.child(contact, firstName));
  }

  /** Anybody on the contact, by first name. */
  public UUID person(String contact, String firstName) {
    return UUID.fromString(record.text("select p.person_id::text from contact_person p join contact c on c.id = p.contact_id "
        + "where c.reference = ? and p.typed ->> 'firstName' = ?", contact, firstName));
  }

  /** The surname of mother and children. */
  public String surname(String contact) {
    return record.text("select last_name from person_name where person_id = ? and position = 1", person(contact, "Aoife"));
  }

  /** The conference that began their plans. */
  public UUID conference(String contact) {
    return UUID.fromString(record.text("select distinct begun_by::text from plan where case_id = ?", family.caseOf(contact)));
  }

  /**
   * The same family as if it had lived in Felpersham and moved to us: a case of the north team with their pack taken in, while Felpersham
   * still holds the children. Their ids are those of {@link ForeignPack#id}.
   *
   * @return the reference of the case
   */
  public String arrived(String contact) {
    String document = ForeignPack.from("felpersham", packs.make(move(contact, "felpersham", "Aoife", "Zoë", ""), NOW,
        "worker", directory::name).document());
    UUID move = UUID.fromString(ForeignPack.content(document).get("move").get("id").asText());
    UUID arrived = UUID.randomUUID();
    String reference = "CP-2027-" + arrived.toString().substring(0, 6).toUpperCase();
    record.change("insert into family_case (id, reference, opened_at) values (?, ?, timestamp '2027-02-11 09:00')", arrived, reference);
    record.change("insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from) "
        + "values (?, true, ?, 'england-or-wales', 'felpersham', true, timestamp '2027-02-11 09:00', 'They rang')", move, arrived);
    List<UUID> children = List.of("Aoife", "Zoë", "").stream().map(name -> ForeignPack.id(child(contact, name))).toList();
    children.forEach(child -> record.change("insert into move_child (move_id, their_id) values (?, ?)", move, child));
    packs.take(move, document, Map.of(), NOW.plusSeconds(3600), "worker");
    children.forEach(child -> record.change("insert into responsibility (person_id, case_id, team, since, authority) "
        + "values (?, ?, 'north', timestamp '2027-02-11 10:00', 'felpersham')",
        child, arrived));
    return reference;
  }
}
