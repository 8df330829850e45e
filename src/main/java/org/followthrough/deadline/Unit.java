package org.followthrough.deadline;

/** What an amount of the deadline table is counted in. {@link DueDates} says when each of them ends. */
public enum Unit implements Spelled {

  /** Clock hours, nights and weekends included: 72 hours are 72 hours also when the clocks change. */
  HOURS(false),

  /** The same hours counted backwards, from when something ends. */
  HOURS_BEFORE(false),

  /** Until the end of the calendar day on which counting starts; takes no amount. */
  SAME_DAY(false),

  /** Monday to Friday without the bank holidays of the row's nation, counted forwards. */
  WORKING_DAYS(true),

  /** The same days counted backwards, from the day of what is prepared for. */
  WORKING_DAYS_BEFORE(true),

  /** Calendar days. */
  DAYS(true),

  /** Calendar days counted backwards, from the day of what is expected. */
  DAYS_BEFORE(true),

  /** Calendar months; an end that no working day carries moves back to one. */
  MONTHS(false),

  /** Whichever of other obligations of the same process falls due first; takes no amount. */
  EARLIER_OF(false);

  private final boolean countsDays;

  Unit(boolean countsDays) {
    this.countsDays = countsDays;
  }

  /** Whether days are counted one by one, so that a {@link Convention} must say which is the first. */
  public boolean countsDays() {
    return countsDays;
  }

  /** Whether the end depends on bank holidays, so that it matters whose they are. */
  public boolean knowsHolidays() {
    return this == WORKING_DAYS || this == WORKING_DAYS_BEFORE || this == MONTHS;
  }

  /** Whether rows of this unit carry an amount. */
  public boolean takesAmount() {
    return this != SAME_DAY && this != EARLIER_OF;
  }
}
