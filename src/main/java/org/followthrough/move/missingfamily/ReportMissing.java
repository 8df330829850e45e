package org.followthrough.move.missingfamily;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Moves;
import org.followthrough.move.Searches;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** Police and manager at once, the agencies who know the children, and legal advice (process rules 1.7; learning point Q-03). */
@Component
class ReportMissing implements Step {

  private final Searches searches;
  private final Moves moves;
  private final Families families;
  private final Meetings meetings;
  private final Redating redating;

  ReportMissing(Searches searches, Moves moves, Families families, Meetings meetings, Redating redating) {
    this.searches = searches;
    this.moves = moves;
    this.families = families;
    this.meetings = meetings;
    this.redating = redating;
  }

  @Override
  public Reads reads() {
    return new Reads().text("policeReference", "managerTold", "agenciesAsked", "legalAdvice", "feared").happened();
  }

  @Override
  public String event() {
    return "Family reported missing";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Moves.Move move = moves.get(matter.subjectId());
    return Map.of("familySummary", families.summary(matter.caseId()),
        "learnedText", "Known since " + Words.moment(move.notice().learnedAt()) + ", from: " + Words.escaped(move.notice().from()) + ".");
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    searches.reported(matter.subjectId(), new Searches.Report(typed.text("policeReference"), typed.happenedAt(), typed.text("managerTold"),
        typed.text("agenciesAsked"), typed.text("legalAdvice"), typed.text("feared")), typed.recordedAt(), matter.user());
    Optional<UUID> waiting = meetings.calledDiscussion(matter.caseId());
    // the discussion that waits to be held talks this over too, and is due by this as well
    waiting.ifPresent(meeting -> redating.bringForward(Chronology.Line.fact(matter.contactId(), matter.caseId(), null,
        Events.STRATEGY_DISCUSSION_CALLED, typed.recordedAt(), matter.user(), null).about(meeting), "The family is missing"));
    return Map.of("discussionToBeCalled", waiting.isEmpty());
  }
}
