package org.followthrough.conference;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.conference.Conferences.Report;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** The social worker’s report, and when each parent and the chair had it in their hands (learning points C-18, K-20, Q-01, Q-09). */
@Component
class WriteReport implements Step {

  /** The places for adults on the page; beyond them one answer is for all the rest. */
  private static final int SLOTS = 4;

  private final ConferencePages pages;
  private final Conferences conferences;
  private final Persons persons;

  WriteReport(ConferencePages pages, Conferences conferences, Persons persons) {
    this.pages = pages;
    this.conferences = conferences;
    this.persons = persons;
  }

  @Override
  public Reads reads() {
    return new Reads().text("childWords", "known", "risks", "tried")
        .each(Reads.places("p", SLOTS), (reads, adult) -> reads.date(adult + "On").text(adult + "WhyNot")).date("sharedWithChair");
  }

  @Override
  public String event() {
    return "Report shared";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.shows(matter));
    List<Option> adults = persons.adults(matter.caseId());
    for (int i = 0; i < Math.min(SLOTS, adults.size()); i++) {
      shown.put("p" + (i + 1) + "Name", Words.escaped(adults.get(i).label()));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID report = conferences.report(matter.subjectId(), new Report(Agencies.SOCIAL_CARE, typed.text("tried"), typed.text("known"),
        typed.text("childWords"), typed.text("risks"), null, date(typed, "sharedWithChair")), typed.recordedAt(), matter.user());
    List<Option> adults = persons.adults(matter.caseId());
    for (int i = 0; i < Math.min(SLOTS, adults.size()); i++) {
      String slot = "p" + (i + 1);
      if (typed.date(slot + "On") == null) {
        typed.demand(slot + "WhyNot", "Give the day on which they got the report, or say why they did not.");
      }
      LocalDate on = date(typed, slot + "On");
      conferences.shared(report, UUID.fromString(adults.get(i).value()), on, on == null ? typed.text(slot + "WhyNot") : null);
    }
    return Map.of();
  }

  private static LocalDate date(Submission typed, String key) {
    LocalDate day = typed.date(key);
    if (day != null && day.isAfter(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
      throw new Refusal(key, "This day is still to come. Hand the page in when the report has been shared.");
    }
    return day;
  }
}
