package org.followthrough.move.familyarrival;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.move.Arrivals;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Whether the family has a case here already, and which team works with it. */
@Component
class MatchFamily implements Step {

  static final String NEW_FAMILY = "new";

  private final Contacts contacts;
  private final Families families;
  private final Arrivals arrivals;
  private final Persons persons;
  private final Directory directory;

  MatchFamily(Contacts contacts, Families families, Arrivals arrivals, Persons persons, Directory directory) {
    this.contacts = contacts;
    this.families = families;
    this.arrivals = arrivals;
    this.persons = persons;
    this.directory = directory;
  }

  @Override
  public Reads reads() {
    return new Reads().choiceFrom("likelyFamilies", "family").choiceFrom("teams", "team");
  }

  @Override
  public String event() {
    return "Arriving family matched";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>();
    List<Option> likely = new ArrayList<>();
    families.likely(matter.contactId()).forEach(family -> likely.add(new Option(family.reference() + ": " + family.because()
        + families.team(family.caseId()).map(team -> " (" + Words.sentence(team) + ")").orElse(""), family.reference())));
    likely.add(new Option("None of these: a family not known yet", NEW_FAMILY));
    shown.put("likelyFamilies", likely);
    shown.put("teams", directory.teams());
    shown.put("arrivingText", contacts.everyone(matter.contactId()).stream().map(named -> "- " + named.described())
        .collect(Collectors.joining("\n")));
    List<String> ours = arrivals.oursAlready(matter.contactId()).stream().map(child -> Words.escaped(persons.name(child))).toList();
    shown.put("oursText", ours.isEmpty() ? null : "**Ours already:** " + String.join(", ", ours)
        + ". We are responsible for them and stay so; tell the other authority in the answer.");
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    return Map.of("chosenFamily", typed.text("family"), "chosenTeam", typed.text("team"));
  }
}
