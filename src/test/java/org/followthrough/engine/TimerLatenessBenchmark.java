package org.followthrough.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.followthrough.FollowThrough;
import org.followthrough.release.InForceForTests;
import org.followthrough.release.Releases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How late a lone timer fires on an idle application: ours beside the stock acquisition, in one run.
 *
 * <pre>mvn test -Dexcluded.tests= -Dtest=TimerLatenessBenchmark</pre>
 */
@Tag("benchmark")
class TimerLatenessBenchmark {

  private static final BpmnModelInstance ONE_TIMER = Bpmn.createExecutableProcess("one-timer").camundaHistoryTimeToLive(1)
      .startEvent().intermediateCatchEvent("Event_Due").timerWithDate("${due}").endEvent().done();

  @Test
  void lateness_of_lone_timers_on_an_idle_application() throws Exception {
    report("ours", measure(100));
    report("stock acquisition", measure(15, "--camunda.bpm.job-execution.wait-time-in-millis=5000",
        "--camunda.bpm.job-execution.max-wait=60000", "--camunda.bpm.job-execution.max-jobs-per-acquisition=3"));
  }

  private static long[] measure(int timers, String... settings) throws Exception {
    String[] arguments = Arrays.copyOf(settings, settings.length + 3);
    arguments[settings.length] = "--spring.datasource.url=" + org.followthrough.TestDatabase.url();
    arguments[settings.length + 1] = "--spring.datasource.username=postgres";
    arguments[settings.length + 2] = "--server.port=0";
    try (ConfigurableApplicationContext application = SpringApplication.run(FollowThrough.class, arguments)) {
      ProcessEngine engine = application.getBean(ProcessEngine.class);
      InForceForTests.put(application.getBean(Releases.class), Map.of("one-timer.bpmn", Bpmn.convertToString(ONE_TIMER)));
      long[] late = new long[timers];
      for (int i = 0; i < timers; i++) {
        // long enough for the acquisition to fall asleep as deeply as it ever does
        Instant due = Instant.now().plusMillis(ThreadLocalRandom.current().nextLong(2000, 4000));
        String instance = engine.getRuntimeService().startProcessInstanceByKey("one-timer",
            Variables.putValue("due", Date.from(due))).getId();
        Date fired = null;
        while (fired == null) {
          TimeUnit.MILLISECONDS.sleep(20);
          fired = engine.getHistoryService().createHistoricProcessInstanceQuery().processInstanceId(instance).singleResult().getEndTime();
        }
        late[i] = Duration.between(due, fired.toInstant()).toMillis();
      }
      return late;
    }
  }

  private static void report(String what, long[] late) {
    Arrays.sort(late);
    System.out.printf("%d lone timers, %s: late by %d ms at the median, %d ms at the 95th percentile, %d ms at most%n",
        late.length, what, late[late.length / 2], late[(int) (late.length * 0.95)], late[late.length - 1]);
  }
}
