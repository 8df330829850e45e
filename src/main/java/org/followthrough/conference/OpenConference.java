package org.followthrough.conference;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.Moves;
import org.followthrough.plan.Plans;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Calls the conference, and has it said since when there is reason for it ({@link StartingPoints}). */
@Component
class OpenConference implements JavaDelegate {

  private final Meetings meetings;
  private final Conferences conferences;
  private final Plans plans;
  private final Contacts contacts;
  private final Families families;
  private final Moves moves;
  private final StartingPoints startingPoints;
  private final Clock clock;

  OpenConference(Meetings meetings, Conferences conferences, Plans plans, Contacts contacts, Families families, Moves moves,
      StartingPoints startingPoints, Clock clock) {
    this.meetings = meetings;
    this.conferences = conferences;
    this.plans = plans;
    this.contacts = contacts;
    this.families = families;
    this.moves = moves;
    this.startingPoints = startingPoints;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    String contactRef = (String) execution.getVariable("contactRef");
    UUID contactId = contactRef == null ? null : contacts.idOf(contactRef).orElseThrow();
    // what the process was about that asked for this one: an enquiry, a family that arrives, or a conference that was held
    UUID before = Optional.ofNullable((String) execution.getVariable("subjectRef")).map(UUID::fromString).orElse(null);
    Optional<Conference> earlier = before == null ? Optional.empty() : conferences.find(before);
    boolean reviews = earlier.isPresent() && !plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty();
    Optional<Move> arriving = before == null ? Optional.empty() : moves.find(before).filter(Move::incoming);
    boolean transfer = startingPoints.transfersIn(arriving);
    UUID meeting = meetings.call(reviews ? Conferences.REVIEW : transfer ? "transfer-in-conference" : beforeBirth(caseId)
        ? Conferences.PRE_BIRTH : "initial-conference", caseId, contactId, null, "conference-chair", "minute-taker", clock.instant());
    conferences.open(meeting, arriving.isPresent() ? null : earlier.map(Conference::cause).map(Conferences.Cause::enquiryId).orElse(before),
        arriving.isPresent() || earlier.filter(one -> one.cause().transfer()).isPresent(), reviews ? before : null);
    arriving.ifPresent(move -> moves.conferenceCalled(move.id(), meeting));
    execution.setVariable("subjectRef", meeting.toString());
    Chronology.Line needed = Chronology.Line.fact(contactId, caseId, null, "Conference needed", clock.instant(), "system", null)
        .about(meeting);
    earlier.ifPresentOrElse(held -> startingPoints.again(held, reviews, needed),
        () -> startingPoints.forTheFirstTime(before, arriving, needed));
  }

  private boolean beforeBirth(UUID caseId) {
    return conferences.bornChildren(caseId).isEmpty() && !conferences.births(caseId).isEmpty();
  }
}
