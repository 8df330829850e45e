package org.followthrough.authoritytransfer;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.record.Moves;
import org.followthrough.record.PackTray;
import org.springframework.stereotype.Component;

/** Makes the pack as things stand now. */
@Component
class MakePack implements JavaDelegate {

  private final PackTray tray;
  private final Moves moves;
  private final Transfers transfers;
  private final Clock clock;

  MakePack(PackTray tray, Moves moves, Transfers transfers, Clock clock) {
    this.tray = tray;
    this.moves = moves;
    this.transfers = transfers;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID move = UUID.fromString((String) execution.getVariable("subjectRef"));
    tray.make(move, clock.instant(), transfers.name((String) execution.getVariable("recordedBy")));
    execution.setVariable("otherAuthorityConnected", moves.get(move).connected());
  }
}
