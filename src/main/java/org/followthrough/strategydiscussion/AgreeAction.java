package org.followthrough.strategydiscussion;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.followthrough.record.Matter;
import org.followthrough.record.Meetings;
import org.followthrough.record.Refusal;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
import org.springframework.stereotype.Component;

/** Who does what by when: an action without a named person and a day is none (learning point C-21). */
@Component
class AgreeAction implements Step {

  private static final Set<String> NOBODY_IN_PARTICULAR = Set.of("all", "everybody", "everyone", "anyone", "anybody", "somebody", "someone", "we", "us",
      "team", "the team", "social worker", "the social worker", "police", "the police", "health", "school", "the school", "tbc", "tba", "n/a", "?");

  private final Meetings meetings;

  AgreeAction(Meetings meetings) {
    this.meetings = meetings;
  }

  @Override
  public String event() {
    return "Action agreed";
  }

  @Override
  public String event(Submission typed) {
    return typed.text("agreed").equals("action") ? event() : "All actions agreed";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<String> actions = meetings.actionsInWords(matter.subjectId());
    return actions.isEmpty() ? Map.of() : Map.of("actionsText", String.join("\n", actions));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!typed.text("agreed").equals("action")) {
      return Map.of("anotherAction", false);
    }
    typed.demand("what", "Say what will be done.");
    typed.demand("namedPerson", "Name the person who does it.");
    typed.demand("agency", "Say which agency they come from.");
    typed.demand("dueOn", "Say by which day.");
    typed.demand("anotherAction", "Say whether there is another action.");
    if (NOBODY_IN_PARTICULAR.contains(typed.text("namedPerson").toLowerCase(Locale.UK))) {
      throw new Refusal("namedPerson", "What everybody does, nobody does. Name one person.");
    }
    LocalDate due = typed.date("dueOn");
    if (due.isBefore(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
      throw new Refusal("dueOn", "This day has passed already. Check the day, month and year.");
    }
    Matter matter = typed.matter();
    meetings.agree(matter.subjectId(), matter.caseId(), typed.text("what"), typed.text("namedPerson"), typed.text("agency"), due,
        typed.text("ifNotDone"), typed.recordedAt(), matter.user());
    return Map.of("anotherAction", typed.yes("anotherAction"));
  }
}
