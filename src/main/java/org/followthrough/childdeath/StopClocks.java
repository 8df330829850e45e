package org.followthrough.childdeath;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.engine.Roads;
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
  private final Roads roads;

  StopClocks(Families families, List<CaseProcess> processes, Roads roads) {
    this.families = families;
    this.processes = processes;
    this.roads = roads;
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
    roads.running(families.references(caseId)).stream().filter(road -> !goOn.contains(road.process()))
        .forEach(road -> roads.withdraw(road.id(), "no-longer-needed"));
  }
}
