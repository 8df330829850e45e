package org.followthrough.move.acceptance;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves.Move;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** From here on the process is about the move, also where our conference about the family asked for it. */
@Component
class OpenAcceptance implements JavaDelegate {

  private final Arrivals arrivals;
  private final Contacts contacts;

  OpenAcceptance(Arrivals arrivals, Contacts contacts) {
    this.arrivals = arrivals;
    this.contacts = contacts;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Move move = arrivals.about(UUID.fromString((String) execution.getVariable("subjectRef"))).orElseThrow();
    execution.setVariable("subjectRef", move.id().toString());
    execution.setVariable("contactRef", contacts.byId(move.contactId()).reference());
  }
}
