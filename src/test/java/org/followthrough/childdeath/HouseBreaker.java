package org.followthrough.childdeath;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.followthrough.family.CaseRecords;
import org.followthrough.oversight.escalation.Ladder;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Breaks the rules of the house, so that HouseTest can show that they bite. */
public class HouseBreaker {

  /** An interface that only one class has. */
  public interface Told {}

  /** That class. */
  public static class TheOnlyOne implements Told {}

  /** A page that writes by itself, owns a table beside it, and knows the engine. */
  public static class AStep implements Step, CaseRecords {

    JdbcClient aPenOfItsOwn;
    RuntimeService theEngine;

    @Override
    public Reads reads() {
      return new Reads();
    }

    @Override
    public String event() {
      return "House broken";
    }

    @Override
    public Map<String, Object> take(Submission typed) {
      return Map.of();
    }

    @Override
    public Set<String> tables() {
      return Set.of("broken");
    }
  }

  Ladder anotherArea;
  CommandExecutor theEnginesInside;

  @Test
  Object[] times() {
    if (anotherArea == null) {
      throw new BpmnError("lost");
    }
    return new Object[] {Instant.now(), LocalDate.now(ZoneId.of("UTC")), System.currentTimeMillis(), new Date(), Clock.systemUTC(),
        ClockUtil.getCurrentTime()};
  }
}
