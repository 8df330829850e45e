package org.followthrough.family;

import java.util.Map;
import java.util.function.Consumer;
import org.followthrough.page.Refusal;

/**
 * Owns rows that events date, and says of each event how its time is corrected: which of its columns move, which lines of the
 * chronology happened in the same moment, and what cannot be. An event may date rows of several owners; each moves its own.
 *
 * <p>What a page records and dates no row needs no owner: its line is all there is. A line that no page has written and no
 * owner knows follows from something else, or was written as it happened: it is corrected with what it follows from.
 */
public interface Dated {

  /**
   * The events that date rows of this owner, as the chronology spells them, and what each correction does. It throws a
   * {@link Refusal} at {@code happenedAt} where the new time would contradict another row.
   */
  Map<String, Consumer<Correction>> events();
}
