package org.followthrough.oversight.escalation;

import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Unanswered, the question is put to the next tier as well; the first manager keeps the task and what they typed. */
@Component
class BringInNextTier implements JavaDelegate {

  private final Ladder ladder;

  BringInNextTier(Ladder ladder) {
    this.ladder = ladder;
  }

  @Override
  public void execute(DelegateExecution execution) {
    boolean higherTierLeft = ladder.bringIn(execution);
    execution.setVariable("higherTierLeft", higherTierLeft);
    TaskService tasks = execution.getProcessEngineServices().getTaskService();
    for (Task task : tasks.createTaskQuery().processInstanceId(execution.getProcessInstanceId()).list()) {
      List<String> asked = tasks.getIdentityLinksForTask(task.getId()).stream().map(IdentityLink::getGroupId).toList();
      for (String group : ladder.managers(execution).split(",")) {
        if (!asked.contains(group)) {
          tasks.addCandidateGroup(task.getId(), group);
        }
      }
      if (higherTierLeft) {
        task.setDueDate(ladder.climbAt(execution));
        tasks.saveTask(task);
      }
    }
  }
}
