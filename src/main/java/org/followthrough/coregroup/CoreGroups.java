package org.followthrough.coregroup;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

@Component("coregroups")
public class CoreGroups {

  public List<String> openActions(DelegateExecution execution) {
    throw new IllegalStateException("openActions");
  }
}
