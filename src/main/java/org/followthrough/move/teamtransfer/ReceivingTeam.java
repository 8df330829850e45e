package org.followthrough.move.teamtransfer;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.move.Moves;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/** The team that is asked to take a family on, while another still has it. */
@Component("receivingTeam")
public class ReceivingTeam {

  private final Moves moves;

  ReceivingTeam(Moves moves) {
    this.moves = moves;
  }

  /** Who answers for it. */
  @ForModels
  public String manager(DelegateExecution execution) {
    return moves.get(UUID.fromString((String) execution.getVariable("subjectRef"))).other().team() + ".team-manager";
  }
}
