package org.followthrough.deadline;

import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The engine's side of a clock: the timers that wait for it and the tasks that show its day, which follow it wherever it is moved. */
@Component
class TimersAndTasks {

  private final Clocks clocks;
  private final RuntimeService runtime;
  private final ManagementService management;
  private final TaskService tasks;
  private final IdentityService identity;
  private final ApplicationEventPublisher events;

  TimersAndTasks(Clocks clocks, @Lazy RuntimeService runtime, @Lazy ManagementService management, @Lazy TaskService tasks,
      @Lazy IdentityService identity, ApplicationEventPublisher events) {
    this.clocks = clocks;
    this.runtime = runtime;
    this.management = management;
    this.tasks = tasks;
    this.identity = identity;
    this.events = events;
  }

  /** Has the timers and tasks of a clock that was moved follow as this transaction commits. */
  void follow(UUID clock) {
    following().add(clock);
  }

  private Following following() {
    return TransactionSynchronizationManager.getSynchronizations().stream().filter(Following.class::isInstance)
        .map(Following.class::cast).findFirst().orElseGet(() -> {
          Following following = new Following();
          TransactionSynchronizationManager.registerSynchronization(following);
          return following;
        });
  }

  /**
   * The timers and tasks of the clocks that this transaction has moved. They follow as it commits and not before: the engine writes down
   * only at the end of a command what the command has created, and a task that is as new as its date's reason would be passed over.
   */
  private class Following implements TransactionSynchronization {

    private final Set<UUID> moved = new LinkedHashSet<>();
    private boolean committing;

    void add(UUID clock) {
      if (committing) {
        follow(clock);
      } else {
        moved.add(clock);
      }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      committing = true;
      // the house moves them, whoever is signed in
      Authentication user = identity.getCurrentAuthentication();
      identity.clearAuthentication();
      try {
        moved.forEach(this::follow);
      } finally {
        if (user != null) {
          identity.setAuthentication(user.getUserId(), user.getGroupIds());
        }
      }
    }

    private void follow(UUID clock) {
      Clocks.Running running = clocks.get(clock);
      if (running.endedAs() != null) {
        return;
      }
      // each asks the clock again: the one that says it is late, and the one that reminds before
      timersOf(running).forEach(timer -> management.recalculateJobDuedate(timer.getId(), false));
      for (Task task : tasksOf(running)) {
        task.setDueDate(Date.from(running.dueAt()));
        tasks.saveTask(task);
      }
      events.publishEvent(new DueMoved(clock, running.dueAt()));
    }
  }

  /** The timers that wait for a clock, also those whose retries are used up. */
  List<Job> timersOf(Clocks.Running running) {
    return management.createJobQuery().processInstanceId(running.processInstanceId()).timers().list().stream()
        .filter(job -> carries(running, runtime.getVariable(job.getExecutionId(), Deadline.CLOCK_REF)))
        .toList();
  }

  private List<Task> tasksOf(Clocks.Running running) {
    List<Task> found = new ArrayList<>(tasks.createTaskQuery().processInstanceId(running.processInstanceId()).list());
    found.removeIf(task -> !carries(running, tasks.getVariable(task.getId(), Deadline.CLOCK_REF)));
    // called processes carry the clock as a variable of their own
    tasks.createTaskQuery().processVariableValueEquals(Deadline.CLOCK_REF, running.id().toString()).list().stream()
        .filter(task -> !task.getProcessInstanceId().equals(running.processInstanceId())).forEach(found::add);
    return found;
  }

  private static boolean carries(Clocks.Running running, Object clockRef) {
    return Objects.equals(running.id().toString(), clockRef);
  }
}
