package org.followthrough.contact;

import java.util.Map;
import org.followthrough.record.Contacts;
import org.followthrough.record.Families;
import org.followthrough.record.Matter;
import org.followthrough.record.Nature;
import org.followthrough.record.Reads;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
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
