package org.followthrough.exchange;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** Tries once to bring a message to the other side. Sent is not received: only their answer ends it (learning point S-01). */
@Component
class DeliverMessage implements JavaDelegate {

  private final Messages messages;
  private final Moves moves;
  private final Chronology chronology;
  private final Optional<Courier> courier;
  private final Clock clock;

  DeliverMessage(Messages messages, Moves moves, Chronology chronology, Optional<Courier> courier, Clock clock) {
    this.messages = messages;
    this.moves = moves;
    this.chronology = chronology;
    this.courier = courier;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Messages.Posted message = messages.posted(UUID.fromString((String) execution.getVariable("subjectRef")));
    Courier.Outcome outcome = courier.map(out -> out.deliver(message))
        .orElseGet(() -> new Courier.Outcome(Courier.How.NOT_REACHED, "The exchange is not switched on here."));
    Instant now = clock.instant();
    if (outcome.how() != Courier.How.WAITS_ITS_TURN) {
      messages.tried(message.id(), outcome.why(), now);
    }
    if (outcome.how() == Courier.How.RECEIVED) {
      messages.received(message.id(), now);
      chronology.add(line(moves.get(message.moveId()), message, "Message received there", now));
    } else if (outcome.how() == Courier.How.REFUSED) {
      messages.refused(message.id(), outcome.why(), now);
      chronology.add(line(moves.get(message.moveId()), message, "Message refused", now));
    }
    execution.setVariable("howWasItReceived", switch (outcome.how()) {
      case RECEIVED -> "received";
      case REFUSED -> "refused";
      case NOT_REACHED, WAITS_ITS_TURN -> "not-reached";
    });
    execution.setVariable("messageTaken", outcome.how() == Courier.How.RECEIVED);
  }

  /** What happened to a message, as the family's chronology tells it. */
  static Chronology.Line line(Moves.Move move, Messages.Posted message, String what, Instant at) {
    return Chronology.Line.fact(move.contactId(), move.caseId(), null, what, at, "system", Words.sentence(message.type()))
        .about(message.id());
  }
}
