package org.followthrough.exchange;

import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Families;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves;
import org.followthrough.referral.Contacts;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** How processes begin that a message calls for, with the references of the family that moves, and end when it is called off. */
@Component
class Beginnings {

  private final RuntimeService runtime;
  private final Families families;
  private final Contacts contacts;
  private final ProcessInstances instances;

  Beginnings(@Lazy RuntimeService runtime, Families families, Contacts contacts, ProcessInstances instances) {
    this.runtime = runtime;
    this.families = families;
    this.contacts = contacts;
    this.instances = instances;
  }

  /**
   * Begins the process that waits for a message of the models.
   *
   * @param subject what the process is about
   */
  void begin(String message, Moves.Move move, UUID subject) {
    String contactRef = move.contactId() == null ? null : contacts.byId(move.contactId()).reference();
    String caseRef = move.caseId() == null ? null : families.reference(move.caseId());
    runtime.createMessageCorrelation(message).processInstanceBusinessKey(caseRef == null ? contactRef : caseRef)
        .setVariable("contactRef", contactRef).setVariable("caseRef", caseRef).setVariable("subjectRef", subject.toString())
        .correlateStartMessage();
  }

  /** Begins the process of a family that nobody here has heard of: it gives itself the reference of a contact. */
  void beginArrival(UUID move) {
    runtime.createMessageCorrelation(Arrivals.FAMILY_ANNOUNCED).setVariable("subjectRef", move.toString()).correlateStartMessage();
  }

  /** Ends what runs for a move that the others have called off, our conference about it too. */
  void end(Moves.Move move) {
    Stream.of(move.id(), move.conference().id()).filter(Objects::nonNull)
        .forEach(subject -> instances.withdrawAbout(subject, "no-longer-needed"));
  }
}
