package org.followthrough.conference.coregroup;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.meeting.Meetings;
import org.springframework.stereotype.Component;

/** A core group that is withdrawn is not waited for any more; one that was held stays. */
@Component
class CloseCoreGroup implements JavaDelegate {

  private final Meetings meetings;

  CloseCoreGroup(Meetings meetings) {
    this.meetings = meetings;
  }

  @Override
  public void execute(DelegateExecution execution) {
    meetings.calledOff(UUID.fromString((String) execution.getVariable("subjectRef")), (String) execution.getVariable("whyWithdrawn"));
  }
}
