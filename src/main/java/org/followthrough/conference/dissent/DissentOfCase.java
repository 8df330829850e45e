package org.followthrough.conference.dissent;

import org.followthrough.family.CaseProcess;
import org.springframework.stereotype.Component;

/** A dissent, as part of the case. */
@Component
class DissentOfCase implements CaseProcess {

  @Override
  public String process() {
    return "dissent";
  }

  @Override
  public String goesOnAfterDeath() {
    return "A professional who dissents has an answer, then above all.";
  }
}
