package org.followthrough.meeting.action;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** A manager has ended the process: the action ends with it, and nobody counts it as late any more. */
@Component
class CloseAction implements JavaDelegate {

  private final AgreedActions actions;
  private final Clock clock;

  CloseAction(AgreedActions actions, Clock clock) {
    this.actions = actions;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String why = (String) execution.getVariable("whyWithdrawn");
    actions.end(Actions.subject(execution), why.equals(AgreedActions.RECORDED_IN_ERROR) ? why : AgreedActions.NOT_NEEDED,
        Words.spoken(why), clock.instant());
  }
}
