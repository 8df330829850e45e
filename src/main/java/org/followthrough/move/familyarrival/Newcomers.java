package org.followthrough.move.familyarrival;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.move.Arrivals;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/** Whom the front door still has to match: those named who are like somebody recorded here. */
@Component("arrivals")
public class Newcomers {

  private final Arrivals arrivals;

  Newcomers(Arrivals arrivals) {
    this.arrivals = arrivals;
  }

  @ForModels
  public List<String> unmatched(DelegateExecution execution) {
    return arrivals.unmatched(UUID.fromString((String) execution.getVariable("subjectRef"))).stream().map(UUID::toString).toList();
  }
}
