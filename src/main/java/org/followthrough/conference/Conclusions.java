package org.followthrough.conference;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("conferences")
public class Conclusions {

  public List<String> plansBegun(DelegateExecution execution) {
    throw new IllegalStateException("plansBegun");
  }

  public List<String> plansEnded(DelegateExecution execution) {
    throw new IllegalStateException("plansEnded");
  }
}
