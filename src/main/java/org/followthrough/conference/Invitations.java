package org.followthrough.conference;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("invitations")
public class Invitations {

  public String whoReports(DelegateExecution execution) {
    throw new IllegalStateException("whoReports");
  }

  public List<String> reporting(DelegateExecution execution) {
    throw new IllegalStateException("reporting");
  }
}
