package org.followthrough.tasklist;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.followthrough.engine.Roads;
import org.followthrough.record.Chronology;
import org.followthrough.record.Families;
import org.followthrough.record.Matter;
import org.followthrough.record.Meetings;
import org.followthrough.record.Option;
import org.followthrough.record.Refusal;
import org.followthrough.record.Submission;
import org.springframework.stereotype.Component;

/** What everybody may begin at once who works with a family, at any point of its case. */
@Component
class Acts {

  private static final List<Option> YES_OR_NO = List.of(new Option("Yes", "yes"), new Option("No", "no"));

  private final Families families;
  private final Meetings meetings;
  private final Chronology chronology;
  private final Roads roads;

  Acts(Families families, Meetings meetings, Chronology chronology, Roads roads) {
    this.families = families;
    this.meetings = meetings;
    this.chronology = chronology;
    this.roads = roads;
  }

  List<Change> offered(Matter matter) {
    if (matter.caseId() == null || families.children(matter.caseId()).isEmpty()) {
      return List.of();
    }
    return List.of(
        Change.acting("protect", "Protect a child now",
            "A page for the arrangement waits in the list at once, for you and for everybody on duty, day and night.",
            List.of(Change.Field.story("why", "What has happened?", "One sentence is enough; the rest can wait.")), this::protect),
        Change.acting("call-discussion", "Call a strategy discussion",
            "Social work, police, health and whoever else knows the child, by telephone if need be.",
            List.of(Change.Field.select("injury", "Is an injury or recent sexual abuse alleged?", YES_OR_NO),
                Change.Field.datetime("enquiryBegunAt", "Has an urgent section 47 enquiry begun already? Since when?").ifKnown(),
                Change.Field.reason("Why")), this::callDiscussion));
  }

  private void protect(Desk.OnDesk on, Submission typed) {
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), null, "Protection needed", typed.recordedAt(), on.user(), typed.text("why")));
    begin("ProtectionNeeded", on, Map.of());
  }

  private void callDiscussion(Desk.OnDesk on, Submission typed) {
    if (meetings.discussionCalled(on.matter().caseId())) {
      throw new Refusal("A strategy discussion is called already and not held yet. What is new is talked over there.");
    }
    Instant begun = typed.moment("enquiryBegunAt");
    if (begun != null && begun.isAfter(typed.recordedAt())) {
      throw new Refusal("enquiryBegunAt", "This time is in the future. Enter when the enquiry really began.");
    }
    Map<String, Object> references = new HashMap<>();
    references.put("injuryAlleged", typed.yes("injury"));
    if (begun != null) {
      references.put("enquiryBegunAt", Date.from(begun));
    }
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), null, "Strategy discussion asked for", typed.recordedAt(), on.user(),
        typed.text("why")));
    begin("StrategyDiscussionNeeded", on, references);
  }

  private void begin(String message, Desk.OnDesk on, Map<String, Object> references) {
    roads.begin(message, families.reference(on.matter().caseId()), references);
  }
}
