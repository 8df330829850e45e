package org.followthrough.protection.section47;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** Who examined the child, and whether what was found fits what was said. */
@Component
class RecordMedical implements Step {

  private final Enquiries enquiries;
  private final Background background;

  RecordMedical(Enquiries enquiries, Background background) {
    this.enquiries = enquiries;
    this.background = background;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("examined").severalFrom("offeredChildren", "children").text("doctor", "found", "whyNot")
        .either("fits", "fits", "does-not-fit", "cannot-be-said").happened();
  }

  @Override
  public String event() {
    return "Medical recorded";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("examined") ? event() : "Medical not held";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = background.shows(matter);
    shown.put("offeredChildren", enquiries.children(matter.subjectId()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID enquiry = typed.matter().subjectId();
    boolean examined = typed.yes("examined");
    if (examined) {
      if (typed.choices("children").isEmpty()) {
        throw new Refusal("children", "Tick the children who were examined.");
      }
      typed.demand("doctor", "Say who examined them.");
      typed.demand("found", "Say what was found, child by child.");
      typed.demand("fits", "Say whether it fits the explanation that was given.");
    } else {
      typed.demand("whyNot", "Say why nobody was examined, and who decided that.");
    }
    List<UUID> children = (examined ? typed.choices("children") : enquiries.children(enquiry).stream().map(Option::value).toList()).stream()
        .map(UUID::fromString).toList();
    enquiries.examined(enquiry, children, new Enquiries.Medical(examined, typed.text("doctor"), typed.text("found"),
        typed.text("fits"), typed.text("whyNot")), typed.happenedAt(), typed.recordedAt(), typed.matter().user());
    return Map.of();
  }
}
