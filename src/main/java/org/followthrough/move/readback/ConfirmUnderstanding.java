package org.followthrough.move.readback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Whoever knows the family says whether this is so, or what is missing. */
@Component
class ConfirmUnderstanding implements Step {

  private final Understanding understanding;
  private final ReadBacks readBacks;
  private final Moves moves;
  private final Messages messages;
  private final Directory directory;

  ConfirmUnderstanding(Understanding understanding, ReadBacks readBacks, Moves moves, Messages messages, Directory directory) {
    this.understanding = understanding;
    this.readBacks = readBacks;
    this.moves = moves;
    this.messages = messages;
    this.directory = directory;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("understood").text("missing");
  }

  @Override
  public String event() {
    return "Read-back confirmed";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("understood") ? event() : "Read-back not right";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Move move = moves.get(matter.subjectId());
    ReadBack said = readBacks.newest(move.id()).orElseThrow();
    Map<String, Object> shown = new HashMap<>(understanding.open(move.id()));
    shown.put("whoseText", understanding.whose(move, false));
    shown.put("dangersText", Words.escaped(said.dangers()));
    shown.put("saidNotReached", Words.escaped(said.notReached()));
    shown.put("triedText", Words.escaped(said.tried()));
    shown.put("visitText", Words.sentence(said.jointVisit()) + (said.jointVisitWhat() == null
        ? "" : ": " + Words.escaped(said.jointVisitWhat())));
    shown.put("actionsText", actions(move.id()));
    return shown;
  }

  private String actions(UUID move) {
    List<Option> open = understanding.actions(move);
    List<UUID> dropped = readBacks.dropped(move);
    List<UUID> known = readBacks.kept(move);
    return open.isEmpty() ? "No action is open." : String.join("\n", open.stream().map(action -> "- " + Words.escaped(action.label()) + ": "
        + (known.contains(UUID.fromString(action.value())) ? "kept" : dropped.contains(UUID.fromString(action.value()))
            ? "**not gone on with**, because: " + Words.escaped(readBacks.droppedWhy(move).orElse(""))
            : "**agreed since; they do not know it**")).toList());
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Move move = moves.get(matter.subjectId());
    boolean understood = typed.yes("understood");
    if (!understood) {
      typed.demand("missing", "Say what is missing or not so; they write it anew with that.");
    }
    String missing = understood ? null : typed.text("missing");
    readBacks.check(move.id(), understood, missing, typed.recordedAt(), matter.user());
    if (!move.incoming()) {
      messages.post(move, "understood", null, understood ? Map.of("understood", "yes") : Map.of("understood", "no", "missing", missing),
          typed.recordedAt(), directory.name(matter.user()));
    }
    return Map.of("understood", understood, "recordedBy", matter.user());
  }
}
