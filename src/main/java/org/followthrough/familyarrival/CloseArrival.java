package org.followthrough.familyarrival;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CloseArrival implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
