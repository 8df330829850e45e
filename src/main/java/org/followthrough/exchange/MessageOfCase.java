package org.followthrough.exchange;

import org.followthrough.family.CaseProcess;
import org.springframework.stereotype.Component;

/** A message to another authority, as part of the case. */
@Component
class MessageOfCase implements CaseProcess {

  @Override
  public String process() {
    return "exchange";
  }

  @Override
  public String goesOnAfterDeath() {
    return "What was written to another authority has to reach it.";
  }
}
