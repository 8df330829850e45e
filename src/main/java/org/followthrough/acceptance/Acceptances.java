package org.followthrough.acceptance;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("acceptances")
public class Acceptances {

  public java.util.List<String> kept(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
