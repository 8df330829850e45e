package org.followthrough.move.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.flywaydb.core.api.migration.JavaMigration;
import org.followthrough.InTheHouse;
import org.followthrough.PackedFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Moves;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.people.Directory;
import org.followthrough.plan.Plans;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A pack from one authority to the next: everything known about those who move, nothing about who stays, and the same again when it is
 * made anew where it arrived. Felpersham and Loamshire are the same record on databases of their own.
 */
@InTheHouse
class PacksTest {

  private static final UnaryOperator<String> NAMES = UnaryOperator.identity();

  private static Installation felpersham;
  private static Installation loamshire;

  @Autowired Practice practice;
  @Autowired TheRecord record;
  @Autowired PackedFamily moving;
  @Autowired PlannedFamily family;
  @Autowired Families families;
  @Autowired Chronology chronology;
  @Autowired Packs packs;
  @Autowired Directory directory;

  private final Instant now = london("2027-02-10T16:30");
  private String contact;
  private String surname;
  private UUID conference;
  private UUID move;

  @BeforeAll
  static void twoMoreAuthorities(@Autowired JavaMigration... migrations) {
    felpersham = new Installation("felpersham", migrations);
    loamshire = new Installation("loamshire", migrations);
  }

  @AfterAll
  static void theyClose() {
    felpersham.close();
    loamshire.close();
  }

  @BeforeEach
  void aFamilyWithPlans() {
    practice.itIs("2026-12-17T09:00");
    contact = moving.contact();
    surname = moving.surname(contact);
    conference = moving.conference(contact);
    move = moving.move(contact, "felpersham", "Aoife", "Zoë", "");
  }

  private UUID caseId() {
    return family.caseOf(contact);
  }

  private UUID child(String firstName) {
    return UUID.fromString(family.child(contact, firstName));
  }

  private UUID person(String firstName) {
    return moving.person(contact, firstName);
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  private Packs.Pack made() {
    return packs.make(move, now, "worker", directory::name);
  }

  private static JsonNode content(String document) {
    return PackForm.parsed(document).get("content");
  }

  private static ObjectNode butForTheMove(String document) {
    ObjectNode content = (ObjectNode) content(document);
    content.remove("move");
    return content;
  }

  private static List<String> all(JsonNode items, String key) {
    return StreamSupport.stream(items.spliterator(), false).map(item -> item.path(key).asText()).toList();
  }

  private List<UUID> movers() {
    return List.of(child("Aoife"), child("Zoë"), child(""));
  }

  // Who and what goes along.

  @Test
  void an_organisation_goes_along_as_its_kind_and_by_its_name() {
    record.change("update agreed_action set agency = 'mill-road-school' where case_id = ? and agency = 'school'", caseId());
    record.change("update core_group_member set agency = 'mill-road-school' where case_id = ? and agency = 'school'", caseId());
    record.change("update move_leaving set agency = 'riverside-surgery', successor_agency = 'hospital' where move_id = ?", move);
    record.change("update conference_view set agency = 'riverside-surgery' where meeting_id = ? and agency = 'health'", conference);
    JsonNode content = content(made().document());
    JsonNode joan = StreamSupport.stream(content.get("network").spliterator(), false)
        .filter(one -> one.path("name").asText().equals("Joan Patel")).findFirst().orElseThrow();
    assertThat(joan.get("agency").asText()).isEqualTo("school");
    assertThat(joan.get("role").asText()).endsWith("Mill Road School");
    JsonNode leaving = content.get("move").get("leaving").get(0);
    assertThat(List.of(leaving.get("agency").asText(), leaving.get("role").asText(), leaving.get("successorAgency").asText(),
        leaving.get("successor").asText())).containsExactly("general-practice", "Health visitor, Riverside Surgery",
            "hospital", "Orla Nowak");
    assertThat(content.toString()).contains("Niamh Byrne, Riverside Surgery").doesNotContain("mill-road-school", "riverside-surgery");
  }

  @Test
  void everything_known_about_the_children_who_move_goes_along() {
    JsonNode content = content(made().document());
    assertThat(all(content.get("people"), "id")).containsExactlyInAnyOrder(child("Aoife").toString(), child("Zoë").toString(),
        child("").toString(), person("Katarzyna").toString(), person("Łukasz").toString());
    JsonNode aoife = StreamSupport.stream(content.get("people").spliterator(), false)
        .filter(one -> one.get("id").asText().equals(child("Aoife").toString())).findFirst().orElseThrow();
    assertThat(aoife.get("bornOn").asText()).isEqualTo("2020-02-29");
    assertThat(all(aoife.get("names"), "first")).containsExactly("Aoife", "Eva");
    assertThat(all(content.get("plans"), "child")).containsExactlyInAnyOrderElementsOf(movers().stream().map(UUID::toString).toList());
    assertThat(all(content.get("plans").get(0).get("rows"), "mustChange")).containsExactly("Somebody is at home every night",
        "Breakfast before eight");
    assertThat(content.get("actions")).hasSize(3).allSatisfy(action -> assertThat(action.get("stands").asText()).isEqualTo("accepted"));
    assertThat(all(content.get("network"), "name")).contains("Joan Patel", "Niamh Byrne");
    assertThat(all(content.get("legalStatus"), "status")).containsExactly("Child arrangements order");
    assertThat(all(content.get("visits"), "ownWords")).containsExactly("I like the “new” bed – Łóżko!");
    assertThat(content.get("move").get("leaving").get(0).get("successor").asText()).isEqualTo("Orla Nowak");
    assertThat(all(content.get("chronology"), "what")).contains("Doctor rang", "Mother rang", "Contact received", "Concern recorded")
        .doesNotContain("School rang");
    for (String section : List.of("enquiries", "assessments", "support")) {
      assertThat(content.get(section)).as(section).hasSize(1);
      assertThat(all(content.get(section).get(0).get("children"), "child")).as(section).hasSize(3);
    }
    assertThat(content.get("protections")).hasSize(3);
    assertThat(content.get("assessments").get(0).get("children").findValuesAsText("value")).containsExactly("I am hungry.");
    assertThat(all(content.get("enquiries").get(0).get("adults"), "says")).containsExactly("I try.");
    JsonNode meeting = StreamSupport.stream(content.get("meetings").spliterator(), false)
        .filter(one -> one.get("id").asText().equals(conference.toString())).findFirst().orElseThrow();
    assertThat(all(meeting.get("outcomes"), "child")).hasSize(3);
    assertThat(all(meeting.get("views"), "dissentWhy")).containsExactly("She is thin.");
    assertThat(meeting.get("minutes").get("summary").asText()).isEqualTo("What was said of Aoife, Zoë and [another child].");
  }

  @Test
  void those_who_recorded_it_stand_there_by_name_under_the_code_of_their_authority() {
    JsonNode content = content(made().document());
    content.get("chronology").forEach(line -> assertThat(line.get("authority").asText()).isEqualTo("borsetshire"));
    assertThat(all(content.get("chronology"), "recordedBy")).contains(directory.name("worker")).doesNotContain("worker");
    assertThat(content.get("enquiries").get(0).get("worker").asText()).isEqualTo(directory.name("worker"));
  }

  /** Nothing of the brother: not his name, his birthday, his address, his words, nor that a page was about him. */
  @Test
  void a_brother_who_stays_is_nowhere_in_the_document() {
    assertThat(made().document()).doesNotContain("Ruairí").doesNotContain(child("Ruairí").toString()).doesNotContain("1 May 2016")
        .doesNotContain("2016-05-01").doesNotContain("I miss Zoë").doesNotContain("Only about him").doesNotContain("safe at his father")
        // of a page with a place for each child nobody can tell whose words these are
        .doesNotContain("I will run away").contains("Their aunt.")
        .contains("[another child]’s lunch was all that Aoife and Zoë had").contains("[another child] hit Zoë");
  }

  @Test
  void what_is_confidential_and_who_asked_not_to_be_named_stay_here() {
    assertThat(made().document()).doesNotContain("Xanthippos").doesNotContain("Dear Katarzyna").doesNotContain("Siobhán")
        .doesNotContain("Doyle").doesNotContain("960101").contains("Katarzyna was calm").isNotBlank();
  }

  @Test
  void an_uncle_is_no_part_of_it_and_what_a_worker_keeps_back_neither() {
    assertThat(made().document()).doesNotContain("77 Canal Walk").doesNotContain("I saw nothing");
    List<Option> offered = packs.thirdParties(move);
    assertThat(offered).extracting(Option::label).anySatisfy(label -> assertThat(label)
        .isEqualTo("Łukasz Wiśniewski" + surname + ", father, lives elsewhere"))
        .anySatisfy(label -> assertThat(label).startsWith("Minutes, transfer".substring(0, 7)))
        .anySatisfy(label -> assertThat(label).startsWith("Mother rang, "))
        .noneSatisfy(label -> assertThat(label).contains("School rang"));
    String minutes = offered.stream().filter(one -> one.label().startsWith("Minutes")).findFirst().orElseThrow().value();
    String rang = offered.stream().filter(one -> one.label().startsWith("Mother rang")).findFirst().orElseThrow().value();
    List<String> back = List.of(person("Łukasz").toString(), minutes, rang);
    assertThatThrownBy(() -> packs.keepBack(move, back, " ")).isInstanceOf(Refusal.class).extracting("field").isEqualTo("keepBackWhy");
    packs.keepBack(move, back, "He is not their father.");
    String document = made().document();
    assertThat(document).doesNotContain("Łukasz").doesNotContain("9 Quarry Bank").doesNotContain("Mother rang")
        .doesNotContain("What was said of").contains("[somebody else] says that Zoë is well");
    packs.keepBack(move, List.of(), null);
    assertThat(made().document()).contains("Łukasz", "Mother rang");
  }

  /** Who went their own way before takes along what was the family's then, and nothing of what came after. */
  @Test
  void a_child_whose_path_parted_takes_along_the_time_before() {
    families.split(caseId(), List.of(child("Aoife")), "She lives with her aunt.", now.plusSeconds(60), "manager");
    chronology.add(Chronology.Line.fact(null, caseId(), null, "Mother rang again", now.plusSeconds(120),
        "worker", "Not about Aoife any more."));
    UUID alone = moving.move(contact, "felpersham", "Aoife");
    record.change("update move set case_id = (select case_id from responsibility where person_id = ? and until is null) where id = ?",
        child("Aoife"), alone);
    JsonNode content = content(packs.make(alone, now.plusSeconds(180), "worker", directory::name).document());
    assertThat(all(content.get("chronology"), "what")).contains("Mother rang", "Doctor rang", "Concern recorded")
        .doesNotContain("Mother rang again");
    assertThat(content.toString()).doesNotContain("Zoë").doesNotContain("Ruairí").contains("[another child] hit [another child]");
    assertThat(all(content.get("people"), "id")).containsExactly(child("Aoife").toString(), person("Katarzyna").toString(),
        person("Łukasz").toString());
  }

  /** Of a meeting about both of them both cases may have the same. */
  @Test
  void what_came_with_a_family_goes_along_when_its_case_is_joined_into_another() {
    UUID arrived = families.idOf(moving.arrived(contact)).orElseThrow();
    UUID sisters = families.idOf(moving.arrived(moving.contact())).orElseThrow();
    record.change("insert into from_elsewhere select id, ?, person_id, authority, section, position, item, taken_at "
        + "from from_elsewhere where case_id = ? limit 1", sisters, arrived);
    int ofBoth = record.count("select count(distinct id) from from_elsewhere where case_id in (?, ?)", sisters, arrived);
    families.joinInto(sisters, arrived, "They are sisters.", now.plusSeconds(7200), "manager");
    assertThat(record.count("select count(*) from from_elsewhere where case_id = ?", sisters)).isEqualTo(ofBoth).isGreaterThan(5);
  }

  @Test
  void a_pack_follows_the_published_form_and_its_hash_is_that_of_its_content() {
    Packs.Pack pack = made();
    JsonNode document = PackForm.parsed(pack.document());
    assertThat(PackForm.fault(document)).isEmpty();
    assertThat(PackForm.sha256(PackForm.canonical(document.get("content")))).isEqualTo(pack.sha256())
        .isEqualTo(document.get("sha256").asText());
    assertThat(pack.document()).isEqualTo(PackForm.canonical(document));
    assertThat(packs.newest(move)).contains(pack);
  }

  // There and on.

  @Test
  void taken_in_elsewhere_and_made_again_it_is_the_same() {
    String document = made().document();
    UUID family = felpersham.arrival(move, "borsetshire", movers());
    felpersham.packs().take(move, document, Map.of(), now, "their-worker");
    String again = onward(felpersham, family, movers());
    assertThat(PackForm.canonical(butForTheMove(again))).isEqualTo(PackForm.canonical(butForTheMove(document)));
  }

  @Test
  void taken_in_twice_it_changes_nothing() {
    String document = made().document();
    felpersham.arrival(move, "borsetshire", movers());
    Packs.Pack first = felpersham.packs().take(move, document, Map.of(), now, "their-worker");
    List<String> before = everything(felpersham);
    assertThat(felpersham.packs().take(move, document, Map.of(), now.plusSeconds(60), "somebody-else")).isEqualTo(first);
    assertThat(everything(felpersham)).isEqualTo(before);
    assertThat(first.document()).isEqualTo(document);
  }

  /** The unborn child moves on with the sisters, and what Felpersham has added goes along with what Borsetshire wrote. */
  @Test
  void on_the_second_hop_both_authorities_speak_each_under_its_code() {
    String document = made().document();
    UUID there = felpersham.arrival(move, "borsetshire", movers());
    felpersham.packs().take(move, document, Map.of(), now, "their-worker");
    felpersham.get(Chronology.class).add(Chronology.Line.fact(null, there, child("Aoife"), "Nursery rang", now, "their-worker",
        "All is well."));
    UUID theirs = felpersham.get(Meetings.class).call("transfer-in-conference", there, null, null,
        "chair", "minutes", london("2027-02-22T10:00"));
    felpersham.get(Meetings.class).hold(theirs, london("2027-02-22T10:00"), null, "their-chair", List.of());
    felpersham.get(Plans.class).begin(Plans.CHILD_PROTECTION, child("Aoife"), there, theirs, LocalDate.parse("2027-02-22"),
        "neglect", now, "their-chair");
    String on = onward(felpersham, there, movers());
    UUID third = UUID.fromString(content(on).get("move").get("id").asText());
    UUID family = loamshire.arrival(third, "felpersham", movers());
    loamshire.packs().take(third, on, Map.of(), now, "one-more");
    String further = onward(loamshire, family, movers());
    assertThat(PackForm.canonical(butForTheMove(further))).isEqualTo(PackForm.canonical(butForTheMove(on)));
    assertThat(all(content(further).get("plans"), "authority")).containsExactlyInAnyOrder("borsetshire", "borsetshire",
        "borsetshire", "felpersham");
    assertThat(all(content(further).get("chronology"), "what")).contains("Nursery rang", "Doctor rang");
    assertThat(loamshire.jdbc.sql("select distinct authority from chronology_entry where case_id = :case order by 1")
        .param("case", family).query(String.class).list()).containsExactly("borsetshire", "felpersham");
    // of what others have written no clock of ours counts
    assertThat(loamshire.get(Chronology.class).when("Nursery rang", null, family, null)).isEmpty();
  }

  /** Who comes home brings back what we wrote ourselves: it stays ours, and is not there twice. */
  @Test
  void what_comes_back_to_its_author_is_not_there_twice() {
    String document = made().document();
    UUID there = felpersham.arrival(move, "borsetshire", movers());
    felpersham.packs().take(move, document, Map.of(), now, "their-worker");
    felpersham.get(Chronology.class).add(Chronology.Line.fact(null, there, child("Zoë"), "Nursery rang", now, "their-worker",
        "All is well."));
    String back = onward(felpersham, there, movers());
    UUID homeward = UUID.fromString(content(back).get("move").get("id").asText());
    record.change("insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from) "
        + "values (?, true, ?, 'england-or-wales', 'felpersham', true, now(), 'They rang')", homeward, caseId());
    movers().forEach(child -> record.change("insert into move_child (move_id, their_id, person_id) values (?, ?, ?)",
        homeward, child, child));
    int lines = record.count("select count(*) from chronology_entry where case_id = ?", caseId());
    packs.take(homeward, back, Map.of(), now, "worker");
    assertThat(record.count("select count(*) from chronology_entry where case_id = ?", caseId())).isEqualTo(lines + 1);
    assertThat(record.count("select count(*) from from_elsewhere where case_id = ?", caseId())).isZero();
    assertThat(record.texts("select what || ', ' || authority from chronology_entry where case_id = ? and authority is not null", caseId()))
        .containsExactly("Nursery rang, felpersham");
  }

  @Test
  void who_is_known_there_keeps_their_id_there_and_everything_speaks_of_that_one() {
    String document = made().document();
    felpersham.arrival(move, "borsetshire", movers());
    UUID known = UUID.randomUUID();
    felpersham.jdbc.sql("insert into person (id, born_on, phone, recorded_at, recorded_by) "
        + "values (:id, date '2020-02-29', '01632 960999', now(), 'x')").param("id", known).update();
    felpersham.jdbc.sql("insert into person_name values (:id, 1, 'Aoife', 'ONeill', now(), 'x')").param("id", known).update();
    felpersham.packs().take(move, document, Map.of(child("Aoife"), known), now, "their-worker");
    assertThat(felpersham.jdbc.sql("select first_name || ' ' || last_name from person_name where person_id = :id order by position")
        .param("id", known).query(String.class).list()).containsExactly("Aoife ONeill", "Aoife " + surname, "Eva " + surname);
    assertThat(felpersham.jdbc.sql("select phone from person where id = :id").param("id", known).query(String.class).single())
        .isEqualTo("01632 960999");
    assertThat(felpersham.jdbc.sql("select count(*) from person where id = :id").param("id", child("Aoife")).query(Integer.class)
        .single()).isZero();
    assertThat(felpersham.jdbc.sql("select count(*) from from_elsewhere where section = 'plans' and person_id = :id")
        .param("id", known).query(Integer.class).single()).isOne();
    assertThat(felpersham.jdbc.sql("select item::text from from_elsewhere where item::text like :id")
        .param("id", "%" + child("Aoife") + "%").query(String.class).list()).isEmpty();
  }

  /** A sister who follows later is in the meeting that came with the first one. */
  @Test
  void a_sister_who_follows_is_added_to_what_came_before() {
    UUID first = moving.move(contact, "felpersham", "Aoife");
    UUID there = felpersham.arrival(first, "borsetshire", List.of(child("Aoife")));
    felpersham.packs().take(first, packs.make(first, now, "worker", NAMES).document(), Map.of(), now, "their-worker");
    UUID second = moving.move(contact, "felpersham", "Zoë");
    felpersham.jdbc.sql("insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from) "
        + "values (:id, true, :case, 'england-or-wales', 'borsetshire', true, now(), 'They rang')").param("id", second)
        .param("case", there).update();
    felpersham.jdbc.sql("insert into move_child (move_id, their_id) values (:move, :child)").param("move", second)
        .param("child", child("Zoë")).update();
    felpersham.packs().take(second, packs.make(second, now, "worker", NAMES).document(), Map.of(), now, "their-worker");
    JsonNode meeting = PackForm.parsed(felpersham.jdbc.sql("select item::text from from_elsewhere where id = :id").param("id", conference)
        .query(String.class).single());
    assertThat(all(meeting.get("outcomes"), "child")).containsExactlyInAnyOrder(child("Aoife").toString(), child("Zoë").toString());
  }

  private String onward(Installation from, UUID family, List<UUID> children) {
    UUID on = UUID.randomUUID();
    from.jdbc.sql("insert into move (id, incoming, case_id, destination, authority, connected, learned_at, learned_from) "
        + "values (:id, false, :case, 'england-or-wales', 'loamshire', true, now(), 'The school')").param("id", on)
        .param("case", family).update();
    children.forEach(child -> from.jdbc.sql("insert into move_child (move_id, their_id, person_id) values (:move, :child, :child)")
        .param("move", on).param("child", child).update());
    return from.packs().make(on, now, "their-worker", NAMES).document();
  }

  /** Every row of every table that a pack may touch. */
  private static List<String> everything(Installation there) {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("person", "person_name", "case_person", "involvement", "legal_status", "chronology_entry",
        "from_elsewhere", "pack", "move", "move_child", "move_leaving", "responsibility", "core_group_member")) {
      rows.addAll(there.jdbc.sql("select t::text from " + table + " t order by 1").query(String.class).list());
    }
    return rows;
  }

  // What is refused, and leaves nothing behind.

  private void refused(String document, String because) {
    if (felpersham.get(Moves.class).find(move).isEmpty()) {
      felpersham.arrival(move, "borsetshire", movers());
    }
    List<String> before = everything(felpersham);
    assertThatThrownBy(() -> felpersham.packs().take(move, document, Map.of(), now, "their-worker")).isInstanceOf(Refusal.class)
        .hasMessageContaining(because).satisfies(refusal -> assertThat(refusal.getMessage())
            .doesNotContain("Aoife", "Katarzyna", surname, "Quillfeather"))
        .hasNoCause();
    assertThat(everything(felpersham)).isEqualTo(before);
  }

  /** The document with something changed, and the hash of what it says now. */
  private String changed(Consumer<ObjectNode> change) {
    ObjectNode content = (ObjectNode) content(made().document());
    change.accept(content);
    return PackForm.canonical(PackForm.document(content));
  }

  @Test
  void a_changed_word_is_a_forged_pack() {
    refused(made().document().replace("Two hours by bus", "Ten minutes by bus"), "not as it was made");
  }

  @Test
  void what_is_no_pack_is_refused() {
    for (String document : List.of("", "Aoife", "{\"schema\": \"Aoife", "[]", "null", "{}{}", "{\"content\":{},\"content\":{}}")) {
      refused(document, "The pack ");
    }
  }

  @Test
  void an_oversized_pack_is_refused_unread() {
    refused("{\"Aoife\":\"" + "x".repeat(PackForm.LONGEST) + "\"}", "larger");
  }

  @Test
  void another_version_is_refused_with_the_one_that_is_known() {
    refused(made().document().replace(PackForm.SCHEMA, "follow-through/family-pack/2"), "Known is “follow-through/family-pack/1”");
  }

  @Test
  void a_field_that_nobody_knows_is_refused_wherever_it_stands() {
    refused(changed(content -> content.put("Quillfeather", "x")), "/content (additionalProperties)");
    refused(changed(content -> ((ObjectNode) content.get("plans").get(0).get("rows").get(0)).put("Quillfeather", "x")),
        "/content/plans/0 (additionalProperties)");
  }

  @Test
  void days_that_are_none_and_words_too_many_are_refused() {
    refused(changed(content -> ((ObjectNode) content.get("people").get(0)).put("bornOn", "2021-02-29")), "/content/people/0 (format)");
    refused(changed(content -> ((ObjectNode) content.get("people").get(0)).put("address", "x".repeat(300_000))),
        "/content/people/0 (maxLength)");
    refused(changed(content -> ((ObjectNode) content.get("people").get(0)).put("address", "Mill\u0000Lane")), "characters");
  }

  @Test
  void a_pack_about_somebody_else_is_refused() {
    refused(changed(content -> ((ObjectNode) content.get("move")).put("id", UUID.randomUUID().toString())), "another move");
    refused(changed(content -> ((ObjectNode) content.get("move").get("from")).put("code", "loamshire")), "another authority");
    refused(changed(content -> ((ObjectNode) content.get("visits").get(0)).put("child", UUID.randomUUID().toString())),
        "not among its people");
    refused(changed(content -> ((ObjectNode) content.get("people").get(0)).put("id", UUID.randomUUID().toString())), "not announced");
  }

  /** A line that takes the place of one that nobody sent: the database says no, and what was written before it is gone. */
  @Test
  void a_pack_that_does_not_hold_together_leaves_nothing_behind() {
    refused(changed(content -> ((ObjectNode) content.get("chronology").get(0)).put("corrects", UUID.randomUUID().toString())
        .put("correctionWhy", "x")), "does not hold together");
  }

  @Test
  void nobody_of_another_family_is_drawn_in_by_their_id() {
    String document = made().document();
    felpersham.arrival(move, "borsetshire", movers());
    felpersham.jdbc.sql("insert into person (id, recorded_at, recorded_by) values (:id, now(), 'x')")
        .param("id", person("Katarzyna")).update();
    List<String> before = everything(felpersham);
    assertThatThrownBy(() -> felpersham.packs().take(move, document, Map.of(), now, "their-worker")).isInstanceOf(Refusal.class)
        .hasMessageContaining("Match the people first");
    assertThat(everything(felpersham)).isEqualTo(before);
    felpersham.packs().take(move, document, Map.of(person("Katarzyna"), person("Katarzyna")), now, "their-worker");
    assertThat(felpersham.jdbc.sql("select language from person where id = :id").param("id", person("Katarzyna")).query(String.class)
        .single()).isEqualTo("Polish");
  }

  // How long it takes.

  /** Prints a figure, asserts none: {@code mvn test -Dexcluded.tests= -Dtest=PacksTest#ten_thousand_lines}. */
  @Test
  @Tag("benchmark")
  void ten_thousand_lines() {
    record.change("insert into chronology_entry (case_id, person_id, what, happened_at, recorded_at, recorded_by, nature, words) "
        + "select ?, ?, 'Mother rang', now() - n * interval '1 hour', now() - n * interval '1 hour', 'worker', 'fact', repeat('Ruairí "
        + "and Zoë were at school. ', 20) from generate_series(1, 10000) n", caseId(), child("Zoë"));
    long begun = System.nanoTime();
    Packs.Pack pack = made();
    long made = System.nanoTime();
    felpersham.arrival(move, "borsetshire", movers());
    felpersham.packs().take(move, pack.document(), Map.of(), now, "their-worker");
    System.out.printf("A pack of 10,000 lines: %,d characters, made in %,d ms, taken in in %,d ms%n", pack.document().length(),
        (made - begun) / 1_000_000, (System.nanoTime() - made) / 1_000_000);
    assertThat(felpersham.jdbc.sql("select count(*) from chronology_entry where person_id = :child and what = 'Mother rang'")
        .param("child", child("Zoë")).query(Integer.class).single()).isEqualTo(10_000);
  }
}
