package org.followthrough.family;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.followthrough.page.Refusal;

/**
 * What a process answers for when something happens to the whole case. The rows have been told by then ({@link CaseRecords}); here the
 * process ends, tells or begins what follows, and knows no process but its own. All are asked in turn, in no order.
 */
public interface CaseProcess {

  /**
   * A piece of work that a manager ends before its time.
   *
   * @param contactId, subjectId, child what it is about; null where it is not
   * @param how withdrawn, no-longer-needed or recorded-in-error
   */
  record EndedEarly(UUID caseId, UUID contactId, UUID subjectId, UUID child, String how, String why, Instant at, String by) {}

  /** The process, by its id. */
  String process();

  /**
   * Why the process goes on when no child of the family lives any more; null where it ends then, as everything does that is about children
   * and can be withdrawn.
   */
  default String goesOnAfterDeath() {
    return null;
  }

  /** A child has died and others live: what this process did for that child alone ends. */
  default void died(UUID caseId, UUID child) {}

  /** It was somebody else, or a mistake: what had ended with the death begins anew. */
  default void alive(UUID caseId, UUID child, String why, Instant at, String by) {}

  /** A child is born, on a day in London. */
  default void born(UUID caseId, UUID child, LocalDate on, Instant at, String by) {}

  /**
   * Children have a case of their own, and what runs about them alone has gone there: what neither case may be without begins where it
   * is missing.
   */
  default void split(UUID caseId, UUID other, Instant at, String by) {}

  /** Another authority is responsible for children of the case: what runs about these subjects, which nobody here needs any more, ends. */
  default void left(UUID caseId, List<UUID> over) {}

  /**
   * The decision of a contact was taken back: what had followed from it, and nothing else wants, is withdrawn.
   *
   * @param references of the contact and its case: what began before the family was known runs under the contact
   */
  default void takenBack(UUID caseId, String contact, List<String> references) {}

  /**
   * A manager is about to end this process; what must be undone with it is undone here.
   *
   * @throws Refusal when it may not be ended now
   */
  default void ending(EndedEarly early) {}

  /** It has ended. */
  default void ended(EndedEarly early) {}
}
