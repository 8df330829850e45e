package org.followthrough.protection.strategydiscussion;

import java.util.Map;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** What was said is kept whole in the chronology (learning point S-11: agreed, understood, communicated). */
@Component
class RecordDiscussion implements Step {

  private final Table table;
  private final Meetings meetings;

  RecordDiscussion(Table table, Meetings meetings) {
    this.table = table;
    this.meetings = meetings;
  }

  @Override
  public Reads reads() {
    return new Reads().text("goneAheadWhy", "whoIsTold").either("medical", "yes", "no", "a-doctor-will-say");
  }

  @Override
  public String event() {
    return "Discussion recorded";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return table.shows(matter);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!table.quorate(typed.matter())) {
      typed.demand("goneAheadWhy", "Somebody essential was missing. Say in one sentence why it went ahead; it is not "
          + "held against anybody.");
    }
    meetings.said(typed.matter().subjectId(), typed.text("whoIsTold"), typed.text("medical"));
    return Map.of();
  }
}
