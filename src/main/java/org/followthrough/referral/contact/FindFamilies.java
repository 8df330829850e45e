package org.followthrough.referral.contact;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Families;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

@Component
class FindFamilies implements JavaDelegate {

  private final Contacts contacts;
  private final Families families;

  FindFamilies(Contacts contacts, Families families) {
    this.contacts = contacts;
    this.families = families;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var contact = contacts.idOf((String) execution.getVariable("contactRef")).orElseThrow();
    execution.setVariable("familyKnown", !families.likely(contact).isEmpty());
  }
}
