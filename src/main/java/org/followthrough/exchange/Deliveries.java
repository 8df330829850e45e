package org.followthrough.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.move.Messages;
import org.followthrough.page.ForModels;
import org.springframework.stereotype.Component;

/** When a message is tried again that has not reached the other side: later each time, and never not at all. */
@Component("deliveries")
public class Deliveries {

  /** Beyond this many doublings every pause is the longest. */
  private static final int MOST_DOUBLINGS = 20;

  private final Messages messages;
  private final Exchange exchange;
  private final Clock clock;

  Deliveries(Messages messages, Exchange exchange, Clock clock) {
    this.messages = messages;
    this.exchange = exchange;
    this.clock = clock;
  }

  /** When to try the message of this process again. */
  @ForModels
  public Date nextTry(DelegateExecution execution) {
    int attempts = messages.posted(UUID.fromString((String) execution.getVariable("subjectRef"))).attempts();
    return Date.from(clock.instant().plus(pause(attempts, ThreadLocalRandom.current().nextDouble())));
  }

  /**
   * How long to wait after so many attempts, a little more or less than doubled.
   *
   * @param chance from 0 to 1: many messages that failed together are not all tried again together
   */
  Duration pause(int attempts, double chance) {
    Duration doubled = exchange.firstPause().multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), MOST_DOUBLINGS));
    Duration pause = doubled.compareTo(exchange.longestPause()) < 0 ? doubled : exchange.longestPause();
    return Duration.ofMillis(Math.round(pause.toMillis() * (0.9 + 0.2 * chance)));
  }
}
