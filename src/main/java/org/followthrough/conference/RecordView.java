package org.followthrough.conference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** What each agency thinks; dissent is written down as dissent (learning point K-10). */
@Component
class RecordView implements Step {

  private final ConferencePages pages;
  private final Conferences conferences;
  private final Families families;
  private final Agencies agencies;

  RecordView(ConferencePages pages, Conferences conferences, Families families, Agencies agencies) {
    this.pages = pages;
    this.conferences = conferences;
    this.families = families;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().choiceFrom(Agencies.OFFERED, "agency").text("name", "view", "dissentWhy")
        .choiceFrom("children", "child").yes("dissents", "anotherView");
  }

  @Override
  public String event() {
    return "View recorded";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("dissents") ? "Professional dissented" : event();
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.table(matter));
    shown.put("reportsText", pages.reports(matter.subjectId()));
    shown.put("children", families.children(matter.caseId()));
    shown.put(Agencies.OFFERED, agencies.offered());
    List<String> views = conferences.views(matter.subjectId()).stream().map(pages::inWords).toList();
    if (!views.isEmpty()) {
      shown.put("viewsText", String.join("\n", views));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    boolean dissents = typed.yes("dissents");
    if (dissents) {
      typed.demand("dissentWhy", "Give the reasons for the dissent, as the agency puts them.");
    }
    conferences.view(typed.matter().subjectId(), typed.text("agency"), typed.text("name"),
        typed.text("child") == null ? null : UUID.fromString(typed.text("child")), typed.text("view"),
        dissents ? typed.text("dissentWhy") : null, typed.recordedAt(), typed.matter().user());
    return Map.of("anotherView", typed.yes("anotherView"));
  }
}
