package org.followthrough.conference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.conference.Conferences.Invitation;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/**
 * Who took part and who did not, and how each child did (learning point P-39). Whether it counts as held is for the quorum table
 * to say.
 */
@Component
class RecordConference implements Step {

  static final int CHILDREN = 8;
  private static final List<String> OTHERS = List.of("other", "another");

  private final ConferencePages pages;
  private final Conferences conferences;
  private final Chronology chronology;
  private final Agencies agencies;

  RecordConference(ConferencePages pages, Conferences conferences, Chronology chronology, Agencies agencies) {
    this.pages = pages;
    this.conferences = conferences;
    this.chronology = chronology;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("tookPlace").text("whyNot", "chair", "absentWhy").severalFrom("invited", "tookPart")
        .each(OTHERS, (reads, other) -> reads.text(other + "Name", other + "Role", other + "Reach")
            .choiceFrom(Agencies.OFFERED, other + "Agency"))
        .each(Reads.places("c", CHILDREN), 
            (reads, child) -> reads.either(child + "Part", "PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"))
        .happened();
  }

  @Override
  public String event() {
    return Events.CONFERENCE_RECORDED;
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("tookPlace") ? event() : Events.CONFERENCE_DID_NOT_TAKE_PLACE;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.shows(matter));
    List<Option> invited = new ArrayList<>();
    conferences.invitations(matter.subjectId()).forEach((id, one) -> {
      if (!"left-out".equals(one.part())) {
        invited.add(new Option(one.name() + ", " + (one.agency() == null ? conferences.relation(matter.caseId(), one.personId())
            : agencies.spoken(one.agency())), id.toString()));
      }
    });
    shown.put("invited", invited);
    shown.put(Agencies.OFFERED, agencies.offered());
    shown.put("apartText", pages.apart(matter.subjectId()));
    List<String> reports = new ArrayList<>(conferences.reports(matter.subjectId()).stream()
        .map(one -> "- " + Words.escaped(agencies.sentence(one.agency()))
        + (one.noneWhy() == null ? ": report given" : ": no report, " + Words.escaped(one.noneWhy()))).toList());
    conferences.silent(matter.subjectId()).forEach(agency ->
        reports.add("- " + Words.escaped(agencies.sentence(agency)) + ": **nothing yet**"));
    if (!reports.isEmpty()) {
      shown.put("reportsText", String.join("\n", reports));
    }
    Optional.ofNullable(conferences.get(matter.subjectId()).chair()).ifPresent(chair -> shown.put("chair", chair));
    List<Option> children = conferences.bornChildren(matter.caseId());
    for (int i = 0; i < Math.min(CHILDREN, children.size()); i++) {
      shown.put("c" + (i + 1) + "Name", Words.escaped(children.get(i).label()));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID meeting = matter.subjectId();
    if (!typed.yes("tookPlace")) {
      typed.demand("whyNot", "Say why it did not take place.");
      conferences.met(meeting, typed.happenedAt(), false, null, Set.of(), List.of(), null);
      return Map.of("recordedBy", matter.user());
    }
    pages.notOnAWeekend(meeting, "happenedAt", typed.happenedAt());
    notTooEarly(typed);
    typed.demand("chair", "Say who chaired.");
    Map<UUID, Invitation> invited = conferences.invitations(meeting);
    Set<UUID> came = typed.choices("tookPart").stream().map(UUID::fromString).collect(Collectors.toSet());
    if (invited.entrySet().stream().anyMatch(one -> !came.contains(one.getKey()) && !"left-out".equals(one.getValue().part()))) {
      typed.demand("absentWhy", "Somebody invited is not ticked. Say who was missing and why; one sentence is enough.");
    }
    List<Meetings.Attended> others = new ArrayList<>();
    for (String other : OTHERS) {
      if (typed.text(other + "Name") != null) {
        typed.demand(other + "Agency", "Say which agency they come from.");
        others.add(new Meetings.Attended(typed.text(other + "Agency"), typed.text(other + "Name"), typed.text(other + "Role"),
            agencies.reach(typed.text(other + "Reach"), typed.text(other + "Agency")), true, null));
      }
    }
    conferences.met(meeting, typed.happenedAt(), true, typed.text("chair"), came, others, typed.text("absentWhy"));
    children(typed);
    return Map.of("recordedBy", matter.user());
  }

  private void children(Submission typed) {
    List<Option> children = conferences.bornChildren(typed.matter().caseId());
    for (int i = 0; i < Math.min(CHILDREN, children.size()); i++) {
      String slot = "c" + (i + 1) + "Part";
      typed.demand(slot, "Say of each child how they took part.");
      conferences.participated(typed.matter().subjectId(), UUID.fromString(children.get(i).value()), typed.text(slot));
    }
  }

  /** Returns rule 8615: an enquiry comes before its conference; and a review after what it reviews. */
  private void notTooEarly(Submission typed) {
    Conference one = conferences.get(typed.matter().subjectId());
    if (one.cause().reviews() != null && !typed.happenedAt().isAfter(conferences.get(one.cause().reviews()).heldAt())) {
      throw new Refusal("happenedAt", "This lies before the conference that it reviews. Check the date and time.");
    }
    if (one.attempt().follows() != null && !typed.happenedAt().isAfter(conferences.get(one.attempt().follows()).attempt().metAt())) {
      throw new Refusal("happenedAt", "This lies before the attempt that was not quorate. Check the date and time.");
    }
    if (chronology.when(Events.ENQUIRY_DECIDED, one.contactId(), one.caseId(), conferences.first(one.id()))
        .filter(decided -> typed.happenedAt().isBefore(decided)).isPresent()) {
      throw new Refusal("happenedAt", "The conference would lie before the enquiry that asked for it. Check the date and time.");
    }
  }
}
