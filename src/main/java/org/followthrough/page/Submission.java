package org.followthrough.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One form as it was handed in.
 *
 * @param matter what it is about, and who handed it in
 * @param recordedAt when it was handed in
 * @param taskId the task it completes
 * @param fields what was typed, by field key, to be kept whole; what one of them says is read by key below
 * @param reads what may be read of it: another reading is a fault of the step, and is answered with an
 *     {@link IllegalStateException}
 */
public record Submission(Matter matter, Instant recordedAt, String taskId, Map<String, Object> fields, Reads reads) {

  /** Times in forms are London's; the record keeps UTC. */
  public static final ZoneId LONDON = ZoneId.of("Europe/London");

  /** As other authorities send it, {@code 2026-10-25T01:30Z} or {@code 2026-10-25T01:30+01:00}. */
  private static final Pattern OFFSET = Pattern.compile("T.*(Z|\\+\\d\\d:\\d\\d)$");
  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

  /** A page of which whatever is there may be read. */
  public Submission(Matter matter, Instant recordedAt, String taskId, Map<String, Object> fields) {
    this(matter, recordedAt, taskId, fields, Reads.ANYTHING);
  }

  /** The same page for somebody who reads this of it. */
  public Submission readBy(Reads reader) {
    return new Submission(matter, recordedAt, taskId, fields, reader);
  }

  /** What came for a field as it came: other authorities may say in rows what is typed as a sentence here. */
  public Object value(String key) {
    reads.allow(key, Reads.Kind.values());
    return fields.get(key);
  }

  /** The trimmed text, or null when nothing was typed; of whatever takes one answer. */
  public String text(String key) {
    reads.allow(key, Reads.Kind.TEXT, Reads.Kind.ONE, Reads.Kind.YES, Reads.Kind.NUMBER, Reads.Kind.DATE, Reads.Kind.MOMENT);
    Object value = fields.get(key);
    return value == null || value.toString().isBlank() ? null : value.toString().strip();
  }

  /**
   * Whether this answer was chosen.
   *
   * @throws Refusal when none was: no answer is no “no”
   */
  public boolean is(String key, String answer) {
    reads.know(key, answer);
    if (text(key) == null) {
      throw new Refusal(key, "This is not answered yet. Choose one of the answers.");
    }
    return text(key).equals(answer);
  }

  /** Refuses with {@code sentence} unless {@code key} was filled; for fields that only some answers make necessary. */
  public void demand(String key, String sentence) {
    if (text(key) == null) {
      throw new Refusal(key, sentence);
    }
  }

  /** Whether a box is ticked or "yes" chosen. */
  public boolean yes(String key) {
    reads.allow(key, Reads.Kind.YES);
    return ticked(key);
  }

  private boolean ticked(String key) {
    Object value = fields.get(key);
    return Boolean.TRUE.equals(value) || "yes".equals(value);
  }

  /** The ticked choices, in order; empty when none. */
  public List<String> choices(String key) {
    reads.allow(key, Reads.Kind.SEVERAL);
    return fields.get(key) instanceof Collection<?> ticked ? ticked.stream().map(String::valueOf).toList() : List.of();
  }

  /** A whole number, or null; refuses anything else. */
  public Integer number(String key) {
    reads.allow(key, Reads.Kind.NUMBER);
    String text = text(key);
    try {
      return text == null ? null : Integer.valueOf(text.replaceFirst("\\.0$", ""));
    } catch (NumberFormatException e) {
      throw new Refusal(key, "Enter a whole number.");
    }
  }

  /** A calendar date, or null; refuses what is no date of the calendar and dates before 1900. */
  public LocalDate date(String key) {
    reads.allow(key, Reads.Kind.DATE, Reads.Kind.MOMENT);
    String text = text(key);
    if (text == null) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      if (date.isBefore(EARLIEST)) {
        throw new Refusal(key, "This date is more than a century ago. Check the year.");
      }
      return date;
    } catch (DateTimeParseException e) {
      throw new Refusal(key, "This is not a date of the calendar. Enter it as day/month/year.");
    }
  }

  /** A moment as forms spell it: London's wall time, to the minute. */
  public static String wallTime(Instant at) {
    return LocalDateTime.ofInstant(at, LONDON).truncatedTo(ChronoUnit.MINUTES).toString();
  }

  /** A London date and time as an instant, or null; refuses what is none. What names its offset from UTC is taken by that. */
  public Instant moment(String key) {
    LocalDate date = date(key);
    if (date == null) {
      return null;
    }
    String text = text(key);
    try {
      if (OFFSET.matcher(text).find()) {
        return OffsetDateTime.parse(text).toInstant();
      }
      // the form sends London wall time; in the hour that the clocks repeat, the first of the two is meant
      return LocalDateTime.parse(text.length() == 10 ? text + "T00:00" : text.substring(0, 16)).atZone(LONDON).toInstant();
    } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
      throw new Refusal(key, "This is not a date and time. Enter day/month/year and the time of day.");
    }
  }

  /** When it happened: what the form says, or now. Never in the future. */
  public Instant happenedAt() {
    Instant happened = moment("happenedAt");
    if (happened == null) {
      if (ticked("happenedEarlier")) {
        throw new Refusal("happenedAt", "You said it happened earlier. Give both the day and the time.");
      }
      return recordedAt;
    }
    if (happened.isAfter(recordedAt)) {
      throw new Refusal("happenedAt", "The time it happened is in the future. Enter when it really happened.");
    }
    return happened;
  }
}
