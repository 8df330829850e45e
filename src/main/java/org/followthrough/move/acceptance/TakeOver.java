package org.followthrough.move.acceptance;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Handovers;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.ReadBacks;
import org.followthrough.move.pack.PackTray;
import org.followthrough.people.AddressBook;
import org.springframework.stereotype.Component;

/** The children are ours from the moment at which the others let go, with their worker, and each action that was kept goes on. */
@Component
class TakeOver implements JavaDelegate {

  private final Moves moves;
  private final Handovers handovers;
  private final Arrivals arrivals;
  private final ReadBacks readBacks;
  private final PackTray tray;
  private final Chronology chronology;
  private final AddressBook book;
  private final Clock clock;

  TakeOver(Moves moves, Handovers handovers, Arrivals arrivals, ReadBacks readBacks, PackTray tray, Chronology chronology,
      AddressBook book, Clock clock) {
    this.moves = moves;
    this.handovers = handovers;
    this.arrivals = arrivals;
    this.readBacks = readBacks;
    this.tray = tray;
    this.chronology = chronology;
    this.book = book;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    String by = (String) execution.getVariable("recordedBy");
    Instant now = clock.instant();
    if (move.acceptance().passedAt() == null) {
      // every child stays with them: they work with the family here as before
      arrivals.ended(move, "nobody-handed-over", now);
      return;
    }
    handovers.takeOver(move, by, now);
    List<UUID> kept = readBacks.kept(move.id());
    handovers.carryOn(move, tray.actions(move.id()).stream().filter(action -> kept.contains(action.id())).toList(), now, by);
    chronology.add(Chronology.Line.fact(move.contactId(), move.caseId(), null, "Family taken over", now, by,
            book.called(move.other().authority()))
        .about(move.id()).happened(move.acceptance().passedAt()));
    moves.end(move.id(), Moves.TAKEN_OVER, now);
  }
}
