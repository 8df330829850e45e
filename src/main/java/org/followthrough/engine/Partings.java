package org.followthrough.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/**
 * Children of one family whose paths part: those who leave get a case of their own, and the roads that are about none who stays
 * go with them. What is about both stays where it is; what neither case may be without begins where it is missing.
 */
@Component
public class Partings {

  /** The new case, and the roads that went along. */
  public record Parted(UUID caseId, List<Roads.Road> roads) {}

  private final Families families;
  private final Roads roads;
  private final List<CaseProcess> processes;

  Partings(Families families, Roads roads, List<CaseProcess> processes) {
    this.families = families;
    this.roads = roads;
    this.processes = processes;
  }

  /**
   * Parts them in one step.
   *
   * @param about what else goes along, by the subjects of its roads
   * @throws org.followthrough.page.Refusal when no child, or every child, leaves
   */
  public Parted part(UUID caseId, List<UUID> leaving, List<UUID> about, String why, Instant at, String by) {
    UUID other = families.split(caseId, leaving, why, at, by);
    List<UUID> subjects = new ArrayList<>(families.goneAlong(other));
    subjects.addAll(about);
    List<Roads.Road> going = roads.follow(families.references(caseId), subjects, families.reference(other), other);
    processes.forEach(one -> one.parted(caseId, other, at, by));
    return new Parted(other, going);
  }
}
