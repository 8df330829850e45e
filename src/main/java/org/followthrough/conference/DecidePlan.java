package org.followthrough.conference;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.followthrough.conference.Conferences.View;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.meeting.Outcomes;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.plan.Plans.Plan;
import org.followthrough.plan.Plans;
import org.springframework.stereotype.Component;

/**
 * A plan or none for each child, page by page until every child of the family has an answer. A plan begins and ends on the day of
 * the conference and in no other way.
 */
@Component
class DecidePlan implements Step {

  private static final String BEGINS = "plan-begins";
  private static final String CONTINUES = "plan-continues";
  private static final Set<String> OF_A_PLAN = Set.of(CONTINUES, "plan-ends", "plan-ends-with-support");
  private static final Set<String> NEEDS_SUPPORT = Set.of("plan-ends-with-support", "support-without-plan");

  private final ConferencePages pages;
  private final Outcomes outcomes;
  private final Conferences conferences;
  private final Plans plans;
  private final Clocks clocks;
  private final Moves moves;
  private final Arrivals arrivals;
  private final Chronology chronology;

  DecidePlan(ConferencePages pages, Outcomes outcomes, Conferences conferences, Plans plans, Clocks clocks, Moves moves, Arrivals arrivals,
      Chronology chronology) {
    this.chronology = chronology;
    this.pages = pages;
    this.outcomes = outcomes;
    this.conferences = conferences;
    this.plans = plans;
    this.clocks = clocks;
    this.moves = moves;
    this.arrivals = arrivals;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("offeredChildren", "children").choiceFrom("decisions", "decision")
        .either("category", "neglect", "physical-abuse", "sexual-abuse", "emotional-abuse", "multiple").text("reasons").happened();
  }

  @Override
  public String event() {
    return Events.PLAN_DECIDED;
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** It is met by the decision for the last child. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return pages.undecided(typed.matter()).isEmpty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(pages.table(matter));
    List<Option> undecided = pages.undecided(matter);
    shown.put("offeredChildren", undecided);
    shown.put("reportsText", pages.reports(matter.subjectId()));
    shown.put("apartText", pages.apart(matter.subjectId()));
    // the last of them may have died since
    shown.put("childUndecided", !undecided.isEmpty());
    shown.put("decisions", offered(undecided));
    List<String> views = conferences.views(matter.subjectId()).stream().map(pages::inWords).toList();
    shown.put("viewsText", String.join("\n", views));
    return shown;
  }

  private List<Option> offered(List<Option> children) {
    boolean anyPlan = children.stream().anyMatch(child -> protection(UUID.fromString(child.value())).isPresent());
    boolean anyWithout = children.stream().anyMatch(child -> protection(UUID.fromString(child.value())).isEmpty());
    List<Option> offered = new ArrayList<>();
    if (anyPlan) {
      offered.add(new Option("The plan continues", CONTINUES));
      offered.add(new Option("The plan ends; support as a child in need follows", "plan-ends-with-support"));
      offered.add(new Option("The plan ends", "plan-ends"));
    }
    if (anyWithout) {
      offered.add(new Option("A child protection plan begins", BEGINS));
      offered.add(new Option("No plan; support as a child in need", "support-without-plan"));
      offered.add(new Option("No plan", "no-plan"));
    }
    return offered;
  }

  private Optional<Plan> protection(UUID child) {
    return plans.ofChild(child).filter(plan -> plan.kind().equals(Plans.CHILD_PROTECTION));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    if (!pages.undecided(matter).isEmpty()) {
      decide(typed);
    }
    boolean inForce = !plans.inForce(matter.caseId(), Plans.CHILD_PROTECTION).isEmpty();
    boolean coreGroupRuns = clocks.running("core-group", matter.caseId());
    boolean anotherChild = !pages.undecided(matter).isEmpty();
    if (!anotherChild) {
      arrivals.conferenceDecided(matter.subjectId());
    }
    String following = outcomes.of(matter.subjectId()).stream().anyMatch(NEEDS_SUPPORT::contains) ? "support" : inForce
        ? "nothing" : "closing";
    if (!anotherChild && following.equals("closing")) {
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, Events.CLOSING_NEEDED, typed.recordedAt(),
          matter.user(), null)
          .about(matter.subjectId()));
    }
    return Map.of("anotherChild", anotherChild, "planInForce", inForce, "reviewNeeded", inForce,
        "whichCoreGroup", inForce == coreGroupRuns ? "unchanged" : inForce ? "new" : "ended",
        "whatElseFollows", following,
        "professionalDissented", conferences.views(matter.subjectId()).stream().anyMatch(View::dissents),
        "acceptanceDue", moves.awaits(matter.subjectId()));
  }

  private void decide(Submission typed) {
    if (typed.choices("children").isEmpty()) {
      throw new Refusal("children", "Tick the children for whom this is decided.");
    }
    typed.demand("decision", "Say what is decided for these children.");
    typed.demand("reasons", "Give the reasons: what harm is likely, and how we know.");
    String decision = typed.text("decision");
    boolean category = decision.equals(BEGINS) || decision.equals(CONTINUES);
    if (category) {
      typed.demand("category", "Say under which category of harm.");
    }
    UUID meeting = typed.matter().subjectId();
    if (typed.happenedAt().isBefore(conferences.get(meeting).heldAt())) {
      throw new Refusal("happenedAt", "The decision would lie before the conference. Check the date and time.");
    }
    List<UUID> children = typed.choices("children").stream().map(UUID::fromString).toList();
    for (UUID child : children) {
      if (protection(child).isPresent() != OF_A_PLAN.contains(decision)) {
        throw new Refusal("decision", "For one of these children this does not fit: whoever has a plan, it continues "
            + "or ends; for the others it begins, or not.");
      }
    }
    outcomes.decide(meeting, children, decision, category ? typed.text("category") : null, typed.text("reasons"), typed.happenedAt(),
        typed.matter().user());
    children.forEach(child -> carryOut(typed, child, decision));
  }

  private void carryOut(Submission typed, UUID child, String decision) {
    Matter matter = typed.matter();
    LocalDate day = LocalDate.ofInstant(conferences.get(matter.subjectId()).heldAt(), Submission.LONDON);
    switch (decision) {
      case BEGINS -> {
        // one child has one plan: protection takes the place of support
        plans.ofChild(child).ifPresent(support -> plans.end(support.id(), day, "support-ended", matter.subjectId(),
            typed.recordedAt(), matter.user()));
        plans.begin(Plans.CHILD_PROTECTION, child, matter.caseId(), matter.subjectId(), day, typed.text("category"),
            typed.recordedAt(), matter.user());
      }
      case CONTINUES -> plans.continueAs(protection(child).orElseThrow().id(), typed.text("category"));
      case "plan-ends", "plan-ends-with-support" ->
          plans.end(protection(child).orElseThrow().id(), day, "review-conference", matter.subjectId(), typed.recordedAt(), matter.user());
      default -> { }
    }
  }
}
