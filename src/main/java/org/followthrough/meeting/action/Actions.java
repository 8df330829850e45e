package org.followthrough.meeting.action;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.ForModels;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.people.Team;
import org.springframework.stereotype.Component;

/** Whose page: the owner's of the action that the process is about, and of whoever looks whether it is done. */
@Component("actions")
public class Actions {

  private final AgreedActions actions;
  private final Team team;
  private final Directory directory;

  Actions(AgreedActions actions, Team team, Directory directory) {
    this.actions = actions;
    this.team = team;
    this.directory = directory;
  }

  /**
   * Who answers for it: everybody on duty for what is ours; the social workers for a parent and for an agency that does not
   * work with this system, of whom they hear by telephone; else the agency itself, and the social workers who may hear of it.
   */
  @ForModels
  public String owner(DelegateExecution execution) {
    AgreedActions.Owner owner = actions.get(subject(execution)).owner();
    String socialWorkers = team.role(execution, "social-worker");
    return owner.agency().equals(Agencies.SOCIAL_CARE) ? team.onDuty(execution)
        : !owner.ofFamily() && directory.anybodyIn(owner.agency()) ? owner.agency() + "," + socialWorkers : socialWorkers;
  }

  /** Who looks whether it is done: the social workers, and their manager where it was one of them who said so. */
  @ForModels
  public String confirmers(DelegateExecution execution) {
    return team.role(execution, "social-worker") + "," + team.role(execution, "team-manager");
  }

  static UUID subject(DelegateExecution execution) {
    return UUID.fromString((String) execution.getVariable("subjectRef"));
  }
}
