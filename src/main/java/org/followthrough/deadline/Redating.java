package org.followthrough.deadline;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.followthrough.family.Chronology;
import org.followthrough.family.Correction;
import org.followthrough.page.Words;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves clocks when a date in the record or the calendar was wrong: the row, its timer and its tasks, always together. */
@Component
public class Redating {

  private final Clocks clocks;
  private final DeployedDeadlines deployed;
  private final DueDates dueDates;
  private final Dates dates;
  private final Chronology chronology;
  private final TimersAndTasks timers;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Redating(Clocks clocks, DeployedDeadlines deployed, DueDates dueDates, Dates dates, Chronology chronology, TimersAndTasks timers,
      ApplicationEventPublisher events, Clock clock) {
    this.clocks = clocks;
    this.deployed = deployed;
    this.dueDates = dueDates;
    this.dates = dates;
    this.chronology = chronology;
    this.timers = timers;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Counts every open clock again, as after a proclaimed holiday.
   *
   * @param why the line that each moved clock shows
   * @return how many moved
   */
  @Transactional
  public int recountAll(String why) {
    int moved = (int) clocks.open().stream().filter(running -> recount(running, why)).count();
    events.publishEvent(new CalendarChanged());
    return moved;
  }

  /**
   * Counts the clocks again that count from an event whose date was corrected, those that were met too; or from an end that
   * has moved, those that still run.
   */
  @Transactional
  public void recount(String event, UUID contactId, UUID caseId, UUID subjectId, String why) {
    for (Clocks.Running running : clocks.of(contactId, caseId, subjectId)) {
      DeadlineTable table = deployed.table(running.rule().table());
      boolean settled = running.endedAs() != null && dates.movesOn(event);
      if (!settled && table.row(running.process(), running.obligation()).countsFrom(event, table)) {
        recount(running, why);
      }
    }
  }

  /**
   * Writes an event from which the clock of a subject may count, and counts again. Of several of one name the first in time counts: a
   * further event never puts a date off.
   *
   * @param event a line of that subject
   */
  @Transactional
  public void bringForward(Chronology.Line event, String why) {
    chronology.addFurther(event);
    recount(event.what(), event.contactId(), event.caseId(), event.subjectId(), why);
  }

  /**
   * Counts again whatever was counted from moments that have turned out to be others, directly or through a state of the
   * record, and corrects when the clocks were met that these moments met. A clock that is late by it goes to a manager as soon as
   * its timer is looked at; whom it has gone to already stays asked.
   *
   * @param moved the lines as they were, each with its new moment
   * @return what has moved, a sentence each
   */
  @Transactional
  public List<String> corrected(List<Correction.Moved> moved, String why) {
    List<String> said = new ArrayList<>();
    List<UUID> subjects = moved.stream().map(moment -> moment.line().subjectId()).filter(Objects::nonNull).distinct().toList();
    for (Clocks.Running one : clocks.ofFamily(moved.get(0).line().contactId(), moved.get(0).line().caseId(), subjects)) {
      if (concerned(one, moved) && count(one, event -> happened(one, event, moved), why)) {
        Instant due = clocks.get(one.id()).dueAt();
        if (!due.equals(one.dueAt())) {
          said.add("“" + Words.label(one.obligation()) + "” " + (one.endedAs() == null ? "is" : "was") + " due "
              + Words.moment(due) + ", not " + Words.moment(one.dueAt()) + ".");
        }
      }
    }
    for (Correction.Moved moment : moved) {
      if (moment.line().clockId() != null) {
        clocks.metWith(moment.line().clockId(), moment.line().happenedAt()).stream()
            .filter(met -> met.id().equals(moment.line().clockId()) || chronology.metAt(met.id()).isEmpty()).forEach(met -> {
              clocks.metCorrected(met, moment.now(), "Met " + Words.moment(moment.now()) + ", not " + Words.moment(met.metAt())
                  + ". " + why, clock.instant());
              said.add("“" + Words.label(met.obligation()) + "” was met " + Words.moment(moment.now()) + ".");
            });
      }
    }
    return said;
  }

  /** Whether a clock counts, or might by its row, from one of these moments, or from a state that they may have changed. */
  private boolean concerned(Clocks.Running one, List<Correction.Moved> moved) {
    DeadlineTable table = deployed.table(one.rule().table());
    DeadlineRow row = table.row(one.process(), one.obligation());
    return moved.stream().anyMatch(moment -> about(one, moment) && row.countsFrom(moment.line().what(), table))
        || dates.movesOn(one.counted().from()) && (one.endedAs() == null || moved.stream().anyMatch(moment -> seenThen(one, moment)));
  }

  /** Whether this is the very moment that a clock was counted from. */
  private static boolean from(Clocks.Running one, Correction.Moved moment) {
    return about(one, moment) && one.counted().from().equalsIgnoreCase(moment.line().what())
        && one.counted().at().equals(moment.line().happenedAt());
  }

  /** Whether a clock that was met had counted from a state that was, or now would have been, of this moment. */
  private boolean seenThen(Clocks.Running met, Correction.Moved moment) {
    return met.counted().at().equals(moment.line().happenedAt())
        || whenMet(met, met.counted().from()).filter(moment.now()::equals).isPresent();
  }

  /** The date of this name by what was known when a clock was met, as it was corrected since. */
  private Optional<Instant> whenMet(Clocks.Running met, String event) {
    // what holds other obligations was met with the last of them
    return chronology.metRecorded(met.id())
        .or(() -> clocks.metInside(met.id()).stream().flatMap(inside -> chronology.metRecorded(inside.id()).stream()).findFirst())
        .flatMap(recorded -> dates.asKnownBefore(recorded, event, met.contactId(), met.caseId(), met.subjectId()));
  }

  private static boolean about(Clocks.Running one, Correction.Moved moment) {
    Chronology.Line line = moment.line();
    return line.subjectId() != null ? line.subjectId().equals(one.subjectId()) : one.contactId() == null
        || one.contactId().equals(line.contactId());
  }

  /**
   * When what a clock counts, or might count, from happened, as is known now. Another line of the same name does not take the place of
   * the one that it counts from, unless whichever was first counts.
   */
  private Instant happened(Clocks.Running one, String event, List<Correction.Moved> moved) {
    boolean counted = one.counted().from().equalsIgnoreCase(event);
    if (counted && !dates.movesOn(event) && !chronology.isRepeated(event, one.subjectId())) {
      return moved.stream().filter(moment -> from(one, moment)).findFirst().map(Correction.Moved::now).orElse(one.counted().at());
    }
    return (one.endedAs() == null ? dates.when(event, one.contactId(), one.caseId(), one.subjectId()) : whenMet(one, event))
        .orElse(counted ? one.counted().at() : null);
  }

  private boolean recount(Clocks.Running running, String why) {
    return count(running, event -> dates.when(event, running.contactId(), running.caseId(), running.subjectId()).orElse(null), why);
  }

  private boolean count(Clocks.Running running, Function<String, Instant> happened, String why) {
    DeadlineTable table = deployed.table(running.rule().table());
    DeadlineRow counting = dueDates.counting(table.row(running.process(), running.obligation()), happened, table);
    Instant counted = happened.apply(counting.countFrom());
    Instant due = dueDates.due(counting, counted);
    if (due.equals(running.dueAt()) && counted.equals(running.counted().at())) {
      return false;
    }
    clocks.moved(running, counting, counted, due, dueDates.amberFrom(counting, due), why, clock.instant());
    if (running.endedAs() == null && !due.equals(running.dueAt())) {
      timers.follow(running.id());
    }
    return true;
  }
}
