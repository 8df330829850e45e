package org.followthrough.model;

import static org.followthrough.model.Facts.quoted;
import static org.followthrough.model.Facts.said;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.page.Words;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What is otherwise between two versions of a process: its elements, matched by their ids. */
final class ProcessDifference {

  /** The whole, which no id can be called. */
  private static final String FILE = "/";
  private static final String WAY = "sequenceFlow";
  /** Elements that hold others. */
  private static final Set<String> HOLDERS = Set.of("definitions", "process", "subProcess", "transaction", "adHocSubProcess");
  /** What belongs to its element, also where it has an id. */
  private static final Set<String> PARTS = Set.of("documentation", "extensionElements", "multiInstanceLoopCharacteristics",
      "standardLoopCharacteristics", "ioSpecification", "laneSet", "property", "BPMNDiagram");
  /** The engine goes by the flows themselves. */
  private static final Set<String> TOLD_BY_FLOWS = Set.of("incoming", "outgoing");
  /** Ids that Modeler made up. */
  private static final Pattern GENERATED = Pattern.compile("(?=.*\\d)[0-9a-z]{7}");
  private static final Pattern ROLE = Pattern.compile("\\$\\{team\\.role\\(execution, ?'([a-z-]+)'\\)}");

  private static final Map<String, String> KINDS = Map.ofEntries(Map.entry("userTask", "task"), Map.entry("callActivity", "called process"),
      Map.entry("serviceTask", "service task"), Map.entry("businessRuleTask", "business rule task"), Map.entry("subProcess", "subprocess"),
      Map.entry("startEvent", "start"), Map.entry("endEvent", "end"), Map.entry("boundaryEvent", "boundary event"),
      Map.entry("exclusiveGateway", "gateway"), Map.entry("parallelGateway", "parallel gateway"), Map.entry(WAY, "way"),
      Map.entry("intermediateThrowEvent", "event"), Map.entry("intermediateCatchEvent", "event that is waited for"),
      Map.entry("receiveTask", "receive task"), Map.entry("textAnnotation", "note"));

  /** How a fact is called, and what it concerns. */
  private record Noun(String words, Touches touches) {}

  private static final Map<String, Noun> NOUNS = Map.ofEntries(
      noun("kind", "kind of element", Touches.STEP),
      noun("@name", "label", Touches.WORDING),
      noun("documentation", "explanation", Touches.WORDING),
      noun("text", "text", Touches.WORDING),
      noun("@camunda:candidateGroups", "who is asked", Touches.OWNER),
      noun("@camunda:candidateUsers", "which persons are asked", Touches.OWNER),
      noun("@camunda:assignee", "whose task it is at once", Touches.OWNER),
      noun("@camunda:candidateStarterGroups", "who may start it", Touches.OWNER),
      noun("@camunda:candidateStarterUsers", "which persons may start it", Touches.OWNER),
      noun("@camunda:dueDate", "when it is due", Touches.CLOCK),
      noun("@camunda:followUpDate", "when it is looked at again", Touches.CLOCK),
      noun("@camunda:formRef", "page", Touches.PAGE),
      noun("@camunda:formKey", "page outside the house", Touches.PAGE),
      noun("@camunda:formRefBinding", "which version of the page is shown", Touches.PAGE),
      noun("@camunda:formRefVersion", "number of the version of the page", Touches.PAGE),
      noun("@camunda:delegateExpression", "what the application does", Touches.STEP),
      noun("@calledElement", "which process is called", Touches.STEP),
      noun("@camunda:calledElementBinding", "which version of it is called", Touches.STEP),
      noun("@camunda:decisionRef", "which table is asked", Touches.DECISION),
      noun("@camunda:initiator", "where it is kept who began it", Touches.STEP),
      noun("@attachedToRef", "what it stands at", Touches.STEP),
      noun("@cancelActivity", "interrupts what is going on there", Touches.STEP),
      noun("@isInterrupting", "interrupts what is going on there", Touches.STEP),
      noun("@messageRef", "message", Touches.STEP),
      noun("conditionExpression", "taken when", Touches.DECISION),
      noun("@default", "way that is taken when no other fits", Touches.DECISION),
      noun("@triggeredByEvent", "begun by an event", Touches.STEP),
      noun("@isExecutable", "whether it can run", Touches.STEP),
      noun("@camunda:historyTimeToLive", "days for which its history is kept", Touches.STEP),
      noun("@camunda:isStartableInTasklist", "whether Tasklist offers to start it", Touches.STEP),
      noun("@camunda:versionTag", "version tag", Touches.WORDING),
      noun("container", "what it stands in", Touches.STEP),
      noun("timerEventDefinition", "clock", Touches.CLOCK),
      noun("timerEventDefinition/timeDate", "time of its clock", Touches.CLOCK),
      noun("timerEventDefinition/timeDuration", "time of its clock", Touches.CLOCK),
      noun("timerEventDefinition/timeCycle", "how often its clock strikes", Touches.CLOCK),
      noun("messageEventDefinition", "message event", Touches.STEP),
      noun("messageEventDefinition/@messageRef", "message", Touches.STEP),
      noun("messageEventDefinition/@camunda:delegateExpression", "what the application does with its message", Touches.STEP),
      noun("terminateEventDefinition", "“ends everything around it at once”", Touches.STEP),
      noun("multiInstanceLoopCharacteristics/@camunda:collection", "for each of whom it is done", Touches.STEP),
      noun("multiInstanceLoopCharacteristics/@camunda:elementVariable", "what each of them is called inside", Touches.STEP),
      noun("multiInstanceLoopCharacteristics/@isSequential", "one after the other", Touches.STEP),
      noun("multiInstanceLoopCharacteristics", "“done several times”", Touches.STEP));

  private static final Pattern LINE = Pattern.compile("extensionElements/(?:[\\w:]+/)*camunda:(\\w+)\\[(.*)](?: \\d+)?");
  private static final Map<String, Noun> LINES = Map.ofEntries(
      noun("in", "what is handed in as", Touches.STEP), noun("out", "what comes back as", Touches.STEP),
      noun("inputParameter", "input", Touches.STEP), noun("outputParameter", "output", Touches.STEP),
      noun("property", "property", Touches.STEP), noun("executionListener", "listener at", Touches.STEP),
      noun("taskListener", "listener of the task at", Touches.STEP));

  private static Map.Entry<String, Noun> noun(String path, String words, Touches touches) {
    return Map.entry(path, new Noun(words, touches));
  }

  private final Drawn before;
  private final Drawn after;

  /** @throws IllegalArgumentException when one of them cannot be read */
  ProcessDifference(byte[] before, byte[] after) {
    this.before = new Drawn(before);
    this.after = new Drawn(after);
  }

  /** Adds what differs; answers whether what stands in both is drawn elsewhere. */
  boolean collect(List<Change> changes) {
    after.things.forEach((id, thing) -> {
      if (!before.things.containsKey(id)) {
        if (id.equals(FILE)) {
          return;
        }
        changes.add(added(id, thing));
      } else {
        compare(id, changes);
      }
    });
    before.things.keySet().stream().filter(id -> !after.things.containsKey(id) && !impliedToGo(id))
        .forEach(id -> changes.add(gone(id)));
    return Xml.arrangedAnew(before.model, after.model, before.things.keySet(), after.things.keySet());
  }

  // Elements -----------------------------------------------------------------------------------------------------------

  private Change added(String id, Element thing) {
    if (WAY.equals(thing.getLocalName())) {
      Map<String, String> facts = after.facts(id);
      facts.keySet().removeAll(List.of("kind", "container", "@name", "@sourceRef", "@targetRef"));
      return new Change(after.place(id), after.way(id) + " to " + after.label(thing.getAttribute("targetRef")) + " is new"
          + (facts.isEmpty() ? "" : ": " + listed(facts)), after.touches(id));
    }
    Map<String, String> facts = after.facts(id);
    String kind = facts.remove("kind");
    facts.remove("@name");
    facts.keySet().removeIf(path -> path.endsWith("EventDefinition/@id"));
    String in = facts.remove("container");
    return new Change(after.place(id), "is new" + (in == null ? "" : " in " + after.label(in)) + ": " + kind
        + (facts.isEmpty() ? "" : "; ") + listed(facts), Touches.STEP);
  }

  private String listed(Map<String, String> facts) {
    return Facts.listed(facts, path -> noun(path).words(),
        (path, value) -> after.refers(path, value) ? after.alone(value) : quoted(spoken(path, value)));
  }

  /** What goes with what holds it, or with what it leads from or to. */
  private boolean impliedToGo(String id) {
    Element thing = before.things.get(id);
    return Stream.of(before.container(id), thing.getAttribute("sourceRef"), thing.getAttribute("targetRef"))
        .anyMatch(other -> before.things.containsKey(other) && !after.things.containsKey(other));
  }

  private Change gone(String id) {
    Element thing = before.things.get(id);
    if (WAY.equals(thing.getLocalName())) {
      return new Change(before.place(id), before.way(id) + " to " + before.label(thing.getAttribute("targetRef")) + " is gone",
          before.touches(id));
    }
    List<String> within = before.things.keySet().stream().filter(inner -> !after.things.containsKey(inner) && before.isIn(inner, id)
        && !WAY.equals(before.things.get(inner).getLocalName())).map(before::label).toList();
    return new Change(before.place(id), "is gone" + (within.isEmpty() ? "" : ", and in it " + String.join(", ", within)), Touches.STEP);
  }

  private void compare(String id, List<Change> changes) {
    Map<String, String> was = before.facts(id);
    Map<String, String> now = after.facts(id);
    boolean way = WAY.equals(after.things.get(id).getLocalName());
    boolean message = FILE.equals(before.container(id)) && !"process".equals(after.things.get(id).getLocalName());
    for (Facts.Fact fact : Facts.differing(was, now)) {
      String event = fact.path().replaceFirst("/@id$", "");
      // which of them it is is said by its kind
      if (event.endsWith("EventDefinition") && was.containsKey(event) != now.containsKey(event) && !event.equals(fact.path())) {
        continue;
      }
      // a way stands where what it leads from stands
      if (way && fact.path().equals("container") && !before.container(after.things.get(id).getAttribute("sourceRef"))
          .equals(after.container(after.things.get(id).getAttribute("sourceRef")))) {
        continue;
      }
      if (message && fact.path().equals("@name")) {
        // what others tell it by, and no mere label
        changes.add(new Change(after.place(id), said("name", fact.was(), fact.now()), Touches.STEP));
        continue;
      }
      boolean leads = way && fact.path().matches("@(source|target)Ref");
      changes.add(new Change(after.place(id), way ? ofWay(id, fact) : ofElement(fact),
          leads ? after.touches(id) : noun(fact.path()).touches()));
    }
    List<String> lines = now.keySet().stream().filter(path -> path.startsWith("extensionElements")).toList();
    String moved = Facts.moved(was.keySet(), lines).stream().map(path -> noun(path).words()).collect(Collectors.joining(", "));
    if (!moved.isEmpty()) {
      changes.add(new Change(after.place(id), "what belongs to it stands in another order: " + moved, Touches.STEP));
    }
    if (after.things.get(id).getLocalName().equals("exclusiveGateway")) {
      // the first way whose condition holds is taken
      List<String> asked = Facts.moved(before.from(id), after.from(id));
      if (!asked.isEmpty()) {
        changes.add(new Change(after.place(id), "its ways are tried in another order: "
            + after.from(id).stream().map(flow -> after.way(flow).replaceFirst("^the way ", "")
                + " to " + after.label(after.things.get(flow).getAttribute("targetRef"))).collect(Collectors.joining(", ")),
            Touches.DECISION));
      }
    }
  }

  private String ofElement(Facts.Fact fact) {
    String path = fact.path();
    String was = fact.was();
    String now = fact.now();
    if (path.matches("@(cancelActivity|isInterrupting)") && (was == null || now == null)) {
      return was == null ? "does not interrupt any more what is going on there" : "interrupts now what is going on there";
    }
    if (path.equals("@name") && was != null && now != null) {
      return "is the new label of " + quoted(was);
    }
    if (path.equals("container")) {
      return "stood in " + referred(before, was, now) + ", stands now in " + referred(after, now, was);
    }
    if (before.refers(path, was) || after.refers(path, now)) {
      return Facts.shown(noun(path).words(), referred(before, was, now), referred(after, now, was));
    }
    return said(noun(path).words(), was == null ? null : spoken(path, was, now), now == null ? null : spoken(path, now, was));
  }

  private String ofWay(String id, Facts.Fact fact) {
    String path = fact.path();
    String was = fact.was();
    String now = fact.now();
    String way = before.way(id);
    String to = " to " + before.label(before.things.get(id).getAttribute("targetRef"));
    return switch (path) {
      case "@targetRef" -> way + " led to " + referred(before, was, now) + ", now to " + referred(after, now, was);
      case "@sourceRef" -> way + to + " began at " + referred(before, was, now) + ", begins now here";
      case "@name" -> now == null ? way + to + " has lost its label" : way + to + " is called " + quoted(now) + " now";
      case "conditionExpression" -> said("when " + way + to + " is taken", was, now);
      default -> way + to + ": " + said(noun(path).words(), was, now);
    };
  }

  /** Another element under its label; with its id, where the label alone would read the same. */
  private String referred(Drawn version, String id, String beside) {
    if (id == null) {
      return null;
    }
    String label = version.alone(id);
    boolean alike = beside != null && label.equals((version == before ? after : before).alone(beside));
    return label + (alike && version.things.containsKey(id) ? " (" + id + ")" : "");
  }

  // Words --------------------------------------------------------------------------------------------------------------

  private static Noun noun(String path) {
    Matcher line = LINE.matcher(path);
    if (line.matches() && LINES.containsKey(line.group(1))) {
      Noun noun = LINES.get(line.group(1));
      return line.group(2).equals("learning") ? new Noun("learning points", Touches.WORDING)
          : new Noun(noun.words() + " " + quoted(line.group(2)), noun.touches());
    }
    if (NOUNS.containsKey(path)) {
      return NOUNS.get(path);
    }
    int at = path.lastIndexOf('@');
    String words = at < 0 ? quoted(path) : "attribute " + quoted(path.substring(at + 1))
        + (at == 0 ? "" : " of " + quoted(path.substring(0, at - 1)));
    return new Noun(words.replace("camunda:", ""), Touches.STEP);
  }

  /** A value in words, unless another would then read the same. */
  private static String spoken(String path, String value, String beside) {
    String words = spoken(path, value);
    return beside != null && words.equals(spoken(path, beside)) ? value : words;
  }

  /** Groups as people say them; an expression without words of its own stays. */
  private static String spoken(String path, String value) {
    if (!path.equals("@camunda:candidateGroups")) {
      return value;
    }
    Matcher role = ROLE.matcher(value);
    if (role.matches()) {
      return Words.spoken(role.group(1)) + " of the team that holds the case";
    }
    return switch (value) {
      case "${team.onDuty(execution)}" -> "who works for the child by day and by night";
      case "${team.decider(execution)}" -> "who decides at any hour";
      default -> value.contains("{") ? value : Words.spoken(value).replaceAll(" *, *", ", ");
    };
  }

  // A version ----------------------------------------------------------------------------------------------------------

  /** One version, its elements by their ids. */
  private static final class Drawn {

    private final Document model;
    private final Map<String, Element> things = new LinkedHashMap<>();

    Drawn(byte[] xml) {
      model = xml == null ? null : Xml.read(xml);
      if (model != null) {
        things.put(FILE, model.getDocumentElement());
        find(model.getDocumentElement());
      }
    }

    private void find(Element holder) {
      for (Element child : Xml.children(holder)) {
        if (isThing(child)) {
          things.put(child.getAttribute("id"), child);
          if (HOLDERS.contains(child.getLocalName())) {
            find(child);
          }
        }
      }
    }

    private static boolean isThing(Element element) {
      return element.hasAttribute("id") && HOLDERS.contains(element.getParentNode().getLocalName())
          && !PARTS.contains(element.getLocalName()) && !Xml.drawing(element);
    }

    /** The element that holds another; nothing for one that is not there. */
    private String container(String id) {
      return things.containsKey(id) && things.get(id).getParentNode() instanceof Element holder
          ? holder.getLocalName().equals("definitions") ? FILE : holder.getAttribute("id") : "";
    }

    private boolean isIn(String id, String holder) {
      String container = container(id);
      return container.equals(holder) || things.containsKey(container) && !container.equals(FILE) && isIn(container, holder);
    }

    /** The ways out of an element, as they stand in the file. */
    private Set<String> from(String id) {
      return things.entrySet().stream().filter(one -> one.getValue().getAttribute("sourceRef").equals(id)).map(Map.Entry::getKey)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Everything that is said of an element itself, references in words. */
    private Map<String, String> facts(String id) {
      Element thing = things.get(id);
      Map<String, String> facts = new LinkedHashMap<>();
      if (!id.equals(FILE)) {
        facts.put("kind", KINDS.getOrDefault(Xml.name(thing), Xml.name(thing)));
        if (!container(id).equals(FILE)) {
          facts.put("container", container(id));
        }
      }
      Xml.facts(thing, child -> isThing(child) || TOLD_BY_FLOWS.contains(child.getLocalName())).forEach((path, value) -> {
        if (!path.equals("@id") || id.equals(FILE)) {
          facts.put(path, value);
        }
      });
      return facts;
    }

    /** Whether a value names another element. */
    private boolean refers(String path, String value) {
      return path.matches("(.*/)?@(default|\\w+Ref)") && things.containsKey(value);
    }

    /** Where a change is: an element, or what a way leads out of. */
    private String place(String id) {
      Element thing = things.get(id);
      String at = WAY.equals(thing.getLocalName()) && things.containsKey(thing.getAttribute("sourceRef"))
          ? thing.getAttribute("sourceRef") : id;
      String label = label(at);
      boolean alone = things.keySet().stream().filter(other -> label(other).equals(label)).count() < 2;
      return alone || !things.containsKey(container(at)) ? label : label + " in " + label(container(at));
    }

    /** An element as people see it: its label, else what its id was chosen to say. */
    private String label(String id) {
      Element thing = things.get(id);
      if (thing == null) {
        return quoted(id);
      }
      String name = thing.getAttribute("name").strip().replaceAll("\\s+", " ");
      String kind = KINDS.getOrDefault(thing.getLocalName(), thing.getLocalName());
      boolean beside = Set.of("message", "signal", "error", "escalation").contains(thing.getLocalName());
      if (id.equals(FILE)) {
        return "the file";
      }
      if (WAY.equals(thing.getLocalName())) {
        return way(id) + " from " + label(thing.getAttribute("sourceRef"));
      }
      if (!name.isEmpty()) {
        return (beside ? "the " + thing.getLocalName() + " " : "") + quoted(name);
      }
      String chosen = id.replaceFirst("^[A-Za-z]+_", "");
      return "the " + kind + " " + quoted(GENERATED.matcher(chosen).matches() ? id : Words.label(chosen));
    }

    /** What a way is about: at a gateway it is chosen, elsewhere it is only what comes next. */
    private Touches touches(String way) {
      Element from = things.get(things.get(way).getAttribute("sourceRef"));
      return from != null && from.getLocalName().equals("exclusiveGateway") ? Touches.DECISION : Touches.STEP;
    }

    /** A label without the kind that is said beside it. */
    private String alone(String id) {
      return label(id).replaceFirst("^the (message|signal|error|escalation) ", "");
    }

    private String way(String id) {
      String name = things.get(id).getAttribute("name").strip();
      return name.isEmpty() ? "the way" : "the way " + quoted(name);
    }
  }
}
