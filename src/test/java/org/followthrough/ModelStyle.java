package org.followthrough;

import static org.followthrough.Model.hasLabel;
import static org.followthrough.Model.label;
import static org.followthrough.Model.nodesOf;
import static org.followthrough.Model.quoted;
import static org.followthrough.Model.say;
import static org.followthrough.Spelling.camel;
import static org.followthrough.Spelling.isSentenceCase;
import static org.followthrough.Spelling.kebab;
import static org.followthrough.Spelling.pascal;
import static org.followthrough.Spelling.words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * How our models are drawn and spelled: one method per rule, one sentence per fault. A sentence says which element, what
 * is wrong and what to do, in words a process designer uses.
 */
final class ModelStyle {

  /** A rule and what it finds in a model. */
  record Rule(String name, Function<Model, Stream<String>> check) {

    List<String> faults(Model model) {
      return check.apply(model).distinct().toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Rule> RULES = List.of(
      // how our models are drawn
      new Rule("tasks say verb and object", ModelStyle::tasksSayVerbAndObject),
      new Rule("events say what happened", ModelStyle::eventsSayWhatHappened),
      new Rule("decisions are questions with answers", ModelStyle::decisionsAreQuestionsWithAnswers),
      new Rule("other gateways are silent", ModelStyle::otherGatewaysAreSilent),
      new Rule("every way ends in a named outcome", ModelStyle::everyWayEndsInANamedOutcome),
      new Rule("everything is drawn", ModelGeometry::everythingIsDrawn),
      new Rule("the happy path is one straight line", ModelGeometry::theHappyPathIsOneStraightLine),
      new Rule("alternatives are drawn below", ModelGeometry::alternativesAreDrawnBelow),
      new Rule("escalations hang straight below their task", ModelGeometry::escalationsHangStraightBelowTheirTask),
      new Rule("nothing runs back but a named loop", ModelGeometry::nothingRunsBackButANamedLoop),
      new Rule("no flow is diagonal", ModelGeometry::noFlowIsDiagonal),
      new Rule("no flow crosses another", ModelGeometry::noFlowCrossesAnother),
      new Rule("nothing covers anything", ModelGeometry::nothingCoversAnything),
      new Rule("a level fits one look", ModelStyle::aLevelFitsOneLook),
      new Rule("there are no lanes", ModelStyle::thereAreNoLanes),
      new Rule("no number stands in a model", ModelStyle::noNumberStandsInAModel),
      new Rule("no code stands in a model", ModelStyle::noCodeStandsInAModel),
      new Rule("explanations are documentation", ModelStyle::explanationsAreDocumentation),
      new Rule("ids follow labels", ModelStyle::idsFollowLabels),
      new Rule("what carries no label has a chosen id", ModelStyle::whatCarriesNoLabelHasAChosenId),
      new Rule("learning points exist", ModelStyle::learningPointsExist),
      // one phrase and its spellings, whose task, deadlines, the obligation
      new Rule("a file is one process", ModelStyle::aFileIsOneProcess),
      new Rule("forms follow labels", ModelStyle::formsFollowLabels),
      new Rule("conditions follow questions", ModelStyle::conditionsFollowQuestions),
      new Rule("messages follow events", ModelStyle::messagesFollowEvents),
      new Rule("delegates follow labels", ModelStyle::delegatesFollowLabels),
      new Rule("every wait has an owner, a clock and a way up", ModelStyle::everyWaitHasAnOwnerAClockAndAWayUp),
      new Rule("obligations follow the pattern", ModelStyle::obligationsFollowThePattern),
      new Rule("a reminder is somebody's task", ModelStyle::aReminderIsSomebodysTask),
      new Rule("calls carry the business key", ModelStyle::callsCarryTheBusinessKey),
      new Rule("every clock has its row", ModelStyle::everyClockHasItsRow));

  static final String DUE = "${deadline.due(execution)}";
  private static final String CLIMB_AT = "${ladder.climbAt(execution)}";
  private static final int NODES_AT_ONE_LOOK = 20;
  private static final int WORDS_OF_A_TASK = 5;

  private static final Set<String> EMPTY_VERBS = Set.of("handle", "process", "manage");
  private static final Pattern NOUN = Pattern.compile(".*[aeiouy].*(ing|tion|sion|ment|ance|ence|ness|ity)");
  private static final Set<String> VERBS_LIKE_NOUNS = Set.of("mention", "question", "implement", "experience");
  /** Past participles without -ed, and "missing", the state of what was never there. */
  private static final Set<String> PARTICIPLES = Set.of(
      "told", "heard", "held", "given", "taken", "written", "found", "met", "made", "done", "sent", "known", "born",
      "begun", "seen", "kept", "left", "lost", "said", "brought", "drawn", "gone", "spoken", "chosen", "put", "set",
      "read", "built", "paid", "sought", "withdrawn", "understood", "overtaken", "missing");
  private static final Set<String> ED_BUT_NO_PARTICIPLE = Set.of("need", "feed", "speed", "indeed", "bed", "red");
  private static final Pattern PARTICIPLE_ENDING = Pattern.compile("..+ed");

  private static final String NAME = "[a-z]\\w*";
  private static final String ARGUMENT = "(execution|task|'[a-z0-9-]+')";
  private static final Pattern PLAIN_EXPRESSION = Pattern.compile(
      "[$]\\{(!?" + NAME                                             // one variable or bean, or its opposite
      + "|" + NAME + " == '[a-z0-9-]+'"                              // one variable and its answer
      + "|" + NAME + "\\." + NAME + "\\((" + ARGUMENT + "(, " + ARGUMENT + ")*)?\\))\\}" // one bean call
      + "|#\\{execution\\.processBusinessKey\\}");

  /** Roles outside teams; a team-bound role is asked for, because tasks follow the responsibility for the case. */
  private static final Set<String> GROUPS = new TreeSet<>(Set.of("contact-centre", "service-manager", "head-of-service",
      "conference-chair", "minute-taker", "out-of-hours", "police", "health", "school"));
  private static final Set<String> TEAM_ROLES = Set.of("social-worker", "team-manager");
  private static final Pattern ASKED_GROUP = Pattern.compile(
      "\\$\\{(team\\.role\\(execution, '(" + String.join("|", TEAM_ROLES) + ")'\\)"
      + "|(?!team\\.role)" + NAME + "\\." + NAME + "\\(execution\\))}");

  private static final Pattern LEARNING = Pattern.compile("([A-Z])-(\\d\\d)");
  /** The five reviews and how many learning points each has. */
  private static final Map<String, Integer> REVIEWS = Map.of("K", 31, "C", 25, "P", 40, "Q", 36, "S", 36);

  /** Process and obligation of every row of the table of deadlines. */
  private static final Set<String> ROWS = rowsOfTheTable();

  private ModelStyle() {}

  // ------------------------------------------------------------------------------------- how our models are drawn

  static Stream<String> tasksSayVerbAndObject(Model model) {
    return model.all(Activity.class).<String>mapMulti((task, fault) -> {
      if (!hasLabel(task)) {
        fault.accept(say(task) + " has no label: say verb and object, as in \"Circulate minutes\".");
        return;
      }
      var words = words(label(task)).toList();
      var verb = words.get(0).toLowerCase(Locale.UK);
      if (EMPTY_VERBS.contains(verb)) {
        fault.accept(say(task) + " starts with \"" + verb + "\", which says nothing: name what is done.");
      } else if (words.size() < 2 || NOUN.matcher(verb).matches() && !VERBS_LIKE_NOUNS.contains(verb)) {
        fault.accept(say(task) + " is not verb and object: say what is done to what, as in \"Circulate minutes\".");
      }
      if (words.size() > WORDS_OF_A_TASK) {
        fault.accept(say(task) + " has " + words.size() + " words: five at most, the rest belongs into the documentation.");
      }
      if (!isSentenceCase(label(task))) {
        fault.accept(say(task) + " is not in sentence case: a capital for the first word only.");
      }
    });
  }

  static Stream<String> eventsSayWhatHappened(Model model) {
    var events = model.all(Event.class).filter(event -> !isPlainStartOfSubprocess(event));
    return events.<String>mapMulti((event, fault) -> {
      if (!hasLabel(event)) {
        fault.accept(say(event) + " has no label: say object and past participle, as in \"Referral received\".");
        return;
      }
      if (words(label(event)).skip(1).noneMatch(ModelStyle::saysItHappened)) {
        fault.accept(say(event) + " does not say what happened: object and past participle, as in \"Referral received\", "
            + "or object and \"overdue\".");
      }
      if (!isSentenceCase(label(event))) {
        fault.accept(say(event) + " is not in sentence case: a capital for the first word only.");
      }
    });
  }

  private static boolean isPlainStartOfSubprocess(Event event) {
    return event instanceof StartEvent start
        && start.getEventDefinitions().isEmpty()
        && start.getParentElement() instanceof SubProcess
        && !hasLabel(start);
  }

  private static boolean saysItHappened(String word) {
    return word.equals("overdue")
        || PARTICIPLES.contains(word)
        || PARTICIPLE_ENDING.matcher(word).matches() && !ED_BUT_NO_PARTICIPLE.contains(word);
  }

  static Stream<String> decisionsAreQuestionsWithAnswers(Model model) {
    var decisions = model.all(ExclusiveGateway.class).filter(gateway -> gateway.getOutgoing().size() > 1);
    return decisions.<String>mapMulti((gateway, fault) -> {
      if (!label(gateway).endsWith("?")) {
        fault.accept(say(gateway) + " decides without a question: label it with one, as in \"Significant harm likely?\".");
      }
      gateway.getOutgoing().stream().filter(flow -> !hasLabel(flow)).forEach(flow ->
          fault.accept(say(flow) + " carries no answer: label it with the answer to the question."));
    });
  }

  static Stream<String> otherGatewaysAreSilent(Model model) {
    return model.all(Gateway.class).<String>mapMulti((gateway, fault) -> {
      if (!(gateway instanceof ExclusiveGateway || gateway instanceof ParallelGateway)) {
        fault.accept(say(gateway) + " is neither exclusive nor parallel: draw it with those two.");
      } else if (gateway.getIncoming().size() > 1 && gateway.getOutgoing().size() > 1) {
        fault.accept(say(gateway) + " joins and splits at once: draw two gateways.");
      } else if (hasLabel(gateway) && (gateway instanceof ParallelGateway || gateway.getOutgoing().size() < 2)) {
        fault.accept(say(gateway) + " decides nothing: take its label away.");
      }
    });
  }

  static Stream<String> everyWayEndsInANamedOutcome(Model model) {
    return Stream.of(
        model.all(EndEvent.class).filter(end -> !hasLabel(end))
            .map(end -> say(end) + " names no outcome: the end event is the outcome in the history."),
        model.all(EndEvent.class).filter(Model::hasLabel).filter(end -> model.all(EndEvent.class)
                .anyMatch(other -> !other.equals(end) && label(other).equals(label(end))))
            .map(end -> say(end) + " is drawn twice: one end event per outcome."),
        // escalation alone never ends by itself: it lives as long as the obligation that called it
        model.isEscalation() ? Stream.<String>empty() : Stream.concat(
            model.levels().filter(level -> nodesOf(level).stream().noneMatch(EndEvent.class::isInstance))
                .map(level -> say(level) + " has no end event: name its outcome by one."),
            model.all(FlowNode.class).filter(node -> node.getOutgoing().isEmpty())
                .filter(node -> !(node instanceof EndEvent) && !isEventSubprocess(node) && !isCallOfEscalation(node))
                .map(node -> say(node) + " leads nowhere: draw the flow to the next step or to an end event.")))
        .flatMap(Function.identity());
  }

  static Stream<String> aLevelFitsOneLook(Model model) {
    return model.levels().filter(level -> nodesOf(level).size() > NODES_AT_ONE_LOOK)
        .map(level -> say(level) + " has " + nodesOf(level).size() + " flow nodes on one level: "
            + NODES_AT_ONE_LOOK + " at most, move a part into a called process.");
  }

  static Stream<String> thereAreNoLanes(Model model) {
    return model.all(Lane.class).map(lane -> "Lane \"" + Objects.toString(lane.getName(), lane.getId())
        + "\" says who works: take it away, the role is the candidate group of the task.");
  }

  static Stream<String> noNumberStandsInAModel(Model model) {
    var labels = model.all(FlowElement.class).filter(element -> label(element).matches(".*\\d.*"))
        .map(element -> element instanceof SequenceFlow
            ? say(element) + " has a number in its answer \"" + label(element) + "\": numbers belong into bpmn/deadlines.dmn."
            : say(element) + " has a number in its label: numbers belong into bpmn/deadlines.dmn.");
    var timers = model.all(TimerEventDefinition.class).filter(timer -> timeOf(timer).isEmpty())
        .map(timer -> say(timer.getParentElement()) + " has a duration, a cycle or a fixed date: ask for a date, as in "
            + DUE + ".");
    return Stream.concat(labels, timers);
  }

  /** The expression of a timer, or nothing when it is no date that is asked for. */
  private static String timeOf(TimerEventDefinition timer) {
    TimeDate date = timer.getTimeDate();
    boolean asksForADate = date != null && date.getTextContent().strip().startsWith("${")
        && timer.getTimeDuration() == null && timer.getTimeCycle() == null;
    return asksForADate ? date.getTextContent().strip() : "";
  }

  static Stream<String> noCodeStandsInAModel(Model model) {
    var scripts = model.all(ScriptTask.class)
        .map(task -> say(task) + " is a script: draw a service task and name its delegate.");
    var inExtensions = elements(model)
        .filter(element -> Set.of("script", "connector").contains(element.getLocalName()))
        .filter(element -> isCamunda(element.getNamespaceURI()))
        .map(element -> said(model, element) + " carries a " + element.getLocalName() + ": name a delegate instead.");
    var classes = elements(model).filter(element -> element.hasAttributeNS(BpmnModelConstants.CAMUNDA_NS, "class"))
        .map(element -> said(model, element) + " names a Java class: name a delegate by its bean, as in ${notifyParties}.");
    var expressions = elements(model).flatMap(element -> expressionsOf(element)
        .filter(expression -> !PLAIN_EXPRESSION.matcher(expression).matches())
        .map(expression -> said(model, element) + " thinks in its expression " + expression
            + ": one variable or one bean call, the thinking belongs into the bean."));
    return Stream.of(scripts, inExtensions, classes, expressions).flatMap(Function.identity());
  }

  /** Every attribute and text: the engine evaluates labels and documentation of a task as well. */
  private static Stream<String> expressionsOf(Element element) {
    var attributes = IntStream.range(0, element.getAttributes().getLength())
        .mapToObj(element.getAttributes()::item)
        .map(Node::getNodeValue);
    var text = children(element).noneMatch(Element.class::isInstance)
        ? Stream.of(element.getTextContent()) : Stream.<String>empty();
    return Stream.concat(attributes, text).map(String::strip).filter(value -> value.contains("${") || value.contains("#{"));
  }

  static Stream<String> explanationsAreDocumentation(Model model) {
    return nodes(model.xml).filter(node -> node.getNodeType() == Node.COMMENT_NODE)
        .map(comment -> "XML comment \"" + comment.getNodeValue().strip()
            + "\" is deleted when Modeler saves: write it into the documentation of the element.");
  }

  static Stream<String> idsFollowLabels(Model model) {
    return model.all(FlowNode.class).filter(Model::hasLabel)
        .filter(node -> !node.getId().equals(prefixOf(node) + "_" + pascal(label(node))))
        .map(node -> say(node) + " has the id " + node.getId() + ": its label asks for "
            + prefixOf(node) + "_" + pascal(label(node)) + ".");
  }

  /** Joins and the starts inside subprocesses: their ids stand in Cockpit, in history and in migration plans. */
  static Stream<String> whatCarriesNoLabelHasAChosenId(Model model) {
    return model.all(FlowNode.class).filter(node -> !hasLabel(node))
        .filter(node -> !node.getId().matches(prefixOf(node) + "_([A-Z][a-z0-9]*)+"))
        .map(node -> say(node) + " has a generated id: choose one that says what meets or begins here, as in " + prefixOf(node) + "_"
            + (node instanceof Gateway ? "BeforeDecideOutcome" : node instanceof Event ? "ProduceMinutesBegins" : "ProduceMinutes") + ".");
  }

  private static String prefixOf(FlowNode node) {
    return node instanceof Activity ? "Activity" : node instanceof Gateway ? "Gateway" : "Event";
  }

  static Stream<String> learningPointsExist(Model model) {
    return model.all(CamundaProperty.class).<String>mapMulti((property, fault) -> {
      var element = say(property.getParentElement().getParentElement().getParentElement());
      if (!"learning".equals(property.getCamundaName())) {
        fault.accept(element + " has the property \"" + property.getCamundaName() + "\": only \"learning\" is read.");
        return;
      }
      for (var id : Objects.toString(property.getCamundaValue(), "").split(", ", -1)) {
        var match = LEARNING.matcher(id);
        if (!match.matches() || Integer.parseInt(match.group(2)) < 1
            || Integer.parseInt(match.group(2)) > REVIEWS.getOrDefault(match.group(1), 0)) {
          fault.accept(element + " answers the learning point \"" + id + "\", which no review has: "
              + "write ids as in \"K-24, Q-06\".");
        }
      }
    });
  }

  // ------------------------------------------------------------------------------------ one phrase and its spellings

  static Stream<String> aFileIsOneProcess(Model model) {
    return model.all(Process.class).<String>mapMulti((process, fault) -> {
      var file = model + "";
      if (!file.equals(process.getId() + ".bpmn")) {
        fault.accept(say(process) + " stands in " + file + ": give it a file of its own, " + process.getId() + ".bpmn.");
      }
      if (!process.getId().equals(kebab(Objects.toString(process.getName(), "")))) {
        fault.accept(say(process) + " is named \"" + process.getName()
            + "\": the id is the name in small letters with hyphens.");
      }
      if (!process.isExecutable()) {
        fault.accept(say(process) + " is not executable: tick \"Executable\".");
      }
      if (process.getCamundaHistoryTimeToLiveString() == null) {
        fault.accept(say(process) + " has no history time to live: say how long its history is kept.");
      }
      if (isUndocumented(process)) {
        fault.accept(say(process) + " has no documentation: say what it is for and who owns it.");
      }
      boolean hasStartForm = process.getChildElementsByType(StartEvent.class).stream().anyMatch(start -> formOf(start) != null);
      if (process.isCamundaStartableInTasklist() != hasStartForm) {
        fault.accept(say(process) + (hasStartForm ? " has a start form but cannot be started in Tasklist: tick \"Startable\"."
            : " can be started in Tasklist without a start form: untick \"Startable\"."));
      }
    });
  }

  static Stream<String> formsFollowLabels(Model model) {
    return model.all(FlowNode.class)
        .filter(node -> node instanceof UserTask || formOf(node) != null)
        .<String>mapMulti((node, fault) -> {
          var form = kebab(label(node));
          if (!form.equals(formOf(node))) {
            fault.accept(say(node) + (formOf(node) == null ? " has no form" : " opens the form \"" + formOf(node) + "\"")
                + ": its label asks for \"" + form + "\".");
          }
          if (!"deployment".equals(camunda(node, "formRefBinding"))) {
            fault.accept(say(node) + " does not take its form from its own deployment: set the binding to \"deployment\".");
          }
          var file = Path.of("forms", model.process().getId(), form + ".form");
          if (!Files.isRegularFile(file)) {
            fault.accept(say(node) + " has no form at " + file + ": draw it there.");
          }
        });
  }

  static Stream<String> conditionsFollowQuestions(Model model) {
    return model.all(SequenceFlow.class).<String>mapMulti((flow, fault) -> {
      var condition = flow.getConditionExpression() == null ? "" : flow.getConditionExpression().getTextContent().strip();
      var decides = flow.getSource() instanceof ExclusiveGateway gateway && gateway.getOutgoing().size() > 1;
      if (decides && !(hasLabel(flow) && hasLabel(flow.getSource()))) {
        return; // the missing label is reported already, and gives no condition to compare with
      }
      var expected = decides ? conditionFor(label(flow.getSource()), label(flow)) : "";
      if (!condition.equals(expected)) {
        fault.accept(say(flow) + (condition.isEmpty() ? " has no condition" : " has the condition " + condition)
            + (decides ? ": question and answer ask for " + expected + "." : ": only the answer to a question has one."));
      }
    });
  }

  private static String conditionFor(String question, String answer) {
    return switch (answer) {
      case "Yes" -> "${" + camel(question) + "}";
      case "No" -> "${!" + camel(question) + "}";
      default -> "${" + camel(question) + " == '" + kebab(answer) + "'}";
    };
  }

  static Stream<String> messagesFollowEvents(Model model) {
    return model.all(MessageEventDefinition.class).<String>mapMulti((definition, fault) -> {
      var event = (Event) definition.getParentElement();
      var name = definition.getMessage() == null ? null : definition.getMessage().getName();
      if (!pascal(label(event)).equals(name)) {
        fault.accept(say(event) + (name == null ? " has no message" : " has the message \"" + name + "\"")
            + ": its label asks for \"" + pascal(label(event)) + "\".");
      }
      if (event instanceof ThrowEvent && definition.getCamundaDelegateExpression() == null) {
        fault.accept(say(event) + " throws its message to nobody: name the delegate ${beginProcess}.");
      }
    });
  }

  static Stream<String> delegatesFollowLabels(Model model) {
    return model.all(Task.class)
        .filter(task -> task instanceof ServiceTask || task instanceof BusinessRuleTask || task instanceof SendTask)
        .filter(task -> hasLabel(task) && !("${" + camel(label(task)) + "}").equals(camunda(task, "delegateExpression")))
        .map(task -> say(task) + " does not name its delegate: its label asks for ${" + camel(label(task)) + "}.");
  }

  // ----------------------------------------------------------------------------- owners, clocks and the obligation

  static Stream<String> everyWaitHasAnOwnerAClockAndAWayUp(Model model) {
    var tasks = model.all(UserTask.class).<String>mapMulti((task, fault) -> {
      if (task.getCamundaCandidateGroups() == null) {
        fault.accept(say(task) + " belongs to nobody: name its candidate group.");
      } else if (!ASKED_GROUP.matcher(task.getCamundaCandidateGroups()).matches()) {
        Stream.of(task.getCamundaCandidateGroups().split("\\s*,\\s*")).filter(group -> !GROUPS.contains(group)).forEach(group ->
            fault.accept(say(task) + " belongs to the group \"" + group + "\", " + (TEAM_ROLES.contains(group)
                ? "which every team has: ask for it by ${team.role(execution, '" + group + "')}."
                : "which nobody is in: choose one of " + String.join(", ", GROUPS) + ", or ask the team.")));
      }
      var due = model.isEscalation() ? CLIMB_AT : DUE;
      if (!due.equals(task.getCamundaDueDate())) {
        fault.accept(say(task) + " does not ask when it is due: set the due date to " + due + ".");
      }
      if (isUndocumented(task)) {
        fault.accept(say(task) + " has no documentation: say what is to be done, Tasklist shows it.");
      }
    });
    var waits = model.all(FlowNode.class)
        .filter(node -> node instanceof UserTask || node instanceof ReceiveTask || node instanceof IntermediateCatchEvent)
        .filter(node -> !model.isEscalation() && !model.isCalledByAnObligation() && !model.isUnderAClock(node))
        .map(node -> say(node) + " waits without a clock: draw it inside an obligation.");
    return Stream.concat(tasks, waits);
  }

  static Stream<String> obligationsFollowThePattern(Model model) {
    var bare = model.all(BoundaryEvent.class).filter(Model::isTimer)
        .filter(timer -> !(timer.getParentElement() instanceof SubProcess))
        .map(timer -> say(timer) + " hangs on bare work: wrap work, clock and escalation into a subprocess, an obligation.");
    return Stream.concat(bare, model.obligations().mapMulti(ModelStyle::compareWithThePattern));
  }

  private static void compareWithThePattern(Model.Obligation obligation, Consumer<String> fault) {
    var scope = say(obligation.scope());
    var timer = obligation.timer();
    var host = obligation.host();
    if (timer.cancelActivity()) {
      fault.accept(say(timer) + " interrupts the work: make it non-interrupting, a timer brings help and takes nothing away.");
    }
    if (!label(timer).endsWith(" overdue")) {
      fault.accept(say(timer) + " does not say what is late: object and \"overdue\", as in \"Minutes overdue\".");
    }
    if (timer.getEventDefinitions().stream().noneMatch(definition ->
        definition instanceof TimerEventDefinition time && DUE.equals(timeOf(time)))) {
      fault.accept(say(timer) + " does not ask the table when the work is due: set its date to " + DUE + ".");
    }
    var ahead = timer.getOutgoing().stream().map(SequenceFlow::getTarget).toList();
    var object = label(timer).endsWith(" overdue") ? lowerFirst(label(timer).replaceFirst(" overdue$", "")) : "…";
    var wanted = "Escalate " + object;
    if (ahead.size() != 1 || !isCallOfEscalation(ahead.get(0))) {
      fault.accept(say(timer) + " brings no manager: lead it to a call of \"escalation\" labelled \"" + wanted + "\".");
    } else {
      var call = (CallActivity) ahead.get(0);
      if (!label(call).equals(wanted)) {
        fault.accept(say(call) + " does not follow its clock " + quoted(timer) + ": label it \"" + wanted + "\".");
      }
      if (insOf(call).noneMatch(in -> "clockRef".equals(in.getCamundaSource())
          && "lateClockRef".equals(in.getCamundaTarget()))) {
        fault.accept(say(call) + " does not say which clock is late: map clockRef to lateClockRef.");
      }
      if (!call.getOutgoing().isEmpty()) {
        fault.accept(say(call) + " leads on: it waits until the work is done, draw nothing behind it.");
      }
    }
    if (host.getOutgoing().size() != 1 || !isTerminateEnd(host.getOutgoing().iterator().next().getTarget())) {
      fault.accept(scope + " does not end its escalation when the work is done: "
          + "lead the work straight to a terminate end event.");
    }
    var expected = new HashSet<FlowNode>(ahead);
    expected.add(timer);
    expected.add(host);
    host.getOutgoing().forEach(flow -> expected.add(flow.getTarget()));
    host.getIncoming().forEach(flow -> expected.add(flow.getSource()));
    nodesOf(obligation.scope()).stream().filter(node -> !expected.contains(node)).forEach(node ->
        fault.accept(say(node) + " does not belong into the obligation " + quoted(obligation.scope())
            + ": it holds start, work, clock, escalation and outcome; work in several steps is a subprocess of its own."));
  }

  /** It goes off before anything is late, inside the work whose clock it asks, and brings a task instead of a manager. */
  static Stream<String> aReminderIsSomebodysTask(Model model) {
    return model.all(BoundaryEvent.class).filter(Model::isReminder).mapMulti((reminder, fault) -> {
      if (reminder.cancelActivity()) {
        fault.accept(say(reminder) + " interrupts the work: make it non-interrupting, a timer brings help and takes nothing away.");
      }
      if (!model.isUnderAClock(reminder.getAttachedTo())) {
        fault.accept(say(reminder) + " reminds of no clock: draw it inside the work of an obligation.");
      }
      if (reminder.getOutgoing().stream().map(SequenceFlow::getTarget).noneMatch(UserTask.class::isInstance)) {
        fault.accept(say(reminder) + " reminds nobody: lead it to a task, as in \"Chase recipients\".");
      }
    });
  }

  static Stream<String> callsCarryTheBusinessKey(Model model) {
    return model.all(CallActivity.class).<String>mapMulti((call, fault) -> {
      if (insOf(call).noneMatch(in -> "#{execution.processBusinessKey}".equals(in.getCamundaBusinessKey()))) {
        fault.accept(say(call) + " loses the case: map the business key, #{execution.processBusinessKey}.");
      }
      var binding = call.getCamundaCalledElementBinding();
      if (binding != null && !binding.equals("latest")) {
        fault.accept(say(call) + " is bound to \"" + binding + "\": set the binding to \"latest\".");
      }
    });
  }

  static Stream<String> everyClockHasItsRow(Model model) {
    var timerStarts = model.all(StartEvent.class).filter(Model::isTimer)
        .map(start -> say(start) + " starts by a timer, for which no row is found: hang the clock on an obligation.");
    var clocks = model.obligations()
        .map(obligation -> obligation.host().getId().replaceFirst("^Activity_", ""))
        .filter(clock -> !ROWS.contains(model.process().getId() + " " + clock))
        .map(clock -> "Clock " + clock + " has no row \"" + model.process().getId() + "\", \"" + clock
            + "\" in bpmn/deadlines.dmn: add it with its source.");
    return Stream.concat(clocks, timerStarts);
  }

  private static Set<String> rowsOfTheTable() {
    return Dmn.readModelFromFile(Path.of("bpmn", "deadlines.dmn").toFile())
        .getModelElementsByType(DecisionTable.class).stream()
        .flatMap(table -> table.getRules().stream())
        .map(row -> row.getInputEntries().stream().limit(2)
            .map(cell -> cell.getText().getTextContent().replace("\"", "").strip())
            .collect(Collectors.joining(" ")))
        .collect(Collectors.toSet());
  }

  // --------------------------------------------------------------------------------------------------- small words

  private static boolean isEventSubprocess(FlowNode node) {
    return node instanceof SubProcess subprocess && subprocess.triggeredByEvent();
  }

  private static boolean isCallOfEscalation(FlowNode node) {
    return node instanceof CallActivity call && Model.ESCALATION.equals(call.getCalledElement());
  }

  private static boolean isTerminateEnd(FlowNode node) {
    return node instanceof EndEvent end
        && end.getEventDefinitions().stream().anyMatch(TerminateEventDefinition.class::isInstance);
  }

  private static Stream<CamundaIn> insOf(CallActivity call) {
    return call.getExtensionElements() == null ? Stream.empty()
        : call.getExtensionElements().getChildElementsByType(CamundaIn.class).stream();
  }

  private static String lowerFirst(String label) {
    return label.isEmpty() ? label : label.substring(0, 1).toLowerCase(Locale.UK) + label.substring(1);
  }

  private static boolean isUndocumented(BaseElement element) {
    return element.getDocumentations().stream().map(Documentation::getTextContent).allMatch(String::isBlank);
  }

  private static String formOf(FlowNode node) {
    return camunda(node, "formRef");
  }

  private static String camunda(ModelElementInstance element, String attribute) {
    return element.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, attribute);
  }

  private static boolean isCamunda(String namespace) {
    return BpmnModelConstants.CAMUNDA_NS.equals(namespace);
  }

  private static Stream<Element> elements(Model model) {
    return nodes(model.xml).filter(Element.class::isInstance).map(Element.class::cast);
  }

  private static Stream<Node> nodes(Node node) {
    return Stream.concat(Stream.of(node), children(node).flatMap(ModelStyle::nodes));
  }

  private static Stream<Node> children(Node node) {
    NodeList children = node.getChildNodes();
    return IntStream.range(0, children.getLength()).mapToObj(children::item);
  }

  /** The element of the diagram that a piece of XML belongs to. */
  private static String said(Model model, Node node) {
    for (Node at = node; at instanceof Element element; at = at.getParentNode()) {
      ModelElementInstance found = model.bpmn.getModelElementById(element.getAttribute("id"));
      if (found instanceof FlowElement || found instanceof Process) {
        return say(found);
      }
    }
    return model.toString();
  }
}
