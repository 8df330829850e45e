package org.followthrough.conference;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/** The plans that a conference has begun or ended, each with its visits. */
@Component("conferences")
public class Conclusions {

  private final Conferences conferences;

  Conclusions(Conferences conferences) {
    this.conferences = conferences;
  }

  @ForModels
  public List<String> plansBegun(DelegateExecution execution) {
    return conferences.plansBegun(meeting(execution)).stream().map(UUID::toString).toList();
  }

  @ForModels
  public List<String> plansEnded(DelegateExecution execution) {
    return conferences.plansEnded(meeting(execution)).stream().map(UUID::toString).toList();
  }

  private static UUID meeting(DelegateExecution execution) {
    return UUID.fromString((String) execution.getVariable("subjectRef"));
  }
}
