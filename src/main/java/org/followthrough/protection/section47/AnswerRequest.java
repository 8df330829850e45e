package org.followthrough.protection.section47;

import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** An agency fears for a child and asks for a conference all the same; it has an answer with reasons. */
@Component
class AnswerRequest implements Step {

  private final Enquiries enquiries;
  private final Background background;
  private final Chronology chronology;

  AnswerRequest(Enquiries enquiries, Background background, Chronology chronology) {
    this.enquiries = enquiries;
    this.background = background;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("agreed").severalFrom("offeredChildren", "children").text("reasons").happened();
  }

  @Override
  public String event() {
    return "Conference agreed";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("agreed") ? event() : "Conference refused";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Enquiries.Request request = enquiries.get(matter.subjectId()).request();
    Map<String, Object> shown = background.shows(matter);
    shown.put("requestText", "**" + Words.escaped(request.by()) + "**: " + Words.escaped(request.why()));
    shown.put("findingsText", background.findings(matter.subjectId()));
    shown.put("offeredChildren", enquiries.withoutConference(matter.subjectId()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    boolean agreed = typed.yes("agreed");
    if (agreed) {
      if (typed.choices("children").isEmpty()) {
        throw new Refusal("children", "Tick the children for whom the conference is held.");
      }
      enquiries.agreeToConference(matter.subjectId(), typed.choices("children").stream().map(UUID::fromString).toList(),
          typed.text("reasons"));
      // what holds until the conference is agreed from now, not from the first decision
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Findings decided", typed.recordedAt(),
          matter.user(), null)
          .about(matter.subjectId()).happened(typed.happenedAt()));
    }
    return Map.of("conferenceAgreed", agreed, "conferenceNeeded", agreed);
  }
}
