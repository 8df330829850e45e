package org.followthrough.section47;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("enquiries")
public class Enquirers {

  public List<String> children(DelegateExecution execution) {
    throw new IllegalStateException("children");
  }

  public List<String> agencies(DelegateExecution execution) {
    throw new IllegalStateException("agencies");
  }

  public List<String> adults(DelegateExecution execution) {
    throw new IllegalStateException("adults");
  }

  public String whoAnswers(DelegateExecution execution) {
    throw new IllegalStateException("whoAnswers");
  }
}
