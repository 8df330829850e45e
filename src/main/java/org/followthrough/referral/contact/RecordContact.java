package org.followthrough.referral.contact;

import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

@Component
class RecordContact implements Step {

  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  private final Contacts contacts;
  private final Directory directory;
  private final Clock clock;
  private final Agencies agencies;

  RecordContact(Contacts contacts, Directory directory, Clock clock, Agencies agencies) {
    this.contacts = contacts;
    this.directory = directory;
    this.clock = clock;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return Contacts.RECEIVED;
  }

  @Override
  public String event() {
    return "Contact received";
  }

  /** The time on the form is when the contact reached us; the clock is met when everything is written down. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("teams", directory.teams(), Agencies.OTHERS, agencies.others(),
        "happenedAt", FORM.format(clock.instant().atZone(Submission.LONDON)));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (typed.happenedAt().isBefore(typed.recordedAt().minus(Duration.ofDays(366)))) {
      throw new Refusal("happenedAt", "The contact would be more than a year old. Check the date it reached us.");
    }
    if (typed.is("parentsKnow", "not-asked")) {
      typed.demand("parentsNotAskedWhy", "Say why the parents were not asked; “it could put the child at risk” is a good reason.");
    }
    if (typed.is("whoReferred", "professional")) {
      typed.demand("agency", "Choose the referrer’s agency, so that they can be told what was decided.");
    }
    contacts.takeDown(typed.matter().contactId(), typed);
    return Map.of("whoReferred", typed.text("whoReferred"));
  }
}
