package org.followthrough.tasklist;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.Lateness;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Drafts;
import org.followthrough.page.Matter;
import org.followthrough.page.Matters;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What our screens in Tasklist read, and the drafts they keep. */
@RestController
@RequestMapping("/api")
class CaseApi {

  /** Who is signed in; {@code asked} whether something late may be their business, {@code manages} whether they give tasks to others. */
  record Session(String user, String name, String banner, boolean asked, boolean manages) {}

  /**
   * The card line of a task.
   *
   * @param lateBy by how much it is late, in words; null while it is not
   * @param notForYou why somebody else must do it, and who can; null where the reader may
   */
  record Card(String taskId, List<String> children, String reference, String what, Instant due, boolean amber, String lateBy,
      String notForYou) {}

  private static final int CARDS_AT_ONCE = 200;

  private final TaskList taskList;
  private final CaseFile file;
  private final Sight sight;
  private final Directory directory;
  private final AddressBook addressBook;
  private final Drafts drafts;
  private final FormIntake intake;
  private final Matters matters;
  private final Clocks clocks;
  private final Lateness lateness;
  private final RuntimeService runtime;
  private final HistoryService history;
  private final Clock clock;
  private final String banner;

  CaseApi(TaskList taskList, CaseFile file, Sight sight, Directory directory, AddressBook addressBook, Drafts drafts,
      FormIntake intake, Matters matters, Clocks clocks, Lateness lateness, RuntimeService runtime, HistoryService history,
      Clock clock, @Value("${followthrough.banner}") String banner) {
    this.taskList = taskList;
    this.file = file;
    this.sight = sight;
    this.directory = directory;
    this.addressBook = addressBook;
    this.drafts = drafts;
    this.intake = intake;
    this.matters = matters;
    this.clocks = clocks;
    this.lateness = lateness;
    this.runtime = runtime;
    this.history = history;
    this.clock = clock;
    this.banner = banner;
  }

  /** Who is signed in, and the marking of this environment; also hands out the token that our writes must carry. */
  @GetMapping("/session")
  Session session(Principal user, CsrfToken token) {
    token.getToken();
    List<String> groups = directory.groupsOf(user.getName());
    return new Session(user.getName(), directory.name(user.getName()), banner, Sight.isAsked(groups),
        Sight.overAllTeams(groups) || !Sight.managedTeams(groups).isEmpty() || Sight.isOperations(groups));
  }

  /** The card lines of up to 200 tasks, in one answer; tasks not in sight of the user are left out. */
  @GetMapping("/cards")
  List<Card> cards(@RequestParam List<String> tasks, Principal user) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    String[] asked = tasks.stream().limit(CARDS_AT_ONCE).toArray(String[]::new);
    List<Task> seen = taskList.seenBy(user.getName(), directory.groupsOf(user.getName()),
        query -> query.taskIdIn(asked).listPage(0, CARDS_AT_ONCE));
    if (seen.isEmpty()) {
      return List.of();
    }
    Map<String, Map<String, Object>> references = new HashMap<>();
    Map<UUID, String> instanceOf = new HashMap<>();
    for (VariableInstance variable : runtime.createVariableInstanceQuery()
        .processInstanceIdIn(seen.stream().map(Task::getProcessInstanceId).distinct().toArray(String[]::new))
        .variableNameIn("contactRef", "caseRef", "subjectRef", "clockRef", "lateClockRef").list()) {
      if (variable.getValue() == null) {
        // a called process gets what its caller has, and that may be nothing
        continue;
      }
      if (variable.getName().endsWith("lockRef")) {
        instanceOf.put(UUID.fromString((String) variable.getValue()), variable.getProcessInstanceId());
      } else if (variable.getExecutionId().equals(variable.getProcessInstanceId())) {
        references.computeIfAbsent(variable.getProcessInstanceId(), id -> new HashMap<>())
            .put(variable.getName(), variable.getValue());
      }
    }
    Map<String, List<Clocks.Running>> running = clocks.all(instanceOf.keySet()).stream()
        .collect(Collectors.groupingBy(one -> instanceOf.get(one.id())));
    Instant now = clock.instant();
    return seen.stream().map(task -> {
      String instance = task.getProcessInstanceId();
      Matter matter = matters.of(references.getOrDefault(instance, Map.of()), user.getName());
      return card(task, matter, running.getOrDefault(instance, List.of()), now);
    }).toList();
  }

  /** The clock of a task is the one that falls due with it; a question about what is late is as grave as what it is about. */
  private Card card(Task task, Matter matter, List<Clocks.Running> running, Instant now) {
    CaseFile.Card card = file.card(matter.caseId(), matter.contactId());
    Instant due = task.getDueDate() == null ? null : task.getDueDate().toInstant();
    boolean late = due != null && now.isAfter(due);
    List<Clocks.Running> its = running.stream().filter(one -> one.dueAt().equals(due)).toList();
    boolean amber = due != null && !late && its.stream().anyMatch(one -> !now.isBefore(one.amberAt()));
    DeadlineClass grave = (its.isEmpty() ? running : its).stream().map(Clocks.Running::deadlineClass).min(Comparator.naturalOrder())
        .orElse(DeadlineClass.STATUTORY);
    return new Card(task.getId(), card.children(), card.reference(), task.getName(), due, amber, late ? lateness.by(grave, due, now) : null,
        intake.notFor(task.getName(), matter).orElse(null));
  }

  /** The case of a task, or of a reference, whole, for those who may see the family; written down as read. */
  @GetMapping("/{subject:tasks|cases}/{id}/case")
  CaseFile.File file(@PathVariable String subject, @PathVariable String id, Principal user) {
    TaskList.Entry on = taskList.on(subject, id, user);
    Matter matter = on.matter();
    if (!sight.maySee(on.groups(), matter.caseId(), matter.contactId())) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "The case file is for the team that holds the case. "
          + "Your task shows what you need.");
    }
    return file.open(matter.caseId(), matter.contactId(), on.user(), Words.sentence(sight.holder(matter.caseId(), matter.contactId())),
        sight.mayChange(on.groups(), matter.caseId(), matter.contactId()), directory::name,
        code -> Words.sentence(addressBook.called(code)))
        .late(one -> lateness.by(DeadlineClass.valueOf(one.grave().toUpperCase(Locale.ROOT)), one.due(),
            one.met() == null ? clock.instant() : one.met()));
  }

  record Sought(String text) {}

  record Found(String reference, List<String> children, String team) {}

  /** The families a user may see that answer to a reference or a name; asked by POST, so that no name stands in an address. */
  @PostMapping("/find")
  List<Found> find(@RequestBody Sought sought, Principal user) {
    List<String> groups = directory.groupsOf(user.getName());
    String text = sought.text() == null ? "" : sought.text().strip();
    return (text.length() < 2 ? List.<UUID>of() : file.find(text)).stream()
        .filter(caseId -> sight.maySee(groups, caseId, null)).limit(20)
        .map(caseId -> new Found(file.card(caseId, null).reference(), file.card(caseId, null).children(),
            Words.sentence(sight.holder(caseId, null)))).toList();
  }

  /** Keeps what is typed in a task's form and not handed in yet. */
  @PutMapping("/tasks/{taskId}/draft")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@PathVariable String taskId, @RequestBody Map<String, Object> fields, Principal user) {
    TaskList.Entry on = taskList.task(taskId, user);
    fields.keySet().retainAll(intake.keys(taskId));
    drafts.keep(taskId, on.user(), fields);
  }

  /** The page that follows: the user's next task on the same contact, or case where there is none, after a hand-in or a start. */
  @GetMapping("/next")
  ResponseEntity<TaskList.Next> next(@RequestParam(required = false) String after, @RequestParam(required = false) String started,
      Principal user) {
    String instance = started;
    if (after != null) {
      HistoricTaskInstance done = history.createHistoricTaskInstanceQuery().taskId(after).singleResult();
      instance = done == null ? null : done.getProcessInstanceId();
    }
    VariableInstance about = instance == null ? null : runtime.createVariableInstanceQuery().processInstanceIdIn(instance)
        .variableNameIn("contactRef", "caseRef").list().stream().filter(reference -> reference.getValue() != null)
        // the contact is nearer to what was just done than everything about its family
        .max(Comparator.comparing(VariableInstance::getName)).orElse(null);
    if (about == null) {
      return ResponseEntity.noContent().build();
    }
    List<Task> waiting = taskList.seenBy(user.getName(), directory.groupsOf(user.getName()), query -> query
        .processVariableValueEquals(about.getName(), about.getValue()).taskAssignee(user.getName()).listPage(0, 1));
    return waiting.isEmpty() ? ResponseEntity.noContent().build() : ResponseEntity.ok(new TaskList.Next(waiting.get(0).getId()));
  }
}
