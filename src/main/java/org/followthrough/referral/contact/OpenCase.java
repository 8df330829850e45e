package org.followthrough.referral.contact;

import java.time.Clock;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Families;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Puts the contact into its family's case; from here on the case reference is the business key everywhere. */
@Component
class OpenCase implements JavaDelegate {

  private final Contacts contacts;
  private final Families families;
  private final Clock clock;

  OpenCase(Contacts contacts, Families families, Clock clock) {
    this.contacts = contacts;
    this.families = families;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID contact = contacts.idOf((String) execution.getVariable("contactRef")).orElseThrow();
    String chosen = (String) execution.getVariable("chosenFamily");
    UUID known = chosen == null || chosen.equals(ChooseFamily.NEW_FAMILY) ? null : families.idOf(chosen).orElseThrow();
    UUID caseId = contacts.settle(contact, known, clock.instant(), (String) execution.getVariable("startedBy"));
    String reference = families.reference(caseId);
    execution.setVariable("caseRef", reference);
    execution.setVariable("earlierInvolvementFound", !families.history(caseId, contact).isEmpty());
    for (DelegateExecution instance = execution; instance != null; instance = instance.getSuperExecution()) {
      instance.setProcessBusinessKey(reference);
    }
  }
}
