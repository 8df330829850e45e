package org.followthrough.tasklist;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.followthrough.childdeath.ChildDeath;
import org.followthrough.engine.CaseSplits;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.people.Deputies;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.stereotype.Component;

/** What a manager may change of the family and of who does its tasks: split, join, a legal status, a death, whose task it is, a deputy. */
@Component
class FamilyChanges {

  private final Families families;
  private final Sight sight;
  private final CaseSplits splits;
  private final ProcessInstances instances;
  private final PlanChanges planChanges;
  private final TaskChanges taskChanges;
  private final Directory directory;
  private final Deputies deputies;

  FamilyChanges(Families families, Sight sight, CaseSplits splits, ProcessInstances instances, PlanChanges planChanges,
      TaskChanges taskChanges, Directory directory, Deputies deputies) {
    this.families = families;
    this.sight = sight;
    this.splits = splits;
    this.instances = instances;
    this.planChanges = planChanges;
    this.taskChanges = taskChanges;
    this.directory = directory;
    this.deputies = deputies;
  }

  List<Change> corrections(TaskList.Entry on) {
    List<Change> changes = new ArrayList<>(on.matter().caseId() == null ? List.of() : ofTheFamily(on.matter()));
    changes.addAll(taskChanges.corrections(on));
    changes.add(Change.correcting("deputy", "Name a deputy for me",
        "Until then they get and do the same tasks as you.",
        List.of(Change.Field.select("deputy", "Who", directory.everyone(on.user())),
            Change.Field.datetime("until", "Until")), (entry, typed) ->
                deputies.name(entry.user(), typed.text("deputy"), typed.moment("until"))));
    return changes;
  }

  private List<Change> ofTheFamily(Matter matter) {
    List<Option> children = families.children(matter.caseId());
    List<Change> changes = new ArrayList<>(List.of(
        Change.correcting("split", "Split the case", "The children you tick get a linked case of their own, with everyone "
            + "around them. Their plans, visits and actions go along; work that is about both stays here.",
            List.of(Change.Field.checklist("children", "Children who leave this case", children),
                Change.Field.reason("Why their paths part")),
            (on, typed) -> splits.split(matter.caseId(), typed.choices("children").stream().map(UUID::fromString).toList(), List.of(),
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
