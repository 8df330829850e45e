package org.followthrough.deadline;

import java.util.List;

/**
 * One time limit: one row of {@code bpmn/deadlines.dmn}, its columns in their order.
 *
 * @param process the id of the process that owes it
 * @param obligation what is due, PascalCase
 * @param countFrom the date of the record from which it counts; for {@link Unit#EARLIER_OF} the obligations of the
 *     same process, separated by commas
 * @param amount how many units; null where the unit takes none
 * @param unit what is counted
 * @param convention which day is the first; may be null where the unit does not count days one by one
 * @param holidaysOf by whose holidays working days are counted
 * @param deadlineClass the column "class": how grave it is when it passes
 * @param warnHours clock hours before it falls due from which it is marked amber; 0 for no mark
 * @param escalateTo the role of the manager who is asked first when it has passed
 * @param basis how binding it is
 * @param source where it comes from, in words
 */
public record DeadlineRow(
    String process,
    String obligation,
    String countFrom,
    Integer amount,
    Unit unit,
    Convention convention,
    Nation holidaysOf,
    DeadlineClass deadlineClass,
    int warnHours,
    String escalateTo,
    Basis basis,
    String source) {

  /** @throws IllegalArgumentException when the cells contradict each other; the message names row and column */
  public DeadlineRow {
    var row = process + " " + obligation;
    // "same day" may be written with the amount 0: a spreadsheet habit that says nothing wrong
    if (unit.takesAmount() ? amount == null : amount != null && amount != 0) {
      throw new IllegalArgumentException("%s: the unit \"%s\" needs %s in the column \"amount\""
          .formatted(row, unit.spelling(), unit.takesAmount() ? "a number" : "nothing"));
    }
    if (unit.countsDays()) {
      if (convention == null) {
        throw new IllegalArgumentException("%s: the unit \"%s\" needs a word in the column \"convention\""
            .formatted(row, unit.spelling()));
      }
      if (amount == 0 && convention == Convention.DAY_ONE) {
        throw new IllegalArgumentException(
            "%s: the convention \"day one\" needs at least 1 in the column \"amount\"".formatted(row));
      }
    }
    if (holidaysOf != Nation.ENGLAND_AND_WALES && !unit.knowsHolidays()) {
      throw new IllegalArgumentException(
          "%s: the unit \"%s\" needs nothing in the column \"holidaysOf\"".formatted(row, unit.spelling()));
    }
    if (unit == Unit.EARLIER_OF && countFrom.split(",").length < 2) {
      throw new IllegalArgumentException(
          "%s: \"earlier of\" needs two obligations or more, separated by commas, in the column \"countFrom\"".formatted(row));
    }
  }

  /**
   * The obligations of which the earliest counts.
   *
   * @throws IllegalStateException when the row's unit is another than {@link Unit#EARLIER_OF}
   */
  public List<String> alternatives() {
    if (unit != Unit.EARLIER_OF) {
      throw new IllegalStateException("%s %s counts from one date".formatted(process, obligation));
    }
    return List.of(countFrom.trim().split("\\s*,\\s*"));
  }

  /** Whether this row, or one of those it chooses from, counts from an event. */
  boolean countsFrom(String event, DeadlineTable table) {
    return unit == Unit.EARLIER_OF
        ? alternatives().stream().anyMatch(obligation -> table.row(process, obligation).countsFrom(event, table))
        : countFrom.equalsIgnoreCase(event);
  }

  /** The limit in words, without its start: "1 working day", "72 hours", "same day", "2 working days by the holidays of Scotland". */
  public String limit() {
    if (!unit.takesAmount()) {
      return unit.spelling();
    }
    var words = amount + " " + unit.spelling();
    return (amount == 1 ? words.replaceFirst("s\\b", "") : words)
        + (holidaysOf == Nation.ENGLAND_AND_WALES ? "" : " by the holidays of " + holidaysOf.spelling());
  }
}
