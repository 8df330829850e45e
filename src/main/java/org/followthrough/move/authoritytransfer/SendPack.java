package org.followthrough.move.authoritytransfer;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.pack.Packs;
import org.springframework.stereotype.Component;

/** Sends the pack to an authority that is connected. */
@Component
class SendPack implements JavaDelegate {

  private final Packs packs;
  private final Moves moves;
  private final Messages messages;
  private final Families families;
  private final Chronology chronology;
  private final Transfers transfers;
  private final Clock clock;

  SendPack(Packs packs, Moves moves, Messages messages, Families families, Chronology chronology, Transfers transfers, Clock clock) {
    this.packs = packs;
    this.moves = moves;
    this.messages = messages;
    this.families = families;
    this.chronology = chronology;
    this.transfers = transfers;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    Packs.Pack pack = packs.newest(move.id()).orElseThrow();
    Instant now = clock.instant();
    String by = (String) execution.getVariable("recordedBy");
    messages.post(move, "pack", pack.sha256(), Map.of("pack", pack.document(), "sha256", pack.fingerprint()), now, transfers.name(by));
    moves.sent(move.id(), "from system to system", now);
    chronology.add(Chronology.Line.fact(null, families.idOf((String) execution.getVariable("caseRef")).orElseThrow(),
        null, "Pack sent", now, by, null)
        .about(move.id()));
  }
}
