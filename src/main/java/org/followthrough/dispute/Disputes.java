package org.followthrough.dispute;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("disputes")
public class Disputes {

  public String ourSide(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
