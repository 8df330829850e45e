package org.followthrough;

import static org.followthrough.Model.flowsOf;
import static org.followthrough.Model.hasLabel;
import static org.followthrough.Model.nodesOf;
import static org.followthrough.Model.quoted;
import static org.followthrough.Model.say;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.DiagramElement;
import org.camunda.bpm.model.xml.ModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * The rules about the picture: it reads like a line of text, nothing crosses, nothing is covered. Lengths are pixels of the
 * diagram.
 */
final class ModelGeometry {

  /** Modeler rounds to whole pixels; less than one is no difference to the eye. */
  private static final double NOTHING = 1;
  private static final Map<ModelInstance, Map<String, DiagramElement>> PICTURES = new ConcurrentHashMap<>();

  private ModelGeometry() {}

  static Stream<String> everythingIsDrawn(Model model) {
    return model.all(FlowElement.class).filter(element -> !isDrawn(element))
        .map(element -> say(element) + " is not in the picture: draw it in Modeler.");
  }

  static Stream<String> theHappyPathIsOneStraightLine(Model model) {
    return model.levels().flatMap(level -> happyPath(level).bend().stream())
        .map(node -> "The happy path bends behind " + quoted(node) + ": draw the next step straight on, alternatives below.");
  }

  static Stream<String> alternativesAreDrawnBelow(Model model) {
    return model.levels().flatMap(level -> {
      var path = happyPath(level);
      return path.nodes().isEmpty() ? Stream.empty() : drawn(nodesOf(level))
          .filter(node -> !path.nodes().contains(node) && line(node) < line(path.nodes().get(0)) - NOTHING);
    }).map(node -> say(node) + " stands above the happy path: draw it below.");
  }

  static Stream<String> escalationsHangStraightBelowTheirTask(Model model) {
    return model.all(BoundaryEvent.class).filter(Model::isTimer).filter(ModelGeometry::isDrawn)
        .flatMap(timer -> timer.getOutgoing().stream())
        .filter(flow -> flow.getTarget() instanceof CallActivity && isDrawn(flow) && isDrawn(flow.getTarget()))
        .filter(flow -> {
          var timer = bounds(flow.getSource());
          var call = bounds(flow.getTarget());
          return Math.abs(timer.getCenterX() - call.getCenterX()) >= NOTHING || call.getMinY() < timer.getMaxY()
              || segments(flow).size() != 1;
        })
        .map(flow -> say(flow.getTarget()) + " does not hang straight below its clock " + quoted(flow.getSource())
            + ": move it right under it.");
  }

  static Stream<String> nothingRunsBackButANamedLoop(Model model) {
    return drawn(model.all(SequenceFlow.class).toList()).filter(flow -> !hasLabel(flow))
        .filter(flow -> segments(flow).stream().anyMatch(segment -> segment.getX2() < segment.getX1() - NOTHING))
        .map(flow -> say(flow) + " runs back: draw it left to right, or name the loop.");
  }

  static Stream<String> noFlowIsDiagonal(Model model) {
    return drawn(model.all(SequenceFlow.class).toList())
        .filter(flow -> segments(flow).stream().anyMatch(segment ->
            Math.abs(segment.getX1() - segment.getX2()) >= NOTHING && Math.abs(segment.getY1() - segment.getY2()) >= NOTHING))
        .map(flow -> say(flow) + " is diagonal: draw it with right angles.");
  }

  static Stream<String> noFlowCrossesAnother(Model model) {
    var flows = drawn(model.all(SequenceFlow.class).toList()).toList();
    var flowOverFlow = IntStream.range(0, flows.size()).boxed().flatMap(i -> flows.stream().skip(i + 1L)
        .filter(other -> cross(flows.get(i), other))
        .map(other -> say(flows.get(i)) + " crosses the flow from " + quoted(other.getSource()) + " to "
            + quoted(other.getTarget()) + ": move one of them."));
    var flowOverNode = model.levels().flatMap(level -> drawn(flowsOf(level)).flatMap(flow -> drawn(nodesOf(level))
        .filter(node -> !node.equals(flow.getSource()) && !node.equals(flow.getTarget()) && runsThrough(flow, bounds(node)))
        .map(node -> say(flow) + " runs through " + quoted(node) + ": lead it around.")));
    return Stream.concat(flowOverFlow, flowOverNode);
  }

  static Stream<String> nothingCoversAnything(Model model) {
    return model.levels().<String>mapMulti((level, fault) -> {
      var nodes = drawn(nodesOf(level)).toList();
      var flows = drawn(flowsOf(level)).toList();
      var labelled = Stream.<FlowElement>concat(nodes.stream(), flows.stream())
          .filter(element -> labelBounds(element).isPresent()).toList();
      for (int i = 0; i < nodes.size(); i++) {
        var node = nodes.get(i);
        nodes.stream().skip(i + 1L)
            .filter(other -> !hangsOn(node, other) && !hangsOn(other, node) && bounds(node).intersects(bounds(other)))
            .forEach(other -> fault.accept(say(node) + " covers " + quoted(other) + ": move them apart."));
        if (level instanceof SubProcess subprocess && isDrawn(subprocess) && !bounds(subprocess).contains(bounds(node))) {
          fault.accept(say(node) + " sticks out of " + quoted(subprocess) + ": make the subprocess larger.");
        }
      }
      for (int i = 0; i < labelled.size(); i++) {
        var element = labelled.get(i);
        var text = labelBounds(element).orElseThrow();
        boolean covered = nodes.stream().anyMatch(node -> text.intersects(bounds(node)))
            || flows.stream().anyMatch(flow -> runsThrough(flow, text))
            || labelled.stream().skip(i + 1L).anyMatch(other -> text.intersects(labelBounds(other).orElseThrow()))
            || level instanceof SubProcess subprocess && isDrawn(subprocess) && !bounds(subprocess).contains(text);
        if (covered) {
          fault.accept("The label \"" + Model.label(element) + "\" is not in the clear: move it where nothing else is drawn.");
        }
      }
    });
  }

  // --------------------------------------------------------------------------------------------------- the picture

  /** The nodes met on the way straight on from the start, and the node behind which it does not go straight on. */
  private record HappyPath(List<FlowNode> nodes, Optional<FlowNode> bend) {}

  private static HappyPath happyPath(ModelElementInstance level) {
    var path = new ArrayList<FlowNode>();
    Optional<FlowNode> next = drawn(nodesOf(level)).filter(StartEvent.class::isInstance).findFirst();
    while (next.isPresent() && !path.contains(next.get())) {
      var here = next.get();
      path.add(here);
      var ahead = here.getOutgoing().stream().map(SequenceFlow::getTarget)
          .filter(target -> isDrawn(target) && bounds(target).getCenterX() >= bounds(here).getCenterX()).toList();
      next = ahead.stream().filter(target -> Math.abs(line(target) - line(here)) < NOTHING).findFirst();
      if (next.isEmpty() && !ahead.isEmpty()) {
        return new HappyPath(path, Optional.of(here));
      }
    }
    return new HappyPath(path, Optional.empty());
  }

  /** The height at which a reader follows an element: its middle, or the line of what happens inside it. */
  private static double line(FlowNode node) {
    if (node instanceof SubProcess subprocess) {
      var start = drawn(nodesOf(subprocess)).filter(StartEvent.class::isInstance).findFirst();
      if (start.isPresent()) {
        return line(start.get());
      }
    }
    return bounds(node).getCenterY();
  }

  private static boolean cross(SequenceFlow one, SequenceFlow other) {
    // flows from or to the same element may share a way there
    boolean related = one.getSource().equals(other.getSource()) || one.getTarget().equals(other.getTarget());
    return segments(one).stream().anyMatch(a -> segments(other).stream().anyMatch(b ->
        related ? crossInTheMiddle(a, b) : a.intersectsLine(b)));
  }

  private static boolean crossInTheMiddle(Line2D a, Line2D b) {
    return a.relativeCCW(b.getP1()) * a.relativeCCW(b.getP2()) < 0 && b.relativeCCW(a.getP1()) * b.relativeCCW(a.getP2()) < 0;
  }

  private static boolean runsThrough(SequenceFlow flow, Rectangle2D bounds) {
    var inside = new Rectangle2D.Double(bounds.getX() + NOTHING, bounds.getY() + NOTHING,
        bounds.getWidth() - 2 * NOTHING, bounds.getHeight() - 2 * NOTHING);
    return segments(flow).stream().anyMatch(inside::intersectsLine);
  }

  private static boolean hangsOn(FlowNode node, FlowNode other) {
    return node instanceof BoundaryEvent event && other.equals(event.getAttachedTo());
  }

  private static <T extends FlowElement> Stream<T> drawn(List<T> elements) {
    return elements.stream().filter(ModelGeometry::isDrawn);
  }

  private static boolean isDrawn(FlowElement element) {
    return element instanceof SequenceFlow ? picture(element) instanceof BpmnEdge
        : !(element instanceof FlowNode) || picture(element) instanceof BpmnShape;
  }

  /** What is drawn of an element, or null; the model API would look through the whole diagram each time. */
  private static DiagramElement picture(FlowElement element) {
    return PICTURES.computeIfAbsent(element.getModelInstance(), model -> {
      Map<String, DiagramElement> pictures = new HashMap<>();
      for (var kind : List.of(BpmnShape.class, BpmnEdge.class)) {
        model.getModelElementsByType(kind).forEach(drawn -> pictures.putIfAbsent(drawn.getAttributeValue("bpmnElement"), drawn));
      }
      return pictures;
    }).get(element.getId());
  }

  private static Rectangle2D bounds(FlowNode node) {
    return rectangle(((BpmnShape) picture(node)).getBounds());
  }

  private static Optional<Rectangle2D> labelBounds(FlowElement element) {
    BpmnLabel label = picture(element) instanceof BpmnEdge edge ? edge.getBpmnLabel() : ((BpmnShape) picture(element)).getBpmnLabel();
    return Optional.ofNullable(label).filter(drawn -> hasLabel(element) && drawn.getBounds() != null)
        .map(drawn -> rectangle(drawn.getBounds()));
  }

  private static Rectangle2D rectangle(Bounds bounds) {
    return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
  }

  private static List<Line2D> segments(SequenceFlow flow) {
    var points = List.copyOf(((BpmnEdge) picture(flow)).getWaypoints());
    return IntStream.range(1, points.size()).<Line2D>mapToObj(i -> new Line2D.Double(
        points.get(i - 1).getX(), points.get(i - 1).getY(), points.get(i).getX(), points.get(i).getY())).toList();
  }
}
