package org.followthrough.conference.coregroup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
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
import org.followthrough.people.Directory;
import org.followthrough.plan.CoreGroups;
import org.springframework.stereotype.Component;

/** Who took part, and why the others did not. Without the social worker it is held all the same (learning point K-25). */
@Component
class RecordCoreGroup implements Step {

  /** Members for whom the page has a line of their own. */
  private static final int LINES = 12;

  private final Meetings meetings;
  private final CoreGroups coreGroups;
  private final Families families;
  private final Chronology chronology;
  private final Directory directory;
  private final Agencies agencies;

  RecordCoreGroup(Meetings meetings, CoreGroups coreGroups, Families families, Chronology chronology, Directory directory,
      Agencies agencies) {
    this.meetings = meetings;
    this.coreGroups = coreGroups;
    this.families = families;
    this.chronology = chronology;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("coreGroupHeld", "socialWorker", "otherJoins")
        .text("whyNotHeld", "ledBy", "socialWorkerName", "socialWorkerWhy", "otherName", "otherRole", "otherReach")
        .severalFrom("members", "tookPart").choiceFrom(Agencies.AND_FAMILY, "otherAgency")
        .each(Reads.places("m", LINES), (reads, line) -> reads.text(line + "Why")).text("othersWhy").happened();
  }

  @Override
  public String event() {
    return Events.CORE_GROUP_HELD;
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("coreGroupHeld") ? event() : "Core group postponed";
  }

  @Override
  public boolean meetsItsClock(Submission typed) {
    return typed.yes("coreGroupHeld");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<CoreGroups.Member> members = coreGroups.members(matter.caseId());
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()),
        "members", members.stream().map(one -> new Option(one.inWords(agencies::spoken), one.id().toString())).toList(),
        "moreMembers", members.size() > LINES, Agencies.AND_FAMILY, agencies.withFamily()));
    for (int i = 0; i < Math.min(LINES, members.size()); i++) {
      shown.put("m" + (i + 1), members.get(i).id().toString());
      shown.put("m" + (i + 1) + "Name", Words.escaped(members.get(i).name()));
    }
    coreGroups.lead(matter.caseId()).ifPresent(lead -> shown.put("socialWorkerName", directory.name(lead)));
    meetings.plannedAt(matter.subjectId()).ifPresent(at -> shown.put("plannedText", "It was called for " + Words.moment(at) + "."));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!typed.yes("coreGroupHeld")) {
      typed.demand("whyNotHeld", "Say why it did not take place.");
      return Map.of("coreGroupHeld", false);
    }
    Matter matter = typed.matter();
    notTooEarly(typed);
    typed.demand("ledBy", "Say who led it.");
    List<Meetings.Attended> attendance = new ArrayList<>(List.of(socialWorker(typed)));
    List<CoreGroups.Member> members = coreGroups.members(matter.caseId());
    for (int i = 0; i < members.size(); i++) {
      if (Agencies.SOCIAL_CARE.equals(members.get(i).agency()) && members.get(i).name().equalsIgnoreCase(typed.text("socialWorkerName"))) {
        continue;
      }
      attendance.add(attended(typed, members.get(i), i < LINES ? "m" + (i + 1) + "Why" : "othersWhy"));
    }
    if (typed.text("otherName") != null) {
      attendance.add(somebodyElse(typed));
    }
    if (attendance.stream().filter(Meetings.Attended::tookPart).count() < 2) {
      throw new Refusal("tookPart", "A core group needs two. If nobody else came, answer “No” above: it is arranged again at once.");
    }
    meetings.hold(matter.subjectId(), typed.happenedAt(), null, typed.text("ledBy"), attendance);
    return Map.of("coreGroupHeld", true, "recordedBy", matter.user());
  }

  private static Meetings.Attended socialWorker(Submission typed) {
    typed.demand("socialWorker", "Say whether the social worker was there.");
    if (typed.yes("socialWorker")) {
      typed.demand("socialWorkerName", "Write down who the social worker was.");
      return new Meetings.Attended(Agencies.SOCIAL_CARE, typed.text("socialWorkerName"), "Social worker", null, true, null);
    }
    typed.demand("socialWorkerWhy", "Say why, and who takes along what was agreed for them.");
    return new Meetings.Attended(Agencies.SOCIAL_CARE, typed.text("socialWorkerName"), "Social worker", null, false,
        typed.text("socialWorkerWhy"));
  }

  private static Meetings.Attended attended(Submission typed, CoreGroups.Member member, String why) {
    boolean tookPart = typed.choices("tookPart").contains(member.id().toString());
    if (!tookPart) {
      typed.demand(why, "Say of everybody who was not there why. A word is enough.");
    }
    return new Meetings.Attended(member.agency() == null ? Agencies.FAMILY : member.agency(), member.name(), member.role(),
        member.reach(), tookPart, tookPart ? null : typed.text(why));
  }

  private Meetings.Attended somebodyElse(Submission typed) {
    typed.demand("otherAgency", "Say where they come from.");
    String agency = typed.text("otherAgency");
    if (typed.yes("otherJoins")) {
      coreGroups.join(typed.matter().caseId(), typed.text("otherName"), typed.text("otherRole"), agency,
          typed.text("otherReach"), typed.recordedAt());
    }
    return new Meetings.Attended(agency, typed.text("otherName"), typed.text("otherRole"), typed.text("otherReach"), true, null);
  }

  /** A wrong day or month is noticed where it would lie before what it follows. */
  private void notTooEarly(Submission typed) {
    Matter matter = typed.matter();
    Instant since = Stream.of(OpenCoreGroup.AFTER_CONFERENCE, OpenCoreGroup.AFTER_CORE_GROUP)
        .flatMap(event -> chronology.when(event, null, null, matter.subjectId()).stream()).findFirst().orElseThrow();
    if (!typed.happenedAt().isAfter(since)) {
      throw new Refusal("happenedAt", "This lies before the conference or the core group that it follows. Check the date and time.");
    }
  }
}
