package org.followthrough.exchange;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("deliveries")
public class Deliveries {

  public java.util.Date nextTry(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
