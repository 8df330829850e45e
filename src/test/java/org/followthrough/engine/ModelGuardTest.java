package org.followthrough.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where code hides in a model: the engine joins what a reader of single pieces never sees together. */
class ModelGuardTest {

  private static final String CODE = "''.getClass().forName('java.lang.Runtime').getRuntime()";

  /** One text for the engine, several for whoever looks at each piece alone. */
  private static final Map<String, String> WAYS = Map.of(
      "in plain sight", "${CODE}",
      "a comment", "$<!-- -->{CODE}",
      "comments within", "${<!-- a -->CODE<!-- b -->}",
      "CDATA for the sign", "<![CDATA[$]]>{CODE}",
      "CDATA for the rest", "#<![CDATA[{]]>CODE}",
      "a processing instruction", "$<?look away?>{CODE}",
      "an element", "$<camunda:nothing />{CODE}",
      "character references", "&#36;&#x7b;CODE}",
      "a good one before it", "${whichErrand} $<!-- -->{CODE}",
      "its end in pieces", "$<!-- -->{CODE<![CDATA[}]]>");

  /** Where the engine reads a text and evaluates it. */
  private static final Map<String, String> PLACES = Map.of(
      "input", service("<camunda:inputOutput><camunda:inputParameter name='a'>HERE</camunda:inputParameter></camunda:inputOutput>"),
      "list of an input", service("<camunda:inputOutput><camunda:inputParameter name='a'><camunda:list><camunda:value>HERE</camunda:value>"
          + "</camunda:list></camunda:inputParameter></camunda:inputOutput>"),
      "map of an output", service("<camunda:inputOutput><camunda:outputParameter name='a'><camunda:map><camunda:entry key='b'>"
          + "HERE</camunda:entry></camunda:map></camunda:outputParameter></camunda:inputOutput>"),
      "field of a delegate", service("<camunda:field name='a'><camunda:expression>HERE</camunda:expression></camunda:field>"),
      "condition", "<bpmn:sequenceFlow id='F' name='Do it' sourceRef='A' targetRef='A'>"
          + "<bpmn:conditionExpression>HERE</bpmn:conditionExpression></bpmn:sequenceFlow>",
      "timer", "<bpmn:boundaryEvent id='A' name='Do it'><bpmn:timerEventDefinition><bpmn:timeDate>HERE</bpmn:timeDate>"
          + "</bpmn:timerEventDefinition></bpmn:boundaryEvent>",
      "end of a loop", "<bpmn:userTask id='A' name='Do it'><bpmn:multiInstanceLoopCharacteristics>"
          + "<bpmn:completionCondition>HERE</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>");

  private static String service(String inside) {
    return "<bpmn:serviceTask id='A' name='Do it' camunda:delegateExpression='${beginProcess}'><bpmn:extensionElements>" + inside
        + "</bpmn:extensionElements></bpmn:serviceTask>";
  }

  private static String model(String piece) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn">
          <bpmn:process id="errand" name="Errand">%s</bpmn:process>
        </bpmn:definitions>""".formatted(piece);
  }

  private static final String TABLE = """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
          id="d" name="d" namespace="x">
        <decision id="errand-table" name="Errand table"><decisionTable id="t">
          <input id="i"><inputExpression id="e" typeRef="string"><text>a</text></inputExpression></input>
          <output id="o" name="o" typeRef="string" />
          <rule id="r"><inputEntry id="x"><text>"a"</text></inputEntry><outputEntry id="y"><text>"b"</text></outputEntry></rule>
        </decisionTable></decision>
      </definitions>""";

  private static void check(String file, String content) {
    ResourceEntity resource = new ResourceEntity();
    resource.setName(file);
    resource.setBytes(content.getBytes(StandardCharsets.UTF_8));
    new ModelGuard(new Expressions(bean -> bean.equals("beginProcess"), (call, arguments) -> call.equals("beginProcess.named")))
        .check(resource);
  }

  static Stream<Arguments> hidden() {
    return WAYS.entrySet().stream().flatMap(way -> {
      String text = way.getValue().replace("CODE", CODE);
      Map<String, String> models = new LinkedHashMap<>();
      PLACES.forEach((place, piece) -> models.put(place, model(piece.replace("HERE", text))));
      Stream.of("<text>a</text>", "<text>\"a\"</text>", "<text>\"b\"</text>")
          .forEach(cell -> models.put("table instead of " + cell, TABLE.replace(cell, "<text>" + text + "</text>")));
      return models.entrySet().stream().map(model -> Arguments.of(model.getKey() + " with " + way.getKey(),
          model.getKey().startsWith("table") ? "table.dmn" : "errand.bpmn", model.getValue()));
    });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hidden")
  void code_is_found_wherever_it_hides(String where, String file, String content) {
    assertThatThrownBy(() -> check(file, content)).hasMessageStartingWith("Not deployed. In " + file + " ")
        .hasMessageContaining("has the expression “").hasMessageContaining(file.equals("table.dmn") ? "" : "“Do it”");
  }

  @Test
  void an_attribute_is_read_with_its_references_resolved() {
    assertThatThrownBy(() -> check("errand.bpmn", model("<bpmn:userTask id='A' name='Look' camunda:assignee=\"&#36;{" + CODE + "}\" />")))
        .hasMessageContaining("“Look” has the expression");
  }

  @ParameterizedTest
  @MethodSource("entities")
  void a_file_that_declares_anything_is_refused(String declaration) {
    for (String text : new String[] {"a", "&d;{" + CODE + "}"}) {
      assertThatThrownBy(() -> check("errand.bpmn", model(PLACES.get("input").replace("HERE", text)).replace("?>\n", "?>\n" + declaration)))
          .hasMessageContaining("the file is no readable XML");
    }
  }

  static Stream<String> entities() {
    return Stream.of("<!DOCTYPE d [<!ENTITY d '$'>]>", "<!DOCTYPE d [<!ENTITY d SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE d SYSTEM 'http://127.0.0.1/d.dtd'>", "<!DOCTYPE d [<!ATTLIST bpmn:process camunda:class CDATA 'org.evil.Thing'>]>");
  }

  /** The engine reads the attributes and listeners of the vendor that it descends from like its own. */
  @Test
  void code_in_the_words_of_the_engines_ancestor_is_refused() {
    for (String piece : new String[] {"<bpmn:serviceTask id='A' name='Do it' activiti:class='org.evil.Thing' />",
        service("<activiti:executionListener event='start' class='org.evil.Thing' />"),
        "<bpmn:userTask id='A' name='Do it' activiti:formKey='embedded:app:evil.html' />"}) {
      assertThatThrownBy(() -> check("errand.bpmn", model(piece))).hasMessageContaining("“Do it” names code or a page outside the house");
    }
  }

  @Test
  void comments_and_mixed_text_that_say_nothing_are_no_fault() {
    assertThatCode(() -> check("errand.bpmn", model("<!-- ${not.read()} --><bpmn:textAnnotation id='T'><bpmn:text>costs <b>5</b>"
        + " <![CDATA[$]]> a <!-- day --> {here}</bpmn:text></bpmn:textAnnotation>"
        + service("<camunda:inputOutput><camunda:inputParameter name='a'>"
        + "${<!-- which -->beginProcess.named(execution)}</camunda:inputParameter></camunda:inputOutput>")))).doesNotThrowAnyException();
  }
}
