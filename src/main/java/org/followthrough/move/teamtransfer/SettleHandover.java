package org.followthrough.move.teamtransfer;

import java.util.Map;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** Where two managers do not agree, the one above both decides; the family stays where it is meanwhile (learning point P-14). */
@Component
class SettleHandover implements Step {

  private final Moves moves;
  private final Chronology chronology;
  private final Handover handover;

  SettleHandover(Moves moves, Chronology chronology, Handover handover) {
    this.moves = moves;
    this.chronology = chronology;
    this.handover = handover;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("goesAhead").happened();
  }

  @Override
  public String event() {
    return "Handover settled";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = handover.shows(matter);
    shown.put("refusedText", Words.escaped(moves.get(matter.subjectId()).reply().why()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    boolean goesAhead = typed.yes("goesAhead");
    if (goesAhead) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.ANSWER_ASKED, typed.recordedAt(),
          matter.user(), null)
          .about(matter.subjectId()));
    } else {
      moves.end(matter.subjectId(), Moves.STAYED, typed.recordedAt());
    }
    return Map.of("handoverGoesAhead", goesAhead, "responsibilityPassed", false);
  }
}
