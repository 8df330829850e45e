package org.followthrough.conference;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.page.ForModels;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Which agencies are asked for a report, and who writes it. */
@Component("invitations")
public class Invitations {

  private final Conferences conferences;
  private final Directory directory;

  Invitations(Conferences conferences, Directory directory) {
    this.conferences = conferences;
    this.directory = directory;
  }

  /** The agency itself where it works with this system; and whoever takes the minutes, for what comes by telephone or letter. */
  @ForModels
  public String whoReports(DelegateExecution execution) {
    String agency = (String) execution.getVariable("agencyRef");
    return directory.anybodyIn(agency) ? agency + ",minute-taker" : "minute-taker";
  }

  /** Every agency that was invited, once. */
  @ForModels
  public List<String> reporting(DelegateExecution execution) {
    return conferences.reporting(UUID.fromString((String) execution.getVariable("subjectRef")));
  }
}
