package org.followthrough.page;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one task of a process means for the record. Its bean is named by the task's label: <i>Record contact</i> is
 * {@code recordContact}. A task without one is kept as it was typed, so a designer may add tasks and fields freely.
 */
public interface Step {

  /**
   * The fields that it reads, and the answers on which something depends. A form that lacks one of them is not deployed.
   * Forms that were deployed before may lack it still: what is missing then reads as not answered.
   */
  Reads reads();

  /** What the chronology calls it: the event, as in <i>Contact received</i>. Deadlines count from these names. */
  String event();

  /** The same where it depends on what was decided: <i>Receipt confirmed</i>, or <i>Minutes not received</i>. Asked after {@link #take}. */
  default String event(Submission typed) {
    return event();
  }

  /** Whether what was typed is fact or judgement. */
  default Nature nature(Submission typed) {
    return Nature.FACT;
  }

  /** Whether {@code happenedAt} of this form is the moment its obligation was met. */
  default boolean meetsItsClock() {
    return true;
  }

  /** The same where it depends on what was typed. */
  default boolean meetsItsClock(Submission typed) {
    return meetsItsClock();
  }

  /**
   * The fields that {@link #take} keeps in a place of their own, where not everybody reads them: the chronology, which
   * everybody reads who may open the case, does not repeat them.
   */
  default Set<String> keptApart() {
    return Set.of();
  }

  /**
   * Why this is not for {@link Matter#user()}, although their role may do it, and who can instead: one plain sentence to them; empty
   * where it is. What a second person must do says here who the first was, by what the record holds. It is asked before they claim it,
   * before it is given to them, and when they hand it in.
   */
  default Optional<String> notFor(Matter matter) {
    return Optional.empty();
  }

  /** What the form shows and offers before anything is typed; never stored in the engine. */
  default Map<String, Object> shows(Matter matter) {
    return Map.of();
  }

  /**
   * Writes what was typed into the record.
   *
   * @return the decisions, dates and references that the process needs to go on; never a name or a narrative
   * @throws Refusal when something cannot stand; nothing is then written and nothing typed is lost
   */
  Map<String, Object> take(Submission typed);
}
