package org.followthrough.tasklist;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.deadline.Redating;
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
import org.followthrough.referral.Contacts;
import org.followthrough.referral.Decisions;
import org.springframework.stereotype.Component;

/** What a manager may correct of the work itself: when something happened, a decision that was taken, work that was begun. */
@Component
class WorkChanges {

  private static final List<Option> WHY_ENDED = List.of(new Option("Withdrawn by the referrer", "withdrawn"),
      new Option("No longer needed", "no-longer-needed"), new Option("Recorded in error", "recorded-in-error"));

  private final Families families;
  private final Contacts contacts;
  private final Decisions decisions;
  private final Chronology chronology;
  private final Corrections corrections;
  private final Redating redating;
  private final ProcessInstances instances;
  private final List<CaseProcess> processes;

  WorkChanges(Families families, Contacts contacts, Decisions decisions, Chronology chronology, Corrections corrections, Redating redating,
      ProcessInstances instances, List<CaseProcess> processes) {
    this.families = families;
    this.contacts = contacts;
    this.decisions = decisions;
    this.chronology = chronology;
    this.corrections = corrections;
    this.redating = redating;
    this.instances = instances;
    this.processes = processes;
  }

  List<Change> corrections(TaskList.Entry on) {
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
}
