package org.followthrough.oversight.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class FindManager implements JavaDelegate {

  private final Ladder ladder;

  FindManager(Ladder ladder) {
    this.ladder = ladder;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ladder.askFirst(execution);
  }
}
