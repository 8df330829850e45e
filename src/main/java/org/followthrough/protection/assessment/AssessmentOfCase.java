package org.followthrough.protection.assessment;

import java.util.List;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.followthrough.protection.Assessments;
import org.springframework.stereotype.Component;

/** Assessments, as part of the case. */
@Component
class AssessmentOfCase implements CaseProcess {

  private final Families families;
  private final Assessments assessments;
  private final ProcessInstances instances;

  AssessmentOfCase(Families families, Assessments assessments, ProcessInstances instances) {
    this.families = families;
    this.assessments = assessments;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "assessment";
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    instances.end("AssessmentWithdrawn", families.references(caseId), over);
  }

  @Override
  public void takenBack(UUID caseId, String contact, List<String> references) {
    instances.withdrawOf(contact, "AssessmentWithdrawn", references, assessment -> !assessments.stillWanted(assessment));
  }
}
