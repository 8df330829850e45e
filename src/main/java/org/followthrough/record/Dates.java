package org.followthrough.record;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/**
 * The dates of the record that deadlines count from: what has happened, which is an entry of the chronology; and what is
 * planned, expected or was last so, which is a state of the record and moves on.
 */
@Component
public class Dates {

  private static final String END_OF_PROTECTION = "end of protection";
  private static final String DATE_OF_CONFERENCE = "date of conference";
  private static final String DATE_OF_INITIAL_CONFERENCE = "date of initial conference";
  private static final String DATE_OF_REVIEW_CONFERENCE = "date of review conference";
  private static final String DATE_OF_NEXT_REVIEW = "date of next review";
  private static final String CHILD_LAST_SEEN = "child last seen";
  private static final String CHILD_LAST_SEEN_BY_ANYONE = "child last seen by anyone";
  private static final String DATE_OF_ACTION = "date of action";
  private static final String DATE_OF_THEIR_CONFERENCE = "date of their conference";
  private static final String END_OF_STAY = "end of stay";

  private final Chronology chronology;
  private final Sightings sightings;
  /** From the name of a state to what it is now, for a case and a subject. */
  private final Map<String, BiFunction<UUID, UUID, Optional<Instant>>> states;

  Dates(Chronology chronology, Protections protections, Meetings meetings, Plans plans, Sightings sightings, Moves moves) {
    this.chronology = chronology;
    this.sightings = sightings;
    this.states = Map.of(
        END_OF_PROTECTION, (caseId, need) -> protections.firstEnd(need),
        DATE_OF_CONFERENCE, (caseId, meeting) -> meetings.plannedAt(meeting),
        DATE_OF_INITIAL_CONFERENCE, (caseId, meeting) -> meetings.plannedAt(meeting).filter(at -> !meetings.isReview(meeting)),
        DATE_OF_REVIEW_CONFERENCE, (caseId, meeting) -> meetings.plannedAt(meeting).filter(at -> meetings.isReview(meeting)),
        DATE_OF_NEXT_REVIEW, (caseId, meeting) -> meetings.nextReview(caseId),
        CHILD_LAST_SEEN, (caseId, plan) -> sightings.lastSeen(plan, true),
        CHILD_LAST_SEEN_BY_ANYONE, (caseId, plan) -> sightings.lastSeen(plan, false),
        DATE_OF_ACTION, (caseId, action) -> meetings.dueDay(action),
        DATE_OF_THEIR_CONFERENCE, (caseId, move) -> moves.find(move).map(Moves.Move::conferenceAt),
        END_OF_STAY, (caseId, move) -> moves.find(move).map(Moves.Move::staysUntil).map(day -> day.atStartOfDay(Submission.LONDON).toInstant()));
  }

  /**
   * Whether this name is no event but a state, which moves on: a clock that was met keeps the date it counted from.
   *
   * @param what as the column "countFrom" of the deadlines spells it, in any case
   */
  public boolean movesOn(String what) {
    return states.containsKey(what.toLowerCase(Locale.UK));
  }

  /**
   * The date of this name: of the subject where it has one, else of the contact where there is one, else of the case.
   *
   * @param what as the column "countFrom" of the deadlines spells it, in any case
   */
  public Optional<Instant> when(String what, UUID contactId, UUID caseId, UUID subjectId) {
    BiFunction<UUID, UUID, Optional<Instant>> state = states.get(what.toLowerCase(Locale.UK));
    return state == null ? chronology.when(what, contactId, caseId, subjectId)
        : subjectId == null ? Optional.empty() : state.apply(caseId, subjectId);
  }

  /**
   * What a state was by what had been recorded before a moment: from which a clock that was met then had counted. Empty where
   * that follows from no event, and so is never corrected.
   */
  public Optional<Instant> asKnownBefore(Instant recorded, String what, UUID subjectId) {
    return switch (what.toLowerCase(Locale.UK)) {
      case CHILD_LAST_SEEN -> sightings.lastSeen(subjectId, true, recorded);
      case CHILD_LAST_SEEN_BY_ANYONE -> sightings.lastSeen(subjectId, false, recorded);
      default -> Optional.empty();
    };
  }
}
