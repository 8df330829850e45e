package org.followthrough.move.teamtransfer;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.engine.CaseSplits;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.move.Moves;
import org.followthrough.move.TeamHandovers;
import org.followthrough.page.Words;
import org.followthrough.referral.LeadProfessionals;
import org.springframework.stereotype.Component;

/**
 * Everything in the one transaction of the acceptance: responsibility, lead professional, open work and with them the sight of
 * the family. Children who move without the others get a case of their own first.
 */
@Component
class MoveFamily implements JavaDelegate {

  private final Moves moves;
  private final TeamHandovers handovers;
  private final Families families;
  private final LeadProfessionals leads;
  private final Chronology chronology;
  private final CaseSplits splits;
  private final ProcessInstances instances;
  private final Clock clock;

  MoveFamily(Moves moves, TeamHandovers handovers, Families families, LeadProfessionals leads, Chronology chronology, CaseSplits splits,
      ProcessInstances instances, Clock clock) {
    this.moves = moves;
    this.handovers = handovers;
    this.families = families;
    this.leads = leads;
    this.chronology = chronology;
    this.splits = splits;
    this.instances = instances;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Moves.Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    String by = (String) execution.getVariable("recordedBy");
    Instant now = clock.instant();
    List<UUID> going = handovers.going(move.id());
    List<String> from = handovers.teams(going);
    // first of all: whatever opens from here on is the new team's
    handovers.pass(move, going, now);
    leads.name(caseId, going, move.reply().worker(), "The family moved to the team " + Words.sentence(move.other().team()) + ".", now, by);
    boolean all = families.children(caseId).stream().allMatch(child -> going.contains(UUID.fromString(child.value())));
    CaseSplits.Split split = all ? new CaseSplits.Split(caseId, instances.running(families.references(caseId)))
        : splits.split(caseId, going, List.of(move.id()), "They move to the team " + Words.sentence(move.other().team()) + ".", now, by);
    moves.isCase(move.id(), split.caseId());
    from.forEach(team -> instances.handOver(split.instances(), team, move.other().team()));
    instances.end(LeadProfessionals.LEAD_PROFESSIONAL_WITHDRAWN, families.references(split.caseId()), null);
    chronology.add(Chronology.Line.fact(null, split.caseId(), null, "Responsibility passed", now, by, null).about(move.id()));
    execution.setVariable("responsibilityPassed", true);
  }
}
