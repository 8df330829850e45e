package org.followthrough.teamtransfer;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("receivingTeam")
public class ReceivingTeam {

  public String manager(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
