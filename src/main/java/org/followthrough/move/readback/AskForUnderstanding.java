package org.followthrough.move.readback;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/** From here on the new worker’s own account is awaited. */
@Component
class AskForUnderstanding implements JavaDelegate {

  private final Families families;
  private final Chronology chronology;
  private final Clock clock;

  AskForUnderstanding(Families families, Chronology chronology, Clock clock) {
    this.families = families;
    this.chronology = chronology;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    chronology.add(Chronology.Line.fact(null, families.idOf((String) execution.getVariable("caseRef")).orElseThrow(),
        null, "Read-back asked", clock.instant(), "system", null).about(UUID.fromString((String) execution.getVariable("subjectRef"))));
  }
}
