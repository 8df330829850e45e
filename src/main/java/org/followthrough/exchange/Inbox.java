package org.followthrough.exchange;

import java.time.Clock;
import java.util.UUID;
import org.followthrough.move.Messages;
import org.followthrough.page.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes in what has come from other authorities, each message in a transaction of its own: one that cannot be keeps no other waiting. */
@Component
class Inbox {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final Messages messages;
  private final Intake intake;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Inbox(Messages messages, Intake intake, TransactionTemplate transaction, Clock clock) {
    this.messages = messages;
    this.intake = intake;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Does everything that can be done now. */
  void pass() {
    messages.waiting(clock.instant()).forEach(this::takeIn);
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
