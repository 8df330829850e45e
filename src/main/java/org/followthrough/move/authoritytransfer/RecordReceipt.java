package org.followthrough.move.authoritytransfer;

import java.util.Map;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** Somebody there, by name, has the pack; from then on their answer is awaited. */
@Component
class RecordReceipt implements Step {

  private final Transfers transfers;
  private final Moves moves;
  private final Chronology chronology;

  RecordReceipt(Transfers transfers, Moves moves, Chronology chronology) {
    this.transfers = transfers;
    this.moves = moves;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().text("receivedBy").happened();
  }

  @Override
  public String event() {
    return "Receipt recorded";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return transfers.shows(matter);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    moves.received(matter.subjectId(), typed.text("receivedBy"), typed.happenedAt());
    chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.ANSWER_ASKED, typed.recordedAt(),
        matter.user(), null)
        .about(matter.subjectId()).happened(typed.happenedAt()));
    return Map.of();
  }
}
