package org.followthrough.support.childinneed;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Families;
import org.followthrough.support.Supports;
import org.springframework.stereotype.Component;

/** Help that is withdrawn has nobody any more, and keeps no case open. */
@Component
class CloseSupport implements JavaDelegate {

  private final Supports supports;
  private final Families families;
  private final Clock clock;

  CloseSupport(Supports supports, Families families, Clock clock) {
    this.supports = supports;
    this.families = families;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    supports.end(UUID.fromString((String) execution.getVariable("subjectRef")), (String) execution.getVariable("whyWithdrawn"),
        clock.instant());
    families.closeIfDone(families.idOf((String) execution.getVariable("caseRef")).orElseThrow(), clock.instant());
  }
}
