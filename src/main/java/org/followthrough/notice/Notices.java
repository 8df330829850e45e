package org.followthrough.notice;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("notices")
public class Notices {

  public java.util.List<String> told(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }

  public String whoConfirms(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
