package org.followthrough.plan.visit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/** Visits to children with a plan, as part of the case: they end with the plan. */
@Component
class VisitsOfCase implements CaseProcess {

  private final Plans plans;
  private final Families families;
  private final ProcessInstances instances;

  VisitsOfCase(Plans plans, Families families, ProcessInstances instances) {
    this.plans = plans;
    this.families = families;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "visit";
  }

  @Override
  public void died(UUID caseId, UUID child) {
    plans.endedByDeath(child).ifPresent(plan -> left(caseId, List.of(plan)));
  }

  @Override
  public void alive(UUID caseId, UUID child, String why, Instant at, String by) {
    plans.ofChild(child).filter(plan -> plan.kind().equals(Plans.CHILD_PROTECTION))
        .ifPresent(plan -> instances.begin(Plans.PLAN_BEGUN, families.reference(caseId), Map.of("subjectRef", plan.id().toString())));
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    instances.tell(Plans.PLAN_ENDED, families.references(caseId), over);
  }
}
