package org.followthrough.conference;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Arrivals;
import org.springframework.stereotype.Component;

/** The next attempt of a conference that was not quorate: a meeting of its own, with the invitations and reports of the first. */
@Component
class OpenNextDate implements JavaDelegate {

  private final Meetings meetings;
  private final Conferences conferences;
  private final Arrivals arrivals;
  private final Chronology chronology;
  private final Redating redating;
  private final Clock clock;

  OpenNextDate(Meetings meetings, Conferences conferences, Arrivals arrivals, Chronology chronology, Redating redating, Clock clock) {
    this.meetings = meetings;
    this.conferences = conferences;
    this.arrivals = arrivals;
    this.chronology = chronology;
    this.redating = redating;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Conference before = conferences.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    UUID next = meetings.call(before.kind(), before.caseId(), before.contactId(), before.id(), "conference-chair", "minute-taker",
        clock.instant());
    conferences.again(next, before.id());
    meetings.plannedAt(next).ifPresent(at -> arrivals.conferenceArranged(next, at, before.attempt().nextHow()));
    execution.setVariable("subjectRef", next.toString());
    chronology.add(Chronology.Line.fact(before.contactId(), before.caseId(), null, "Conference not quorate", clock.instant(),
        "system", null)
        .about(next).happened(before.attempt().metAt()));
    redating.recount("date of next review", null, before.caseId(), null, "The conference was not quorate and meets again");
  }
}
