package org.followthrough.childinneed;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("support")
public class Support {

  public String receiver(DelegateExecution execution) {
    throw new IllegalStateException("receiver");
  }
}
