package org.followthrough.protection.section47;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.protection.Enquiries;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/**
 * Opens the enquiry of a discussion, counted from when that was held. A child whose enquiry runs already keeps that one: what
 * is new belongs to it, and an injury that is alleged now makes it more urgent there.
 */
@Component
class OpenEnquiry implements JavaDelegate {

  private final Enquiries enquiries;
  private final Meetings meetings;
  private final Families families;
  private final Contacts contacts;
  private final Chronology chronology;
  private final Redating redating;
  private final Clock clock;

  OpenEnquiry(Enquiries enquiries, Meetings meetings, Families families, Contacts contacts, Chronology chronology, Redating redating,
      Clock clock) {
    this.enquiries = enquiries;
    this.meetings = meetings;
    this.families = families;
    this.contacts = contacts;
    this.chronology = chronology;
    this.redating = redating;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    String contactRef = (String) execution.getVariable("contactRef");
    UUID contactId = contactRef == null ? null : contacts.idOf(contactRef).orElseThrow();
    UUID discussion = UUID.fromString((String) execution.getVariable("subjectRef"));
    Instant held = meetings.find(discussion).orElseThrow().heldAt();
    // counted from the discussion too: a child is seen on the day on which it was decided
    boolean injury = chronology.when(Events.INJURY_OR_SEXUAL_ABUSE_ALLEGED, contactId, caseId, discussion).isPresent();
    Chronology.Line line = Chronology.Line.fact(contactId, caseId, null, Events.ENQUIRY_DECIDED, clock.instant(), "system", null)
        .happened(held);

    Optional<UUID> enquiry = enquiries.open(discussion, caseId, clock.instant());
    execution.setVariable("enquiryUnderWay", enquiry.isEmpty());
    for (Enquiries.Running running : enquiries.runningElsewhere(discussion)) {
      chronology.add(Chronology.Line.fact(contactId, caseId, running.personId(), "Enquiry already under way", clock.instant(),
          "system", null)
          .about(running.enquiryId()));
      if (injury) {
        redating.bringForward(line.named(Events.INJURY_OR_SEXUAL_ABUSE_ALLEGED).about(running.enquiryId()), "An injury is alleged");
      }
    }
    if (enquiry.isPresent()) {
      if (families.closed(caseId)) {
        families.reopen(caseId, "An enquiry was decided on", clock.instant(), "system");
      }
      execution.setVariable("subjectRef", enquiry.get().toString());
      chronology.add(line.about(enquiry.get()));
      if (injury) {
        chronology.add(line.named(Events.INJURY_OR_SEXUAL_ABUSE_ALLEGED).about(enquiry.get()));
      }
    }
  }
}
