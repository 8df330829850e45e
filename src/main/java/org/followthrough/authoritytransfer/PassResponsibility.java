package org.followthrough.authoritytransfer;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.engine.Roads;
import org.followthrough.record.Chronology;
import org.followthrough.record.Decisions;
import org.followthrough.record.Families;
import org.followthrough.record.Handovers.Passed;
import org.followthrough.record.Handovers.Staying;
import org.followthrough.record.Handovers;
import org.followthrough.record.Messages;
import org.followthrough.record.Moves.Move;
import org.followthrough.record.Moves;
import org.springframework.stereotype.Component;

/**
 * The moment itself: in one transaction the other authority holds the children, what we did for them ends with its roads, and the
 * other side is told when it was. Children under an order stay; an enquiry that runs is finished here.
 */
@Component
class PassResponsibility implements JavaDelegate {

  private final Moves moves;
  private final Handovers handovers;
  private final Decisions decisions;
  private final Families families;
  private final Messages messages;
  private final Chronology chronology;
  private final Transfers transfers;
  private final Roads roads;
  private final Clock clock;

  PassResponsibility(Moves moves, Handovers handovers, Decisions decisions, Families families, Messages messages, Chronology chronology,
      Transfers transfers, Roads roads, Clock clock) {
    this.moves = moves;
    this.handovers = handovers;
    this.decisions = decisions;
    this.families = families;
    this.messages = messages;
    this.chronology = chronology;
    this.transfers = transfers;
    this.roads = roads;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    String by = (String) execution.getVariable("recordedBy");
    // as exactly as the record keeps it: both sides keep the same
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Passed passed = handovers.pass(move, transfers.other(move), now, by);
    List<Staying> staying = handovers.staying(move.id());
    messages.post(move, "handed-over", "once", Map.of("happenedAt", Messages.moment(now), "children", theirs(move, passed), "staying", staying), now,
        transfers.name(by));
    if (passed.children().isEmpty()) {
      moves.end(move.id(), Moves.STAYED, now);
    } else {
      chronology.add(Chronology.Line.fact(move.contactId(), move.caseId(), null, "Responsibility passed", now, by, transfers.other(move)).about(move.id()));
      endRoads(move.caseId(), passed);
    }
    execution.setVariable("responsibilityPassed", !passed.children().isEmpty());
  }

  private List<UUID> theirs(Move move, Passed passed) {
    return moves.children(move.id()).stream().filter(child -> passed.children().contains(child.personId())).map(Moves.Moving::theirId).toList();
  }

  private void endRoads(UUID caseId, Passed passed) {
    List<String> references = families.references(caseId);
    roads.tell("PlanEnded", references, passed.plans());
    if (passed.lastPlan()) {
      roads.tell("LastPlanEnded", references, null);
    }
    roads.end("ConferenceWithdrawn", references, passed.conferences());
    roads.end("AssessmentWithdrawn", references, passed.assessments());
    roads.end("ActionWithdrawn", references, passed.actions());
    // a road that only closes a case has nothing left to close
    roads.end("SupportWithdrawn", references, passed.nobodyLeft() ? null : passed.supports());
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      roads.leadProfessionalInPlace(references);
    }
  }
}
