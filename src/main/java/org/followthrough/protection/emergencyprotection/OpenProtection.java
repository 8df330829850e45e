package org.followthrough.protection.emergencyprotection;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Gives this need for protection a reference of its own: a family may have two at a time, with an arrangement for a child in each. */
@Component
class OpenProtection implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    execution.setVariable("subjectRef", UUID.randomUUID().toString());
  }
}
