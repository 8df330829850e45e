package org.followthrough.minutes;

import org.followthrough.family.CaseProcess;
import org.springframework.stereotype.Component;

/** Minutes, as part of the case. */
@Component
class MinutesOfCase implements CaseProcess {

  @Override
  public String process() {
    return "minutes";
  }

  @Override
  public String goesOnAfterDeath() {
    return "A meeting that was held has its minutes, whatever became of the child.";
  }
}
