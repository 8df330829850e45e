package org.followthrough.protection.strategydiscussion;

import java.util.List;
import java.util.Map;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** Who sat at the table, for the pages that follow. */
@Component
class Table {

  private final Meetings meetings;
  private final Families families;
  private final Agencies agencies;

  Table(Meetings meetings, Families families, Agencies agencies) {
    this.meetings = meetings;
    this.families = families;
    this.agencies = agencies;
  }

  Map<String, Object> shows(Matter matter) {
    List<String> lines = meetings.attendance(matter.subjectId()).stream().map(one -> "- " + Words.escaped(agencies.sentence(one.agency()))
        + (one.tookPart() ? ": " + Words.escaped(one.name()) : ": absent, " + Words.escaped(one.absentWhy()))).toList();
    return Map.of("familySummary", families.summary(matter.caseId()), "quorate", quorate(matter),
        "quorumText", String.join("\n", lines) + "\n\n**" + because(matter) + "**");
  }

  boolean quorate(Matter matter) {
    return Boolean.TRUE.equals(meetings.find(matter.subjectId()).orElseThrow().quorate());
  }

  private String because(Matter matter) {
    return meetings.find(matter.subjectId()).orElseThrow().quorumBecause();
  }
}
