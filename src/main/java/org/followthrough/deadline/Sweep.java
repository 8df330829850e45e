package org.followthrough.deadline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The safety sweep: a timer whose retries are used up never fires again and says nothing, so every such timer whose time
 * has passed is revived. The timer itself then raises what it missed, once. A clock without any timer is a fault, and is
 * said so.
 */
@Component
class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Clocks clocks;
  private final TimersAndTasks timers;
  private final ManagementService management;
  private final Clock clock;

  Sweep(Clocks clocks, TimersAndTasks timers, @Lazy ManagementService management, Clock clock) {
    this.clocks = clocks;
    this.timers = timers;
    this.management = management;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
  void reviveDeadTimers() {
    Instant overdue = clock.instant().minus(GRACE);
    // those of the ladder as well: an escalation that stops climbing is as silent as one that never began
    management.createJobQuery().timers().noRetriesLeft().duedateLowerThan(Date.from(overdue)).list()
        .forEach(job -> management.setJobRetries(job.getId(), 1));
    for (Clocks.Running missed : clocks.missed(overdue)) {
      if (timers.timersOf(missed).isEmpty()) {
        LOG.error("Clock {} of {} {} is overdue and has no timer", missed.id(), missed.process(), missed.obligation());
      }
    }
  }
}
