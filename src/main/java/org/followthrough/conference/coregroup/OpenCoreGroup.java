package org.followthrough.conference.coregroup;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.conference.Conferences;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/**
 * Calls the next core group and says from when its limit counts: for the first from the conference that began the plans, later
 * from the core group before. The process's subject is what came before, and is the new meeting from here on.
 */
@Component
class OpenCoreGroup implements JavaDelegate {

  static final String KIND = Conferences.CORE_GROUP;
  static final String AFTER_CONFERENCE = "First conference held";
  static final String AFTER_CORE_GROUP = "Previous core group held";

  private final Meetings meetings;
  private final Contacts contacts;
  private final Families families;
  private final Chronology chronology;
  private final Clock clock;

  OpenCoreGroup(Meetings meetings, Contacts contacts, Families families, Chronology chronology, Clock clock) {
    this.meetings = meetings;
    this.contacts = contacts;
    this.families = families;
    this.chronology = chronology;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    String contactRef = (String) execution.getVariable("contactRef");
    UUID contactId = contactRef == null ? null : contacts.idOf(contactRef).orElseThrow();
    Meetings.Meeting before = meetings.find(UUID.fromString((String) execution.getVariable("subjectRef"))).orElseThrow();
    Instant now = clock.instant();
    UUID meeting = meetings.call(KIND, caseId, contactId, null, "team-manager", "social-worker", now);
    execution.setVariable("subjectRef", meeting.toString());
    chronology.add(Chronology.Line.fact(contactId, caseId, null, before.kind().equals(KIND) ? AFTER_CORE_GROUP : AFTER_CONFERENCE,
        now, "system", null)
        .about(meeting).happened(before.heldAt()));
  }
}
