package org.followthrough.meeting.action;

import java.util.Map;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** Whoever was not there says that they take it on, or that they cannot: silence is neither (learning point P-08). */
@Component
class AcceptAction implements Step {

  private final AgreedActions actions;
  private final Page page;

  AcceptAction(AgreedActions actions, Page page) {
    this.actions = actions;
    this.page = page;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("takesItOn").text("whyNot").and(Page.WHO_TOLD_US);
  }

  @Override
  public String event() {
    return "Action accepted";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("takesItOn") ? event() : "Action not accepted";
  }

  @Override
  public boolean meetsItsClock(Submission typed) {
    return typed.yes("takesItOn");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return page.shows(matter);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    page.demandWhoToldUs(typed);
    boolean accepted = typed.yes("takesItOn");
    if (accepted) {
      actions.accepted(typed.matter().subjectId(), typed.recordedAt());
    } else {
      typed.demand("whyNot", "Say why not, so that the right person is asked next.");
      actions.declined(typed.matter().subjectId(), typed.text("whyNot"));
    }
    return Map.of("actionAccepted", accepted, "actionDropped", false);
  }
}
