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

/** Whether the court is asked; if not, why, and how this child is reached instead. */
@Component
class DecideOnOrder implements Step {

  private final Enquiries enquiries;
  private final Background background;

  DecideOnOrder(Enquiries enquiries, Background background) {
    this.enquiries = enquiries;
    this.background = background;
  }

  @Override
  public Reads reads() {
    return new Reads().either("order", "emergency-protection-order", "child-assessment-order", "police-powers", "none")
        .text("reasons", "instead").happened();
  }

  @Override
  public String event() {
    return "Way to child decided";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = background.shows(matter);
    shown.put("childText", enquiries.inWords(child(matter)));
    enquiries.access(matter.subjectId(), child(matter)).ifPresent(access -> {
      shown.put("accessText", Words.moment(access.refusedAt()) + ": **" + Words.spoken(access.kind()) + "**. "
          + Words.escaped(access.tried()));
      shown.put("adviceText", Words.escaped(access.advice()) + "\n\n" + Words.escaped(access.adviser()));
    });
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    boolean none = typed.is("order", "none");
    if (none) {
      typed.demand("instead", "Say how this child is reached instead: who goes, when, and with whom.");
    }
    enquiries.decidedOnOrder(enquiries.access(matter.subjectId(), child(matter)).orElseThrow().id(), typed.text("order"),
        typed.text("reasons"), none ? typed.text("instead") : null, typed.happenedAt(), matter.user());
    return Map.of();
  }

  private static UUID child(Matter matter) {
    return UUID.fromString(matter.reference("childRef"));
  }
}
