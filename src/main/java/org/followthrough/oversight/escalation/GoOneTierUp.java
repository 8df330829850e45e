package org.followthrough.oversight.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The agreed date has passed and the obligation is still open: a second date is for the tier above to agree. */
@Component
class GoOneTierUp implements JavaDelegate {

  private final Ladder ladder;

  GoOneTierUp(Ladder ladder) {
    this.ladder = ladder;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ladder.askAbove(execution);
  }
}
