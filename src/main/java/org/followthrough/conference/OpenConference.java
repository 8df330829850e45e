package org.followthrough.conference;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.deadline.Deadline;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.page.Submission;
import org.followthrough.plan.Plans;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/**
 * Calls the conference and says since when there is reason for it: the limit counts from the first of these events, and each is
 * of this conference alone.
 */
@Component
class OpenConference implements JavaDelegate {

  /** The moments from which a transfer-in conference may be counted. */
  private static final List<String> STARTING_POINTS = List.of("Move notified", "Pack received", "Taken on");

  private final Meetings meetings;
  private final Conferences conferences;
  private final Plans plans;
  private final Contacts contacts;
  private final Families families;
  private final Moves moves;
  private final Arrivals arrivals;
  private final Chronology chronology;
  private final Deadline deadline;
  private final Redating redating;
  private final Clock clock;

  OpenConference(Meetings meetings, Conferences conferences, Plans plans, Contacts contacts, Families families, Moves moves,
      Arrivals arrivals, Chronology chronology, Deadline deadline, Redating redating, Clock clock) {
    this.meetings = meetings;
    this.conferences = conferences;
    this.plans = plans;
    this.contacts = contacts;
    this.families = families;
    this.moves = moves;
    this.arrivals = arrivals;
    this.chronology = chronology;
    this.deadline = deadline;
    this.redating = redating;
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
    boolean transfer = arriving.isPresent() && Boolean.TRUE.equals(arrivals.coming(before).onPlan());
    UUID meeting = meetings.call(reviews ? Conferences.REVIEW : transfer ? "transfer-in-conference" : beforeBirth(caseId)
        ? Conferences.PRE_BIRTH : "initial-conference", caseId, contactId, null, "conference-chair", "minute-taker", clock.instant());
    conferences.open(meeting, arriving.isPresent() ? null : earlier.map(Conference::cause).map(Conferences.Cause::enquiryId).orElse(before),
        arriving.isPresent() || earlier.filter(one -> one.cause().transfer()).isPresent(), reviews ? before : null);
    arriving.ifPresent(move -> moves.conferenceCalled(move.id(), meeting));
    execution.setVariable("subjectRef", meeting.toString());
    Chronology.Line needed = Chronology.Line.fact(contactId, caseId, null, "Conference needed", clock.instant(), "system", null)
        .about(meeting);
    if (earlier.isPresent()) {
      again(earlier.get(), reviews, needed);
    } else {
      chronology.add(needed);
      forTheFirstTime(before, arriving, transfer, needed);
    }
  }

  private boolean beforeBirth(UUID caseId) {
    return conferences.bornChildren(caseId).isEmpty() && !conferences.births(caseId).isEmpty();
  }

  private void forTheFirstTime(UUID about, Optional<Move> arriving, boolean transfer, Chronology.Line needed) {
    if (transfer) {
      // which of them counts is for the table of deadlines to say (process rules F2)
      STARTING_POINTS.forEach(start -> chronology.when(start, needed.contactId(), needed.caseId(), about)
          .ifPresent(at -> chronology.add(needed.named(start).happened(at))));
    }
    // an enquiry there keeps its own time here
    Optional<Instant> decided = arriving.isPresent() ? Optional.ofNullable(arrivals.coming(about).enquiryDecidedAt())
        : chronology.when("Enquiry decided", needed.contactId(), needed.caseId(), about);
    decided.ifPresent(at -> chronology.add(needed.named("Enquiry decided").happened(at)));
    if (transfer) {
      return;
    }
    List<LocalDate> births = conferences.births(needed.caseId());
    if (!births.isEmpty()) {
      Instant expected = births.get(0).atStartOfDay(Submission.LONDON).toInstant();
      // where the enquiry began too late for twelve weeks before the birth, its own limit holds
      if (deadline.passes("conference", "HoldBeforeBirth", expected).isAfter(decided.orElse(needed.happenedAt()))) {
        chronology.add(needed.named("Birth expected").happened(expected));
      }
    }
  }

  /**
   * After a conference that was held: its review on the day that was named there; or, where no plan is in force, the same question again.
   */
  private void again(Conference earlier, boolean reviews, Chronology.Line needed) {
    if (reviews) {
      chronology.add(needed.named(earlier.kind().equals(Conferences.REVIEW) ? "Review conference held" : "First conference held")
          .happened(earlier.heldAt()));
    }
    boolean planned = reviews && earlier.dates().reviewAt() != null && earlier.dates().reviewAt().isAfter(needed.happenedAt());
    if (planned) {
      meetings.plan(needed.subjectId(), earlier.dates().reviewAt(), null);
      redating.recount("date of next review", null, needed.caseId(), null, "The review conference was called");
    } else {
      chronology.add(needed);
    }
    if (earlier.earlyReviewAt() != null || !planned) {
      chronology.add(needed.named("Early review asked").happened(earlier.earlyReviewAt() == null
          ? needed.happenedAt() : earlier.earlyReviewAt()));
    }
  }
}
