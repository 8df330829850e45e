package org.followthrough.move.familyarrival;

import java.time.Clock;
import org.followthrough.family.Chronology;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves.Move;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.springframework.stereotype.Component;

/** A family that is here only for a time stays with the authority it comes from; we know that the children are here, and until when. */
@Component
class Stays {

  private final Arrivals arrivals;
  private final Chronology chronology;
  private final AddressBook book;
  private final Clock clock;

  Stays(Arrivals arrivals, Chronology chronology, AddressBook book, Clock clock) {
    this.arrivals = arrivals;
    this.chronology = chronology;
    this.book = book;
    this.clock = clock;
  }

  /** Records it where it is one. */
  void record(Move move) {
    if (move.destination().onlyForATime()) {
      chronology.add(Chronology.Line.fact(move.contactId(), move.caseId(), null, "Stay recorded", clock.instant(), "system",
          (Boolean.TRUE.equals(arrivals.coming(move.id()).onPlan()) ? "On a plan of protection of " : "Responsible: ")
              + book.called(move.other().authority())
              + (move.destination().staysUntil() == null ? "" : ", until " + Words.date(move.destination().staysUntil())))
          .about(move.id()));
      arrivals.ended(move, "stay", clock.instant());
    }
  }
}
