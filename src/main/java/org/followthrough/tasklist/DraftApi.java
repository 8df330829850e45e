package org.followthrough.tasklist;

import java.security.Principal;
import java.util.Map;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Drafts;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The drafts that our screens in Tasklist keep. */
@RestController
@RequestMapping("/api")
class DraftApi {

  private final TaskList taskList;
  private final FormIntake intake;
  private final Drafts drafts;

  DraftApi(TaskList taskList, FormIntake intake, Drafts drafts) {
    this.taskList = taskList;
    this.intake = intake;
    this.drafts = drafts;
  }

  /** Keeps what is typed in a task's form and not handed in yet. */
  @PutMapping("/tasks/{taskId}/draft")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@PathVariable String taskId, @RequestBody Map<String, Object> fields, Principal user) {
    TaskList.Entry on = taskList.task(taskId, user);
    fields.keySet().retainAll(intake.keys(taskId));
    drafts.keep(taskId, on.user(), fields);
  }
}
