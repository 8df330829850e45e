package org.followthrough.referral;

import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.record.Decisions;
import org.followthrough.record.Families;
import org.springframework.stereotype.Component;

/**
 * Ends the roads that a decision started when it is taken back; the record has closed what it opened already. While another
 * decision keeps a child's episode open, that child still needs a lead professional.
 */
@Component
class WithdrawWhatFollowed implements JavaDelegate {

  private final Families families;
  private final Decisions decisions;

  WithdrawWhatFollowed(Families families, Decisions decisions) {
    this.families = families;
    this.decisions = decisions;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    if (!decisions.childrenWithoutLead(caseId).isEmpty()) {
      return;
    }
    RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
    for (String reference : families.references(caseId)) {
      runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName("LeadProfessionalWithdrawn").list()
          .forEach(road -> runtime.messageEventReceived("LeadProfessionalWithdrawn", road.getId(), Map.of("whyWithdrawn", "withdrawn")));
    }
  }
}
