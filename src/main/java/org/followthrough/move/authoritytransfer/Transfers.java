package org.followthrough.move.authoritytransfer;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.deadline.Deadline;
import org.followthrough.family.Chronology;
import org.followthrough.move.Handovers;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.page.Matter;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** What the pages of a transfer have in common: where the family goes, who is asked there, and by when they must have met. */
@Component
class Transfers {

  private static final String CONFERENCE = "conference";
  private static final String TRANSFER_IN = "HoldTransferIn";

  private final Moves moves;
  private final Handovers handovers;
  private final Messages messages;
  private final Chronology chronology;
  private final AddressBook book;
  private final Directory directory;
  private final Deadline deadline;

  Transfers(Moves moves, Handovers handovers, Messages messages, Chronology chronology, AddressBook book, Directory directory,
      Deadline deadline) {
    this.moves = moves;
    this.handovers = handovers;
    this.messages = messages;
    this.chronology = chronology;
    this.book = book;
    this.directory = directory;
    this.deadline = deadline;
  }

  /** When their conference must have met at the latest, and since when that is counted. */
  record Limit(Instant at, String inWords) {}

  Move move(Matter matter) {
    return moves.get(matter.subjectId());
  }

  /** The other authority as people call it. */
  String other(Move move) {
    return book.called(move.other().authority());
  }

  String name(String user) {
    return directory.name(user);
  }

  /** The other side, and how a word of theirs comes in. */
  Map<String, Object> shows(Matter matter) {
    Move move = move(matter);
    StringBuilder text = new StringBuilder("**" + Words.escaped(other(move)) + "**");
    book.find(move.other().authority()).ifPresent(known -> known.contacts().forEach(one ->
        text.append("\n- ").append(Words.sentence(one.tier())).append(": ").append(Words.escaped(one.name())).append(", ")
            .append(Words.escaped(one.reach()))));
    if (move.call().spokeWith() != null) {
      text.append("\n- First call with: ").append(Words.escaped(move.call().spokeWith()))
          .append(move.call().reach() == null ? "" : ", " + Words.escaped(move.call().reach()));
    }
    text.append("\n\n").append(messages.awaited(move));
    Map<String, Object> shown = new HashMap<>(Map.of("otherText", text.toString()));
    shown.put("stayingText", handovers.stayingInWords(move.id()));
    return shown;
  }

  /**
   * By when the other side must have met: the earlier of their transfer-in conference, counted from the starting point that the table of
   * deadlines names, and of the conference that an enquiry of ours asks for, on its own time. Empty out of England and Wales, where
   * other limits hold, and while the starting point has not come.
   */
  Optional<Limit> limit(Matter matter) {
    Move move = move(matter);
    if (!move.destination().kind().equals("england-or-wales")) {
      return Optional.empty();
    }
    Optional<Limit> enquiry = handovers.enquiryDecided(move.id()).map(at -> new Limit(deadline.passes(CONFERENCE, "HoldInitial", at),
        "the strategy discussion that began the enquiry, " + Words.date(at)));
    String from = deadline.countsFrom(CONFERENCE, TRANSFER_IN);
    Optional<Limit> transfer = began(move, matter, from).map(at -> new Limit(deadline.passes(CONFERENCE, TRANSFER_IN, at),
        "“" + from + "”, " + Words.date(at)));
    return enquiry.filter(one -> transfer.isEmpty() || one.at().isBefore(transfer.get().at())).or(() -> transfer);
  }

  /** Process rules F2: a transfer-in conference is counted from one of three moments, by the table. */
  private Optional<Instant> began(Move move, Matter matter, String from) {
    return switch (from.toLowerCase(Locale.UK)) {
      case "move notified" -> Optional.ofNullable(move.call().at());
      case "pack received" -> Optional.ofNullable(move.reply().packReceivedAt());
      case "taken on" -> chronology.when(RecordAnswer.takenOn(move), matter.contactId(), matter.caseId(), move.id());
      default -> throw new IllegalStateException("A transfer-in conference cannot be counted from “" + from + "”");
    };
  }

  static List<UUID> ids(List<String> values) {
    return values.stream().map(UUID::fromString).toList();
  }
}
