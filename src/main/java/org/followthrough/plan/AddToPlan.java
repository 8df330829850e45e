package org.followthrough.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Persons;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** One thing to a page: a risk and what must change, what a row still lacks, what the child says, how often the child is seen. */
@Component
class AddToPlan implements Step {

  private final Plans plans;
  private final Persons persons;
  private final Meetings meetings;

  AddToPlan(Plans plans, Persons persons, Meetings meetings) {
    this.plans = plans;
    this.meetings = meetings;
    this.persons = persons;
  }

  @Override
  public Reads reads() {
    return new Reads().either("adding", "row", "fill", "end", "child-says", "seen", "nothing").severalFrom("plannedChildren", "children")
        .choiceFrom("planRows", "row")
        .text("risk", "mustChange", "seenHow", "consequence", "contingency", "endedWhy", "childSays", "seenHowOften").date("byWhen")
        .either("endedAs", "achieved", "replaced").yes("addMore");
  }

  @Override
  public String event() {
    return "Plan added to";
  }

  @Override
  public String event(Submission typed) {
    return typed.is("adding", "nothing") ? "Plan written down" : event();
  }

  /** What the page is part of is met when its process goes on. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Option> children = new ArrayList<>();
    List<Option> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    for (Plans.Plan plan : plans.inForce(matter.caseId())) {
      String child = persons.name(plan.personId());
      children.add(new Option(child, plan.id().toString()));
      for (Plans.Row row : plans.rows(plan.id())) {
        rows.add(new Option(child + ": " + row.mustChange(), row.id().toString()));
        lines.add(line(child, row));
      }
      plans.gaps(plan.id()).forEach(gap -> gaps.add("- " + Words.escaped(child) + ": " + Words.escaped(gap)));
    }
    Map<String, Object> shown = new HashMap<>(Map.of("plannedChildren", children, "planRows", rows, "onlyChild", children.size() == 1,
        "rowsKnown", !rows.isEmpty()));
    if (!lines.isEmpty()) {
      shown.put("planText", "**The plan so far**\n\n" + String.join("\n", lines));
    }
    if (!gaps.isEmpty()) {
      shown.put("gapsText", String.join("\n", gaps));
    }
    return shown;
  }

  private static String line(String child, Plans.Row row) {
    return "- " + Words.escaped(child) + ": **" + Words.escaped(row.mustChange()) + "**"
        + (row.byWhen() == null ? "" : ", by " + Words.date(row.byWhen())) + ". Risk: " + Words.escaped(row.risk())
        + (row.consequence() == null ? "" : ". If not: " + Words.escaped(row.consequence()))
        + (row.contingency() == null ? "" : ". Then: " + Words.escaped(row.contingency()));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    boolean more = !typed.is("adding", "nothing");
    switch (typed.text("adding")) {
      case "row" -> addRow(typed);
      case "fill" -> fillRow(typed);
      case "end" -> endRow(typed);
      case "child-says" -> {
        typed.demand("childSays", "Say it in the child’s own words, or why the child could not be asked.");
        planned(typed).forEach(plan -> plans.childSays(plan, typed.text("childSays")));
      }
      case "seen" -> {
        typed.demand("seenHowOften", "Say how often, and by whom.");
        planned(typed).forEach(plan -> plans.seenHowOften(plan, typed.text("seenHowOften")));
      }
      default -> { }
    }
    if (more) {
      typed.demand("addMore", "Say whether you add more.");
    }
    return Map.of("addMore", more && typed.yes("addMore"), "planLacksSomething", lacking(typed.matter()));
  }

  /** A meeting about protection asks for what protects; support asks for what supports. */
  private boolean lacking(Matter matter) {
    return (meetings.find(matter.subjectId()).isPresent() ? plans.inForce(matter.caseId(), Plans.CHILD_PROTECTION)
        : plans.inForce(matter.caseId()))
        .stream().anyMatch(plan -> !plans.gaps(plan.id()).isEmpty());
  }

  private void addRow(Submission typed) {
    typed.demand("risk", "Name the risk.");
    typed.demand("mustChange", "Say what must change.");
    List<UUID> planned = planned(typed);
    planned.forEach(plan -> notBefore(plan, typed));
    planned.forEach(plan -> plans.add(plan, typed.text("risk"), typed.text("mustChange"), typed.date("byWhen"), typed.text("seenHow"),
        typed.text("consequence"), typed.text("contingency"), typed.recordedAt(), typed.matter().user()));
  }

  private void notBefore(UUID plan, Submission typed) {
    if (typed.date("byWhen") != null && typed.date("byWhen").isBefore(plans.get(plan).begunOn())) {
      throw new Refusal("byWhen", "This day lies before the plan began. Check the day, month and year.");
    }
  }

  private void fillRow(Submission typed) {
    if (typed.date("byWhen") == null && typed.text("seenHow") == null && typed.text("consequence") == null
        && typed.text("contingency") == null) {
      throw new Refusal("byWhen", "Fill in at least one of the four things that are lacking.");
    }
    Plans.Row row = plans.row(row(typed));
    notBefore(row.planId(), typed);
    stillLacking("byWhen", row.byWhen(), typed);
    stillLacking("seenHow", row.seenHow(), typed);
    stillLacking("consequence", row.consequence(), typed);
    stillLacking("contingency", row.contingency(), typed);
    plans.fill(row.id(), typed.date("byWhen"), typed.text("seenHow"), typed.text("consequence"), typed.text("contingency"));
  }

  /** What was agreed is not written over: whoever sat there has it on paper. */
  private static void stillLacking(String key, Object there, Submission typed) {
    if (there != null && typed.text(key) != null) {
      throw new Refusal(key, "This is said already and stays. Leave it empty here; if it is different now, end this one "
          + "and write it anew.");
    }
  }

  private void endRow(Submission typed) {
    typed.demand("endedAs", "Say whether it has changed, or is said better elsewhere.");
    typed.demand("endedWhy", "Say how we know.");
    plans.endRow(row(typed), typed.text("endedAs"), typed.text("endedWhy"), typed.recordedAt());
  }

  private static UUID row(Submission typed) {
    typed.demand("row", "Choose which one.");
    return UUID.fromString(typed.text("row"));
  }

  /** An only child need not be ticked. */
  private List<UUID> planned(Submission typed) {
    List<Plans.Plan> inForce = plans.inForce(typed.matter().caseId());
    if (inForce.size() == 1) {
      return List.of(inForce.get(0).id());
    }
    if (typed.choices("children").isEmpty()) {
      throw new Refusal("children", "Tick the children for whom this holds.");
    }
    return typed.choices("children").stream().map(UUID::fromString).toList();
  }
}
