package org.followthrough.succession;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("successors")
public class Successors {

  public java.util.List<String> leaving(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
