package org.followthrough.engine;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.followthrough.record.Families;
import org.springframework.stereotype.Component;

/**
 * Tells the roads of a case that already run, in the same transaction, what they wait to be told: where the event names a
 * subject of its own, only the road about that one.
 */
@Component
class PassOn implements JavaDelegate {

  private final Families families;

  PassOn(Families families) {
    this.families = families;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ThrowEvent event = (ThrowEvent) execution.getBpmnModelElementInstance();
    String message = ((MessageEventDefinition) event.getEventDefinitions().iterator().next()).getMessage().getName();
    RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
    Object subject = execution.hasVariableLocal("subjectRef") ? execution.getVariableLocal("subjectRef") : null;
    // a road keeps the reference under which it began, also when that case was joined into another
    families.references(families.idOf((String) execution.getVariable("caseRef")).orElseThrow()).stream()
        .flatMap(reference -> runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName(message).list().stream())
        .filter(road -> subject == null || subject.equals(runtime.getVariable(road.getId(), "subjectRef")))
        .forEach(road -> runtime.messageEventReceived(message, road.getId()));
  }
}
