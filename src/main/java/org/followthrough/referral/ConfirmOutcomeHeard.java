package org.followthrough.referral;

import java.util.Map;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** It is not enough to have told: the referrer says that they heard (learning points K-15, S-01, Q-18). */
@Component
class ConfirmOutcomeHeard implements Step {

  private final Decisions decisions;

  ConfirmOutcomeHeard(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public Reads reads() {
    return new Reads().either("heard", "yes", "yes-but-disagree", "not-heard").text("disagreement").happened();
  }

  @Override
  public String event() {
    return "Outcome heard";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("toldText", decisions.standing(matter.contactId()).map(decisions::told).orElse(""));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (typed.is("heard", "not-heard")) {
      throw new Refusal("heard", "Then this stays open. Tell the contact centre that you have not had it; they will tell you again, "
          + "and you confirm here.");
    }
    if (typed.is("heard", "yes-but-disagree")) {
      typed.demand("disagreement", "Say what you disagree with, so that it stands in the record of the case.");
    }
    return Map.of();
  }
}
