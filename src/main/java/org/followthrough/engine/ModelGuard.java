package org.followthrough.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.engine.BadUserRequestException;
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

  private final Expressions allowed;
  private final ObjectMapper json = new ObjectMapper();

  ModelGuard(Expressions allowed) {
    this.allowed = allowed;
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
      if (attribute.getLocalName().toLowerCase(Locale.ROOT).endsWith("delegateexpression")) {
        expression(file, here, allowed.refusalOfDelegate(FormerNames.translated(attribute.getNodeValue())));
      }
      expression(file, here, allowed.refusal(FormerNames.translated(attribute.getNodeValue())));
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
    expression(file, here, allowed.refusal(FormerNames.translated(text.toString())));
  }

  private static void expression(String file, String here, String refusal) {
    if (refusal != null) {
      throw refused(file, here + " " + refusal);
    }
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

  private static BadUserRequestException refused(String file, String why) {
    return new BadUserRequestException("Not deployed. In " + file + " " + why + ".");
  }
}
