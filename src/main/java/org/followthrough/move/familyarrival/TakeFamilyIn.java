package org.followthrough.move.familyarrival;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Families;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves;
import org.springframework.stereotype.Component;

/** Puts the family into its case; our team works with the children from now on, and the other authority goes on holding them. */
@Component
class TakeFamilyIn implements JavaDelegate {

  private final Arrivals arrivals;
  private final Moves moves;
  private final Families families;
  private final Stays stays;
  private final Clock clock;

  TakeFamilyIn(Arrivals arrivals, Moves moves, Families families, Stays stays, Clock clock) {
    this.arrivals = arrivals;
    this.moves = moves;
    this.families = families;
    this.stays = stays;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID move = UUID.fromString((String) execution.getVariable("subjectRef"));
    String chosen = (String) execution.getVariable("chosenFamily");
    UUID known = chosen.equals(MatchFamily.NEW_FAMILY) ? null : families.idOf(chosen).orElseThrow();
    String reference = families.reference(arrivals.settle(move, known, (String) execution.getVariable("chosenTeam"),
        clock.instant(), "system"));
    execution.setVariable("caseRef", reference);
    execution.setProcessBusinessKey(reference);
    stays.record(moves.get(move));
  }
}
