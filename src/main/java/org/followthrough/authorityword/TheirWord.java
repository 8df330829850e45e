package org.followthrough.authorityword;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("words")
public class TheirWord {

  public String asked(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
