package org.followthrough.protection.section47;

import java.util.Map;
import java.util.UUID;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** A child nobody may see is in more danger, not in less: what the lawyers say, now (Children Act 1989, section 47(6)). */
@Component
class TakeLegalAdvice implements Step {

  private final Enquiries enquiries;
  private final Background background;

  TakeLegalAdvice(Enquiries enquiries, Background background) {
    this.enquiries = enquiries;
    this.background = background;
  }

  @Override
  public Reads reads() {
    return new Reads().text("adviser", "advice").happened();
  }

  @Override
  public String event() {
    return "Legal advice taken";
  }

  /** It is met when a manager has decided on the way to the child. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = background.shows(matter);
    shown.put("childText", enquiries.inWords(child(matter)));
    enquiries.access(matter.subjectId(), child(matter)).ifPresent(access ->
        shown.put("accessText", Words.moment(access.refusedAt()) + ": **" + Words.spoken(access.kind()) + "**. "
            + Words.escaped(access.tried())));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    enquiries.advised(enquiries.access(matter.subjectId(), child(matter)).orElseThrow().id(), typed.text("adviser"),
        typed.text("advice"), typed.happenedAt());
    return Map.of();
  }

  private static UUID child(Matter matter) {
    return UUID.fromString(matter.reference("childRef"));
  }
}
