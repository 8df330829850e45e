package org.followthrough.upgrade;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.followthrough.FollowThrough;
import org.followthrough.deadline.DeadlineTable;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.ForModels;
import org.followthrough.page.Option;
import org.followthrough.page.Step;
import org.followthrough.people.Agencies;
import org.springframework.asm.ClassReader;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Whatever a deployed model or form spells is published: processes go on by it long after a release that would rather call it otherwise.
 * Holds the files of a deployment against the running application: its beans, its newest models and limits, its steps, the texts in its
 * code.
 */
final class SpelledNames {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final Pattern EXPRESSION = Pattern.compile("[#$]\\{([^}]*)}");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\.(\\w+)\\((.*)\\)");
  private static final Pattern VARIABLE = Pattern.compile("!? *(\\w+)(?: *[=!]= *'([^']*)')?");
  /** How a message may end for whoever sends all that end so. */
  private static final Pattern ENDING = Pattern.compile("[A-Z][a-z]{5,}");
  private static final String ENGINES_OWN = "execution.processBusinessKey";
  private static final String STAYS = "; keep the old name as an alias for as long as an instance may use it";
  private static final Pattern AGENCIES_OF_THEN = Pattern.compile("“(\\w+)” must take its choices from “("
      + String.join("|", Agencies.OFFERED, Agencies.OTHERS, Agencies.AND_FAMILY) + ")”");
  private static final Pattern NOT_ASKED_THEN = Pattern.compile("“(police|health|school)From” is missing");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RepositoryService repository;
  private final ExpressionManager expressions;
  private final Map<Object, Object> beans;
  private final FormIntake intake;
  private final Set<String> steps;
  private final Set<String> agencies;
  private final Set<String> inCode = constants();
  /** The words of all texts in the code, of SQL too. */
  private final Set<String> words = inCode.stream().flatMap(text -> Arrays.stream(text.split("[^\\w-]+"))).collect(toSet());
  private final Set<String> processes;
  private final Set<String> labels;
  private final Set<String> obligations;
  /** Everything that was ever deployed: by deployment, the oldest first, and by file. */
  final Map<String, Map<String, byte[]>> deployments = new TreeMap<>();
  /** Messages with which a process begins now. */
  private final Set<String> beginning;
  /** What models may call, and what those read so far do call. */
  final Set<String> callable;
  final Set<String> called = new TreeSet<>();
  private final Set<String> thrown = new HashSet<>();
  private final Set<String> caught = new HashSet<>();

  SpelledNames(Installed house) {
    ProcessEngine engine = house.get(ProcessEngine.class);
    SpringProcessEngineConfiguration configuration = (SpringProcessEngineConfiguration) engine.getProcessEngineConfiguration();
    repository = engine.getRepositoryService();
    expressions = configuration.getExpressionManager();
    beans = configuration.getBeans();
    intake = house.get(FormIntake.class);
    callable = house.namesOf(Object.class).stream().filter(beans::containsKey)
        .flatMap(bean -> Arrays.stream(beans.get(bean).getClass().getMethods())
            .filter(method -> AnnotatedElementUtils.hasAnnotation(method, ForModels.class)).map(method -> bean + "." + method.getName()))
        .collect(toSet());
    steps = house.namesOf(Step.class);
    agencies = house.get(Agencies.class).withFamily().stream().map(Option::value).collect(toSet());
    var newest = repository.createProcessDefinitionQuery().latestVersion().list();
    processes = newest.stream().map(process -> process.getKey()).collect(toSet());
    labels = newest.stream().flatMap(process -> elements(parse(content(process.getDeploymentId(), process.getResourceName()))))
        .map(element -> element.getAttribute("name")).collect(toSet());
    beginning = engine.getRuntimeService().createEventSubscriptionQuery().eventType("message").unlimitedList().stream()
        .filter(waiting -> waiting.getExecutionId() == null).map(waiting -> waiting.getEventName()).collect(toSet());
    String deadlines = repository.createDecisionDefinitionQuery().decisionDefinitionKey("deadlines").latestVersion().singleResult().getId();
    obligations = DeadlineTable.read(repository.getDecisionModel(deadlines)).rows().stream()
        .map(row -> row.process() + " " + row.obligation()).collect(toSet());
    repository.createDeploymentQuery().list().forEach(deployment -> {
      Map<String, byte[]> files = new TreeMap<>();
      repository.getDeploymentResourceNames(deployment.getId()).forEach(file -> files.put(file, content(deployment.getId(), file)));
      deployments.put(deployment.getDeploymentTime().toInstant() + " " + deployment.getId(), files);
      files.forEach((file, content) -> {
        if (file.endsWith(".bpmn")) {
          Document model = parse(content);
          events(model, true).forEach(event -> thrown.add(messageOf(model, event)));
          events(model, false).forEach(event -> caught.add(messageOf(model, event)));
        }
      });
    });
  }

  private byte[] content(String deployment, String file) {
    try (var content = repository.getResourceAsStream(deployment, file)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether an answer of a form of before means what it meant: of an agency that stood in the form, where forms now offer those of
   * the authority; and where nobody was asked from which organisation of theirs somebody came.
   */
  private boolean meansTheSame(JsonNode form, String lack) {
    Matcher list = AGENCIES_OF_THEN.matcher(lack);
    if (list.find()) {
      return form.findParents("key").stream().filter(field -> field.path("key").asText().equals(list.group(1)))
          .flatMap(field -> field.path("values").findValuesAsText("value").stream()).allMatch(agencies::contains);
    }
    return NOT_ASKED_THEN.matcher(lack).find();
  }

  /** What the files of a deployment spell and nothing answers to any more, in sentences that say what to do. */
  Set<String> lost(Map<String, byte[]> deployment) {
    Map<String, byte[]> forms = new HashMap<>();
    Set<String> answers = new HashSet<>();
    deployment.forEach((file, content) -> {
      if (file.endsWith(".form")) {
        JsonNode form = json(content);
        forms.put(form.path("id").asText(), content);
        form.findValues("values").forEach(values -> values.forEach(choice -> answers.add(choice.path("value").asText())));
      }
    });
    Set<String> lost = new LinkedHashSet<>();
    deployment.forEach((file, content) -> {
      if (file.endsWith(".bpmn")) {
        new Reading(file, parse(content), forms, answers, lost).read();
      } else if (file.endsWith("deadlines.dmn")) {
        try {
          DeadlineTable.read(new ByteArrayInputStream(content));
        } catch (IllegalArgumentException e) {
          lost.add(file + " cannot be read any more, and clocks run by it: " + e.getMessage());
        }
      }
    });
    return lost;
  }

  /** One model, held against all that. */
  private class Reading {

    private final String file;
    private final Document model;
    private final Map<String, byte[]> forms;
    private final Set<String> answers;
    private final Set<String> lost;
    /** Variables that the model fills itself. */
    private final Set<String> own = new HashSet<>();

    Reading(String file, Document model, Map<String, byte[]> forms, Set<String> answers, Set<String> lost) {
      this.file = file;
      this.model = model;
      this.forms = forms;
      this.answers = answers;
      this.lost = lost;
    }

    void read() {
      elements(model).forEach(element -> {
        for (String attribute : List.of("target", "elementVariable", "resultVariable")) {
          own.add(element.hasAttribute(attribute) ? element.getAttribute(attribute) : element.getAttributeNS(CAMUNDA, attribute));
        }
        if (List.of("inputParameter", "outputParameter").contains(element.getLocalName())) {
          own.add(element.getAttribute("name"));
        }
      });
      elements(model).forEach(this::element);
      events(model, true).forEach(this::sends);
      events(model, false).forEach(this::waits);
    }

    private void element(Element element) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        Node attribute = element.getAttributes().item(i);
        expressions(element, attribute.getNodeValue(), attribute.getLocalName().toLowerCase(Locale.ROOT).endsWith("delegateexpression"));
      }
      children(element, Node.class).filter(child -> !(child instanceof Element))
          .forEach(text -> expressions(element, text.getNodeValue(), false));
      String called = element.getAttribute("calledElement");
      if (!called.isEmpty() && !processes.contains(called)) {
        say(element, "calls the process “%s”, and there is none; keep it", called);
      }
      String decision = element.getAttributeNS(CAMUNDA, "decisionRef");
      if (!decision.isEmpty() && repository.createDecisionDefinitionQuery().decisionDefinitionKey(decision).count() == 0) {
        say(element, "asks the table “%s”, and there is none; keep it", decision);
      }
      String form = element.getAttributeNS(CAMUNDA, "formRef");
      if (!form.isEmpty()) {
        opens(element, form);
      }
      hosts(element).filter(host -> !obligations.contains(process(element) + " " + host)).forEach(host ->
          say(element, "begins the clock of “%s %s”, which has no row in the newest deadlines; keep the row", process(element), host));
    }

    /** A page that was opened before is handed in to the step of today. */
    private void opens(Element task, String form) {
      String label = task.getAttribute("name");
      if (!forms.containsKey(form)) {
        say(task, "has the form “%s”, which was not deployed with it; deploy it with its process", form);
        return;
      }
      if (!steps.contains(FormIntake.bean(label)) && !labels.contains(label)) {
        say(task, "is a task that no model has any more and no code takes; keep its step");
      }
      try {
        JsonNode drawn = json(forms.get(form));
        intake.lacks(label, new ByteArrayInputStream(forms.get(form))).stream().filter(lack -> !meansTheSame(drawn, lack)).forEach(lack ->
            say(task, "opens the form “%s” as it was deployed then: %s; let its step read the old form, too", form, lack));
      } catch (IOException e) {
        say(task, "has the form “%s”, which is none", form);
      }
    }

    private void expressions(Element element, String text, boolean delegate) {
      Matcher found = EXPRESSION.matcher(text);
      while (found.find()) {
        // by the names of today, as the engine reads it
        String today = expressions.createExpression(found.group()).getExpressionText();
        String expression = today.substring(2, today.length() - 1).strip();
        Matcher call = CALL.matcher(expression);
        Matcher variable = VARIABLE.matcher(expression);
        if (call.matches()) {
          calls(element, call.group(1), call.group(2), call.group(3).isBlank() ? 0 : call.group(3).split(",").length);
        } else if (delegate) {
          if (!(beans.get(expression) instanceof JavaDelegate)) {
            say(element, "calls the bean “%s”, and models find none" + STAYS, expression);
          }
        } else if (variable.matches()) {
          asks(element, variable.group(1), variable.group(2));
        } else if (!ENGINES_OWN.equals(expression)) {
          say(element, "has the expression “%s”, which nobody here can read", expression);
        }
      }
    }

    private void calls(Element element, String bean, String method, int arguments) {
      called.add(bean + "." + method);
      if (!beans.containsKey(bean)) {
        say(element, "asks the bean “%s”, and models find none" + STAYS, bean);
      } else if (Arrays.stream(beans.get(bean).getClass().getMethods())
          .noneMatch(one -> one.getName().equals(method) && one.getParameterCount() == arguments
              && AnnotatedElementUtils.hasAnnotation(one, ForModels.class))) {
        say(element, "asks “%s.%s” with %d arguments, and the bean has no such method for models" + STAYS, bean, method, arguments);
      }
    }

    private void asks(Element element, String variable, String word) {
      if (!inCode.contains(variable) && !own.contains(variable)) {
        say(element, "reads the variable “%s”, which nobody sets; go on setting it", variable);
      }
      if (word != null && !words.contains(word) && !answers.contains(word)) {
        say(element, "expects the answer “%s”, which nobody gives; go on giving it", word);
      }
    }

    private void sends(Element event) {
      String message = messageOf(model, event);
      boolean begins = definition(event).getAttributeNS(CAMUNDA, "delegateExpression").contains("handOn");
      if (begins ? !beginning.contains(message) : !caught.contains(message) && !beginning.contains(message)) {
        say(event, "sends “%s”, %s; keep the event that waits for it", message, begins ? "with which no process begins"
            : "for which nobody waits");
      }
    }

    private void waits(Element event) {
      String message = messageOf(model, event);
      boolean starts = event.getLocalName().equals("startEvent") && event.getParentNode().getLocalName().equals("process");
      if (!starts && !thrown.contains(message) && inCode.stream().noneMatch(text -> text.equals(message)
          || ENDING.matcher(text).matches() && message.endsWith(text))) {
        say(event, "waits for “%s”, which nobody sends; go on sending it", message);
      }
    }

    private void say(Element element, String what, Object... names) {
      Element named = element;
      while (!named.hasAttribute("id") || !named.hasAttribute("name")) {
        named = (Element) named.getParentNode();
      }
      lost.add("In " + file + " “" + named.getAttribute("name") + "” " + what.formatted(names) + ".");
    }
  }

  /** The obligations of a scope: what carries a timer, where the scope calls the escalation. */
  private static Stream<String> hosts(Element scope) {
    List<Element> inside = children(scope, Element.class).toList();
    boolean escalates = scope.getLocalName().equals("subProcess") && inside.stream()
        .anyMatch(one -> one.getAttribute("calledElement").equals("escalation"));
    return inside.stream().filter(one -> escalates && one.getLocalName().equals("boundaryEvent")
            && children(one, Element.class).anyMatch(definition -> definition.getLocalName().equals("timerEventDefinition")))
        .map(one -> one.getAttribute("attachedToRef").replaceFirst("^Activity_", "")).limit(1);
  }

  private static String process(Element element) {
    Node process = element;
    while (!process.getLocalName().equals("process")) {
      process = process.getParentNode();
    }
    return ((Element) process).getAttribute("id");
  }

  /** The message events of a model: those that throw, or those that catch. */
  private static List<Element> events(Document model, boolean throwing) {
    return elements(model).filter(element -> element.getLocalName().endsWith("Event") && definition(element) != null)
        .filter(element -> throwing == List.of("endEvent", "intermediateThrowEvent").contains(element.getLocalName())).toList();
  }

  private static Element definition(Element event) {
    return children(event, Element.class).filter(child -> child.getLocalName().equals("messageEventDefinition")).findFirst().orElse(null);
  }

  private static String messageOf(Document model, Element event) {
    String id = definition(event).getAttribute("messageRef");
    return elements(model).filter(element -> element.getLocalName().equals("message") && element.getAttribute("id").equals(id))
        .findFirst().orElseThrow().getAttribute("name");
  }

  private static Stream<Element> elements(Document model) {
    NodeList all = model.getElementsByTagNameNS("*", "*");
    return IntStream.range(0, all.getLength()).mapToObj(n -> (Element) all.item(n));
  }

  private static <T extends Node> Stream<T> children(Element parent, Class<T> type) {
    NodeList all = parent.getChildNodes();
    return IntStream.range(0, all.getLength()).mapToObj(all::item).filter(type::isInstance).map(type::cast);
  }

  private static Document parse(byte[] model) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(model));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode json(byte[] form) {
    try {
      return JSON.readTree(form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts in the application's code. */
  private static Set<String> constants() {
    Set<String> texts = new HashSet<>();
    try (Stream<Path> classes = Files.walk(Path.of(FollowThrough.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .resolve("org/followthrough"))) {
      for (Path file : classes.filter(one -> one.toString().endsWith(".class")).toList()) {
        ClassReader code = new ClassReader(Files.readAllBytes(file));
        char[] buffer = new char[code.getMaxStringLength()];
        for (int i = 1; i < code.getItemCount(); i++) {
          int item = code.getItem(i);
          // a text, as the format of class files numbers them
          if (item > 0 && code.readByte(item - 1) == 8) {
            texts.add(code.readUTF8(item, buffer));
          }
        }
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
