package org.followthrough.move.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.move.Handovers;
import org.followthrough.move.Handovers.Staying;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.springframework.stereotype.Component;

/** The others have our acceptance in their hands: from that moment, which is theirs to say, the children are ours. */
@Component
class RecordHandingOver implements Step {

  private static final String STAYING = "staying";

  private final Moves moves;
  private final Handovers handovers;
  private final Messages messages;
  private final Chronology chronology;
  private final AddressBook book;

  RecordHandingOver(Moves moves, Handovers handovers, Messages messages, Chronology chronology, AddressBook book) {
    this.moves = moves;
    this.handovers = handovers;
    this.messages = messages;
    this.chronology = chronology;
    this.book = book;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("acceptedChildren", "children").text(STAYING).happened();
  }

  @Override
  public String event() {
    return "Handing over recorded";
  }

  /** They let go then; we are sure of it when we know. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  /** Whose it stays is said in a line of its own: their message names children by ids. */
  @Override
  public Set<String> keptApart() {
    return Set.of(STAYING);
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Move move = moves.get(matter.subjectId());
    List<Option> accepted = handovers.acceptedChildren(move.id());
    Map<String, Object> shown = new HashMap<>();
    shown.put("otherText", "**" + Words.escaped(book.called(move.other().authority())) + "**: we accepted on "
        + Words.moment(move.acceptance().at())
        + ", signed by " + Words.escaped(move.acceptance().by()) + ".\n\n" + messages.awaited(move));
    shown.put("acceptedChildren", accepted);
    shown.put("children", accepted.stream().map(Option::value).toList());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Move move = moves.get(matter.subjectId());
    // a page keeps the minute: what they had in hand within the minute of our signature they had after it
    if (typed.happenedAt().plusSeconds(60).isBefore(move.acceptance().at())) {
      throw new Refusal("happenedAt", "This lies before our acceptance. They cannot have handed over before they had it; check the day "
          + "and the time.");
    }
    List<UUID> children = typed.choices("children").stream().map(UUID::fromString).toList();
    List<Staying> staying = staying(typed);
    handovers.handedOver(move.id(), typed.happenedAt(), children, staying);
    String stays = handovers.stayingInWords(move.id());
    if (stays != null) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Children stay with other authority",
          typed.recordedAt(), matter.user(), typed.value(STAYING) instanceof String told ? told : stays).about(move.id())
          .happened(typed.happenedAt()));
    }
    return Map.of("recordedBy", matter.user());
  }

  /** Their message says it child by child; by hand it is a sentence. */
  private static List<Staying> staying(Submission typed) {
    return typed.value(STAYING) instanceof List<?> told ? told.stream().map(one -> (Map<?, ?>) one)
        .map(one -> new Staying(UUID.fromString(one.get("id").toString()), one.get("because").toString())).toList() : List.of();
  }
}
