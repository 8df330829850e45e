package org.followthrough.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.dmn.DecisionsEvaluationBuilder;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.ElProviderCompatible;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.repository.Deployment;
import org.followthrough.InTheHouse;
import org.followthrough.release.InForceForTests;
import org.followthrough.release.Releases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A model runs no code, however it is spelled, wherever it stands, and whoever deployed it: the canary never sings. */
@InTheHouse
class EscapesTest {

  private static final String CANARY = "''.getClass().forName('org.followthrough.engine.Canary').newInstance()";

  /** Code, in expressions as the engine has them once the model is read. */
  private static final List<String> EXPRESSIONS = List.of(
      "${CANARY}", "#{CANARY}", "${ CANARY }", "${\nCANARY\n}", "text before ${CANARY}", "${CANARY} and after", "${whichErrand}${CANARY}",
      "${whichErrand ? CANARY : 'no'}", "${empty CANARY}", "${!CANARY}", "${not CANARY}", "${CANARY == 'a'}",
      "${whichErrand == CANARY}", "${'a' == whichErrand}", "${(CANARY)}", "${1 + CANARY}", "${whichErrand && CANARY}",
      "${team.onDuty(CANARY)}", "${team.role(execution, CANARY)}", "${team.onDuty(team.onDuty(execution))}", "${CANARY.toString()}",
      "${team.onDuty(execution).getClass().forName('org.followthrough.engine.Canary').newInstance()}",
      // what a permitted bean has besides what models call
      "${team.getClass().forName('org.followthrough.engine.Canary').newInstance()}", "${team.getClass()}", "${team.class}",
      "${deadline.hashCode()}", "${deadline.wait()}", "${meetingRoles.chair(planRef, caseRef, contactRef)}", "${team.onDuty()}",
      "${beginProcess.execute(execution)}",
      // in brackets
      "${team['getClass']()}", "${team['onDuty'](execution)}", "${team[CANARY]}", "${''['class']}", "${execution['processEngine']}",
      // the engine itself
      "${execution.processEngineServices}", "${execution.getProcessEngineServices().getRuntimeService()}",
      "${execution.processEngine.managementService}", "${execution.setVariable('a', 'b')}", "${execution.processBusinessKey.class}",
      "${runtimeService.deleteProcessInstance('x', 'y')}", "${dataSource.connection}", "${currentUser().bytes}", "${currentUser()}",
      "${dateTime().getClass()}");

  /** Where a model says something that the engine evaluates, or might. */
  private static final Map<String, String> PLACES = Map.ofEntries(
      Map.entry("name", "<bpmn:userTask id='A' name=\"CODE\" />"),
      Map.entry("documentation", "<bpmn:userTask id='A' name='Do it'><bpmn:documentation>CODE</bpmn:documentation></bpmn:userTask>"),
      Map.entry("assignee", "<bpmn:userTask id='A' name='Do it' camunda:assignee=\"CODE\" />"),
      Map.entry("candidate users", "<bpmn:userTask id='A' name='Do it' camunda:candidateUsers=\"CODE\" />"),
      Map.entry("candidate groups", "<bpmn:userTask id='A' name='Do it' camunda:candidateGroups=\"CODE\" />"),
      Map.entry("potential owner", "<bpmn:userTask id='A' name='Do it'><bpmn:potentialOwner id='P'><bpmn:resourceAssignmentExpression>"
          + "<bpmn:formalExpression>CODE</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>"
          + "</bpmn:userTask>"),
      Map.entry("due date", "<bpmn:userTask id='A' name='Do it' camunda:dueDate=\"CODE\" />"),
      Map.entry("follow-up date", "<bpmn:userTask id='A' name='Do it' camunda:followUpDate=\"CODE\" />"),
      Map.entry("priority", "<bpmn:userTask id='A' name='Do it' camunda:priority=\"CODE\" />"),
      Map.entry("form key", "<bpmn:userTask id='A' name='Do it' camunda:formKey=\"CODE\" />"),
      Map.entry("property", "<bpmn:userTask id='A' name='Do it'><bpmn:extensionElements><camunda:properties>"
          + "<camunda:property name='a' value=\"CODE\" /></camunda:properties></bpmn:extensionElements></bpmn:userTask>"),
      Map.entry("task listener", "<bpmn:userTask id='A' name='Do it'><bpmn:extensionElements>"
          + "<camunda:taskListener event='create' expression=\"CODE\" /></bpmn:extensionElements></bpmn:userTask>"),
      Map.entry("delegate of a task listener", "<bpmn:userTask id='A' name='Do it'><bpmn:extensionElements>"
          + "<camunda:taskListener event='create' delegateExpression=\"CODE\" /></bpmn:extensionElements></bpmn:userTask>"),
      Map.entry("timer of a task listener", "<bpmn:userTask id='A' name='Do it'><bpmn:extensionElements><camunda:taskListener id='L' "
          + "event='timeout' delegateExpression='${beginProcess}'><bpmn:timerEventDefinition><bpmn:timeDuration>CODE</bpmn:timeDuration>"
          + "</bpmn:timerEventDefinition></camunda:taskListener></bpmn:extensionElements></bpmn:userTask>"),
      Map.entry("listener", service("<camunda:executionListener event='start' expression=\"CODE\" />")),
      Map.entry("field of a listener", service("<camunda:executionListener event='start' delegateExpression='${beginProcess}'>"
          + "<camunda:field name='a' expression=\"CODE\" /></camunda:executionListener>")),
      Map.entry("delegate", "<bpmn:serviceTask id='A' name='Do it' camunda:delegateExpression=\"CODE\" />"),
      Map.entry("delegate of nothing", "<bpmn:serviceTask id='A' name='Do it' camunda:delegateExpression=\"canary\" />"),
      Map.entry("service", "<bpmn:serviceTask id='A' name='Do it' camunda:expression=\"CODE\" />"),
      Map.entry("in the ancestor's words", "<bpmn:serviceTask id='A' name='Do it' activiti:expression=\"CODE\" />"),
      Map.entry("result variable", "<bpmn:serviceTask id='A' name='Do it' camunda:expression='${startedBy}' "
          + "camunda:resultVariable=\"CODE\" />"),
      Map.entry("job priority", "<bpmn:serviceTask id='A' name='Do it' camunda:delegateExpression='${beginProcess}' "
          + "camunda:asyncBefore='true' camunda:jobPriority=\"CODE\" />"),
      Map.entry("retries", service("<camunda:failedJobRetryTimeCycle>CODE</camunda:failedJobRetryTimeCycle>")),
      Map.entry("input", service(inputs("CODE"))),
      Map.entry("list of an input", service(inputs("<camunda:list><camunda:value>CODE</camunda:value></camunda:list>"))),
      Map.entry("map of an input", service(inputs("<camunda:map><camunda:entry key='b'>CODE</camunda:entry></camunda:map>"))),
      Map.entry("key in a map", service(inputs("<camunda:map><camunda:entry key=\"CODE\">b</camunda:entry></camunda:map>"))),
      Map.entry("output", service("<camunda:inputOutput><camunda:outputParameter name='a'>CODE</camunda:outputParameter>"
          + "</camunda:inputOutput>")),
      Map.entry("called process", "<bpmn:callActivity id='A' name='Do it' calledElement=\"CODE\" />"),
      Map.entry("version of a called process", "<bpmn:callActivity id='A' name='Do it' calledElement='minutes' "
          + "camunda:calledElementBinding='version' camunda:calledElementVersion=\"CODE\" />"),
      Map.entry("tenant of a called process", "<bpmn:callActivity id='A' name='Do it' calledElement='minutes' "
          + "camunda:calledElementTenantId=\"CODE\" />"),
      Map.entry("business key", call("<camunda:in businessKey=\"CODE\" />")),
      Map.entry("what a called process gets", call("<camunda:in sourceExpression=\"CODE\" target='a' />")),
      Map.entry("what a called process gives", call("<camunda:out sourceExpression=\"CODE\" target='a' />")),
      Map.entry("delegate for variables", "<bpmn:callActivity id='A' name='Do it' calledElement='minutes' "
          + "camunda:variableMappingDelegateExpression=\"CODE\" />"),
      Map.entry("multi-instance", "<bpmn:userTask id='A' name='Do it'><bpmn:multiInstanceLoopCharacteristics camunda:collection=\"CODE\" "
          + "camunda:elementVariable='a' /></bpmn:userTask>"),
      Map.entry("how often", "<bpmn:userTask id='A' name='Do it'><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>CODE"
          + "</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"),
      Map.entry("until when", "<bpmn:userTask id='A' name='Do it'><bpmn:multiInstanceLoopCharacteristics><bpmn:completionCondition>CODE"
          + "</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"),
      Map.entry("condition", "<bpmn:sequenceFlow id='F' name='Do it' sourceRef='Activity_RunErrand' targetRef='Activity_RunErrand'>"
          + "<bpmn:conditionExpression xsi:type='bpmn:tFormalExpression'>CODE</bpmn:conditionExpression></bpmn:sequenceFlow>"),
      Map.entry("conditional event", caught("<bpmn:conditionalEventDefinition><bpmn:condition xsi:type='bpmn:tFormalExpression'>CODE"
          + "</bpmn:condition></bpmn:conditionalEventDefinition>")),
      Map.entry("timer", caught("<bpmn:timerEventDefinition><bpmn:timeDate>CODE</bpmn:timeDate></bpmn:timerEventDefinition>")),
      Map.entry("duration", caught("<bpmn:timerEventDefinition><bpmn:timeDuration>CODE</bpmn:timeDuration></bpmn:timerEventDefinition>")),
      Map.entry("decision", "<bpmn:businessRuleTask id='A' name='Do it' camunda:decisionRef=\"CODE\" camunda:resultVariable='a' />"),
      Map.entry("name of data", "<bpmn:dataObjectReference id='A' name=\"CODE\" />"));

  /** Ways to write it so that whoever reads in pieces does not see it. */
  private static final Map<String, String> WAYS = Map.ofEntries(
      Map.entry("comment", "$<!-- -->{CANARY}"),
      Map.entry("comments within", "${<!-- a -->CANARY<!-- b -->}"),
      Map.entry("CDATA for the sign", "<![CDATA[$]]>{CANARY}"),
      Map.entry("CDATA for all", "<![CDATA[${CANARY}]]>"),
      Map.entry("processing instruction", "$<?look away?>{CANARY}"),
      Map.entry("the other sign after one", "${startedBy}#{CANARY}"),
      Map.entry("element", "$<camunda:nothing />{CANARY}"),
      Map.entry("character references", "&#36;&#x7b;CANARY}"),
      Map.entry("references in the name", "${''.get&#67;lass().forName('org.followthrough.engine.Canary').newInstance()}"),
      Map.entry("escaped in Java", "${''.getCl\\u0061ss().forName('org.followthrough.engine.Canary').newInstance()}"));

  private static final String TABLE = """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" \
      name="d" namespace="x">
        <decision id="errand-table" name="Errand table" camunda:historyTimeToLive="30">%s</decision>
      </definitions>""";
  private static final String ROWS = """
      <decisionTable id="t"><input id="i"><inputExpression id="ie" typeRef="string"><text>INPUT</text></inputExpression></input>
      <output id="o" name="o" typeRef="string" /><rule id="r"><inputEntry id="x"><text>TEST</text></inputEntry>\
      <outputEntry id="y"><text>ANSWER</text></outputEntry></rule></decisionTable>""";
  /** Code in the language of tables. */
  private static final String FEEL = "{sing: function(a) external {java: {class: \"java.lang.System\", "
      + "method signature: \"getProperty(java.lang.String)\"}}, b: sing(\"user.name\")}.b";
  private static final String FORM = """
      {"type":"default","id":"run-errand","schemaVersion":16,"components":[{"type":"textfield","key":"what","id":"Field_what",\
      "label":"%s","conditional":{"hide":"=%s"}}]}""";

  @Autowired ProcessEngine engine;
  @Autowired Releases releases;

  @BeforeEach
  void silence() {
    Canary.SUNG.set(0);
  }

  @AfterEach
  void whatDesignersTriedIsGone() {
    deployments().forEach(one -> engine.getRepositoryService().deleteDeployment(one.getId(), true));
  }

  private List<Deployment> deployments() {
    return engine.getRepositoryService().createDeploymentQuery().deploymentSource("test").list();
  }

  private ProcessEngineConfigurationImpl settings() {
    return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
  }

  private static String service(String inside) {
    return "<bpmn:serviceTask id='A' name='Do it' camunda:delegateExpression='${beginProcess}'><bpmn:extensionElements>" + inside
        + "</bpmn:extensionElements></bpmn:serviceTask>";
  }

  private static String inputs(String value) {
    return "<camunda:inputOutput><camunda:inputParameter name='a'>" + value + "</camunda:inputParameter></camunda:inputOutput>";
  }

  private static String call(String inside) {
    return "<bpmn:callActivity id='A' name='Do it' calledElement='minutes'><bpmn:extensionElements>" + inside
        + "</bpmn:extensionElements></bpmn:callActivity>";
  }

  private static String caught(String definition) {
    return "<bpmn:intermediateCatchEvent id='A' name='Do it'>" + definition + "</bpmn:intermediateCatchEvent>";
  }

  private static String model(String beside, String inTask, String piece) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
        xmlns:activiti="http://activiti.org/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" \
        targetNamespace="http://bpmn.io/schema/bpmn">%s
          <bpmn:process id="errand" name="Errand" isExecutable="true" camunda:historyTimeToLive="30">
            <bpmn:startEvent id="Event_Asked" name="Asked" />
            <bpmn:sequenceFlow id="Flow_1" sourceRef="Event_Asked" targetRef="Activity_RunErrand" />
            <bpmn:userTask id="Activity_RunErrand" name="Run errand" camunda:formRef="run-errand" camunda:formRefBinding="deployment" \
        camunda:candidateGroups="north.social-worker">%s</bpmn:userTask>
            %s
          </bpmn:process>
        </bpmn:definitions>""".formatted(beside, inTask, piece);
  }

  private static String inXml(String expression) {
    return expression.replace("CANARY", CANARY).replace("&&", "&amp;&amp;").replace("\"", "&quot;").replace("\n", "&#10;");
  }

  private static Map<String, String> errand(String model) {
    return Map.of("errand.bpmn", model, "run-errand.form", FORM.formatted("What?", "false"));
  }

  /** Everything that is to be refused, by what it tries. */
  private static Map<String, Map<String, String>> escapes() {
    Map<String, Map<String, String>> escapes = new LinkedHashMap<>();
    PLACES.forEach((place, piece) -> escapes.put(place, errand(model("", "", piece.replace("CODE", inXml("${CANARY}"))))));
    WAYS.forEach((way, text) -> escapes.put(way, errand(model("", "", service(inputs(text.replace("CANARY", CANARY)))))));
    EXPRESSIONS.forEach(expression -> escapes.put(expression, errand(model("", "", service(inputs(inXml(expression)))))));
    Map.of("message", "<bpmn:message id='M' name=\"CODE\" />", "signal", "<bpmn:signal id='S' name=\"CODE\" />",
        "error code", "<bpmn:error id='E' name='e' errorCode=\"CODE\" />",
        "error message", "<bpmn:error id='E' name='e' errorCode='e' camunda:errorMessage=\"CODE\" />",
        "escalation", "<bpmn:escalation id='E' name='e' escalationCode=\"CODE\" />").forEach((what, beside) ->
            escapes.put(what, errand(model(beside.replace("CODE", inXml("${CANARY}")), "", ""))));
    for (String cell : List.of("INPUT", "TEST", "ANSWER")) {
      escapes.put("table, " + cell, Map.of("t.dmn", TABLE.formatted(ROWS.replace(cell, inXml("${CANARY}")).replaceAll(
          "INPUT|TEST|ANSWER", "\"a\""))));
    }
    for (String language : List.of("juel", "javascript", "http://www.jcp.org/en/jsr/detail?id=245")) {
      escapes.put("table in " + language, Map.of("t.dmn", TABLE.formatted(ROWS.replaceAll("INPUT|TEST|ANSWER", "\"a\"")
          .replace("typeRef=\"string\"><text>", "typeRef=\"string\" expressionLanguage=\"" + language + "\"><text>"))));
      escapes.put("literal expression in " + language, Map.of("t.dmn", TABLE.formatted("<variable id=\"v\" name=\"v\" typeRef=\"string\" />"
          + "<literalExpression id=\"l\" expressionLanguage=\"" + language + "\"><text>" + CANARY + "</text></literalExpression>")));
    }
    escapes.put("literal expression", Map.of("t.dmn", TABLE.formatted("<variable id=\"v\" name=\"v\" typeRef=\"string\" />"
        + "<literalExpression id=\"l\"><text>${" + CANARY + "}</text></literalExpression>")));
    escapes.put("entity", errand(model("", "", service(inputs("&d;{" + CANARY + "}")))
        .replace("?>\n", "?>\n<!DOCTYPE d [<!ENTITY d '$'>]>\n")));
    return escapes;
  }

  /** What the engine takes for words, or what its language of tables could be thought to do. */
  private static Map<String, Map<String, String>> words() {
    Map<String, Map<String, String>> words = new LinkedHashMap<>();
    for (String text : List.of("$ {CANARY}", "{CANARY}", "{{CANARY}}", "%{CANARY}", "\uFF04{CANARY}", "$\u200b{CANARY}", "=CANARY",
        "$(CANARY)", "javascript:CANARY")) {
      words.put(text, errand(model("", "<bpmn:documentation>" + inXml(text) + "</bpmn:documentation><bpmn:extensionElements>"
          + inputs(inXml(text)) + "</bpmn:extensionElements>", "")));
    }
    words.put("FEEL in a form", Map.of("errand.bpmn", model("", "", ""), "run-errand.form",
        FORM.formatted("${" + CANARY + "} {{" + CANARY + "}}", FEEL.replace("\"", "\\\""))));
    for (String cell : List.of("INPUT", "TEST", "ANSWER")) {
      words.put("FEEL in " + cell, Map.of("t.dmn", TABLE.formatted(ROWS.replace(cell, inXml(FEEL)).replaceAll(
          "INPUT|TEST|ANSWER", "\"a\""))));
      words.put("expression in FEEL in " + cell, Map.of("t.dmn", TABLE.formatted(ROWS.replace(cell, CANARY.replace('\'', '"')).replaceAll(
          "INPUT|TEST|ANSWER", "\"a\""))));
    }
    words.put("FEEL in a literal expression", Map.of("t.dmn", TABLE.formatted("<variable id=\"v\" name=\"v\" typeRef=\"string\" />"
        + "<literalExpression id=\"l\"><text>" + FEEL + "</text></literalExpression>")));
    return words;
  }

  @Test
  void the_canary_sings_where_nobody_guards() {
    settings().getCommandExecutorTxRequired().execute(context ->
        new JuelExpressionManager().createExpression("${" + CANARY + "}").getValue(new ExecutionEntity()));
    assertThat(Canary.SUNG).hasValue(1);
  }

  @Test
  void every_escape_is_refused_in_words() {
    Map<String, Map<String, String>> escapes = escapes();
    escapes.forEach((what, files) -> {
      assertThatThrownBy(() -> InForceForTests.put(releases, files)).as(what).isInstanceOf(BadUserRequestException.class)
          .hasMessageStartingWith("Not deployed. In ").message().containsPattern(what.equals("entity") ? "no readable XML"
          : "has the expression|calls “|names code|has an expression|speak FEEL only");
    });
    assertThat(deployments()).isEmpty();
    assertThat(Canary.SUNG).hasValue(0);
    assertThat(escapes).hasSize(115);
  }

  @Test
  void what_is_accepted_runs_and_the_canary_stays_silent() {
    Map<String, Map<String, String>> words = words();
    words.forEach((what, files) -> {
      InForceForTests.put(releases, files);
      if (files.containsKey("errand.bpmn")) {
        String started = engine.getRuntimeService().startProcessInstanceByKey("errand").getId();
        assertThat(engine.getTaskService().createTaskQuery().processInstanceId(started).count()).as(what).isEqualTo(1);
      } else {
        DecisionsEvaluationBuilder table = engine.getDecisionService().evaluateDecisionByKey("errand-table").variables(Map.of("a", "a"));
        if (what.startsWith("FEEL")) {
          assertThatThrownBy(table::evaluate).as(what).rootCause().hasMessageContaining("External functions are disabled");
        } else {
          assertThatThrownBy(table::evaluate).as(what).isInstanceOf(ProcessEngineException.class);
        }
      }
      whatDesignersTriedIsGone();
    });
    assertThat(Canary.SUNG).hasValue(0);
    assertThat(words).hasSize(17);
  }

  @Test
  void what_a_deployment_managed_to_hide_does_not_run() {
    ExpressionManager expressions = settings().getExpressionManager();
    EXPRESSIONS.forEach(text -> {
      var read = expressions.createExpression(text.replace("CANARY", CANARY));
      for (VariableScope scope : List.of(new ExecutionEntity(), StartProcessVariableScope.getSharedInstance())) {
        assertThatThrownBy(() -> read.getValue(scope)).as(text).isInstanceOf(ProcessEngineException.class)
            .hasMessageStartingWith("Not evaluated. The model ");
        assertThatThrownBy(() -> read.setValue("a", scope)).as(text).hasMessageStartingWith("Not evaluated. ");
      }
      if (!text.equals("${currentUser()}")) {
        assertThatThrownBy(() -> read.getValue(null)).as(text).isInstanceOf(BadUserRequestException.class)
            .hasMessageContaining("not allowed in a query");
      }
    });
    var tables = ((ElProviderCompatible) expressions).toElProvider();
    assertThatThrownBy(() -> tables.createExpression("${" + CANARY + "}")).hasMessageContaining("Decision tables speak FEEL only");
    assertThat(Canary.SUNG).hasValue(0);
  }
}
