package org.followthrough.meeting;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.page.ForModels;
import org.followthrough.people.Team;
import org.springframework.stereotype.Component;

/** Who chairs a meeting and who writes for it, as groups that models ask: {@code ${meetingRoles.chair(execution)}}. */
@Component
public class MeetingRoles {

  private final Meetings meetings;
  private final Team team;

  MeetingRoles(Meetings meetings, Team team) {
    this.meetings = meetings;
    this.team = team;
  }

  /** Who chairs the meeting that a process is about, and agrees its minutes. */
  @ForModels
  public String chair(DelegateExecution execution) {
    return chair(subject(execution), (String) execution.getVariable("caseRef"), (String) execution.getVariable("contactRef"));
  }

  /** The groups that may chair the meeting of a subject, comma separated. */
  public String chair(UUID subject, String caseRef, String contactRef) {
    String role = meetings.chairRole(subject);
    return role.equals("team-manager") ? team.of(caseRef, contactRef) + "." + role + ",out-of-hours" : role;
  }

  /** Who writes for the meeting that a process is about. */
  @ForModels
  public String writer(DelegateExecution execution) {
    String role = meetings.writerRole(subject(execution));
    return role.equals("social-worker") ? team.onDuty(execution) : role;
  }

  /** Who writes down what a meeting says: whoever writes for it and whoever chairs it. */
  @ForModels
  public String recorder(DelegateExecution execution) {
    if (meetings.find(subject(execution)).isEmpty()) {
      return team.onDuty(execution);
    }
    String writer = writer(execution);
    return meetings.writerRole(subject(execution)).equals("social-worker") ? writer : writer + "," + chair(execution);
  }

  /** Who decides when a conference was not quorate: its chair; the second time a manager with the chair. */
  @ForModels
  public String inquorate(DelegateExecution execution) {
    String chair = chair(execution);
    return meetings.find(subject(execution)).orElseThrow().follows() == null ? chair : chair + ",service-manager";
  }

  private static UUID subject(DelegateExecution execution) {
    return UUID.fromString((String) execution.getVariable("subjectRef"));
  }
}
