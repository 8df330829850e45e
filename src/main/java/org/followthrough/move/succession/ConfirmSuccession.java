package org.followthrough.move.succession;

import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Networks;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** The successor's own word that they have the family and know what is going on (learning points P-14, P-31). */
@Component
class ConfirmSuccession implements Step {

  private final Networks networks;
  private final Families families;
  private final Agencies agencies;

  ConfirmSuccession(Networks networks, Families families, Agencies agencies) {
    this.networks = networks;
    this.families = families;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().text("confirmedHow").happened();
  }

  @Override
  public String event() {
    return Events.SUCCESSION_CONFIRMED;
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Networks.Leaving leaving = leaving(matter);
    return Map.of("familySummary", families.summary(matter.caseId()), "successorText", "**" + Words.escaped(leaving.successor()) + "**, "
        + Words.escaped(agencies.spoken(leaving.successorAgency())) + ", " + Words.escaped(leaving.successorReach())
        + ", comes after " + Words.escaped(leaving.inWords(agencies::spoken)));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    networks.confirmedSuccession(leaving(typed.matter()).id(), typed.text("confirmedHow"), typed.happenedAt());
    return Map.of();
  }

  private Networks.Leaving leaving(Matter matter) {
    return networks.left(UUID.fromString(matter.reference("leavingRef")));
  }
}
