package org.followthrough.protection.section47;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** What happened before, and what it means today: the list alone tells nobody (learning points C-08, K-17, Q-08). */
@Component
class WeighHistory implements Step {

  private final Enquiries enquiries;
  private final Background background;
  private final Families families;

  WeighHistory(Enquiries enquiries, Background background, Families families) {
    this.enquiries = enquiries;
    this.background = background;
    this.families = families;
  }

  @Override
  public Reads reads() {
    return new Reads().text("historyMeaning").happened();
  }

  @Override
  public String event() {
    return "History weighed";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** It is met by the analysis. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = background.shows(matter);
    List<String> lines = new ArrayList<>(enquiries.earlier(matter.subjectId()));
    // without a contact of its own the process leaves none out
    lines.addAll(families.history(matter.caseId(), matter.contactId() == null ? matter.subjectId() : matter.contactId()));
    shown.put("historyText", lines.isEmpty() ? "Nothing is known here from before." : "- " + String.join("\n- ", lines));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    enquiries.historyMeans(typed.matter().subjectId(), typed.text("historyMeaning"));
    return Map.of();
  }
}
