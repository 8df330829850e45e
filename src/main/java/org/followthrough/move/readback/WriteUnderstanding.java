package org.followthrough.move.readback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.ReadBacks;
import org.followthrough.move.ReadBacks.ReadBack;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** What is dangerous, what is not reached yet, what has been tried, and each action: kept, or why not (learning points ). */
@Component
class WriteUnderstanding implements Step {

  private static final List<String> WORDS = List.of("dangers", "notReached", "tried", "jointVisit", "jointVisitWhat");

  private final Understanding understanding;
  private final ReadBacks readBacks;
  private final Moves moves;
  private final Messages messages;
  private final Directory directory;

  WriteUnderstanding(Understanding understanding, ReadBacks readBacks, Moves moves, Messages messages, Directory directory) {
    this.understanding = understanding;
    this.readBacks = readBacks;
    this.moves = moves;
    this.messages = messages;
    this.directory = directory;
  }

  @Override
  public Reads reads() {
    return new Reads().text("dangers", "notReached", "tried", "droppedWhy", "jointVisitWhat").severalFrom("openActions", "dropped")
        .either("jointVisit", "agreed", "not-wanted", "not-possible");
  }

  @Override
  public String event() {
    return "Read-back written";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Move move = moves.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>(understanding.open(move.id()));
    shown.put("whoseText", understanding.whose(move, true));
    // it comes back with what the others miss; what was written stays to be mended
    readBacks.newest(move.id()).ifPresent(before -> {
      shown.put("missingText", before.missing() == null ? null : "**Not so yet:** " + Words.escaped(before.missing()));
      shown.put("dangers", before.dangers());
      shown.put("notReached", before.notReached());
      shown.put("tried", before.tried());
      shown.put("jointVisit", before.jointVisit());
      shown.put("jointVisitWhat", before.jointVisitWhat());
      shown.put("dropped", readBacks.dropped(move.id()).stream().map(UUID::toString).toList());
      readBacks.droppedWhy(move.id()).ifPresent(why -> shown.put("droppedWhy", why));
    });
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Move move = moves.get(matter.subjectId());
    List<UUID> dropped = typed.choices("dropped").stream().map(UUID::fromString).toList();
    if (!dropped.isEmpty()) {
      typed.demand("droppedWhy", "Say why you do not go on with what you ticked; whoever promised it will ask.");
    }
    if (typed.is("jointVisit", "not-possible")) {
      typed.demand("jointVisitWhat", "Say why a visit together is not possible, and how you meet the family instead.");
    }
    readBacks.write(move.id(), new ReadBack(UUID.randomUUID(), typed.text("dangers"), typed.text("notReached"), typed.text("tried"),
        typed.text("jointVisit"), typed.text("jointVisitWhat"), null, null), understanding.actions(move.id()).stream()
        .map(Option::value).map(UUID::fromString).toList(), dropped, typed.text("droppedWhy"), typed.recordedAt(), matter.user());
    if (move.incoming()) {
      Map<String, Object> said = new HashMap<>(Map.of("dropped", dropped));
      WORDS.forEach(word -> said.put(word, typed.text(word)));
      said.put("droppedWhy", dropped.isEmpty() ? null : typed.text("droppedWhy"));
      said.values().removeIf(Objects::isNull);
      messages.post(move, "read-back", null, said, typed.recordedAt(), directory.name(matter.user()));
    }
    return Map.of("recordedBy", matter.user());
  }
}
