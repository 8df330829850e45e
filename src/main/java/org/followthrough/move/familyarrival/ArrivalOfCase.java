package org.followthrough.move.familyarrival;

import org.followthrough.family.CaseProcess;
import org.springframework.stereotype.Component;

/** The arrival of a family, as part of its case. */
@Component
class ArrivalOfCase implements CaseProcess {

  @Override
  public String process() {
    return "family-arrival";
  }

  @Override
  public String goesOnAfterDeath() {
    return "The other authority is responsible until it says that the move is off, or a manager does.";
  }
}
