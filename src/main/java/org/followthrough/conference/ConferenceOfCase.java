package org.followthrough.conference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.move.Handovers;
import org.followthrough.move.Moves;
import org.followthrough.page.Submission;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/** Conferences, as part of the case. */
@Component
class ConferenceOfCase implements CaseProcess {

  private final Plans plans;
  private final Conferences conferences;
  private final Moves moves;
  private final Families families;
  private final Redating redating;
  private final ProcessInstances instances;

  ConferenceOfCase(Plans plans, Conferences conferences, Moves moves, Families families, Redating redating, ProcessInstances instances) {
    this.plans = plans;
    this.conferences = conferences;
    this.moves = moves;
    this.families = families;
    this.redating = redating;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "conference";
  }

  @Override
  public void born(UUID caseId, UUID child, LocalDate on, Instant at, String by) {
    conferences.openReview(caseId)
        .ifPresent(review -> redating.bringForward(Chronology.Line.fact(null, caseId, child, Events.CHILD_BORN, at, by, null)
        .about(review).happened(on.atStartOfDay(Submission.LONDON).toInstant()), "A child was born"));
  }

  /** A plan is never without its review: where both sides have plans, the new case gets its own. */
  @Override
  public void split(UUID caseId, UUID other, Instant at, String by) {
    if (!plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty() && !plans.inForce(other, Plans.CHILD_PROTECTION).isEmpty()) {
      conferences.openReview(caseId).map(conferences::get).map(review -> review.cause().reviews())
          .ifPresent(reviewed -> instances.begin(Conferences.CONFERENCE_NEEDED, families.reference(other),
              Map.of("subjectRef", reviewed.toString())));
    }
  }

  @Override
  public void left(UUID caseId, List<UUID> over) {
    instances.end("ConferenceWithdrawn", families.references(caseId), over);
  }

  /** A family that has moved here is accepted all the same, or nobody would ask for it any more. */
  @Override
  public void ended(EndedEarly early) {
    if (moves.awaits(early.subjectId())) {
      instances.begin(Handovers.ACCEPTANCE_NEEDED, families.reference(early.caseId()), Map.of("subjectRef", early.subjectId().toString()));
    }
  }
}
