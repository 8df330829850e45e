package org.followthrough.conference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.deadline.Deadline;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves.Move;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/**
 * Since when there is reason for a conference: the limit counts from the first of these events, and each is of this conference alone.
 */
@Component
class StartingPoints {

  /** The moments from which a transfer-in conference may be counted. */
  private static final List<String> OF_A_TRANSFER = List.of(Events.MOVE_NOTIFIED, Events.PACK_RECEIVED, Events.TAKEN_ON);

  private final Meetings meetings;
  private final Conferences conferences;
  private final Arrivals arrivals;
  private final Chronology chronology;
  private final Deadline deadline;
  private final Redating redating;

  StartingPoints(Meetings meetings, Conferences conferences, Arrivals arrivals, Chronology chronology, Deadline deadline,
      Redating redating) {
    this.meetings = meetings;
    this.conferences = conferences;
    this.arrivals = arrivals;
    this.chronology = chronology;
    this.deadline = deadline;
    this.redating = redating;
  }

  /** Whether an arriving family brings a plan along, for which a transfer-in conference is held. */
  boolean transfersIn(Optional<Move> arriving) {
    return arriving.filter(move -> Boolean.TRUE.equals(arrivals.coming(move.id()).onPlan())).isPresent();
  }

  /**
   * There is reason for a conference for the first time.
   *
   * @param about the enquiry that asked for it, or the arriving family's move
   */
  void forTheFirstTime(UUID about, Optional<Move> arriving, Chronology.Line needed) {
    chronology.add(needed);
    boolean transfer = transfersIn(arriving);
    if (transfer) {
      // which of them counts is for the table of deadlines to say (process rules F2)
      OF_A_TRANSFER.forEach(start -> chronology.when(start, needed.contactId(), needed.caseId(), about)
          .ifPresent(at -> chronology.add(needed.named(start).happened(at))));
    }
    // an enquiry there keeps its own time here
    Optional<Instant> decided = arriving.isPresent() ? Optional.ofNullable(arrivals.coming(about).enquiryDecidedAt())
        : chronology.when(Events.ENQUIRY_DECIDED, needed.contactId(), needed.caseId(), about);
    decided.ifPresent(at -> chronology.add(needed.named(Events.ENQUIRY_DECIDED).happened(at)));
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
  void again(Conference earlier, boolean reviews, Chronology.Line needed) {
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
      chronology.add(needed.named(Events.EARLY_REVIEW_ASKED).happened(earlier.earlyReviewAt() == null
          ? needed.happenedAt() : earlier.earlyReviewAt()));
    }
  }
}
