package org.followthrough;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** One model file as its designer sees it: levels, obligations, labels. */
final class Model {

  /** The process that lives only as long as the obligation that called it. */
  static final String ESCALATION = "escalation";

  final Path file;
  final BpmnModelInstance bpmn;
  /** The bare XML, for what the model API does not show: comments, and every attribute. */
  final Document xml;
  private final Set<String> calledByObligations;

  private Model(Path file, BpmnModelInstance bpmn, Set<String> calledByObligations) {
    this.file = file;
    this.bpmn = bpmn;
    this.xml = parse(file);
    this.calledByObligations = calledByObligations;
  }

  /** Reads every model of a folder; they are read together because a called process inherits its caller's clock. */
  static List<Model> readAll(Path folder) {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(path -> path.toString().endsWith(".bpmn")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    var alone = files.stream().map(file -> new Model(file, Bpmn.readModelFromFile(file.toFile()), Set.of())).toList();
    Set<String> called = alone.stream()
        .flatMap(model -> model.all(CallActivity.class).filter(model::isUnderAClock))
        .map(CallActivity::getCalledElement)
        .collect(Collectors.toSet());
    return alone.stream().map(model -> new Model(model.file, model.bpmn, called)).toList();
  }

  Process process() {
    return all(Process.class).findFirst().orElseThrow();
  }

  <T extends ModelElementInstance> Stream<T> all(Class<T> type) {
    return bpmn.getModelElementsByType(type).stream();
  }

  /** The process and every subprocess in it: what a reader takes in at one look. */
  Stream<ModelElementInstance> levels() {
    return Stream.concat(Stream.of(process()), all(SubProcess.class));
  }

  static List<FlowNode> nodesOf(ModelElementInstance level) {
    return elementsOf(level).filter(FlowNode.class::isInstance).map(FlowNode.class::cast).toList();
  }

  static List<SequenceFlow> flowsOf(ModelElementInstance level) {
    return elementsOf(level).filter(SequenceFlow.class::isInstance).map(SequenceFlow.class::cast).toList();
  }

  private static Stream<FlowElement> elementsOf(ModelElementInstance level) {
    return (level instanceof Process process ? process.getFlowElements() : ((SubProcess) level).getFlowElements()).stream();
  }

  boolean isEscalation() {
    return process().getId().equals(ESCALATION);
  }

  /** True when the whole process is work inside an obligation of another model, and so under that one's clock. */
  boolean isCalledByAnObligation() {
    return calledByObligations.contains(process().getId());
  }

  /** The work, its clock, and the embedded subprocess that holds both. */
  record Obligation(SubProcess scope, BoundaryEvent timer, Activity host) {}

  Stream<Obligation> obligations() {
    return all(BoundaryEvent.class)
        .filter(Model::isTimer)
        .filter(timer -> timer.getParentElement() instanceof SubProcess && !isReminder(timer))
        .map(timer -> new Obligation((SubProcess) timer.getParentElement(), timer, timer.getAttachedTo()));
  }

  /** True when the element is the work of an obligation, or a step inside that work. */
  boolean isUnderAClock(FlowNode node) {
    Predicate<ModelElementInstance> isHost = element -> obligations().anyMatch(obligation -> obligation.host().equals(element));
    return Stream.<ModelElementInstance>iterate(node, element -> element != null, ModelElementInstance::getParentElement)
        .anyMatch(isHost);
  }

  static boolean isTimer(Event event) {
    return !event.getChildElementsByType(TimerEventDefinition.class).isEmpty();
  }

  /** A timer that goes off before the obligation around it is late, and asks its clock for that time. */
  static boolean isReminder(Event event) {
    return event.getChildElementsByType(TimerEventDefinition.class).stream().anyMatch(timer -> timer.getTimeDate() != null
        && timer.getTimeDate().getTextContent().strip().equals("${deadline.warning(execution)}"));
  }

  static boolean hasLabel(FlowElement element) {
    return element.getName() != null && !element.getName().isBlank();
  }

  static String label(FlowElement element) {
    return hasLabel(element) ? element.getName().strip().replaceAll("\\s+", " ") : "";
  }

  /** How a sentence calls an element: its kind and its label, or its id where it has none. */
  static String say(ModelElementInstance element) {
    if (element instanceof SequenceFlow flow) {
      return "Flow from " + quoted(flow.getSource()) + " to " + quoted(flow.getTarget());
    }
    if (element instanceof Process process) {
      return "Process \"" + process.getId() + "\"";
    }
    String kind = element instanceof SubProcess ? "Subprocess"
        : element instanceof CallActivity ? "Call"
        : element instanceof Activity ? "Task"
        : element instanceof Gateway ? "Gateway"
        : "Event";
    return kind + " " + quoted((FlowElement) element);
  }

  static String quoted(FlowElement element) {
    return hasLabel(element) ? "\"" + label(element) + "\"" : element.getId();
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }

  private static Document parse(Path file) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(file.toFile());
    } catch (ParserConfigurationException | SAXException wrong) {
      throw new IllegalStateException(file + " is no readable XML", wrong);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
