package org.followthrough.strategydiscussion;

import java.util.List;
import java.util.Map;
import org.followthrough.record.Matter;
import org.followthrough.record.Meetings;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
import org.followthrough.record.Words;
import org.springframework.stereotype.Component;

/** Who does what by when: an action without a named person and a day is none (learning point C-21). */
@Component
class AgreeAction implements Step {

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
    List<String> actions = meetings.actions(matter.subjectId()).stream().map(one -> "- " + Words.escaped(one.what()) + " – **"
        + Words.escaped(one.namedPerson()) + "**, " + Words.spoken(one.agency()) + ", by " + Words.date(one.dueOn())).toList();
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
    Matter matter = typed.matter();
    meetings.agree(matter.subjectId(), matter.caseId(), typed.text("what"), typed.text("namedPerson"), typed.text("agency"),
        typed.date("dueOn"), typed.text("ifNotDone"), typed.recordedAt(), matter.user());
    return Map.of("anotherAction", typed.yes("anotherAction"));
  }
}
