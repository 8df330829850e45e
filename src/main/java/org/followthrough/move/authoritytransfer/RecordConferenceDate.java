package org.followthrough.move.authoritytransfer;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** When and where their conference meets; our social worker goes there and reports. */
@Component
class RecordConferenceDate implements Step {

  private final Transfers transfers;
  private final Moves moves;

  RecordConferenceDate(Transfers transfers, Moves moves) {
    this.transfers = transfers;
    this.moves = moves;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("noConference").moment("conferenceAt").text("conferencePlace", "lateWhy", "noneWhy");
  }

  @Override
  public String event() {
    return "Conference date recorded";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(transfers.shows(matter));
    shown.put("limitText", transfers.limit(matter).map(limit -> "To be held by **" + Words.moment(limit.at()) + "**, counted from "
        + limit.inWords() + ".")
        .orElse("Where the family has moved to, their own limits hold. Ask by when they meet."));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (typed.yes("noConference")) {
      typed.demand("noneWhy", "Say why they hold none, and who of them agreed.");
      return Map.of("conferenceCalledThere", false);
    }
    typed.demand("conferenceAt", "Say when they meet. Give both the day and the time.");
    Instant at = typed.moment("conferenceAt");
    // their own word carries no reason of ours
    if (!transfers.move(typed.matter()).other().connected() && transfers.limit(typed.matter()).filter(limit -> at.isAfter(limit.at()))
        .isPresent()) {
      typed.demand("lateWhy", "This day lies after the limit. Say why it cannot be earlier; it is not blocked.");
    }
    moves.conferenceMeets(typed.matter().subjectId(), at, typed.text("conferencePlace"));
    return Map.of("conferenceCalledThere", true);
  }
}
