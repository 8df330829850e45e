package org.followthrough.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.followthrough.HeldMeeting;
import org.followthrough.InTheHouse;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.TheRecord;
import org.followthrough.family.Families;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** For whom a conference or an enquiry decides on help: three children who are referred, one of them under a plan of protection. */
@InTheHouse
class SupportsTest {

  @Autowired Practice practice;
  @Autowired PlannedFamily family;
  @Autowired HeldMeeting meetings;
  @Autowired TheRecord record;
  @Autowired Supports supports;
  @Autowired Families families;

  private String contact;
  private UUID conference;
  private UUID zoe;
  private UUID ronan;

  @BeforeEach
  void threeChildren() {
    practice.itIs("2026-12-17T09:00");
    contact = practice.aContactAbout(List.of(practice.aNewChild("Niall"), practice.aNewChild("Zoë"), practice.aNewChild("Ronan")),
        practice.aConcern());
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    conference = family.conference(contact, london("2026-12-17T10:00"));
    family.plan(contact, "Niall", conference);
    zoe = UUID.fromString(family.child(contact, "Zoë"));
    ronan = UUID.fromString(family.child(contact, "Ronan"));
  }

  @AfterEach
  void theOfficeCloses() {
    practice.endEverything();
  }

  @Test
  void where_none_is_named_all_who_are_referred_and_not_protected_are_helped() {
    assertThat(named(conference)).containsExactlyInAnyOrder(zoe, ronan);
    record.change("update episode set closed_at = greatest(now(), referred_at), closed_why = 'decision taken back' "
        + "where person_id = ?", zoe);
    assertThat(named(conference)).containsExactly(ronan);
  }

  @Test
  void a_conference_names_them_and_only_the_living_count() {
    record.change("""
        insert into meeting_outcome (meeting_id, person_id, outcome, reasons, decided_at, decided_by)
        values (?, ?, 'support-without-plan', 'She needs somebody.', now(), 'chair'), (?, ?, 'no-plan', 'He is well.', now(), 'chair')""",
        conference, zoe,
        conference, ronan);
    assertThat(named(conference)).containsExactly(zoe);
    families.died(family.caseOf(contact), zoe, LocalDate.parse("2026-12-17"), london("2026-12-17T12:00"), "manager");
    assertThat(named(conference)).as("nobody else in her place").isEmpty();
  }

  @Test
  void an_enquiry_names_them_by_their_next_step() {
    UUID enquiry = UUID.randomUUID();
    UUID discussion = meetings.held(contact, london("2026-12-17T08:00"));
    record.change("insert into enquiry (id, case_id, decided_by, opened_at) values (?, ?, ?, now())", enquiry,
        family.caseOf(contact), discussion);
    for (Object[] child : new Object[][] {{zoe, "legal-action"}, {ronan, "none"}}) {
      record.change("""
          insert into enquiry_child (enquiry_id, person_id, how, begun_at, finding, next_step, reasons, decided_at, decided_by)
          values (?, ?, 'joint', (select held_at from meeting where id = ?), 'substantiated-no-continuing-risk', ?, 'Seen.',
            timestamptz '2026-12-17 08:30Z', 'manager')""",
          enquiry, child[0], discussion, child[1]);
    }
    assertThat(named(enquiry)).containsExactly(zoe);
    record.change("update enquiry_child set next_step = 'child-in-need' where person_id = ?", ronan);
    assertThat(named(enquiry)).containsExactlyInAnyOrder(zoe, ronan);
  }

  private List<UUID> named(UUID conferenceOrEnquiry) {
    return supports.namedBy(conferenceOrEnquiry, family.caseOf(contact));
  }
}
