package org.followthrough.conference.dissent;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Deadline;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** What is done about a dissent, and who was told (learning point K-10). */
@Component
class AnswerDissent implements Step {

  private static final String EARLIER = "earlier-review";
  private static final String ANEW = "new-conference";

  private final Conferences conferences;
  private final Meetings meetings;
  private final Families families;
  private final Deadline deadline;
  private final Redating redating;
  private final Agencies agencies;

  AnswerDissent(Conferences conferences, Meetings meetings, Families families, Deadline deadline, Redating redating, Agencies agencies) {
    this.conferences = conferences;
    this.meetings = meetings;
    this.families = families;
    this.deadline = deadline;
    this.redating = redating;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().choice("answer", EARLIER, ANEW, "decision-stands").moment("reviewAt").happened();
  }

  @Override
  public String event() {
    return "Dissent answered";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId())));
    List<String> dissents = conferences.views(matter.subjectId()).stream().filter(Conferences.View::dissents)
        .map(one -> "- " + Words.escaped(agencies.sentence(one.agency()))
            + (one.name() == null ? "" : " (" + Words.escaped(one.name()) + ")")
            + (one.child() == null ? "" : " about " + Words.escaped(one.child())) + ": " + Words.escaped(one.dissentWhy())).toList();
    shown.put("dissentText", String.join("\n", dissents));
    Optional<Instant> review = review(matter);
    shown.put("reviewPlanned", conferences.openReview(matter.caseId()).isPresent());
    review.ifPresent(at -> shown.put("reviewText", "The review conference is planned for " + Words.moment(at) + "."));
    return shown;
  }

  private Optional<Instant> review(Matter matter) {
    return conferences.openReview(matter.caseId()).flatMap(review -> meetings.nextReview(matter.caseId()));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Optional<UUID> review = conferences.openReview(matter.caseId());
    if (typed.is("answer", EARLIER)) {
      bringForward(typed, review.orElseThrow(() -> new Refusal("answer", "No review is planned. Choose a new conference instead.")));
    }
    if (typed.is("answer", ANEW) && review.isPresent()) {
      throw new Refusal("answer", "A review is planned already. Bring it forward instead.");
    }
    return Map.of("whichAnswer", typed.text("answer"));
  }

  private void bringForward(Submission typed, UUID review) {
    Matter matter = typed.matter();
    Instant limit = deadline.passes("conference", "HoldEarlyReview", typed.happenedAt());
    boolean tooLate = review(matter).filter(planned -> planned.isAfter(limit)).isPresent();
    if (tooLate) {
      typed.demand("reviewAt", "The review is planned later than that allows, by " + Words.moment(limit) + ". Give its new day and time.");
    }
    Instant moved = typed.moment("reviewAt");
    if (moved != null) {
      if (!moved.isAfter(typed.happenedAt()) || moved.isAfter(limit)) {
        throw new Refusal("reviewAt", "The new day must lie ahead, and not after " + Words.moment(limit) + ".");
      }
      conferences.moveReview(matter.caseId(), moved);
      String why = "A dissent brought the review forward";
      for (String date : List.of("date of conference", "date of review conference")) {
        redating.recount(date, null, matter.caseId(), review, why);
      }
      redating.recount("date of next review", null, matter.caseId(), null, why);
    }
    redating.bringForward(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.EARLY_REVIEW_ASKED, typed.recordedAt(),
        matter.user(), null)
        .about(review).happened(typed.happenedAt()), "A dissent was answered with an earlier review");
  }
}
