package org.followthrough.meeting.action;

import java.util.Map;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** Done, late, or not happening: done only with what shows it (learning point Q-31), late only with why. */
@Component
class ReportOnAction implements Step {

  private final AgreedActions actions;
  private final Page page;

  ReportOnAction(AgreedActions actions, Page page) {
    this.actions = actions;
    this.page = page;
  }

  @Override
  public Reads reads() {
    return new Reads().either("stands", "done", "late", "not-happening").text("evidence", "why").date("hopedFor").and(Page.WHO_TOLD_US)
        .happened();
  }

  @Override
  public String event() {
    return "Action reported done";
  }

  @Override
  public String event(Submission typed) {
    return done(typed) ? event() : "Action in doubt";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  /** It was met on the day it was done, however late somebody looks whether it is. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return done(typed);
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return page.shows(matter);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    AgreedActions.Agreed action = page.action(typed.matter());
    // what a parent does a social worker may have seen themselves
    if (!action.owner().ofFamily()) {
      page.demandWhoToldUs(typed);
    }
    if (done(typed)) {
      typed.demand("evidence", "Say what shows that it is done.");
    } else {
      typed.demand("why", "Say why, so that your manager can decide what happens now.");
    }
    if (typed.is("stands", "late")) {
      typed.demand("hopedFor", "Say by which day it can be done.");
      if (typed.moment("hopedFor").plusSeconds(86_399).isBefore(typed.recordedAt())) {
        throw new Refusal("hopedFor", "This day has passed already. Say by which day it can be done.");
      }
    }
    actions.reported(action.id(), typed.text("stands"), typed.text("evidence"), typed.text("why"), typed.date("hopedFor"),
        typed.recordedAt(), typed.matter().user());
    return Map.of("howDoesItStand", done(typed) ? "done" : "late-or-not-happening");
  }

  private static boolean done(Submission typed) {
    return typed.is("stands", AgreedActions.DONE);
  }
}
