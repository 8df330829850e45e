package org.followthrough.protection.assessment;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.protection.Assessments;
import org.springframework.stereotype.Component;

/** An assessment that is withdrawn looks at nobody any more; the next reason begins a new one. */
@Component
class CloseAssessment implements JavaDelegate {

  private final Assessments assessments;
  private final Clock clock;

  CloseAssessment(Assessments assessments, Clock clock) {
    this.assessments = assessments;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    assessments.withdraw(UUID.fromString((String) execution.getVariable("subjectRef")), (String) execution.getVariable("whyWithdrawn"),
        clock.instant());
  }
}
