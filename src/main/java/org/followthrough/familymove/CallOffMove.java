package org.followthrough.familymove;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CallOffMove implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
