package org.followthrough.deadline;

import java.time.LocalDate;
import java.util.Objects;

/**
 * A correction of the calendar of bank holidays: one proclaimed at short notice, or one that was moved away.
 *
 * @param date the day in England that is corrected
 * @param change whether the day becomes a holiday or ceases to be one; a Saturday or Sunday stays free either way
 * @param name what people call the day, for the line that says why a date moved
 */
public record HolidayOverride(LocalDate date, Change change, String name) {

  public HolidayOverride {
    Objects.requireNonNull(date, "A corrected holiday needs its date");
    Objects.requireNonNull(change, "A corrected holiday is either added or removed");
    Objects.requireNonNull(name, "A corrected holiday needs its name");
  }

  /** What the correction does. */
  public enum Change implements Spelled {
    ADD,
    REMOVE
  }
}
