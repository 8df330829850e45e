package org.followthrough.move.authoritytransfer;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.move.Moves;
import org.followthrough.move.pack.Packs;
import org.springframework.stereotype.Component;

/** Makes the pack as things stand now. */
@Component
class MakePack implements JavaDelegate {

  private final Packs packs;
  private final Moves moves;
  private final Transfers transfers;
  private final Clock clock;

  MakePack(Packs packs, Moves moves, Transfers transfers, Clock clock) {
    this.packs = packs;
    this.moves = moves;
    this.transfers = transfers;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID move = UUID.fromString((String) execution.getVariable("subjectRef"));
    packs.make(move, clock.instant(), (String) execution.getVariable("recordedBy"), transfers::name);
    execution.setVariable("otherAuthorityConnected", moves.get(move).other().connected());
  }
}
