package org.followthrough.meeting.action;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/**
 * An action that fails is answered at once: it goes on until a new day, something else is done instead, or it is not needed;
 * and whether the plan holds without it is said each time (learning points C-22, Q-01).
 */
@Component
class DecideContingency implements Step {

  private final AgreedActions actions;
  private final Page page;
  private final Agencies agencies;

  DecideContingency(AgreedActions actions, Page page, Agencies agencies) {
    this.actions = actions;
    this.page = page;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().either("whatNow", "goes-on", "something-else", "not-needed").date("newDay", "insteadBy")
        .text("insteadWhat", "insteadWho", "why", "planChangeWhat")
        .choiceFrom(Agencies.AND_FAMILY, "insteadAgency").either("insteadAccepted", "yes", "no", "parent")
        .yes("planHolds").choice("planChange");
  }

  @Override
  public String event() {
    return "Contingency decided";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = page.shows(matter);
    shown.put(Agencies.AND_FAMILY, agencies.withFamily());
    String ifNotDone = page.action(matter).contingency().ifNotDone();
    shown.put("agreedText", ifNotDone == null ? "Nothing." : Words.escaped(ifNotDone));
    if (ifNotDone != null) {
      shown.put("insteadWhat", ifNotDone);
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!typed.yes("planHolds")) {
      typed.demand("planChange", "The plan does not hold. Say what is asked for.");
      typed.demand("planChangeWhat", "Say what has to change, and who sees to it.");
    }
    UUID action = typed.matter().subjectId();
    Map<String, Object> decided = new HashMap<>(Map.of("actionGoesOn", false, "howDidItEnd", "replaced", "contingencyBegins", false));
    switch (typed.text("whatNow")) {
      case "goes-on" -> {
        typed.demand("newDay", "Say until which day it goes on.");
        LocalDate until = typed.date("newDay");
        if (until.isBefore(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
          throw new Refusal("newDay", "This day has passed already. Choose one that lies ahead.");
        }
        actions.goesOn(action, until);
        decided.put("actionGoesOn", true);
      }
      case "something-else" -> {
        decided.put("contingencyBegins", true);
        decided.put("insteadRef", instead(typed).toString());
      }
      default -> actions.end(action, AgreedActions.NOT_NEEDED, typed.text("why"), typed.recordedAt());
    }
    return decided;
  }

  /** What is done instead is an action like every other: what, which person, by which day. */
  private UUID instead(Submission typed) {
    typed.demand("insteadWhat", "Say what is done instead.");
    typed.demand("insteadWho", "Name the person who does it.");
    typed.demand("insteadAgency", "Say where they come from.");
    typed.demand("insteadAccepted", "Say whether they have agreed to do it.");
    typed.demand("insteadBy", "Say by which day.");
    boolean ofFamily = Agencies.FAMILY.equals(typed.text("insteadAgency"));
    if (ofFamily != typed.is("insteadAccepted", "parent")) {
      throw new Refusal("insteadAgency", "What a parent does comes from the family, "
          + "and what the family does is followed by the lead professional.");
    }
    return actions.instead(typed.matter().subjectId(), typed.text("insteadWhat"), typed.text("insteadWho"), typed.text("insteadAgency"),
        typed.date("insteadBy"), new Meetings.Terms(ofFamily || typed.is("insteadAccepted", "yes"), null), typed.text("why"),
        typed.recordedAt(), typed.matter().user());
  }
}
