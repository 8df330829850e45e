package org.followthrough.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.followthrough.Designer;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.Visitor;
import org.followthrough.page.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The walls inside: what somebody who has signed in, or may deploy, still cannot do. */
@InTheHouse
class WallsTest {

  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final String CREATE = "/engine-rest/deployment/create";
  private static final String EVIL = "${''.getClass().forName('java.lang.Runtime').getRuntime()}";

  @LocalServerPort int port;
  @Autowired Practice practice;
  @Autowired ProcessEngine engine;
  @Autowired JdbcClient jdbc;

  private String contact;
  private Task decision;

  @BeforeEach
  void aContactWaitsForTheNorthsManager() {
    practice.itIs("2026-11-16T10:00");
    contact = practice.aRecordedContact("Niall");
    decision = practice.task("Decide response", contact);
  }

  @AfterEach
  void whatDesignersTriedIsGone() {
    engine.getRepositoryService().createDeploymentQuery().list().stream().filter(one -> !"follow-through".equals(one.getSource()))
        .forEach(one -> engine.getRepositoryService().deleteDeployment(one.getId(), true));
    jdbc.sql("delete from model_release where proposal_id is not null").update();
    jdbc.sql("delete from model_proposal_file").update();
    jdbc.sql("delete from model_proposal").update();
  }

  private Visitor as(String person) {
    Visitor visitor = Visitor.at(port, person);
    visitor.get("/camunda/app/tasklist/default/");
    visitor.get("/api/session");
    return visitor;
  }

  // Expressions in queries (CVE-2026-109432) -------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {EVIL, "${dataSource}", "${1+1}", "#{''}", "x${now()}", "${now()}${currentUser()}", "${now().getClass()}",
      "${dateTime().plusDays(2).getClass()}", "${dateTime().plusDays(currentUser().length())}", "${currentUser().bytes}",
      "${dateTime().plusDays(12345)}", "${now() == now()}", "${currentUser()}\n${''.getClass()}"})
  void a_query_evaluates_no_expression_of_its_askers(String expression) {
    Visitor worker = as("worker");
    for (Map<String, Object> asked : List.<Map<String, Object>>of(
        Map.of("assigneeExpression", expression),
        Map.of("orQueries", List.of(Map.of("assigneeExpression", expression))),
        Map.of("orQueries", List.of(Map.of("dueBeforeExpression", expression, "name", "x"))),
        Map.of("orQueries", List.of(Map.of("candidateGroupsExpression", expression))),
        Map.of("orQueries", List.of(Map.of("processInstanceBusinessKeyExpression", expression))))) {
      for (String path : List.of("/task?maxResults=10", "/task/count", "/filter/" + anyFilter() + "/list?maxResults=10",
          "/filter/" + anyFilter() + "/count")) {
        HttpResponse<String> answer = worker.json("POST", ENGINE + path, asked);
        assertThat(answer.statusCode()).as("%s %s", path, asked).isIn(400, 403, 500);
      }
    }
    TaskQuery inside = engine.getTaskService().createTaskQuery().or().taskAssigneeExpression(expression).taskName("x").endOr();
    assertThatThrownBy(inside::list).hasRootCauseInstanceOf(BadUserRequestException.class)
        .rootCause().hasMessageContaining("not allowed in a query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${currentUser()}", "#{ currentUser() }", "worker"})
  void what_filters_need_is_still_evaluated(String expression) {
    practice.as("worker", () -> engine.getTaskService().createTaskQuery().or().taskAssigneeExpression(expression).taskName("x")
        .endOr().listPage(0, 10));
    practice.as("worker", () -> engine.getTaskService().createTaskQuery().or().dueBeforeExpression("${now()}")
        .dueAfterExpression("${dateTime().withTimeAtStartOfDay().plusDays(2).minusWeeks(3)}")
        .taskCandidateGroupInExpression("${currentUserGroups()}").endOr().listPage(0, 10));
  }

  @Test
  void a_stored_filter_evaluates_none_either() {
    Filter filter = engine.getFilterService().newTaskFilter("planted");
    filter.setQuery(engine.getTaskService().createTaskQuery().or().taskAssigneeExpression(EVIL).taskName("x").endOr());
    engine.getFilterService().saveFilter(filter);
    try {
      for (String what : List.of("/list?maxResults=10", "/count")) {
        HttpResponse<String> answer = as("admin").get(ENGINE + "/filter/" + filter.getId() + what);
        assertThat(answer.statusCode()).isIn(400, 500);
      }
    } finally {
      engine.getFilterService().deleteFilter(filter.getId());
    }
  }

  private String anyFilter() {
    return engine.getFilterService().createFilterQuery().filterName("My tasks").singleResult().getId();
  }

  // Models --------------------------------------------------------------------------------------------------------

  private static String model(String piece) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">
          <bpmn:process id="errand" name="Errand" isExecutable="true" camunda:historyTimeToLive="30">
            <bpmn:startEvent id="Event_Asked" name="Asked" />
            <bpmn:sequenceFlow id="Flow_1" sourceRef="Event_Asked" targetRef="Activity_RunErrand" />
            <bpmn:userTask id="Activity_RunErrand" name="Run errand" camunda:formRef="run-errand" camunda:formRefBinding="deployment" \
        camunda:candidateGroups="north.social-worker" />
            %s
          </bpmn:process>
        </bpmn:definitions>""".formatted(piece);
  }

  private static String service(String attributes, String inside) {
    return "<bpmn:serviceTask id=\"Activity_DoIt\" name=\"Do it\" " + attributes + "><bpmn:extensionElements>" + inside
        + "</bpmn:extensionElements></bpmn:serviceTask>";
  }

  private static String flow(String condition) {
    return "<bpmn:sequenceFlow id=\"Flow_2\" name=\"Yes\" sourceRef=\"Activity_RunErrand\" targetRef=\"Activity_RunErrand\">"
        + condition + "</bpmn:sequenceFlow>";
  }

  static Stream<Arguments> badModels() {
    return Stream.of(
        Arguments.of("script task", "<bpmn:scriptTask id=\"A\" name=\"Work out\" "
            + "scriptFormat=\"javascript\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>",
            "“Work out” contains a script or connector; use a service task with one of the delegates instead"),
        Arguments.of("script listener", service("camunda:delegateExpression=\"${beginProcess}\"",
            "<camunda:executionListener event=\"start\"><camunda:script "
                + "scriptFormat=\"groovy\">1</camunda:script></camunda:executionListener>"), "“Do it” contains a script"),
        Arguments.of("script input", service("camunda:delegateExpression=\"${beginProcess}\"",
            "<camunda:inputOutput><camunda:inputParameter name=\"a\"><camunda:script "
                + "scriptFormat=\"groovy\">1</camunda:script></camunda:inputParameter></camunda:inputOutput>"),
            "“Do it” contains a script"),
        Arguments.of("class", service("camunda:class=\"org.evil.Thing\"", ""),
            "“Do it” names code or a page outside the house (camunda:class); use camunda:delegateExpression"),
        Arguments.of("class of a listener", service("camunda:delegateExpression=\"${beginProcess}\"",
            "<camunda:executionListener event=\"start\" class=\"org.evil.Thing\" />"), "“Do it” names code"),
        Arguments.of("class of a task listener", "<bpmn:userTask id=\"A\" name=\"Look\"><bpmn:extensionElements>"
            + "<camunda:taskListener event=\"create\" class=\"org.evil.Thing\" /></bpmn:extensionElements></bpmn:userTask>",
            "“Look” names code"),
        Arguments.of("class of a variable mapping", "<bpmn:callActivity id=\"A\" name=\"Call\" calledElement=\"minutes\" "
            + "camunda:variableMappingClass=\"org.evil.Thing\" />", "“Call” names code"),
        Arguments.of("connector", service("",
            "<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>"),
            "“Do it” contains a script or connector"),
        Arguments.of("external task", service("camunda:type=\"external\" camunda:topic=\"t\"", ""), "“Do it” names code"),
        Arguments.of("timeCycle", "<bpmn:intermediateCatchEvent id=\"A\" name=\"Every day\"><bpmn:timerEventDefinition>"
            + "<bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>",
            "“Every day” repeats by timeCycle; draw a loop of single timers"),
        Arguments.of("unknown bean", service("camunda:delegateExpression=\"${dataSource}\"", ""),
            "“Do it” calls “dataSource”, which is no bean that models may use"),
        Arguments.of("unknown bean of a listener", service("camunda:delegateExpression=\"${beginProcess}\"",
            "<camunda:executionListener event=\"start\" delegateExpression=\"${notOurs}\" />"), "calls “notOurs”"),
        Arguments.of("answering bean as a delegate", service("camunda:delegateExpression=\"${someVariable}\"", ""), "calls “someVariable”"),
        Arguments.of("method of an unknown bean", service("camunda:expression=\"${runtimeService.deleteProcessInstance('x','y')}\"", ""),
            "calls “runtimeService.deleteProcessInstance”, which models may not call"),
        Arguments.of("engine by the execution", service("camunda:expression=\"${execution.getProcessEngine()}\"", ""),
            "calls “execution.getProcessEngine”"),
        Arguments.of("logic", flow("<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${a == 'b' &amp;&amp; "
            + "c}</bpmn:conditionExpression>"), "“Yes” has the expression “a == 'b' && c”; allowed are one variable"),
        Arguments.of("code", service("camunda:expression=\"${''.getClass().forName('java.lang.Runtime')}\"", ""), "has the expression"),
        Arguments.of("chained call", service("camunda:expression=\"${deadline.due(execution).getClass()}\"", ""), "has the expression"),
        Arguments.of("expression that ends early", service("camunda:expression=\"${a == 'x}'.getClass()}\"", ""), "has the expression"),
        Arguments.of("expression with #", service("camunda:expression=\"#{1+1}\"", ""), "has the expression"),
        Arguments.of("expression of a call that hangs", service("camunda:expression=\"${deadline.due(" + "a".repeat(60) + "!)}\"", ""),
            "has the expression"),
        Arguments.of("expression not closed", service("camunda:expression=\"${deadline.due(execution)\"", ""), "is not closed"),
        Arguments.of("expression in text", "<bpmn:userTask id=\"A\" "
            + "name=\"Look\"><bpmn:documentation>${''.getClass()}</bpmn:documentation></bpmn:userTask>", "has the expression"),
        Arguments.of("condition in a language", flow("<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" "
            + "language=\"groovy\">1</bpmn:conditionExpression>"), "“Yes” contains a script"),
        Arguments.of("condition in a file", flow("<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" "
            + "camunda:resource=\"x.groovy\" />"), "“Yes” names code"),
        Arguments.of("form key", "<bpmn:userTask id=\"A\" name=\"Look\" camunda:formKey=\"embedded:app:evil.html\" />",
            "“Look” names code or a page outside the house (camunda:formKey)"),
        Arguments.of("fields in the model",
            "<bpmn:userTask id=\"A\" name=\"Look\"><bpmn:extensionElements><camunda:formData><camunda:formField id=\"n\" type=\"string\">"
            + "<camunda:validation><camunda:constraint name=\"validator\" config=\"org.evil.Thing\" "
            + "/></camunda:validation></camunda:formField></camunda:formData></bpmn:extensionElements></bpmn:userTask>",
            "“Look” draws its form in the model"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badModels")
  void a_model_that_could_run_code_is_refused_in_words(String what, String piece, String sentence) {
    assertThat(refused(errand(model(piece), FORM.formatted("textfield")))).contains("Not deployed. In errand.bpmn ", sentence);
  }

  private static String decision(String language) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" \
        name="d" namespace="x">
          <decision id="errand-table" name="Errand table" camunda:historyTimeToLive="30"><decisionTable id="t"><input \
        id="i"><inputExpression id="ie" typeRef="string"%s><text>a</text></inputExpression></input>
          <output id="o" name="o" typeRef="string" /><rule id="r"><inputEntry id="x"><text>"a"</text></inputEntry><outputEntry \
        id="y"><text>"b"</text></outputEntry></rule></decisionTable></decision>
        </definitions>""".formatted(language);
  }

  private static final String FORM = """
      {"type":"default","id":"run-errand","schemaVersion":16,"components":[{"type":"group",\
      "components":[{"type":"%s","key":"what","id":"Field_what","label":"What?"}]}]}""";

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of("table.dmn", decision(" expressionLanguage=\"juel\""), "decision tables speak FEEL only"),
        Arguments.of("table.dmn", decision(" expressionLanguage=\"javascript\""), "decision tables speak FEEL only"),
        Arguments.of("table.dmn", decision(" expressionLanguage=\"nofeeling\""), "decision tables speak FEEL only"),
        Arguments.of("run-errand.form", FORM.formatted("dynamiclist"),
            "the form contains a “dynamiclist”, which loses data or runs code in Tasklist"),
        Arguments.of("run-errand.form", FORM.formatted("filepicker"), "the form contains a “filepicker”"),
        Arguments.of("run-errand.form", FORM.formatted("html"), "the form contains a “html”"),
        Arguments.of("run-errand.form", "<html>", "this is no Camunda Form"),
        Arguments.of("errand.bpmn", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + model("&x;").substring(40),
            "the file is no readable XML"),
        Arguments.of("errand.js", "1", "only .bpmn, .dmn and .form files can be deployed"),
        Arguments.of("errand.groovy", "1", "only .bpmn, .dmn and .form files"),
        Arguments.of("errand.cmmn", "<x/>", "only .bpmn, .dmn and .form files"),
        Arguments.of("errand.html", "<x/>", "only .bpmn, .dmn and .form files"),
        Arguments.of("errand.bpmn20.xml", model(""), "only .bpmn, .dmn and .form files"));
  }

  private static Map<String, String> errand(String model, String form) {
    return Map.of("errand.bpmn", model, "run-errand.form", form);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("badFiles")
  void a_file_that_could_do_harm_is_refused_in_words(String name, String content, String sentence) {
    assertThat(refused(name.endsWith(".form") ? errand(model(""), content) : Map.of(name, content)))
        .contains("Not deployed. In " + name + " ", sentence);
  }

  @Test
  void a_good_model_is_proposed_by_a_designer_and_by_nobody_who_works_with_families() {
    Map<String, String> good = new LinkedHashMap<>();
    good.put("errand.bpmn", model(service("camunda:delegateExpression=\"${beginProcess}\"", "")
        + flow("<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${whichErrand == 'long-one'}</bpmn:conditionExpression>")));
    good.put("run-errand.form", FORM.formatted("textfield"));
    good.put("table.dmn", decision(""));
    for (String person : List.of("worker", "manager", "head", "health")) {
      assertThat(as(person).deploy(ENGINE + "/deployment/create", good).statusCode()).as(person).isEqualTo(403);
      assertThat(Visitor.at(port).withBasic(person, person + "-demo").deploy(CREATE, good).statusCode()).as(person).isEqualTo(401);
    }
    HttpResponse<String> answer = Visitor.at(port).withBasic("designer", "designer-demo").deploy(CREATE, good);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(engine.getRepositoryService().createProcessDefinitionQuery().processDefinitionKey("errand").count()).isZero();
  }

  /** What was in force before would come back, and nobody would have looked: a return is proposed like any change. */
  @Test
  void nobody_takes_a_deployment_away() {
    String deployment = new Designer(port).changes(errand(model(""), FORM.formatted("textfield")));
    String house = engine.getRepositoryService().createDeploymentQuery().deploymentSource("follow-through").list().get(0).getId();
    for (String person : List.of("designer", "admin")) {
      Visitor visitor = Visitor.at(port).withBasic(person, person + "-demo");
      for (String path : List.of(deployment, deployment + "/", deployment + "?cascade=true", house, house + "?cascade=true")) {
        assertThat(visitor.send("DELETE", "/engine-rest/deployment/" + path, null, null).statusCode()).as(person + path).isEqualTo(403);
        assertThat(as(person).send("DELETE", ENGINE + "/deployment/" + path, null, null).statusCode()).as(person + path).isEqualTo(403);
      }
    }
    assertThat(engine.getRepositoryService().createProcessDefinitionQuery().processDefinitionKey("errand").count()).isEqualTo(1);
    assertThat(practice.task("Decide response", contact)).isNotNull();
  }

  // Forms and what is read of them -----------------------------------------------------------------------------------

  private static String form(String of) throws IOException {
    return Files.readString(Path.of("forms", of));
  }

  private String refused(Map<String, String> files) {
    HttpResponse<String> answer = Visitor.at(port).withBasic("designer", "designer-demo").deploy(CREATE, files);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(jdbc.sql("select count(*) from model_proposal").query(Integer.class).single()).isZero();
    return Visitor.read(answer).path("message").asText();
  }

  @Test
  void a_form_without_what_is_read_of_it_is_refused_and_all_that_is_missing_is_named_at_once() throws IOException {
    String answer = form("authority-transfer/record-answer.form").replace("\"key\": \"answerWhy\"", "\"key\": \"reason\"")
        .replace("\"key\": \"theirWorker\"", "\"was\": \"theirWorker\"").replace("\"value\": \"refused\"", "\"value\": \"declined\"");
    String outcome = form("strategy-discussion/decide-outcome.form")
        .replace("\"valuesKey\": \"offeredChildren\"", "\"valuesKey\": \"children\"");

    assertThat(refused(Map.of("record-answer.form", answer, "decide-outcome.form", outcome)).lines())
        .startsWith("Not deployed. What is read of these forms is not on them, and would be taken for “no”:")
        .containsExactlyInAnyOrder("Not deployed. What is read of these forms is not on them, and would be taken for “no”:",
            "- In record-answer.form, which the task “Record answer” opens, “answerWhy” is missing; "
                + "give the text field or text area that asks for it this key, under any label.",
            "- In record-answer.form, which the task “Record answer” opens, “theirWorker” is missing; "
                + "give the text field or text area that asks for it this key, under any label.",
            "- In record-answer.form, which the task “Record answer” opens, “answer” does not offer “refused”; "
                + "offer it under this value, in any words.",
            "- In record-answer.form, which the task “Record answer” opens, “answer” offers “declined”, from which nothing would follow; "
                + "take it out, or ask for it in a field of its own.",
            "- In decide-outcome.form, which the task “Decide outcome” opens, “children” must take its choices from “offeredChildren”.");
  }

  @Test
  void a_form_is_held_against_the_task_that_its_own_deployment_brings() throws IOException {
    String model = Files.readString(Path.of("bpmn/lead-professional.bpmn"));
    String form = form("lead-professional/name-lead-professional.form");
    String renamed = form.replace("\"key\": \"leadReason\"", "\"key\": \"reason\"");

    assertThat(refused(Map.of("lead-professional.bpmn", model, "name-lead-professional.form", renamed)))
        .contains("In name-lead-professional.form, which the task “Name lead professional” opens, “leadReason” is missing");
    // a task by another name is another task: what it asks is the designer's
    assertThat(Visitor.at(port).withBasic("designer", "designer-demo").deploy(CREATE, Map.of("errand.bpmn", model("")
        .replace("run-errand", "name-them"), "name-them.form", renamed.replace("\"name-lead-professional\"", "\"name-them\"")))
        .statusCode()).isEqualTo(200);
  }

  @Test
  void a_task_that_is_to_be_another_needs_the_form_of_the_other() throws IOException {
    String model = model("").replace("Run errand", "Name lead professional");

    assertThat(refused(Map.of("errand.bpmn", model, "run-errand.form", FORM.formatted("textfield"))))
        .contains("In run-errand.form, which the task “Name lead professional” opens, “lead” is missing", "“leadReason” is missing");
  }

  @Test
  void a_form_that_asks_for_more_in_other_words_is_deployed() throws IOException {
    String reworded = form("authority-transfer/record-answer.form").replace("\"label\": \"", "\"label\": \"Please: ");

    assertThat(reworded).contains("Please: ");
    assertThat(Visitor.at(port).withBasic("designer", "designer-demo").deploy(CREATE, Map.of("record-answer.form", reworded)).statusCode())
        .isEqualTo(200);
  }

  // Sight -----------------------------------------------------------------------------------------------------------

  @Test
  void who_was_candidate_or_assignee_loses_sight_of_a_task_that_moves_on() {
    String path = ENGINE + "/task/" + decision.getId();
    Visitor manager = as("manager");
    assertThat(manager.get(path).statusCode()).isEqualTo(200);
    assertThat(manager.json("POST", path + "/claim", Map.of("userId", "manager")).statusCode()).isEqualTo(204);
    assertThat(as("south-manager").get(path).statusCode()).isIn(403, 404);

    engine.getTaskService().deleteCandidateGroup(decision.getId(), "north.team-manager");
    engine.getTaskService().addCandidateGroup(decision.getId(), "south.team-manager");

    assertThat(as("south-manager").get(path).statusCode()).isEqualTo(200);
    for (String suffix : List.of("", "/form", "/deployed-form", "/identity-links", "/variables", "/form-variables")) {
      assertThat(manager.get(path + suffix).statusCode()).as(suffix).isIn(403, 404);
    }
    assertThat(manager.json("POST", path + "/submit-form", Map.of("variables", Map.of())).statusCode()).isIn(400, 403);
    assertThat(manager.get("/api/tasks/" + decision.getId() + "/case").statusCode()).isEqualTo(404);
    assertThat(practice.task("Decide response", contact)).isNotNull();
  }

  @Test
  void a_manager_sees_where_a_process_stands_and_none_of_its_variables() {
    Visitor manager = as("manager");
    String process = decision.getProcessInstanceId();
    assertThat(manager.get(ENGINE + "/process-instance/" + process).statusCode()).isEqualTo(200);
    assertThat(manager.get(ENGINE + "/process-instance/" + process + "/activity-instances").statusCode()).isEqualTo(200);
    assertThat(manager.get(ENGINE + "/process-instance/" + process + "/variables").statusCode()).isIn(401, 403);
    assertThat(Visitor.read(manager.get(ENGINE + "/variable-instance?maxResults=50&processInstanceIdIn=" + process))).isEmpty();
    assertThat(Visitor.read(manager.json("POST", ENGINE + "/variable-instance?maxResults=50", Map.of("variableName", "contactRef"))))
        .isEmpty();
    assertThat(Visitor.read(manager.get(ENGINE + "/history/variable-instance?maxResults=50"))).isEmpty();
    assertThat(Visitor.read(manager.get(ENGINE + "/history/detail?maxResults=50"))).isEmpty();
  }

  @Test
  void settings_that_have_no_other_test_are_in_force() {
    var settings = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    assertThat(settings.isAuthorizationEnabled()).isTrue();
    assertThat(settings.getAuthorizationCheckRevokes()).isEqualTo("never");
    assertThat(settings.isEnforceSpecificVariablePermission()).isTrue();
    assertThat(settings.isDeserializationTypeValidationEnabled()).isTrue();
    assertThat(settings.isJavaSerializationFormatEnabled()).isFalse();
    assertThat(settings.isWebappsAuthenticationLoggingEnabled()).isTrue();
    assertThat(settings.isStandaloneTasksEnabled()).isFalse();
    assertThat(settings.isEnableExceptionsAfterUnhandledBpmnError()).isFalse();
    assertThat(settings.getScriptEngineResolver().getScriptEngine("javascript", false)).isNull();
    assertThat(settings.getScriptEngineResolver().getScriptEngine("groovy", false)).isNull();
  }

  @Test
  void nobody_may_ask_for_everything() {
    Visitor admin = as("admin");
    for (String resource : List.of("/task", "/process-instance", "/history/task", "/user", "/history/process-instance")) {
      assertThat(admin.get(ENGINE + resource).statusCode()).as(resource).isEqualTo(400);
      assertThat(admin.get(ENGINE + resource + "?maxResults=2001").statusCode()).as(resource).isEqualTo(400);
      assertThat(admin.get(ENGINE + resource + "?maxResults=2000").statusCode()).as(resource).isEqualTo(200);
    }
  }

  /** Every question a client can ask, by somebody of another team or an agency that has no task in it. */
  @ParameterizedTest
  @ValueSource(strings = {"south-worker", "south-manager", "police", "school", "chair", "minutes", "designer", "worker"})
  void other_teams_and_agencies_learn_nothing_of_a_task(String person) {
    Visitor other = as(person);
    String id = decision.getId();
    for (String question : List.of("/task?maxResults=2000", "/task?maxResults=2000&taskId=" + id, "/history/task?maxResults=2000",
        "/variable-instance?maxResults=2000", "/history/variable-instance?maxResults=2000", "/history/detail?maxResults=2000",
        "/history/identity-link-log?maxResults=2000", "/history/user-operation?maxResults=2000", "/authorization?maxResults=2000",
        "/task?maxResults=2000&processVariables=contactRef_eq_" + contact, "/task?maxResults=2000&candidateGroup=north.team-manager",
        "/task?maxResults=2000&candidateGroup=north.team-manager&includeAssignedTasks=true")) {
      HttpResponse<String> answer = other.get(ENGINE + question);
      assertThat(answer.body()).as(question).doesNotContain(id, contact);
    }
    for (String question : List.of("", "/form", "/form-variables", "/form-variables/", "/deployed-form", "/rendered-form",
        "/variables", "/variables/contactRef", "/localVariables", "/identity-links", "/comment", "/attachment")) {
      HttpResponse<String> answer = other.get(ENGINE + "/task/" + id + question);
      assertThat(answer.body()).as(question).doesNotContain(contact, "Niall");
      if (!question.isEmpty() && answer.statusCode() == 200) {
        assertThat(answer.body()).as(question).isIn("[]", "{}");
      }
    }
    for (JsonNode filter : Visitor.read(other.get(ENGINE + "/filter?maxResults=50"))) {
      assertThat(other.get(ENGINE + "/filter/" + filter.path("id").asText() + "/list?maxResults=2000").body()).doesNotContain(id);
    }
    assertThat(other.get("/api/cards?tasks=" + id).body()).isEqualTo("[]");
    assertThat(other.get("/api/tasks/" + id + "/case").statusCode()).isEqualTo(404);
    assertThat(other.get("/api/tasks/" + id + "/changes").statusCode()).isEqualTo(404);
    assertThat(other.json("POST", "/api/tasks/" + id + "/changes/end", Map.of("how", "withdrawn", "why", "x")).statusCode()).isEqualTo(404);
    assertThat(other.json("PUT", "/api/tasks/" + id + "/draft", Map.of("reasons", "x")).statusCode()).isEqualTo(404);
    assertThat(other.get("/api/next?after=" + id).statusCode()).isEqualTo(204);
    assertThat(other.get("/api/next?started=" + decision.getProcessInstanceId()).statusCode()).isEqualTo(204);
    assertThat(other.json("POST", ENGINE + "/task/" + id + "/claim", Map.of("userId", person)).statusCode()).isIn(403, 404, 500);
    assertThat(other.json("POST", ENGINE + "/task/" + id + "/submit-form", Map.of("variables", Map.of())).statusCode()).isIn(400, 403);
    assertThat(practice.task("Decide response", contact).getAssignee()).isNull();
  }

  @Test
  void an_agency_sees_its_own_task_and_not_the_file() {
    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    practice.handIn("contact", "Tell referrer", contact, Map.of("toldHow", "telephone", "toldTo", "Siobhán Doyle",
        "toldWhat", "An assessment starts."));
    String id = practice.task("Confirm outcome heard", contact).getId();
    Visitor health = as("health");
    assertThat(health.get("/api/cards?tasks=" + id).body()).contains("Niall");
    assertThat(health.get("/api/tasks/" + id + "/case").statusCode()).isEqualTo(403);
    assertThat(health.get("/api/tasks/" + id + "/changes").statusCode()).isEqualTo(403);
    assertThat(as("police").get("/api/cards?tasks=" + id).body()).isEqualTo("[]");
    // whoever takes contacts down may ask for protection, and correct nothing
    assertThat(as("contact").get("/api/tasks/" + id + "/changes").body()).contains("\"protect\"").doesNotContain("\"acting\":false");
    assertThat(as("contact").json("POST", "/api/tasks/" + id + "/changes/end", Map.of("how", "withdrawn", "why", "x")).statusCode())
        .isEqualTo(422);
  }

  @Test
  void operations_run_the_engine_and_read_no_family() {
    Visitor admin = as("admin");
    assertThat(admin.get(ENGINE + "/task/" + decision.getId()).statusCode()).isEqualTo(200);
    for (Visitor visitor : List.of(admin, Visitor.at(port).withBasic("admin", "admin-demo"))) {
      String engine = visitor == admin ? ENGINE : "/engine-rest";
      for (String spelling : List.of("/form-variables", "/form-variables/", "/form%2dvariables")) {
        assertThat(visitor.get(engine + "/task/" + decision.getId() + spelling).body()).doesNotContain("Niall", "coat");
      }
    }
    assertThat(admin.get("/api/cards?tasks=" + decision.getId()).body()).isEqualTo("[]");
    assertThat(admin.get("/api/tasks/" + decision.getId() + "/case").statusCode()).isEqualTo(404);
  }

  @Test
  void every_reading_of_a_family_is_written_down() {
    jdbc.sql("delete from read_audit").update();
    Visitor manager = as("manager");
    assertThat(manager.get("/api/tasks/" + decision.getId() + "/case").statusCode()).isEqualTo(200);
    assertThat(manager.get(ENGINE + "/task/" + decision.getId() + "/form-variables").body()).contains("Niall");
    assertThat(as("south-manager").get("/api/tasks/" + decision.getId() + "/case").statusCode()).isEqualTo(404);
    assertThat(jdbc.sql("select a.user_id || ': ' || a.what from read_audit a join contact c on c.id = a.contact_id"
            + " where c.reference = :contact and a.case_id is not null order by 1")
        .param("contact", contact).query(String.class).list()).containsExactly("manager: case file", "manager: form Decide response");
  }

  // Past the record -----------------------------------------------------------------------------------------------

  private static final String NAME = "Persephone-Planted";

  @ParameterizedTest
  @ValueSource(strings = {"contact", "manager", "designer", "admin"})
  void names_cannot_be_written_into_the_engine(String person) {
    String task = decision.getId();
    String process = decision.getProcessInstanceId();
    String definition = decision.getProcessDefinitionId();
    String execution = decision.getExecutionId();
    Map<String, Object> value = Map.of("value", NAME, "type", "String");
    Map<String, Object> variables = Map.of("variables", Map.of("childName", value));
    Map<String, Object> calls = new LinkedHashMap<>();
    calls.put("POST /task/" + task + "/comment/create", Map.of("message", NAME));
    calls.put("POST /process-instance/" + process + "/comment", Map.of("message", NAME));
    calls.put("POST /task/" + task + "/attachment/create", Map.of());
    calls.put("POST /task/create", Map.of("name", NAME));
    calls.put("PUT /task/" + task, Map.of("name", NAME, "description", NAME));
    calls.put("PUT /task/" + task + "/variables/childName", value);
    calls.put("PUT /task/" + task + "/localVariables/childName", value);
    calls.put("POST /task/" + task + "/variables", Map.of("modifications", Map.of("childName", value)));
    calls.put("POST /task/" + task + "/complete", variables);
    calls.put("POST /task/" + task + "/resolve", variables);
    calls.put("POST /task/" + task + "/delegate", Map.of("userId", NAME));
    calls.put("POST /task/" + task + "/bpmnError", Map.of("errorCode", NAME));
    calls.put("POST /task/" + task + "/bpmnEscalation", Map.of("escalationCode", NAME));
    calls.put("DELETE /task/" + task, null);
    calls.put("PUT /execution/" + execution + "/localVariables/childName", value);
    calls.put("POST /execution/" + execution + "/signal", variables);
    calls.put("POST /execution/" + execution + "/messageSubscriptions/ReferralWithdrawn/trigger", variables);
    calls.put("POST /execution/" + execution + "/create-incident", Map.of("incidentType", "x", "message", NAME));
    calls.put("PUT /process-instance/" + process + "/variables/childName", value);
    calls.put("POST /process-instance/variables-async", Map.of("processInstanceIds", List.of(process),
        "variables", Map.of("childName", value)));
    calls.put("POST /process-instance/message-async", Map.of("processInstanceIds", List.of(process), "messageName", "ReferralWithdrawn",
        "variables", Map.of("childName", value)));
    calls.put("POST /process-instance/" + process + "/modification", Map.of("annotation", NAME, "instructions", List.of()));
    calls.put("POST /process-instance/delete", Map.of("processInstanceIds", List.of(process), "deleteReason", NAME));
    calls.put("DELETE /process-instance/" + process, null);
    calls.put("POST /modification/execute", Map.of("annotation", NAME));
    calls.put("POST /migration/execute", Map.of());
    calls.put("POST /process-definition/key/referral/start", Map.of("businessKey", NAME, "variables", Map.of("childName", value)));
    calls.put("POST /process-definition/" + definition + "/start", Map.of("businessKey", NAME));
    calls.put("POST /process-definition/" + definition + "/restart", Map.of());
    calls.put("DELETE /process-definition/" + definition + "?cascade=true", null);
    calls.put("POST /message", Map.of("messageName", "ChildHasDied", "businessKey", NAME, "processVariables", Map.of("childName", value)));
    calls.put("POST /signal", Map.of("name", "x", "variables", Map.of("childName", value)));
    calls.put("POST /condition", Map.of("variables", Map.of("childName", value)));
    calls.put("POST /decision-definition/key/threshold/evaluate", variables);
    calls.put("POST /external-task/fetchAndLock", Map.of("workerId", NAME, "maxTasks", 1));
    calls.put("POST /filter/create", Map.of("name", NAME, "resourceType", "Task", "query", Map.of()));
    calls.put("PUT /filter/" + anyFilter(), Map.of("name", NAME, "resourceType", "Task", "query", Map.of()));
    calls.put("DELETE /filter/" + anyFilter(), null);
    calls.put("PUT /job/" + anyTimer() + "/duedate", Map.of("duedate", "2036-01-01T00:00:00.000+0000"));
    calls.put("POST /job/" + anyTimer() + "/duedate/recalculate", null);
    calls.put("DELETE /job/" + anyTimer(), null);
    calls.put("PUT /history/user-operation/x/set-annotation", Map.of("annotation", NAME));
    calls.put("PUT /incident/x/annotation", Map.of("annotation", NAME));
    calls.put("POST /history/process-instance/delete", Map.of("deleteReason", NAME, "historicProcessInstanceIds", List.of(process)));
    calls.put("DELETE /history/process-instance/" + process, null);
    calls.put("POST /telemetry/configuration", Map.of("enableTelemetry", true));
    Map<String, Visitor> doors = new LinkedHashMap<>(Map.of(ENGINE, as(person)));
    if (List.of("designer", "admin").contains(person)) {
      doors.put("/engine-rest", Visitor.at(port).withBasic(person, person + "-demo"));
      doors.put("/engine-rest/engine/default", Visitor.at(port).withBasic(person, person + "-demo"));
    }
    List<String> through = new ArrayList<>();
    doors.forEach((door, visitor) -> calls.forEach((call, body) -> {
      String method = call.split(" ")[0];
      String path = call.split(" ")[1];
      char last = path.charAt(path.length() - 1);
      for (String spelling : path.contains("?") ? List.of(path)
          : List.of(path, path + "/", path.substring(0, path.length() - 1) + "%" + Integer.toHexString(last))) {
        HttpResponse<String> answer = body == null ? visitor.send(method, door + spelling, null, null)
            : visitor.json(method, door + spelling, body);
        if (answer.statusCode() != 403 && !(answer.statusCode() == 400 && answer.body().isEmpty())) {
          through.add(method + " " + door + spelling + " → " + answer.statusCode() + " " + answer.body());
        }
      }
    }));
    assertThat(through).isEmpty();
    assertThat(practice.task("Decide response", contact).getName()).isEqualTo("Decide response");
  }

  private String anyTimer() {
    return engine.getManagementService().createJobQuery().timers().processInstanceId(decision.getProcessInstanceId()).list().get(0).getId();
  }

  @Test
  void a_start_takes_neither_a_typed_business_key_nor_variables() {
    Visitor worker = as("contact");
    long before = engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("referral").count();
    HttpResponse<String> typed = worker.json("POST", ENGINE + "/process-definition/key/referral/submit-form",
        Map.of("variables", Map.of("childName", Map.of("value", NAME, "type", "String"))));
    assertThat(typed.statusCode()).isEqualTo(400);
    assertThat(Visitor.read(typed).path("message").asText())
        .isEqualTo("Starting takes nothing down. Put these fields on the page that follows.");
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("referral").count()).isEqualTo(before);

    HttpResponse<String> keyed = worker.json("POST", ENGINE + "/process-definition/key/referral/submit-form",
        Map.of("variables", Map.of(), "businessKey", NAME));
    assertThat(keyed.statusCode()).isEqualTo(200);
    String process = Visitor.read(keyed).path("id").asText();
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(process).singleResult().getBusinessKey())
        .startsWith("CT-");
    for (String column : List.of("act_ru_execution.business_key_", "act_hi_procinst.business_key_", "act_hi_op_log.new_value_")) {
      String[] place = column.split("\\.");
      assertThat(jdbc.sql("select count(*) from camunda." + place[0] + " where " + place[1] + " like '%" + NAME + "%'")
          .query(Integer.class).single()).as(column).isZero();
    }
  }

  @Test
  void a_form_overwrites_no_variable_of_the_engine() {
    Visitor manager = as("manager");
    for (String variable : List.of("caseRef", "contactRef", "clockRef", "startedBy", "whichResponse", "leadProfessionalMissing")) {
      Map<String, Object> posted = new LinkedHashMap<>();
      practice.aDecision("assessment").forEach((key, value) -> posted.put(key, Map.of("value", value)));
      posted.put(variable, Map.of("value", "CP-0000-000001", "type", "String"));
      HttpResponse<String> answer = manager.json("POST", ENGINE + "/task/" + decision.getId() + "/submit-form",
          Map.of("variables", posted));
      assertThat(answer.statusCode()).as(variable).isEqualTo(400);
      assertThat(Visitor.read(answer).path("message").asText()).startsWith("The form has no field “" + variable + "”");
    }
    assertThat(practice.contactOf(engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(decision.getProcessInstanceId())
        .singleResult())).isEqualTo(contact);
  }

  @Test
  void a_task_is_completed_by_its_form_and_in_no_other_way() {
    practice.as("manager", () -> {
      assertThatThrownBy(() -> engine.getTaskService().complete(decision.getId())).hasRootCauseInstanceOf(Refusal.class);
      assertThatThrownBy(() -> engine.getTaskService().complete(decision.getId(), Map.of("reasons", "x")))
          .hasRootCauseInstanceOf(Refusal.class);
    });
    assertThat(practice.task("Decide response", contact)).isNotNull();
  }

  @Test
  void a_task_is_claimed_for_people_who_work_here_only() {
    HttpResponse<String> answer = as("manager").json("POST", ENGINE + "/task/" + decision.getId() + "/claim", Map.of("userId", NAME));
    assertThat(answer.statusCode()).isBetween(400, 500);
    assertThat(practice.task("Decide response", contact).getAssignee()).isNull();
  }
}
