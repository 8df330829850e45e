package org.followthrough.protection.section47;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** What holds until the conference, and what happens if it does not (learning point C-22). */
@Component
class AgreeInterimPlan implements Step {

  private final Enquiries enquiries;
  private final Background background;

  AgreeInterimPlan(Enquiries enquiries, Background background) {
    this.enquiries = enquiries;
    this.background = background;
  }

  @Override
  public Reads reads() {
    return new Reads().text("keepsSafe", "who", "checkedBy", "ifNot", "parentsWhy")
        .either("parents", "agree", "partly", "do-not-agree", "not-asked").happened();
  }

  @Override
  public String event() {
    return "Interim plan agreed";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = background.shows(matter);
    shown.put("childrenText", enquiries.forNextStep(matter.subjectId(), Set.of(Enquiries.CONFERENCE)).stream()
        .map(child -> "- " + Words.escaped(child.label())).collect(Collectors.joining("\n")));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!typed.is("parents", "agree")) {
      typed.demand("parentsWhy", "The parents do not agree, or not to all of it. Say what they say, or why they were not asked.");
    }
    enquiries.agreeInterimPlan(typed.matter().subjectId(), new Enquiries.InterimPlan(typed.text("keepsSafe"), typed.text("who"),
        typed.text("checkedBy"), typed.text("ifNot"), typed.text("parents"), typed.text("parentsWhy")), typed.happenedAt(),
        typed.recordedAt(), typed.matter().user());
    return Map.of();
  }
}
