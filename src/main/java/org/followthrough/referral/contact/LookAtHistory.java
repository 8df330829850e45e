package org.followthrough.referral.contact;

import java.util.Map;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

@Component
class LookAtHistory implements Step {

  private final Contacts contacts;
  private final Families families;

  LookAtHistory(Contacts contacts, Families families) {
    this.contacts = contacts;
    this.families = families;
  }

  @Override
  public Reads reads() {
    return new Reads().text("historyMeaning");
  }

  @Override
  public String event() {
    return "History looked at";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("history", families.summary(matter.caseId()) + "\n\n- "
        + String.join("\n- ", families.history(matter.caseId(), matter.contactId())));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    contacts.historyMeans(typed.matter().contactId(), typed.text("historyMeaning"));
    return Map.of();
  }
}
