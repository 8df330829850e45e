package org.followthrough.conference;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.conference.Conferences.Conference;
import org.followthrough.deadline.Deadline;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.plan.CoreGroups;
import org.springframework.stereotype.Component;

/** Who works on the plan with the family, when they meet, when the conference meets again, and what must not be missed (K-14, K-25). */
@Component
class NameCoreGroup implements Step {

  private final ConferencePages pages;
  private final Conferences conferences;
  private final CoreGroups coreGroups;
  private final Deadline deadline;
  private final Agencies agencies;

  NameCoreGroup(ConferencePages pages, Conferences conferences, CoreGroups coreGroups, Deadline deadline, Agencies agencies) {
    this.pages = pages;
    this.conferences = conferences;
    this.coreGroups = coreGroups;
    this.deadline = deadline;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("offeredMembers", "members").text("otherName", "otherRole", "otherReach", "lateWhy", "mustNotMiss")
        .choiceFrom(Agencies.OFFERED, "otherAgency").moment("coreGroupAt", "reviewAt");
  }

  @Override
  public String event() {
    return "Core group named";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.table(matter));
    shown.put(Agencies.OFFERED, agencies.offered());
    Conference one = conferences.get(matter.subjectId());
    shown.put("offeredMembers", conferences.offeredMembers(one.id(), matter.caseId()));
    List<String> members = coreGroups.members(matter.caseId()).stream()
        .map(member -> "- " + Words.escaped(member.inWords(agencies::spoken))).toList();
    if (!members.isEmpty()) {
      shown.put("membersText", String.join("\n", members));
    }
    shown.put("newCoreGroup", first(matter));
    shown.put("limitsText", (first(matter) ? "The core group meets by " + Words.moment(coreGroupLimit(one)) + ". " : "")
        + "The conference meets again by " + Words.moment(reviewLimit(one)) + ".");
    return shown;
  }

  private static boolean first(Matter matter) {
    return "new".equals(matter.references().get("whichCoreGroup"));
  }

  private Instant coreGroupLimit(Conference one) {
    return deadline.passes("core-group", "HoldFirst", one.heldAt());
  }

  /** Three months after the first conference, six after a review; sooner where an early review is asked. */
  private Instant reviewLimit(Conference one) {
    Instant regular = deadline.passes("conference", one.initial() ? "HoldFirstReview" : "HoldNextReview", one.heldAt());
    Instant early = one.earlyReviewAt() == null ? regular : deadline.passes("conference", "HoldEarlyReview", one.earlyReviewAt());
    return early.isBefore(regular) ? early : regular;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Conference one = conferences.get(matter.subjectId());
    if (typed.choices("members").isEmpty() && typed.text("otherName") == null && coreGroups.members(matter.caseId()).isEmpty()) {
      throw new Refusal("members", "Tick who is in the core group. A plan needs people who work on it.");
    }
    typed.choices("members").forEach(member -> coreGroups.join(matter.caseId(), UUID.fromString(member), typed.recordedAt()));
    if (typed.text("otherName") != null) {
      coreGroups.join(matter.caseId(), typed.text("otherName"), typed.text("otherRole"), typed.text("otherAgency"),
          agencies.reach(typed.text("otherReach"), typed.text("otherAgency")), typed.recordedAt());
    }
    if (first(matter)) {
      typed.demand("coreGroupAt", "Say when the core group meets first. Give both the day and the time.");
    }
    Instant coreGroup = after(typed, "coreGroupAt", one);
    Instant review = after(typed, "reviewAt", one);
    if (review.isAfter(reviewLimit(one)) || first(matter) && coreGroup.isAfter(coreGroupLimit(one))) {
      typed.demand("lateWhy", "One of these days lies beyond its limit. Say why it cannot be earlier; it is not blocked.");
    }
    conferences.dates(one.id(), coreGroup, review, typed.text("lateWhy"), typed.text("mustNotMiss"));
    return Map.of();
  }

  private static Instant after(Submission typed, String key, Conference one) {
    Instant at = typed.moment(key);
    if (at != null && !at.isAfter(one.heldAt())) {
      throw new Refusal(key, "This lies before the conference. Check the day, month and year.");
    }
    return at;
  }
}
