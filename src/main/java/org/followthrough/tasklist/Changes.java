package org.followthrough.tasklist;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.childdeath.ChildDeath;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.LostRaceRetry;
import org.followthrough.engine.Partings;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Chronology;
import org.followthrough.family.Correction;
import org.followthrough.family.Corrections;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Deputies;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.followthrough.referral.Contacts;
import org.followthrough.referral.Decisions;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
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

  /** Why a change was refused, and at which field. */
  record Refused(String message, String field) {}

  private static final List<Option> WHY_ENDED = List.of(new Option("Withdrawn by the referrer", "withdrawn"),
      new Option("No longer needed", "no-longer-needed"), new Option("Recorded in error", "recorded-in-error"));

  private final TaskList taskList;
  private final Sight sight;
  private final Acts acts;
  private final PlanChanges planChanges;
  private final TaskChanges taskChanges;
  private final Families families;
  private final Contacts contacts;
  private final Decisions decisions;
  private final Chronology chronology;
  private final Corrections corrections;
  private final Redating redating;
  private final ProcessInstances instances;
  private final Partings partings;
  private final List<CaseProcess> processes;
  private final Directory directory;
  private final Deputies deputies;
  private final LostRaceRetry lostRaces;
  private final Clock clock;

  Changes(TaskList taskList, Sight sight, Acts acts, PlanChanges planChanges, TaskChanges taskChanges, Families families, Contacts contacts,
      Decisions decisions, Corrections corrections, Chronology chronology, Redating redating, ProcessInstances instances,
      Partings partings, List<CaseProcess> processes, Directory directory, Deputies deputies, LostRaceRetry lostRaces, Clock clock) {
    this.taskList = taskList;
    this.sight = sight;
    this.acts = acts;
    this.planChanges = planChanges;
    this.taskChanges = taskChanges;
    this.families = families;
    this.contacts = contacts;
    this.decisions = decisions;
    this.chronology = chronology;
    this.corrections = corrections;
    this.redating = redating;
    this.instances = instances;
    this.partings = partings;
    this.processes = processes;
    this.directory = directory;
    this.deputies = deputies;
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

  @ExceptionHandler(Refusal.class)
  @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
  Refused refused(Refusal refusal) {
    return new Refused(refusal.getMessage(), refusal.field());
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
      changes.addAll(corrections(on));
    }
    return changes;
  }

  private List<Change> corrections(TaskList.Entry on) {
    Matter matter = on.matter();
    List<Change> changes = new ArrayList<>();
    changes.add(Change.answering("correct-time", "Correct when something happened",
        "The old time stays readable. Every date counted from it moves, with its timer and its tasks.",
        List.of(Change.Field.select("entry", "What", corrections.choices(matter.contactId(), matter.caseId())),
            Change.Field.datetime("happenedAt", "When it really happened"), Change.Field.reason("Why this is corrected")),
        this::correctTime));
    List<Option> decided = matter.contactId() == null ? decisions.standingOf(matter.caseId())
        : decisions.standing(matter.contactId()).isEmpty() ? List.of()
            : List.of(new Option("", contacts.byId(matter.contactId()).reference()));
    if (!decided.isEmpty()) {
      changes.add(Change.correcting("take-back", "Take the decision back",
          "What followed from it is withdrawn, and the contact waits for a decision again.",
          onlyOf("contact", "Which decision", matter.contactId() != null, decided, Change.Field.reason("Why it is taken back")),
          this::takeBack));
    }
    List<Option> running = on.task() != null ? List.of() : running(matter).stream()
        .map(instance -> new Option(instance.name() + (instance.contactRef() == null ? "" : " " + instance.contactRef()), instance.id()))
        .toList();
    if (on.task() != null || !running.isEmpty()) {
      changes.add(Change.correcting("end", "End this work",
          "Its tasks and clocks stop. Nothing recorded is lost.",
          onlyOf("process", "Which work", on.task() != null, running,
              Change.Field.select("how", "It ends because it is", WHY_ENDED), Change.Field.reason("Why")), this::end));
    }
    if (matter.caseId() != null) {
      changes.addAll(ofTheFamily(matter));
    }
    changes.addAll(taskChanges.corrections(on));
    changes.add(Change.correcting("deputy", "Name a deputy for me",
        "Until then they get and do the same tasks as you.",
        List.of(Change.Field.select("deputy", "Who", directory.everyone(on.user())),
            Change.Field.datetime("until", "Until")), (entry, typed) ->
                deputies.name(entry.user(), typed.text("deputy"), typed.moment("until"))));
    return changes;
  }

  /** Asks which one is meant only where the place does not say so already. */
  private static List<Change.Field> onlyOf(String key, String label, boolean known, List<Option> options, Change.Field... fields) {
    List<Change.Field> all = new ArrayList<>(List.of(fields));
    if (!known) {
      all.add(0, Change.Field.select(key, label, options));
    }
    return all;
  }

  private List<ProcessInstances.Running> running(Matter matter) {
    return instances.running(matter.caseId() == null ? List.of(contacts.byId(matter.contactId()).reference())
        : families.references(matter.caseId()));
  }

  private List<Change> ofTheFamily(Matter matter) {
    List<Option> children = families.children(matter.caseId());
    List<Change> changes = new ArrayList<>(List.of(
        Change.correcting("split", "Split the case", "The children you tick get a linked case of their own, with everyone "
            + "around them. Their plans, visits and actions go along; work that is about both stays here.",
            List.of(Change.Field.checklist("children", "Children who leave this case", children),
                Change.Field.reason("Why their paths part")),
            (on, typed) -> partings.part(matter.caseId(), typed.choices("children").stream().map(UUID::fromString).toList(), List.of(),
                typed.text("why"), typed.recordedAt(), on.user())),
        Change.correcting("join", "Join a duplicate", "The other reference stays as an alias of this case.",
            List.of(Change.Field.text("reference", "Reference of the other case", "As CP-2026-000123"),
                Change.Field.reason("How you know it is the same family")),
            (on, typed) -> families.joinInto(matter.caseId(), families.idOf(typed.text("reference").toUpperCase(Locale.ROOT))
                .filter(other -> sight.mayChange(on.groups(), other, null))
                .orElseThrow(() -> new Refusal("reference", "No case of yours has this reference. Check it.")),
                typed.text("why"), typed.recordedAt(), on.user())),
        Change.correcting("legal-status", "Record a legal status", "An order, or section 20; it ends the one before.",
            List.of(Change.Field.select("child", "Child", children), Change.Field.text("status", "Status", "As: interim care order"),
                Change.Field.datetime("since", "Since")),
            (on, typed) -> families.legalStatus(matter.caseId(), UUID.fromString(typed.text("child")), typed.text("status"),
                typed.moment("since"), typed.recordedAt(), on.user())),
        Change.correcting("child-died", "A child has died",
            "Letters, invitations and clocks for this child stop at once. A manager is asked what continues.",
            List.of(Change.Field.select("child", "Child", children), Change.Field.date("diedOn", "Day of death")), this::childDied)));
    changes.addAll(planChanges.corrections(matter));
    if (families.closed(matter.caseId())) {
      changes.add(Change.correcting("reopen", "Reopen the case", "The case is open again from now.",
          List.of(Change.Field.reason("Why")),
          (on, typed) -> families.reopen(matter.caseId(), typed.text("why"), typed.recordedAt(), on.user())));
    }
    return changes;
  }

  private List<String> correctTime(TaskList.Entry on, Submission typed) {
    List<Correction.Moved> moved = corrections.correct(UUID.fromString(typed.text("entry")), typed.moment("happenedAt"), typed.text("why"),
        typed.recordedAt(), on.user());
    String what = moved.get(0).line().what();
    List<String> said = new ArrayList<>(List.of("“" + what + "” now stands at " + Words.moment(moved.get(0).now()) + "."));
    moved.stream().skip(1).map(one -> one.line().what()).filter(one -> !one.equals(what)).distinct()
        .forEach(one -> said.add("“" + one + "” has moved with it."));
    said.addAll(redating.corrected(moved, what + " was corrected: " + typed.text("why")));
    return said;
  }

  private void takeBack(TaskList.Entry on, Submission typed) {
    UUID contact = on.matter().contactId() != null ? on.matter().contactId() : contacts.idOf(typed.text("contact")).orElseThrow();
    decisions.takeBack(contact, typed.text("why"), typed.recordedAt(), on.user());
    if (!instances.tell(Decisions.DECISION_TAKEN_BACK, contacts.byId(contact).reference())) {
      throw new Refusal("why", "The step that follows is done already, so the decision cannot be taken back. Record "
          + "a new contact instead.");
    }
    chronology.add(Chronology.Line.fact(contact, on.matter().caseId(), null, "Decision taken back", typed.recordedAt(),
        on.user(), typed.text("why")));
  }

  private void end(TaskList.Entry on, Submission typed) {
    String how = typed.text("how");
    ProcessInstances.Running instance = on.task() != null ? instances.around(on.task().getProcessInstanceId())
        : running(on.matter()).stream().filter(one -> one.id().equals(typed.text("process"))).findFirst().orElseThrow();
    UUID contact = instance.contactRef() == null ? null : contacts.idOf(instance.contactRef()).orElseThrow();
    CaseProcess.EndedEarly early = new CaseProcess.EndedEarly(on.matter().caseId(), contact, instance.subjectId(),
        instance.personRef() == null ? null : UUID.fromString(instance.personRef()), how, typed.text("why"), typed.recordedAt(), on.user());
    List<CaseProcess> its = processes.stream().filter(one -> one.process().equals(instance.process())).toList();
    its.forEach(one -> one.ending(early));
    chronology.add(Chronology.Line.fact(contact, early.caseId(), null, instance.name() + " ended: "
        + how.replace('-', ' '), typed.recordedAt(), on.user(), typed.text("why")));
    instances.withdraw(instance.id(), how);
    its.forEach(one -> one.ended(early));
  }

  private void childDied(TaskList.Entry on, Submission typed) {
    LocalDate died = typed.date("diedOn");
    if (died.isAfter(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
      throw new Refusal("diedOn", "The day lies in the future. Check it.");
    }
    UUID caseId = on.matter().caseId();
    families.died(caseId, UUID.fromString(typed.text("child")), died, typed.recordedAt(), on.user());
    instances.begin(ChildDeath.CHILD_HAS_DIED, families.reference(caseId), Map.of("personRef", typed.text("child")));
  }
}
