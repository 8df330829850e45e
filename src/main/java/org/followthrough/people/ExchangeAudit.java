package org.followthrough.people;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who called at the port for other authorities, with what, and why they were not let in. Never a word of a message. */
@Component
public class ExchangeAudit {

  private final JdbcClient jdbc;

  ExchangeAudit(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes one line, in a transaction of its own: it stays whatever becomes of the rest.
   *
   * @param authority who they proved to be, or null where they did not
   * @param message the message's id, or null where none could be read
   * @param why why it was refused, or null
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void heard(Instant at, String authority, UUID message, String what, String why) {
    jdbc.sql("insert into exchange_audit (at, authority, message, what, why) values (:at, :authority, :message, :what, :why)")
        .param("at", Timestamp.from(at)).param("authority", authority).param("message", message).param("what", what)
        .param("why", why).update();
  }
}
