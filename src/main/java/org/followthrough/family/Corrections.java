package org.followthrough.family;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Corrects when something happened: the chronology and every row that the event has dated. The clocks follow it. */
@Component
public class Corrections {

  private final Chronology chronology;
  private final Families families;
  private final JdbcClient jdbc;
  private final Map<String, List<Consumer<Correction>>> homes = new HashMap<>();

  Corrections(Chronology chronology, Families families, JdbcClient jdbc, List<Dated> owners) {
    this.chronology = chronology;
    this.families = families;
    this.jdbc = jdbc;
    owners.forEach(owner -> owner.events().forEach((event, how) -> homes.computeIfAbsent(event, one -> new ArrayList<>()).add(how)));
  }

  /** The entries of a contact, or a case, whose time may be corrected, as choices for a form, newest first. */
  public List<Option> choices(UUID contactId, UUID caseId) {
    return chronology.choices(contactId, caseId, this::mayBeCorrected);
  }

  private boolean mayBeCorrected(Chronology.Line line) {
    List<Consumer<Correction>> owners = homes.getOrDefault(line.what(), List.of());
    return !owners.contains(Correction.NEVER) && (!owners.isEmpty() || line.taskId() != null);
  }

  /**
   * Corrects when an event happened. Its family is locked first: two corrections at once would each look at the other's old date,
   * and could together leave what neither of them may.
   *
   * @param entry the line that says so
   * @return every line that has moved with it
   * @throws Refusal when the line was corrected already or has no home, the new time lies in the future, or it would contradict
   *     the law or another row
   */
  @Transactional
  public List<Correction.Moved> correct(UUID entry, Instant happenedAt, String why, Instant recordedAt, String by) {
    Chronology.Line line = chronology.get(entry);
    if (line.caseId() != null) {
      families.idOf(families.reference(line.caseId())).ifPresent(families::lock);
    }
    if (!mayBeCorrected(line)) {
      throw new Refusal("entry", "The time of this entry is not corrected here: it follows from another one. Correct that.");
    }
    Correction correction = new Correction(jdbc, chronology, entry, asExact(line, happenedAt), why, recordedAt, by);
    try {
      homes.getOrDefault(correction.line().what(), List.of()).forEach(owner -> owner.accept(correction));
      // what the database holds of the law, such as no conference before its enquiry, is asked now and not when it is too late to say so
      jdbc.sql("set constraints all immediate").update();
      jdbc.sql("set constraints all deferred").update();
    } catch (DataAccessException e) {
      throw new Refusal("happenedAt", "At this time it would contradict another date of the record: something would "
          + "end before it began, or come before what it follows. Correct the other date first.");
    }
    return correction.moved();
  }

  /** What was known to the day only stays so. */
  private static Instant asExact(Chronology.Line line, Instant happenedAt) {
    return line.taskId() == null && line.happenedAt().equals(startOfDay(line.happenedAt())) ? startOfDay(happenedAt) : happenedAt;
  }

  private static Instant startOfDay(Instant at) {
    return LocalDate.ofInstant(at, Submission.LONDON).atStartOfDay(Submission.LONDON).toInstant();
  }
}
