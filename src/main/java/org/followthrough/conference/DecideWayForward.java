package org.followthrough.conference;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.deadline.Deadline;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/**
 * Too few came: a new day at once, or the chair goes on with a reason. Where hardly anybody came a new day is the only way the
 * first time; the second time a manager decides with the chair, and nothing is locked.
 */
@Component
class DecideWayForward implements Step {

  private static final String GOES_ON = "goes-on";

  private final ConferencePages pages;
  private final Conferences conferences;
  private final Meetings meetings;
  private final Deadline deadline;

  DecideWayForward(ConferencePages pages, Conferences conferences, Meetings meetings, Deadline deadline) {
    this.pages = pages;
    this.conferences = conferences;
    this.meetings = meetings;
    this.deadline = deadline;
  }

  @Override
  public Reads reads() {
    return new Reads().either("wayForward", "new-day", "goes-on").choice("ground")
        .text("why", "nextHow", "planChanges", "lateWhy", "managerWhy").moment("nextAt").either("planHolds", "holds", "changes")
        .happened();
  }

  @Override
  public String event() {
    return "New conference date set";
  }

  @Override
  public String event(Submission typed) {
    return typed.is("wayForward", GOES_ON) ? "Conference goes on" : event();
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** The limit is met by a conference that was held, when it was held. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.table(matter));
    shown.put("quorumText", meetings.find(matter.subjectId()).orElseThrow().quorumBecause());
    shown.put("secondTime", conferences.get(matter.subjectId()).attempt().follows() != null);
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID meeting = typed.matter().subjectId();
    Conference one = conferences.get(meeting);
    if (one.attempt().follows() != null) {
      typed.demand("managerWhy", "It is the second time. Say which manager decided this with you, and why; "
          + "where no manager could be reached, say so.");
    }
    boolean goesOn = typed.is("wayForward", GOES_ON);
    if (goesOn) {
      goOn(typed, one);
    } else {
      putOff(typed, one);
    }
    return Map.of("conferenceGoesOn", goesOn);
  }

  private void goOn(Submission typed, Conference one) {
    if (!one.attempt().tookPlace()) {
      throw new Refusal("wayForward", "Nobody met, so nothing can be decided. Set a new day.");
    }
    if (!one.attempt().mayGoOn() && one.attempt().follows() == null) {
      throw new Refusal("wayForward", "Fewer than social care and one other agency took part. Set a new day.");
    }
    typed.demand("ground", "Say which ground holds.");
    typed.demand("why", "Give the reason for going on.");
    conferences.goesOn(one.id(), typed.text("ground") + ": " + typed.text("why"), typed.happenedAt());
    conferences.held(one.id(), UUID.fromString(typed.matter().reference("clockRef")), typed.recordedAt(), typed.matter().user());
  }

  private void putOff(Submission typed, Conference one) {
    typed.demand("nextAt", "Say for when. Give both the day and the time.");
    Instant next = typed.moment("nextAt");
    if (!next.isAfter(one.attempt().metAt())) {
      throw new Refusal("nextAt", "The new day must lie after this attempt. Check the day and the month.");
    }
    pages.notOnAWeekend(one.id(), "nextAt", next);
    if (next.isAfter(deadline.passes("conference", "MeetAgain", one.attempt().metAt())) || next.isAfter(pages.limit(one.id()))) {
      typed.demand("lateWhy", "This day lies beyond a limit. Say why it cannot be earlier; it is not blocked.");
    }
    typed.demand("planHolds", "Say whether the plan, or the interim plan, still holds until then.");
    if (typed.is("planHolds", "changes")) {
      typed.demand("planChanges", "Say what changes until then.");
    }
    conferences.putOff(one.id(), next, typed.text("nextHow"), typed.is("planHolds", "changes") ? typed.text("planChanges") : "still holds",
        typed.text("lateWhy"));
  }
}
