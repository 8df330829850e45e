package org.followthrough.tasklist;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.followthrough.page.Matter;
import org.followthrough.page.Matters;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.followthrough.referral.Contacts;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** The task list of a user: the tasks the engine lets them see, and what each of them is about. */
@Component
class TaskList {

  /** What a user has before them: a task in their sight, or (task null) a case they may look into. */
  record Entry(Task task, Matter matter, String user, List<String> groups) {}

  /** The page that opens by itself. */
  record Next(String taskId) {}

  private final TaskService tasks;
  private final IdentityService identity;
  private final Directory directory;
  private final Matters matters;
  private final Contacts contacts;
  private final Sight sight;

  TaskList(TaskService tasks, IdentityService identity, Directory directory, Matters matters, Contacts contacts, Sight sight) {
    this.tasks = tasks;
    this.identity = identity;
    this.directory = directory;
    this.matters = matters;
    this.contacts = contacts;
    this.sight = sight;
  }

  /**
   * A task of this user.
   *
   * @throws ResponseStatusException 404 when the task is done or not theirs to see; both look the same from outside
   */
  Entry task(String taskId, Principal user) {
    List<String> groups = directory.groupsOf(user.getName());
    Task task = seenBy(user.getName(), groups, query -> query.taskId(taskId).initializeFormKeys().singleResult());
    if (task == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "This task is done, or it is not yours.");
    }
    return new Entry(task, matters.of(tasks.getVariables(taskId), user.getName()), user.getName(), groups);
  }

  /**
   * A case, or a contact whose family is not known, by its reference: for those who have no task on it.
   *
   * @throws ResponseStatusException 404 when there is none, or it is not theirs to see; both look the same from outside
   */
  Entry file(String reference, Principal user) {
    List<String> groups = directory.groupsOf(user.getName());
    Matter matter = matters.of(Map.of(reference.startsWith("CT-") ? "contactRef" : "caseRef", reference), user.getName());
    if (matter.contactId() != null && matter.caseId() == null) {
      matter = new Matter(matter.contactId(), contacts.byId(matter.contactId()).caseId(), matter.references(), matter.user());
    }
    if ((matter.caseId() == null && matter.contactId() == null) || !sight.maySee(groups, matter.caseId(), matter.contactId())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No case of yours has this reference.");
    }
    return new Entry(null, matter, user.getName(), groups);
  }

  /** What an address of ours names: {@code tasks} and a task's id, or {@code cases} and a reference. */
  Entry on(String subject, String id, Principal user) {
    return subject.equals("tasks") ? task(id, user) : file(id, user);
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
