package org.followthrough.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.followthrough.move.Messages;
import org.followthrough.people.AddressBook;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The pages that a word of another authority fills in, in the place of the one of us who would write it down. */
@Component
class FilledPages {

  private static final int LONGEST_NAME = 200;

  private final Messages messages;
  private final AddressBook book;
  private final TaskService tasks;
  private final FormService forms;
  private final IdentityService identity;
  private final ObjectMapper json;

  FilledPages(Messages messages, AddressBook book, @Lazy TaskService tasks, @Lazy FormService forms, @Lazy IdentityService identity,
      ObjectMapper json) {
    this.messages = messages;
    this.book = book;
    this.tasks = tasks;
    this.forms = forms;
    this.identity = identity;
    this.json = json;
  }

  /**
   * Hands in a page as the authority that speaks: it may do what whoever is asked may do, and the record says that it did.
   *
   * @param page the label of its task
   * @return false where it does not wait
   */
  boolean handIn(String page, Messages.Word word, UUID move) {
    List<Task> open = tasks.createTaskQuery().taskName(page).processVariableValueEquals("subjectRef", move.toString()).list();
    open.stream().findFirst().ifPresent(task -> handIn(task.getId(), word));
    return !open.isEmpty();
  }

  private void handIn(String task, Messages.Word word) {
    Set<String> keys = keys(task);
    Messages.Said said = messages.said(word.id());
    Map<String, Object> typed = new HashMap<>();
    said.fields().fields().forEachRemaining(field -> typed.put(field.getKey(), value(field.getValue())));
    if (keys.contains("onBehalfOf")) {
      typed.putIfAbsent("onBehalfOf", said.by().substring(0, Math.min(said.by().length(), LONGEST_NAME)));
    }
    if (keys.contains("happenedEarlier") && typed.get("happenedAt") != null) {
      typed.put("happenedEarlier", true);
    }
    identity.setAuthentication(book.called(word.authority()), tasks.getIdentityLinksForTask(task).stream().map(IdentityLink::getGroupId)
        .filter(Objects::nonNull).toList());
    try {
      forms.submitTaskForm(task, typed);
    } finally {
      identity.clearAuthentication();
    }
  }

  private Set<String> keys(String task) {
    try (InputStream drawing = forms.getDeployedTaskForm(task)) {
      return Set.copyOf(json.readTree(drawing).findValuesAsText("key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Tasklist posts it: what is more than one value travels as JSON. */
  private static Object value(JsonNode field) {
    return field.isNull() ? null : field.isBoolean() ? (Object) field.asBoolean() : field.isNumber() ? field.numberValue()
        : field.isContainerNode() ? SpinValues.jsonValue(field.toString()).create() : field.asText();
  }
}
