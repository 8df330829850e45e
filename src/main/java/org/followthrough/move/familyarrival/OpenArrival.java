package org.followthrough.move.familyarrival;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Families;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.springframework.stereotype.Component;

/** The announcement becomes a contact of the front door. A family that has its case here already needs nobody to look for it. */
@Component
class OpenArrival implements JavaDelegate {

  private final Arrivals arrivals;
  private final Moves moves;
  private final Families families;
  private final Stays stays;
  private final Clock clock;

  OpenArrival(Arrivals arrivals, Moves moves, Families families, Stays stays, Clock clock) {
    this.arrivals = arrivals;
    this.moves = moves;
    this.families = families;
    this.stays = stays;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID id = UUID.fromString((String) execution.getVariable("subjectRef"));
    String contact = arrivals.open(id, clock.instant(), "system");
    Move move = moves.get(id);
    boolean known = move.caseId() != null;
    execution.setVariable("contactRef", contact);
    execution.setVariable("familyKnownHere", known);
    execution.setVariable("onlyAStay", move.destination().onlyForATime());
    if (known) {
      execution.setVariable("caseRef", families.reference(move.caseId()));
      stays.record(move);
    }
    execution.setProcessBusinessKey(known ? families.reference(move.caseId()) : contact);
  }
}
