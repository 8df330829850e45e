package org.followthrough.move.acceptance;

import org.followthrough.family.CaseProcess;
import org.springframework.stereotype.Component;

/** Taking a family over, as part of its case. */
@Component
class AcceptanceOfCase implements CaseProcess {

  @Override
  public String process() {
    return "acceptance";
  }

  @Override
  public String goesOnAfterDeath() {
    return "The other authority is responsible until it says that the move is off, or a manager does.";
  }
}
