package org.followthrough.authoritytransfer;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.record.Chronology;
import org.followthrough.record.Decisions;
import org.followthrough.record.Departures;
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

  private static final Map<String, Object> NOT_NEEDED = Map.of("whyWithdrawn", "no-longer-needed");

  private final Moves moves;
  private final Handovers handovers;
  private final Decisions decisions;
  private final Families families;
  private final Messages messages;
  private final Chronology chronology;
  private final Transfers transfers;
  private final Clock clock;

  PassResponsibility(Moves moves, Handovers handovers, Decisions decisions, Families families, Messages messages, Chronology chronology,
      Transfers transfers, Clock clock) {
    this.moves = moves;
    this.handovers = handovers;
    this.decisions = decisions;
    this.families = families;
    this.messages = messages;
    this.chronology = chronology;
    this.transfers = transfers;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    String by = (String) execution.getVariable("recordedBy");
    // to the minute, as pages and messages spell a time: both sides keep the same
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    Passed passed = handovers.pass(move, transfers.other(move), now, by);
    List<Staying> staying = handovers.staying(move.id());
    messages.post(move, "handed-over", "once", Map.of("happenedAt", Handovers.wallTime(now), "children", theirs(move, passed), "staying", staying), now,
        transfers.name(by));
    if (passed.children().isEmpty()) {
      handovers.ended(move.id(), Departures.STAYED, now);
    } else {
      chronology.add(Chronology.Line.fact(move.contactId(), move.caseId(), null, "Responsibility passed", now, by, transfers.other(move)).about(move.id()));
      endRoads(execution.getProcessEngineServices().getRuntimeService(), move.caseId(), passed);
    }
    execution.setVariable("responsibilityPassed", !passed.children().isEmpty());
  }

  private List<UUID> theirs(Move move, Passed passed) {
    return moves.children(move.id()).stream().filter(child -> passed.children().contains(child.personId())).map(Moves.Moving::theirId).toList();
  }

  private void endRoads(RuntimeService runtime, UUID caseId, Passed passed) {
    List<String> references = families.references(caseId);
    tell(runtime, references, "PlanEnded", passed.plans(), Map.of());
    if (passed.lastPlan()) {
      tell(runtime, references, "LastPlanEnded", null, Map.of());
    }
    tell(runtime, references, "ConferenceWithdrawn", passed.conferences(), NOT_NEEDED);
    tell(runtime, references, "AssessmentWithdrawn", passed.assessments(), NOT_NEEDED);
    tell(runtime, references, "ActionWithdrawn", passed.actions(), NOT_NEEDED);
    // a road that only closes a case has nothing left to close
    tell(runtime, references, "SupportWithdrawn", passed.nobodyLeft() ? null : passed.supports(), NOT_NEEDED);
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      tell(runtime, references, "LeadProfessionalWithdrawn", null, NOT_NEEDED);
    }
  }

  /**
   * Tells the roads of a case, under whichever reference of it they began.
   *
   * @param about only the roads about these subjects; null for all of them
   */
  private static void tell(RuntimeService runtime, List<String> references, String message, List<UUID> about, Map<String, Object> why) {
    references.stream().flatMap(reference -> runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName(message)
            .list().stream())
        .filter(road -> about == null || about.stream().anyMatch(one -> one.toString().equals(runtime.getVariable(road.getId(), "subjectRef"))))
        .forEach(road -> runtime.messageEventReceived(message, road.getId(), why));
  }
}
