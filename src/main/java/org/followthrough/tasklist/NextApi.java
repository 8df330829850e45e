package org.followthrough.tasklist;

import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which page opens by itself after another. */
@RestController
@RequestMapping("/api")
class NextApi {

  private final TaskList taskList;
  private final RuntimeService runtime;
  private final HistoryService history;

  NextApi(TaskList taskList, RuntimeService runtime, HistoryService history) {
    this.taskList = taskList;
    this.runtime = runtime;
    this.history = history;
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
    List<Task> waiting = taskList.seenBy(user, query -> query
        .processVariableValueEquals(about.getName(), about.getValue()).taskAssignee(user.getName()).listPage(0, 1));
    return waiting.isEmpty() ? ResponseEntity.noContent().build() : ResponseEntity.ok(new TaskList.Next(waiting.get(0).getId()));
  }
}
