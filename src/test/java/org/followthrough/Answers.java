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
public final class Answers {

  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> WHO = Map.ofEntries(
      Map.entry("Record contact", "contact"), Map.entry("Record person", "contact"), Map.entry("Choose person", "contact"),
      Map.entry("Record concern", "contact"), Map.entry("Choose family", "contact"), Map.entry("Look at history", "contact"),
      Map.entry("Decide response", "manager"), Map.entry("Tell referrer", "contact"), Map.entry("Confirm outcome heard", "health"),
      Map.entry("Name lead professional", "manager"), Map.entry("Arrange protection", "out-of-hours"),
      Map.entry("Arrange what follows", "worker"), Map.entry("Convene discussion", "manager"),
      Map.entry("Record attendance", "manager"), Map.entry("Record discussion", "manager"), Map.entry("Agree action", "manager"),
      Map.entry("Decide outcome", "manager"), Map.entry("Write minutes", "worker"), Map.entry("Agree minutes", "manager"),
      Map.entry("Circulate minutes", "worker"), Map.entry("Confirm receipt", "worker"), Map.entry("Accept action", "worker"),
      Map.entry("Give action anew", "manager"), Map.entry("Report on action", "worker"), Map.entry("Confirm action", "manager"),
      Map.entry("Decide contingency", "manager"), Map.entry("Allocate enquiry", "manager"), Map.entry("See child", "worker"),
      Map.entry("Take legal advice", "out-of-hours"), Map.entry("Decide on order", "manager"), Map.entry("Answer check", "worker"),
      Map.entry("Speak with parent", "worker"), Map.entry("Record medical", "worker"), Map.entry("Weigh history", "worker"),
      Map.entry("Analyse enquiry", "worker"), Map.entry("Decide finding", "manager"), Map.entry("Agree interim plan", "manager"),
      Map.entry("Tell agencies", "worker"), Map.entry("Answer request", "manager"), Map.entry("Add to plan", "worker"),
      Map.entry("Arrange core group", "worker"), Map.entry("Record core group", "worker"), Map.entry("Review action", "worker"),
      Map.entry("Record visit", "worker"), Map.entry("Arrange conference", "chair"), Map.entry("Invite to conference", "chair"),
      Map.entry("Report to conference", "minutes"), Map.entry("Write report", "worker"), Map.entry("Record conference", "minutes"),
      Map.entry("Decide way forward", "chair"), Map.entry("Record view", "minutes"), Map.entry("Decide plan", "chair"),
      Map.entry("Name core group", "chair"), Map.entry("Send decision letter", "minutes"),
      Map.entry("Answer dissent", "service-manager"), Map.entry("Send minutes again", "worker"),
      Map.entry("Chase recipients", "worker"), Map.entry("Agree what happens now", "service-manager"),
      Map.entry("Write assessment", "worker"), Map.entry("Agree extension", "manager"), Map.entry("Agree assessment", "manager"),
      Map.entry("Decide next step", "manager"), Map.entry("Arrange support", "worker"), Map.entry("Accept support", "school"),
      Map.entry("Review support", "worker"), Map.entry("Decide closing", "manager"),
      Map.entry("Check pack", "worker"), Map.entry("Give pack by hand", "worker"), Map.entry("Record receipt", "worker"),
      Map.entry("Record answer", "worker"), Map.entry("Record conference date", "worker"), Map.entry("Record conference outcome", "worker"),
      Map.entry("Record acceptance", "worker"), Map.entry("Match person", "contact"), Map.entry("Match family", "contact"),
      Map.entry("Take in pack", "worker"), Map.entry("Answer move", "manager"), Map.entry("Accept responsibility", "manager"),
      Map.entry("Record handing over", "worker"), Map.entry("Write understanding", "worker"), Map.entry("Confirm understanding", "worker"),
      Map.entry("Report missing", "out-of-hours"), Map.entry("Trace family", "worker"), Map.entry("Settle dispute", "manager"),
      Map.entry("Answer authority", "manager"),
      Map.entry("Announce move", "worker"), Map.entry("Confirm notice", "worker"), Map.entry("Make first call", "worker"),
      Map.entry("Weigh up move", "worker"), Map.entry("Name successor", "worker"), Map.entry("Confirm succession", "worker"),
      Map.entry("Review stay", "worker"), Map.entry("Tell family", "worker"),
      Map.entry("Take family on", "south-manager"), Map.entry("Settle handover", "service-manager"),
      Map.entry("Accept family", "south-manager"), Map.entry("Give message by hand", "worker"), Map.entry("Acknowledge contact", "contact"),
      Map.entry("Decide what continues", "manager"));


  private Answers() {}

  /** Who does a task of this name. */
  public static String who(String label) {
    return WHO.get(label);
  }

  /** What they answer, after looking at the page; {@code now} is London's. */
  public static Map<String, Object> to(String label, LocalDateTime now, Visitor reader, String taskId) {
    Map<String, Object> answers = new HashMap<>(usual(label, now));
    JsonNode shown = Visitor.read(reader.get(ENGINE + "/task/" + taskId + "/form-variables"));
    tickWhatIsOffered(Visitor.read(reader.get(ENGINE + "/task/" + taskId + "/deployed-form")), shown, answers);
    if (label.equals("Circulate minutes")) {
      sendToProfessionals(shown, answers);
    }
    return answers;
  }

  static Map<String, Object> usual(String label, LocalDateTime now) {
    return switch (label) {
      case "Record contact" -> Map.ofEntries(Map.entry("happenedAt", minute(now.minusMinutes(5))), Map.entry("how", "telephone"),
          Map.entry("whoReferred", "professional"), Map.entry("referrerName", "Siobhán Doyle"), Map.entry("agency", "health"),
          Map.entry("sourceCode", "3B"), Map.entry("team", "north"), Map.entry("childrenWhereabouts", "At home"),
          Map.entry("safeNow", "no"), Map.entry("parentsKnow", "not-known"));
      case "Record person" -> Map.of("kind", "child", "firstName", "Séamus", "lastName", "D’Arcy", "birthDate", "2019-11-02",
          "relation", "child-of-concern", "livesWhere", "with-the-children", "anotherPerson", "no");
      case "Choose person" -> Map.of("samePerson", "new");
      case "Choose family" -> Map.of("family", "new");
      case "Look at history" -> Map.of("historyMeaning", "It happens again.");
      case "Acknowledge contact" -> Map.of("acknowledged", "not-possible", "notPossibleWhy", "They left no number.");
      case "Agree what happens now" -> Map.of("cause", "other", "causeNote", "A flood.", "agreed", "It is done today.",
          "newDate", minute(now.plusHours(20)));
      case "Decide what continues" -> Map.of("continues", "A worker stays with the parents.");
      case "Record concern" -> Map.of("nature", "fact", "narrative", "A bruise on the arm.", "whereHarm", "inside-the-home",
          "factors", List.of("physical-injury"), "anotherConcern", "no");
      case "Decide response" -> Map.of("response", "strategy-discussion", "reasons", "A bruise nobody explains.",
          "childNeedsProtectingNow", "yes", "overruleReason", "More is known.");
      case "Give message by hand" -> Map.of("givenHow", "by-telephone", "givenTo", "Rowan Blake, service manager");
      case "Tell referrer" -> Map.of("toldHow", "telephone", "toldTo", "Siobhán Doyle", "toldWhat", "A strategy discussion.");
      case "Confirm outcome heard" -> Map.of("heard", "yes");
      case "Name lead professional" -> Map.of("lead", "worker", "leadReason", "Knows him.");
      case "Arrange protection" -> Map.of("kind", "police-protection", "since", minute(now.minusMinutes(2)),
          "details", "Police took him to his aunt.", "whereChildren", "With his aunt");
      case "Arrange what follows" -> Map.of("whatFollows", "safe-without-protection", "why", "The man has left the country.");
      case "Convene discussion" -> Map.of("when", "now", "how", "telephone", "asked", List.of("social-work", "police", "health", "school"));
      case "Record attendance" -> Map.ofEntries(Map.entry("discussionHeld", "yes"), Map.entry("how", "telephone"),
          Map.entry("socialWork", "took-part"), Map.entry("socialWorkName", "Grace Mensah"), Map.entry("police", "took-part"),
          Map.entry("policeName", "Dan Hughes"), Map.entry("health", "took-part"), Map.entry("healthName", "Siobhán Doyle"),
          Map.entry("school", "took-part"), Map.entry("schoolName", "Joan Patel"));
      case "Record discussion" -> Map.of("known", "The bruise is new.", "tonight", "With his aunt.",
          "whoIsTold", "His mother, by Sam, today.");
      case "Agree action" -> Map.of("agreed", "action", "what", "Ring the aunt.", "namedPerson", "Sam Carter", "agency", "social-care",
          "accepted", "yes", "dueOn", now.toLocalDate().plusDays(14).toString(), "anotherAction", "no");
      case "Accept action" -> Map.of("takesItOn", "yes", "onBehalfOf", "Their office", "onBehalfHow", "by-telephone");
      case "Give action anew" -> Map.of("whatNow", "somebody-else", "namedPerson", "Dan Hughes", "agency", "police");
      case "Report on action" -> Map.of("stands", "done", "evidence", "The aunt rang back.", "onBehalfOf", "Their office",
          "onBehalfHow", "by-telephone");
      case "Confirm action" -> Map.of("doneIndeed", "yes", "howKnown", "I have rung her too.");
      case "Decide contingency" -> Map.of("whatNow", "goes-on", "newDay", now.toLocalDate().plusDays(20).toString(),
          "why", "She is away.", "planHolds", "yes");
      case "Decide outcome" -> Map.of("outcome", "section-47-joint", "reasons", "Nobody explains the bruise.");
      case "Add to plan" -> Map.of("adding", "nothing");
      case "Arrange core group" -> Map.of("plannedAt", minute(now.plusMinutes(1)), "place", "At the school", "newName", "Joan Patel",
          "newAgency", "school");
      case "Record core group" -> Map.of("coreGroupHeld", "yes", "ledBy", "Joan Patel",
          "socialWorker", "yes", "socialWorkerName", "Sam Carter");
      case "Review action" -> Map.of("result", "unchanged");
      case "Record visit" -> Map.of("seen", "yes", "alone", "yes", "bedroom", "yes", "ownWords", "I like my bed.",
          "againstPlan", "Better at night.");
      case "Write minutes" -> Map.of("summary", "We talked about the bruise.");
      case "Agree minutes" -> Map.of("minutesAgreed", "yes", "challenged", "Nothing.", "plainWords", true);
      case "Circulate minutes" -> Map.of("anotherRecipient", "no");
      case "Confirm receipt" -> Map.of("received", "yes", "acted", "By Monday.", "onBehalfOf", "Their office",
          "onBehalfHow", "by-telephone");
      case "Arrange conference" -> Map.of("plannedAt", minute(now.plusMinutes(10)), "how", "in-person",
          "chair", "chair", "purpose", "Whether he needs a plan.");
      case "Invite to conference" -> Map.of("whom", "known", "anotherInvitation", "no", "notInvitedWhy", "They come with the children.");
      case "Report to conference" -> Map.of("given", "report", "done", "Seen twice.", "risk", "High.");
      case "Write report" -> Map.of("childWords", "I like it there.", "known", "It is new.", "risks", "Another bruise.",
          "tried", "A visit.", "p1WhyNot", "Not found.", "p2WhyNot", "Not found.", "p3WhyNot", "Not found.", "p4WhyNot",
          "Not found.", "sharedWithChair", now.toLocalDate().toString());
      case "Record conference" -> Map.of("tookPlace", "yes", "chair", "Martin Walsh", "absentWhy", "Ill.", "c1Part", "PN1",
          "c2Part", "PN1", "c3Part", "PN1");
      case "Decide way forward" -> Map.of("wayForward", "new-day", "nextAt", minute(now.plusMinutes(10)),
          "planHolds", "changes", "planChanges", "He stays there.", "lateWhy", "No room.");
      case "Record view" -> Map.of("agency", "health", "view", "He needs one.", "dissents", "yes", "dissentWhy", "It is too little.",
          "anotherView", "no");
      case "Decide plan" -> Map.of("decision", "plan-begins", "category", "neglect", "reasons", "It happens again.");
      case "Name core group" -> Map.of("coreGroupAt", minute(now.plusDays(7)), "reviewAt", minute(now.plusDays(60)),
          "mustNotMiss", "The hospital.");
      case "Send decision letter" -> Map.of("how", "post", "complaints", true);
      case "Answer dissent" -> Map.of("answer", "decision-stands", "why", "Both were heard.", "told", "Niamh Byrne.");
      case "Send minutes again" -> Map.of("way", "post", "reach", "At their office", "checked", true);
      case "Allocate enquiry" -> Map.of("worker", "worker", "knowsFamily", "no", "relatedFamily", "no",
          "agencies", List.of("police", "health"), "checksAgreed", "yes", "medical", "yes", "medicalHow", "At the hospital.");
      case "See child" -> Map.of("seen", "yes", "alone", "yes", "bedroom", "yes", "ownWords", "I like my aunt.", "observed", "One bruise.",
          "arrangements", "A cot.", "whyNot", "access-refused", "tried", "At the door.");
      case "Take legal advice" -> Map.of("adviser", "Amara Obi", "advice", "Ask the court.");
      case "Decide on order" -> Map.of("order", "none", "reasons", "His aunt brings him.", "instead", "Sam goes to her.");
      case "Answer check" -> Map.of("knows", "Nothing new.", "worry", "some", "worryWhat", "He is thin.", "onBehalfOf", "Their office",
          "onBehalfHow", "by-telephone");
      case "Speak with parent" -> Map.of("spoken", "yes", "how", "by-telephone", "says", "He fell.");
      case "Record medical" -> Map.of("examined", "yes", "doctor", "Dr Ify Eze", "found", "One bruise.", "fits", "fits");
      case "Weigh history" -> Map.of("historyMeaning", "It is the first time.");
      case "Analyse enquiry" -> Map.of("parentsSay", "He fell.", "agenciesSay", "Nothing new.", "observed", "One bruise.",
          "childrenSay", "I fell.", "comesTo", "He fell.");
      case "Decide finding" -> Map.of("finding", "not-substantiated", "nextStep", "none", "reasons", "He fell.");
      case "Agree interim plan" -> Map.of("keepsSafe", "With his aunt.", "who", "His aunt.", "checkedBy", "Sam Carter",
          "ifNot", "Ring us.", "parents", "agree");
      case "Tell agencies" -> Map.of("toldHow", "by-telephone", "conferenceRequested", "no", "requestedBy", "Ruth Ankrah",
          "requestedWhy", "He is thin.");
      case "Answer request" -> Map.of("agreed", "yes", "reasons", "She is right.");
      case "Chase recipients" -> Map.of("reached", "The school: found it.");
      case "Write assessment" -> Map.ofEntries(Map.entry("c1Seen", "yes"), Map.entry("c2Seen", "yes"),
          Map.entry("c1Words", "He likes his gran."), Map.entry("c2Words", "She sings."),
          Map.entry("adults", "His mother and her partner."), Map.entry("history", "Two contacts."),
          Map.entry("checked", "The school bears it out."), Map.entry("strengths", "His gran."), Map.entry("harms", "Often alone."),
          Map.entry("analysis", "Hungry on Fridays."), Map.entry("moreTimeNeeded", "no"));
      case "Agree extension" -> Map.of("untilDay", now.toLocalDate().plusDays(14).toString(), "why", "The doctor’s word decides.");
      case "Agree assessment" -> Map.of("agreed", "yes", "whyLate", "The doctor was ill.");
      case "Decide next step" -> Map.of("nextStep", "child-in-need", "reasons", "He needs somebody.");
      case "Arrange support" -> Map.of("kind", "child-in-need", "help", "Breakfast club every day.",
          "receiver", "agency", "receiverName", "Joan Patel", "receiverAgency", "school", "lead", "worker");
      case "Accept support" -> Map.of("accepted", "yes");
      case "Review support" -> Map.of("c1How", "better", "c1Evidence", "He eats.", "c2How", "same", "c2Evidence", "She sleeps.",
          "goesOn", "close", "why", "They are well.");
      case "Check pack" -> Map.of("keepBackWhy", "They need not know him.");
      case "Give pack by hand" -> Map.of("givenHow", "secure-email", "givenTo", "Ann Boyle", "reachChecked", true);
      case "Record receipt" -> Map.of("receivedBy", "Ann Boyle");
      case "Record answer" -> Map.of("answer", "taken-on", "theirWorker", "Ann Boyle");
      case "Record conference date" -> Map.of("conferenceAt", minute(now.plusDays(7)), "conferencePlace", "Fell House");
      case "Record conference outcome" -> Map.of("conferenceOutcome", "A plan begins.");
      case "Record acceptance" -> Map.of("acceptedBy", "Rhys Morgan", "inWritingHow", "A letter of today.");
      case "Match person" -> Map.of("samePerson", "new");
      case "Match family" -> Map.of("family", "new", "team", "north");
      case "Take in pack" -> Map.of("packByHand", "A PDF, by secure e-mail.");
      case "Answer move" -> Map.of("answer", "taken-on", "worker", "worker", "onPlan", "no");
      case "Accept responsibility" -> Map.of("acceptedBy", "Rhys Morgan", "inWriting", true);
      case "Record handing over" -> Map.of("staying", "Nobody.");
      case "Write understanding" -> Map.of("dangers", "He is left alone.", "notReached", "Nobody gets him up.", "tried", "A rota.",
          "jointVisit", "agreed", "dropped", List.of());
      case "Confirm understanding" -> Map.of("understood", "yes");
      case "Decide closing" -> Map.of("reason", "RC7", "why", "They are well.", "closedOn", now.toLocalDate().toString());
      case "Report missing" -> Map.of("policeReference", "CAD 4471", "managerTold", "Grace Mensah",
          "agenciesAsked", "School: since Wednesday.", "legalAdvice", "On Monday.", "feared", "Their father has found them.");
      case "Trace family" -> Map.of("asked", List.of("police"), "result", "They are in Cork.",
          "familyFound", "yes", "destination", "abroad", "otherAuthority", "Tusla", "address", "With their aunt.");
      case "Settle dispute" -> Map.of("spokeWith", "Ada Brook", "said", "They have no room.", "result", "asked-again");
      case "Answer authority" -> Map.of("happensNow", "Grace sends it.", "byWhen", now.toLocalDate().plusDays(1).toString(),
          "toldWhom", "Ada Brook");
      case "Announce move" -> Map.of("notToldWhy", "On leave.");
      case "Confirm notice" -> Map.of("knows", true, "onBehalfOf", "Their office", "onBehalfHow", "by-telephone");
      case "Make first call" -> Map.of("spokeWith", "Ines Osei", "reach", "01632 960300", "told", "A boy with a plan.",
          "safety", "Sam goes every day.", "callerReach", "01632 960100");
      case "Weigh up move" -> Map.of("distance", "Forty miles.", "supportLost", "His aunt.", "newServices", "The school.",
          "appointments", "The hospital.", "networkThen", "Nobody yet.", "risk", "rises", "comesTo", "Nobody there knows him.",
          "nobodyBehindWhy", "They all go on.");
      case "Name successor" -> Map.of("named", "yes", "successor", "Ewa Nowak",
          "successorAgency", "school", "successorReach", "01632 960500");
      case "Confirm succession" -> Map.of("confirmedHow", "She rang.", "knows", "She sees him on Monday.");
      case "Review stay" -> Map.of("stay", "returned", "how", "I saw him at home.");
      case "Tell family" -> Map.of("toldBy", "Sam Carter", "childWords", "Leila comes now.", "childrenSaid", "He asked why.",
          "parentsSaid", "She wanted Sam.", "whyAgain", "They live in the South now.");
      case "Take family on" -> Map.of("takenOn", "yes", "worker", "south-worker");
      case "Settle handover" -> Map.of("goesAhead", "yes", "why", "Leila has room.");
      case "Accept family" -> Map.of("accepted", "yes");
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
        String why = shown.path(r + "LeftOut").path("value").asText("");
        answers.put(r + "LeftOut", why.isEmpty() ? "They have had the letter." : why);
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
