package org.followthrough.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What a manager does to a running road from outside it. The community edition has no button for that, so every road
 * listens for a message whose name ends in {@code Withdrawn}, and the referral for {@code DecisionTakenBack}.
 */
@Component
public class Roads {

  private final RuntimeService runtime;

  Roads(@Lazy RuntimeService runtime) {
    this.runtime = runtime;
  }

  /**
   * Ends every road of a case, or of a contact whose family is not known.
   *
   * @param businessKey the case's or contact's reference
   * @param why {@code withdrawn}, {@code no-longer-needed} or {@code recorded-in-error}: each is an end event
   * @return how many roads ended
   */
  public int withdraw(String businessKey, String why) {
    return (int) listening(runtime.createExecutionQuery().processInstanceBusinessKey(businessKey).list(), "Withdrawn", why);
  }

  /** Ends one road, by its process instance. */
  public boolean withdrawOne(String processInstanceId, String why) {
    return listening(runtime.createExecutionQuery().processInstanceId(processInstanceId).list(), "Withdrawn", why) > 0;
  }

  private long listening(List<Execution> executions, String ending, String why) {
    return executions.stream()
        .flatMap(execution -> runtime.createEventSubscriptionQuery().executionId(execution.getId()).eventType("message").list().stream())
        .filter(waiting -> waiting.getEventName().endsWith(ending))
        .map(waiting -> {
          runtime.messageEventReceived(waiting.getEventName(), waiting.getExecutionId(), Map.of("whyWithdrawn", why));
          return waiting;
        }).count();
  }

  /**
   * Takes the decision of a contact back: its follow-through ends and the decision is asked again.
   *
   * @return false when nothing of it waits any more, because the next step is done
   */
  public boolean takeBackDecision(String contactRef) {
    List<Execution> waiting = runtime.createExecutionQuery().processVariableValueEquals("contactRef", contactRef)
        .messageEventSubscriptionName("DecisionTakenBack").list();
    waiting.forEach(execution -> runtime.messageEventReceived("DecisionTakenBack", execution.getId()));
    return !waiting.isEmpty();
  }

  /** Starts the road that asks for a lead professional, of a case that came about without a decision of its own. */
  public void leadProfessionalMissing(String caseRef) {
    runtime.createMessageCorrelation("LeadProfessionalMissing").processInstanceBusinessKey(caseRef)
        .setVariable("caseRef", caseRef).correlateStartMessage();
  }

  /** Ends the roads that ask for a lead professional of a case in which no child lacks one any more. */
  public void leadProfessionalInPlace(String caseRef) {
    runtime.createExecutionQuery().processVariableValueEquals("caseRef", caseRef)
        .messageEventSubscriptionName("LeadProfessionalWithdrawn").list()
        .forEach(road -> runtime.messageEventReceived("LeadProfessionalWithdrawn", road.getId(), Map.of("whyWithdrawn", "no-longer-needed")));
  }

  /** Starts the road that asks what continues after a child's death. */
  public void childHasDied(String caseRef, String personRef) {
    runtime.createMessageCorrelation("ChildHasDied").processInstanceBusinessKey(caseRef)
        .setVariable("caseRef", caseRef).setVariable("personRef", personRef).correlateStartMessage();
  }
}
