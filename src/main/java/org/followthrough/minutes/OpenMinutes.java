package org.followthrough.minutes;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The subject of the process is the meeting whose first version is written, or the version that corrects another. */
@Component
class OpenMinutes implements JavaDelegate {

  private final Minutes minutes;

  OpenMinutes(Minutes minutes) {
    this.minutes = minutes;
  }

  @Override
  public void execute(DelegateExecution execution) {
    minutes.open(UUID.fromString((String) execution.getVariable("subjectRef")));
  }
}
