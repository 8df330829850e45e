package org.followthrough.protection.strategydiscussion;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/**
 * Calls the discussion and says since when there is reason for it: the limit counts from the first of these events, and each
 * is of this meeting alone.
 */
@Component
class OpenDiscussion implements JavaDelegate {

  private final Meetings meetings;
  private final Contacts contacts;
  private final Families families;
  private final Chronology chronology;
  private final Clock clock;

  OpenDiscussion(Meetings meetings, Contacts contacts, Families families, Chronology chronology, Clock clock) {
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
    // what the process was about that asked for this one: an earlier meeting, a need for protection, or nothing
    UUID before = Optional.ofNullable((String) execution.getVariable("subjectRef")).map(UUID::fromString).orElse(null);
    Optional<Meetings.Meeting> earlier = before == null ? Optional.empty() : meetings.find(before);
    UUID meeting = meetings.call("strategy-discussion", caseId, contactId, earlier.map(Meetings.Meeting::id).orElse(null), "team-manager",
        "social-worker", clock.instant());
    execution.setVariable("subjectRef", meeting.toString());
    Chronology.Line called = Chronology.Line.fact(contactId, caseId, null, Events.STRATEGY_DISCUSSION_CALLED, clock.instant(),
        "system", null)
        .about(meeting);
    if (earlier.isPresent()) {
      chronology.add(called.named(Events.FURTHER_MEETING_CALLED).happened(earlier.get().heldAt()));
      return;
    }
    Optional<Instant> enquiryBegun = Optional.ofNullable((Date) execution.getVariable("enquiryBegunAt")).map(Date::toInstant)
        .or(() -> before == null ? Optional.empty() : chronology.when("Urgent enquiry begun", contactId, caseId, before));
    // what an assessment or a review fears is new, however long ago the contact was decided
    Instant since = (contactId == null || before != null ? Optional.<Instant>empty()
        : chronology.when(Events.RESPONSE_DECIDED, contactId, caseId, null))
        .filter(decided -> enquiryBegun.isEmpty()).orElse(clock.instant());
    chronology.add(called.happened(since));
    enquiryBegun.ifPresent(begun -> chronology.add(called.named("Urgent enquiry begun").happened(begun)));
    if (Boolean.TRUE.equals(execution.getVariable("injuryAlleged"))
        || contactId != null && (before == null || enquiryBegun.isPresent()) && contacts.injuryAlleged(contactId)) {
      chronology.add(called.named(Events.INJURY_OR_SEXUAL_ABUSE_ALLEGED).happened(since));
    }
  }
}
