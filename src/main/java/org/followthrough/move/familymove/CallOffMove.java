package org.followthrough.move.familymove;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Networks;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** The family does not move after all: the other side hears it, and what ran beside the process for this move ends with it. */
@Component
class CallOffMove implements JavaDelegate {

  private final Moves moves;
  private final Families families;
  private final Networks networks;
  private final Messages messages;
  private final Chronology chronology;
  private final ProcessInstances instances;
  private final Clock clock;
  private final Agencies agencies;

  CallOffMove(Moves moves, Families families, Networks networks, Messages messages, Chronology chronology,
      ProcessInstances instances, Clock clock, Agencies agencies) {
    this.moves = moves;
    this.families = families;
    this.networks = networks;
    this.messages = messages;
    this.chronology = chronology;
    this.instances = instances;
    this.clock = clock;
    this.agencies = agencies;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String why = (String) execution.getVariable("whyWithdrawn");
    Moves.Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    Instant now = clock.instant();
    if (move.acceptance().passedAt() != null) {
      // it has moved: only what was still to be said about it ends here
      moves.end(move.id(), Moves.HANDED_OVER, now);
      return;
    }
    moves.end(move.id(), why, now);
    messages.post(move, "called-off", "called-off", Map.of("why", Words.sentence(why)), now, "system");
    String told = networks.notices(move.id()).stream().filter(one -> one.toldAt() != null)
        .map(one -> one.inWords(agencies::spoken)).collect(Collectors.joining("; "));
    if (!told.isEmpty()) {
      chronology.add(Chronology.Line.fact(null, move.caseId(), null, Events.MOVE_CALLED_OFF, now,
          "system", "They were told of the move, and hear now that it is off: " + told + ".")
          .about(move.id()));
    }
    Stream.of("NoticeWithdrawn", "SuccessionWithdrawn").flatMap(message -> instances.listening(message,
        families.references(move.caseId())).stream())
        .filter(instance -> move.id().equals(instance.subjectId())).forEach(instance -> instances.withdraw(instance.id(), why));
  }
}
