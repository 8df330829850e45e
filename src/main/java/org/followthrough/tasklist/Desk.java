package org.followthrough.tasklist;

import java.security.Principal;
import java.util.List;
import java.util.function.Function;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.followthrough.form.FormIntake;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.followthrough.record.Matter;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** What a user has on the desk: the tasks the engine lets them see, and what each of them is about. */
@Component
class Desk {

  /** A task in the sight of a user. */
  record OnDesk(Task task, Matter matter, String user, List<String> groups) {}

  private final TaskService tasks;
  private final IdentityService identity;
  private final Directory directory;
  private final FormIntake intake;

  Desk(TaskService tasks, IdentityService identity, Directory directory, FormIntake intake) {
    this.tasks = tasks;
    this.identity = identity;
    this.directory = directory;
    this.intake = intake;
  }

  /**
   * A task of this user.
   *
   * @throws ResponseStatusException 404 when the task is done or not theirs to see; both look the same from outside
   */
  OnDesk task(String taskId, Principal user) {
    List<String> groups = directory.groupsOf(user.getName());
    Task task = seenBy(user.getName(), groups, query -> query.taskId(taskId).initializeFormKeys().singleResult());
    if (task == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "This task is done, or it is not yours.");
    }
    return new OnDesk(task, intake.matter(tasks.getVariables(taskId), user.getName()), user.getName(), groups);
  }

  /** Asks for tasks with the eyes of a user. Operations see every task in the engine, but no family through one. */
  <T> T seenBy(String user, List<String> groups, Function<TaskQuery, T> question) {
    identity.setAuthentication(user, Sight.withoutOperations(groups));
    try {
      return question.apply(tasks.createTaskQuery());
    } finally {
      identity.clearAuthentication();
    }
  }
}
