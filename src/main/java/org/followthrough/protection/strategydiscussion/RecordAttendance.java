package org.followthrough.protection.strategydiscussion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.meeting.Outcomes;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/**
 * Who took part. Whoever was missing has a reason beside the name, and that is all it needs: nobody's absence leaves a child
 * without a discussion (learning point S-11).
 */
@Component
class RecordAttendance implements Step {

  private static final String TOOK_PART = "took-part";
  /** Not every child has a school. */
  private static final String NONE = "none";

  /** The places of other agencies at the table, by the key of their fields, which is the agency that sits there. */
  private static final List<String> PARTNERS = List.of("police", "health", "school");
  private static final List<String> OTHERS = List.of("other", "another", "third");

  private final Meetings meetings;
  private final Outcomes outcomes;
  private final Families families;
  private final Contacts contacts;
  private final Directory directory;
  private final Agencies agencies;

  RecordAttendance(Meetings meetings, Outcomes outcomes, Families families, Contacts contacts, Directory directory, Agencies agencies) {
    this.meetings = meetings;
    this.outcomes = outcomes;
    this.families = families;
    this.contacts = contacts;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("discussionHeld", "earlierEnquiries", "chairAsks").choice("how").text("whyNotHeld")
        .each(List.of("socialWork", "police", "health", "referrer"), (reads, place) -> place(reads.choice(place, TOOK_PART), place))
        .and(place(new Reads().choice("school", TOOK_PART, NONE), "school"))
        .each(PARTNERS, (reads, place) -> reads.choiceFrom(place + "Agencies", place + "From"))
        .each(OTHERS, (reads, other) -> reads.text(other + "Name", other + "Role", other + "Reach")
            .choiceFrom(Agencies.OFFERED, other + "Agency"))
        .happened();
  }

  private static Reads place(Reads reads, String place) {
    return reads.text(place + "Name", place + "Role", place + "Reach", place + "Why");
  }

  @Override
  public String event() {
    return Events.STRATEGY_DISCUSSION_HELD;
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("discussionHeld") ? event() : "Strategy discussion postponed";
  }

  @Override
  public boolean meetsItsClock(Submission typed) {
    return typed.yes("discussionHeld");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()), "referrerExpected", false));
    shown.put("furtherMeeting", meeting(matter).follows() != null);
    shown.put(Agencies.OFFERED, agencies.offered());
    PARTNERS.forEach(place -> shown.put(place + "Agencies", agencies.speakingFor(place)));
    if (matter.user() != null && directory.groupsOf(matter.user()).stream().anyMatch(group -> group.endsWith(".team-manager"))) {
      shown.put("socialWorkName", directory.name(matter.user()));
    }
    Contacts.Contact contact = matter.contactId() == null ? null : contacts.byId(matter.contactId());
    if (contact != null && "professional".equals(contact.referrer().kind())) {
      String place = contact.referrer().agency() == null ? "referrer"
          : agencies.countsAs(contact.referrer().agency()).filter(PARTNERS::contains).orElse("referrer");
      shown.put("referrerExpected", place.equals("referrer"));
      if (!place.equals("referrer")) {
        shown.put(place + "From", contact.referrer().agency());
      }
      put(shown, "referrerText", contact.referrer().name());
      put(shown, place + "Name", contact.referrer().name());
      put(shown, place + "Role", contact.referrer().role());
      put(shown, place + "Reach", contact.referrer().phone());
    }
    return shown;
  }

  private static void put(Map<String, Object> shown, String key, String value) {
    if (value != null) {
      shown.put(key, value);
    }
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (!typed.yes("discussionHeld")) {
      typed.demand("whyNotHeld", "Say why it did not take place.");
      return Map.of("discussionHeld", false, "earlierEnquiries", false, "chairAsks", false);
    }
    Matter matter = typed.matter();
    UUID meeting = matter.subjectId();
    notTooEarly(typed);
    boolean referrerExpected = Boolean.TRUE.equals(shows(matter).get("referrerExpected"));
    List<Meetings.Attended> attendance = new ArrayList<>();
    place(typed, "socialWork", Agencies.SOCIAL_CARE, attendance);
    for (String place : PARTNERS) {
      place(typed, place, typed.text(place + "From") == null ? place : typed.text(place + "From"), attendance);
    }
    if (referrerExpected) {
      String agency = contacts.byId(matter.contactId()).referrer().agency();
      place(typed, "referrer", agency == null ? "other" : agency, attendance);
    }
    for (String other : OTHERS) {
      if (typed.text(other + "Name") != null) {
        typed.demand(other + "Agency", "Say which agency they come from.");
        attendance.add(new Meetings.Attended(typed.text(other + "Agency"), typed.text(other + "Name"), typed.text(other + "Role"),
            agencies.reach(typed.text(other + "Reach"), typed.text(other + "Agency")), true, null));
      }
    }
    if (attendance.stream().filter(Meetings.Attended::tookPart).count() < 2) {
      throw new Refusal("discussionHeld", "A discussion needs two. If nobody could be reached, answer “No”, and convene it again at once.");
    }
    meetings.hold(meeting, typed.happenedAt(), typed.text("how"), typed.text("socialWorkName"), attendance);
    return Map.of("discussionHeld", true, "recordedBy", matter.user(), "chairAsks", typed.yes("chairAsks"),
        "earlierEnquiries", earlierEnquiries(typed),
        "everyoneExpected", expected(typed, "school") && (!referrerExpected || expected(typed, "referrer")));
  }

  private Meetings.Meeting meeting(Matter matter) {
    return meetings.find(matter.subjectId()).orElseThrow();
  }

  /** A wrong day or year is noticed where the discussion would lie before its own reason. */
  private void notTooEarly(Submission typed) {
    Meetings.Meeting meeting = meeting(typed.matter());
    if (meeting.follows() != null && !typed.happenedAt().isAfter(meetings.find(meeting.follows()).orElseThrow().heldAt())) {
      throw new Refusal("happenedAt", "This lies before the earlier discussion. Check the date and time.");
    }
    if (meeting.contactId() != null && typed.happenedAt().isBefore(contacts.byId(meeting.contactId()).receivedAt())) {
      throw new Refusal("happenedAt", "The discussion would lie before the contact was received. Check the date and time.");
    }
  }

  /** They ask for a full meeting once: a further meeting is that one. */
  private boolean earlierEnquiries(Submission typed) {
    Meetings.Meeting meeting = meeting(typed.matter());
    return meeting.follows() == null
        && (typed.yes("earlierEnquiries") || outcomes.earlierEnquiries(typed.matter().caseId(), meeting.id()));
  }

  /** A school that does not exist is not missing. */
  private static boolean expected(Submission typed, String place) {
    return typed.is(place, TOOK_PART) || place.equals("school") && typed.is(place, NONE);
  }

  private void place(Submission typed, String key, String agency, List<Meetings.Attended> attendance) {
    typed.demand(key, "Say whether they took part.");
    if (typed.is(key, TOOK_PART)) {
      typed.demand(key + "Name", "Write down who it was: the minutes go to a person.");
      attendance.add(new Meetings.Attended(agency, typed.text(key + "Name"), typed.text(key + "Role"),
          agencies.reach(typed.text(key + "Reach"), agency), true, null));
    } else if (!expected(typed, key)) {
      typed.demand(key + "Why", "Say why they did not take part. One sentence is enough.");
      attendance.add(new Meetings.Attended(agency, null, null, null, false, typed.text(key + "Why")));
    }
  }
}
