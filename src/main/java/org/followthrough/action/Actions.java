package org.followthrough.action;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("actions")
public class Actions {

  public String owner(DelegateExecution execution) {
    throw new IllegalStateException("owner");
  }
}
