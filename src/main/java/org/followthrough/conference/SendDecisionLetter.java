package org.followthrough.conference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.meeting.Outcomes;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.CoreGroups;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/** Everybody who was asked is told what was decided, and the family how to complain (learning points K-03, K-24). */
@Component
class SendDecisionLetter implements Step {

  private final ConferencePages pages;
  private final Conferences conferences;
  private final CoreGroups coreGroups;
  private final Plans plans;
  private final Outcomes outcomes;
  private final Agencies agencies;

  SendDecisionLetter(ConferencePages pages, Conferences conferences, CoreGroups coreGroups, Plans plans, Outcomes outcomes,
      Agencies agencies) {
    this.pages = pages;
    this.conferences = conferences;
    this.coreGroups = coreGroups;
    this.plans = plans;
    this.outcomes = outcomes;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("recipients", "sentTo").text("leftOutWhy").choice("how").yes("complaints").happened();
  }

  @Override
  public String event() {
    return "Decision letter sent";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.shows(matter));
    Conference one = conferences.get(matter.subjectId());
    shown.put("recipients", conferences.toBeTold(one.id()));
    shown.put("decidedText", outcomes.decided(one.id()) + (one.dates().coreGroupAt() == null
        ? "" : "\n\nThe core group meets first: " + Words.moment(one.dates().coreGroupAt()))
        + (one.dates().reviewAt() == null ? "" : "\n\nThe conference meets again: " + Words.moment(one.dates().reviewAt())));
    List<String> plan = plans.inWords(matter.caseId(), null, Words::escaped);
    if (!plan.isEmpty()) {
      shown.put("planText", "- " + String.join("\n- ", plan));
    }
    List<String> members = coreGroups.members(matter.caseId()).stream()
        .map(member -> "- " + Words.escaped(member.inWords(agencies::spoken))).toList();
    if (!members.isEmpty()) {
      shown.put("membersText", String.join("\n", members));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID meeting = typed.matter().subjectId();
    if (typed.happenedAt().isBefore(conferences.get(meeting).heldAt())) {
      throw new Refusal("happenedAt", "The letter would lie before the conference. Check the date and time.");
    }
    List<Option> everybody = conferences.toBeTold(meeting);
    List<String> told = typed.choices("sentTo");
    if (told.isEmpty()) {
      throw new Refusal("sentTo", "Tick whom the letter was sent to.");
    }
    if (told.size() < everybody.size()) {
      typed.demand("leftOutWhy", "Somebody is not ticked. Say why they are left out.");
    }
    if (!typed.yes("complaints")) {
      throw new Refusal("complaints", "The family must read in the letter how to complain. Add it, then tick this.");
    }
    for (Option one : everybody) {
      boolean sent = told.contains(one.value());
      conferences.told(meeting, UUID.fromString(one.value()), sent ? typed.text("how") : null, sent ? typed.happenedAt() : null,
          sent ? null : typed.text("leftOutWhy"), typed.matter().user());
    }
    return Map.of();
  }
}
