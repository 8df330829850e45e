package org.followthrough.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.followthrough.people.Directory;
import org.followthrough.referral.Contacts;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The office as it works with pages: everything is handed in by whose page it is. */
@ForDemonstration
class DemoOffice {

  private final ProcessEngine engine;
  private final Directory directory;
  private final JdbcClient jdbc;

  DemoOffice(ProcessEngine engine, Directory directory, JdbcClient jdbc) {
    this.engine = engine;
    this.directory = directory;
    this.jdbc = jdbc;
  }

  /** Takes a contact down; returns its reference. */
  String takeDown(String received, String team, Map<String, Object> who) {
    engine.getIdentityService().setAuthentication("contact", directory.groupsOf("contact"));
    String instance = engine.getFormService().submitStartForm(engine.getRepositoryService().createProcessDefinitionQuery()
        .processDefinitionKey(Contacts.PROCESS).latestVersion()
        .singleResult().getId(), Variables.createVariables()).getId();
    engine.getIdentityService().clearAuthentication();
    String contact = (String) engine.getRuntimeService().getVariable(instance, "contactRef");
    Map<String, Object> page = new HashMap<>(Map.of("happenedAt", received, "how", "telephone", "team", team,
        "childrenWhereabouts", "At home", "safeNow", "yes", "parentsKnow", "not-asked",
        "parentsNotAskedWhy", "The referrer had not spoken to them yet."));
    page.putAll(who);
    handIn("contact", "Record contact", contact, page);
    return contact;
  }

  /** A person of a contact, who is who the record knows by that name already. */
  void person(String contact, Object... fields) {
    handIn("contact", "Record person", contact, page(fields));
    for (Task likely : tasksOf(contact, "Choose person").list()) {
      String name = page(fields).get("firstName") + " " + page(fields).get("lastName");
      String known = jdbc.sql("""
              select p.person_id::text from person_name p where p.first_name || ' ' || p.last_name = :name
                and not exists (select from contact_person c join contact t on t.id = c.contact_id
                  where c.person_id = p.person_id and t.reference = :contact)""")
          .param("name", name).param("contact", contact).query(String.class).optional().orElse("new");
      submit("contact", likely, Map.of("samePerson", known));
    }
  }

  /** A concern of a contact. */
  void concern(String contact, Object... fields) {
    Map<String, Object> page = page(fields);
    page.put("whereHarm", "inside-the-home");
    handIn("contact", "Record concern", contact, page);
  }

  /** Hands the page of this name in, as this user. */
  void handIn(String user, String label, String contact, Map<String, Object> fields) {
    submit(user, tasksOf(contact, label).singleResult(), fields);
  }

  private TaskQuery tasksOf(String contact, String label) {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("contactRef", contact).taskName(label);
  }

  private void submit(String user, Task task, Map<String, Object> fields) {
    Map<String, Object> posted = new HashMap<>();
    fields.forEach((key, value) -> posted.put(key, value instanceof List<?> list
        ? SpinValues.jsonValue(list.stream().map(item -> "\"" + item + "\"").toList().toString()).create() : value));
    engine.getIdentityService().setAuthentication(user, directory.groupsOf(user));
    try {
      engine.getFormService().submitTaskForm(task.getId(), posted);
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  private static Map<String, Object> page(Object... fields) {
    Map<String, Object> page = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      page.put((String) fields[i], fields[i + 1]);
    }
    return page;
  }

  /** Begins the process of a message, of this contact and case. */
  void begin(String message, String contact, String family, UUID subject) {
    engine.getRuntimeService().createMessageCorrelation(message).processInstanceBusinessKey(family)
        .setVariable("contactRef", contact)
        .setVariable("caseRef", family).setVariable("subjectRef", subject.toString()).correlateStartMessage();
  }
}
