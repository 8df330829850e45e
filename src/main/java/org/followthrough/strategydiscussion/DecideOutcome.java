package org.followthrough.strategydiscussion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.record.Matter;
import org.followthrough.record.Meetings;
import org.followthrough.record.Nature;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
import org.springframework.stereotype.Component;

/** The outcome for each child, page by page until every child of the family has one. */
@Component
class DecideOutcome implements Step {

  private final Meetings meetings;
  private final Table table;

  DecideOutcome(Meetings meetings, Table table) {
    this.meetings = meetings;
    this.table = table;
  }

  @Override
  public String event() {
    return "Outcome decided";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(table.shows(matter));
    shown.put("children", meetings.undecided(matter.subjectId(), matter.caseId()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID meeting = matter.subjectId();
    meetings.decide(meeting, typed.choices("children").stream().map(UUID::fromString).toList(), typed.text("outcome"), typed.text("reasons"),
        typed.happenedAt(), matter.user());
    return Map.of("anotherChild", !meetings.undecided(meeting, matter.caseId()).isEmpty(), "whichOutcome", gravest(meetings.outcomes(meeting)));
  }

  /** The road goes on by the gravest outcome; what was decided for each child stands in the record. */
  private static String gravest(List<String> outcomes) {
    return outcomes.stream().anyMatch(outcome -> outcome.startsWith("section-47")) ? "enquiry"
        : outcomes.contains("assessment") ? "assessment" : "no-further-action";
  }
}
