package org.followthrough.move.dispute;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.move.Disagreements;
import org.followthrough.move.Moves;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Takes the dispute one stage higher; each stage has its own time. */
@Component
class TakeUpDispute implements JavaDelegate {

  private final Disagreements disagreements;
  private final Moves moves;
  private final Contacts contacts;
  private final Chronology chronology;
  private final Clock clock;

  TakeUpDispute(Disagreements disagreements, Moves moves, Contacts contacts, Chronology chronology, Clock clock) {
    this.disagreements = disagreements;
    this.moves = moves;
    this.contacts = contacts;
    this.chronology = chronology;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Moves.Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    UUID contactId = Optional.ofNullable((String) execution.getVariable("contactRef")).flatMap(contacts::idOf).orElse(null);
    Disagreements.Stage stage = disagreements.takeUp(move.id(), clock.instant());
    execution.setVariable("stageRef", stage.id().toString());
    chronology.add(Chronology.Line.fact(contactId, move.caseId(), null, event(stage), clock.instant(), "system", null).about(stage.id()));
  }

  /** As the deadlines count from it. */
  private static String event(Disagreements.Stage stage) {
    return "Dispute " + (stage.last() ? "in partnership" : "with " + stage.stage().replace('-', ' '));
  }
}
