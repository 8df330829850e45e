package org.followthrough.referral;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.springframework.stereotype.Component;

/** Gives the contact its reference, which is the business key until its family is known. */
@Component
class OpenContact implements JavaDelegate {

  private final Contacts contacts;
  private final Chronology chronology;
  private final Clock clock;

  OpenContact(Contacts contacts, Chronology chronology, Clock clock) {
    this.contacts = contacts;
    this.chronology = chronology;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String by = (String) execution.getVariable("startedBy");
    Contacts.Contact contact = contacts.open(clock.instant(), by);
    chronology.add(Chronology.Line.fact(contact.id(), null, null, "Contact opened", clock.instant(), by, null));
    execution.setVariable("contactRef", contact.reference());
    execution.setProcessBusinessKey(contact.reference());
  }
}
