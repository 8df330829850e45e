package org.followthrough.move.authorityword;

import org.followthrough.family.CaseProcess;
import org.springframework.stereotype.Component;

/** A word of another authority, as part of the case. */
@Component
class WordOfCase implements CaseProcess {

  @Override
  public String process() {
    return "authority-word";
  }

  @Override
  public String goesOnAfterDeath() {
    return "Another authority waits for our answer.";
  }
}
