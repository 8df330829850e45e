package org.followthrough.conference.coregroup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Persons;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.plan.CoreGroups;
import org.springframework.stereotype.Component;

/**
 * One open action: done, still right, changed, or why nobody looked at it; never silence (learning point K-25). Whoever owns it
 * says on their own page that it is done.
 */
@Component
class ReviewAction implements Step {

  private final CoreGroups coreGroups;
  private final AgreedActions actions;
  private final Persons persons;
  private final Redating redating;

  ReviewAction(CoreGroups coreGroups, AgreedActions actions, Persons persons, Redating redating) {
    this.coreGroups = coreGroups;
    this.actions = actions;
    this.persons = persons;
    this.redating = redating;
  }

  @Override
  public Reads reads() {
    return new Reads().either("result", "done", "unchanged", "changed", "not-looked-at")
        .text("evidence", "progress", "change", "notLookedAtWhy").date("newDueOn");
  }

  @Override
  public String event() {
    return "Action reviewed";
  }

  @Override
  public String event(Submission typed) {
    return typed.is("result", "not-looked-at") ? "Action carried forward" : event();
  }

  /** The plan is reviewed when everything is. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    AgreedActions.Agreed action = actions.get(action(matter));
    List<CoreGroups.Review> reviews = coreGroups.reviewsOf(action.id());
    List<String> lines = new ArrayList<>(List.of(actions.inWords(action) + "\n"));
    if (!reviews.isEmpty() && !reviews.get(reviews.size() - 1).wasDueOn().equals(action.dueOn())) {
      lines.add("- First agreed for " + Words.date(reviews.get(reviews.size() - 1).wasDueOn()));
    }
    if (action.forChild() != null) {
      lines.add("- For: " + Words.escaped(persons.name(action.forChild())));
    }
    if (action.contingency().ifNotDone() != null) {
      lines.add("- If it is not done: " + Words.escaped(action.contingency().ifNotDone()));
    }
    for (CoreGroups.Review said : reviews) {
      lines.add("- Core group of " + Words.date(said.metAt()) + ": " + Words.spoken(said.result())
          + (said.words() == null ? "" : ". " + Words.escaped(said.words())));
    }
    Map<String, Object> shown = new HashMap<>(Map.of("actionText", String.join("\n", lines)));
    if (action.ending().as() != null) {
      shown.put("endedText", "It was ended since you met: " + Words.spoken(action.ending().as()) + ".");
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID action = action(matter);
    String result = typed.text("result");
    LocalDate newDay = result.equals("changed") ? typed.date("newDueOn") : null;
    coreGroups.review(matter.subjectId(), action, result, words(typed, result), newDay, typed.recordedAt(), matter.user());
    if (newDay != null) {
      redating.recount("date of action", null, matter.caseId(), action, "The core group agreed on another day");
    }
    return Map.of();
  }

  private static String words(Submission typed, String result) {
    switch (result) {
      case "done" -> typed.demand("evidence", "Say what shows that it is done, and who has seen it.");
      case "changed" -> {
        typed.demand("change", "Say what changes, and why.");
        if (typed.date("newDueOn") != null && typed.date("newDueOn").isBefore(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
          throw new Refusal("newDueOn", "This day has passed already. Check the day, month and year.");
        }
      }
      case "not-looked-at" -> typed.demand("notLookedAtWhy", "Say why. It is carried forward to the next core group with your reason.");
      default -> { }
    }
    return switch (result) {
      case "done" -> typed.text("evidence");
      case "changed" -> typed.text("change");
      case "not-looked-at" -> typed.text("notLookedAtWhy");
      default -> typed.text("progress");
    };
  }

  private static UUID action(Matter matter) {
    return UUID.fromString(matter.reference("openActionRef"));
  }
}
