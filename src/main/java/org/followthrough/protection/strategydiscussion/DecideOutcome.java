package org.followthrough.protection.strategydiscussion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.meeting.Meetings;
import org.followthrough.meeting.Outcomes;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** The outcome for each child, page by page until every child of the family has one. */
@Component
class DecideOutcome implements Step {

  private static final String NO_FURTHER_ACTION = "no-further-action";

  private final Meetings meetings;
  private final Outcomes outcomes;
  private final Table table;
  private final Chronology chronology;

  DecideOutcome(Meetings meetings, Outcomes outcomes, Table table, Chronology chronology) {
    this.meetings = meetings;
    this.outcomes = outcomes;
    this.table = table;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("offeredChildren", "children")
        .either("outcome", "section-47-joint", "section-47-single", "assessment", "no-further-action").text("reasons").happened();
  }

  @Override
  public String event() {
    return Events.OUTCOME_DECIDED;
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** It is met by the outcome of the last child. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return undecided(typed.matter()).isEmpty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(table.shows(matter));
    shown.put("offeredChildren", undecided(matter));
    // the last of them may have died since
    shown.put("childUndecided", !undecided(matter).isEmpty());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID meeting = matter.subjectId();
    if (!undecided(matter).isEmpty()) {
      decide(typed, meeting);
    }
    boolean another = !undecided(matter).isEmpty();
    String gravest = gravest(outcomes.of(meeting));
    if (!another && gravest.equals(NO_FURTHER_ACTION)) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.CLOSING_NEEDED, typed.recordedAt(),
          matter.user(), null)
          .about(meeting).happened(typed.happenedAt()));
    }
    return Map.of("anotherChild", another, "whichOutcome", gravest);
  }

  private void decide(Submission typed, UUID meeting) {
    if (typed.choices("children").isEmpty()) {
      throw new Refusal("children", "Tick the children for whom this is decided.");
    }
    typed.demand("outcome", "Say what follows for these children.");
    typed.demand("reasons", "Give the reasons.");
    if (typed.happenedAt().isBefore(meetings.find(meeting).orElseThrow().heldAt())) {
      throw new Refusal("happenedAt", "The outcome would lie before the discussion was held. Check the date and time.");
    }
    outcomes.decide(meeting, typed.choices("children").stream().map(UUID::fromString).toList(), typed.text("outcome"),
        typed.text("reasons"), typed.happenedAt(), typed.matter().user());
  }

  private List<Option> undecided(Matter matter) {
    return outcomes.undecided(matter.subjectId(), matter.caseId());
  }

  /** The process goes on by the gravest outcome; what was decided for each child stands in the record. */
  private static String gravest(List<String> outcomes) {
    return outcomes.stream().anyMatch(outcome -> outcome.startsWith("section-47")) ? "enquiry"
        : outcomes.contains("assessment") ? "assessment" : NO_FURTHER_ACTION;
  }
}
