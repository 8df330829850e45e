package org.followthrough.meeting.action;

import java.util.List;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/** Agreed actions, as part of the case. */
@Component
class ActionOfCase implements CaseProcess {

  private final Families families;
  private final ProcessInstances instances;

  ActionOfCase(Families families, ProcessInstances instances) {
    this.families = families;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "action";
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    instances.end("ActionWithdrawn", families.references(caseId), over);
  }
}
