package org.followthrough.move.dispute;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.move.Disagreements;
import org.followthrough.page.ForModels;
import org.followthrough.people.Team;
import org.springframework.stereotype.Component;

/** Who speaks for us at each stage of a dispute; on the other side it is people of the same tiers. */
@Component("disputes")
public class Disputes {

  private static final Map<String, List<String>> ROLES = Map.of(
      "workers", List.of("social-worker", "team-manager"),
      "managers", List.of("team-manager", "service-manager"),
      "heads-of-service", List.of("head-of-service"),
      "partnership", List.of("head-of-service"));

  private final Disagreements disagreements;
  private final Team team;

  Disputes(Disagreements disagreements, Team team) {
    this.disagreements = disagreements;
    this.team = team;
  }

  /** The groups that speak for us at the stage that has been reached, comma separated. */
  @ForModels
  public String ourSide(DelegateExecution execution) {
    return roles(disagreements.get(UUID.fromString((String) execution.getVariable("stageRef")))).stream()
        .map(role -> role.equals("social-worker") || role.equals("team-manager") ? team.role(execution, role) : role)
        .collect(Collectors.joining(","));
  }

  /** The roles that talk a stage over, on both sides. */
  List<String> roles(Disagreements.Stage stage) {
    return ROLES.get(stage.stage());
  }
}
