package org.followthrough;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people usually answer on each page, from a contact to the last receipt, and who they are. Lists are ticked as offered. */
final class Answers {

  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> WHO = Map.ofEntries(
      Map.entry("Record contact", "contact"), Map.entry("Record person", "contact"), Map.entry("Choose person", "contact"),
      Map.entry("Record concern", "contact"), Map.entry("Choose family", "contact"), Map.entry("Look at history", "contact"),
      Map.entry("Decide response", "manager"), Map.entry("Tell referrer", "contact"), Map.entry("Confirm outcome heard", "health"),
      Map.entry("Name lead professional", "manager"), Map.entry("Arrange protection", "out-of-hours"), Map.entry("Arrange what follows", "worker"),
      Map.entry("Convene discussion", "manager"), Map.entry("Record attendance", "manager"), Map.entry("Record discussion", "manager"),
      Map.entry("Agree action", "manager"), Map.entry("Decide outcome", "manager"), Map.entry("Write minutes", "worker"),
      Map.entry("Agree minutes", "manager"), Map.entry("Circulate minutes", "worker"), Map.entry("Confirm receipt", "worker"),
      Map.entry("Send minutes again", "worker"), Map.entry("Chase recipients", "worker"), Map.entry("Agree what happens now", "service-manager"),
      Map.entry("Write assessment", "worker"), Map.entry("Agree extension", "manager"), Map.entry("Agree assessment", "manager"),
      Map.entry("Decide next step", "manager"), Map.entry("Arrange support", "worker"), Map.entry("Add to plan", "worker"),
      Map.entry("Accept support", "school"), Map.entry("Review support", "worker"), Map.entry("Decide closing", "manager"));

  private Answers() {}

  /** Who does a task of this name. */
  static String who(String label) {
    return WHO.get(label);
  }

  /** What they answer, after looking at the page; {@code now} is London's. */
  static Map<String, Object> to(String label, LocalDateTime now, Visitor reader, String taskId) {
    Map<String, Object> answers = new HashMap<>(usual(label, now));
    JsonNode shown = Visitor.read(reader.get(ENGINE + "/task/" + taskId + "/form-variables"));
    tickWhatIsOffered(Visitor.read(reader.get(ENGINE + "/task/" + taskId + "/deployed-form")), shown, answers);
    if (label.equals("Circulate minutes")) {
      sendToProfessionals(shown, answers);
    }
    return answers;
  }

  private static Map<String, Object> usual(String label, LocalDateTime now) {
    return switch (label) {
      case "Record contact" -> Map.ofEntries(Map.entry("happenedAt", minute(now.minusMinutes(5))), Map.entry("how", "telephone"),
          Map.entry("whoReferred", "professional"), Map.entry("referrerName", "Siobhán Doyle"), Map.entry("agency", "health"), Map.entry("sourceCode", "3B"),
          Map.entry("team", "north"), Map.entry("childrenWhereabouts", "At home"), Map.entry("safeNow", "no"), Map.entry("parentsKnow", "not-known"));
      case "Record person" -> Map.of("kind", "child", "firstName", "Séamus", "lastName", "D’Arcy", "birthDate", "2019-11-02",
          "relation", "child-of-concern", "livesWhere", "with-the-children", "anotherPerson", "no");
      case "Choose person" -> Map.of("samePerson", "new");
      case "Choose family" -> Map.of("family", "new");
      case "Record concern" -> Map.of("nature", "fact", "narrative", "A bruise on the arm.", "whereHarm", "inside-the-home",
          "factors", List.of("physical-injury"), "anotherConcern", "no");
      case "Decide response" -> Map.of("response", "strategy-discussion", "reasons", "A bruise nobody explains.", "childNeedsProtectingNow", "yes");
      case "Tell referrer" -> Map.of("toldHow", "telephone", "toldTo", "Siobhán Doyle", "toldWhat", "A strategy discussion.");
      case "Confirm outcome heard" -> Map.of("heard", "yes");
      case "Name lead professional" -> Map.of("lead", "worker", "leadReason", "Knows him.");
      case "Arrange protection" -> Map.of("kind", "police-protection", "since", minute(now.minusMinutes(2)), "details", "Police took him to his aunt.",
          "whereChildren", "With his aunt");
      case "Arrange what follows" -> Map.of("whatFollows", "safe-without-protection", "why", "The man has left the country.");
      case "Convene discussion" -> Map.of("when", "now", "how", "telephone", "asked", List.of("social-work", "police", "health", "school"));
      case "Record attendance" -> Map.ofEntries(Map.entry("discussionHeld", "yes"), Map.entry("how", "telephone"),
          Map.entry("socialWork", "took-part"), Map.entry("socialWorkName", "Grace Mensah"), Map.entry("police", "took-part"),
          Map.entry("policeName", "Dan Hughes"), Map.entry("health", "took-part"), Map.entry("healthName", "Siobhán Doyle"),
          Map.entry("school", "took-part"), Map.entry("schoolName", "Joan Patel"));
      case "Record discussion" -> Map.of("known", "The bruise is new.", "tonight", "With his aunt.", "whoIsTold", "His mother, by Sam, today.");
      case "Agree action" -> Map.of("agreed", "action", "what", "Ring the aunt.", "namedPerson", "Sam Carter", "agency", "social-care",
          "dueOn", now.toLocalDate().plusDays(1).toString(), "anotherAction", "no");
      case "Decide outcome" -> Map.of("outcome", "section-47-joint", "reasons", "Nobody explains the bruise.");
      case "Write minutes" -> Map.of("summary", "We talked about the bruise.");
      case "Agree minutes" -> Map.of("minutesAgreed", "yes", "challenged", "Nothing.", "plainWords", true);
      case "Circulate minutes" -> Map.of("anotherRecipient", "no");
      case "Confirm receipt" -> Map.of("received", "yes", "acted", "By Monday.", "onBehalfOf", "Their office", "onBehalfHow", "by-telephone");
      case "Send minutes again" -> Map.of("way", "post", "reach", "At their office", "checked", true);
      case "Chase recipients" -> Map.of("reached", "The school: found it.");
      case "Write assessment" -> Map.ofEntries(Map.entry("c1Seen", "yes"), Map.entry("c2Seen", "yes"), Map.entry("c1Words", "He likes his gran."),
          Map.entry("c2Words", "She sings."), Map.entry("adults", "His mother and her partner."), Map.entry("history", "Two contacts."),
          Map.entry("checked", "The school bears it out."), Map.entry("strengths", "His gran."), Map.entry("harms", "Often alone."),
          Map.entry("analysis", "Hungry on Fridays."), Map.entry("moreTimeNeeded", "no"));
      case "Agree extension" -> Map.of("untilDay", now.toLocalDate().plusDays(14).toString(), "why", "The doctor’s word decides.");
      case "Agree assessment" -> Map.of("agreed", "yes", "whyLate", "The doctor was ill.");
      case "Decide next step" -> Map.of("nextStep", "child-in-need", "reasons", "He needs somebody.");
      case "Arrange support" -> Map.of("kind", "child-in-need", "help", "Breakfast club every day.", "receiver", "agency", "receiverName", "Joan Patel",
          "receiverAgency", "school", "lead", "worker");
      case "Add to plan" -> Map.of("adding", "nothing");
      case "Accept support" -> Map.of("accepted", "yes");
      case "Review support" -> Map.of("c1How", "better", "c1Evidence", "He eats.", "c2How", "same", "c2Evidence", "She sleeps.", "goesOn", "close",
          "why", "They are well.");
      case "Decide closing" -> Map.of("reason", "RC7", "why", "They are well.", "closedOn", now.toLocalDate().toString());
      default -> throw new AssertionError("Nobody knows what to answer on the page “" + label + "”");
    };
  }

  private static String minute(LocalDateTime time) {
    return time.toString().substring(0, 16);
  }

  private static void tickWhatIsOffered(JsonNode parent, JsonNode shown, Map<String, Object> answers) {
    for (JsonNode component : parent.path("components")) {
      if (component.path("type").asText().equals("checklist") && component.hasNonNull("valuesKey")) {
        // what is ticked already stays, else everybody is
        List<String> ticked = new ArrayList<>();
        list(shown, component.path("key").asText()).forEach(value -> ticked.add(value.asText()));
        if (ticked.isEmpty()) {
          list(shown, component.path("valuesKey").asText()).forEach(option -> ticked.add(option.path("value").asText()));
        }
        if (!ticked.isEmpty()) {
          answers.putIfAbsent(component.path("key").asText(), ticked);
        }
      }
      tickWhatIsOffered(component, shown, answers);
    }
    // the decision is one for all
    answers.remove("childrenDifferent");
  }

  private static JsonNode list(JsonNode shown, String key) {
    try {
      JsonNode value = shown.path(key).path("value");
      return value.isTextual() ? JSON.readTree(value.asText()) : value;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void sendToProfessionals(JsonNode shown, Map<String, Object> answers) {
    for (int slot = 1; shown.path("r" + slot + "Name").path("value").isTextual(); slot++) {
      String r = "r" + slot;
      if (shown.path(r + "Family").path("value").asBoolean()) {
        answers.put(r + "Decision", shown.path(r + "Leave").path("value").asText());
        answers.put(r + "LeftOut", shown.path(r + "LeftOut").path("value").asText());
      } else {
        answers.put(r + "Decision", shown.path(r + "Send").path("value").asText());
        for (String prefilled : List.of("Purpose", "Extent", "Way")) {
          answers.put(r + prefilled, shown.path(r + prefilled).path("value").asText());
        }
        answers.put(r + "Reach", "01632 960200");
        answers.put(r + "Checked", true);
      }
    }
  }
}
