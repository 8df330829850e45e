package org.followthrough.conference.coregroup;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Families;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/** Looks whether the plan of any child lacks something that nobody is asked for yet, and whether there is to be a next time. */
@Component
class CheckPlan implements JavaDelegate {

  private final Families families;
  private final Plans plans;
  private final Clocks clocks;

  CheckPlan(Families families, Plans plans, Clocks clocks) {
    this.families = families;
    this.plans = plans;
    this.clocks = clocks;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    List<Plans.Plan> inForce = plans.inForce(caseId, Plans.CHILD_PROTECTION);
    boolean lacking = inForce.stream().anyMatch(plan -> !plans.gaps(plan.id()).isEmpty());
    execution.setVariable("planIncomplete", lacking && !clocks.running("core-group", "CompletePlan", caseId));
    execution.setVariable("childStillOnPlan", !inForce.isEmpty());
    // the next meeting begins beside the gaps of this one, whichever of the two the engine takes up first
    execution.setVariable("reviewedRef", execution.getVariable("subjectRef"));
  }
}
