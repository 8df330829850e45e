package org.followthrough.move.authoritytransfer;

import java.util.HashMap;
import java.util.Map;
import org.followthrough.family.Events;
import org.followthrough.move.Handovers;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** What their conference has decided for each child. */
@Component
class RecordConferenceOutcome implements Step {

  private final Transfers transfers;
  private final Handovers handovers;

  RecordConferenceOutcome(Transfers transfers, Handovers handovers) {
    this.transfers = transfers;
    this.handovers = handovers;
  }

  @Override
  public Reads reads() {
    return new Reads().text("conferenceOutcome").happened();
  }

  @Override
  public String event() {
    return Events.CONFERENCE_OF_OTHER_AUTHORITY_HELD;
  }

  @Override
  public boolean meetsItsClock() {
    // it was held then; known to us it is now
    return false;
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(transfers.shows(matter));
    shown.put("dateText", "Their conference: **" + Words.moment(transfers.move(matter).conference().at()) + "**");
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    handovers.conferenceHeld(typed.matter().subjectId(), typed.text("conferenceOutcome"), typed.happenedAt());
    return Map.of();
  }
}
