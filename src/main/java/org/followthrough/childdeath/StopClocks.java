package org.followthrough.childdeath;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/**
 * Ends what was about this child alone; what concerns living children goes on until the manager decides. Where none lives, everything ends
 * that does not say why it goes on.
 */
@Component
class StopClocks implements JavaDelegate {

  private final Families families;
  private final List<CaseProcess> processes;
  private final ProcessInstances instances;

  StopClocks(Families families, List<CaseProcess> processes, ProcessInstances instances) {
    this.families = families;
    this.processes = processes;
    this.instances = instances;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    UUID child = UUID.fromString((String) execution.getVariable("personRef"));
    if (!families.children(caseId).isEmpty()) {
      processes.forEach(one -> one.died(caseId, child));
      return;
    }
    List<String> goOn = processes.stream().filter(one -> one.goesOnAfterDeath() != null).map(CaseProcess::process).toList();
    instances.running(families.references(caseId)).stream().filter(instance -> !goOn.contains(instance.process()))
        .forEach(instance -> instances.withdraw(instance.id(), "no-longer-needed"));
  }
}
