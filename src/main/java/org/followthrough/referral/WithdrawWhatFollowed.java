package org.followthrough.referral;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends the roads that a decision started when it is taken back; the record has closed what it opened already. */
@Component
class WithdrawWhatFollowed implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
    runtime.createExecutionQuery().processVariableValueEquals("decisionRef", execution.getVariable("decisionRef"))
        .messageEventSubscriptionName("LeadProfessionalWithdrawn").list()
        .forEach(road -> runtime.messageEventReceived("LeadProfessionalWithdrawn", road.getId(), Map.of("whyWithdrawn", "withdrawn")));
  }
}
