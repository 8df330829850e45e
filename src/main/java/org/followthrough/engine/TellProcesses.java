package org.followthrough.engine;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/**
 * Tells the processes of a case that already run, in the same transaction, what they wait to be told: where the event names a
 * subject of its own, only the process about that one.
 */
@Component
class TellProcesses implements JavaDelegate {

  private final Families families;
  private final ProcessInstances instances;

  TellProcesses(Families families, ProcessInstances instances) {
    this.families = families;
    this.instances = instances;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ThrowEvent event = (ThrowEvent) execution.getBpmnModelElementInstance();
    String message = ((MessageEventDefinition) event.getEventDefinitions().iterator().next()).getMessage().getName();
    List<UUID> about = Optional.ofNullable((String) execution.getVariableLocal("subjectRef")).map(UUID::fromString)
        .map(List::of).orElse(null);
    instances.tell(message, families.references(families.idOf((String) execution.getVariable("caseRef")).orElseThrow()), about);
  }
}
