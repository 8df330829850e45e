package org.followthrough.emergencyprotection;

import java.time.Instant;
import java.util.Map;
import org.followthrough.record.Families;
import org.followthrough.record.Matter;
import org.followthrough.record.Refusal;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
import org.springframework.stereotype.Component;

/** What protects each child now; kept whole in the chronology. */
@Component
class ArrangeProtection implements Step {

  private final Families families;

  ArrangeProtection(Families families) {
    this.families = families;
  }

  @Override
  public String event() {
    return "Protection arranged";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("familySummary", families.summary(matter.caseId()));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Instant until = typed.moment("until");
    if (until != null && until.isBefore(typed.happenedAt())) {
      throw new Refusal("until", "The arrangement would end before it begins. Check the date and time.");
    }
    return Map.of();
  }
}
