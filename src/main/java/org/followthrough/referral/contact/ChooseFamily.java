package org.followthrough.referral.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

@Component
class ChooseFamily implements Step {

  static final String NEW_FAMILY = "new";

  private final Contacts contacts;
  private final Families families;

  ChooseFamily(Contacts contacts, Families families) {
    this.contacts = contacts;
    this.families = families;
  }

  @Override
  public Reads reads() {
    return new Reads().choiceFrom("likelyFamilies", "family");
  }

  @Override
  public String event() {
    return "Family identified";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Option> likely = new ArrayList<>();
    families.likely(matter.contactId())
        .forEach(family -> likely.add(new Option(family.reference() + ": " + family.because(), family.reference())));
    likely.add(new Option("None of these: a family not known yet", NEW_FAMILY));
    return Map.of("likelyFamilies", likely, "contactSummary", contacts.everyone(matter.contactId()).stream()
        .map(named -> "- " + named.described()).collect(Collectors.joining("\n")));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    return Map.of("chosenFamily", typed.text("family"));
  }
}
