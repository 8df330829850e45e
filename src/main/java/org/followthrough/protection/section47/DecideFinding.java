package org.followthrough.protection.section47;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** First what was found, then what follows, child by child, by somebody else than who wrote the analysis (learning points K-31, Q-31). */
@Component
class DecideFinding implements Step {

  private final Enquiries enquiries;
  private final Background background;
  private final Chronology chronology;

  DecideFinding(Enquiries enquiries, Background background, Chronology chronology) {
    this.chronology = chronology;
    this.enquiries = enquiries;
    this.background = background;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("offeredChildren", "children")
        .either("finding", "not-substantiated", "substantiated-no-continuing-risk", "continuing-risk")
        .either("nextStep", "conference", "child-in-need", "legal-action", "none").text("reasons", "unusualWhy").happened();
  }

  @Override
  public String event() {
    return "Finding decided";
  }

  /** What follows counts from the last child. */
  @Override
  public String event(Submission typed) {
    return enquiries.undecided(typed.matter().subjectId()).isEmpty() ? "Findings decided" : event();
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** It is met by the finding for the last child. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return enquiries.undecided(typed.matter().subjectId()).isEmpty();
  }

  /** Where no child is left to decide for, because the last of them has died, nothing is decided and everybody may say so. */
  @Override
  public Optional<String> notFor(Matter matter) {
    return matter.user().equals(enquiries.get(matter.subjectId()).analysis().by()) && !enquiries.undecided(matter.subjectId()).isEmpty()
        ? Optional.of("You wrote the analysis. Two pairs of eyes see more than one: another manager, or your deputy, decides.")
        : Optional.empty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    UUID enquiry = matter.subjectId();
    List<Option> undecided = enquiries.undecided(enquiry);
    Map<String, Object> shown = background.shows(matter);
    shown.put("analysisText", background.analysis(enquiry));
    shown.put("offeredChildren", undecided);
    // the last of them may have died since
    shown.put("childUndecided", !undecided.isEmpty());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID enquiry = typed.matter().subjectId();
    if (!enquiries.undecided(enquiry).isEmpty()) {
      decide(typed, enquiry);
    }
    boolean anotherChild = !enquiries.undecided(enquiry).isEmpty();
    String following = follows(enquiry, "child-in-need", "legal-action") ? "support" : follows(enquiry, Enquiries.CONFERENCE)
        ? "nothing" : "closing";
    if (!anotherChild && following.equals("closing")) {
      chronology.add(Chronology.Line.fact(typed.matter().contactId(), typed.matter().caseId(), null, Events.CLOSING_NEEDED,
          typed.recordedAt(), typed.matter().user(), null).about(enquiry));
    }
    return Map.of("anotherChild", anotherChild, "conferenceNeeded", follows(enquiry, Enquiries.CONFERENCE),
        "whatElseFollows", following);
  }

  private void decide(Submission typed, UUID enquiry) {
    if (typed.choices("children").isEmpty()) {
      throw new Refusal("children", "Tick the children for whom this is decided.");
    }
    typed.demand("finding", "Say first what was found.");
    typed.demand("nextStep", "Say what follows for these children.");
    typed.demand("reasons", "Give the reasons.");
    boolean unusual = unusual(typed.text("finding"), typed.text("nextStep"));
    if (unusual) {
      typed.demand("unusualWhy", "This is not what usually follows. Say why it is right for these children.");
    }
    if (typed.happenedAt().isBefore(enquiries.get(enquiry).begunAt())) {
      throw new Refusal("happenedAt", "The finding would lie before the enquiry began. Check the date and time.");
    }
    enquiries.decide(enquiry, typed.choices("children").stream().map(UUID::fromString).toList(), typed.text("finding"),
        typed.text("nextStep"), typed.text("reasons"), unusual ? typed.text("unusualWhy") : null, typed.happenedAt(),
        typed.matter().user());
  }

  /** Continuing risk that no conference and no court looks at; or either of them where nothing was found. */
  private static boolean unusual(String finding, String nextStep) {
    boolean grave = nextStep.equals(Enquiries.CONFERENCE) || nextStep.equals("legal-action");
    return finding.equals("continuing-risk") && !grave || finding.equals("not-substantiated") && grave;
  }

  private boolean follows(UUID enquiry, String... steps) {
    return !enquiries.forNextStep(enquiry, Set.of(steps)).isEmpty();
  }
}
