package org.followthrough.protection.strategydiscussion;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

@Component
class ConveneDiscussion implements Step {

  private final Meetings meetings;
  private final Families families;
  private final Contacts contacts;
  private final Clocks clocks;

  ConveneDiscussion(Meetings meetings, Families families, Contacts contacts, Clocks clocks) {
    this.meetings = meetings;
    this.families = families;
    this.contacts = contacts;
    this.clocks = clocks;
  }

  @Override
  public Reads reads() {
    return new Reads().either("when", "now", "later").moment("plannedAt").choice("how").happened();
  }

  @Override
  public String event() {
    return Events.STRATEGY_DISCUSSION_CONVENED;
  }

  /** The agencies are asked; the clock runs until they have talked. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()), "dueText", due(matter)));
    if (matter.contactId() != null) {
      shown.put("contactText", contacts.concernsInWords(matter.contactId()));
    }
    return shown;
  }

  private String due(Matter matter) {
    Optional<Meetings.Meeting> earlier = meetings.find(matter.subjectId()).map(Meetings.Meeting::follows).flatMap(meetings::find);
    return earlier.map(meeting -> "Further meeting. Last time: " + meeting.quorumBecause() + " ").orElse("") + "To be held by "
        + Words.moment(clocks.get(UUID.fromString(matter.reference("clockRef"))).dueAt()) + ".";
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    boolean later = typed.is("when", "later");
    if (later) {
      typed.demand("plannedAt", "Say for when. Give both the day and the time.");
    }
    Instant planned = later ? typed.moment("plannedAt") : typed.happenedAt();
    if (later && planned.isBefore(typed.happenedAt())) {
      throw new Refusal("plannedAt", "This time has passed already. Check the day and the time.");
    }
    meetings.plan(typed.matter().subjectId(), planned, typed.text("how"));
    return Map.of();
  }
}
