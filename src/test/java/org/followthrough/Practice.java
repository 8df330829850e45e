package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.followthrough.people.Directory;
import org.followthrough.record.Submission;
import org.springframework.stereotype.Component;

/** How people work, for tests: they start, hand in pages, and time passes. Every act is somebody's, as in Tasklist. */
@Component
public class Practice {

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final FormService forms;
  private final IdentityService identity;
  private final ManagementService management;
  private final RepositoryService repository;
  private final Directory directory;

  Practice(ProcessEngine engine, Directory directory) {
    this.runtime = engine.getRuntimeService();
    this.tasks = engine.getTaskService();
    this.forms = engine.getFormService();
    this.identity = engine.getIdentityService();
    this.management = engine.getManagementService();
    this.repository = engine.getRepositoryService();
    this.directory = directory;
  }

  /** Sets the clock to a London wall time, as {@code 2026-11-20T10:00}. */
  public void itIs(String londonTime) {
    ClockUtil.setCurrentTime(Date.from(london(londonTime)));
  }

  /** A London wall time as an instant. */
  public static Instant london(String londonTime) {
    return LocalDateTime.parse(londonTime).atZone(Submission.LONDON).toInstant();
  }

  /** Does something as somebody, with the groups they have. */
  public void as(String user, Runnable act) {
    identity.setAuthentication(user, directory.groupsOf(user));
    try {
      act.run();
    } finally {
      identity.clearAuthentication();
    }
  }

  /** Starts a referral; returns its process instance. */
  public ProcessInstance start(String user) {
    ProcessInstance[] started = new ProcessInstance[1];
    as(user, () -> started[0] = forms.submitStartForm(repository.createProcessDefinitionQuery()
        .processDefinitionKey("referral").latestVersion().singleResult().getId(), Variables.createVariables()));
    return runtime.createProcessInstanceQuery().processInstanceId(started[0].getId()).singleResult();
  }

  /** The contact's reference of a referral. */
  public String contactOf(ProcessInstance referral) {
    return (String) runtime.getVariable(referral.getId(), "contactRef");
  }

  /** The one open task of this name on a contact; fails when there is none or more. */
  public Task task(String label, String contactRef) {
    List<Task> open = tasks(label, contactRef);
    assertThat(open).as("open tasks “%s” of %s", label, contactRef).hasSize(1);
    return open.get(0);
  }

  /** The open tasks of this name on a contact. */
  public List<Task> tasks(String label, String contactRef) {
    return tasks.createTaskQuery().processVariableValueEquals("contactRef", contactRef).taskName(label).list();
  }

  /** Hands in the page of this name on a contact. */
  public void handIn(String user, String label, String contactRef, Map<String, Object> fields) {
    handIn(user, task(label, contactRef).getId(), fields);
  }

  /** Hands in a task's form. */
  public void handIn(String user, String taskId, Map<String, Object> fields) {
    Map<String, Object> posted = new HashMap<>();
    fields.forEach((key, value) -> posted.put(key, value instanceof List<?> list
        ? SpinValues.jsonValue(list.stream().map(item -> "\"" + item + "\"").toList().toString()).create() : value));
    as(user, () -> forms.submitTaskForm(taskId, posted));
  }

  /** Fires every timer that is due by the clock, and those that become due by it. */
  public void timersFire() {
    List<Job> due = management.createJobQuery().executable().duedateLowerThan(new Date(ClockUtil.getCurrentTime().getTime() + 1)).list();
    while (!due.isEmpty()) {
      due.forEach(job -> management.executeJob(job.getId()));
      due = management.createJobQuery().executable().duedateLowerThan(new Date(ClockUtil.getCurrentTime().getTime() + 1)).list();
    }
  }

  // Pages with what is usual on them; each can be changed by further keys and values.

  public Map<String, Object> aContact(Object... changes) {
    String now = LocalDateTime.ofInstant(ClockUtil.getCurrentTime().toInstant(), Submission.LONDON).toString().substring(0, 16);
    return page(Map.ofEntries(Map.entry("happenedAt", now), Map.entry("how", "telephone"), Map.entry("whoReferred", "professional"),
        Map.entry("referrerName", "Siobhán Doyle"), Map.entry("referrerRole", "Health visitor"), Map.entry("agency", "health"),
        Map.entry("sourceCode", "3B"), Map.entry("referrerPhone", "01632 960101"), Map.entry("team", "north"),
        Map.entry("childrenWhereabouts", "At home with their mother"), Map.entry("safeNow", "yes"),
        Map.entry("parentsKnow", "agree")), changes);
  }

  public Map<String, Object> aChild(Object... changes) {
    return page(Map.of("kind", "child", "firstName", "Aoife", "lastName", "O’Neill", "birthDate", "2020-02-29", "sex", "F",
        "relation", "child-of-concern", "livesWhere", "with-the-children", "address", "4 Mill Lane", "anotherPerson", "no"), changes);
  }

  public Map<String, Object> aConcern(Object... changes) {
    return page(Map.of("nature", "fact", "narrative", "Aoife came to school without a coat again.",
        "whereHarm", "inside-the-home", "factors", List.of("neglect"), "anotherConcern", "no"), changes);
  }

  public Map<String, Object> aDecision(String response, Object... changes) {
    return page(Map.of("response", response, "reasons", "Seen with the family's history.", "childNeedsProtectingNow", "no",
        "overruleReason", "More is known than the table asks."), changes);
  }

  private static Map<String, Object> page(Map<String, Object> usual, Object... changes) {
    Map<String, Object> page = new HashMap<>(usual);
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        page.remove((String) changes[i]);
      } else {
        page.put((String) changes[i], changes[i + 1]);
      }
    }
    return page;
  }

  /** A whole contact about one child of this first name, taken down and put into a new family; returns its reference. */
  public String aRecordedContact(String firstName, Object... contactChanges) {
    String contact = contactOf(start("contact"));
    handIn("contact", "Record contact", contact, aContact(contactChanges));
    handIn("contact", "Record person", contact, aChild("firstName", firstName, "lastName", "Doe" + System.nanoTime(),
        "address", System.nanoTime() + " Long Road", "birthDate", "2018-03-01"));
    for (Task choice : new ArrayList<>(tasks("Choose person", contact))) {
      handIn("contact", choice.getId(), Map.of("samePerson", "new"));
    }
    handIn("contact", "Record concern", contact, aConcern());
    for (Task choice : new ArrayList<>(tasks("Choose family", contact))) {
      handIn("contact", choice.getId(), Map.of("family", "new"));
    }
    return contact;
  }
}
