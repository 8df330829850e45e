package org.followthrough.conference;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.meeting.Meetings;
import org.springframework.stereotype.Component;

/** A conference that is withdrawn is not waited for any more; one that was held stays. */
@Component
class CloseConference implements JavaDelegate {

  private final Meetings meetings;

  CloseConference(Meetings meetings) {
    this.meetings = meetings;
  }

  @Override
  public void execute(DelegateExecution execution) {
    meetings.calledOff(UUID.fromString((String) execution.getVariable("subjectRef")), (String) execution.getVariable("whyWithdrawn"));
  }
}
