package org.followthrough.protection.section47;

import java.util.Map;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** What one agency knows of the family, in its own words or as it was told to us (learning points K-10, Q-26). */
@Component
class AnswerCheck implements Step {

  private final Enquiries enquiries;
  private final Background background;
  private final Directory directory;

  AnswerCheck(Enquiries enquiries, Background background, Directory directory) {
    this.enquiries = enquiries;
    this.background = background;
    this.directory = directory;
  }

  @Override
  public Reads reads() {
    return new Reads().text("knows", "worryWhat", "onBehalfOf").either("worry", "none", "some", "serious").choice("onBehalfHow")
        .happened();
  }

  @Override
  public String event() {
    return "Agency answered";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = background.shows(matter);
    shown.put("agencyText", Words.escaped(check(matter).inWords()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Enquiries.Check check = check(matter);
    if (!directory.groupsOf(matter.user()).contains(check.agency())) {
      typed.demand("onBehalfOf", "You do not work for this agency. Say who told you.");
      typed.demand("onBehalfHow", "Say how they told you.");
    }
    if (!typed.is("worry", "none")) {
      typed.demand("worryWhat", "Say what worries this agency, and about which child.");
    }
    enquiries.answered(matter.subjectId(), check.agency(), typed.text("knows"), typed.text("worry"), typed.text("worryWhat"),
        typed.text("onBehalfOf"), typed.happenedAt(), matter.user());
    return Map.of();
  }

  private Enquiries.Check check(Matter matter) {
    return enquiries.checks(matter.subjectId()).stream().filter(check -> check.agency().equals(matter.reference("agencyRef")))
        .findFirst().orElseThrow();
  }
}
