package org.followthrough.exchange;

import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.followthrough.FollowThrough;

/** The application on another day than today: what people do on working days is tested on Sundays too. */
public final class AtAnotherTime {

  /** The system property that says how many milliseconds its clock is ahead of the machine's. */
  static final String AHEAD = "clock.ahead";

  private AtAnotherTime() {}

  public static void main(String[] args) {
    ClockUtil.offset(Long.getLong(AHEAD));
    FollowThrough.main(args);
  }
}
