package org.followthrough.protection.section47;

import java.util.List;
import java.util.Map;
import org.followthrough.family.Chronology;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** Those who were asked hear that there is no conference, and that they may ask for one (learning points K-05, K-15). */
@Component
class TellAgencies implements Step {

  private final Enquiries enquiries;
  private final Background background;
  private final Chronology chronology;

  TellAgencies(Enquiries enquiries, Background background, Chronology chronology) {
    this.enquiries = enquiries;
    this.background = background;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("offeredAgencies", "told").choice("toldHow").text("notToldWhy", "requestedBy", "requestedWhy")
        .yes("conferenceRequested").happened();
  }

  @Override
  public String event() {
    return "Agencies told";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Option> asked = asked(matter);
    Map<String, Object> shown = background.shows(matter);
    shown.put("offeredAgencies", asked);
    shown.put("nobodyAsked", asked.isEmpty());
    shown.put("findingsText", background.findings(matter.subjectId()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    List<String> told = typed.choices("told");
    if (!told.isEmpty()) {
      typed.demand("toldHow", "Say how they were told.");
    }
    if (told.size() < asked(matter).size()) {
      typed.demand("notToldWhy", "Not all of them are told. Say why.");
    }
    boolean requested = typed.yes("conferenceRequested");
    if (requested) {
      typed.demand("requestedBy", "Say who asks for it: name and agency.");
      typed.demand("requestedWhy", "Say what they fear.");
      enquiries.requested(matter.subjectId(), typed.text("requestedBy"), typed.text("requestedWhy"));
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Conference requested", typed.recordedAt(),
          matter.user(), null)
          .about(matter.subjectId()).happened(typed.happenedAt()));
    }
    enquiries.told(matter.subjectId(), told, typed.text("toldHow"), typed.text("notToldWhy"), typed.happenedAt());
    return Map.of("conferenceRequested", requested, "conferenceAgreed", false);
  }

  private List<Option> asked(Matter matter) {
    return enquiries.checks(matter.subjectId()).stream().map(check -> new Option(check.inWords(), check.agency())).toList();
  }
}
