package org.followthrough.minutes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.followthrough.conference.Conferences;
import org.followthrough.meeting.Meetings;
import org.followthrough.meeting.Outcomes;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/** What a meeting recorded, in words, part by part: for those who write its minutes, agree them, or are sent a copy. */
@Component
public class MeetingInWords {

  private final Minutes minutes;
  private final Meetings meetings;
  private final Outcomes outcomes;
  private final Conferences conferences;
  private final CoreGroups coreGroups;
  private final Plans plans;
  private final Agencies agencies;

  MeetingInWords(Minutes minutes, Meetings meetings, Outcomes outcomes, Conferences conferences, CoreGroups coreGroups, Plans plans,
      Agencies agencies) {
    this.minutes = minutes;
    this.meetings = meetings;
    this.outcomes = outcomes;
    this.conferences = conferences;
    this.coreGroups = coreGroups;
    this.plans = plans;
    this.agencies = agencies;
  }

  /** What is recorded of the meeting already, for those who write and agree its minutes: nobody types it again. */
  public String recorded(UUID id) {
    Meetings.Meeting meeting = meetings.find(minutes.get(id).meetingId()).orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add("**" + Words.sentence(meeting.kind()) + "**" + (meeting.heldAt() == null ? "" : ", " + Words.moment(meeting.heldAt())));
    Words.section(lines, "**Took part**", meetings.attendance(meeting.id()).stream()
        .filter(Meetings.Attended::tookPart).map(this::who).toList());
    Words.section(lines, "**Did not take part**", meetings.attendance(meeting.id()).stream().filter(one -> !one.tookPart())
        .map(one -> who(one) + ": " + Words.escaped(one.absentWhy())).toList());
    lines.add(outcomes.decided(meeting.id()));
    Words.section(lines, "**What each agency thinks**", views(meeting.id(), agencies::sentence, UnaryOperator.identity()));
    Words.section(lines, "**Agreed**", meetings.actions(meeting.id()).stream()
        .map(one -> Words.escaped(one.what()) + ": **" + Words.escaped(one.namedPerson())
        + "**, " + Words.escaped(agencies.spoken(one.agency())) + ", by " + Words.date(one.dueOn())).toList());
    Words.section(lines, "**Promised before**", promised(meeting, Words::escaped));
    Words.section(lines, "**The plan**", plan(meeting, minutes.get(id).agreedAt(), Words::escaped));
    return String.join("\n", lines);
  }

  /** The agencies' views of what a conference decided, dissent as dissent; without what this reader may not know. */
  List<String> views(UUID meetingId, UnaryOperator<String> from, UnaryOperator<String> kept) {
    return conferences.views(meetingId).stream().map(one -> Words.escaped(from.apply(one.agency()))
        + (one.child() == null ? "" : ", about " + Words.escaped(one.child()))
        + ": " + Words.escaped(kept.apply(one.view()))
        + (one.dissents() ? ". **Dissents:** " + Words.escaped(kept.apply(one.dissentWhy())) : "")).toList();
  }

  /** What a core group said of what was promised before; of other meetings nothing. */
  List<String> promised(Meetings.Meeting meeting, UnaryOperator<String> told) {
    return coreGroups.reviews(meeting.id()).stream().map(one -> told.apply(one.what()) + ": **" + told.apply(one.namedPerson()) + "**, by "
        + Words.date(one.dueOn()) + (one.dueOn().equals(one.wasDueOn()) ? "" : " (was " + Words.date(one.wasDueOn()) + ")") + ": **"
        + Words.spoken(one.result()) + "**" + (one.words() == null ? "" : ". " + told.apply(one.words()))).toList();
  }

  /** The plans as a core group left them, which go to its members with the minutes; of other meetings nothing. */
  List<String> plan(Meetings.Meeting meeting, Instant at, UnaryOperator<String> told) {
    return meeting.kind().equals(Conferences.CORE_GROUP) ? plans.inWords(minutes.caseOf(meeting.id()).orElseThrow(), at, told) : List.of();
  }

  private String who(Meetings.Attended one) {
    return List.of(one.name() == null ? "" : one.name(), one.role() == null ? "" : one.role(), agencies.spoken(one.agency())).stream()
        .filter(part -> !part.isEmpty()).map(Words::escaped).collect(Collectors.joining(", "));
  }

  /** A version whole, with what is recorded of the meeting, for the chair who agrees it. */
  public String whole(UUID id) {
    Minutes.Version version = minutes.get(id);
    List<String> lines = new ArrayList<>(List.of(recorded(id)));
    text(lines, "**Main part**", version.summary());
    text(lines, "**Confidential part**", version.confidential());
    text(lines, "**Letter**", version.letter());
    return String.join("\n", lines);
  }

  /** A typed text under its heading, line by line as it was typed. */
  static void text(List<String> lines, String heading, String text) {
    if (text != null && !text.isBlank()) {
      lines.add("\n" + heading + "\n");
      lines.add(Words.escaped(text).replace("\n", "  \n"));
    }
  }
}
