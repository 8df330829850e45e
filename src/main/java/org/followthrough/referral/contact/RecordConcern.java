package org.followthrough.referral.contact;

import java.util.HashMap;
import java.util.Map;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

@Component
class RecordConcern implements Step {

  private final Contacts contacts;

  RecordConcern(Contacts contacts) {
    this.contacts = contacts;
  }

  @Override
  public Reads reads() {
    return Contacts.CONCERN.yes("anotherConcern");
  }

  @Override
  public String event() {
    return "Concern recorded";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.of(typed.text("nature"));
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("children", contacts.children(matter.contactId()));
    int so = contacts.concerns(matter.contactId());
    if (so > 0) {
      shown.put("concernsSoFar", so == 1 ? "one concern" : so + " concerns");
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (typed.is("nature", "reported")) {
      typed.demand("reportedBy", "Say who reported it, or “not known”.");
    }
    contacts.concern(typed.matter().contactId(), typed);
    return Map.of("anotherConcern", typed.yes("anotherConcern"));
  }
}
