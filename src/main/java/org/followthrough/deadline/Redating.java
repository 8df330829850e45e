package org.followthrough.deadline;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.record.Chronology;
import org.followthrough.record.Dates;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Moves clocks when a date in the record or the calendar was wrong: the row, its timer and its tasks, always together. */
@Component
public class Redating {

  private final Clocks clocks;
  private final DeployedDeadlines deployed;
  private final DueDates dueDates;
  private final Dates dates;
  private final Chronology chronology;
  private final RuntimeService runtime;
  private final ManagementService management;
  private final TaskService tasks;
  private final IdentityService identity;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Redating(Clocks clocks, DeployedDeadlines deployed, DueDates dueDates, Dates dates, Chronology chronology,
      @Lazy RuntimeService runtime, @Lazy ManagementService management, @Lazy TaskService tasks,
      @Lazy IdentityService identity, ApplicationEventPublisher events, Clock clock) {
    this.clocks = clocks;
    this.deployed = deployed;
    this.dueDates = dueDates;
    this.dates = dates;
    this.chronology = chronology;
    this.runtime = runtime;
    this.management = management;
    this.tasks = tasks;
    this.identity = identity;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Counts every open clock again, as after a proclaimed holiday.
   *
   * @param why the line that each moved clock shows
   * @return how many moved
   */
  @Transactional
  public int recountAll(String why) {
    int moved = (int) clocks.open().stream().filter(running -> recount(running, why)).count();
    events.publishEvent(new CalendarChanged());
    return moved;
  }

  /**
   * Counts the clocks again that count from an event whose date was corrected, those that were met too; or from an end that
   * has moved, those that still run.
   */
  @Transactional
  public void recount(String event, UUID contactId, UUID caseId, UUID subjectId, String why) {
    for (Clocks.Running running : clocks.of(contactId, caseId, subjectId)) {
      DeadlineTable table = deployed.table(running.ruleVersion());
      boolean settled = running.endedAs() != null && dates.movesOn(event);
      if (!settled && table.row(running.process(), running.obligation()).countsFrom(event, table)) {
        recount(running, why);
      }
    }
  }

  /**
   * Writes an event from which the clock of a subject may count, and counts again. Where one of the same name happened before
   * it already, nothing changes: a further event never puts a date off.
   *
   * @param event a line of that subject
   */
  @Transactional
  public void bringForward(Chronology.Line event, String why) {
    boolean sooner = chronology.when(event.what(), null, null, event.subjectId()).filter(known -> !known.isAfter(event.happenedAt())).isPresent();
    if (!sooner) {
      chronology.add(event);
      recount(event.what(), event.contactId(), event.caseId(), event.subjectId(), why);
    }
  }

  /** Takes a corrected time over into the clock that the corrected entry met. */
  public void metCorrected(UUID clockId) {
    chronology.metAt(clockId).ifPresent(at -> clocks.metCorrected(clockId, at));
  }

  private boolean recount(Clocks.Running running, String why) {
    DeadlineTable table = deployed.table(running.ruleVersion());
    DeadlineRow row = table.row(running.process(), running.obligation());
    Function<String, Instant> happened =
        event -> dates.when(event, running.contactId(), running.caseId(), running.subjectId()).orElse(null);
    DeadlineRow counting = dueDates.counting(row, happened, table);
    Instant counted = happened.apply(counting.countFrom());
    Instant due = dueDates.due(counting, counted);
    if (due.equals(running.dueAt())) {
      return false;
    }
    clocks.moved(running, counting, counted, due, dueDates.amberFrom(counting, due), why, clock.instant());
    following().add(running.id());
    return true;
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
