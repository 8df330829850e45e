package org.followthrough.protection.assessment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Assessments;
import org.springframework.stereotype.Component;

/** What follows for each child, page by page; each process that is named begins once, for its children. */
@Component
class DecideNextStep implements Step {

  private static final String STRATEGY_DISCUSSION = "strategy-discussion";
  private static final String NO_FURTHER_ACTION = "no-further-action";

  private final Assessments assessments;
  private final Meetings meetings;
  private final Families families;
  private final Chronology chronology;

  DecideNextStep(Assessments assessments, Meetings meetings, Families families, Chronology chronology) {
    this.assessments = assessments;
    this.meetings = meetings;
    this.families = families;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("offeredChildren", "children")
        .either("nextStep", "strategy-discussion", "child-in-need", "early-help", "no-further-action").text("reasons").happened();
  }

  @Override
  public String event() {
    return "Next step decided";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** It is met by the next step of the last child. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return assessments.undecided(typed.matter().subjectId()).isEmpty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    UUID id = matter.subjectId();
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()),
        "offeredChildren", assessments.undecided(id),
        // the last of them may have died since
        "childUndecided", !assessments.undecided(id).isEmpty()));
    shown.put("analysisText", Words.escaped((String) assessments.page(id).getOrDefault("analysis", "")));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID id = matter.subjectId();
    if (!assessments.undecided(id).isEmpty()) {
      decide(typed, id);
    }
    boolean another = !assessments.undecided(id).isEmpty();
    List<String> steps = assessments.nextSteps(id);
    if (!another && steps.contains(NO_FURTHER_ACTION)) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.CLOSING_NEEDED, typed.recordedAt(),
          matter.user(), null)
          .about(id).happened(typed.happenedAt()));
    }
    return Map.of("anotherChild", another,
        // what waits to be held talks about these children too
        "strategyDiscussionNeeded", steps.contains(STRATEGY_DISCUSSION) && !meetings.discussionCalled(matter.caseId()),
        "supportNeeded", steps.contains("child-in-need") || steps.contains("early-help"),
        "closingNeeded", steps.contains(NO_FURTHER_ACTION));
  }

  private void decide(Submission typed, UUID id) {
    if (typed.choices("children").isEmpty()) {
      throw new Refusal("children", "Tick the children for whom this is decided.");
    }
    typed.demand("nextStep", "Say what follows for these children.");
    typed.demand("reasons", "Give the reasons.");
    if (typed.happenedAt().isBefore(assessments.find(id).orElseThrow().agreedAt())) {
      throw new Refusal("happenedAt", "It would be decided before the assessment was agreed. Check the date and time.");
    }
    assessments.decide(id, typed.choices("children").stream().map(UUID::fromString).toList(), typed.text("nextStep"), typed.text("reasons"),
        typed.happenedAt(), typed.matter().user());
  }
}
