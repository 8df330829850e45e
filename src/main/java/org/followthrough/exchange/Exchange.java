package org.followthrough.exchange;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How this authority exchanges messages with others. Pauses and timeouts here are those of machines; what people are given
 * to answer stands in the deadlines.
 *
 * @param port where others call; null: there is no exchange at all
 * @param bundle the name of the SSL bundle with our key and the certificates that we trust
 * @param longestMessage the largest message that is let in
 * @param connectWithin how long to wait for the other side to pick up
 * @param answerWithin how long to wait for its answer; the database waits as well meanwhile
 * @param firstPause how long to wait before trying a second time; doubled each time
 * @param longestPause how long to wait at most
 */
@ConfigurationProperties("followthrough.exchange")
public record Exchange(Integer port, @DefaultValue("exchange") String bundle, @DefaultValue("50MB") DataSize longestMessage,
    @DefaultValue("5s") Duration connectWithin, @DefaultValue("30s") Duration answerWithin, @DefaultValue("2s") Duration firstPause,
    @DefaultValue("15m") Duration longestPause) {

  /** Whether there is an exchange at all. */
  boolean open() {
    return port != null;
  }
}
