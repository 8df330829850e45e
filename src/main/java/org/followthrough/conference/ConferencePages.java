package org.followthrough.conference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.meeting.Outcomes;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** What the pages of a conference have in common: the family, the limit, and who sat at the table. */
@Component
class ConferencePages {

  private final Conferences conferences;
  private final Enquiries enquiries;
  private final Meetings meetings;
  private final Outcomes outcomes;
  private final Families families;
  private final Clocks clocks;
  private final Agencies agencies;

  ConferencePages(Conferences conferences, Enquiries enquiries, Meetings meetings, Outcomes outcomes, Families families, Clocks clocks,
      Agencies agencies) {
    this.conferences = conferences;
    this.enquiries = enquiries;
    this.meetings = meetings;
    this.outcomes = outcomes;
    this.families = families;
    this.clocks = clocks;
    this.agencies = agencies;
  }

  /** The family, and what kind of conference it is, by when and what for. */
  Map<String, Object> shows(Matter matter) {
    Conference one = conferences.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId())));
    shown.put("conferenceText", "**" + Words.sentence(one.kind()) + "**"
        + (one.heldAt() != null ? ", held " + Words.moment(one.heldAt()) : one.plannedAt() == null
            ? "" : ", planned for " + Words.moment(one.plannedAt()))
        + (one.attempt().follows() == null ? "" : ". Second attempt: the one before was not quorate")
        + (one.heldAt() != null ? "" : ". To be held by " + Words.moment(limit(matter.subjectId())))
        + (one.purpose() == null ? "" : "\n\nPurpose: " + Words.escaped(one.purpose()))
        + Optional.ofNullable(one.cause().enquiryId()).filter(enquiry -> one.initial()).flatMap(enquiries::interimPlan)
            .map(plan -> "\n\n**Interim plan until then:** " + Words.escaped(plan.keepsSafe()) + " " + Words.escaped(plan.who())
                + ". If it does not hold: " + Words.escaped(plan.ifNot())).orElse(""));
    return shown;
  }

  /** Who took part and who did not, for the pages of the day. */
  Map<String, Object> table(Matter matter) {
    Map<String, Object> shown = shows(matter);
    List<String> lines = new ArrayList<>();
    meetings.attendance(matter.subjectId()).forEach(one -> lines.add("- " + Words.escaped(one.name()) + ", "
        + Words.escaped(one.role() == null ? agencies.spoken(one.agency()) : one.role())
        + (one.tookPart() ? "" : ": absent, " + Words.escaped(one.absentWhy()))));
    shown.put("tableText", String.join("\n", lines));
    return shown;
  }

  /** What an agency thinks, for the pages of the day. */
  String inWords(Conferences.View one) {
    return "- " + Words.escaped(agencies.sentence(one.agency())) + (one.child() == null ? "" : " about " + Words.escaped(one.child()))
        + ": " + Words.escaped(one.view())
        + (one.dissents() ? ". **Dissents:** " + Words.escaped(one.dissentWhy()) : "");
  }

  /** What each agency has brought in writing, or why it brings nothing; null where none is written yet. */
  String reports(UUID meeting) {
    List<String> lines = conferences.reports(meeting).stream().map(this::inWords).toList();
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  private String inWords(Conferences.Report one) {
    return "- **" + Words.escaped(agencies.sentence(one.agency())) + "**"
        + (one.noneWhy() == null ? "" : " brings no report: " + Words.escaped(one.noneWhy()))
        + said("Done", one.done()) + said("Knows", one.known()) + said("The child says", one.childSays())
        + said("Thinks of the risk", one.risk());
  }

  private static String said(String what, String text) {
    return text == null ? "" : "\n  - " + what + ": " + Words.escaped(text);
  }

  /** Whose views are heard without them in the room, how, and why: for the chair’s own pages. */
  String apart(UUID meeting) {
    List<String> lines = conferences.invitations(meeting).values().stream().filter(one -> one.viewsHow() != null)
        .map(one -> "- " + Words.escaped(one.name()) + ", " + Words.spoken(one.part())
            + (one.partWhy() == null ? "" : ", because: " + Words.escaped(one.partWhy())) + ". How they are heard: "
            + Words.escaped(one.viewsHow())).toList();
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  /** The children for whom nothing is decided yet. */
  List<Option> undecided(Matter matter) {
    return outcomes.undecided(matter.subjectId(), matter.caseId());
  }

  /** When the limit of the whole conference passes, through all its attempts. */
  Instant limit(UUID meeting) {
    return clocks.newest("HoldConference", conferences.first(meeting)).dueAt();
  }

  /** Returns rule 8875; a bank holiday is for the chair to see. */
  void notOnAWeekend(UUID meeting, String field, Instant at) {
    if (conferences.get(meeting).initial() && LocalDate.ofInstant(at, Submission.LONDON).getDayOfWeek().getValue() > 5) {
      throw new Refusal(field, "An initial conference never falls on a weekend. Choose a day from Monday to Friday.");
    }
  }
}
