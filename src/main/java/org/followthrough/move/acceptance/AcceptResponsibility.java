package org.followthrough.move.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Families;
import org.followthrough.move.Handovers;
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
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Our acceptance in writing: for which children, and who signs it. From then on we are bound; the others let go when they have it. */
@Component
class AcceptResponsibility implements Step {

  private final Moves moves;
  private final Handovers handovers;
  private final Families families;
  private final Messages messages;
  private final Directory directory;
  private final AddressBook book;

  AcceptResponsibility(Moves moves, Handovers handovers, Families families, Messages messages, Directory directory, AddressBook book) {
    this.moves = moves;
    this.handovers = handovers;
    this.families = families;
    this.messages = messages;
    this.directory = directory;
    this.book = book;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("mayPass", "children").text("acceptedBy").yes("inWriting");
  }

  @Override
  public String event() {
    return "Responsibility accepted";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Move move = moves.get(matter.subjectId());
    List<Option> may = handovers.mayPass(move.id());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("fromText", "**" + Words.escaped(book.called(move.other().authority()))
        + "** is responsible until they have this in their hands."
        + (move.other().connected() ? " It goes to them by itself." : " They are not connected to this system: **send it to them "
            + "in writing**, the same day."));
    shown.put("mayPass", may);
    shown.put("children", may.stream().map(Option::value).toList());
    shown.put("stayingText", handovers.stayingInWords(move.id()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Move move = moves.get(matter.subjectId());
    List<UUID> children = typed.choices("children").stream().map(UUID::fromString).toList();
    if (children.isEmpty() && !handovers.mayPass(move.id()).isEmpty()) {
      throw new Refusal("children", "Tick the children for whom we accept responsibility.");
    }
    if (!typed.yes("inWriting")) {
      throw new Refusal("inWriting", "Only what is written relieves the others. Tick that this is our acceptance in writing.");
    }
    handovers.accepted(move.id(), typed.text("acceptedBy"), children, typed.recordedAt());
    messages.post(move, "acceptance", null, Map.of("acceptedBy", typed.text("acceptedBy"), "children", children, "happenedAt",
        Messages.moment(typed.recordedAt())), typed.recordedAt(), directory.name(matter.user()));
    return Map.of("recordedBy", matter.user());
  }
}
