package org.followthrough.protection.assessment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.protection.Assessments;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Takes in the children whom it was decided to assess, and says from when the limit counts. */
@Component
class OpenAssessment implements JavaDelegate {

  private final Assessments assessments;
  private final Meetings meetings;
  private final Contacts contacts;
  private final Families families;
  private final Chronology chronology;
  private final Clock clock;

  OpenAssessment(Assessments assessments, Meetings meetings, Contacts contacts, Families families, Chronology chronology, Clock clock) {
    this.assessments = assessments;
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
    // who asked: a meeting, an enquiry, or, where there is no such thing, the decision on a contact
    UUID before = Optional.ofNullable((String) execution.getVariable("subjectRef")).map(UUID::fromString).orElse(null);
    boolean meeting = before != null && meetings.find(before).isPresent();
    boolean enquiry = before != null && !meeting;
    List<UUID> children = meeting ? assessments.decidedAt(before)
        : enquiry ? families.children(caseId).stream().map(child -> UUID.fromString(child.value())).toList()
        : assessments.decidedOn(contactId);
    Optional<UUID> begun = assessments.begin(caseId, contactId, children, enquiry, clock.instant());
    execution.setVariable("assessmentUnderWayAlready", begun.isEmpty());
    Chronology.Line line = Chronology.Line.fact(contactId, caseId, null, "Assessment joined", clock.instant(), "system", null);
    if (begun.isEmpty()) {
      chronology.add(line.about(before));
      return;
    }
    execution.setVariable("subjectRef", begun.get().toString());
    execution.setVariable("partOfEnquiry", enquiry);
    Instant decided = enquiry ? clock.instant()
        : chronology.when(meeting ? Events.OUTCOME_DECIDED : Events.RESPONSE_DECIDED, contactId, caseId, before).orElse(clock.instant());
    Optional<Instant> referred = assessments.referred(begun.get());
    chronology.add(line.about(begun.get()).named(referred.isPresent() ? Events.REFERRAL_ASSESSED : Events.ASSESSMENT_DECIDED)
        .happened(referred.orElse(decided)));
  }
}
