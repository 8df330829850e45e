package org.followthrough.deadline;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.springframework.stereotype.Component;

/**
 * The dates of the record that deadlines count from: what has happened, which is an entry of the chronology; and what is
 * planned, expected or was last so, which is a state of the record and moves on.
 */
@Component
public class Dates {

  private final Chronology chronology;
  /** From the name of a state to its owner. */
  private final Map<String, Planned> states = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Dates(Chronology chronology, List<Planned> owners) {
    this.chronology = chronology;
    owners.forEach(owner -> owner.states().keySet().forEach(state -> states.put(state, owner)));
  }

  /**
   * Whether this name is no event but a state, which moves on: a clock that was met keeps the date it counted from.
   *
   * @param what as the column "countFrom" of the deadlines spells it, in any case
   */
  public boolean movesOn(String what) {
    return states.containsKey(what);
  }

  /**
   * The date of this name: of the subject where it has one, else of the contact where there is one, else of the case.
   *
   * @param what as the column "countFrom" of the deadlines spells it, in any case
   */
  public Optional<Instant> when(String what, UUID contactId, UUID caseId, UUID subjectId) {
    Planned owner = states.get(what);
    return owner == null ? chronology.when(what, contactId, caseId, subjectId)
        : subjectId == null ? Optional.empty() : owner.states().get(what.toLowerCase(Locale.UK)).apply(caseId, subjectId);
  }

  /**
   * What {@link #when} would have found by what had been recorded before a moment, as it was corrected since: from which a clock that
   * was met then had counted. Empty for a state that follows from no event, and so is never corrected.
   */
  public Optional<Instant> asKnownBefore(Instant recorded, String what, UUID contactId, UUID caseId, UUID subjectId) {
    Planned owner = states.get(what);
    return owner == null ? chronology.asKnownBefore(recorded, what, contactId, caseId, subjectId)
        : owner.asKnownBefore(recorded, what.toLowerCase(Locale.UK), subjectId);
  }
}
