package org.followthrough.move.authoritytransfer;

import java.util.Map;
import org.followthrough.family.Chronology;
import org.followthrough.move.Handovers;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** They take the family on, and who does; or they do not, and why. */
@Component
class RecordAnswer implements Step {

  private final Transfers transfers;
  private final Moves moves;
  private final Handovers handovers;
  private final Chronology chronology;

  RecordAnswer(Transfers transfers, Moves moves, Handovers handovers, Chronology chronology) {
    this.transfers = transfers;
    this.moves = moves;
    this.handovers = handovers;
    this.chronology = chronology;
  }

  /** What the chronology calls it that they take the family on: their clocks run by where they are. */
  static String takenOn(Move move) {
    return switch (move.destination().kind()) {
      case "england-or-wales" -> "Taken on in England or Wales";
      case "scotland" -> "Taken on in Scotland";
      case "northern-ireland" -> "Taken on in Northern Ireland";
      default -> "Taken on elsewhere";
    };
  }

  @Override
  public Reads reads() {
    return new Reads().either("answer", Moves.TAKEN_ON, Moves.REFUSED).text("theirWorker", "answerWhy").happened();
  }

  @Override
  public String event() {
    return "Answer recorded";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return transfers.shows(matter);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    boolean takenOn = typed.is("answer", Moves.TAKEN_ON);
    if (!takenOn) {
      typed.demand("answerWhy", "Say why they do not take the family on; it is what the two authorities will talk over.");
    }
    moves.answered(matter.subjectId(), typed.text("answer"), typed.text("answerWhy"), typed.text("theirWorker"), null, typed.happenedAt());
    if (takenOn) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, takenOn(transfers.move(matter)),
          typed.recordedAt(), matter.user(), null)
          .about(matter.subjectId()).happened(typed.happenedAt()));
    }
    return Map.of("takenOnThere", takenOn, "transferConferenceNeeded", handovers.conferenceFirst(matter.subjectId()));
  }
}
