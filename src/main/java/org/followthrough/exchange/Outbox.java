package org.followthrough.exchange;

import java.time.Clock;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.people.AddressBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Posts what another authority is to be told, and begins the process that delivers it: one by one, each in a transaction of its own. What
 * is lost with a crash is done again, what was done is not, and one that cannot be done keeps no other waiting.
 */
@Component
class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Messages messages;
  private final Outgoing outgoing;
  private final Moves moves;
  private final Chronology chronology;
  private final Beginnings beginnings;
  private final TransactionTemplate transaction;
  private final AddressBook book;
  private final Clock clock;

  Outbox(Messages messages, Outgoing outgoing, Moves moves, Chronology chronology, Beginnings beginnings, TransactionTemplate transaction,
      AddressBook book, Clock clock) {
    this.messages = messages;
    this.outgoing = outgoing;
    this.moves = moves;
    this.chronology = chronology;
    this.beginnings = beginnings;
    this.transaction = transaction;
    this.book = book;
    this.clock = clock;
  }

  /** Does everything that can be done now. */
  void pass() {
    outgoing.words().forEach(word -> alone("What another authority is to be told", word.move(), () -> post(word)));
    messages.unsent().forEach(id -> alone("The sending of message", id, () -> send(id)));
  }

  private void alone(String what, UUID id, Runnable work) {
    try {
      transaction.executeWithoutResult(status -> work.run());
    } catch (RuntimeException fault) {
      LOG.error("{} {} failed: {}", what, id, fault.getClass().getSimpleName());
    }
  }

  private void post(Outgoing.Word word) {
    messages.post(moves.get(word.move()), word.type(), word.told(), word.fields(), clock.instant(), book.name());
  }

  private void send(UUID id) {
    messages.onItsWay(id, clock.instant()).ifPresent(message -> {
      Moves.Move move = moves.get(message.moveId());
      chronology.add(DeliverMessage.line(move, message, "Message posted", message.postedAt()));
      beginnings.begin("MessagePosted", move, id);
    });
  }
}
