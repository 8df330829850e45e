package org.followthrough.protection.assessment;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.followthrough.deadline.Clocks;
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

/** A manager who did not write it reads it, and agrees or says what must change (learning points C-08, Q-09). */
@Component
class AgreeAssessment implements Step {

  private final Assessments assessments;
  private final Families families;
  private final Clocks clocks;
  private final Clock clock;

  AgreeAssessment(Assessments assessments, Families families, Clocks clocks, Clock clock) {
    this.assessments = assessments;
    this.families = families;
    this.clocks = clocks;
    this.clock = clock;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("agreed").text("toChange", "whyLate").happened();
  }

  @Override
  public String event() {
    return "Assessment agreed";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("agreed") ? event() : "Assessment given back";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public boolean meetsItsClock(Submission typed) {
    return typed.yes("agreed");
  }

  @Override
  public Optional<String> notFor(Matter matter) {
    return matter.user().equals(assessments.find(matter.subjectId()).orElseThrow().writtenBy())
        ? Optional.of("You wrote this assessment yourself. Another manager must read it, so that two people have looked.")
        : Optional.empty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()),
        "assessmentText", inWords(matter.subjectId()), "late", clock.instant().isAfter(due(matter)),
        "dueText", "Due on **" + Words.moment(due(matter)) + "**."));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Assessments.Assessment assessment = assessments.find(matter.subjectId()).orElseThrow();
    if (typed.yes("agreed")) {
      if (typed.happenedAt().isBefore(assessment.begunAt())) {
        throw new Refusal("happenedAt", "It would be agreed before it began. Check the date and time.");
      }
      if (typed.happenedAt().isAfter(due(matter))) {
        typed.demand("whyLate", "The assessment is later than its limit. Say why.");
      }
      assessments.agree(matter.subjectId(), typed.text("whyLate"), typed.happenedAt(), matter.user());
    } else {
      typed.demand("toChange", "Say what must change.");
      assessments.giveBack(matter.subjectId(), typed.text("toChange"));
    }
    // an enquiry may have joined since it began
    return Map.of("assessmentAgreed", typed.yes("agreed"), "partOfEnquiry", assessment.partOfEnquiry());
  }

  private Instant due(Matter matter) {
    return clocks.get(UUID.fromString(matter.reference("clockRef"))).dueAt();
  }

  private String inWords(UUID id) {
    Map<String, Object> page = assessments.page(id);
    List<String> parts = new ArrayList<>();
    for (Option child : assessments.children(id)) {
      String name = "**" + Words.escaped(child.label()) + "** ";
      boolean seen = "yes".equals(page.get(child.value() + "Seen"));
      parts.add(assessments.unborn(UUID.fromString(child.value())) ? name + "is not born yet."
          : name + (seen ? "was seen." : "was **not seen**: " + said(page, child.value() + "NotSeenWhy")) + "\n\n"
          + said(page, child.value() + "Words"));
    }
    for (Option part : List.of(new Option("Parents, carers and partners", "adults"),
        new Option("What happened before, and what it means today", "history"),
        new Option("What was checked, and with whom", "checked"), new Option("What helps", "strengths"), new Option("What harms", "harms"),
        new Option("What it comes to", "analysis"))) {
      parts.add("**" + part.label() + "**\n\n" + said(page, part.value()));
    }
    parts.add("**Factors**\n\n" + assessments.factors(id).stream().map(code -> "- " + Words.sentence(Factors.inWords(code)))
        .collect(Collectors.joining("\n")));
    return String.join("\n\n", parts);
  }

  private static String said(Map<String, Object> page, String key) {
    return Words.escaped((String) page.getOrDefault(key, "–"));
  }
}
