package org.followthrough.tasklist;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** A manager gives a task of the family to somebody whose it may be, or back for somebody away; also one that is not in their own list. */
@Component
class TaskChanges {

  private static final Option NOBODY = new Option("Nobody: everybody who may do it sees it as free", "nobody");

  private final TaskService tasks;
  private final IdentityService identity;
  private final Directory directory;
  private final Families families;
  private final Contacts contacts;

  TaskChanges(TaskService tasks, IdentityService identity, Directory directory, Families families, Contacts contacts) {
    this.tasks = tasks;
    this.identity = identity;
    this.directory = directory;
    this.families = families;
    this.contacts = contacts;
  }

  /** Whose it may be is checked when it is given, by the one rule that holds everywhere. */
  List<Change> corrections(TaskList.Entry on) {
    List<Task> open = on.task() != null ? List.of(on.task()) : of(on.matter());
    Change.Field which = Change.Field.select("task", "Which task",
        open.stream().map(task -> new Option(inWords(task), task.getId())).toList());
    List<Change.Field> fields = on.task() != null ? List.of(who(open)) : List.of(which, who(open));
    return open.isEmpty() ? List.of() : List.of(Change.correcting("give-task", "Give a task to somebody else",
        "It is in their list at once. Give it to nobody where whoever has it is away.", fields, this::give));
  }

  private List<Task> of(Matter matter) {
    return matter.caseId() == null ? of("contactRef", contacts.byId(matter.contactId()).reference())
        : families.references(matter.caseId()).stream().flatMap(reference -> of("caseRef", reference).stream()).toList();
  }

  private List<Task> of(String name, String reference) {
    return tasks.createTaskQuery().processVariableValueEquals(name, reference).orderByDueDate().asc().list();
  }

  private Change.Field who(List<Task> open) {
    List<Option> people = open.stream().flatMap(task -> tasks.getIdentityLinksForTask(task.getId()).stream()).map(IdentityLink::getGroupId)
        .filter(Objects::nonNull).distinct().flatMap(group -> directory.members(group).stream()).distinct().toList();
    return Change.Field.select("who", "Who does it from now on", Stream.concat(Stream.of(NOBODY), people.stream()).toList());
  }

  private String inWords(Task task) {
    return task.getName() + (task.getDueDate() == null ? "" : ", due " + Words.date(task.getDueDate().toInstant()))
        + (task.getAssignee() == null ? ": nobody has taken it" : ": " + directory.name(task.getAssignee()));
  }

  private void give(TaskList.Entry on, Submission typed) {
    String task = on.task() != null ? on.task().getId() : typed.text("task");
    identity.setAuthentication(on.user(), on.groups());
    try {
      tasks.setAssignee(task, typed.text("who").equals(NOBODY.value()) ? null : typed.text("who"));
    } catch (AuthorizationException refused) {
      throw new Refusal("who", refused.getMessage());
    } finally {
      identity.clearAuthentication();
    }
  }
}
