package org.followthrough.conference.coregroup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/** The core group, as part of the case: it is there as long as a child has a plan of protection, and where it is split, in both. */
@Component
class CoreGroupOfCase implements CaseProcess {

  private final Plans plans;
  private final CoreGroups coreGroups;
  private final Families families;
  private final Clocks clocks;
  private final ProcessInstances instances;

  CoreGroupOfCase(Plans plans, CoreGroups coreGroups, Families families, Clocks clocks, ProcessInstances instances) {
    this.plans = plans;
    this.coreGroups = coreGroups;
    this.families = families;
    this.clocks = clocks;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "core-group";
  }

  @Override
  public void died(UUID caseId, UUID child) {
    if (plans.endedByDeath(child).isPresent()) {
      lastPlanEnded(caseId);
    }
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    lastPlanEnded(caseId);
  }

  private void lastPlanEnded(UUID caseId) {
    if (plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty()) {
      instances.tell(Conferences.LAST_PLAN_ENDED, families.references(caseId), null);
    }
  }

  @Override
  public void alive(UUID caseId, UUID child, String why, Instant at, String by) {
    plans.ofChild(child).filter(plan -> plan.kind().equals(Plans.CHILD_PROTECTION) && !clocks.running(process(), caseId))
        .ifPresent(plan -> begin(caseId, coreGroups.last(caseId).orElse(plan.begunBy())));
  }

  @Override
  public void split(UUID caseId, UUID other, Instant at, String by) {
    if (!plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty()) {
      plans.inForce(other, Plans.CHILD_PROTECTION).stream().findFirst()
          .ifPresent(plan -> begin(other, coreGroups.last(caseId).orElse(plan.begunBy())));
    }
  }

  private void begin(UUID caseId, UUID after) {
    instances.begin(Conferences.CORE_GROUP_NEEDED, families.reference(caseId), Map.of("subjectRef", after.toString()));
  }
}
