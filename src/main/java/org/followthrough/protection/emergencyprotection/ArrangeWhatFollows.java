package org.followthrough.protection.emergencyprotection;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.protection.Protections;
import org.springframework.stereotype.Component;

/** What comes after an arrangement, before it runs out: no child is left without an answer. */
@Component
class ArrangeWhatFollows implements Step {

  private final Arrangements arrangements;
  private final Protections protections;
  private final Families families;
  private final Meetings meetings;

  ArrangeWhatFollows(Arrangements arrangements, Protections protections, Families families, Meetings meetings) {
    this.arrangements = arrangements;
    this.protections = protections;
    this.families = families;
    this.meetings = meetings;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("protectedChildren", "children")
        .either("whatFollows", "protected-again", "court-order-made", "safe-without-protection", "recorded-in-error")
        .text("courtOrder", "why").either("kind", Arrangements.kinds()).and(Arrangements.PAGE).happened();
  }

  @Override
  public String event() {
    return Events.WHAT_FOLLOWS_ARRANGED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("familySummary", families.summary(matter.caseId()), "protectedChildren", protections.covered(matter.subjectId()));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    List<UUID> children = typed.choices("children").stream().map(UUID::fromString).toList();
    String follows = typed.text("whatFollows");
    boolean enquiryBegins = false;
    switch (follows) {
      case "safe-without-protection" -> {
        typed.demand("why", "Say why the children are safe without it.");
        protections.follow(matter, children, follows, typed.text("why"), typed.happenedAt());
      }
      case "court-order-made" -> {
        typed.demand("courtOrder", "Say which order the court has made.");
        protections.follow(matter, children, follows, typed.text("courtOrder"), typed.happenedAt());
        children.forEach(child -> families.legalStatus(matter.caseId(), child, typed.text("courtOrder"), typed.happenedAt(),
            typed.recordedAt(), matter.user()));
      }
      case "recorded-in-error" -> {
        typed.demand("why", "Say what was wrong.");
        enquiryBegins = arrangements.replace(typed, children, follows);
      }
      default -> enquiryBegins = arrangements.replace(typed, children, follows);
    }
    families.closeIfDone(matter.caseId(), typed.recordedAt());
    return Map.of("childStillProtected", protections.firstEnd(matter.subjectId()).isPresent(),
        "strategyDiscussionNeeded", enquiryBegins && !meetings.discussionCalled(matter.caseId()));
  }
}
