package org.followthrough.move.teamtransfer;

import java.util.Map;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** The other team's answer: this worker takes the family on, or why not (learning points K-26, P-31). */
@Component
class TakeFamilyOn implements Step {

  private final Moves moves;
  private final Directory directory;
  private final Handover handover;

  TakeFamilyOn(Moves moves, Directory directory, Handover handover) {
    this.moves = moves;
    this.directory = directory;
    this.handover = handover;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("takenOn").choiceFrom("workers", "worker").text("refusedWhy").happened();
  }

  @Override
  public String event() {
    return "Family taken on";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("takenOn") ? event() : "Handover refused";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = handover.shows(matter);
    shown.put("workers", directory.members(moves.get(matter.subjectId()).other().team() + ".social-worker"));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    boolean takenOn = typed.yes("takenOn");
    if (takenOn) {
      typed.demand("worker", "Say who of your team takes the family on.");
      moves.answered(typed.matter().subjectId(), Moves.TAKEN_ON, null, null, typed.text("worker"), typed.happenedAt());
    } else {
      typed.demand("refusedWhy", "Say why your team does not take the family on.");
      moves.answered(typed.matter().subjectId(), Moves.REFUSED, typed.text("refusedWhy"), null, null, typed.happenedAt());
    }
    return Map.of("familyTakenOn", takenOn);
  }
}
