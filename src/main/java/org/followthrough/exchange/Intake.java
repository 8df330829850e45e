package org.followthrough.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Events;
import org.followthrough.move.Arrivals;
import org.followthrough.move.AuthorityWords;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Takes in what another authority has said: its word fills in the very page on which one of us would write it down, with
 * every check that the page has. A word whose page is not there yet waits; one that was written down by hand before it came
 * stays readable beside it.
 */
@Component
class Intake {

  /** Which page a word fills in. */
  private static final Map<String, String> PAGES = Map.of("receipt", "Record receipt", "answer", "Record answer",
      "conference-date", "Record conference date", "conference-outcome", "Record conference outcome", "read-back", "Write understanding",
      "understood", "Confirm understanding", "acceptance", "Record acceptance", "handed-over", "Record handing over");

  private static final String CONFERENCE_DATE = "conference-date";

  private final Moves moves;
  private final Messages messages;
  private final Clocks clocks;
  private final Redating redating;
  private final Beginnings beginnings;
  private final FilledPages pages;
  private final WordsInTheRecord record;
  private final Clock clock;

  Intake(Moves moves, Messages messages, Clocks clocks, Redating redating, Beginnings beginnings, FilledPages pages,
      WordsInTheRecord record, Clock clock) {
    this.moves = moves;
    this.messages = messages;
    this.clocks = clocks;
    this.redating = redating;
    this.beginnings = beginnings;
    this.pages = pages;
    this.record = record;
    this.clock = clock;
  }

  /**
   * Takes a word in, in the transaction of the caller.
   *
   * @return what became of it; empty where its page or process is not there yet, so that it goes on waiting
   * @throws org.followthrough.page.Refusal when the page does not take it
   */
  Optional<String> take(Messages.Word word) {
    Optional<Moves.Move> move = moves.find(word.moveId());
    if (word.type().equals("first-call")) {
      return Optional.of(announce(word, move));
    }
    // what comes before the first call was taken in waits for it
    return move.filter(known -> known.caseId() != null || known.contactId() != null).flatMap(known -> switch (word.type()) {
      // somebody who has read it says so on the page, by name
      case "pack" -> Optional.of("lies on its page");
      case "asked-again" -> askAgain(word, known);
      case "called-off" -> Optional.of(callOff(word, known));
      case "chase", "protecting" -> Optional.of(begin(AuthorityWords.AUTHORITY_WORD_RECEIVED, known, word.id()));
      default -> fillIn(word, known);
    });
  }

  // Processes -----------------------------------------------------------------------------------------------------------

  /** A family that comes only for a time may be announced once more, for good: what must be done then begins again. */
  private String announce(Messages.Word word, Optional<Moves.Move> move) {
    boolean forGoodNow = move.filter(known -> known.destination().onlyForATime()).isPresent() && !messages.said(word.id()).fields()
        .path("onlyForATime").asBoolean();
    if (move.isPresent() && !forGoodNow) {
      return "announced before";
    }
    beginnings.beginArrival(word.moveId());
    return "process begun";
  }

  private Optional<String> askAgain(Messages.Word word, Moves.Move move) {
    if (!Moves.REFUSED.equals(move.reply().answer())) {
      return ended(word, move);
    }
    record.add(word, move, Events.ANSWER_ASKED);
    return Optional.of(begin(Arrivals.REFUSAL_DISPUTED, move, move.id()));
  }

  private String callOff(Messages.Word word, Moves.Move move) {
    if (move.acceptance().passedAt() != null) {
      return record.later(word, move);
    }
    record.add(word, move, Events.MOVE_CALLED_OFF);
    beginnings.end(move);
    moves.end(move.id(), Moves.CALLED_OFF, clock.instant());
    return "processes withdrawn";
  }

  private String begin(String message, Moves.Move move, UUID subject) {
    beginnings.begin(message, move, subject);
    return "process begun";
  }

  // Pages -----------------------------------------------------------------------------------------------------------

  private Optional<String> fillIn(Messages.Word word, Moves.Move move) {
    String page = PAGES.get(word.type());
    String obligation = obligation(page);
    if (saidAnewSince(word, obligation)) {
      return Optional.of(record.later(word, move));
    }
    if (pages.handIn(page, word, move.id())) {
      return Optional.of("page filled in");
    }
    if (word.type().equals(CONFERENCE_DATE) && clocks.metSince(obligation, move.id(), Instant.EPOCH)) {
      return Optional.of(anotherDay(word, move));
    }
    return ended(word, move);
  }

  /** Whether what this word says was said anew since: by them, or to somebody of us who wrote it down. */
  private boolean saidAnewSince(Messages.Word word, String obligation) {
    // a day may change while the word of the one before is still on its way
    boolean onlyAmongMessages = word.type().equals(CONFERENCE_DATE) && messages.tookOne(word.moveId(), word.type());
    return messages.takenOneSaidAfter(word.moveId(), word.type(), word.saidAt())
        || !onlyAmongMessages && clocks.metSince(obligation, word.moveId(), word.saidAt());
  }

  /** <i>Take in pack</i> is the obligation {@code TakeInPack}. */
  private static String obligation(String page) {
    return Arrays.stream(page.split(" ")).map(StringUtils::capitalize).collect(Collectors.joining());
  }

  private String anotherDay(Messages.Word word, Moves.Move move) {
    JsonNode fields = messages.said(word.id()).fields();
    moves.conferenceMeets(move.id(), Messages.moment(fields.path("conferenceAt").asText()), fields.path("conferencePlace").asText(null));
    record.add(word, move, "Their conference moved");
    redating.recount("date of their conference", move.contactId(), move.caseId(), move.id(), "Their conference meets on another day");
    return "date moved";
  }

  // What comes too late ---------------------------------------------------------------------------------------------

  private Optional<String> ended(Messages.Word word, Moves.Move move) {
    return move.endedAs() == null ? Optional.empty() : Optional.of(record.later(word, move));
  }
}
