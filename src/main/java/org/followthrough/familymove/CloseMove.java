package org.followthrough.familymove;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.record.Departures;
import org.springframework.stereotype.Component;

/** Nobody else has taken the family on: it stays with those who have it, and may be on the move another time. */
@Component
class CloseMove implements JavaDelegate {

  private final Departures departures;
  private final Clock clock;

  CloseMove(Departures departures, Clock clock) {
    this.departures = departures;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    departures.end(UUID.fromString((String) execution.getVariable("subjectRef")), Departures.STAYED, clock.instant());
  }
}
