package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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
import org.followthrough.family.Families;
import org.followthrough.page.Submission;
import org.followthrough.people.Directory;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** How people work, for tests: they start, hand in pages, and time passes. Every act is somebody's, as in Tasklist. */
@Component
public class Practice {

  private static final AtomicLong NAMES = new AtomicLong();

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final FormService forms;
  private final IdentityService identity;
  private final ManagementService management;
  private final RepositoryService repository;
  private final Directory directory;
  private final Contacts contacts;
  private final Families families;
  private final Copied copied;

  Practice(ProcessEngine engine, Directory directory, Contacts contacts, Families families, Copied copied) {
    this.runtime = engine.getRuntimeService();
    this.tasks = engine.getTaskService();
    this.forms = engine.getFormService();
    this.identity = engine.getIdentityService();
    this.management = engine.getManagementService();
    this.repository = engine.getRepositoryService();
    this.directory = directory;
    this.contacts = contacts;
    this.families = families;
    this.copied = copied;
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

  /** What protects these children until tomorrow at this time, in a way that needs no power of law. */
  public Map<String, Object> aProtection(List<String> children, Object... changes) {
    String tomorrow = LocalDateTime.ofInstant(ClockUtil.getCurrentTime().toInstant(), Submission.LONDON).plusDays(1)
        .toString().substring(0, 16);
    return page(Map.of("children", children, "kind", "other", "details", "Their aunt stays with them; we ring at eight.",
        "whereChildren", "12 Park Lane, with their aunt Zoë", "until", tomorrow, "parentsTold", "yes", "parentsToldBy", "PC Khan"),
        changes);
  }

  public static Map<String, Object> page(Map<String, Object> usual, Object... changes) {
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
    return aContactAbout(List.of(aChild("firstName", firstName, "lastName", "Doe" + System.nanoTime(),
        "address", System.nanoTime() + " Long Road", "birthDate", "2018-03-01")), aConcern(), contactChanges);
  }

  // Whole contacts, and what became of them.

  /** Takes a contact down about these people, all of them new and in a family of their own; returns its reference. */
  public String aContactAbout(List<Map<String, Object>> people, Map<String, Object> concern, Object... contactChanges) {
    return alike(List.of(people, concern, Arrays.asList(contactChanges)), () -> byItsPages(people, concern, contactChanges));
  }

  /**
   * A contact as it was after these pages, see {@link Copied}.
   *
   * @param pages everything that decides what they leave behind, but for the time, and the names that they make up themselves
   */
  public String alike(List<?> pages, Supplier<String> byItsPages) {
    return copied.contact(pages, byItsPages);
  }

  private String byItsPages(List<Map<String, Object>> people, Map<String, Object> concern, Object... contactChanges) {
    String contact = contactOf(start("contact"));
    handIn("contact", "Record contact", contact, aContact(contactChanges));
    for (int i = 0; i < people.size(); i++) {
      handIn("contact", "Record person", contact, page(people.get(i), "anotherPerson", i < people.size() - 1 ? "yes" : "no"));
      for (Task choice : tasks("Choose person", contact)) {
        handIn("contact", choice.getId(), Map.of("samePerson", "new"));
      }
    }
    handIn("contact", "Record concern", contact, concern);
    for (Task choice : tasks("Choose family", contact)) {
      handIn("contact", choice.getId(), Map.of("family", "new"));
    }
    return contact;
  }

  /** Takes a further contact down about the people of an earlier one, who are recognised, with their family. */
  public String anotherContactAbout(String earlier, Object... contactChanges) {
    String contact = contactOf(start("contact"));
    handIn("contact", "Record contact", contact, aContact(contactChanges));
    List<Contacts.Named> people = contacts.everyone(contacts.idOf(earlier).orElseThrow());
    for (int i = 0; i < people.size(); i++) {
      handIn("contact", "Record person", contact,
          page(people.get(i).typed(), "anotherPerson", i < people.size() - 1 ? "yes" : "no"));
      handIn("contact", "Choose person", contact, Map.of("samePerson", people.get(i).personId().toString()));
    }
    handIn("contact", "Record concern", contact, aConcern());
    handIn("contact", "Choose family", contact, Map.of("family", caseOf(earlier)));
    handIn("contact", "Look at history", contact, Map.of("historyMeaning", "It happens again."));
    return contact;
  }

  /** A child whom no other test knows. */
  public Map<String, Object> aNewChild(String firstName, Object... changes) {
    return page(aChild("firstName", firstName, "lastName", aNewName(), "birthDate", "2018-03-01", "address",
        System.nanoTime() + " Long Road"), changes);
  }

  /**
   * A surname that nobody else has, and that neither sounds nor is spelt like anybody else's: its first four consonants, by which the
   * database tells sounds, are counted, and the rest is left to chance.
   */
  public static String aNewName() {
    StringBuilder name = new StringBuilder();
    long rest = NAMES.getAndIncrement();
    for (int i = 0; i < 12; i++) {
      String consonants = i < 4 ? "fklmnprst" : "bdfgklmnprstvz";
      int letter = i < 4 ? (int) (rest % consonants.length()) : ThreadLocalRandom.current().nextInt(consonants.length());
      name.append(consonants.charAt(letter)).append("aeiou".charAt(ThreadLocalRandom.current().nextInt(5)));
      rest /= consonants.length();
    }
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The case of a contact. */
  public String caseOf(String contact) {
    return families.reference(contacts.byId(contacts.idOf(contact).orElseThrow()).caseId());
  }

  /** The running instance of a process on a contact. */
  public ProcessInstance process(String process, String contact) {
    return runtime.createProcessInstanceQuery().processDefinitionKey(process).variableValueEquals("contactRef", contact).singleResult();
  }

  /** The timers that wait at this event in the processes of a contact. */
  public List<Job> timers(String activityId, String contact) {
    return runtime.createProcessInstanceQuery().variableValueEquals("contactRef", contact).list().stream()
        .flatMap(process -> management.createJobQuery().processInstanceId(process.getId()).activityId(activityId).list().stream()).toList();
  }

  /** What a task may be seen and done by. */
  public List<String> groupsOf(Task task) {
    return tasks.getIdentityLinksForTask(task.getId()).stream().map(link -> link.getGroupId())
        .filter(java.util.Objects::nonNull).sorted().toList();
  }

  /** The names of the tasks that this user finds, on a contact or on anything. */
  public List<String> taskList(String user, String contact) {
    List<String> names = new ArrayList<>();
    as(user, () -> tasks.createTaskQuery().processVariableValueEquals("contactRef", contact).listPage(0, 100)
        .forEach(task -> names.add(task.getName())));
    return names.stream().sorted().toList();
  }

  /** Ends whatever runs, so that the timers of one test do not fire in the next. */
  public void endEverything() {
    for (ProcessInstance process : runtime.createProcessInstanceQuery().rootProcessInstances().list()) {
      runtime.deleteProcessInstance(process.getId(), "the test is over");
    }
  }
}
