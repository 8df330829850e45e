package org.followthrough.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/**
 * Splits a case where children's paths part: those who leave get a case of their own, with their rows ({@link Families#split}), and the
 * processes that are about none who stays go with them. What is about both stays where it is; what neither case may be without begins
 * where it is missing.
 */
@Component
public class CaseSplits {

  /** The new case, and the processes that went along. */
  public record Split(UUID caseId, List<ProcessInstances.Running> instances) {}

  private final Families families;
  private final ProcessInstances instances;
  private final List<CaseProcess> processes;

  CaseSplits(Families families, ProcessInstances instances, List<CaseProcess> processes) {
    this.families = families;
    this.instances = instances;
    this.processes = processes;
  }

  /**
   * Splits rows and processes in one step.
   *
   * @param about what else goes along, by the subjects of its processes
   * @throws org.followthrough.page.Refusal when no child, or every child, leaves
   */
  public Split split(UUID caseId, List<UUID> leaving, List<UUID> about, String why, Instant at, String by) {
    UUID other = families.split(caseId, leaving, why, at, by);
    List<UUID> subjects = new ArrayList<>(families.goneAlong(other));
    subjects.addAll(about);
    List<ProcessInstances.Running> going = instances.follow(families.references(caseId), subjects, families.reference(other), other);
    processes.forEach(one -> one.split(caseId, other, at, by));
    return new Split(other, going);
  }
}
