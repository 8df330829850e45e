package org.followthrough.protection.emergencyprotection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.protection.Protections;
import org.springframework.stereotype.Component;

/** What protects these children now. Brothers and sisters protected in another way get a page of their own. */
@Component
class ArrangeProtection implements Step {

  private final Arrangements arrangements;
  private final Protections protections;
  private final Families families;
  private final Meetings meetings;

  ArrangeProtection(Arrangements arrangements, Protections protections, Families families, Meetings meetings) {
    this.arrangements = arrangements;
    this.protections = protections;
    this.families = families;
    this.meetings = meetings;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("unprotectedChildren", "children").either("kind", Arrangements.kinds("not-needed"))
        .and(Arrangements.PAGE).yes("anotherChild").happened();
  }

  @Override
  public String event() {
    return "Protection arranged";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Option> children = protections.unprotected(matter.subjectId(), matter.caseId());
    List<String> holding = protections.inWords(matter.caseId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("unprotectedChildren", children);
    shown.put("severalChildren", children.size() > 1);
    if (!holding.isEmpty()) {
      shown.put("holdingText", String.join("\n", holding));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID need = typed.matter().subjectId();
    UUID caseId = typed.matter().caseId();
    List<String> children = typed.choices("children");
    if (!typed.is("kind", "not-needed")) {
      arrangements.arrange(typed, children.stream().map(UUID::fromString).toList());
    } else if (protections.firstEnd(need).isEmpty()) {
      // what follows counts back from the end of an arrangement: without one there is nothing to watch
      throw new Refusal("kind", "Nothing is arranged yet. If no child needs protecting after all, a manager ends this work "
          + "in the menu of the case.");
    }
    boolean left = protections.unprotected(need, caseId).stream().anyMatch(child -> !children.contains(child.value()));
    if (left) {
      typed.demand("anotherChild", "Say whether another child of this family needs protecting now.");
    }
    return Map.of("anotherChild", left && typed.yes("anotherChild"),
        "strategyDiscussionNeeded", !protections.underEnquiry(need).isEmpty() && !meetings.discussionCalled(caseId));
  }
}
