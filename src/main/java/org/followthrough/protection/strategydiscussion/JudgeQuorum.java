package org.followthrough.protection.strategydiscussion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.meeting.Meetings;
import org.springframework.stereotype.Component;

/** Asks {@code quorum.dmn} whether those who must be there were, and whether all of them meet again. It stops nothing. */
@Component
class JudgeQuorum implements JavaDelegate {

  private final Meetings meetings;

  JudgeQuorum(Meetings meetings) {
    this.meetings = meetings;
  }

  @Override
  public void execute(DelegateExecution execution) {
    if (!(Boolean) execution.getVariable("discussionHeld")) {
      return;
    }
    UUID meeting = UUID.fromString((String) execution.getVariable("subjectRef"));
    List<String> tookPart = meetings.attendance(meeting).stream().filter(Meetings.Attended::tookPart)
        .map(Meetings.Attended::agency).toList();
    Map<String, Object> facts = new HashMap<>();
    facts.put("socialWorkManager", meetings.find(meeting).orElseThrow().chairedBy() != null);
    facts.put("police", tookPart.contains("police"));
    facts.put("health", tookPart.contains("health"));
    for (String fact : List.of("everyoneExpected", "earlierEnquiries", "chairAsks")) {
      facts.put(fact, execution.getVariable(fact));
    }
    Map<String, Object> judged = execution.getProcessEngineServices().getDecisionService()
        .evaluateDecisionTableByKey("quorum", facts).getSingleResult().getEntryMap();
    meetings.judged(meeting, (Boolean) judged.get("quorate"), (String) judged.get("because"));
    execution.setVariable("furtherMeetingNeeded", judged.get("furtherMeeting"));
  }
}
