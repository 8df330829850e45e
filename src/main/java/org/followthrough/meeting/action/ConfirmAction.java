package org.followthrough.meeting.action;

import java.util.Map;
import java.util.Optional;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** Somebody other than its owner has seen that it is done (learning point Q-31). */
@Component
class ConfirmAction implements Step {

  private final AgreedActions actions;
  private final Page page;

  ConfirmAction(AgreedActions actions, Page page) {
    this.actions = actions;
    this.page = page;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("doneIndeed").text("howKnown");
  }

  @Override
  public String event() {
    return "Action done";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("doneIndeed") ? event() : "Action in doubt";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** The day it was done has met it already; where it was not done after all, that day does not count. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return !typed.yes("doneIndeed");
  }

  /** A parent's action is reported and confirmed by the one who follows it. */
  @Override
  public Optional<String> notFor(Matter matter) {
    AgreedActions.Agreed action = page.action(matter);
    return !action.owner().ofFamily() && matter.user().equals(action.report().by())
        ? Optional.of("You reported this yourself. A colleague or your manager confirms it.") : Optional.empty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return page.shows(matter);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    AgreedActions.Agreed action = page.action(typed.matter());
    boolean done = typed.yes("doneIndeed");
    if (done) {
      actions.end(action.id(), AgreedActions.DONE, null, typed.recordedAt());
    } else {
      actions.notConfirmed(action.id(), typed.text("howKnown"));
    }
    return Map.of("doneIndeed", done, "howDidItEnd", "done");
  }
}
