package org.followthrough.protection.section47;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** An enquiry that is withdrawn is over for every child of it; the next reason begins a new one. */
@Component
class CloseEnquiry implements JavaDelegate {

  private final Enquiries enquiries;
  private final Clock clock;

  CloseEnquiry(Enquiries enquiries, Clock clock) {
    this.enquiries = enquiries;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    enquiries.withdraw(UUID.fromString((String) execution.getVariable("subjectRef")), (String) execution.getVariable("whyWithdrawn"),
        clock.instant());
  }
}
