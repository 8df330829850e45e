package org.followthrough.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.springframework.stereotype.Component;

/**
 * Begins the next process of a case, in the same transaction: the message of the event starts the process that waits for
 * it, with the same business key and the references of the case.
 */
@Component
class BeginProcess implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    ThrowEvent event = (ThrowEvent) execution.getBpmnModelElementInstance();
    MessageEventDefinition message = (MessageEventDefinition) event.getEventDefinitions().iterator().next();
    Map<String, Object> references = new HashMap<>();
    for (String name : new String[] {"contactRef", "caseRef", "subjectRef"}) {
      references.put(name, execution.getVariable(name));
    }
    execution.getProcessEngineServices().getRuntimeService()
        .createMessageCorrelation(message.getMessage().getName())
        .processInstanceBusinessKey(execution.getProcessBusinessKey())
        .setVariables(references)
        .correlateStartMessage();
  }
}
