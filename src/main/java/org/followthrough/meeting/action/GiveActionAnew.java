package org.followthrough.meeting.action;

import java.util.Map;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** What somebody cannot take on is given to another person by name, or is not needed; it is never left lying (learning point P-08). */
@Component
class GiveActionAnew implements Step {

  private final AgreedActions actions;
  private final Page page;
  private final Agencies agencies;

  GiveActionAnew(AgreedActions actions, Page page, Agencies agencies) {
    this.actions = actions;
    this.page = page;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().either("whatNow", "somebody-else", "not-needed").text("namedPerson", "whyNotNeeded")
        .choiceFrom(Agencies.AND_FAMILY, "agency");
  }

  @Override
  public String event() {
    return "Action given anew";
  }

  @Override
  public String event(Submission typed) {
    return stillNeeded(typed) ? event() : "Action not needed";
  }

  @Override
  public boolean meetsItsClock(Submission typed) {
    return !stillNeeded(typed);
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = page.shows(matter);
    shown.put(Agencies.AND_FAMILY, agencies.withFamily());
    shown.put("declinedText", Words.escaped(page.action(matter).owner().declinedWhy()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    boolean stillNeeded = stillNeeded(typed);
    if (stillNeeded) {
      typed.demand("namedPerson", "Name the person who does it.");
      typed.demand("agency", "Say where they come from.");
      actions.giveTo(typed.matter().subjectId(), typed.text("namedPerson"), typed.text("agency"));
    } else {
      typed.demand("whyNotNeeded", "Say why it is not needed.");
      actions.end(typed.matter().subjectId(), AgreedActions.NOT_NEEDED, typed.text("whyNotNeeded"), typed.recordedAt());
    }
    return Map.of("actionStillNeeded", stillNeeded, "actionDropped", !stillNeeded);
  }

  private static boolean stillNeeded(Submission typed) {
    return typed.is("whatNow", "somebody-else");
  }
}
