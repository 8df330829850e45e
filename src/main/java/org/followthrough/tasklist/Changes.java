package org.followthrough.tasklist;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.engine.LostRaceRetry;
import org.followthrough.family.Families;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.people.Sight;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The menus of the Case tab: <i>Do something for this family…</i>, what everybody may begin who works with it, and
 * <i>Change this case…</i>, what a manager may correct, take back, end, split or join.
 */
@RestController
@RequestMapping("/api/{subject:tasks|cases}/{id}/changes")
class Changes {

  /** What the menu shows of a change. */
  record Offered(boolean acting, String id, String label, String help, List<Change.Field> fields) {}

  private final TaskList taskList;
  private final Sight sight;
  private final Families families;
  private final Acts acts;
  private final WorkChanges workChanges;
  private final FamilyChanges familyChanges;
  private final LostRaceRetry lostRaces;
  private final Clock clock;

  Changes(TaskList taskList, Sight sight, Families families, Acts acts, WorkChanges workChanges, FamilyChanges familyChanges,
      LostRaceRetry lostRaces, Clock clock) {
    this.taskList = taskList;
    this.sight = sight;
    this.families = families;
    this.acts = acts;
    this.workChanges = workChanges;
    this.familyChanges = familyChanges;
    this.lostRaces = lostRaces;
    this.clock = clock;
  }

  @GetMapping
  List<Offered> offered(@PathVariable String subject, @PathVariable String id, Principal user) {
    return changes(worker(subject, id, user)).stream()
        .map(change -> new Offered(change.acting(), change.id(), change.label(), change.help(), change.fields())).toList();
  }

  /** What came of a change: the page that it has opened for this user, or null; and what else the user must know, a sentence each. */
  record Done(String taskId, List<String> said) {}

  /** Does it, and answers what came of it, if anything has. */
  @PostMapping("/{changeId}")
  ResponseEntity<Done> change(@PathVariable String subject, @PathVariable String id, @PathVariable String changeId,
      @RequestBody Map<String, Object> fields, Principal user) {
    TaskList.Entry on = worker(subject, id, user);
    Change change = changes(on).stream().filter(offered -> offered.id().equals(changeId)).findFirst()
        .orElseThrow(() -> new Refusal("This change is not possible any more. Close the menu and look at the case again."));
    Submission typed = new Submission(on.matter(), clock.instant(), null, fields);
    for (Change.Field field : change.fields()) {
      if (typed.text(field.key()) == null && typed.choices(field.key()).isEmpty()) {
        if (field.required()) {
          throw new Refusal(field.key(), "“" + field.label() + "” is empty. Fill it in.");
        }
        continue;
      }
      if (typed.text(field.key()) != null && typed.text(field.key()).length() > 100_000) {
        throw new Refusal(field.key(), "“" + field.label() + "” is too long.");
      }
      List<String> chosen = field.type().equals("select") ? List.of(typed.text(field.key())) : typed.choices(field.key());
      if (!field.options().isEmpty() && !field.options().stream().map(Option::value).toList().containsAll(chosen)) {
        throw new Refusal(field.key(), "“" + field.label() + "” holds a choice that is not offered. Choose again.");
      }
    }
    // a worker may hand in at the same instant
    List<String> said = lostRaces.untilWon(() -> change.apply().apply(on, typed));
    String begun = change.acting() ? begun(on, typed.recordedAt()).orElse(null) : null;
    return begun == null && said.isEmpty() ? ResponseEntity.noContent().build() : ResponseEntity.ok(new Done(begun, said));
  }

  private Optional<String> begun(TaskList.Entry on, Instant since) {
    return taskList.seenBy(on.user(), on.groups(), query -> query
            .processVariableValueEquals("caseRef", families.reference(on.matter().caseId()))
            .taskCreatedAfter(Date.from(since.minusMillis(1))).orderByTaskCreateTime().desc().listPage(0, 1))
        .stream().findFirst().map(Task::getId);
  }

  private TaskList.Entry worker(String subject, String id, Principal user) {
    TaskList.Entry on = taskList.on(subject, id, user);
    if (!sight.maySee(on.groups(), on.matter().caseId(), on.matter().contactId())) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Only the team that holds the case may do this.");
    }
    return on;
  }

  private List<Change> changes(TaskList.Entry on) {
    List<Change> changes = new ArrayList<>(acts.offered(on.matter()));
    if (sight.mayChange(on.groups(), on.matter().caseId(), on.matter().contactId())) {
      changes.addAll(workChanges.corrections(on));
      changes.addAll(familyChanges.corrections(on));
    }
    return changes;
  }
}
