package org.followthrough.childdeath;

import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The death of a child, as part of the case. */
@Component
class DeathOfCase implements CaseProcess {

  private final Families families;
  private final ObjectProvider<CaseProcess> processes;

  DeathOfCase(Families families, ObjectProvider<CaseProcess> processes) {
    this.families = families;
    this.processes = processes;
  }

  @Override
  public String process() {
    return "child-death";
  }

  @Override
  public String goesOnAfterDeath() {
    return "A manager decides what continues for the family.";
  }

  /** Unless it is only needed no longer, the child has not died: what had ended goes on, or begins anew. */
  @Override
  public void ending(EndedEarly early) {
    if (!early.how().equals("no-longer-needed")) {
      families.alive(early.caseId(), early.child(), early.why(), early.at(), early.by());
      processes.forEach(one -> one.alive(early.caseId(), early.child(), early.why(), early.at(), early.by()));
    }
  }
}
