package org.followthrough.deadline;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Owns dates that are no event but a state of the record: what is planned, expected, or was last so. A state moves on, and every clock
 * that runs and counts from it follows; a clock that was met keeps the date from which it had counted.
 */
public interface Planned {

  /** What each state is now, for a case and what the clock is about; by its name, as the column "countFrom" of the deadlines spells it. */
  Map<String, BiFunction<UUID, UUID, Optional<Instant>>> states();

  /**
   * What a state was by what had been recorded before a moment: from which a clock that was met then had counted. Empty where that follows
   * from no event, and so is never corrected.
   */
  default Optional<Instant> asKnownBefore(Instant recorded, String state, UUID subjectId) {
    return Optional.empty();
  }
}
