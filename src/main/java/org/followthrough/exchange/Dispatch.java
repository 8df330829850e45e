package org.followthrough.exchange;

import java.time.Clock;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.page.Refusal;
import org.followthrough.people.AddressBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries messages between the boxes and the processes, one by one, each in a transaction of its own: what is lost with a crash is
 * done again, what was done is not, and one that cannot be done keeps no other waiting.
 */
@Component
public class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Messages messages;
  private final Outgoing outgoing;
  private final Moves moves;
  private final Chronology chronology;
  private final Intake intake;
  private final Beginnings beginnings;
  private final TransactionTemplate transaction;
  private final AddressBook book;
  private final Clock clock;
  private final boolean running;

  Dispatch(Messages messages, Outgoing outgoing, Moves moves, Chronology chronology, Intake intake, Beginnings beginnings,
      TransactionTemplate transaction, AddressBook book, Clock clock, Exchange exchange,
      @Value("${camunda.bpm.job-execution.enabled:true}") boolean processesGoOnByThemselves) {
    this.messages = messages;
    this.outgoing = outgoing;
    this.moves = moves;
    this.chronology = chronology;
    this.intake = intake;
    this.beginnings = beginnings;
    this.transaction = transaction;
    this.book = book;
    this.clock = clock;
    this.running = exchange.open() && processesGoOnByThemselves;
    if (!exchange.open() && !book.others().isEmpty()) {
      LOG.warn("There are authorities in the address book, but no followthrough.exchange.port: no message goes out or comes in");
    }
  }

  @Scheduled(fixedDelayString = "PT1S")
  void everySecond() {
    if (running) {
      pass();
    }
  }

  /** Does everything that can be done now: posts what is to be told, begins the process of what is posted, takes in what has come. */
  public void pass() {
    outgoing.words().forEach(word -> alone("What another authority is to be told", word.move(), () -> post(word)));
    messages.unsent().forEach(id -> alone("The sending of message", id, () -> send(id)));
    messages.waiting(clock.instant()).forEach(this::takeIn);
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

  private void takeIn(UUID id) {
    try {
      transaction.executeWithoutResult(status -> messages.take(id).ifPresent(word ->
          intake.take(word).ifPresent(outcome -> messages.taken(id, outcome, clock.instant()))));
    } catch (Refusal refusal) {
      // our own sentence, which never repeats what was typed
      LOG.warn("Message {} is not taken by its page: {}", id, refusal.getMessage());
      messages.notTaken(id, refusal.getMessage(), clock.instant());
    } catch (RuntimeException fault) {
      LOG.error("Message {} could not be taken in: {}", id, fault.getClass().getSimpleName());
      messages.notTaken(id, "This is a fault of our system (" + fault.getClass().getSimpleName() + ").", clock.instant());
    }
  }
}
