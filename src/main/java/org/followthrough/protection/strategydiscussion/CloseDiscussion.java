package org.followthrough.protection.strategydiscussion;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.meeting.Meetings;
import org.springframework.stereotype.Component;

/** A discussion that is withdrawn is not waited for any more: the next reason calls a new one. */
@Component
class CloseDiscussion implements JavaDelegate {

  private final Meetings meetings;

  CloseDiscussion(Meetings meetings) {
    this.meetings = meetings;
  }

  @Override
  public void execute(DelegateExecution execution) {
    meetings.calledOff(UUID.fromString((String) execution.getVariable("subjectRef")), (String) execution.getVariable("whyWithdrawn"));
  }
}
