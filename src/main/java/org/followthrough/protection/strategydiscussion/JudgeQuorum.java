package org.followthrough.protection.strategydiscussion;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.meeting.Meetings;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/**
 * Asks {@code quorum.dmn} whether those who must be there were, and whether all of them meet again. It stops nothing. Of every agency
 * that can count the table may ask whether somebody spoke for it; which of them it asks for is the table's.
 */
@Component
class JudgeQuorum implements JavaDelegate {

  private static final Pattern HYPHEN = Pattern.compile("-([a-z0-9])");

  private final Meetings meetings;
  private final Agencies agencies;

  JudgeQuorum(Meetings meetings, Agencies agencies) {
    this.meetings = meetings;
    this.agencies = agencies;
  }

  @Override
  public void execute(DelegateExecution execution) {
    if (!(Boolean) execution.getVariable("discussionHeld")) {
      return;
    }
    UUID meeting = UUID.fromString((String) execution.getVariable("subjectRef"));
    Set<String> heard = agencies.countedAs(meetings.attendance(meeting).stream().filter(Meetings.Attended::tookPart)
        .map(Meetings.Attended::agency).toList());
    Map<String, Object> facts = new HashMap<>();
    agencies.counted().forEach(agency -> facts.put(input(agency), heard.contains(agency)));
    facts.put("socialWorkManager", meetings.find(meeting).orElseThrow().chairedBy() != null);
    for (String fact : List.of("everyoneExpected", "earlierEnquiries", "chairAsks")) {
      facts.put(fact, execution.getVariable(fact));
    }
    Map<String, Object> judged = execution.getProcessEngineServices().getDecisionService()
        .evaluateDecisionTableByKey("quorum", facts).getSingleResult().getEntryMap();
    meetings.judged(meeting, (Boolean) judged.get("quorate"), (String) judged.get("because"));
    execution.setVariable("furtherMeetingNeeded", judged.get("furtherMeeting"));
  }

  /** The name under which the table may ask for an agency: {@code adult-services} is {@code adultServices}. */
  private static String input(String agency) {
    return HYPHEN.matcher(agency).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
  }
}
