package org.followthrough.childdeath;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.Roads;
import org.followthrough.record.Decisions;
import org.followthrough.record.Families;
import org.followthrough.record.Plans;
import org.followthrough.record.Protections;
import org.springframework.stereotype.Component;

/** Ends the roads that were about this child alone; what concerns living children goes on until the manager decides. */
@Component
class StopClocks implements JavaDelegate {

  private static final String PROTECTION = "EmergencyProtectionWithdrawn";
  private static final List<String> OF_CHILDREN = List.of("ReferralWithdrawn", "StrategyDiscussionWithdrawn", "EnquiryWithdrawn", "AssessmentWithdrawn",
      "ConferenceWithdrawn", "CoreGroupWithdrawn", "ActionWithdrawn", "SupportWithdrawn", "MoveWithdrawn", PROTECTION);

  private final Families families;
  private final Decisions decisions;
  private final Protections protections;
  private final Plans plans;
  private final Redating redating;
  private final Roads roads;

  StopClocks(Families families, Decisions decisions, Protections protections, Plans plans, Redating redating, Roads roads) {
    this.families = families;
    this.decisions = decisions;
    this.protections = protections;
    this.plans = plans;
    this.redating = redating;
    this.roads = roads;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    List<String> references = families.references(caseId);
    boolean nobodyLives = families.children(caseId).isEmpty();
    if (nobodyLives) {
      OF_CHILDREN.forEach(message -> roads.end(message, references, null));
    } else {
      roads.listening(PROTECTION, references)
          .forEach(road -> watchTheLiving(caseId, road, execution.getProcessEngineServices().getRuntimeService().getVariable(road.id(), "anotherChild")));
    }
    // nobody visits this child any more; the core group goes on for brothers and sisters who have a plan
    plans.endedByDeath(UUID.fromString((String) execution.getVariable("personRef"))).ifPresent(plan -> {
      roads.tell("PlanEnded", references, List.of(plan));
      if (!nobodyLives && plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty()) {
        roads.tell("LastPlanEnded", references, null);
      }
    });
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      roads.leadProfessionalInPlace(references);
    }
  }

  /** Protection that only this child had is over; where brothers and sisters are protected too, their first end counts now. */
  private void watchTheLiving(UUID caseId, Roads.Road road, Object anotherChild) {
    if (protections.firstEnd(road.subjectId()).isPresent()) {
      redating.recount("end of protection", null, caseId, road.subjectId(), "A child has died");
    } else if (Boolean.FALSE.equals(anotherChild)) {
      // before that, a page about another child is still to come
      roads.withdraw(road.id(), "no-longer-needed");
    }
  }
}
