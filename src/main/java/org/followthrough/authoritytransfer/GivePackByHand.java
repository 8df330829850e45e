package org.followthrough.authoritytransfer;

import java.util.Map;
import org.followthrough.record.Handovers;
import org.followthrough.record.Matter;
import org.followthrough.record.Reads;
import org.followthrough.record.Refusal;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
import org.springframework.stereotype.Component;

/** Gives the pack to an authority that is not connected, in a safe way. */
@Component
class GivePackByHand implements Step {

  private final Transfers transfers;
  private final Handovers handovers;

  GivePackByHand(Transfers transfers, Handovers handovers) {
    this.transfers = transfers;
    this.handovers = handovers;
  }

  @Override
  public Reads reads() {
    return new Reads().choice("givenHow").yes("reachChecked").happened();
  }

  @Override
  public String event() {
    return "Pack sent";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return transfers.shows(matter);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!typed.yes("reachChecked")) {
      throw new Refusal("reachChecked", "Check first that it reaches them and nobody else. Then tick this.");
    }
    handovers.sent(typed.matter().subjectId(), typed.text("givenHow"), typed.happenedAt());
    return Map.of();
  }
}
