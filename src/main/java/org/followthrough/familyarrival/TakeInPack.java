package org.followthrough.familyarrival;

import java.util.HashMap;
import java.util.Set;
import java.util.Map;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.followthrough.record.Chronology;
import org.followthrough.record.Handovers;
import org.followthrough.record.Matter;
import org.followthrough.record.Messages;
import org.followthrough.record.Moves.Move;
import org.followthrough.record.Moves;
import org.followthrough.record.PackTray;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
import org.followthrough.record.Words;
import org.springframework.stereotype.Component;

/** Everything that the other authority knows. Who has it says so, and the answer is asked from then on. */
@Component
class TakeInPack implements Step {

  private final Moves moves;
  private final PackTray tray;
  private final Handovers handovers;
  private final Messages messages;
  private final Chronology chronology;
  private final Directory directory;
  private final AddressBook book;

  TakeInPack(Moves moves, PackTray tray, Handovers handovers, Messages messages, Chronology chronology, Directory directory, AddressBook book) {
    this.moves = moves;
    this.tray = tray;
    this.handovers = handovers;
    this.messages = messages;
    this.chronology = chronology;
    this.directory = directory;
    this.book = book;
  }

  @Override
  public String event() {
    return "Pack received";
  }

  /** The pack is read where it lies, never in the chronology. */
  @Override
  public Set<String> keptApart() {
    return Set.of("pack", "sha256");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Move move = moves.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("fromText", "**" + Words.escaped(book.called(move.authority())) + "**, " + Words.escaped(move.learnedFrom())
        + (move.reach() == null ? "" : ", " + Words.escaped(move.reach()))
        + (move.safety() == null ? "" : "\n\nWhat keeps the children safe until we take over: " + Words.escaped(move.safety())));
    shown.put("connected", move.connected());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Move move = moves.get(matter.subjectId());
    if (typed.text("pack") == null) {
      typed.demand("packByHand", "Say what came and how. If nothing has come, leave this page open and ring them.");
    } else {
      tray.take(move.id(), typed.text("pack"), typed.text("sha256"), typed.recordedAt(), matter.user());
    }
    String receivedBy = directory.name(matter.user());
    handovers.received(move.id(), receivedBy, typed.happenedAt());
    messages.post(move, "receipt", null, Map.of("receivedBy", receivedBy, "happenedAt", Handovers.wallTime(typed.happenedAt())), typed.recordedAt(), receivedBy);
    chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Answer asked", typed.recordedAt(), matter.user(), null)
        .about(move.id()).happened(typed.happenedAt()));
    return Map.of();
  }
}
