package org.followthrough.childdeath;

import java.util.Map;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

@Component
class DecideWhatContinues implements Step {

  private final Families families;

  DecideWhatContinues(Families families) {
    this.families = families;
  }

  @Override
  public Reads reads() {
    return new Reads();
  }

  @Override
  public String event() {
    return "Continuation decided";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("familySummary", families.summary(matter.caseId()));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    families.closeIfDone(typed.matter().caseId(), typed.recordedAt());
    return Map.of();
  }
}
