package org.followthrough.conference;

import java.util.HashMap;
import java.util.Map;
import org.followthrough.conference.Conferences.Report;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** What an agency has done, knows and thinks; or why it brings nothing, which stops nothing. */
@Component
class ReportToConference implements Step {

  private static final String AGENCY = "agencyRef";

  private final ConferencePages pages;
  private final Conferences conferences;
  private final Agencies agencies;

  ReportToConference(ConferencePages pages, Conferences conferences, Agencies agencies) {
    this.pages = pages;
    this.conferences = conferences;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().either("given", "report", "none").text("done", "known", "childSays", "risk", "noneWhy");
  }

  @Override
  public String event() {
    return "Agency report given";
  }

  @Override
  public String event(Submission typed) {
    return typed.is("given", "report") ? event() : "No agency report";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.shows(matter));
    shown.put("agencyText", Words.escaped(agencies.sentence(matter.reference(AGENCY))));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    String agency = typed.matter().reference(AGENCY);
    if (typed.is("given", "report")) {
      typed.demand("done", "Say what this agency has done.");
      typed.demand("risk", "Say what this agency thinks of the risk.");
      keep(typed, new Report(agency, typed.text("done"), typed.text("known"), typed.text("childSays"), typed.text("risk"), null, null));
    } else {
      typed.demand("noneWhy", "Say why there is no report. One sentence is enough.");
      keep(typed, new Report(agency, null, null, null, null, typed.text("noneWhy"), null));
    }
    return Map.of();
  }

  private void keep(Submission typed, Report report) {
    conferences.report(typed.matter().subjectId(), report, typed.recordedAt(), typed.matter().user());
  }
}
