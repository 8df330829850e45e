package org.followthrough.minutes;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

@Component
class WriteMinutes implements Step {

  private final Minutes minutes;
  private final MeetingInWords inWords;

  WriteMinutes(Minutes minutes, MeetingInWords inWords) {
    this.minutes = minutes;
    this.inWords = inWords;
  }

  @Override
  public Reads reads() {
    return new Reads().text("summary", "confidential", "letter");
  }

  @Override
  public String event() {
    return "Minutes written";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  /** Versions are read by those who may read them; confidential things stand in no second place. */
  @Override
  public Set<String> keptApart() {
    return Set.of("summary", "confidential", "letter");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Minutes.Version version = minutes.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("recordedText", inWords.recorded(version.id()));
    shown.put("whyText", version.why());
    shown.put("changeText", version.toChange());
    shown.put("summary", version.summary());
    shown.put("confidential", version.confidential());
    shown.put("letter", version.letter());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    minutes.write(typed.matter().subjectId(), typed.text("summary"), typed.text("confidential"), typed.text("letter"),
        typed.recordedAt(), typed.matter().user());
    return Map.of();
  }
}
