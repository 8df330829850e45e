package org.followthrough.oversight.escalation;

import java.time.Clock;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.CalendarChanged;
import org.followthrough.deadline.DueMoved;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Escalations keep pace when a date that they hang on is moved. */
@Component
class MovedDates {

  private static final String ESCALATION = "escalation";

  private final RuntimeService runtime;
  private final ManagementService management;
  private final TaskService tasks;
  private final Clock clock;

  MovedDates(@Lazy RuntimeService runtime, @Lazy ManagementService management, @Lazy TaskService tasks, Clock clock) {
    this.runtime = runtime;
    this.management = management;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** What is not late after all is not asked about any more until it is; a second correction moves that date again. */
  @EventListener
  void dueMoved(DueMoved moved) {
    String late = moved.clockId().toString();
    if (moved.due().isAfter(clock.instant())) {
      runtime.createExecutionQuery().processDefinitionKey(ESCALATION).processVariableValueEquals("lateClockRef", late)
          .messageEventSubscriptionName("DueDateMoved").list()
          .forEach(execution -> runtime.messageEventReceived("DueDateMoved", execution.getId()));
    }
    for (ProcessInstance escalation : runtime.createProcessInstanceQuery().processDefinitionKey(ESCALATION)
        .variableValueEquals("lateClockRef", late).list()) {
      management.createJobQuery().processInstanceId(escalation.getId()).activityId("Event_NewDueDatePassed").list()
          .forEach(timer -> management.setJobDuedate(timer.getId(), Date.from(moved.due())));
    }
  }

  /** The ladder counts in working days too: when the next tier is brought in moves with the calendar. */
  @EventListener(CalendarChanged.class)
  void calendarChanged() {
    for (Job climb : management.createJobQuery().processDefinitionKey(ESCALATION).activityId("Event_AnswerOverdue").list()) {
      management.recalculateJobDuedate(climb.getId(), false);
      Date due = management.createJobQuery().jobId(climb.getId()).singleResult().getDuedate();
      for (Task question : tasks.createTaskQuery().processInstanceId(climb.getProcessInstanceId()).list()) {
        if (!due.equals(question.getDueDate())) {
          question.setDueDate(due);
          tasks.saveTask(question);
        }
      }
    }
  }
}
