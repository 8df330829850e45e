package org.followthrough.people;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.page.ForModels;
import org.followthrough.page.Matters;
import org.springframework.stereotype.Component;

/**
 * Whose task: models say {@code ${team.role(execution, 'team-manager')}}, and it is that role in the team that holds the
 * case now.
 */
@Component("team")
public class Team {

  private final Matters matters;

  Team(Matters matters) {
    this.matters = matters;
  }

  /** The group of a team-bound role in the team that holds the case. */
  @ForModels
  public String role(DelegateExecution execution, String role) {
    return of((String) execution.getVariable("caseRef"), (String) execution.getVariable("contactRef")) + "." + role;
  }

  /** Who works for a child by day and by night: workers and managers of the team that holds the case, and out of hours. */
  @ForModels
  public String onDuty(DelegateExecution execution) {
    return role(execution, "social-worker") + "," + role(execution, "team-manager") + ",out-of-hours";
  }

  /** Who decides at any hour: the managers of the team that holds the case, and out of hours. */
  @ForModels
  public String decider(DelegateExecution execution) {
    return role(execution, "team-manager") + ",out-of-hours";
  }

  /** The team that holds a case, or the one a contact was meant for while its family is not known. */
  public String of(String caseRef, String contactRef) {
    Map<String, Object> references = new HashMap<>();
    references.put("caseRef", caseRef);
    references.put("contactRef", contactRef);
    return matters.team(matters.of(references, null))
        .orElseThrow(() -> new IllegalStateException("No team holds " + caseRef + " " + contactRef));
  }
}
