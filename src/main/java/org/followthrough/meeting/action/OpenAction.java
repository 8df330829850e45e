package org.followthrough.meeting.action;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.springframework.stereotype.Component;

/** Takes up an action, or what is done instead of it, and says since when its owner is asked where they were not there. */
@Component
class OpenAction implements JavaDelegate {

  private final AgreedActions actions;
  private final Families families;
  private final Chronology chronology;
  private final Clock clock;

  OpenAction(AgreedActions actions, Families families, Chronology chronology, Clock clock) {
    this.actions = actions;
    this.families = families;
    this.chronology = chronology;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Object instead = execution.getVariable("insteadRef");
    if (instead != null) {
      execution.setVariable("subjectRef", instead);
      execution.removeVariable("insteadRef");
    }
    UUID action = Actions.subject(execution);
    boolean accepted = actions.get(action).owner().acceptedAt() != null;
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    // what was accepted in the meeting stands in the chronology with its page; what was added from the case's menu has its line
    if (!accepted && chronology.when(Events.ACTION_AGREED, null, caseId, action).isEmpty()) {
      chronology.add(Chronology.Line.fact(null, caseId, null, Events.ACTION_AGREED, clock.instant(), "system", actions.get(action).what())
          .about(action));
    }
    execution.setVariable("ownerHasAccepted", accepted);
  }
}
