package org.followthrough.minutes;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.followthrough.family.Confidences;
import org.followthrough.family.Redaction;
import org.followthrough.meeting.Meetings;
import org.followthrough.meeting.Outcomes;
import org.followthrough.page.Refusal;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a copy of the minutes shows, and what is left out of it for whom. */
@Component
public class RedactedMinutes {

  /** Whether one of the family took part in a meeting, under any of their names. */
  static final String AT_THE_TABLE = """
      exists (select from attendance t join person_name k on plain_name(k.first_name || ' ' || k.last_name) = plain_name(t.name)
        where t.meeting_id = :meeting and t.agency = 'family' and t.took_part and k.person_id = %s)""";

  private final JdbcClient jdbc;
  private final Meetings meetings;
  private final Outcomes outcomes;
  private final Minutes minutes;
  private final MeetingInWords inWords;
  private final Receipts receipts;
  private final Confidences confidences;
  private final Agencies agencies;

  RedactedMinutes(JdbcClient jdbc, Meetings meetings, Outcomes outcomes, Minutes minutes, MeetingInWords inWords, Receipts receipts,
      Confidences confidences, Agencies agencies) {
    this.jdbc = jdbc;
    this.meetings = meetings;
    this.outcomes = outcomes;
    this.minutes = minutes;
    this.inWords = inWords;
    this.receipts = receipts;
    this.confidences = confidences;
    this.agencies = agencies;
  }

  /** @throws Refusal where a copy would tell its recipient what they may not know */
  void mustNotTell(Minutes.Version version, Circulation.Sending copy) {
    Redaction kept = kept(version.meetingId(), copy.personId());
    boolean letter = copy.extent().equals(Circulation.LETTER);
    (letter ? kept.told(version.letter()) : kept.told(version.summary()).or(() -> kept.told(version.challenged()))).ifPresent(what -> {
      throw new Refusal("extent", (letter ? "The letter" : "The main part") + " holds " + what + ", which this recipient may not know. "
          + (letter ? "Leave them out, and ask for a correction of the minutes." : "Send them the letter, or leave them out."));
    });
  }

  private Redaction kept(UUID meetingId, UUID personId) {
    return personId == null ? confidences.fromEverybody(meetingId) : confidences.from(personId, meetingId);
  }

  /**
   * The text of a copy for its recipient, in Markdown. What they may not know is left out even where it came to need
   * protecting only after the copy was sent. One of the family reads what was written for them and no list: brothers and
   * sisters may have another parent, whose children and affairs are not theirs to know. Who sat at the table has heard it.
   */
  public String of(UUID copyId) {
    Receipts.Copy copy = receipts.copy(copyId);
    Minutes.Version version = minutes.get(copy.minutesId());
    Meetings.Meeting meeting = meetings.find(version.meetingId()).orElseThrow();
    Redaction kept = kept(meeting.id(), copy.personId());
    boolean letter = copy.extent().equals(Circulation.LETTER);
    boolean family = copy.personId() != null && !atTheTable(copy.personId(), meeting.id());
    List<Outcomes.Outcome> decided = outcomes.byChild(meeting.id());
    // which school says where a child is; the family is told the kind
    UnaryOperator<String> from = copy.personId() == null ? agencies::sentence : code -> Words.sentence(agencies.agencyOf(code));
    List<String> lines = new ArrayList<>();
    lines.add("# " + (letter ? "After the " : "Minutes of the ") + Words.spoken(meeting.kind()));
    lines.add(family ? "" : "\n" + Words.escaped(String.join(", ", decided.stream().map(Outcomes.Outcome::child).toList())) + "\n");
    lines.add(Words.moment(meeting.heldAt()) + (version.number() == 1 ? "" : ". This is version " + version.number()
        + "; it takes the place of the one before."));
    if (letter) {
      MeetingInWords.text(lines, "## What we can tell you", kept.without(version.letter()));
    } else {
      Words.section(lines, "## Who took part", tookPart(meeting.id(), true, from));
      Words.section(lines, "## Who did not", tookPart(meeting.id(), false, from));
    }
    if (!family && !(letter && copy.personId() != null)) {
      Words.section(lines, "## What was decided", decided.stream().map(one -> Words.escaped(one.child()) + ": **" + one.outcome() + "**"
          + (letter ? "" : ". " + Words.escaped(kept.without(one.reasons())))).toList());
    }
    if (!letter && !family) {
      UnaryOperator<String> told = text -> Words.escaped(kept.without(text));
      Words.section(lines, "## What each agency thinks", inWords.views(meeting.id(), from, kept::without));
      Words.section(lines, "## Who does what", meetings.actions(meeting.id()).stream().map(one -> action(one, from, kept)).toList());
      Words.section(lines, "## What was promised before", inWords.promised(meeting, told));
      Words.section(lines, "## The plan from now on", inWords.plan(meeting, version.agreedAt(), told));
    }
    if (!letter) {
      MeetingInWords.text(lines, "## What was said", kept.without(version.summary()));
      MeetingInWords.text(lines, "## What was challenged", kept.without(version.challenged()));
    }
    if (copy.extent().equals(Circulation.FULL)) {
      MeetingInWords.text(lines, "## Confidential", version.confidential());
    }
    if (!letter && version.writtenBy().equals(version.agreedBy())) {
      lines.add("\nWritten and agreed by the same person: nobody else held the chair’s role.");
    }
    return String.join("\n", lines);
  }

  private boolean atTheTable(UUID person, UUID meetingId) {
    return jdbc.sql("select " + AT_THE_TABLE.formatted(":person")).param("meeting", meetingId).param("person", person)
        .query(Boolean.class).single();
  }

  /** Agency and role, never the name: and of those who asked not to be named only that they told us. */
  private List<String> tookPart(UUID meetingId, boolean tookPart, UnaryOperator<String> from) {
    return meetings.attendance(meetingId).stream().filter(one -> one.tookPart() == tookPart)
        .map(one -> confidences.askedNotToBeNamed(meetingId, one.name(), one.agency(), one.role()) ? "The person who told us"
            : Words.escaped(from.apply(one.agency()) + (one.role() == null ? "" : ": " + one.role())))
        .toList();
  }

  private static String action(Meetings.Action one, UnaryOperator<String> from, Redaction kept) {
    String person = kept.told(one.namedPerson()).isPresent() ? "somebody whose name is with the chair" : one.namedPerson();
    return Words.escaped(kept.without(one.what())) + ": **" + Words.escaped(person) + "**, "
        + Words.escaped(from.apply(one.agency())) + ", by " + Words.date(one.dueOn())
        + (one.ifNotDone() == null ? "" : ". If it is not done: " + Words.escaped(kept.without(one.ifNotDone())));
  }
}
