package org.followthrough.record;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The dates of the record that deadlines count from: what has happened, and what is known to come. */
@Component
public class Dates {

  /** When the first of the arrangements that protect the children of a need runs out. */
  private static final String END_OF_PROTECTION = "end of protection";

  private final Chronology chronology;
  private final Protections protections;

  Dates(Chronology chronology, Protections protections) {
    this.chronology = chronology;
    this.protections = protections;
  }

  /**
   * Whether this name is no event but a state, which moves on: a clock that was met keeps the date it counted from.
   *
   * @param what as the column "countFrom" of the deadlines spells it, in any case
   */
  public static boolean movesOn(String what) {
    return END_OF_PROTECTION.equalsIgnoreCase(what);
  }

  /**
   * The date of this name: of the subject where it has one, else of the contact where there is one, else of the case.
   *
   * @param what as the column "countFrom" of the deadlines spells it, in any case
   */
  public Optional<Instant> when(String what, UUID contactId, UUID caseId, UUID subjectId) {
    return movesOn(what)
        ? protections.firstEnd(subjectId)
        : chronology.when(what, contactId, caseId, subjectId);
  }
}
