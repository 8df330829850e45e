package org.followthrough.family;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What a class that owns tables answers for: which they are, and what becomes of their rows when something happens to the whole case.
 *
 * <p>Whoever acts on a case asks every one of them in turn, and none may rely on another having been asked before it: the order is that of
 * their names, and only the order of sentences follows from it. A table with a key to a case, a person or a contact that nobody names here
 * fails the build.
 */
public interface CaseRecords {

  /**
   * Children whose paths part from their family's.
   *
   * @param caseId the case of those who stay
   * @param other the new case of those who leave
   * @param leaving at least one child, and never all of them
   */
  record Split(UUID caseId, UUID other, List<UUID> leaving) {

    /** Runs an update that takes rows along: it may name {@code :case}, {@code :other} and {@code :leaving}. */
    public void update(StatementSpec sql) {
      sql.param("case", caseId).param("other", other).param("leaving", leaving).update();
    }
  }

  /** A family that was opened twice: everything of the duplicate belongs to the case that stays. */
  record Joining(UUID stays, UUID duplicate) {

    /** Runs an update that takes rows over: it may name {@code :stays} and {@code :duplicate}. */
    public void update(StatementSpec sql) {
      sql.param("stays", stays).param("duplicate", duplicate).update();
    }
  }

  /**
   * Children for whom another authority is responsible from now on.
   *
   * @param move whose written acceptance made it so, of this case and, where it began with one, this contact
   * @param to the other authority's name
   */
  record Leaving(UUID move, UUID caseId, UUID contactId, List<UUID> children, String to, Instant at, String by) {}

  /** The tables that this class writes, and nobody else. */
  Set<String> tables();

  /** Of these tables those whose rows stay with a duplicate that is joined into another case, each with the reason. */
  default Map<String, String> staysWhenJoined() {
    return Map.of();
  }

  /** Of these tables those whose rows about a child who leaves stay with the old case when it is split, each with the reason. */
  default Map<String, String> staysWhenSplit() {
    return Map.of();
  }

  /** A contact has found its family: what was written about it before belongs to that case. */
  default void settled(UUID contact, UUID caseId) {}

  /** Children get a case of their own: what is open about them alone goes along, what is about both stays. */
  default void split(Split split) {}

  /** What went along with the children for whom a case was split off, by the ids that processes are about. */
  default List<UUID> wentAlong(UUID splitOff) {
    return List.of();
  }

  /** Two cases are one family. */
  default void joined(Joining joining) {}

  /** A child has died, on a day in London: what was for this child alone ends. */
  default void died(UUID child, LocalDate on, Instant at) {}

  /** It was somebody else, or a mistake: what the death had ended goes on. */
  default void alive(UUID child) {}

  /**
   * Another authority is responsible: what was done for these children here ends; the answer is the ids of what nobody here needs any
   * more.
   */
  default List<UUID> left(Leaving leaving) {
    return List.of();
  }

  /** Whether something that runs for a child is finished here all the same when another authority has become responsible. */
  default boolean finishesHere(UUID child) {
    return false;
  }

  /** What keeps a case open, a sentence each; a case of which nobody says anything closes. */
  default List<String> keepsOpen(UUID caseId) {
    return List.of();
  }

  /**
   * What others still do for a child, as the rest of a sentence each: while it goes on, somebody works with this child.
   *
   * @param except the help that is closing, or null
   */
  default List<String> goesOn(UUID child, UUID except) {
    return List.of();
  }

  /** What was promised for a child alone and is open, a sentence each, without the child's name. */
  default List<String> promised(UUID child) {
    return List.of();
  }

  /**
   * What is called or promised for a whole family and is open, a sentence each.
   *
   * @param nobodyLeft whether nobody of the family is left to be followed; else only what cannot do without those who are closed
   */
  default List<String> unfinished(UUID caseId, boolean nobodyLeft) {
    return List.of();
  }
}
