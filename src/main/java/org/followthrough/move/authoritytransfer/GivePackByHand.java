package org.followthrough.move.authoritytransfer;

import java.util.Map;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** Gives the pack to an authority that is not connected, in a safe way. */
@Component
class GivePackByHand implements Step {

  private final Transfers transfers;
  private final Moves moves;

  GivePackByHand(Transfers transfers, Moves moves) {
    this.transfers = transfers;
    this.moves = moves;
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
    moves.sent(typed.matter().subjectId(), typed.text("givenHow"), typed.happenedAt());
    return Map.of();
  }
}
