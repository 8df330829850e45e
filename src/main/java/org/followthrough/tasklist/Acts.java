package org.followthrough.tasklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.minutes.Circulation;
import org.followthrough.minutes.Minutes;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.protection.Protections;
import org.springframework.stereotype.Component;

/** What everybody may begin at once who works with a family, at any point of its case. */
@Component
class Acts {

  private static final List<Option> YES_OR_NO = choices("yes", "no");
  private static final List<Option> PURPOSES = choices("for-action", "for-information", "for-decision");
  private static final List<Option> EXTENTS = choices(Circulation.WITHOUT_CONFIDENTIAL, Circulation.LETTER);
  private static final List<Option> WAYS = choices("secure-email", "post", "by-hand", "read-out-by-telephone");

  private final Families families;
  private final Meetings meetings;
  private final AgreedActions actions;
  private final Minutes minutes;
  private final Circulation circulation;
  private final Chronology chronology;
  private final ProcessInstances instances;
  private final PlanChanges planChanges;
  private final ConferenceActs conferenceActs;
  private final MoveActs moveActs;
  private final ArrivalActs arrivalActs;
  private final Agencies agencies;

  Acts(Families families, Meetings meetings, AgreedActions actions, Minutes minutes, Circulation circulation, Chronology chronology,
      ProcessInstances instances, PlanChanges planChanges, ConferenceActs conferenceActs, MoveActs moveActs, ArrivalActs arrivalActs,
      Agencies agencies) {
    this.families = families;
    this.meetings = meetings;
    this.actions = actions;
    this.minutes = minutes;
    this.circulation = circulation;
    this.chronology = chronology;
    this.instances = instances;
    this.planChanges = planChanges;
    this.conferenceActs = conferenceActs;
    this.moveActs = moveActs;
    this.arrivalActs = arrivalActs;
    this.agencies = agencies;
  }

  private static List<Option> choices(String... codes) {
    return Stream.of(codes).map(code -> new Option(Words.sentence(code), code)).toList();
  }

  List<Change> offered(Matter matter) {
    if (matter.caseId() == null || families.children(matter.caseId()).isEmpty()) {
      return List.of();
    }
    List<Change> acts = new ArrayList<>(List.of(
        Change.acting("protect", "Protect a child now",
            "A page for the arrangement waits in the list at once, for you and for everybody on duty, day and night.",
            List.of(Change.Field.story("why", "What has happened?", "One sentence is enough; the rest can wait.")), this::protect),
        Change.acting("call-discussion", "Call a strategy discussion",
            "Social work, police, health and whoever else knows the child, by telephone if need be.",
            List.of(Change.Field.select("injury", "Is an injury or recent sexual abuse alleged?", YES_OR_NO),
                Change.Field.datetime("enquiryBegunAt", "Has an urgent section 47 enquiry begun already? Since when?").ifKnown(),
                Change.Field.reason("Why")), this::callDiscussion)));
    List<Option> held = meetings.heldOf(matter.caseId());
    if (!held.isEmpty()) {
      acts.add(Change.acting("add-action", "Add an agreed action", "It stands beside those of the meeting.",
          List.of(Change.Field.select("meeting", "Agreed at", held), Change.Field.story("what", "What will be done?", null),
              Change.Field.text("namedPerson", "Who does it?", "One person, by name."),
              Change.Field.select("agency", "From", agencies.offered()),
              Change.Field.date("dueOn", "By which day?"), Change.Field.text("ifNotDone", "What if it is not done?", null).ifKnown(),
              Change.Field.select("forChild", "Is it for one child directly?", families.children(matter.caseId())).ifKnown()),
          this::addAction));
    }
    List<Option> agreed = minutes.agreedOf(matter.caseId());
    if (!agreed.isEmpty()) {
      acts.add(Change.acting("send-minutes", "Send the minutes to somebody else",
          "They are asked to confirm that they have them, like everybody else.",
          List.of(Change.Field.select("minutes", "Which", agreed), Change.Field.text("recipient", "Who?", "Name and role."),
              Change.Field.select("agency", "From", agencies.offered()), Change.Field.select("purpose", "What for?", PURPOSES),
              Change.Field.select("extent", "Which version?", EXTENTS), Change.Field.select("way", "How?", WAYS),
              Change.Field.text("reach", "Address or number", "Check it just now: it must reach them and nobody else.")),
          this::sendMinutes));
      acts.add(Change.acting("correct-minutes", "Correct the minutes",
          "A new version is written, agreed and sent; the old one stays readable.",
          List.of(Change.Field.select("minutes", "Which", agreed), Change.Field.reason("What is wrong")), this::correctMinutes));
    }
    List<Option> onTheirWay = circulation.onTheirWayToFamily(matter.caseId());
    if (!onTheirWay.isEmpty()) {
      acts.add(Change.acting("handed-over", "Somebody of the family has their copy",
          "Whoever handed it over says so; the family is never chased.",
          List.of(Change.Field.select("copy", "Whose", onTheirWay), Change.Field.text("by", "Handed over by", "Name and role."),
              Change.Field.datetime("at", "When")), this::handedOver));
    }
    acts.addAll(planChanges.acts(matter));
    acts.addAll(conferenceActs.offered(matter));
    acts.addAll(moveActs.offered(matter));
    acts.addAll(arrivalActs.offered(matter));
    return acts;
  }

  private void addAction(TaskList.Entry on, Submission typed) {
    UUID action = actions.agree(UUID.fromString(typed.text("meeting")), on.matter().caseId(), typed.text("what"), typed.text("namedPerson"),
        typed.text("agency"), typed.date("dueOn"), typed.text("ifNotDone"),
        new Meetings.Terms(false, typed.text("forChild") == null ? null : UUID.fromString(typed.text("forChild"))), typed.recordedAt(),
            on.user());
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), null, "Action agreed", typed.recordedAt(), on.user(),
        typed.text("what"))
        .about(action));
    begin(AgreedActions.ACTION_AGREED, on, Map.of("subjectRef", action.toString()));
  }

  private void sendMinutes(TaskList.Entry on, Submission typed) {
    // clearance for the confidential part is given on the page of the circulation, never in passing
    UUID circulationId = circulation.sendLater(UUID.fromString(typed.text("minutes")),
        new Circulation.Sending(null, typed.text("recipient"), typed.text("agency"), null, typed.text("purpose"), typed.text("extent"),
            false, typed.text("way"), typed.text("reach"), null, null),
        typed.recordedAt(), on.user());
    begin(Circulation.MINUTES_SENT, on, Map.of("subjectRef", circulationId.toString()));
  }

  private void correctMinutes(TaskList.Entry on, Submission typed) {
    UUID meeting = minutes.get(UUID.fromString(typed.text("minutes"))).meetingId();
    UUID next = minutes.correct(meeting, typed.text("why"), typed.recordedAt(), on.user());
    begin(Minutes.MINUTES_NEEDED, on, Map.of("subjectRef", next.toString()));
  }

  private void handedOver(TaskList.Entry on, Submission typed) {
    Instant at = typed.moment("at");
    UUID copy = UUID.fromString(typed.text("copy"));
    if (at.isAfter(typed.recordedAt()) || at.isBefore(circulation.copy(copy).sentAt())) {
      throw new Refusal("at", "This lies in the future, or before the copy was sent. Check the day and the time.");
    }
    circulation.handedOver(copy, typed.text("by"), at, typed.recordedAt(), on.user());
  }

  private void protect(TaskList.Entry on, Submission typed) {
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), null, "Protection needed", typed.recordedAt(), on.user(),
        typed.text("why")));
    begin(Protections.PROTECTION_NEEDED, on, Map.of());
  }

  private void callDiscussion(TaskList.Entry on, Submission typed) {
    if (meetings.discussionCalled(on.matter().caseId())) {
      throw new Refusal("A strategy discussion is called already and not held yet. What is new is talked over there.");
    }
    Instant begun = typed.moment("enquiryBegunAt");
    if (begun != null && begun.isAfter(typed.recordedAt())) {
      throw new Refusal("enquiryBegunAt", "This time is in the future. Enter when the enquiry really began.");
    }
    Map<String, Object> references = new HashMap<>();
    references.put("injuryAlleged", typed.yes("injury"));
    if (begun != null) {
      references.put("enquiryBegunAt", Date.from(begun));
    }
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), null, "Strategy discussion asked for", typed.recordedAt(), on.user(),
        typed.text("why")));
    begin(Protections.STRATEGY_DISCUSSION_NEEDED, on, references);
  }

  private void begin(String message, TaskList.Entry on, Map<String, Object> references) {
    instances.begin(message, families.reference(on.matter().caseId()), references);
  }
}
