package org.followthrough.tasklist;

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.followthrough.record.CaseFile;
import org.followthrough.record.Contacts;
import org.followthrough.record.Words;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a manager is asked about, one line to a family: three siblings unseen are one line, and a child in danger is never
 * below a missing receipt.
 */
@RestController
class LateApi {

  /** One thing that is late: the task that asks, what it is, since when, and how grave that is. */
  record Item(String taskId, String what, Instant since, String grave) {}

  /**
   * Everything that is late about one family.
   *
   * @param children their first names; empty for whoever may not see the family
   * @param items the gravest first, of those the one that is late the longest
   */
  record Line(String reference, List<String> children, List<Item> items) {}

  /** A question, and the clock that it is about. */
  private record Asked(String taskId, Clocks.Running late) {

    Item item() {
      return new Item(taskId, Words.label(late.obligation()), late.dueAt(), late.deadlineClass().spelling());
    }
  }

  private static final Comparator<Asked> WORST_FIRST =
      Comparator.<Asked, DeadlineClass>comparing(asked -> asked.late().deadlineClass()).thenComparing(asked -> asked.late().dueAt());

  private final Desk desk;
  private final Directory directory;
  private final RuntimeService runtime;
  private final Clocks clocks;
  private final CaseFile file;
  private final Contacts contacts;
  private final int most;

  LateApi(Desk desk, Directory directory, RuntimeService runtime, Clocks clocks, CaseFile file, Contacts contacts,
      @Value("${camunda.bpm.generic-properties.properties.queryMaxResultsLimit}") int most) {
    this.desk = desk;
    this.directory = directory;
    this.runtime = runtime;
    this.clocks = clocks;
    this.file = file;
    this.contacts = contacts;
    this.most = most;
  }

  /** The open questions of whoever is signed in, a line to each family, the worst on top; what it shows of a family is written down as read. */
  @GetMapping("/api/overdue")
  List<Line> overdue(Principal user) {
    List<String> groups = directory.groupsOf(user.getName());
    List<Asked> asked = asked(desk.seenBy(user.getName(), groups, query -> query.processDefinitionKey("escalation").listPage(0, most)));
    Map<UUID, CaseFile.Held> families = file.cards(asked.stream().map(one -> one.late().caseId()).filter(id -> id != null).collect(Collectors.toSet()))
        .stream().collect(Collectors.toMap(CaseFile.Held::caseId, family -> family));
    Map<Object, List<Asked>> byFamily = new LinkedHashMap<>();
    asked.stream().sorted(WORST_FIRST).forEach(one ->
        byFamily.computeIfAbsent(one.late().caseId() == null ? one.late().contactId() : one.late().caseId(), family -> new ArrayList<>()).add(one));
    Set<UUID> shown = new HashSet<>();
    // in the order of the worst of each: the map keeps in which order its families came
    List<Line> lines = byFamily.values().stream().map(items -> line(items, families.get(items.get(0).late().caseId()), groups, shown)).toList();
    file.looked(user.getName(), "late in my families", shown);
    return lines;
  }

  private Line line(List<Asked> items, CaseFile.Held family, List<String> groups, Set<UUID> shown) {
    List<Item> late = items.stream().map(Asked::item).toList();
    if (family == null) {
      return new Line(contacts.byId(items.get(0).late().contactId()).reference(), List.of(), late);
    }
    boolean sees = Sight.maySee(groups, family.teams());
    if (sees) {
      shown.add(family.caseId());
    }
    return new Line(family.card().reference(), sees ? family.card().children() : List.of(), late);
  }

  private List<Asked> asked(List<Task> questions) {
    if (questions.isEmpty()) {
      return List.of();
    }
    Map<String, UUID> clockOf = runtime.createVariableInstanceQuery()
        .processInstanceIdIn(questions.stream().map(Task::getProcessInstanceId).toArray(String[]::new)).variableName("lateClockRef").listPage(0, most).stream()
        .collect(Collectors.toMap(VariableInstance::getProcessInstanceId, reference -> UUID.fromString((String) reference.getValue()), (one, same) -> one));
    Map<UUID, Clocks.Running> late = clocks.all(Set.copyOf(clockOf.values())).stream().collect(Collectors.toMap(Clocks.Running::id, clock -> clock));
    return questions.stream().map(question -> new Asked(question.getId(), late.get(clockOf.get(question.getProcessInstanceId())))).toList();
  }
}
