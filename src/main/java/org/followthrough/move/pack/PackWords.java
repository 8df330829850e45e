package org.followthrough.move.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.followthrough.page.Answer;
import org.followthrough.page.Words;

/** What stands in a pack as people read it: on the Case tab of those who have taken it in, and on paper. */
public final class PackWords {

  /** Something told: a heading, what is to know about it, and what it consists of. */
  public record Told(String heading, List<Answer> facts, List<Told> parts) {}

  /** The sections in the order in which somebody new reads them, each with its heading. */
  public enum Section {
    PLANS("Plans"), ACTIONS("Actions"), VISITS("Visits"), PROTECTIONS("Protection"), MEETINGS("Meetings and conferences"),
        ENQUIRIES("Section 47 enquiries"),
    ASSESSMENTS("Assessments"), SUPPORT("Help"), EPISODES("Episodes");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    public String heading() {
      return heading;
    }

    /** Its key in a pack. */
    public String key() {
      return PackSection.valueOf(name()).key;
    }
  }

  private PackWords() {}

  /**
   * An item of a section.
   *
   * @param who from a person's id to the name on screen or on paper
   */
  public static Told told(Section section, JsonNode item, UnaryOperator<String> who) {
    return switch (section) {
      case PLANS -> plan(item, who);
      case ACTIONS -> action(item, who);
      case VISITS -> visit(item, who);
      case PROTECTIONS -> protection(item, who);
      case MEETINGS -> meeting(item, who);
      case ENQUIRIES -> enquiry(item, who);
      case ASSESSMENTS -> assessment(item, who);
      case SUPPORT -> support(item, who);
      case EPISODES -> new Told(who.apply(text(item, "child")) + ": referred " + day(item, "referredAt"),
          facts(fact("Closed", day(item, "closedAt")), fact("Why", text(item, "closedWhy"))), List.of());
    };
  }

  private static Told plan(JsonNode plan, UnaryOperator<String> who) {
    return new Told(who.apply(text(plan, "child")) + ": " + Words.spoken(text(plan, "kind")) + " plan"
        + after(", ", Words.spoken(text(plan, "latestCategory"))) + ", since " + day(plan, "begunOn")
        + after(", ended ", day(plan, "endedOn")), facts(fact("Seen how often", text(plan, "seenHowOften")),
            fact("What the child says", text(plan, "childSays")), fact("Why it ended", Words.sentence(text(plan, "endedWhy")))),
        list(plan, "rows").map(row -> new Told(text(row, "mustChange") + after(", by ", day(row, "byWhen"))
            + after(" – ", Words.spoken(text(row, "endedAs"))), facts(fact("The risk", text(row, "risk")),
                fact("Others see it by", text(row, "seenHow")), fact("If it does not change", text(row, "consequence")),
                fact("What is done then", text(row, "contingency")), fact("What shows it", text(row, "endedWhy"))), List.of())).toList());
  }

  private static Told action(JsonNode action, UnaryOperator<String> who) {
    return new Told(text(action, "what"),
        facts(fact("Who", text(action, "namedPerson") + ", " + Words.spoken(text(action, "agency"))), fact("By", day(action, "dueOn")),
            fact("Agreed first for", day(action, "firstDueOn")), fact("Goes on until", day(action, "goesOnUntil")),
            fact("How it stands", Words.sentence(text(action, "stands"))),
            fact("For", action.has("child") ? who.apply(text(action, "child")) : null),
            fact("If it is not done", text(action, "ifNotDone")), fact("Its owner says", Words.sentence(text(action, "reportedAs"))
                + after(": ", text(action, "reportedWhy"))), fact("What shows it", text(action, "evidence")),
            fact("Why it ended", text(action, "endedWhy"))),
        list(action, "reviews").map(review -> new Told("Core group" + after(" ", day(review, "metAt")) + ": "
            + Words.spoken(text(review, "result")), facts(fact("In words", text(review, "words"))), List.of())).toList());
  }

  private static Told visit(JsonNode visit, UnaryOperator<String> who) {
    boolean seen = visit.path("seen").asBoolean();
    return new Told(moment(visit, "at") + ": " + who.apply(text(visit, "child")) + (seen ? " seen" : " not seen") + " by "
        + Stream.of(text(visit, "byWhom"), Words.spoken(text(visit, "byAgency"))).filter(Objects::nonNull)
        .collect(Collectors.joining(", ")), facts(fact("In the child’s own words", text(visit, "ownWords")),
            fact("Alone", yes(visit, "alone")), fact("Why not alone", text(visit, "notAloneWhy")),
            fact("Bedroom seen", yes(visit, "bedroom")), fact("Why not seen", text(visit, "notSeenWhy"))), List.of());
  }

  private static Told protection(JsonNode one, UnaryOperator<String> who) {
    return new Told(who.apply(text(one, "child")) + ": " + Words.spoken(text(one, "kind")) + ", from " + moment(one, "since")
        + " until " + moment(one, "endsAt"), facts(fact("What it is", text(one, "details")),
            fact("Where the child is", text(one, "whereabouts")), fact("Agreed by", text(one, "agreedWith")),
            fact("Parents told", Words.sentence(text(one, "parentsTold")) + after(": ", text(one, "parentsToldBy"))),
            fact("Legal advice", text(one, "legalAdvice")), fact("Followed by", Words.sentence(text(one, "followedBy"))
                + after(": ", text(one, "followedWhy")))), List.of());
  }

  private static Told meeting(JsonNode meeting, UnaryOperator<String> who) {
    List<Answer> facts = new ArrayList<>(facts(fact("Why it was not held", Words.sentence(text(meeting, "endedAs"))),
        fact("Chaired by", text(meeting, "chairedBy")), fact("Quorum", text(meeting, "quorumBecause"))));
    list(meeting, "outcomes").forEach(one -> facts.add(new Answer("Decided for " + who.apply(text(one, "child")),
        Words.sentence(text(one, "outcome")) + after(" (", text(one, "category") == null ? null : Words.spoken(text(one, "category")) + ")")
            + after(". ", text(one, "reasons")))));
    list(meeting, "views").forEach(one -> facts.add(new Answer((one.path("dissents").asBoolean() ? "Dissent of " : "View of ")
        + Words.spoken(text(one, "agency")) + (one.has("child") ? ", about " + who.apply(text(one, "child")) : ""),
        text(one, "view") + after(" Dissents: ", text(one, "dissentWhy")))));
    facts.addAll(facts(fact("Took part", people(meeting, true)), fact("Did not take part", people(meeting, false)),
        fact("Who is told what", text(meeting, "whoIsTold"))));
    JsonNode conference = meeting.path("conference");
    facts.addAll(facts(fact("What it was for", text(conference, "purpose")), fact("Why it was late", text(conference, "lateWhy")),
        fact("Why it went on", text(conference, "goesOnWhy")), fact("Meets again", moment(conference, "nextAt")),
        fact("Until then", text(conference, "planUntilThen")), fact("Next review", moment(conference, "reviewAt")),
        fact("Core group", moment(conference, "coreGroupAt")), fact("Must not be missed", text(conference, "mustNotMiss"))));
    facts.addAll(facts(fact("Minutes", text(meeting.path("minutes"), "summary")),
        fact("What was challenged", text(meeting.path("minutes"), "challenged"))));
    return new Told(Words.sentence(text(meeting, "kind")) + (meeting.has("heldAt") ? ", held " + moment(meeting, "heldAt")
        : ", not held" + after(", called for ", moment(meeting, "plannedAt"))), facts,
        list(meeting, "reports").map(report -> new Told("Report of " + Words.spoken(text(report, "agency")),
            facts(fact("What was done", text(report, "done")), fact("What is known", text(report, "known")),
                fact("What the child says", text(report, "childSays")), fact("The risk", text(report, "risk")),
            fact("Why there is none", text(report, "noneWhy"))), List.of())).toList());
  }

  private static String people(JsonNode meeting, boolean tookPart) {
    return list(meeting, "attendance").filter(one -> one.path("tookPart").asBoolean() == tookPart)
        .map(one -> Stream.of(text(one, "name"), text(one, "role"), Words.spoken(text(one, "agency"))).filter(Objects::nonNull)
            .collect(Collectors.joining(", "))
            + after(" (", text(one, "absentWhy") == null ? null : text(one, "absentWhy") + ")"))
        .collect(Collectors.joining("; "));
  }

  private static Told enquiry(JsonNode enquiry, UnaryOperator<String> who) {
    List<Told> parts = new ArrayList<>();
    list(enquiry, "children").forEach(one -> parts.add(new Told(who.apply(text(one, "child")) + ": "
        + (one.has("finding") ? Words.spoken(text(one, "finding")) : "nothing decided yet"),
        facts(fact("What followed", Words.sentence(text(one, "nextStep"))), fact("Why", text(one, "reasons")),
            fact("Why not as usual", text(one, "unusualWhy")), fact("Ended", Words.sentence(text(one, "endedAs")))), List.of())));
    list(enquiry, "adults").forEach(one -> parts.add(new Told(who.apply(text(one, "person")), facts(fact("Says", text(one, "says")),
        fact("Why not spoken with", text(one, "notSpokenWhy"))), List.of())));
    list(enquiry, "agencies").forEach(one -> parts.add(new Told(Words.sentence(text(one, "agency")),
        facts(fact("Knows", text(one, "knows")), fact("Worries", text(one, "worryWhat")),
            fact("Answer", one.has("answeredAt") ? null : "None yet")), List.of())));
    list(enquiry, "medicals").forEach(one -> parts.add(new Told("Doctor, " + who.apply(text(one, "child")),
        facts(fact("Who", text(one, "doctor")), fact("Found", text(one, "found")),
        fact("Fits what was told", Words.spoken(text(one, "fits"))), fact("Why not examined", text(one, "notExaminedWhy"))), List.of())));
    list(enquiry, "access").forEach(one -> parts.add(new Told(Words.sentence(text(one, "kind")) + ", " + who.apply(text(one, "child")),
        facts(fact("Tried", text(one, "tried")), fact("Advice", text(one, "advice")),
            fact("Applied for", Words.spoken(text(one, "appliedFor"))), fact("Why", text(one, "reasons")),
            fact("Instead", text(one, "instead"))), List.of())));
    list(enquiry, "interimPlans").forEach(one -> parts.add(new Told("Until the conference, from " + moment(one, "agreedAt"),
        facts(fact("Keeps safe", text(one, "keepsSafe")), fact("Who", text(one, "who")), fact("Checked by", text(one, "checkedBy")),
            fact("If not", text(one, "ifNot"))), List.of())));
    return new Told("Enquiry opened " + day(enquiry, "openedAt"), facts(fact("Social worker", text(enquiry, "worker")),
        fact("What it comes to", text(enquiry, "comesTo")), fact("What happened before", text(enquiry, "historyMeans")),
        fact("The parents say", text(enquiry, "parentsSay")), fact("Agencies say", text(enquiry, "agenciesSay")),
        fact("The children say", text(enquiry, "childrenSay")), fact("Observed", text(enquiry, "observed"))), parts);
  }

  private static Told assessment(JsonNode assessment, UnaryOperator<String> who) {
    List<Answer> facts = new ArrayList<>(written(assessment));
    facts.addAll(facts(fact("Factors", list(assessment, "factors").map(JsonNode::asText).collect(Collectors.joining(", "))),
        fact("Written by", text(assessment, "writtenBy")), fact("Agreed by", text(assessment, "agreedBy")),
        fact("Not gone on with", Words.sentence(text(assessment, "withdrawnAs")))));
    return new Told("Assessment begun " + day(assessment, "begunAt") + (assessment.has("agreedAt")
        ? ", agreed " + day(assessment, "agreedAt") : ", not agreed"), facts,
        list(assessment, "children").map(child -> new Told(who.apply(text(child, "child")),
            Stream.of(written(child), facts(fact("Seen", yes(child, "seen")),
            fact("What follows", Words.sentence(text(child, "nextStep"))), fact("Why", text(child, "reasons")))).flatMap(List::stream)
            .toList(), List.of())).toList());
  }

  private static List<Answer> written(JsonNode page) {
    return list(page, "written").map(field -> new Answer(text(field, "label"), text(field, "value"))).toList();
  }

  private static Told support(JsonNode support, UnaryOperator<String> who) {
    return new Told(Words.sentence(text(support, "kind")) + ", since " + day(support, "begunAt")
        + after(", ended ", day(support, "endedAt")), facts(fact("For", list(support, "children")
            .map(child -> who.apply(text(child, "child"))).collect(Collectors.joining(", "))), fact("What it is", text(support, "help")),
            fact("Who has it", Stream.of(text(support, "worker"), text(support, "receiverName"),
                Words.spoken(text(support, "receiverAgency")))
                .filter(one -> one != null && !one.isEmpty()).collect(Collectors.joining(", "))),
            fact("How it ended", Words.sentence(text(support, "endedAs")))),
        list(support, "reviews").map(review -> new Told(day(review, "reviewedAt") + ", " + who.apply(text(review, "child"))
            + ": " + text(review, "how"), facts(fact("What shows it", text(review, "evidence"))), List.of())).toList());
  }

  // Pieces ------------------------------------------------------------------------------------------------------------------

  /** The text of a field; null where it is not said. */
  public static String text(JsonNode item, String key) {
    return item.path(key).asText(null);
  }

  /** The entries of a list. */
  public static Stream<JsonNode> list(JsonNode item, String key) {
    return StreamSupport.stream(item.path(key).spliterator(), false);
  }

  /** A day in words, of a day or of a moment; null where it is not said. */
  public static String day(JsonNode item, String key) {
    String said = text(item, key);
    return said == null ? null : said.length() == 10 ? Words.date(LocalDate.parse(said)) : Words.date(Instant.parse(said));
  }

  /** A moment in words, in London; null where it is not said. */
  public static String moment(JsonNode item, String key) {
    return item.has(key) ? Words.moment(Instant.parse(text(item, key))) : null;
  }

  private static String yes(JsonNode item, String key) {
    return item.has(key) ? item.get(key).asBoolean() ? "Yes" : "No" : null;
  }

  private static String after(String before, String text) {
    return text == null || text.isEmpty() ? "" : before + text;
  }

  private static Answer fact(String label, String value) {
    return new Answer(label, value);
  }

  private static List<Answer> facts(Answer... facts) {
    return Stream.of(facts).filter(fact -> fact.value() != null && !fact.value().isBlank()).toList();
  }
}
