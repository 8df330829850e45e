package org.followthrough.exchange;

import java.time.Clock;
import org.followthrough.family.Chronology;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.page.Nature;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.springframework.stereotype.Component;

/** What the words of another authority leave in the chronology of the family. */
@Component
class WordsInTheRecord {

  private final Messages messages;
  private final Chronology chronology;
  private final AddressBook book;
  private final Clock clock;

  WordsInTheRecord(Messages messages, Chronology chronology, AddressBook book, Clock clock) {
    this.messages = messages;
    this.chronology = chronology;
    this.book = book;
    this.clock = clock;
  }

  void add(Messages.Word word, Moves.Move move, String what) {
    chronology.add(line(word, move, what));
  }

  /** It changes nothing any more, but it was said, and stays readable beside what was written down. */
  String later(Messages.Word word, Moves.Move move) {
    add(word, move, "Their word came later");
    return "came later";
  }

  private Chronology.Line line(Messages.Word word, Moves.Move move, String what) {
    Messages.Said said = messages.said(word.id());
    return new Chronology.Line(move.contactId(), move.caseId(), null, move.id(), what, word.saidAt(),
        new Chronology.Recorded(book.called(word.authority()), clock.instant(), said.by(), null),
        Nature.REPORTED, Words.sentence(word.type()), said.inWords(), null, null);
  }
}
