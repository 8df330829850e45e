package org.followthrough.childdeath;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Execution;
import org.followthrough.deadline.Redating;
import org.followthrough.record.Decisions;
import org.followthrough.record.Families;
import org.followthrough.record.Plans;
import org.followthrough.record.Protections;
import org.springframework.stereotype.Component;

/** Ends the roads that were about this child alone; what concerns living children goes on until the manager decides. */
@Component
class StopClocks implements JavaDelegate {

  private static final String PROTECTION = "EmergencyProtectionWithdrawn";

  private final Families families;
  private final Decisions decisions;
  private final Protections protections;
  private final Plans plans;
  private final Redating redating;

  StopClocks(Families families, Decisions decisions, Protections protections, Plans plans, Redating redating) {
    this.families = families;
    this.decisions = decisions;
    this.protections = protections;
    this.plans = plans;
    this.redating = redating;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
    if (families.children(caseId).isEmpty()) {
      for (String message : new String[] {"ReferralWithdrawn", "StrategyDiscussionWithdrawn", "EnquiryWithdrawn", "AssessmentWithdrawn",
          "ConferenceWithdrawn", "CoreGroupWithdrawn", "ActionWithdrawn", "SupportWithdrawn", "MoveWithdrawn", PROTECTION}) {
        end(runtime, caseId, message);
      }
    } else {
      listening(runtime, caseId, PROTECTION).forEach(road -> watchTheLiving(runtime, caseId, road));
    }
    plans.endedByDeath(UUID.fromString((String) execution.getVariable("personRef"))).ifPresent(plan -> endPlan(runtime, caseId, plan));
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      end(runtime, caseId, "LeadProfessionalWithdrawn");
    }
  }

  /** Nobody visits this child any more; the core group goes on for brothers and sisters who have a plan. */
  private void endPlan(RuntimeService runtime, UUID caseId, UUID plan) {
    listening(runtime, caseId, "PlanEnded").stream().filter(road -> plan.equals(subject(runtime, road)))
        .forEach(road -> runtime.messageEventReceived("PlanEnded", road.getId()));
    // where no child is left the core group has ended above
    if (!families.children(caseId).isEmpty() && plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty()) {
      listening(runtime, caseId, "LastPlanEnded").forEach(road -> runtime.messageEventReceived("LastPlanEnded", road.getId()));
    }
  }

  /** Protection that only this child had is over; where brothers and sisters are protected too, their first end counts now. */
  private void watchTheLiving(RuntimeService runtime, UUID caseId, Execution road) {
    UUID need = subject(runtime, road);
    if (protections.firstEnd(need).isPresent()) {
      redating.recount("end of protection", null, caseId, need, "A child has died");
    } else if (Boolean.FALSE.equals(runtime.getVariable(road.getId(), "anotherChild"))) {
      // before that, a page about another child is still to come
      withdraw(runtime, PROTECTION, road);
    }
  }

  private static UUID subject(RuntimeService runtime, Execution road) {
    return UUID.fromString((String) runtime.getVariable(road.getId(), "subjectRef"));
  }

  private void end(RuntimeService runtime, UUID caseId, String message) {
    listening(runtime, caseId, message).forEach(road -> withdraw(runtime, message, road));
  }

  private static void withdraw(RuntimeService runtime, String message, Execution road) {
    runtime.messageEventReceived(message, road.getId(), Map.of("whyWithdrawn", "no-longer-needed"));
  }

  /** Roads keep the reference under which they began, also when that case was joined into this one. */
  private List<Execution> listening(RuntimeService runtime, UUID caseId, String message) {
    return families.references(caseId).stream().flatMap(reference -> runtime.createExecutionQuery()
        .processInstanceBusinessKey(reference).messageEventSubscriptionName(message).list().stream()).toList();
  }
}
