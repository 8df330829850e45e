package org.followthrough.tasklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Deadline;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What people may ask of conferences outside any page: that one meets earlier, or that a dissent is answered. */
@Component
@Order(3)
class ConferenceActs implements Offers {

  private final Conferences conferences;
  private final Families families;
  private final Chronology chronology;
  private final Deadline deadline;
  private final Redating redating;
  private final ProcessInstances instances;
  private final Agencies agencies;

  ConferenceActs(Conferences conferences, Families families, Chronology chronology, Deadline deadline, Redating redating,
      ProcessInstances instances, Agencies agencies) {
    this.conferences = conferences;
    this.families = families;
    this.chronology = chronology;
    this.deadline = deadline;
    this.redating = redating;
    this.instances = instances;
    this.agencies = agencies;
  }

  @Override
  public List<Change> offered(Matter matter) {
    List<Change> acts = new ArrayList<>();
    if (matter.caseId() != null && conferences.openReview(matter.caseId()).isPresent()) {
      acts.add(Change.acting("earlier-review", "Ask for an earlier review conference",
          "The day by which it must be held moves, and the conference service sees it.",
          List.of(Change.Field.reason("Why it cannot wait")), this::earlierReview));
    }
    List<Option> held = matter.caseId() == null ? List.of() : conferences.heldOf(matter.caseId());
    if (!held.isEmpty()) {
      List<Option> children = families.children(matter.caseId());
      acts.add(Change.acting("dissent", "Write down a formal dissent",
          "Somebody above the conference answers it. What was decided stands meanwhile.",
          List.of(Change.Field.select("conference", "From which conference?", held),
              Change.Field.select("agency", "Which agency dissents?", agencies.offered()),
              Change.Field.text("who", "Who says so?", "Name and role."),
              Change.Field.select("child", "About one child only?", children).ifKnown(),
              Change.Field.reason("What they do not agree with, and why")), this::dissent));
    }
    return acts;
  }

  private void earlierReview(TaskList.Entry on, Submission typed) {
    Matter matter = on.matter();
    // the review may have been held while this was typed
    UUID review = conferences.openReview(matter.caseId())
        .orElseThrow(() -> new Refusal("No review waits to be held any more. Look at the case again."));
    redating.bringForward(Chronology.Line.fact(null, matter.caseId(), null, Events.EARLY_REVIEW_ASKED, typed.recordedAt(),
        on.user(), typed.text("why"))
        .about(review), "An earlier review was asked for");
  }

  private void dissent(TaskList.Entry on, Submission typed) {
    UUID conference = UUID.fromString(typed.text("conference"));
    UUID child = Optional.ofNullable(typed.text("child")).map(UUID::fromString).orElse(null);
    conferences.dissented(conference, typed.text("agency"), typed.text("who"), child, typed.text("why"), typed.recordedAt(), on.user());
    Instant limit = deadline.passes("dissent", "RaiseDissent", conferences.get(conference).heldAt());
    if (typed.recordedAt().isAfter(limit)) {
      // it is answered all the same: being late is no reason not to be heard
      chronology.add(Chronology.Line.fact(null, on.matter().caseId(), child, "Dissent raised late", typed.recordedAt(), on.user(),
          "It could be raised until " + Words.moment(limit) + ".").about(conference));
    }
    instances.begin(Conferences.PROFESSIONAL_DISSENTED, families.reference(on.matter().caseId()),
        Map.of("subjectRef", conference.toString()));
  }
}
