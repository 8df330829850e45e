package org.followthrough.tasklist;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.Lateness;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Matter;
import org.followthrough.page.Matters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the cards of the task list say beside the name of each task. */
@RestController
@RequestMapping("/api")
class CardsApi {

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
  private final FormIntake intake;
  private final Matters matters;
  private final Clocks clocks;
  private final Lateness lateness;
  private final RuntimeService runtime;
  private final Clock clock;

  CardsApi(TaskList taskList, CaseFile file, FormIntake intake, Matters matters, Clocks clocks, Lateness lateness, RuntimeService runtime,
      Clock clock) {
    this.taskList = taskList;
    this.file = file;
    this.intake = intake;
    this.matters = matters;
    this.clocks = clocks;
    this.lateness = lateness;
    this.runtime = runtime;
    this.clock = clock;
  }

  /** The card lines of up to 200 tasks, in one answer; tasks not in sight of the user are left out. */
  @GetMapping("/cards")
  List<Card> cards(@RequestParam List<String> tasks, Principal user) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    String[] asked = tasks.stream().limit(CARDS_AT_ONCE).toArray(String[]::new);
    List<Task> seen = taskList.seenBy(user, query -> query.taskIdIn(asked).listPage(0, CARDS_AT_ONCE));
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
    boolean amber = due != null && !late && its.stream().anyMatch(one -> !now.isBefore(one.counted().amberAt()));
    DeadlineClass grave = (its.isEmpty() ? running : its).stream().map(one -> one.rule().deadlineClass()).min(Comparator.naturalOrder())
        .orElse(DeadlineClass.STATUTORY);
    return new Card(task.getId(), card.children(), card.reference(), task.getName(), due, amber, late ? lateness.by(grave, due, now) : null,
        intake.notFor(task.getName(), matter).orElse(null));
  }
}
