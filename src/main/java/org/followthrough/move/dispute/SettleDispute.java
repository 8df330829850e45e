package org.followthrough.move.dispute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.move.Disagreements;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Whom on the other side we spoke to, and what came of it; where nothing did, it goes one stage up (learning point P-14). */
@Component
class SettleDispute implements Step {

  private final Disagreements disagreements;
  private final Disputes disputes;
  private final Moves moves;
  private final Families families;
  private final Messages messages;
  private final AddressBook book;
  private final Directory directory;
  private final Chronology chronology;

  SettleDispute(Disagreements disagreements, Disputes disputes, Moves moves, Families families, Messages messages, AddressBook book,
      Directory directory, Chronology chronology) {
    this.disagreements = disagreements;
    this.disputes = disputes;
    this.moves = moves;
    this.families = families;
    this.messages = messages;
    this.book = book;
    this.directory = directory;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().text("spokeWith", "said").choiceFrom("results", "result").happened();
  }

  @Override
  public String event() {
    return "Dispute talked over";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Disagreements.Stage stage = disagreements.get(matter.subjectId());
    Moves.Move move = moves.get(stage.moveId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("refusalText", "**" + Words.escaped(book.called(move.other().authority())) + "** does not take the family on"
        + (move.reply().why() == null ? "." : ": " + Words.escaped(move.reply().why())));
    shown.put("stageText", "This is now between **" + (stage.last() ? "the partners of the safeguarding partnership"
        : Words.spoken(stage.stage())) + "** of both sides.");
    List<String> before = disagreements.of(stage.moveId()).stream().filter(earlier -> earlier.result() != null).map(earlier -> "- "
        + Words.sentence(earlier.stage()) + ", " + Words.date(earlier.endedAt()) + ", with " + Words.escaped(earlier.spokeWith()) + ": "
        + Words.escaped(earlier.said()) + " (" + Words.spoken(earlier.result()) + ")").toList();
    if (!before.isEmpty()) {
      shown.put("beforeText", String.join("\n", before));
    }
    List<String> there = book.contacts(move.other().authority(), disputes.roles(stage)).stream()
        .map(contact -> "- " + Words.escaped(contact.name()) + ", " + Words.spoken(contact.tier()) + ": "
            + Words.escaped(contact.reach())).toList();
    if (!there.isEmpty()) {
      shown.put("contactsText", String.join("\n", there));
    }
    shown.put("results", results(stage));
    return shown;
  }

  private static List<Option> results(Disagreements.Stage stage) {
    List<Option> results = new ArrayList<>(List.of(new Option("They are asked again, and will answer", Disagreements.ASKED_AGAIN),
        new Option("The family stays ours", Disagreements.STAYS_HERE)));
    if (!stage.last()) {
      results.add(new Option("Not settled: it goes one stage up", Disagreements.NOT_SETTLED));
    }
    return results;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Disagreements.Stage stage = disagreements.get(matter.subjectId());
    Moves.Move move = moves.get(stage.moveId());
    String result = typed.text("result");
    disagreements.end(stage, typed.text("spokeWith"), typed.text("said"), result, typed.happenedAt());
    return switch (result) {
      case Disagreements.ASKED_AGAIN -> {
        post(typed, stage, move, "asked-again", Map.of("stage", stage.stage(), "said", typed.text("said")));
        chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.ANSWER_ASKED, typed.recordedAt(),
            matter.user(), null)
            .about(move.id()).happened(typed.happenedAt()));
        yield Map.of("whatCameOfIt", result, "disputeSettledAs", result);
      }
      case Disagreements.STAYS_HERE -> {
        post(typed, stage, move, "called-off", Map.of("why", typed.text("said")));
        moves.end(move.id(), Moves.STAYED, typed.recordedAt());
        yield Map.of("whatCameOfIt", result, "disputeSettledAs", result, "responsibilityPassed", false);
      }
      default -> Map.of("whatCameOfIt", result);
    };
  }

  private void post(Submission typed, Disagreements.Stage stage, Moves.Move move, String type, Map<String, Object> fields) {
    messages.post(move, type, stage.id().toString(), fields, typed.recordedAt(), directory.name(typed.matter().user()));
  }
}
