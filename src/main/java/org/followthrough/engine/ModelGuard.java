package org.followthrough.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.SAXException;

/**
 * What a deployment may not contain. Whoever may deploy could otherwise run code: scripts, classes and expressions reach
 * the whole application. Designers deploy from Modeler inside these walls, and each refusal tells them what to do.
 */
class ModelGuard implements Deployer {

  private static final Set<String> SCRIPTS = Set.of("scriptTask", "script", "connector");
  private static final Set<String> FIELDS = Set.of("formData", "formProperty");
  private static final Set<String> CODE = Set.of("class", "formHandlerClass", "variableMappingClass", "formKey", "resource",
      "type", "topic");
  /** Where those are plain words: in the notations themselves, and in the types of XML. */
  private static final Pattern NOTATION = Pattern.compile("https?://www\\.(omg|w3)\\.org/.*");
  private static final Set<String> FEEL = Set.of("feel", "http://www.omg.org/spec/feel/20140401",
      "https://www.omg.org/spec/dmn/20191111/feel/");
  private static final Set<String> NOT_IN_FORMS = Set.of("dynamiclist", "filepicker", "html", "iframe", "button");
  private static final Pattern EXPRESSION = Pattern.compile("[#$]\\{([^}]*)}");
  /** One variable, its negation or comparison with a word; or one call of a bean. */
  private static final Pattern VARIABLE = Pattern.compile("!? *[a-zA-Z]\\w*( *(==|!=) *'[a-z0-9-]*')?");
  private static final Pattern CALL = Pattern.compile("([a-zA-Z]\\w*)\\.[a-zA-Z]\\w*\\( *(ARGUMENT( *, *ARGUMENT)*)? *\\)"
      .replace("ARGUMENT", "([a-zA-Z]\\w*|'[\\w. -]*')"));
  private static final Pattern BEAN = Pattern.compile("[#$]\\{ *(\\w+) *}");

  private final Predicate<String> bean;
  private final ObjectMapper json = new ObjectMapper();

  ModelGuard(Predicate<String> bean) {
    this.bean = bean;
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    if (deployment.isNew()) {
      deployment.getResources().values().forEach(this::check);
    }
  }

  void check(ResourceEntity resource) {
    String file = resource.getName();
    if (file.endsWith(".bpmn") || file.endsWith(".dmn")) {
      walk(file, parse(file, resource.getBytes()).getDocumentElement(), "the model");
    } else if (file.endsWith(".form")) {
      form(file, read(file, resource.getBytes()));
    } else {
      throw refused(file, "only .bpmn, .dmn and .form files can be deployed");
    }
  }

  private void walk(String file, Element element, String inside) {
    String name = element.getLocalName();
    String here = element.hasAttribute("name") && element.hasAttribute("id") ? "“" + element.getAttribute("name") + "”"
        : element.hasAttribute("id") ? element.getAttribute("id") : inside;
    if (SCRIPTS.contains(name)) {
      throw refused(file, here + " contains a script or connector; use a service task with one of the delegates instead");
    }
    if (FIELDS.contains(name)) {
      throw refused(file, here + " draws its form in the model; draw a Camunda Form and name it in camunda:formRef instead");
    }
    if ("timeCycle".equals(name)) {
      throw refused(file, here + " repeats by timeCycle; draw a loop of single timers with ${deadline.due(execution)} instead");
    }
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      if ("language".equals(attribute.getLocalName())) {
        throw refused(file, here + " contains a script; write its condition as ${variable} instead");
      }
      if ("expressionLanguage".equals(attribute.getLocalName()) && !FEEL.contains(attribute.getNodeValue().toLowerCase(Locale.ROOT))) {
        throw refused(file, here + " is written in another expression language; decision tables speak FEEL only");
      }
      // listeners carry theirs without a prefix; the engine also reads those of the vendor that it descends from
      String owner = String.valueOf(attribute.getNamespaceURI() == null ? element.getNamespaceURI() : attribute.getNamespaceURI());
      if (CODE.contains(attribute.getLocalName()) && !NOTATION.matcher(owner).matches()) {
        throw refused(file, here + " names code or a page outside the house (camunda:" + attribute.getLocalName()
            + "); use camunda:delegateExpression with one of the delegates, and camunda:formRef for forms");
      }
      Matcher delegate = BEAN.matcher(FormerNames.translated(attribute.getNodeValue()));
      if (attribute.getLocalName().toLowerCase(Locale.ROOT).endsWith("delegateexpression") && delegate.matches()
          && !bean.test(delegate.group(1))) {
        throw refused(file, here + " calls “" + delegate.group(1) + "”, which is no bean that models may use");
      }
      expressions(file, here, attribute.getNodeValue());
    }
    StringBuilder text = new StringBuilder();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        walk(file, inner, here);
      } else if (child instanceof Text piece) {
        text.append(piece.getData());
      }
    }
    // the engine joins the pieces of a text, whatever stands between them
    expressions(file, here, text.toString());
  }

  private void expressions(String file, String here, String text) {
    String why = refusal(FormerNames.translated(text), bean);
    if (why != null) {
      throw refused(file, here + " " + why);
    }
  }

  /** What is wrong with the expressions in a text, or null when models may evaluate them. */
  static String refusal(String text, Predicate<String> bean) {
    Matcher found = EXPRESSION.matcher(text);
    while (found.find()) {
      String expression = found.group(1).strip();
      Matcher call = CALL.matcher(expression);
      if (call.matches() && !bean.test(call.group(1))) {
        return "calls “" + call.group(1) + "”, which is no bean that models may use";
      }
      if (!call.matches() && !VARIABLE.matcher(expression).matches() && !"execution.processBusinessKey".equals(expression)) {
        return "has the expression “" + expression + "”; allowed are one variable, compared with a word at most, or one call of a bean";
      }
    }
    return EXPRESSION.matcher(text).replaceAll("").matches("(?s).*[#$]\\{.*") ? "has an expression that is not closed" : null;
  }

  private void form(String file, JsonNode component) {
    if (NOT_IN_FORMS.contains(component.path("type").asText())) {
      throw refused(file, "the form contains a “" + component.path("type").asText()
          + "”, which loses data or runs code in Tasklist; ask for repeated things one page at a time");
    }
    component.path("components").forEach(inner -> form(file, inner));
  }

  private JsonNode read(String file, byte[] drawing) {
    try {
      return json.readTree(drawing);
    } catch (IOException e) {
      throw refused(file, "this is no Camunda Form");
    }
  }

  static Document parse(String file, byte[] model) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(model));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw refused(file, "the file is no readable XML");
    }
  }

  private static ProcessEngineException refused(String file, String why) {
    return new ProcessEngineException("Not deployed. In " + file + " " + why + ".");
  }
}
