package org.followthrough.move.familyarrival;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.Moves;
import org.followthrough.move.pack.Packs;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Everything that the other authority knows. Who has it says so, and the answer is asked from then on. */
@Component
class TakeInPack implements Step {

  private final Moves moves;
  private final Packs packs;
  private final Messages messages;
  private final Chronology chronology;
  private final Directory directory;
  private final AddressBook book;

  TakeInPack(Moves moves, Packs packs, Messages messages, Chronology chronology, Directory directory, AddressBook book) {
    this.moves = moves;
    this.packs = packs;
    this.messages = messages;
    this.chronology = chronology;
    this.directory = directory;
    this.book = book;
  }

  @Override
  public Reads reads() {
    return new Reads().text("packByHand", "pack").happened();
  }

  @Override
  public String event() {
    return Events.PACK_RECEIVED;
  }

  /** The pack is read where it lies, never in the chronology. */
  @Override
  public Set<String> keptApart() {
    return Set.of("pack");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Move move = moves.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("fromText", "**" + Words.escaped(book.called(move.other().authority())) + "**, " + Words.escaped(move.notice().from())
        + (move.call().reach() == null ? "" : ", " + Words.escaped(move.call().reach()))
        + (move.call().safety() == null ? ""
            : "\n\nWhat keeps the children safe until we take over: " + Words.escaped(move.call().safety())));
    shown.put("connected", move.other().connected());
    sent(move).ifPresent(document -> shown.put("packText", Packs.sections(document).stream().map(line -> "- " + line)
        .collect(Collectors.joining("\n"))));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Move move = moves.get(matter.subjectId());
    Optional<String> document = sent(move).or(() -> Optional.ofNullable(typed.text("pack")));
    if (document.isEmpty()) {
      typed.demand("packByHand", "Say what came and how. If nothing has come, leave this page open and ring them.");
    }
    document.ifPresent(pack -> packs.take(move.id(), pack, Map.of(), typed.recordedAt(), matter.user()));
    String receivedBy = directory.name(matter.user());
    moves.received(move.id(), receivedBy, typed.happenedAt());
    messages.post(move, "receipt", null, Map.of("receivedBy", receivedBy, "happenedAt", Messages.moment(typed.happenedAt())),
        typed.recordedAt(), receivedBy);
    chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.ANSWER_ASKED, typed.recordedAt(),
        matter.user(), null)
        .about(move.id()).happened(typed.happenedAt()));
    return Map.of();
  }

  /** What came through the system; it waits for somebody who says by name that they have it. */
  private Optional<String> sent(Move move) {
    return messages.body(move.id(), "pack").map(message -> message.path("fields").path("pack").asText());
  }
}
