package org.followthrough.deadline;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.family.Chronology;
import org.followthrough.page.ForModels;
import org.followthrough.page.Matter;
import org.followthrough.page.Matters;
import org.springframework.stereotype.Component;

/**
 * What models say of their clocks: {@code ${deadline.due(execution)}} and no number. A clock starts when its scope is
 * entered and ends with it; its reference travels as the variable {@value #CLOCK_REF}, so whatever happens inside the
 * scope, in called processes too, has the same date.
 */
@Component("deadline")
public class Deadline {

  /** The variable that carries the reference of the nearest clock. */
  public static final String CLOCK_REF = "clockRef";

  private final DeployedDeadlines deployed;
  private final DueDates dueDates;
  private final Clocks clocks;
  private final Dates dates;
  private final Chronology chronology;
  private final Matters matters;
  private final Clock clock;

  Deadline(DeployedDeadlines deployed, DueDates dueDates, Clocks clocks, Dates dates, Chronology chronology, Matters matters, Clock clock) {
    this.deployed = deployed;
    this.dueDates = dueDates;
    this.clocks = clocks;
    this.dates = dates;
    this.chronology = chronology;
    this.matters = matters;
    this.clock = clock;
  }

  /**
   * When the obligation around this execution is due.
   *
   * @throws IllegalStateException when the model has no obligation there; a missing date is an error, never now
   */
  @ForModels
  public Date due(DelegateExecution execution) {
    return Date.from(around(execution).dueAt());
  }

  /**
   * When the obligation around this execution is marked amber: time to remind, before it is late.
   *
   * @throws IllegalStateException when the model has no obligation there
   */
  @ForModels
  public Date warning(DelegateExecution execution) {
    return Date.from(around(execution).counted().amberAt());
  }

  private Clocks.Running around(DelegateExecution execution) {
    Object reference = execution.getVariable(CLOCK_REF);
    if (reference == null) {
      throw new IllegalStateException("No obligation with a deadline encloses " + execution.getCurrentActivityId());
    }
    return clocks.get(UUID.fromString(reference.toString()));
  }

  /**
   * Starts the clock of an obligation as its scope is entered.
   *
   * @param obligation the row of the table, with the process
   */
  public void start(DelegateExecution scope, String process, String obligation) {
    String definition = deployed.inForce();
    DeadlineTable table = deployed.table(definition);
    DeadlineRow row = table.row(process, obligation);
    Matter matter = matters.of(scope.getVariables(), null);
    Function<String, Instant> happened = event -> dates.when(event, matter.contactId(), matter.caseId(), matter.subjectId()).orElse(null);
    DeadlineRow counting = dueDates.counting(row, happened, table);
    Instant countedFrom = happened.apply(counting.countFrom());
    Instant due = dueDates.due(counting, countedFrom);
    UUID id = clocks.start(row, counting, definition, scope.getProcessInstanceId(), matter.contactId(), matter.caseId(),
        matter.subjectId(), countedFrom, due, dueDates.amberFrom(counting, due), clock.instant());
    scope.setVariableLocal(CLOCK_REF, id.toString());
  }

  /** Ends the clock as its scope is left: met when the entry that met it says, or withdrawn with its process. */
  public void end(DelegateExecution scope) {
    Object reference = scope.getVariableLocal(CLOCK_REF);
    if (reference == null) {
      return;
    }
    UUID id = UUID.fromString(reference.toString());
    if (scope.isCanceled()) {
      clocks.withdrawn(id, clock.instant());
    } else {
      // what holds other obligations and has no page of its own was met when they were
      Optional<Instant> met = chronology.metAt(id).or(() -> clocks.metInside(id).stream().findFirst().map(Clocks.Running::metAt));
      clocks.met(id, met.orElse(clock.instant()), clock.instant());
    }
  }

  /** When a limit that counts from a plain moment passes; for the ladder, which climbs by rows of the same table. */
  public Instant passes(String process, String obligation, Instant countedFrom) {
    return dueDates.due(deployed.table(deployed.inForce()).row(process, obligation), countedFrom);
  }

  /** The name of the event from which an obligation counts; for pages that say so beside the date. */
  public String countsFrom(String process, String obligation) {
    return deployed.table(deployed.inForce()).row(process, obligation).countFrom();
  }
}
