package org.followthrough.protection.assessment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Assessments;
import org.springframework.stereotype.Component;

/** The assessment as the social worker writes it, in one go or in several; what stands there already is shown again. */
@Component
class WriteAssessment implements Step {

  /** As many children as the page has places of their own for. */
  static final int PLACES = 8;
  /** What is kept of a child, under the child and not under its place: a birth or a death moves the others. */
  private static final List<String> OF_A_CHILD = List.of("Seen", "NotSeenWhy", "Words");
  private static final List<String> FACTORS = List.of("factorsChild", "factorsCarer", "factorsOthers", "factorsHarm", "factorsFurther");

  private final Assessments assessments;
  private final Families families;

  WriteAssessment(Assessments assessments, Families families) {
    this.assessments = assessments;
    this.families = families;
  }

  @Override
  public Reads reads() {
    return new Reads()
        .each(Reads.places("c", PLACES), (reads, child) -> reads.yes(child + "Seen").text(child + "NotSeenWhy", child + "Words"))
        .text("adults", "history", "checked", "strengths", "harms", "analysis")
        .severalFrom("harmFactors", "factorsHarm").severalFrom("childFactors", "factorsChild").severalFrom("carerFactors", "factorsCarer")
        .severalFrom("othersFactors", "factorsOthers").severalFrom("furtherFactors", "factorsFurther")
        .yes("noFactors", "moreTimeNeeded").text("whyMoreTime");
  }

  @Override
  public String event() {
    return "Assessment written";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("moreTimeNeeded") ? "More time asked for" : event();
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** It is complete when a manager has agreed. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(assessments.page(matter.subjectId()));
    shown.keySet().removeAll(List.of("whyMoreTime"));
    List<Option> children = assessments.children(matter.subjectId());
    for (int i = 0; i < Math.min(PLACES, children.size()); i++) {
      String place = "c" + (i + 1);
      UUID child = UUID.fromString(children.get(i).value());
      shown.put(place + "Name", Words.escaped(children.get(i).label()));
      shown.put(place + "Unborn", assessments.unborn(child));
      OF_A_CHILD.forEach(what -> Optional.ofNullable(shown.remove(child + what)).ifPresent(value -> shown.put(place + what, value)));
    }
    if (children.size() > PLACES) {
      shown.put("otherChildren", "- " + String.join("\n- ", children.stream().skip(PLACES)
          .map(child -> Words.escaped(child.label())).toList()));
    }
    shown.put("familySummary", families.summary(matter.caseId()));
    Optional.ofNullable(assessments.find(matter.subjectId()).orElseThrow().toChange())
        .ifPresent(change -> shown.put("toChangeText", Words.escaped(change)));
    assessments.extensions(matter.subjectId()).stream().findFirst()
        .ifPresent(more -> shown.put("extensionText", "More time is agreed until **" + Words.date(more.untilDay())
            + "**. The limit itself has not moved."));
    shown.putAll(Map.of("childFactors", Factors.CHILD, "carerFactors", Factors.CARER, "othersFactors", Factors.OTHERS,
        "harmFactors", Factors.HARM, "furtherFactors", Factors.FURTHER));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID id = typed.matter().subjectId();
    List<Option> children = assessments.children(id);
    List<String> factors = factors(typed);
    Map<String, Object> page = new LinkedHashMap<>(typed.fields());
    page.remove("moreTimeNeeded");
    List<UUID> seen = new ArrayList<>();
    for (int i = 0; i < Math.min(PLACES, children.size()); i++) {
      String place = "c" + (i + 1);
      UUID child = UUID.fromString(children.get(i).value());
      if (typed.yes(place + "Seen")) {
        seen.add(child);
      }
      OF_A_CHILD.forEach(what -> Optional.ofNullable(page.remove(place + what)).ifPresent(value -> page.put(child + what, value)));
    }
    if (typed.yes("moreTimeNeeded")) {
      typed.demand("whyMoreTime", "Say what you still need, and by when.");
    } else {
      demandEverything(typed, children, factors);
    }
    assessments.write(id, page, factors, seen, typed.matter().user());
    return Map.of("moreTimeNeeded", typed.yes("moreTimeNeeded"));
  }

  private static List<String> factors(Submission typed) {
    List<String> factors = FACTORS.stream().flatMap(key -> typed.choices(key).stream()).toList();
    if (typed.yes("noFactors") && !factors.isEmpty()) {
      throw new Refusal("noFactors", "You ticked factors, and that there are none. Untick one or the other.");
    }
    return typed.yes("noFactors") ? List.of(Factors.NONE) : factors;
  }

  private void demandEverything(Submission typed, List<Option> children, List<String> factors) {
    for (int i = 0; i < Math.min(PLACES, children.size()); i++) {
      String place = "c" + (i + 1);
      if (!assessments.unborn(UUID.fromString(children.get(i).value()))) {
        typed.demand(place + "Seen", "Say for each child whether you saw them.");
        if (!typed.yes(place + "Seen")) {
          typed.demand(place + "NotSeenWhy", "Say why this child was not seen.");
        }
        typed.demand(place + "Words", "Write what this child says, or why the child was not asked.");
      }
    }
    Stream.of(new Option("Write about each parent, carer and partner, or why one was not heard.", "adults"),
        new Option("Write what happened before and what it means today.", "history"),
        new Option("Write what you checked, and with whom.", "checked"),
        new Option("Write what helps the children.", "strengths"),
        new Option("Write what harms them, or could.", "harms"),
        new Option("Write what it all comes to.", "analysis")).forEach(demanded -> typed.demand(demanded.value(), demanded.label()));
    if (factors.isEmpty()) {
      throw new Refusal("noFactors", "Tick the factors you found, or that there are none.");
    }
  }
}
