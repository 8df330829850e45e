package org.followthrough.move.familyarrival;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves;
import org.springframework.stereotype.Component;

/** The family does not come: nobody waits for it any more. What was written stays, and the other authority holds the children as before. */
@Component
class CloseArrival implements JavaDelegate {

  private final Arrivals arrivals;
  private final Moves moves;
  private final Clock clock;

  CloseArrival(Arrivals arrivals, Moves moves, Clock clock) {
    this.arrivals = arrivals;
    this.moves = moves;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    arrivals.ended(moves.get(UUID.fromString((String) execution.getVariable("subjectRef"))), (String) execution.getVariable("whyWithdrawn"),
        clock.instant());
  }
}
