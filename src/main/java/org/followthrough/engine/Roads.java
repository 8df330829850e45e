package org.followthrough.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What a manager does to a running road from outside it. The community edition has no button for that, so every road
 * listens for a message whose name ends in {@code Withdrawn}, and the referral for {@code DecisionTakenBack}.
 */
@Component
public class Roads {

  private final RuntimeService runtime;
  private final RepositoryService repository;

  Roads(@Lazy RuntimeService runtime, @Lazy RepositoryService repository) {
    this.runtime = runtime;
    this.repository = repository;
  }

  /** A road that runs: its process instance, its process, and what it is about. */
  public record Road(String id, String process, String name, String contactRef, String personRef) {}

  /** The roads that run for a case, or for a contact whose family is not known; not what they have called. */
  public List<Road> running(String businessKey) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(businessKey).rootProcessInstances().list().stream()
        .map(instance -> road(instance.getId())).toList();
  }

  /** The road that a process instance belongs to, called or not. */
  public Road around(String processInstanceId) {
    return road(runtime.createProcessInstanceQuery().processInstanceId(processInstanceId).singleResult().getRootProcessInstanceId());
  }

  private Road road(String rootId) {
    ProcessInstance root = runtime.createProcessInstanceQuery().processInstanceId(rootId).singleResult();
    ProcessDefinition definition = repository.getProcessDefinition(root.getProcessDefinitionId());
    return new Road(rootId, definition.getKey(), definition.getName(), (String) runtime.getVariable(rootId, "contactRef"),
        (String) runtime.getVariable(rootId, "personRef"));
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
