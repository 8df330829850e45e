package org.followthrough.meeting.agreement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** Who does what by when: an action without a named person and a day is none (learning point C-21). */
@Component
class AgreeAction implements Step {

  private final Meetings meetings;
  private final AgreedActions actions;
  private final Families families;
  private final Agencies agencies;

  AgreeAction(Meetings meetings, AgreedActions actions, Families families, Agencies agencies) {
    this.meetings = meetings;
    this.actions = actions;
    this.families = families;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().either("agreed", "action", "nothing").text("what", "namedPerson", "ifNotDone")
        .choiceFrom(Agencies.AND_FAMILY, "agency").either("accepted", "yes", "no", "parent").date("dueOn")
        .choiceFrom("children", "forChild").yes("anotherAction");
  }

  @Override
  public String event() {
    return Events.ACTION_AGREED;
  }

  @Override
  public String event(Submission typed) {
    return typed.is("agreed", "action") ? event() : "All actions agreed";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(Map.of("children", families.children(matter.caseId()),
        Agencies.AND_FAMILY, agencies.withFamily()));
    List<String> agreed = meetings.actions(matter.subjectId()).stream().map(one -> "- " + Words.escaped(one.what()) + " – **"
        + Words.escaped(one.namedPerson()) + "**, " + Words.escaped(agencies.spoken(one.agency()))
        + ", by " + Words.date(one.dueOn())).toList();
    if (!agreed.isEmpty()) {
      shown.put("actionsText", String.join("\n", agreed));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!typed.is("agreed", "action")) {
      return Map.of("actionAgreed", false);
    }
    typed.demand("what", "Say what will be done.");
    typed.demand("namedPerson", "Name the person who does it.");
    typed.demand("agency", "Say where they come from.");
    typed.demand("accepted", "Say whether they have agreed to do it.");
    typed.demand("dueOn", "Say by which day.");
    typed.demand("anotherAction", "Say whether there is another action.");
    boolean byParent = typed.is("accepted", "parent");
    if (byParent != Agencies.FAMILY.equals(typed.text("agency"))) {
      throw new Refusal("agency", "What a parent does comes from the family, and what the family does is followed "
          + "by the lead professional.");
    }
    Matter matter = typed.matter();
    UUID action = actions.agree(matter.subjectId(), matter.caseId(), typed.text("what"), typed.text("namedPerson"), typed.text("agency"),
        typed.date("dueOn"), typed.text("ifNotDone"), new Meetings.Terms(byParent || typed.is("accepted", "yes"),
            typed.text("forChild") == null ? null : UUID.fromString(typed.text("forChild"))), typed.recordedAt(), matter.user());
    // the next page opens for whoever writes, in whatever kind of meeting
    return Map.of("actionAgreed", true, "actionRef", action.toString(), "anotherAction", typed.yes("anotherAction"),
        "recordedBy", matter.user());
  }
}
