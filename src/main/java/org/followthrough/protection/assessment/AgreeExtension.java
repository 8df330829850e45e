package org.followthrough.protection.assessment;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Assessments;
import org.springframework.stereotype.Component;

/** More time, with a manager's reason and a new day. The limit stays where it is, and who was late stays late. */
@Component
class AgreeExtension implements Step {

  private final Assessments assessments;
  private final Families families;
  private final Clocks clocks;

  AgreeExtension(Assessments assessments, Families families, Clocks clocks) {
    this.assessments = assessments;
    this.families = families;
    this.clocks = clocks;
  }

  @Override
  public Reads reads() {
    return new Reads().date("untilDay").text("why");
  }

  @Override
  public String event() {
    return "Extension agreed";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()),
        "dueText", "The assessment is due on **" + Words.moment(clocks.get(UUID.fromString(matter.reference("clockRef"))).dueAt()) + "**.",
        "askedText", Words.escaped((String) assessments.page(matter.subjectId()).getOrDefault("whyMoreTime", ""))));
    List<String> earlier = assessments.extensions(matter.subjectId()).stream()
        .map(more -> "- until " + Words.date(more.untilDay()) + ", agreed on " + Words.date(more.agreedAt()) + ": "
            + Words.escaped(more.why())).toList();
    if (!earlier.isEmpty()) {
      shown.put("earlierText", String.join("\n", earlier));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    LocalDate until = typed.date("untilDay");
    if (until.isBefore(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
      throw new Refusal("untilDay", "This day has passed already. Agree on one that lies ahead.");
    }
    assessments.extend(typed.matter().subjectId(), until, typed.text("why"), typed.recordedAt(), typed.matter().user());
    return Map.of();
  }
}
