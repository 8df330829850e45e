package org.followthrough.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.followthrough.Practice.london;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.TheRecord;
import org.followthrough.Visitor;
import org.followthrough.database.Dump;
import org.followthrough.deadline.DeadlineTable;
import org.followthrough.deadline.Holidays;
import org.followthrough.deadline.Redating;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * This release is started on the database of the one before, in the middle of its work: every page of every process is open somewhere.
 * Nothing is lost by that, everything opens, and everything runs on. {@link ReleaseRecorder} keeps the release before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeTest {

  /** What must be the same after the start as before it, and how it is asked for. */
  private static final Map<String, String> FACTS = new TreeMap<>(Map.of(
      "process instances", "select proc_inst_id_ || ' ' || proc_def_id_ || ' ' || coalesce(business_key_, '') "
          + "from camunda.act_ru_execution where parent_id_ is null",
      "places at which they wait", "select id_ || ' ' || coalesce(act_id_, '') from camunda.act_ru_execution",
      "open tasks, and when they are due", "select id_ || ' ' || name_ || ' ' || coalesce(due_date_::text, '') || "
          + "' ' || coalesce(assignee_, '') from camunda.act_ru_task",
      "whom they wait for", "select task_id_ || ' ' || coalesce(group_id_, user_id_) from camunda.act_ru_identitylink "
          + "where task_id_ is not null",
      "jobs, and when they are due", "select id_ || ' ' || duedate_ || ' ' || retries_ from camunda.act_ru_job "
          + "where process_instance_id_ is not null",
      "messages that are waited for", "select id_ || ' ' || event_name_ from camunda.act_ru_event_subscr where execution_id_ is not null",
      "variables", "select id_ || ' ' || name_ || ' ' || coalesce(text_, long_::text, '') from camunda.act_ru_variable",
      "clocks, and when they run out", "select id || ' ' || process || ' ' || obligation || ' ' || due_at || ' ' || "
          + "amber_at || ' ' || coalesce(ended_as, '') from casework.clock",
      "what is typed and not handed in", "select task_id || ' ' || user_id || ' ' || fields from casework.draft",
      "what happened", "select id || ' ' || what || ' ' || happened_at from casework.chronology_entry"));

  private final Dump before = Dump.kept();
  private String database;
  private LocalDateTime clock;
  private Map<String, List<String>> facts;
  private Installed house;
  private Everybody everybody;
  private RuntimeService runtime;
  private ManagementService management;
  private TaskService tasks;
  private TheRecord record;
  private SpelledNames names;

  @BeforeAll
  void this_release_is_started_on_the_database_of_the_one_before() throws IOException, SQLException {
    database = Installed.newDatabase("upgraded");
    before.restore(database);
    facts = facts();
    clock = before.clock();
    itIs(clock);
    house = new Installed(database);
    everybody = new Everybody(house);
    runtime = house.get(ProcessEngine.class).getRuntimeService();
    tasks = house.get(ProcessEngine.class).getTaskService();
    management = house.get(ProcessEngine.class).getManagementService();
    record = house.get(TheRecord.class);
    names = new SpelledNames(house);
  }

  @AfterAll
  void stop() {
    if (house != null) {
      house.close();
    }
  }

  @Test
  @Order(1)
  void the_kept_release_is_small_and_full_of_work() throws IOException {
    assertThat(Files.size(before.file())).as("bytes of %s", before.file()).isLessThanOrEqualTo(1 << 20);
    assertThat(facts.get("process instances")).hasSizeGreaterThan(100);
    assertThat(facts.get("open tasks, and when they are due")).hasSizeGreaterThan(100);
  }

  @Test
  @Order(2)
  void the_start_itself_changes_nothing_that_runs() throws SQLException {
    facts().forEach((what, now) -> assertThat(now).as("%s, before the start and after it", what)
        .containsExactlyElementsOf(facts.get(what)));
  }

  @Test
  @Order(3)
  void every_clock_counted_again_by_its_own_table_comes_to_the_date_that_it_has() {
    assertThat(record.texts("""
        select process || ' ' || obligation from clock
        where not exists (select from camunda.act_re_decision_def where key_ = 'deadlines' and id_ = rule_definition)"""))
        .as("clocks that keep no table").isEmpty();
    assertThat(record.count("select count(distinct rule_definition) from clock where ended_at is null")).as("tables in use").isEqualTo(2);
    assertThat(house.get(Redating.class).recountAll("counted again")).as("clocks that an upgrade moves").isZero();
  }

  @Test
  @Order(4)
  void what_a_designer_deployed_stays_in_force() throws IOException {
    RepositoryService repository = house.get(ProcessEngine.class).getRepositoryService();
    String table = repository.createDecisionDefinitionQuery().decisionDefinitionKey("deadlines").latestVersion().singleResult().getId();
    assertThat(DeadlineTable.read(repository.getDecisionModel(table)).row("assessment", "CompleteAfterReferral").limit())
        .startsWith(ReleaseRecorder.DESIGNERS_LIMIT + " ");
    String process = repository.createProcessDefinitionQuery().processDefinitionKey("lead-professional").latestVersion()
        .singleResult().getId();
    try (var model = repository.getProcessModel(process)) {
      assertThat(new String(model.readAllBytes(), StandardCharsets.UTF_8)).contains(ReleaseRecorder.DESIGNERS_WORDS);
    }
    assertThat(Visitor.read(Visitor.at(house.port(), "admin").get("/actuator/health")).at("/components/models/details/releaseFilesThatWait")
        .fieldNames()).toIterable().as("files of this release that wait: those that it changed as well")
        .isSubsetOf("lead-professional.bpmn", "name-lead-professional.form", "deadlines.dmn");
  }

  @Test
  @Order(5)
  void whatever_a_deployed_model_or_form_spells_still_means_something() {
    assertThat(names.deployments).as("the release before, and its designer").hasSizeGreaterThanOrEqualTo(2);
    names.deployments.forEach((when, deployment) -> assertThat(names.lost(deployment)).as("deployed at %s", when).isEmpty());
    assertThat(names.callable).as("what models may call and some model in force or kept does call").isEqualTo(names.called);
  }

  @Order(6)
  @ParameterizedTest(name = "{1} becomes {2}")
  @CsvSource(delimiter = '|', value = {
      "bpmn/action.bpmn | ${closeAction}                       | ${endAction}             | calls the bean “endAction”, "
          + "and models find none",
      "bpmn/action.bpmn | ${actions.owner(execution)}          | ${tasks.owner(execution)} | asks the bean “tasks”, and models find none",
      "bpmn/action.bpmn | ${actions.owner(execution)}          | ${actions.holder(execution)} | asks “actions.holder” with 1 arguments, "
          + "and the bean has no such method",
      "bpmn/action.bpmn | ${ownerHasAccepted}                  | ${ownerAgrees}           | reads the variable “ownerAgrees”, "
          + "which nobody sets",
      "bpmn/action.bpmn | whyWithdrawn == 'recorded-in-error'  | whyWithdrawn == 'mistaken' | expects the answer “mistaken”, "
          + "which nobody gives",
      "bpmn/action.bpmn | name=\"ActionWithdrawn\"             | name=\"ActionRecalled\"  | waits for “ActionRecalled”, which nobody sends",
      "bpmn/minutes.bpmn | name=\"MinutesSent\"                | name=\"MinutesGone\"     | sends “MinutesGone”, with "
          + "which no process begins",
      "bpmn/action.bpmn | calledElement=\"escalation\"         | calledElement=\"ladder\" | calls the process “ladder”, and there is none",
      "bpmn/action.bpmn | formRef=\"accept-action\"            | formRef=\"take-action\"  | has the form “take-action”, "
          + "which was not deployed with it",
      "bpmn/action.bpmn | name=\"Accept action\"               | name=\"Take action\"     | is a task that no model has any more "
          + "and no code takes",
      "forms/action/accept-action.form | \"takesItOn\"         | \"takesIt\"              | “takesItOn” is missing",
      "bpmn/action.bpmn | Activity_CarryOutAction              | Activity_DoAction        | begins the clock of “action "
          + "DoAction”, which has no row in the newest deadlines"})
  void a_name_that_nothing_answers_to_is_said(String file, String spelled, String otherwise, String sentence) {
    String process = file.replaceFirst("(bpmn|forms)/", "").replaceFirst("[/.].*", "");
    Map<String, byte[]> deployment = new TreeMap<>(names.deployments.values().iterator().next());
    deployment.keySet().removeIf(one -> !one.startsWith("forms/" + process + "/") && !one.equals("bpmn/" + process + ".bpmn"));
    String content = new String(deployment.get(file), StandardCharsets.UTF_8);
    assertThat(content).contains(spelled);
    deployment.put(file, content.replace(spelled, otherwise).getBytes(StandardCharsets.UTF_8));
    assertThat(names.lost(deployment)).isNotEmpty().allSatisfy(one -> assertThat(one).startsWith("In bpmn/").contains(sentence));
  }

  @Test
  @Order(7)
  void every_open_task_opens() {
    assertThat(everybody.cannotOpen()).isEmpty();
    assertThat(everybody.cannotOpen(families().subList(0, 10))).isEmpty();
  }

  @Test
  @Order(8)
  void every_kind_of_page_is_handed_in_and_its_process_runs_on() {
    assertThat(everybody.cannotHandIn()).isEmpty();
    assertThat(runtime.createIncidentQuery().count()).isZero();
  }

  @Test
  @Order(9)
  void a_proclaimed_holiday_moves_clocks_timers_and_tasks_of_the_release_before() {
    assertThat(house.get(Holidays.class).proclaim(clock.toLocalDate().plusDays(1), "A day of mourning", false, "proclaimed", "admin"))
        .isGreaterThan(50);
    assertThat(disagreeing()).isEmpty();
  }

  @Test
  @Order(10)
  void every_kind_of_message_that_is_waited_for_can_be_received() {
    Map<String, EventSubscription> oneOfEach = new TreeMap<>();
    runtime.createEventSubscriptionQuery().eventType("message").unlimitedList().stream().filter(waiting -> waiting.getExecutionId() != null)
        .forEach(waiting -> oneOfEach.putIfAbsent(waiting.getEventName(), waiting));
    assertThat(oneOfEach).hasSizeGreaterThan(20);
    oneOfEach.forEach((message, waiting) -> {
      // what another message of this round has ended waits no longer
      if (runtime.createEventSubscriptionQuery().eventSubscriptionId(waiting.getId()).count() == 1) {
        assertThatCode(() -> runtime.messageEventReceived(message, waiting.getExecutionId(), Map.of("whyWithdrawn", "withdrawn")))
            .as(message).doesNotThrowAnyException();
      }
    });
  }

  @Test
  @Order(11)
  void every_timer_fires_and_whatever_is_late_is_asked_about() {
    itIs(clock.plusDays(30));
    int fired = 0;
    for (List<Job> due = due(); !due.isEmpty(); due = due()) {
      management.executeJob(due.get(0).getId());
      fired++;
    }
    assertThat(fired).isGreaterThan(100);
    assertThat(runtime.createIncidentQuery().count()).isZero();
    assertThat(record.texts("""
        select c.process || ' ' || c.obligation || ' ' || c.id from clock c where c.ended_at is null and c.due_at < ?
          and not exists (select from escalation_step s where s.clock_id = c.id)""",
        Timestamp.from(ClockUtil.getCurrentTime().toInstant())))
        .as("late, and nobody is asked").isEmpty();
  }

  @Test
  @Order(12)
  void every_process_that_ran_goes_on() {
    // what neither a page, a message nor a timer has reached yet is handed in, and what that calls
    for (int page = 0; page < 12; page++) {
      standing().stream().flatMap(this::within).flatMap(one -> tasks.createTaskQuery().processInstanceId(one).list().stream())
          .forEach(task -> assertThat(everybody.refusal(task)).isEmpty());
    }
    assertThat(standing()).isEmpty();
  }

  /** A process, and all that it has called. */
  private Stream<String> within(String process) {
    return Stream.concat(Stream.of(process), runtime.createProcessInstanceQuery().superProcessInstanceId(process).list().stream()
        .map(ProcessInstance::getId).flatMap(this::within));
  }

  /** The processes of the release before that stand where they stood. */
  private List<String> standing() {
    Timestamp start = Timestamp.from(london(clock.toString()));
    return record.texts("""
        select i.id_ from camunda.act_hi_procinst i where i.end_time_ is null and i.start_time_ < ? and not exists
          (select from camunda.act_hi_actinst a where a.proc_inst_id_ = i.id_ and (a.start_time_ >= ? or a.end_time_ >= ?))""",
        start, start, start);
  }

  /** The tasks and timers of all families that are not due with their clocks. */
  private List<String> disagreeing() {
    return families().stream().flatMap(reference -> record.datesThatDisagree(reference).stream()).toList();
  }

  private List<String> families() {
    return record.texts("select reference from family_case order by reference");
  }

  private List<Job> due() {
    return management.createJobQuery().executable().duedateLowerThan(new Date(ClockUtil.getCurrentTime().getTime() + 1))
        .orderByJobDuedate().asc().listPage(0, 1);
  }

  private Map<String, List<String>> facts() throws SQLException {
    Map<String, List<String>> found = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(database); Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> fact : FACTS.entrySet()) {
        List<String> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(fact.getValue() + " order by 1")) {
          while (row.next()) {
            rows.add(row.getString(1));
          }
        }
        found.put(fact.getKey(), rows);
      }
    }
    return found;
  }

  private static void itIs(LocalDateTime london) {
    ClockUtil.setCurrentTime(Date.from(london(london.toString())));
  }
}
