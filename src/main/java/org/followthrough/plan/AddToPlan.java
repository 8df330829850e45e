package org.followthrough.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.record.Matter;
import org.followthrough.record.Option;
import org.followthrough.record.Persons;
import org.followthrough.record.Plans;
import org.followthrough.record.Refusal;
import org.followthrough.record.Step;
import org.followthrough.record.Submission;
import org.followthrough.record.Words;
import org.springframework.stereotype.Component;

/** One thing to a page: a risk and what must change, what a row still lacks, what the child says, how often the child is seen. */
@Component
class AddToPlan implements Step {

  private final Plans plans;
  private final Persons persons;

  AddToPlan(Plans plans, Persons persons) {
    this.plans = plans;
    this.persons = persons;
  }

  @Override
  public String event() {
    return "Plan added to";
  }

  @Override
  public String event(Submission typed) {
    return typed.text("adding").equals("nothing") ? "Plan written down" : event();
  }

  /** What the page is part of is met when its road goes on. */
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
        lines.add("- " + Words.escaped(child) + ": **" + Words.escaped(row.mustChange()) + "** – " + Words.escaped(row.risk()));
      }
      plans.gaps(plan.id()).forEach(gap -> gaps.add("- " + Words.escaped(child) + ": " + Words.escaped(gap)));
    }
    Map<String, Object> shown = new HashMap<>(Map.of("plannedChildren", children, "planRows", rows));
    if (!lines.isEmpty()) {
      shown.put("planText", "**The plan so far**\n\n" + String.join("\n", lines));
    }
    if (!gaps.isEmpty()) {
      shown.put("gapsText", String.join("\n", gaps));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    String adding = typed.text("adding");
    switch (adding) {
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
      default -> {
        return Map.of("addMore", false);
      }
    }
    typed.demand("addMore", "Say whether you add more.");
    return Map.of("addMore", typed.yes("addMore"));
  }

  private void addRow(Submission typed) {
    typed.demand("risk", "Name the risk.");
    typed.demand("mustChange", "Say what must change.");
    planned(typed).forEach(plan -> plans.add(plan, typed.text("risk"), typed.text("mustChange"), typed.date("byWhen"), typed.text("seenHow"),
        typed.text("consequence"), typed.text("contingency"), typed.recordedAt(), typed.matter().user()));
  }

  private void fillRow(Submission typed) {
    if (typed.date("byWhen") == null && typed.text("seenHow") == null && typed.text("consequence") == null && typed.text("contingency") == null) {
      throw new Refusal("byWhen", "Fill in at least one of the four things that are lacking.");
    }
    plans.fill(row(typed), typed.date("byWhen"), typed.text("seenHow"), typed.text("consequence"), typed.text("contingency"));
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

  private static List<UUID> planned(Submission typed) {
    if (typed.choices("children").isEmpty()) {
      throw new Refusal("children", "Tick the children for whom this holds.");
    }
    return typed.choices("children").stream().map(UUID::fromString).toList();
  }
}
