package org.followthrough.move.succession;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.family.Networks;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/** Who does not go with the family. */
@Component("successors")
public class Successors {

  private final Networks networks;

  Successors(Networks networks) {
    this.networks = networks;
  }

  /** Everybody who stays behind, as it was weighed up. */
  @ForModels
  public List<String> leaving(DelegateExecution execution) {
    return networks.leaving(UUID.fromString((String) execution.getVariable("subjectRef"))).stream()
        .map(one -> one.id().toString()).toList();
  }
}
