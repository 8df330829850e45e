package org.followthrough.tasklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.AgreedActions;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.people.Agencies;
import org.followthrough.protection.Protections;
import org.springframework.stereotype.Component;

/** What everybody may begin at once who works with a family, at any point of its case. */
@Component
class Acts {

  private static final List<Option> YES_OR_NO = List.of(new Option("Yes", "yes"), new Option("No", "no"));

  private final Families families;
  private final Meetings meetings;
  private final AgreedActions actions;
  private final Chronology chronology;
  private final ProcessInstances instances;
  private final Agencies agencies;
  private final List<Offers> others;

  Acts(Families families, Meetings meetings, AgreedActions actions, Chronology chronology, ProcessInstances instances, Agencies agencies,
      List<Offers> others) {
    this.families = families;
    this.meetings = meetings;
    this.actions = actions;
    this.chronology = chronology;
    this.instances = instances;
    this.agencies = agencies;
    this.others = others;
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
    others.forEach(one -> acts.addAll(one.offered(matter)));
    return acts;
  }

  private void addAction(TaskList.Entry on, Submission typed) {
    UUID action = actions.agree(UUID.fromString(typed.text("meeting")), on.matter().caseId(), typed.text("what"), typed.text("namedPerson"),
        typed.text("agency"), typed.date("dueOn"), typed.text("ifNotDone"),
        new Meetings.Terms(false, typed.text("forChild") == null ? null : UUID.fromString(typed.text("forChild"))), typed.recordedAt(),
            on.user());
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), null, Events.ACTION_AGREED, typed.recordedAt(), on.user(),
        typed.text("what"))
        .about(action));
    begin(AgreedActions.ACTION_AGREED, on, Map.of("subjectRef", action.toString()));
  }

  private void protect(TaskList.Entry on, Submission typed) {
    chronology.add(Chronology.Line.fact(null, on.matter().caseId(), null, Events.PROTECTION_NEEDED, typed.recordedAt(), on.user(),
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
