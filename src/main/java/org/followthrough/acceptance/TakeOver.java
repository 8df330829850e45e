package org.followthrough.acceptance;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class TakeOver implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
