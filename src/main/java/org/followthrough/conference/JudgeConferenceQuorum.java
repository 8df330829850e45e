package org.followthrough.conference;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.meeting.Meetings;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** Asks {@code conference-quorum.dmn} whether enough of those came who know the child. A quorate conference is held. */
@Component
class JudgeConferenceQuorum implements JavaDelegate {

  private final Meetings meetings;
  private final Conferences conferences;
  private final Clock clock;
  private final Agencies agencies;

  JudgeConferenceQuorum(Meetings meetings, Conferences conferences, Clock clock, Agencies agencies) {
    this.meetings = meetings;
    this.conferences = conferences;
    this.clock = clock;
    this.agencies = agencies;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID meeting = UUID.fromString((String) execution.getVariable("subjectRef"));
    Map<String, Object> facts = Map.of("tookPlace", conferences.get(meeting).attempt().tookPlace(),
        "socialCare", meetings.attendance(meeting).stream().anyMatch(one -> one.tookPart() && one.agency().equals(Agencies.SOCIAL_CARE)),
        "otherAgencies", agencies.countedAs(conferences.inContact(meeting)).size());
    Map<String, Object> judged = execution.getProcessEngineServices().getDecisionService()
        .evaluateDecisionTableByKey("conference-quorum", facts).getSingleResult().getEntryMap();
    boolean quorate = (Boolean) judged.get("quorate");
    meetings.judged(meeting, quorate, (String) judged.get("because"));
    conferences.mayGoOn(meeting, (Boolean) judged.get("mayGoOn"));
    if (quorate) {
      conferences.held(meeting, UUID.fromString((String) execution.getVariable("clockRef")), clock.instant(), "system");
    }
    execution.setVariable("quorumReached", quorate);
  }
}
