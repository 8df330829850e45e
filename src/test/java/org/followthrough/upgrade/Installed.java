package org.followthrough.upgrade;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.camunda.bpm.admin.Admin;
import org.camunda.bpm.admin.AdminRuntimeDelegate;
import org.camunda.bpm.cockpit.Cockpit;
import org.camunda.bpm.cockpit.CockpitRuntimeDelegate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.camunda.bpm.tasklist.Tasklist;
import org.camunda.bpm.tasklist.TasklistRuntimeDelegate;
import org.camunda.bpm.welcome.Welcome;
import org.camunda.bpm.welcome.WelcomeRuntimeDelegate;
import org.followthrough.FollowThrough;
import org.followthrough.InTheHouse;
import org.followthrough.TestDatabase;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** This release on a database of its own, beside the one of all other tests and on the same server. */
final class Installed implements AutoCloseable {

  // the engine and its web applications are found by static fields, one of each in a process: the other tests want theirs back
  private final ProcessEngine engine = ProcessEngines.getProcessEngines().get(ProcessEngines.NAME_DEFAULT);
  private final CockpitRuntimeDelegate cockpit = Cockpit.getRuntimeDelegate();
  private final TasklistRuntimeDelegate tasklist = Tasklist.getRuntimeDelegate();
  private final AdminRuntimeDelegate admin = Admin.getRuntimeDelegate();
  private final WelcomeRuntimeDelegate welcome = Welcome.getRuntimeDelegate();

  private final ServletWebServerApplicationContext application;

  /** Starts on the database at this address, as every other test has it, with these settings beside. */
  Installed(String url, String... settings) {
    application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(FollowThrough.class)
        .properties(InTheHouse.class.getAnnotation(SpringBootTest.class).properties())
        .properties("spring.datasource.url=" + url, "spring.datasource.username=postgres", "server.port=0")
        .properties(settings).run();
  }

  /** A new database; returns its address. */
  static String newDatabase(String name) throws SQLException {
    try (Connection server = DriverManager.getConnection(TestDatabase.url()); Statement statement = server.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name);
    }
    return TestDatabase.url().replace("/postgres?", "/" + name + "?");
  }

  /** Where it listens. */
  int port() {
    return application.getWebServer().getPort();
  }

  <T> T get(Class<T> bean) {
    return application.getBean(bean);
  }

  /** The names of all beans of a type. */
  Set<String> namesOf(Class<?> type) {
    return Set.of(application.getBeanNamesForType(type));
  }

  @Override
  public void close() {
    application.close();
    // whoever asked for the engine meanwhile has found ours
    BpmnAwareTests.reset();
    if (engine != null) {
      ProcessEngines.registerProcessEngine(engine);
    }
    Cockpit.setCockpitRuntimeDelegate(cockpit);
    Tasklist.setTasklistRuntimeDelegate(tasklist);
    Admin.setAdminRuntimeDelegate(admin);
    Welcome.setRuntimeDelegate(welcome);
  }
}
