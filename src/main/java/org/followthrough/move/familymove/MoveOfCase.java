package org.followthrough.move.familymove;

import org.followthrough.family.CaseProcess;
import org.followthrough.move.Moves;
import org.followthrough.page.Refusal;
import org.springframework.stereotype.Component;

/** The move of a family, as part of its case. */
@Component
class MoveOfCase implements CaseProcess {

  private final Moves moves;

  MoveOfCase(Moves moves) {
    this.moves = moves;
  }

  @Override
  public String process() {
    return "family-move";
  }

  @Override
  public void ending(EndedEarly early) {
    if (moves.get(early.subjectId()).acceptance().passedAt() != null) {
      throw new Refusal("how", "The family was handed over already. If it comes back, that is a move of its own.");
    }
  }
}
