package org.followthrough.referral;

import java.util.Map;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** A member of the public is thanked and told that it was received, and nothing about the family. */
@Component
class AcknowledgeContact implements Step {

  private final Contacts contacts;
  private final Agencies agencies;

  AcknowledgeContact(Contacts contacts, Agencies agencies) {
    this.contacts = contacts;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().either("acknowledged", "yes", "not-possible").text("notPossibleWhy").happened();
  }

  @Override
  public String event() {
    return "Contact acknowledged";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("referrerText", contacts.byId(matter.contactId()).referrer().described(agencies::spoken));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (typed.is("acknowledged", "not-possible")) {
      typed.demand("notPossibleWhy", "Say why the caller could not be reached.");
    }
    return Map.of();
  }
}
