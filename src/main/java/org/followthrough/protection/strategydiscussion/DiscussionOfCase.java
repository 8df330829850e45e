package org.followthrough.protection.strategydiscussion;

import java.util.List;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.meeting.Meetings;
import org.followthrough.protection.Protections;
import org.followthrough.referral.Decisions;
import org.springframework.stereotype.Component;

/** Strategy discussions, as part of the case. */
@Component
class DiscussionOfCase implements CaseProcess {

  private final Decisions decisions;
  private final Protections protections;
  private final Meetings meetings;
  private final ProcessInstances instances;

  DiscussionOfCase(Decisions decisions, Protections protections, Meetings meetings, ProcessInstances instances) {
    this.decisions = decisions;
    this.protections = protections;
    this.meetings = meetings;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "strategy-discussion";
  }

  /** What was held stands; and where another decision or protection wants it, it is still to be held. */
  @Override
  public void takenBack(UUID caseId, String contact, List<String> references) {
    if (protections.underEnquiry(caseId).isEmpty() && !decisions.discussionDecided(caseId)) {
      instances.withdrawOf(contact, "StrategyDiscussionWithdrawn", references, meeting -> !meetings.held(meeting));
    }
  }
}
