package org.followthrough.familyarrival;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("arrivals")
public class Arrivals {

  public java.util.List<String> unmatched(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
