package org.followthrough.childdeath;

import java.util.Map;
import org.followthrough.record.Families;
import org.followthrough.record.Matter;
import org.followthrough.record.Nature;
import org.followthrough.record.Reads;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
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
