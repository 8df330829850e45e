package org.followthrough.conference.coregroup;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.CoreGroups;
import org.springframework.stereotype.Component;

/** Day, place, and who is asked; somebody who comes to it newly belongs to it from then on. */
@Component
class ArrangeCoreGroup implements Step {

  private final Meetings meetings;
  private final CoreGroups coreGroups;
  private final Families families;
  private final Conferences conferences;
  private final Chronology chronology;
  private final Clocks clocks;
  private final Agencies agencies;

  ArrangeCoreGroup(Meetings meetings, CoreGroups coreGroups, Families families, Conferences conferences, Chronology chronology,
      Clocks clocks, Agencies agencies) {
    this.meetings = meetings;
    this.coreGroups = coreGroups;
    this.families = families;
    this.conferences = conferences;
    this.chronology = chronology;
    this.clocks = clocks;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().moment("plannedAt").text("place", "notAskedWhy", "newName", "newRole", "newReach").severalFrom("members", "asked")
        .choiceFrom(Agencies.AND_FAMILY, "newAgency");
  }

  @Override
  public String event() {
    return "Core group arranged";
  }

  /** The clock runs until they have met. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<CoreGroups.Member> members = coreGroups.members(matter.caseId());
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()),
        "dueText", "To be held by " + Words.moment(clocks.get(UUID.fromString(matter.reference("clockRef"))).dueAt()) + ".",
        "membersKnown", members.size(),
        "members", members.stream().map(one -> new Option(one.inWords(agencies::spoken) + ": "
            + (one.reach() == null ? "no address yet" : one.reach()), one.id().toString())).toList(),
        "asked", members.stream().map(one -> one.id().toString()).toList()));
    shown.put(Agencies.AND_FAMILY, agencies.withFamily());
    Optional<Instant> postponed = meetings.plannedAt(matter.subjectId());
    postponed.ifPresent(at -> shown.put("postponedText", "It was to be held on " + Words.moment(at) + " and was not."));
    if (chronology.when(OpenCoreGroup.AFTER_CONFERENCE, null, null, matter.subjectId()).isPresent()) {
      conferences.last(matter.caseId()).ifPresent(one -> shown.putAll(named(one, postponed.isEmpty())));
    }
    return shown;
  }

  /** What the conference named for the first core group: its day, while that was not tried, and what must not be missed. */
  private static Map<String, Object> named(Conferences.Conference one, boolean untried) {
    Map<String, Object> named = new HashMap<>();
    if (untried && one.dates().coreGroupAt() != null) {
      named.put("plannedAt", Submission.wallTime(one.dates().coreGroupAt()));
    }
    if (one.dates().mustNotMiss() != null) {
      named.put("mustNotMissText", "Not to be missed, said the conference: " + Words.escaped(one.dates().mustNotMiss()));
    }
    return named;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Instant planned = typed.moment("plannedAt");
    if (planned.isBefore(typed.recordedAt())) {
      throw new Refusal("plannedAt", "This time has passed already. Check the day and the time.");
    }
    List<CoreGroups.Member> members = coreGroups.members(matter.caseId());
    if (typed.choices("asked").size() < members.size()) {
      typed.demand("notAskedWhy", "Somebody who belongs to the core group is not asked. Say why.");
    }
    if (typed.text("newName") != null) {
      typed.demand("newAgency", "Say where they come from.");
      coreGroups.join(matter.caseId(), typed.text("newName"), typed.text("newRole"), typed.text("newAgency"),
          agencies.reach(typed.text("newReach"), typed.text("newAgency")), typed.recordedAt());
    } else if (members.isEmpty()) {
      throw new Refusal("newName", "Nobody belongs to this core group yet. Name at least one person; more can be added "
          + "when you record it.");
    }
    meetings.plan(matter.subjectId(), planned, typed.text("place"));
    return Map.of();
  }
}
