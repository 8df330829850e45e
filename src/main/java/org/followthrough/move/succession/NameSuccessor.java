package org.followthrough.move.succession;

import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Families;
import org.followthrough.family.Networks;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** Each professional who leaves names who comes after them, or says that there is nobody yet (learning points Q-32, P-31). */
@Component
class NameSuccessor implements Step {

  private final Networks networks;
  private final Families families;
  private final Agencies agencies;

  NameSuccessor(Networks networks, Families families, Agencies agencies) {
    this.networks = networks;
    this.families = families;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("named").text("successor", "successorReach", "noneWhy", "watchedBy")
        .choiceFrom(Agencies.OTHERS, "successorAgency").happened();
  }

  @Override
  public String event() {
    return "Successor named";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("named") ? event() : "No successor yet";
  }

  @Override
  public boolean meetsItsClock(Submission typed) {
    return !typed.yes("named");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Networks.Leaving leaving = leaving(matter);
    return Map.of("familySummary", families.summary(matter.caseId()), Agencies.OTHERS, agencies.others(), "leavingText",
        "**" + Words.escaped(leaving.inWords(agencies::spoken)) + "**"
        + (leaving.reach() == null ? "" : ", " + Words.escaped(leaving.reach())));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID leaving = leaving(typed.matter()).id();
    boolean named = typed.yes("named");
    if (named) {
      typed.demand("successor", "Say who comes after them, by name.");
      typed.demand("successorAgency", "Say where they come from.");
      typed.demand("successorReach", "Say how they are reached.");
      if (Meetings.namesNobody(typed.text("successor"))) {
        throw new Refusal("successor", "This names nobody. Give one person’s name; if there is none yet, say so above.");
      }
      networks.succeeded(leaving, typed.text("successor"), typed.text("successorAgency"), typed.text("successorReach"));
    } else {
      typed.demand("noneWhy", "Say why there is nobody yet.");
      typed.demand("watchedBy", "Say who sees to it that there will be somebody.");
      networks.nobodyYet(leaving, typed.text("noneWhy"), typed.text("watchedBy"));
    }
    return Map.of("successorNamed", named);
  }

  private Networks.Leaving leaving(Matter matter) {
    return networks.left(UUID.fromString(matter.reference("leavingRef")));
  }
}
