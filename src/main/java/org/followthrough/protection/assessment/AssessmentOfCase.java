package org.followthrough.protection.assessment;

import java.util.List;
import java.util.UUID;
import org.followthrough.engine.Roads;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.followthrough.protection.Assessments;
import org.springframework.stereotype.Component;

/** Assessments, as part of the case. */
@Component
class AssessmentOfCase implements CaseProcess {

  private final Families families;
  private final Assessments assessments;
  private final Roads roads;

  AssessmentOfCase(Families families, Assessments assessments, Roads roads) {
    this.families = families;
    this.assessments = assessments;
    this.roads = roads;
  }

  @Override
  public String process() {
    return "assessment";
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    roads.end("AssessmentWithdrawn", families.references(caseId), over);
  }

  @Override
  public void takenBack(UUID caseId, String contact, List<String> references) {
    roads.withdrawOf(contact, "AssessmentWithdrawn", references, assessment -> !assessments.stillWanted(assessment));
  }
}
