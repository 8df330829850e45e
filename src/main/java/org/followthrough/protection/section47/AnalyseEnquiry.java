package org.followthrough.protection.section47;

import java.util.Map;
import java.util.UUID;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** Who says what, what I saw, the child’s own words; and what it comes to (learning points C-12, C-18, Q-09). */
@Component
class AnalyseEnquiry implements Step {

  private final Enquiries enquiries;
  private final Background background;

  AnalyseEnquiry(Enquiries enquiries, Background background) {
    this.enquiries = enquiries;
    this.background = background;
  }

  @Override
  public Reads reads() {
    return new Reads().text("parentsSay", "agenciesSay", "observed", "childrenSay", "comesTo").happened();
  }

  @Override
  public String event() {
    return "Enquiry analysed";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    UUID enquiry = matter.subjectId();
    Map<String, Object> shown = background.shows(matter);
    put(shown, "parentsSay", enquiries.heard(enquiry, Enquiries.Voice.PARENTS));
    put(shown, "agenciesSay", enquiries.heard(enquiry, Enquiries.Voice.AGENCIES));
    put(shown, "childrenSay", enquiries.heard(enquiry, Enquiries.Voice.CHILDREN));
    put(shown, "doctorText", Words.escaped(enquiries.heard(enquiry, Enquiries.Voice.DOCTORS)));
    put(shown, "historyText", Words.escaped(enquiries.get(enquiry).historyMeans()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    enquiries.analyse(typed.matter().subjectId(), typed.text("parentsSay"), typed.text("agenciesSay"), typed.text("observed"),
        typed.text("childrenSay"), typed.text("comesTo"), typed.happenedAt(), typed.matter().user());
    return Map.of();
  }

  private static void put(Map<String, Object> shown, String key, String value) {
    if (!value.isEmpty()) {
      shown.put(key, value);
    }
  }
}
