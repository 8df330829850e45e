package org.followthrough.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/**
 * Children of one family whose paths part: those who leave get a case of their own, and the processes that are about none who stays
 * go with them. What is about both stays where it is; what neither case may be without begins where it is missing.
 */
@Component
public class Partings {

  /** The new case, and the processes that went along. */
  public record Parted(UUID caseId, List<ProcessInstances.Running> instances) {}

  private final Families families;
  private final ProcessInstances instances;
  private final List<CaseProcess> processes;

  Partings(Families families, ProcessInstances instances, List<CaseProcess> processes) {
    this.families = families;
    this.instances = instances;
    this.processes = processes;
  }

  /**
   * Parts them in one step.
   *
   * @param about what else goes along, by the subjects of its processes
   * @throws org.followthrough.page.Refusal when no child, or every child, leaves
   */
  public Parted part(UUID caseId, List<UUID> leaving, List<UUID> about, String why, Instant at, String by) {
    UUID other = families.split(caseId, leaving, why, at, by);
    List<UUID> subjects = new ArrayList<>(families.goneAlong(other));
    subjects.addAll(about);
    List<ProcessInstances.Running> going = instances.follow(families.references(caseId), subjects, families.reference(other), other);
    processes.forEach(one -> one.parted(caseId, other, at, by));
    return new Parted(other, going);
  }
}
