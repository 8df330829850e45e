package org.followthrough.referral.leadprofessional;

import java.util.Map;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Directory;
import org.followthrough.referral.LeadProfessionals;
import org.springframework.stereotype.Component;

@Component
class NameLeadProfessional implements Step {

  private final LeadProfessionals leads;
  private final Families families;
  private final Directory directory;

  NameLeadProfessional(LeadProfessionals leads, Families families, Directory directory) {
    this.leads = leads;
    this.families = families;
    this.directory = directory;
  }

  @Override
  public Reads reads() {
    return new Reads().choiceFrom("workers", "lead").text("leadReason");
  }

  @Override
  public String event() {
    return "Lead professional named";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    String team = families.team(matter.caseId()).orElseThrow();
    return Map.of("familySummary", families.summary(matter.caseId()), "workers", directory.members(team + ".social-worker"));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    leads.name(typed.matter().caseId(), leads.childrenWithout(typed.matter().caseId()), typed.text("lead"),
        typed.text("leadReason"), typed.recordedAt(), typed.matter().user());
    return Map.of();
  }
}
