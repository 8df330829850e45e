package org.followthrough.referral;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

@Component
class DecideResponse implements Step {

  private static final String STRATEGY_DISCUSSION = "strategy-discussion";
  /** What the threshold suggests and the process goes on by. */
  private static final String[] ANSWERS = {STRATEGY_DISCUSSION, "assessment", "early-help", "advice", "no-further-action"};

  private final Contacts contacts;
  private final Families families;
  private final Decisions decisions;
  private final LeadProfessionals leads;
  private final Meetings meetings;
  private final Chronology chronology;
  private final Clocks clocks;
  private final Redating redating;

  DecideResponse(Contacts contacts, Families families, Decisions decisions, LeadProfessionals leads, Meetings meetings,
      Chronology chronology, Clocks clocks, Redating redating) {
    this.contacts = contacts;
    this.families = families;
    this.decisions = decisions;
    this.leads = leads;
    this.meetings = meetings;
    this.chronology = chronology;
    this.clocks = clocks;
    this.redating = redating;
  }

  @Override
  public Reads reads() {
    return new Reads().choice("response", ANSWERS).text("overruleReason", "reasons", "differentReasons").yes("childNeedsProtectingNow")
        .severalFrom("children", "childrenDifferent").choice("differentResponse", ANSWERS).happened();
  }

  @Override
  public String event() {
    return Events.RESPONSE_DECIDED;
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Optional<String> notFor(Matter matter) {
    return matter.user().equals(contacts.byId(matter.contactId()).openedBy())
        ? Optional.of("You took this contact down yourself. Another manager must decide it, so that two people have looked.")
        : Optional.empty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Contacts.Contact contact = contacts.byId(matter.contactId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()) + "\n\n" + contacts.concernsInWords(matter.contactId()));
    List<String> history = families.history(matter.caseId(), matter.contactId());
    if (!history.isEmpty()) {
      shown.put("historySummary", "- " + String.join("\n- ", history));
    }
    shown.put("recommendation", contact.recommendation());
    shown.put("recommendationText", "**" + Words.sentence(contact.recommendation()) + "**. " + contact.because());
    shown.put("children", contacts.children(matter.contactId()));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Contacts.Contact contact = contacts.byId(matter.contactId());
    String response = typed.text("response");
    if (!response.equals(contact.recommendation()) && typed.text("overruleReason") == null) {
      throw new Refusal("overruleReason", "The rules suggest “" + Words.spoken(contact.recommendation())
          + "”. Say in one sentence why you decide otherwise.");
    }
    if (typed.happenedAt().isBefore(contact.receivedAt())) {
      throw new Refusal("happenedAt", "The decision would lie before the contact was received. Check the date and time.");
    }
    List<String> different = typed.choices("childrenDifferent");
    if (!different.isEmpty() && typed.text("differentResponse") == null) {
      throw new Refusal("differentResponse", "Say what is decided for the children you ticked.");
    }
    if (!different.isEmpty()) {
      typed.demand("differentReasons", "Give the reasons for the children you ticked.");
    }
    decisions.make(new Decisions.Made(matter.contactId(), matter.caseId(), response, typed.text("reasons"),
        contact.recommendation(), typed.text("overruleReason"), typed.yes("childNeedsProtectingNow"),
        contacts.children(matter.contactId()).stream().map(Option::value).map(child -> different.contains(child)
            ? new Decisions.ForChild(UUID.fromString(child), typed.text("differentResponse"), typed.text("differentReasons"))
            : new Decisions.ForChild(UUID.fromString(child), response, null)).toList(),
        typed.happenedAt(), typed.recordedAt(), matter.user()));
    // a manager who is asked for one already will be asked for every child without one
    boolean leadMissing = !leads.childrenWithout(matter.caseId()).isEmpty()
        && !clocks.running("lead-professional", matter.caseId());
    if (leadMissing) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Lead professional missing",
          typed.recordedAt(), matter.user(), null));
    }
    if (typed.yes("childNeedsProtectingNow")) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.PROTECTION_NEEDED, typed.recordedAt(),
          matter.user(), null).happened(typed.happenedAt()));
    }
    boolean discussionDecided = response.equals(STRATEGY_DISCUSSION)
        || !different.isEmpty() && typed.is("differentResponse", STRATEGY_DISCUSSION);
    Optional<UUID> waiting = discussionDecided ? meetings.calledDiscussion(matter.caseId()) : Optional.empty();
    waiting.ifPresent(meeting -> bringForward(typed, meeting));
    return Map.of("whichResponse", response, "childNeedsProtectingNow", typed.yes("childNeedsProtectingNow"),
        "leadProfessionalMissing", leadMissing,
        "whichProcessFollows", whichProcess(typed, waiting.isPresent()));
  }

  /** The gravest of what was decided for the children; each process looks up for whom. */
  private static String whichProcess(Submission typed, boolean discussionWaits) {
    List<String> decided = Stream.of(typed.text("response"), typed.choices("childrenDifferent").isEmpty()
        ? null : typed.text("differentResponse"))
        .filter(Objects::nonNull).toList();
    return decided.contains(STRATEGY_DISCUSSION) ? discussionWaits ? "none" : STRATEGY_DISCUSSION
        : decided.contains("assessment") ? "assessment" : decided.contains("early-help") ? "support" : "none";
  }

  /** What is new is talked over at the discussion that waits to be held, which then is due by this decision too. */
  private void bringForward(Submission typed, UUID waiting) {
    Matter matter = typed.matter();
    Chronology.Line called = Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.STRATEGY_DISCUSSION_CALLED,
        typed.recordedAt(), matter.user(), null).about(waiting).happened(typed.happenedAt());
    redating.bringForward(called, "A further contact was decided");
    if (contacts.injuryAlleged(matter.contactId())) {
      redating.bringForward(called.named(Events.INJURY_OR_SEXUAL_ABUSE_ALLEGED), "A further contact alleges an injury or sexual abuse");
    }
  }
}
