package org.followthrough.referral;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.page.ForModels;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Who is asked whether the referrer has heard, as groups that models ask: {@code ${referrers.asked(execution)}}. */
@Component
public class Referrers {

  private final Contacts contacts;
  private final Directory directory;

  Referrers(Contacts contacts, Directory directory) {
    this.contacts = contacts;
    this.directory = directory;
  }

  /**
   * Who can say that the outcome was heard: the referrer's agency where it works with this system, else the contact
   * centre, who asks and records it for them.
   */
  @ForModels
  public String asked(DelegateExecution execution) {
    UUID contact = contacts.idOf((String) execution.getVariable("contactRef")).orElseThrow();
    String agency = contacts.byId(contact).referrer().agency();
    return agency != null && directory.anybodyIn(agency) ? agency + ",contact-centre" : "contact-centre";
  }
}
