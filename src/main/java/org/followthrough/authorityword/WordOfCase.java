package org.followthrough.authorityword;

import org.followthrough.record.CaseProcess;
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
