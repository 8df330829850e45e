package org.followthrough.minutes.receipts;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.meeting.MeetingRoles;
import org.followthrough.minutes.Receipts;
import org.followthrough.page.ForModels;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Of whom a circulation waits to hear, and who may say for them that it has arrived. */
@Component("recipients")
public class Recipients {

  private final Receipts receipts;
  private final Directory directory;
  private final MeetingRoles roles;

  Recipients(Receipts receipts, Directory directory, MeetingRoles roles) {
    this.receipts = receipts;
    this.directory = directory;
    this.roles = roles;
  }

  /** The copies of all professionals of the circulation; the family is not waited for. */
  @ForModels
  public List<String> awaited(DelegateExecution execution) {
    return receipts.missing(UUID.fromString((String) execution.getVariable("subjectRef"))).stream()
        .map(copy -> copy.id().toString()).toList();
  }

  /** The recipient's agency where it works with this system; and always whoever sent it, who may hear of it by telephone. */
  @ForModels
  public String whoConfirms(DelegateExecution execution) {
    String agency = receipts.copy(UUID.fromString((String) execution.getVariable("recipientRef"))).agency();
    String sender = roles.writer(execution);
    return directory.anybodyIn(agency) ? agency + "," + sender : sender;
  }
}
