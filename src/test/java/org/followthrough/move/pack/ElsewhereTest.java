package org.followthrough.move.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.followthrough.InTheHouse;
import org.followthrough.PackedFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Answer;
import org.followthrough.page.Words;
import org.followthrough.plan.Plans;
import org.followthrough.tasklist.CaseFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Felpersham has recorded of a family that came to us: read as theirs, and gone on with where it must not begin again. */
@InTheHouse
class ElsewhereTest {

  @Autowired Practice practice;
  @Autowired PackedFamily moving;
  @Autowired PlannedFamily family;
  @Autowired Families families;
  @Autowired CaseFile files;
  @Autowired Meetings meetings;
  @Autowired Plans plans;

  private final Instant now = london("2027-02-22T12:00");
  private UUID arrived;
  private UUID aoife;
  private UUID zoe;

  @BeforeEach
  void aFamilyFromFelpersham() {
    practice.itIs("2026-12-17T09:00");
    String contact = moving.contact();
    arrived = families.idOf(moving.arrived(contact)).orElseThrow();
    aoife = ForeignPack.id(moving.person(contact, "Aoife"));
    zoe = ForeignPack.id(moving.person(contact, "Zoë"));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  private CaseFile.File file() {
    return files.open(arrived, null, "manager", "North", true, name -> "<" + name + ">", Words::sentence);
  }

  @Test
  void their_plans_actions_meetings_and_assessments_are_read_under_their_name() {
    Elsewhere.From theirs = file().elsewhere().get(0);
    assertThat(theirs.authority()).isEqualTo("Felpersham");
    assertThat(theirs.parts()).extracting(Elsewhere.Part::heading)
        .containsExactly("Plans", "Actions", "Visits", "Protection", "Meetings and conferences", "Section 47 enquiries",
            "Assessments", "Help", "Episodes");
    PackWords.Told plan = theirs.parts().get(0).items().stream().filter(one -> one.heading().startsWith("Aoife")).findFirst().orElseThrow();
    assertThat(plan.heading()).endsWith(": child protection plan, neglect, since 17 December 2026");
    assertThat(plan.parts()).extracting(PackWords.Told::heading).containsExactly("Somebody is at home every night, by 17 February 2027",
        "Breakfast before eight – achieved");
    assertThat(plan.parts().get(0).facts()).contains(new Answer("Others see it by", "The neighbour sees the light"));
    assertThat(theirs.parts().get(1).items().get(0).facts()).contains(new Answer("Who", "Joan Patel, school"),
        new Answer("How it stands", "Accepted"));
    assertThat(theirs.parts().get(4).items()).anySatisfy(meeting -> assertThat(meeting.facts())
        .contains(new Answer("Minutes", "What was said of Aoife, Zoë and [another child].")));
  }

  @Test
  void a_line_of_theirs_says_whose_it_is_and_by_whose_name() {
    CaseFile.Line theirs = file().chronology().stream().filter(line -> line.what().equals("Doctor rang")).findFirst().orElseThrow();
    assertThat(theirs.authority()).isEqualTo("Felpersham");
    assertThat(theirs.recordedBy()).as("no user of ours").isEqualTo("Sam Carter");
    assertThat(theirs.corrected().reason()).isEqualTo("It was on Monday.");
  }

  @Test
  void who_holds_the_child_is_said_beside_who_works_with_the_child_here() {
    assertThat(file().family().children()).hasSize(3).allSatisfy(child -> {
      assertThat(child.heldBy()).isEqualTo("Felpersham");
      assertThat(child.team()).isEqualTo("North");
    });
  }

  @Test
  void the_pack_that_came_is_there_to_read() {
    assertThat(file().packs()).singleElement().satisfies(pack -> {
      assertThat(pack.incoming()).isTrue();
      assertThat(pack.authority()).isEqualTo("Felpersham");
    });
  }

  // No starting again (process rules 1.7).

  @Test
  void a_plan_that_begins_here_goes_on_with_what_theirs_has_not_reached() {
    Plans.Plan plan = plans.get(begun(aoife, "2027-02-22"));
    assertThat(plans.rows(plan.id())).singleElement().satisfies(row -> {
      assertThat(row.risk()).isEqualTo("She is left alone at night");
      assertThat(row.mustChange()).isEqualTo("Somebody is at home every night");
      assertThat(row.byWhen()).isEqualTo("2027-02-17");
      assertThat(row.seenHow()).isEqualTo("The neighbour sees the light");
      assertThat(row.consequence()).isEqualTo("We ask the court");
      assertThat(row.contingency()).isEqualTo("Her aunt comes");
    });
    assertThat(plan.childSays()).isEqualTo("That somebody is there when I wake up.");
    assertThat(plan.seenHowOften()).isEqualTo("Every week by the social worker");
    assertThat(plans.ofChild(zoe)).as("her own conference begins hers").isEmpty();
  }

  @Test
  void a_second_plan_of_ours_begins_with_ours_and_support_with_nothing() {
    UUID first = begun(aoife, "2027-02-22");
    plans.end(first, LocalDate.parse("2027-06-01"), "review-conference", null, now, "chair");
    assertThat(plans.rows(begun(aoife, "2027-09-01"))).isEmpty();
    UUID support = plans.begin(Plans.CHILD_IN_NEED, zoe, arrived, null, LocalDate.parse("2027-02-22"), null, now, "worker");
    assertThat(plans.rows(support)).isEmpty();
    assertThat(plans.get(support).childSays()).isNull();
  }

  private UUID begun(UUID child, String day) {
    Instant held = london(day + "T10:00");
    UUID conference = meetings.call("transfer-in-conference", arrived, null, null, "conference-chair", "minute-taker", held);
    meetings.hold(conference, held, null, "chair", List.of());
    return plans.begin(Plans.CHILD_PROTECTION, child, arrived, conference, LocalDate.parse(day), "neglect", now, "chair");
  }
}
