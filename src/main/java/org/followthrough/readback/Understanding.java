package org.followthrough.readback;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("understanding")
public class Understanding {

  public String receivers(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }

  public String holders(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
