package org.followthrough.minutes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.followthrough.meeting.MeetingRoles;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** The chair says that this is what was said, what was challenged, and who does what (learning points C-21, K-24). */
@Component
class AgreeMinutes implements Step {

  private final Minutes minutes;
  private final MeetingInWords inWords;
  private final MeetingRoles roles;
  private final Directory directory;

  AgreeMinutes(Minutes minutes, MeetingInWords inWords, MeetingRoles roles, Directory directory) {
    this.minutes = minutes;
    this.inWords = inWords;
    this.roles = roles;
    this.directory = directory;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("minutesAgreed", "plainWords").text("challenged", "whatToChange");
  }

  @Override
  public String event() {
    return "Minutes agreed";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("minutesAgreed") ? event() : "Minutes sent back";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  /**
   * Who was alone at night writes, and somebody reads it in the morning. Only where nobody else holds the chair's role may
   * the writer agree, and every copy then says so.
   */
  @Override
  public Optional<String> notFor(Matter matter) {
    if (!matter.user().equals(minutes.get(matter.subjectId()).writtenBy())) {
      return Optional.empty();
    }
    String chairs = roles.chair(matter.subjectId(), (String) matter.references().get("caseRef"),
        (String) matter.references().get("contactRef"));
    boolean othersChair = Stream.of(chairs.split(",")).flatMap(group -> directory.members(group).stream())
        .anyMatch(one -> !one.value().equals(matter.user()));
    return othersChair
        ? Optional.of("You wrote these minutes yourself. Somebody else who may chair reads them, so that two people have looked.")
        : Optional.empty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("minutesText", inWords.whole(matter.subjectId()));
    shown.put("challenged", minutes.get(matter.subjectId()).challenged());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    boolean agreed = typed.yes("minutesAgreed");
    if (agreed) {
      typed.demand("challenged", "Say what was challenged, and how it was answered. Where nothing was, say “nothing”.");
      typed.demand("plainWords", "Tick that the words are plain; or say “No”, and which are not.");
      minutes.agree(matter.subjectId(), typed.text("challenged"), typed.recordedAt(), matter.user());
    } else {
      typed.demand("whatToChange", "Say what must change, so that the writer need not guess.");
      minutes.sendBack(matter.subjectId(), typed.text("whatToChange"));
    }
    return Map.of("minutesAgreed", agreed);
  }
}
