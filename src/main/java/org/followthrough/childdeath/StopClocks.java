package org.followthrough.childdeath;

import java.util.Map;
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
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
    if (families.children(caseId).isEmpty()) {
      end(runtime, caseId, "ReferralWithdrawn");
    }
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      end(runtime, caseId, "LeadProfessionalWithdrawn");
    }
  }

  /** Roads keep the reference under which they began, also when that case was joined into this one. */
  private void end(RuntimeService runtime, UUID caseId, String message) {
    for (String reference : families.references(caseId)) {
      runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName(message).list()
          .forEach(road -> runtime.messageEventReceived(message, road.getId(), Map.of("whyWithdrawn", "no-longer-needed")));
    }
  }
}
