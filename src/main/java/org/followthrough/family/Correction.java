package org.followthrough.family;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An event that has turned out to have happened at another time. Its owners ({@link Dated}) move what it has dated: always
 * exactly from the moment that was wrong, so that what was dated by something else stays.
 */
public final class Correction {

  /** An event whose time cannot be wrong, or must not be moved; the reason stands where it is used. */
  public static final Consumer<Correction> NEVER = correction -> {
    throw new Refusal("entry", "The time of this entry cannot be corrected.");
  };

  /** A line of the chronology as it was, and when it happened instead. */
  public record Moved(Chronology.Line line, Instant now) {}

  private final JdbcClient jdbc;
  private final Chronology chronology;
  private final Chronology.Line line;
  private final Instant firstRecorded;
  private final Instant now;
  private final String why;
  private final Instant recordedAt;
  private final String by;
  private final List<Moved> moved = new ArrayList<>();

  Correction(JdbcClient jdbc, Chronology chronology, UUID entry, Instant now, String why, Instant recordedAt, String by) {
    this.jdbc = jdbc;
    this.chronology = chronology;
    this.line = chronology.get(entry);
    this.firstRecorded = chronology.firstRecorded(entry);
    this.now = now;
    this.why = why;
    this.recordedAt = recordedAt;
    this.by = by;
    replace(entry);
  }

  /** The line that is corrected, as it was. */
  public Chronology.Line line() {
    return line;
  }

  /** When it happened, as is known now. */
  public Instant now() {
    return now;
  }

  /** Every line that has moved: the corrected one first, then those of the same moment. */
  public List<Moved> moved() {
    return List.copyOf(moved);
  }

  /**
   * Moves dates in rows of the owner.
   *
   * @param update names the moments {@code :was} and {@code :now}, their days in London {@code :wasDay} and {@code :nowDay}, when it was
   *     first {@code :recorded}, and by whom it is found: {@code :subject}, {@code :person}, {@code :contact}, {@code :case}
   * @return how many rows have moved
   */
  public int move(String update) {
    return jdbc.sql(update).params(parameters()).update();
  }

  /** The moment that a query finds, named as in {@link #move}; empty where it finds none. */
  public Optional<Instant> found(String query) {
    return jdbc.sql(query).params(parameters()).query((row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
        .list().stream().findFirst().flatMap(at -> at);
  }

  private Map<String, Object> parameters() {
    Map<String, Object> names = new HashMap<>();
    names.put("was", Timestamp.from(line.happenedAt()));
    names.put("now", Timestamp.from(now));
    names.put("wasDay", LocalDate.ofInstant(line.happenedAt(), Submission.LONDON));
    names.put("nowDay", LocalDate.ofInstant(now, Submission.LONDON));
    names.put("recorded", Timestamp.from(firstRecorded));
    names.put("subject", line.subjectId());
    names.put("person", line.personId());
    names.put("contact", line.contactId());
    names.put("case", line.caseId());
    return names;
  }

  /**
   * Lines of these names that the family has of the same moment happened with it: they are corrected too. {@code %} stands for anything.
   */
  public void with(String... events) {
    for (String event : events) {
      chronology.standing(event, line.contactId(), line.caseId(), line.happenedAt()).forEach(this::replace);
    }
  }

  /** The same of one subject only. */
  public void withOf(UUID subject, String event) {
    chronology.standing(event, line.contactId(), line.caseId(), line.happenedAt()).stream()
        .filter(one -> subject.equals(chronology.get(one).subjectId())).forEach(this::replace);
  }

  private void replace(UUID entry) {
    moved.add(new Moved(chronology.get(entry), now));
    chronology.correct(entry, now, why, recordedAt, by);
  }

  /** Refuses a time before another one, where that is known. */
  public void notBefore(Instant earliest, String sentence) {
    if (earliest != null && now.isBefore(earliest)) {
      throw new Refusal("happenedAt", sentence + " Check the date and time.");
    }
  }

  /** Refuses a time after another one, where that is known. */
  public void notAfter(Instant latest, String sentence) {
    if (latest != null && now.isAfter(latest)) {
      throw new Refusal("happenedAt", sentence + " Check the date and time.");
    }
  }
}
