package org.followthrough.deadline;

/**
 * Which day is the first of "15 working days". Both are in use and differ by one day: the Department for Education
 * counts the days after the event, some local procedures call the day of the event itself day 1 (process-rules F1).
 */
public enum Convention implements Spelled {

  /** The day of the event is day 0. */
  DAY_AFTER(0),

  /** The day of the event is day 1, also when nobody works on it. */
  DAY_ONE(1);

  private final int daysOnTheFirst;

  Convention(int daysOnTheFirst) {
    this.daysOnTheFirst = daysOnTheFirst;
  }

  /** As a reader of a clock sees it. */
  public String inWords() {
    return this == DAY_AFTER ? "counted from the day after" : "the day itself is day 1";
  }

  /**
   * How many steps from the day of the event lead to the last of so many days.
   *
   * @throws IllegalArgumentException when there is no such day: less than none, or less than one where it is day 1
   */
  public int steps(int days) {
    if (days < daysOnTheFirst) {
      throw new IllegalArgumentException(
          "%d days cannot be counted by the convention \"%s\"".formatted(days, spelling()));
    }
    return days - daysOnTheFirst;
  }
}
