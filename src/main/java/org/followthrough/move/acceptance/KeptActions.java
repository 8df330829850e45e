package org.followthrough.move.acceptance;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.move.Handovers;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/** The actions that go on with us, each in its own process. */
@Component("acceptances")
public class KeptActions {

  private final Handovers handovers;

  KeptActions(Handovers handovers) {
    this.handovers = handovers;
  }

  @ForModels
  public List<String> kept(DelegateExecution execution) {
    return handovers.carriedOn(UUID.fromString((String) execution.getVariable("subjectRef"))).stream().map(UUID::toString).toList();
  }
}
