package org.followthrough.referral.contact;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.family.Persons;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

@Component
class RecordPerson implements Step {

  private final Contacts contacts;

  RecordPerson(Contacts contacts) {
    this.contacts = contacts;
  }

  @Override
  public Reads reads() {
    return Persons.PAGE.yes("anotherPerson");
  }

  @Override
  public String event() {
    return "Person recorded";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Contacts.Named> everyone = contacts.everyone(matter.contactId());
    if (everyone.isEmpty()) {
      return Map.of();
    }
    return Map.of("peopleSoFar", everyone.stream().map(Contacts.Named::name).collect(Collectors.joining(", ")));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    check(typed);
    Contacts.Named named = contacts.name(typed.matter().contactId(), new HashMap<>(typed.fields()));
    if (!typed.yes("anotherPerson") && contacts.everyone(typed.matter().contactId()).stream().noneMatch(Contacts.Named::child)) {
      throw new Refusal("anotherPerson", "No child is recorded yet. Choose “yes” under “Anyone else to record?” "
          + "and record the child next.");
    }
    boolean likely = !contacts.alike(named.id()).isEmpty();
    if (!likely) {
      contacts.identify(named.id(), null, typed.recordedAt(), typed.matter().user());
    }
    return Map.of("likelyMatchFound", likely, "personRef", named.id().toString(), "anotherPerson", typed.yes("anotherPerson"));
  }

  private static void check(Submission typed) {
    LocalDate today = LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON);
    LocalDate born = typed.date("birthDate");
    LocalDate expected = typed.date("expectedDate");
    if (born != null && born.isAfter(today)) {
      throw new Refusal("birthDate", "The date of birth is in the future. For a child not born yet choose “unborn” "
          + "and enter the expected date.");
    }
    if (expected != null && (expected.isBefore(today.minusWeeks(6)) || expected.isAfter(today.plusWeeks(45)))) {
      throw new Refusal("expectedDate", "The expected date is not within a pregnancy. Check day, month and year.");
    }
    if (typed.is("kind", "child") && born != null && born.isBefore(today.minusYears(18))) {
      throw new Refusal("birthDate", "By this date of birth the person is 18 or over. Choose “adult”, or check the date.");
    }
    if (!typed.is("kind", "unborn") && typed.text("firstName") == null && typed.text("lastName") == null
        && typed.text("otherNames") == null) {
      throw new Refusal("firstName", "Enter at least one name. If no name is known, write what the person is called, "
          + "such as “Mum’s friend”.");
    }
  }
}
