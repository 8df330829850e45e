package org.followthrough.missingfamily;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.record.Chronology;
import org.followthrough.record.Contacts;
import org.followthrough.record.Moves;
import org.springframework.stereotype.Component;

/** Nobody knows where the family is, since we learned of it: from then on the police are to be told, and somebody looks. */
@Component
class BeginSearch implements JavaDelegate {

  private final Moves moves;
  private final Contacts contacts;
  private final Chronology chronology;

  BeginSearch(Moves moves, Contacts contacts, Chronology chronology) {
    this.moves = moves;
    this.contacts = contacts;
    this.chronology = chronology;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Moves.Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    UUID contactId = Optional.ofNullable((String) execution.getVariable("contactRef")).flatMap(contacts::idOf).orElse(null);
    for (String event : List.of("Family missing", "Tracing looked at")) {
      chronology.add(Chronology.Line.fact(contactId, move.caseId(), null, event, move.learnedAt(), "system", null).about(move.id()));
    }
  }
}
