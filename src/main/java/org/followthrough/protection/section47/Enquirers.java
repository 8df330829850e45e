package org.followthrough.protection.section47;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.family.Families;
import org.followthrough.page.ForModels;
import org.followthrough.page.Option;
import org.followthrough.people.Directory;
import org.followthrough.people.Team;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** Whom an enquiry sees and hears, and who answers for an agency. */
@Component("enquiries")
public class Enquirers {

  private final Enquiries record;
  private final Families families;
  private final Directory directory;
  private final Team team;

  Enquirers(Enquiries record, Families families, Directory directory, Team team) {
    this.record = record;
    this.families = families;
    this.directory = directory;
    this.team = team;
  }

  /** The children of the enquiry. */
  @ForModels
  public List<String> children(DelegateExecution execution) {
    return record.children(enquiry(execution)).stream().map(Option::value).toList();
  }

  /** The agencies that are asked. */
  @ForModels
  public List<String> agencies(DelegateExecution execution) {
    return record.silent(enquiry(execution));
  }

  /** Every adult of the family, in the household and outside it. */
  @ForModels
  public List<String> adults(DelegateExecution execution) {
    return record.adults(families.idOf((String) execution.getVariable("caseRef")).orElseThrow()).stream().map(Option::value).toList();
  }

  /** The agency where it works with this system; and always the team's social workers, who may hear it by telephone. */
  @ForModels
  public String whoAnswers(DelegateExecution execution) {
    String agency = (String) execution.getVariable("agencyRef");
    String workers = team.role(execution, "social-worker");
    return directory.anybodyIn(agency) ? agency + "," + workers : workers;
  }

  private static UUID enquiry(DelegateExecution execution) {
    return UUID.fromString((String) execution.getVariable("subjectRef"));
  }
}
