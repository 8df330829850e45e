package org.followthrough.referral;

import java.util.Map;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

@Component
class TellReferrer implements Step {

  private final Contacts contacts;
  private final Decisions decisions;
  private final Agencies agencies;

  TellReferrer(Contacts contacts, Decisions decisions, Agencies agencies) {
    this.contacts = contacts;
    this.decisions = decisions;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().happened();
  }

  @Override
  public String event() {
    return "Referrer told";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("outcomeText", decisions.standing(matter.contactId()).map(decisions::told).orElse(""),
        "referrerText", contacts.byId(matter.contactId()).referrer().described(agencies::spoken));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    return Map.of();
  }
}
