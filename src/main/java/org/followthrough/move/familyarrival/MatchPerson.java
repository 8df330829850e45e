package org.followthrough.move.familyarrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.move.Arrivals;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Whether somebody who arrives is recorded here already. */
@Component
class MatchPerson implements Step {

  private static final String SOMEBODY_NEW = "new";

  private final Contacts contacts;
  private final Arrivals arrivals;

  MatchPerson(Contacts contacts, Arrivals arrivals) {
    this.contacts = contacts;
    this.arrivals = arrivals;
  }

  @Override
  public Reads reads() {
    return new Reads().choiceFrom("likelyPeople", "samePerson");
  }

  @Override
  public String event() {
    return "Arriving person matched";
  }

  /** It is met when the whole family is settled. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    UUID named = UUID.fromString(matter.reference("personRef"));
    List<Option> people = new ArrayList<>();
    contacts.alike(named).forEach(like -> people.add(new Option(like.described(), like.id().toString())));
    people.add(new Option("None of these: somebody not recorded yet", SOMEBODY_NEW));
    return Map.of("arrivingPerson", contacts.named(named).described(), "likelyPeople", people);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    String chosen = typed.text("samePerson");
    arrivals.identify(UUID.fromString(typed.matter().reference("personRef")), SOMEBODY_NEW.equals(chosen) ? null : UUID.fromString(chosen),
        typed.recordedAt(), typed.matter().user());
    return Map.of();
  }
}
