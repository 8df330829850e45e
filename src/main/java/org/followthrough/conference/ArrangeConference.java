package org.followthrough.conference;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.move.Arrivals;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** The day, the chair and the purpose (learning point K-04). */
@Component
class ArrangeConference implements Step {

  private final ConferencePages pages;
  private final Meetings meetings;
  private final Conferences conferences;
  private final Families families;
  private final Arrivals arrivals;
  private final Directory directory;
  private final Redating redating;

  ArrangeConference(ConferencePages pages, Meetings meetings, Conferences conferences, Families families, Arrivals arrivals,
      Directory directory, Redating redating) {
    this.pages = pages;
    this.meetings = meetings;
    this.conferences = conferences;
    this.families = families;
    this.arrivals = arrivals;
    this.directory = directory;
    this.redating = redating;
  }

  @Override
  public Reads reads() {
    return new Reads().moment("plannedAt").text("lateWhy", "place", "otherChair", "purpose").choice("how").choiceFrom("chairs", "chair")
        .happened();
  }

  @Override
  public String event() {
    return "Conference arranged";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.shows(matter));
    shown.put("chairs", chairs(matter.caseId()));
    Optional.ofNullable(conferences.get(matter.subjectId()).plannedAt())
        .ifPresent(at -> shown.put("plannedAt", Submission.wallTime(at)));
    return shown;
  }

  /** Nobody who works for the team that holds the case chairs its conference, nor who stands in there for somebody. */
  private List<Option> chairs(UUID caseId) {
    List<String> teams = families.teams(caseId);
    return directory.members("conference-chair").stream()
        .filter(one -> directory.groupsOf(one.value()).stream().noneMatch(group -> teams.stream()
            .anyMatch(team -> group.startsWith(team + ".")))).toList();
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID meeting = typed.matter().subjectId();
    Conference one = conferences.get(meeting);
    Instant planned = typed.moment("plannedAt");
    pages.notOnAWeekend(meeting, "plannedAt", planned);
    if (one.cause().reviews() != null && !planned.isAfter(conferences.get(one.cause().reviews()).heldAt())) {
      throw new Refusal("plannedAt", "This lies before the conference that it reviews. Check the day, month and year.");
    }
    if (planned.isAfter(pages.limit(meeting))) {
      typed.demand("lateWhy", "This day lies after the limit. Say why it cannot be earlier; it is not blocked.");
    }
    if (typed.text("chair") == null) {
      typed.demand("otherChair", "Choose who chairs, or write down who does.");
    }
    meetings.plan(meeting, planned, typed.text("place") == null ? typed.text("how") : typed.text("how") + ", " + typed.text("place"));
    conferences.arrange(meeting, typed.text("chair") == null ? typed.text("otherChair") : directory.name(typed.text("chair")),
        typed.text("purpose"), typed.text("lateWhy"));
    // another authority may hold the family until we have met: it comes and reports
    arrivals.conferenceArranged(meeting, planned, typed.text("place"));
    if (one.cause().reviews() != null) {
      redating.recount("date of next review", null, typed.matter().caseId(), null, "The review conference was arranged");
    }
    return Map.of();
  }
}
