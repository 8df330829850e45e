package org.followthrough.referral.leadprofessional;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.referral.LeadProfessionals;
import org.springframework.stereotype.Component;

/** The lead professional, as part of the case: a child with an open episode has one, or a manager is asked. */
@Component
class LeadOfCase implements CaseProcess {

  private final Families families;
  private final LeadProfessionals leads;
  private final Chronology chronology;
  private final ProcessInstances instances;

  LeadOfCase(Families families, LeadProfessionals leads, Chronology chronology, ProcessInstances instances) {
    this.families = families;
    this.leads = leads;
    this.chronology = chronology;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "lead-professional";
  }

  @Override
  public void died(UUID caseId, UUID child) {
    endWhereInPlace(caseId);
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    endWhereInPlace(caseId);
  }

  @Override
  public void alive(UUID caseId, UUID child, String why, Instant at, String by) {
    ask(caseId, at, at, by);
  }

  /** Children who leave without a lead professional are not forgotten between two cases: their gap began when it began. */
  @Override
  public void split(UUID caseId, UUID other, Instant at, String by) {
    ask(other, chronology.when("Lead professional missing", null, caseId, null).orElse(at), at, by);
    endWhereInPlace(caseId);
  }

  @Override
  public void takenBack(UUID caseId, String contact, List<String> references) {
    if (leads.childrenWithout(caseId).isEmpty()) {
      instances.listening(LeadProfessionals.LEAD_PROFESSIONAL_WITHDRAWN, references)
          .forEach(one -> instances.withdraw(one.id(), "withdrawn"));
    }
  }

  private void ask(UUID caseId, Instant since, Instant at, String by) {
    if (!leads.childrenWithout(caseId).isEmpty()) {
      chronology.add(Chronology.Line.fact(null, caseId, null, "Lead professional missing", at, by, null).happened(since));
      instances.begin("LeadProfessionalMissing", families.reference(caseId), Map.of());
    }
  }

  private void endWhereInPlace(UUID caseId) {
    if (leads.childrenWithout(caseId).isEmpty()) {
      instances.end(LeadProfessionals.LEAD_PROFESSIONAL_WITHDRAWN, families.references(caseId), null);
    }
  }
}
