package org.followthrough.conference.coregroup;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/** Which promises a core group goes through. */
@Component("coregroups")
public class OpenActions {

  private final AgreedActions actions;
  private final Families families;

  OpenActions(AgreedActions actions, Families families) {
    this.actions = actions;
    this.families = families;
  }

  /** The references of the actions that are open as the core group sits down; what it agrees itself is not among them. */
  @ForModels
  public List<String> openActions(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    return actions.open(caseId, UUID.fromString((String) execution.getVariable("subjectRef"))).stream()
        .map(action -> action.id().toString()).toList();
  }
}
