package org.followthrough.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;

/**
 * The engine's task service, in which tasks are taken, given back and given to somebody as {@link Assignments} say, whichever way it is
 * asked for. The engine knows one permission for all three, and whoever holds it could send a task to anybody.
 */
class AssignedTasks extends TaskServiceImpl {

  private final Supplier<Assignments> assignments;

  AssignedTasks(Supplier<Assignments> assignments) {
    this.assignments = assignments;
  }

  @Override
  public void claim(String taskId, String userId) {
    assign(taskId, userId, true, () -> super.claim(taskId, userId));
  }

  @Override
  public void setAssignee(String taskId, String userId) {
    assign(taskId, userId, false, () -> super.setAssignee(taskId, userId));
  }

  @Override
  public void addUserIdentityLink(String taskId, String userId, String type) {
    if (IdentityLinkType.ASSIGNEE.equals(type)) {
      setAssignee(taskId, userId);
    } else {
      super.addUserIdentityLink(taskId, userId, type);
    }
  }

  @Override
  public void deleteUserIdentityLink(String taskId, String userId, String type) {
    if (IdentityLinkType.ASSIGNEE.equals(type)) {
      setAssignee(taskId, null);
    } else {
      super.deleteUserIdentityLink(taskId, userId, type);
    }
  }

  private void assign(String taskId, String to, boolean claims, Runnable act) {
    commandExecutor.execute(context -> {
      Authentication by = context.getAuthentication();
      if (by == null || by.getUserId() == null || !context.isAuthorizationCheckEnabled()) {
        // the house itself, as where a case moves to another team
        act.run();
        return null;
      }
      return context.runWithoutAuthorization(() -> {
        check(context, taskId, by, to, claims);
        act.run();
        return null;
      });
    });
  }

  private void check(CommandContext context, String taskId, Authentication by, String to, boolean claims) {
    TaskEntity task = Optional.ofNullable(taskId).map(context.getTaskManager()::findTaskById).orElseThrow(Assignments::notTheirs);
    assignments.get().check(task, by.getUserId(), Optional.ofNullable(by.getGroupIds()).orElse(List.of()), to, claims);
  }
}
