package org.followthrough.move.authoritytransfer;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Chronology;
import org.followthrough.move.Handovers;
import org.followthrough.move.Handovers.Passed;
import org.followthrough.move.Handovers.Staying;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.springframework.stereotype.Component;

/**
 * The moment itself: in one transaction the other authority holds the children, what we did for them ends with its processes, and the
 * other side is told when it was. Children under an order stay; an enquiry that runs is finished here.
 */
@Component
class PassResponsibility implements JavaDelegate {

  private final Moves moves;
  private final Handovers handovers;
  private final Messages messages;
  private final Chronology chronology;
  private final Transfers transfers;
  private final List<CaseProcess> processes;
  private final Clock clock;

  PassResponsibility(Moves moves, Handovers handovers, Messages messages, Chronology chronology,
      Transfers transfers, List<CaseProcess> processes, Clock clock) {
    this.moves = moves;
    this.handovers = handovers;
    this.messages = messages;
    this.chronology = chronology;
    this.transfers = transfers;
    this.processes = processes;
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
    messages.post(move, "handed-over", "once", Map.of("happenedAt", Messages.moment(now), "children", theirs(move, passed),
        "staying", staying), now, transfers.name(by));
    if (passed.children().isEmpty()) {
      moves.end(move.id(), Moves.STAYED, now);
    } else {
      chronology.add(Chronology.Line.fact(move.contactId(), move.caseId(), null, "Responsibility passed", now, by, transfers.other(move))
          .about(move.id()));
      processes.forEach(one -> one.left(move.caseId(), passed.over()));
    }
    execution.setVariable("responsibilityPassed", !passed.children().isEmpty());
  }

  private List<UUID> theirs(Move move, Passed passed) {
    return moves.children(move.id()).stream().filter(child -> passed.children().contains(child.personId()))
        .map(Moves.Moving::theirId).toList();
  }
}
