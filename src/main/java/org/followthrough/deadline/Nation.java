package org.followthrough.deadline;

/** Whose bank holidays count: a limit that another authority keeps runs by the days on which that authority works. */
public enum Nation implements Spelled {

  /** Wales has England's holidays. */
  ENGLAND_AND_WALES("England and Wales", "eng"),
  SCOTLAND("Scotland", "sct"),
  NORTHERN_IRELAND("Northern Ireland", "nir");

  private final String spelling;
  private final String calendar;

  Nation(String spelling, String calendar) {
    this.spelling = spelling;
    this.calendar = calendar;
  }

  @Override
  public String spelling() {
    return spelling;
  }

  /** The key of its holidays in the library. */
  String calendar() {
    return calendar;
  }
}
