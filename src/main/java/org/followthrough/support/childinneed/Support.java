package org.followthrough.support.childinneed;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.page.ForModels;
import org.followthrough.people.Directory;
import org.followthrough.people.Team;
import org.followthrough.support.Supports;
import org.springframework.stereotype.Component;

/** Who is asked whether they have taken the help over. */
@Component("support")
public class Support {

  private final Supports supports;
  private final Directory directory;
  private final Team team;

  Support(Supports supports, Directory directory, Team team) {
    this.supports = supports;
    this.directory = directory;
    this.team = team;
  }

  /**
   * The receiver's agency where it works with this system, or the team's social workers; and always its managers, who may hear of it by
   * telephone.
   */
  @ForModels
  public String receiver(DelegateExecution execution) {
    Supports.Receiver receiver = supports.find(UUID.fromString((String) execution.getVariable("subjectRef"))).orElseThrow().receiver();
    String managers = team.role(execution, "team-manager");
    if (receiver.user() != null) {
      return team.role(execution, "social-worker") + "," + managers;
    }
    return directory.anybodyIn(receiver.agency()) ? receiver.agency() + "," + managers : managers;
  }
}
