package org.followthrough.protection.section47;

import java.util.Map;
import java.util.UUID;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** Each parent and carer, fathers and partners too; or why not (learning points K-20, Q-10, Q-36). */
@Component
class SpeakWithParent implements Step {

  private final Enquiries enquiries;
  private final Background background;

  SpeakWithParent(Enquiries enquiries, Background background) {
    this.enquiries = enquiries;
    this.background = background;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("spoken").choice("how").text("says", "notSpokenWhy")
        .either("notSpoken", "refused", "not-found", "abroad", "not-safe", "other").happened();
  }

  @Override
  public String event() {
    return "Parent heard";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("spoken") ? event() : "Parent not heard";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = background.shows(matter);
    shown.put("adultText", enquiries.adultInWords(matter.caseId(), adult(matter)));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    boolean spoken = typed.yes("spoken");
    if (spoken) {
      typed.demand("how", "Say how you spoke.");
      typed.demand("says", "Say what they say, in their own words where you can.");
    } else {
      typed.demand("notSpoken", "Say what kept you from speaking with them.");
      typed.demand("notSpokenWhy", "Say why, what you tried, and whether it will still be done.");
    }
    enquiries.talked(typed.matter().subjectId(), adult(typed.matter()), new Enquiries.Talk(spoken, typed.text("how"),
        typed.text("says"), typed.text("notSpoken"), typed.text("notSpokenWhy")), typed.happenedAt(), typed.recordedAt(),
        typed.matter().user());
    return Map.of();
  }

  private static UUID adult(Matter matter) {
    return UUID.fromString(matter.reference("adultRef"));
  }
}
