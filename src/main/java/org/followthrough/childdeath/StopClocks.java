package org.followthrough.childdeath;

import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.record.Decisions;
import org.followthrough.record.Families;
import org.springframework.stereotype.Component;

/** Ends the roads that were about this child alone; what concerns living children goes on until the manager decides. */
@Component
class StopClocks implements JavaDelegate {

  private final Families families;
  private final Decisions decisions;

  StopClocks(Families families, Decisions decisions) {
    this.families = families;
    this.decisions = decisions;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String reference = (String) execution.getVariable("caseRef");
    UUID caseId = families.idOf(reference).orElseThrow();
    RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
    if (families.children(caseId).isEmpty()) {
      end(runtime, reference, "ReferralWithdrawn");
    }
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      end(runtime, reference, "LeadProfessionalWithdrawn");
    }
  }

  private static void end(RuntimeService runtime, String reference, String message) {
    runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName(message).list()
        .forEach(road -> runtime.messageEventReceived(message, road.getId(), java.util.Map.of("whyWithdrawn", "no-longer-needed")));
  }
}
