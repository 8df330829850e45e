package org.followthrough.childdeath;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.followthrough.engine.LostRaceRetry;
import org.followthrough.escalation.Ladder;
import org.followthrough.form.Drafts;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Breaks the rules of the house, so that HouseTest can show that they bite. */
public class HouseBreaker {

  /** An interface that only one class has. */
  public interface Told {}

  /** That class. */
  public static class TheOnlyOne implements Told {}

  Ladder anotherProcess;
  Drafts aScreen;
  LostRaceRetry theEnginesInside;
  JdbcClient aPenOfItsOwn;

  @Test
  Object[] times() {
    if (anotherProcess == null) {
      throw new BpmnError("lost");
    }
    return new Object[] {Instant.now(), LocalDate.now(ZoneId.of("UTC")), System.currentTimeMillis(), new Date(), Clock.systemUTC(),
        ClockUtil.getCurrentTime()};
  }
}
