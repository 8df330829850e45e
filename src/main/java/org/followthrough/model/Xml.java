package org.followthrough.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A model's XML as what is said in it, whatever its prefixes, white space and order of attributes. */
final class Xml {

  /** What means the same as if it were not there. */
  private static final Map<String, String> USUAL = Map.ofEntries(Map.entry("cancelActivity", "true"), Map.entry("isInterrupting", "true"),
      Map.entry("isSequential", "false"), Map.entry("triggeredByEvent", "false"), Map.entry("camunda:asyncBefore", "false"),
      Map.entry("camunda:asyncAfter", "false"), Map.entry("camunda:exclusive", "true"), Map.entry("hitPolicy", "UNIQUE"),
      // the engine knows no other expressions
      Map.entry("xsi:type", "tFormalExpression"));
  /** Which program saved the file. */
  private static final Set<String> SAVED_BY = Set.of("exporter", "exporterVersion");
  /** Children that are one line each, told apart by the first of these attributes. */
  private static final Map<String, List<String>> LINES = Map.of("camunda:in", List.of("target", "businessKey", "variables"),
      "camunda:out", List.of("target", "variables"), "camunda:property", List.of("name", "id"), "camunda:inputParameter", List.of("name"),
      "camunda:outputParameter", List.of("name"), "camunda:executionListener", List.of("event"),
      "camunda:taskListener", List.of("event"));

  /** What holds only others of which each is said. */
  private static final Set<String> HOLDERS = Set.of("extensionElements", "camunda:properties", "camunda:inputOutput");
  private static final Map<String, String> PREFIXES = Map.of("http://www.omg.org/spec/BPMN/20100524/MODEL", "",
      "https://www.omg.org/spec/DMN/20191111/MODEL/", "", "http://camunda.org/schema/1.0/bpmn", "camunda:",
      "http://camunda.org/schema/1.0/dmn", "camunda:", "http://camunda.org/schema/modeler/1.0", "modeler:",
      XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "xsi:");
  private static final Pattern DRAWING =
      Pattern.compile("https?://(www\\.omg\\.org/spec/(BPMN/.*/DI|DD/.*|DMN/.*/(DMNDI|DI|DC)/?)|bpmn\\.io/schema/dmn/biodi/.*)");

  private Xml() {}

  /** @throws IllegalArgumentException when it is no XML */
  static Document read(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      // what is wrong is said by the exception, and not on the console
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new ByteArrayInputStream(xml));
    } catch (ParserConfigurationException | SAXException | IOException unreadable) {
      throw new IllegalArgumentException("this is no model that can be read: " + unreadable.getMessage(), unreadable);
    }
  }

  static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        children.add(inner);
      }
    }
    return children;
  }

  static List<Element> children(Element element, String name) {
    return children(element).stream().filter(child -> name.equals(child.getLocalName())).toList();
  }

  /** The text that stands in the element itself. */
  static String text(Element element) {
    StringBuilder text = new StringBuilder();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Text piece) {
        text.append(piece.getData());
      }
    }
    return text.toString().strip();
  }

  /** Where boxes and columns stand: the interchange of diagrams, and what Modeler keeps of its own about them. */
  static boolean drawing(Node node) {
    return node.getNamespaceURI() != null && DRAWING.matcher(node.getNamespaceURI()).matches();
  }

  /**
   * Everything that is said of an element, by where it stands in it; what has a place of its own is left out.
   *
   * @param apart children that are compared by themselves, or not at all
   */
  static Map<String, String> facts(Element element, Predicate<Element> apart) {
    Map<String, String> facts = new LinkedHashMap<>();
    collect(element, "", facts, apart);
    return facts;
  }

  private static void collect(Element element, String path, Map<String, String> facts, Predicate<Element> apart) {
    attributes(element).forEach((name, value) -> Facts.add(facts, path + "@" + name, value));
    String text = text(element);
    if (!text.isEmpty()) {
      Facts.add(facts, path.isEmpty() ? "text" : path.substring(0, path.length() - 1), text);
    }
    for (Element child : children(element)) {
      if (drawing(child) || apart.test(child)) {
        continue;
      }
      String name = name(child);
      if (LINES.containsKey(name)) {
        line(child, path, facts);
        continue;
      }
      // that it is there must be said by itself where nothing else of it would be, and of events always
      if (name.endsWith("EventDefinition") || !HOLDERS.contains(name) && attributes(child).isEmpty() && text(child).isEmpty()
          && children(child).isEmpty()) {
        Facts.add(facts, path + name, "");
      }
      collect(child, path + name + named(child) + "/", facts, apart);
    }
  }

  private static String named(Element child) {
    long nth = children((Element) child.getParentNode(), child.getLocalName()).stream().takeWhile(one -> one != child).count() + 1;
    return nth == 1 ? "" : " " + nth;
  }

  private static void line(Element line, String path, Map<String, String> facts) {
    Map<String, String> said = new TreeMap<>(attributes(line));
    String key = LINES.get(name(line)).stream().filter(said::containsKey).findFirst().orElse("");
    boolean itself = !key.equals("businessKey") && !key.equals("variables");
    String of = itself ? said.getOrDefault(key, "") : key;
    if (itself) {
      said.remove(key);
    }
    Map<String, String> within = facts(line, none -> false);
    within.keySet().removeIf(one -> one.startsWith("@"));
    said.putAll(within);
    Facts.add(facts, path + name(line) + "[" + of + "]", said.size() == 1
        && said.keySet().iterator().next().matches("source|value|text|businessKey|variables") ? said.values().iterator().next()
        : said.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).collect(Collectors.joining(", ")));
  }

  /** The name of an element or attribute: its own prefix says nothing, whose word it is does. */
  static String name(Node node) {
    String of = node.getNamespaceURI();
    return of == null ? node.getLocalName() : PREFIXES.getOrDefault(of, "{" + of + "}") + node.getLocalName();
  }

  /** Attributes that say something. */
  static Map<String, String> attributes(Element element) {
    Map<String, String> said = new TreeMap<>();
    for (Node attribute : written(element)) {
      String name = name(attribute);
      String value = attribute.getNodeValue().strip();
      if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI()) || drawing(attribute)
          || SAVED_BY.contains(name)) {
        continue;
      }
      String unprefixed = name.equals("xsi:type") ? value.replaceAll("^.*:", "") : value;
      if (!unprefixed.equals(USUAL.get(name))) {
        Facts.add(said, name, unprefixed);
      }
    }
    return said;
  }

  /** All of them in one order, whatever their prefixes. */
  private static List<Node> written(Element element) {
    List<Node> written = new ArrayList<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      written.add(element.getAttributes().item(i));
    }
    written.sort(Comparator.comparing(one -> one.getNamespaceURI() + " " + one.getLocalName()));
    return written;
  }

  /** Whether what both versions have is drawn elsewhere or otherwise, whatever the ids of the drawing itself. */
  static boolean arrangedAnew(Document before, Document after, Set<String> idsBefore, Set<String> idsAfter) {
    return Facts.differing(drawn(before), drawn(after)).stream().map(Facts.Fact::path)
        .anyMatch(id -> idsBefore.contains(id) == idsAfter.contains(id));
  }

  /** How each element is drawn, by its id; nothing for no model. */
  private static Map<String, String> drawn(Document model) {
    Map<String, String> drawn = new TreeMap<>();
    if (model != null) {
      drawn(model.getDocumentElement(), "", drawn);
    }
    return drawn;
  }

  private static void drawn(Element element, String of, Map<String, String> drawn) {
    String about = of;
    StringBuilder said = new StringBuilder(element.getLocalName());
    for (Node attribute : written(element)) {
      if (attribute.getLocalName().matches("bpmnElement|dmnElementRef")) {
        about = attribute.getNodeValue();
      } else if (drawing(attribute) || drawing(element) && !attribute.getLocalName().equals("id")
          && !XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
        said.append(' ').append(attribute.getLocalName()).append('=').append(attribute.getNodeValue());
        about = drawing(element) ? about : element.getAttribute("id");
      }
    }
    if (drawing(element) || said.indexOf("=") >= 0) {
      drawn.merge(about, said.toString(), String::concat);
    }
    for (Element child : children(element)) {
      drawn(child, about, drawn);
    }
  }
}
