package org.followthrough.protection.emergencyprotection;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.page.Refusal;
import org.followthrough.protection.Protections;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What protects children tonight, as part of the case. */
@Component
class ProtectionOfCase implements CaseProcess {

  private final Families families;
  private final Protections protections;
  private final Chronology chronology;
  private final Redating redating;
  private final ProcessInstances instances;
  private final RuntimeService runtime;

  ProtectionOfCase(Families families, Protections protections, Chronology chronology, Redating redating, ProcessInstances instances,
      @Lazy RuntimeService runtime) {
    this.families = families;
    this.protections = protections;
    this.chronology = chronology;
    this.redating = redating;
    this.instances = instances;
    this.runtime = runtime;
  }

  @Override
  public String process() {
    return "emergency-protection";
  }

  /** Protection that only this child had is over; where brothers and sisters are protected too, their first end counts now. */
  @Override
  public void died(UUID caseId, UUID child) {
    instances.listening("EmergencyProtectionWithdrawn", families.references(caseId)).forEach(instance -> {
      if (protections.firstEnd(instance.subjectId()).isPresent()) {
        redating.recount("end of protection", null, caseId, instance.subjectId(), "A child has died");
      } else if (Boolean.FALSE.equals(runtime.getVariable(instance.id(), "anotherChild"))) {
        // before that, a page about another child is still to come
        instances.withdraw(instance.id(), "no-longer-needed");
      }
    });
  }

  @Override
  public void alive(UUID caseId, UUID child, String why, Instant at, String by) {
    if (protections.endedByDeath(child)) {
      chronology.add(Chronology.Line.fact(null, caseId, null, Events.PROTECTION_NEEDED, at, by, why));
      instances.begin(Protections.PROTECTION_NEEDED, families.reference(caseId), Map.of());
    }
  }

  @Override
  public void ending(EndedEarly early) {
    if (protections.firstEnd(early.subjectId()).isPresent()) {
      throw new Refusal("how", "A child is still protected by an arrangement of this work. Say on its page what follows, or that it was "
          + "recorded in error.");
    }
  }

  @Override
  public void ended(EndedEarly early) {
    families.closeIfDone(early.caseId(), early.at());
  }

  @Override
  public void takenBack(UUID caseId, String contact, List<String> references) {
    instances.withdrawOf(contact, "EmergencyProtectionWithdrawn", references, need -> !protections.arranged(need));
  }
}
