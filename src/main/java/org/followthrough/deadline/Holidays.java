package org.followthrough.deadline;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import org.followthrough.page.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Corrections of the bank holidays; each of them re-dates what is open. */
@Component
public class Holidays {

  private final JdbcClient jdbc;
  private final Redating redating;
  private final Clock clock;

  Holidays(JdbcClient jdbc, Redating redating, Clock clock) {
    this.jdbc = jdbc;
    this.redating = redating;
    this.clock = clock;
  }

  /**
   * Enters an extra holiday, or takes one away, and re-dates every open clock with its timer and its tasks. From then on it
   * holds on every node.
   *
   * @param working true when a holiday of the calendar is a working day after all
   * @param source where it was proclaimed
   * @return how many clocks moved
   * @throws Refusal when the day, its name or its source is missing, or the day was corrected before
   */
  @Transactional
  public int proclaim(LocalDate day, String name, boolean working, String source, String by) {
    if (day == null || name == null || name.isBlank() || source == null || source.isBlank()) {
      throw new Refusal("day", "A holiday needs its day, its name, and where it was proclaimed.");
    }
    // whoever counts has read this table in the transaction that keeps the count: we wait for them, and they then for us
    jdbc.sql("lock table holiday_override in access exclusive mode").update();
    int entered = jdbc.sql("""
            insert into holiday_override (day, name, working, source, entered_at, entered_by)
            values (:day, :name, :working, :source, :at, :by) on conflict (day) do nothing""")
        .param("day", Date.valueOf(day)).param("name", name).param("working", working).param("source", source)
        .param("at", Timestamp.from(clock.instant())).param("by", by)
        .update();
    if (entered == 0) {
      throw new Refusal("day", "This day was corrected already.");
    }
    jdbc.sql("update calendar set changed_at = :at").param("at", Timestamp.from(clock.instant())).update();
    return redating.recountAll(name + (working ? " is a working day" : " is a holiday"));
  }
}
