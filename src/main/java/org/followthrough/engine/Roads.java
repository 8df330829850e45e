package org.followthrough.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
  public record Road(String id, String process, String name, String contactRef, String personRef, UUID subjectId) {}

  /**
   * The roads that run under these business keys, not what they have called. A road keeps the reference under which it
   * began, also when that case was joined into another, so a case is asked for with all its references.
   */
  public List<Road> running(List<String> businessKeys) {
    return businessKeys.stream()
        .flatMap(key -> runtime.createProcessInstanceQuery().processInstanceBusinessKey(key).rootProcessInstances().list().stream())
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
        (String) runtime.getVariable(rootId, "personRef"), Optional.ofNullable((String) runtime.getVariable(rootId, "subjectRef")).map(UUID::fromString).orElse(null));
  }

  /** Ends a road, by its process instance: it listens for a message of its own that says so. */
  public void withdraw(String processInstanceId, String why) {
    runtime.createEventSubscriptionQuery().processInstanceId(processInstanceId).eventType("message").list().stream()
        .filter(waiting -> waiting.getEventName().endsWith("Withdrawn"))
        .forEach(waiting -> runtime.messageEventReceived(waiting.getEventName(), waiting.getExecutionId(), Map.of("whyWithdrawn", why)));
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

  /**
   * Starts the road that waits for a message, from outside another road.
   *
   * @param references what it is about beside the case, by the names that roads use
   */
  public void begin(String message, String caseRef, Map<String, Object> references) {
    runtime.createMessageCorrelation(message).processInstanceBusinessKey(caseRef)
        .setVariables(references).setVariable("caseRef", caseRef).correlateStartMessage();
  }

  /**
   * Tells the roads of a case that already run what they wait to be told.
   *
   * @param references all of the case: a road keeps the one under which it began
   * @param subject only the road about this one is told; null for all of them
   */
  public void tell(String message, List<String> references, UUID subject) {
    references.stream()
        .flatMap(reference -> runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName(message).list().stream())
        .filter(road -> subject == null || subject.toString().equals(runtime.getVariable(road.getId(), "subjectRef")))
        .forEach(road -> runtime.messageEventReceived(message, road.getId()));
  }

  /** Ends the roads that ask for a lead professional of a case in which no child lacks one any more. */
  public void leadProfessionalInPlace(List<String> references) {
    running(references).stream().filter(road -> road.process().equals("lead-professional"))
        .forEach(road -> withdraw(road.id(), "no-longer-needed"));
  }
}
