package org.followthrough.support.childinneed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.support.Supports;
import org.springframework.stereotype.Component;

/** Is it better for each child, and how do we know? (learning point Q-31) */
@Component
class ReviewSupport implements Step {

  /** As many children as the page has places of their own for. */
  private static final int PLACES = 8;

  private final Supports supports;
  private final Meetings meetings;
  private final Families families;
  private final Chronology chronology;

  ReviewSupport(Supports supports, Meetings meetings, Families families, Chronology chronology) {
    this.supports = supports;
    this.meetings = meetings;
    this.families = families;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().either("goesOn", "continue", "close", "strategy-discussion").text("why")
        .each(Reads.places("c", PLACES), (reads, child) -> reads.either(child + "How", "better", "same", "worse").text(child + "Evidence"))
        .happened();
  }

  @Override
  public String event() {
    return "Support reviewed";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Supports.Support support = supports.find(matter.subjectId()).orElseThrow();
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()),
        "helpText", Words.escaped(support.help())));
    List<String> reviews = supports.reviews(support.id());
    if (!reviews.isEmpty()) {
      shown.put("reviewsText", String.join("\n", reviews));
    }
    List<Option> children = supports.children(support.id());
    for (int i = 0; i < Math.min(PLACES, children.size()); i++) {
      shown.put("c" + (i + 1) + "Name", Words.escaped(children.get(i).label()));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID id = matter.subjectId();
    String goesOn = typed.text("goesOn");
    if (typed.happenedAt().isBefore(supports.find(id).orElseThrow().acceptedAt())) {
      throw new Refusal("happenedAt", "The review would lie before the help was accepted. Check the date and time.");
    }
    List<Option> children = supports.children(id);
    for (int i = 0; i < Math.min(PLACES, children.size()); i++) {
      String place = "c" + (i + 1);
      typed.demand(place + "How", "Say for each child whether it is better.");
      typed.demand(place + "Evidence", "Say how you know.");
      supports.review(id, UUID.fromString(children.get(i).value()), typed.text(place + "How"), typed.text(place + "Evidence"),
          typed.happenedAt(), matter.user());
    }
    Chronology.Line reviewed = Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Support last reviewed",
        typed.recordedAt(), matter.user(), null)
        .about(id).happened(typed.happenedAt());
    chronology.add(reviewed);
    if (!goesOn.equals("continue")) {
      typed.demand("why", "Say why it does not go on as it is.");
      if (goesOn.equals("close")) {
        chronology.add(reviewed.named(Events.CLOSING_NEEDED));
      } else if (meetings.discussionCalled(matter.caseId())) {
        throw new Refusal("goesOn", "A strategy discussion is called already: say there what you fear. Choose how "
            + "the help goes on until then.");
      }
      supports.end(id, goesOn.equals("close") ? "finished" : goesOn, typed.happenedAt());
    }
    return Map.of("howDoesItGoOn", goesOn);
  }
}
