package org.followthrough.support.childinneed;

import java.util.List;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.followthrough.referral.Episodes;
import org.followthrough.support.Supports;
import org.springframework.stereotype.Component;

/** Help for children, as part of the case. */
@Component
class SupportOfCase implements CaseProcess {

  private final Families families;
  private final Supports supports;
  private final Episodes episodes;
  private final ProcessInstances instances;

  SupportOfCase(Families families, Supports supports, Episodes episodes, ProcessInstances instances) {
    this.families = families;
    this.supports = supports;
    this.episodes = episodes;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "child-in-need";
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    // what only closes a case has nothing left to close
    instances.end("SupportWithdrawn", families.references(caseId), episodes.anyOpen(caseId) ? over : null);
  }

  @Override
  public void takenBack(UUID caseId, String contact, List<String> references) {
    // what only closes a case is about what it follows, and no support
    instances.withdrawOf(contact, "SupportWithdrawn", references, support -> supports.find(support).isPresent()
        && !supports.stillWanted(support));
  }
}
