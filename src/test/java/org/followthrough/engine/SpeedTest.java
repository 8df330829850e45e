package org.followthrough.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What decides speed is in force: not timed, but that the engine's own statements go by the indexes we add. */
@InTheHouse
class SpeedTest {

  private static final int MANY = 20_000;

  @Autowired ProcessEngine engine;
  @Autowired CamundaBpmProperties properties;
  @Autowired Practice practice;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource source;
  @Autowired TransactionTemplate transaction;

  @BeforeEach
  void aMondayMorning() {
    practice.itIs("2026-11-16T10:00");
  }

  @Test
  void completing_a_task_looks_for_sub_tasks_by_an_index() {
    String contact = practice.aRecordedContact("Niall");
    transaction.executeWithoutResult(undone -> {
      jdbc.sql("""
          insert into camunda.act_ru_task (id_, rev_, name_, priority_, suspension_state_, create_time_)
          select 'many-' || n, 1, 'One of many', 50, 1, now() from generate_series(1, :many) n""").param("many", MANY).update();
      jdbc.sql("analyze camunda.act_ru_task").update();
      Scans before = scans("act_ru_task", "ft_task_parent");
      practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
      Scans after = scans("act_ru_task", "ft_task_parent");
      assertThat(after.byIndex()).isGreaterThan(before.byIndex());
      assertThat(after.rowsReadInARow() - before.rowsReadInARow()).as("rows of tasks read one after the other").isLessThan(MANY);
      undone.setRollbackOnly();
    });
  }

  @Test
  void looking_for_due_timers_goes_by_an_index() {
    transaction.executeWithoutResult(undone -> {
      jdbc.sql("""
          insert into camunda.act_ru_job (id_, rev_, type_, retries_, suspension_state_, duedate_, exclusive_, priority_)
          select 'many-' || n, 1, 'timer', 3, 1, timestamp '2030-01-01' + n * interval '1 minute', true, 0
            from generate_series(1, :many) n""")
          .param("many", MANY).update();
      jdbc.sql("analyze camunda.act_ru_job").update();
      Scans before = scans("act_ru_job", "ft_job_due");
      ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getCommandExecutorTxRequired()
          .execute(context -> context.getJobManager().findNextJobsToExecute(new Page(0, 50)));
      Scans after = scans("act_ru_job", "ft_job_due");
      assertThat(after.byIndex()).isGreaterThan(before.byIndex());
      assertThat(after.rowsReadInARow() - before.rowsReadInARow()).as("rows of timers read one after the other").isZero();
      undone.setRollbackOnly();
    });
  }

  /** How often this transaction has gone by an index, and how many rows it has read without one. */
  private record Scans(long byIndex, long rowsReadInARow) {}

  private Scans scans(String table, String index) {
    return new Scans(jdbc.sql("select pg_stat_get_xact_numscans(('camunda.' || :index)::regclass)").param("index", index)
        .query(Long.class).single(), jdbc.sql("select seq_tup_read from pg_stat_xact_user_tables where schemaname = 'camunda' "
            + "and relname = :table").param("table", table)
            .query(Long.class).single());
  }

  @Test
  void the_indexes_are_small_where_they_can_be() {
    assertThat(jdbc.sql("select indexdef from pg_indexes where schemaname = 'camunda' and indexname like 'ft\\_%' order by indexname")
        .query(String.class).list()).hasSize(2)
        .anySatisfy(index -> assertThat(index).contains("(duedate_)", "retries_ > 0", "suspension_state_ = 1"))
        .anySatisfy(index -> assertThat(index).contains("(parent_task_id_)", "IS NOT NULL"));
    assertThat(jdbc.sql("select count(*) from camunda.act_ru_task where parent_task_id_ is not null").query(Integer.class)
        .single()).isZero();
    for (String table : List.of("act_ru_job", "act_ru_task")) {
      assertThat(jdbc.sql("select array_to_string(reloptions, ' ') from pg_class where oid = ('camunda.' || :table)::regclass")
          .param("table", table).query(String.class).single()).contains("autovacuum_vacuum_scale_factor=0.02");
    }
  }

  @Test
  void the_engine_runs_with_the_settings_that_were_measured() {
    var settings = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    assertThat(settings.isEnsureJobDueDateNotNull()).isTrue();
    assertThat(settings.isJobExecutorAcquireByDueDate()).isTrue();
    assertThat(settings.isTaskMetricsEnabled()).isFalse();
    assertThat(settings.isMetricsEnabled()).isFalse();
    assertThat(settings.isCmmnEnabled()).isFalse();
    assertThat(settings.isStandaloneTasksEnabled()).isFalse();
    assertThat(settings.getFailedJobRetryTimeCycle()).isEqualTo("PT1M,PT5M,PT15M,PT1H,PT6H");
    assertThat(settings.getHistoryLevel()).isInstanceOf(LeanHistory.class);
    assertThat(settings.getHistoryTimeToLive()).isEqualTo("P3650D");
    assertThat(settings.getHistoryCleanupBatchWindowStartTime()).isEqualTo("01:00");
    JobExecutionProperty jobs = properties.getJobExecution();
    assertThat(jobs.getMaxJobsPerAcquisition()).isBetween(50, 100);
    assertThat(jobs.getWaitTimeInMillis()).isEqualTo(250);
    assertThat(jobs.getMaxWait()).isEqualTo(1000L);
    assertThat(jobs.getLockTimeInMillis()).isBetween(60_000, 120_000);
    assertThat(jobs.getQueueCapacity()).isGreaterThanOrEqualTo(2 * jobs.getMaxJobsPerAcquisition());
  }

  @Test
  void the_database_is_talked_to_as_measured_and_tells_no_rows() {
    assertThat(((HikariDataSource) source).getDataSourceProperties())
        .containsAllEntriesOf(Map.of("currentSchema", "camunda,casework,public",
        "reWriteBatchedInserts", "true", "logServerErrorDetail", "false"));
  }
}
