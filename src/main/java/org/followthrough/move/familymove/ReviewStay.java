package org.followthrough.move.familymove;

import java.util.Map;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.move.Departures;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** A stay that was meant to be short becomes a move without anybody saying so; here somebody says so (learning point S-18). */
@Component
class ReviewStay implements Step {

  private final Moves moves;
  private final Departures departures;
  private final Chronology chronology;
  private final Journey journey;

  ReviewStay(Moves moves, Departures departures, Chronology chronology, Journey journey) {
    this.moves = moves;
    this.departures = departures;
    this.chronology = chronology;
    this.journey = journey;
  }

  @Override
  public Reads reads() {
    return new Reads().either("stay", "returned", "stays").text("callerReach").happened();
  }

  @Override
  public String event() {
    return "Stay reviewed";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = journey.shows(matter);
    shown.put("connected", moves.get(matter.subjectId()).other().connected());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    boolean returned = typed.is("stay", "returned");
    if (returned) {
      moves.end(matter.subjectId(), Moves.RETURNED, typed.happenedAt());
      return Map.of("familyHasReturned", true);
    }
    Moves.Move before = moves.get(matter.subjectId());
    if (before.other().connected()) {
      typed.demand("callerReach", "The other authority knows of a stay only. Say how they reach you, "
          + "and they are told that it is for good.");
    }
    moves.forGood(matter.subjectId());
    Moves.Move move = moves.get(matter.subjectId());
    // that they stay is news of its own: what follows counts from here
    chronology.add(WeighUpMove.line(typed, "Move learned").happened(typed.happenedAt()));
    if (move.toTeam()) {
      chronology.add(WeighUpMove.line(typed, Events.ANSWER_ASKED));
    }
    journey.announce(move, "for-good", typed.text("callerReach"), departures.adultsAtHome(matter.caseId()), typed.recordedAt(),
        matter.user());
    return Map.of("familyHasReturned", false, "whichWay", WeighUpMove.way(move));
  }
}
