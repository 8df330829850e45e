package org.followthrough.exchange;

import org.followthrough.move.Messages;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * What operations see of the exchange: how much waits, and since when. The other side being down is no illness of ours: an
 * application that restarted for it would help nobody.
 */
@Component("exchangeHealthIndicator")
@ConditionalOnProperty("followthrough.exchange.port")
class ExchangeHealth extends AbstractHealthIndicator {

  private final Messages messages;

  ExchangeHealth(Messages messages) {
    this.messages = messages;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Messages.Backlog backlog = messages.backlog();
    health.up().withDetail("waitingToGoOut", backlog.toGo());
    if (backlog.longestSince() != null) {
      health.withDetail("longestSince", backlog.longestSince().toString());
    }
    health.withDetail("waitingToBeTakenIn", backlog.toTakeIn()).withDetail("notTakenThoughTheirTurnCame", backlog.failing());
  }
}
