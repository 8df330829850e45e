package org.followthrough.people;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.record.Contacts;
import org.followthrough.record.Matters;
import org.followthrough.record.Meetings;
import org.springframework.stereotype.Component;

/**
 * Whose task: models say {@code ${team.role(execution, 'team-manager')}}, and it is that role in the team that holds the
 * case now.
 */
@Component("team")
public class Team {

  private final Matters matters;
  private final Contacts contacts;
  private final Meetings meetings;
  private final Directory directory;

  Team(Matters matters, Contacts contacts, Meetings meetings, Directory directory) {
    this.matters = matters;
    this.contacts = contacts;
    this.meetings = meetings;
    this.directory = directory;
  }

  /** The group of a team-bound role in the team that holds the case. */
  public String role(DelegateExecution execution, String role) {
    return of((String) execution.getVariable("caseRef"), (String) execution.getVariable("contactRef")) + "." + role;
  }

  /** Who works for a child by day and by night: workers and managers of the team that holds the case, and out of hours. */
  public String onDuty(DelegateExecution execution) {
    return role(execution, "social-worker") + "," + role(execution, "team-manager") + ",out-of-hours";
  }

  /** Who chairs the meeting that the road is about, and agrees its minutes. */
  public String chair(DelegateExecution execution) {
    return chair(subject(execution), (String) execution.getVariable("caseRef"), (String) execution.getVariable("contactRef"));
  }

  /** The groups that may chair the meeting of a subject, comma separated. */
  public String chair(UUID subject, String caseRef, String contactRef) {
    String role = meetings.chairRole(subject);
    return role.equals("team-manager") ? of(caseRef, contactRef) + "." + role + ",out-of-hours" : role;
  }

  /** Who writes for the meeting that the road is about. */
  public String writer(DelegateExecution execution) {
    String role = meetings.writerRole(subject(execution));
    return role.equals("social-worker") ? onDuty(execution) : role;
  }

  /** Who writes down what a meeting says: whoever writes for it and whoever chairs it. */
  public String recorder(DelegateExecution execution) {
    if (meetings.find(subject(execution)).isEmpty()) {
      return onDuty(execution);
    }
    String writer = writer(execution);
    return meetings.writerRole(subject(execution)).equals("social-worker") ? writer : writer + "," + chair(execution);
  }

  /** Who decides when a conference was not quorate: its chair; the second time a manager with the chair. */
  public String inquorate(DelegateExecution execution) {
    String chair = chair(execution);
    return meetings.find(subject(execution)).orElseThrow().follows() == null ? chair : chair + ",service-manager";
  }

  /** Who decides at any hour: the managers of the team that holds the case, and out of hours. */
  public String decider(DelegateExecution execution) {
    return role(execution, "team-manager") + ",out-of-hours";
  }

  private static UUID subject(DelegateExecution execution) {
    return UUID.fromString((String) execution.getVariable("subjectRef"));
  }

  /**
   * Who can say that the outcome was heard: the referrer's agency where it works with this system, else the contact
   * centre, who asks and records it for them.
   */
  public String referrer(DelegateExecution execution) {
    UUID contact = contacts.idOf((String) execution.getVariable("contactRef")).orElseThrow();
    String agency = contacts.byId(contact).agency();
    return agency != null && directory.anybodyIn(agency) ? agency + ",contact-centre" : "contact-centre";
  }

  /** The team that holds a case, or the one a contact was meant for while its family is not known. */
  public String of(String caseRef, String contactRef) {
    Map<String, Object> references = new HashMap<>();
    references.put("caseRef", caseRef);
    references.put("contactRef", contactRef);
    return matters.team(matters.of(references, null))
        .orElseThrow(() -> new IllegalStateException("No team holds " + caseRef + " " + contactRef));
  }
}
