package org.followthrough.support.childinneed;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.protection.Assessments;
import org.followthrough.referral.Contacts;
import org.followthrough.support.Supports;
import org.springframework.stereotype.Component;

/** Begins help for the children who need it, as far as is known; whoever arranges it says the rest. */
@Component
class OpenSupport implements JavaDelegate {

  private final Supports supports;
  private final Assessments assessments;
  private final Meetings meetings;
  private final Contacts contacts;
  private final Families families;
  private final Chronology chronology;
  private final ProcessInstances instances;
  private final Clock clock;

  OpenSupport(Supports supports, Assessments assessments, Meetings meetings, Contacts contacts, Families families, Chronology chronology,
      ProcessInstances instances, Clock clock) {
    this.supports = supports;
    this.assessments = assessments;
    this.meetings = meetings;
    this.contacts = contacts;
    this.families = families;
    this.chronology = chronology;
    this.instances = instances;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    String contactRef = (String) execution.getVariable("contactRef");
    UUID contactId = contactRef == null ? null : contacts.idOf(contactRef).orElseThrow();
    UUID before = Optional.ofNullable((String) execution.getVariable("subjectRef")).map(UUID::fromString).orElse(null);
    boolean graver = before != null && assessments.find(before).isEmpty();
    Supports.Begun begun = supports.begin(need(caseId, contactId, before, graver), graver, clock.instant());
    execution.setVariable("supportUnderWayAlready", begun.support().isEmpty());
    Chronology.Line joined = Chronology.Line.fact(contactId, caseId, null, "Support joined", clock.instant(), "system", null).about(before);
    if (begun.support().isEmpty()) {
      chronology.add(joined);
      return;
    }
    UUID support = begun.support().get();
    execution.setVariable("subjectRef", support.toString());
    Instant since = before != null ? clock.instant() : chronology.when(Events.RESPONSE_DECIDED, contactId, caseId, null)
        .orElse(clock.instant());
    chronology.add(joined.named(Events.SUPPORT_NEEDED).about(support).happened(since));
    // help that has lost its last child to this one is over
    instances.end("SupportWithdrawn", families.references(caseId), begun.replaced());
  }

  /** After a contact its early help, after an assessment, an enquiry or a conference what each of them named for each child. */
  private Supports.Need need(UUID caseId, UUID contactId, UUID before, boolean graver) {
    if (before == null) {
      return new Supports.Need(caseId, contactId, null, Supports.EARLY_HELP, supports.decidedOn(contactId));
    }
    if (graver) {
      String kind = meetings.isReview(before) ? Supports.STEP_DOWN : Supports.CHILD_IN_NEED;
      return new Supports.Need(caseId, contactId, before, kind, supports.namedBy(before, caseId));
    }
    List<UUID> inNeed = supports.decidedAfter(before, Supports.CHILD_IN_NEED);
    List<UUID> early = supports.decidedAfter(before, Supports.EARLY_HELP);
    return new Supports.Need(caseId, contactId, before, inNeed.isEmpty() ? Supports.EARLY_HELP : Supports.CHILD_IN_NEED,
        Stream.concat(inNeed.stream(), early.stream()).toList());
  }
}
