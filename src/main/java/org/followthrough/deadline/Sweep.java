package org.followthrough.deadline;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The safety sweep: a timer whose retries are used up never fires again and says nothing, so clocks that passed their
 * time without a manager being told have their timers revived. The timer itself then raises the escalation, once.
 */
@Component
class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Clocks clocks;
  private final Redating timers;
  private final ManagementService management;
  private final Clock clock;

  Sweep(Clocks clocks, Redating timers, @Lazy ManagementService management, Clock clock) {
    this.clocks = clocks;
    this.timers = timers;
    this.management = management;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
  void reviveDeadTimers() {
    for (Clocks.Running missed : clocks.missed(clock.instant().minus(GRACE))) {
      List<Job> waiting = timers.timersOf(missed);
      waiting.stream().filter(job -> job.getRetries() == 0).forEach(job -> management.setJobRetries(job.getId(), 1));
      if (waiting.isEmpty()) {
        LOG.error("Clock {} of {} {} is overdue and has no timer", missed.id(), missed.process(), missed.obligation());
      }
    }
  }
}
