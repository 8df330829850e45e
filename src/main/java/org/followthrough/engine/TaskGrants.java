package org.followthrough.engine;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.TASK_WORK;
import static org.camunda.bpm.engine.authorization.Resources.TASK;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;

/**
 * Who is a candidate may see and do a task; who is one no longer may not. The engine's own provider never takes a grant
 * back, so a former team would keep its sight of a family. No grant is ever given to a person: people come and go, roles
 * stay.
 */
class TaskGrants extends DefaultAuthorizationProvider {

  @Override
  public AuthorizationEntity[] newTaskGroupIdentityLink(Task task, String groupId, String type) {
    if (!IdentityLinkType.CANDIDATE.equals(type)) {
      return null;
    }
    AuthorizationEntity grant = new AuthorizationEntity(AUTH_TYPE_GRANT);
    grant.setGroupId(groupId);
    grant.setResource(TASK);
    grant.setResourceId(task.getId());
    grant.addPermission(READ);
    grant.addPermission(TASK_WORK);
    // Tasklist asks for the form under this permission; what it could read are references
    grant.addPermission(TaskPermissions.READ_VARIABLE);
    return new AuthorizationEntity[] {grant};
  }

  @Override
  public AuthorizationEntity[] deleteTaskGroupIdentityLink(Task task, String groupId, String type) {
    if (((TaskEntity) task).isDeleted()) {
      return null; // the engine removes all grants of a task that ends
    }
    var grants = Context.getCommandContext().getAuthorizationManager();
    AuthorizationEntity grant =
        grants.findAuthorizationByGroupIdAndResourceId(AUTH_TYPE_GRANT, groupId, TASK, task.getId());
    if (grant != null) {
      grants.delete(grant);
    }
    return null;
  }

  /** Gives nothing; but an assignee is somebody who works here, not a name typed into the engine. */
  @Override
  public AuthorizationEntity[] newTaskAssignee(Task task, String oldAssignee, String newAssignee) {
    var people = Context.getCommandContext();
    if (newAssignee != null && people.runWithoutAuthorization(() -> people.getReadOnlyIdentityProvider()
        .findUserById(newAssignee)) == null) {
      throw new BadUserRequestException("Nobody of this user name works here.");
    }
    return null;
  }

  @Override
  public AuthorizationEntity[] newTaskOwner(Task task, String oldOwner, String newOwner) {
    return null;
  }

  @Override
  public AuthorizationEntity[] newTaskUserIdentityLink(Task task, String userId, String type) {
    return null;
  }
}
