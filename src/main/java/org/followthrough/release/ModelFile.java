package org.followthrough.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.ModelException;

/**
 * A process, a table or a form, known by the id in it: Modeler deploys a file under the name of its tab, which may be any.
 *
 * @param key the id with the ending of its kind, as in {@code referral.bpmn}
 */
record ModelFile(String key, byte[] content) {

  static final String PROCESS = ".bpmn";
  static final String TABLE = ".dmn";
  static final String FORM = ".form";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** @throws BadUserRequestException when it is no model, table or form, or several of them */
  static ModelFile read(String name, byte[] content) {
    try {
      if (name.endsWith(PROCESS)) {
        return new ModelFile(only(name, "process", process(content).getModelElementsByType(Process.class).stream()
            .map(Process::getId).toList()) + PROCESS, content);
      }
      if (name.endsWith(TABLE)) {
        return new ModelFile(only(name, "table", Dmn.readModelFromStream(new ByteArrayInputStream(content))
            .getModelElementsByType(Decision.class).stream().map(Decision::getId).toList()) + TABLE, content);
      }
      if (name.endsWith(FORM)) {
        JsonNode form = JSON.readTree(content);
        return new ModelFile(only(name, "form", form.path("id").isTextual() ? List.of(form.path("id").asText()) : List.of()) + FORM,
            content);
      }
    } catch (ModelException | IOException e) {
      throw refused(name, "%s; open it in Modeler, save it, and deploy it again".formatted(
          name.endsWith(FORM) ? "this is no Camunda Form" : "the file is no readable XML"));
    }
    throw refused(name, "only .bpmn, .dmn and .form files can be deployed");
  }

  private static String only(String name, String kind, List<String> ids) {
    if (ids.size() != 1) {
      throw refused(name, "there is %s; draw one, with an id, in a file of its own".formatted(
          ids.isEmpty() ? "no " + kind : "more than one " + kind));
    }
    return ids.get(0);
  }

  private static BadUserRequestException refused(String name, String why) {
    return new BadUserRequestException("Not deployed. In " + name + " " + why + ".");
  }

  /** The key of a file by the name under which it is deployed. */
  static String key(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static BpmnModelInstance process(byte[] content) {
    return Bpmn.readModelFromStream(new ByteArrayInputStream(content));
  }

  boolean isProcess() {
    return key.endsWith(PROCESS);
  }

  boolean isForm() {
    return key.endsWith(FORM);
  }

  /** The process, table or form itself: its id. */
  String id() {
    return key.substring(0, key.lastIndexOf('.'));
  }

  /** The forms that this process opens, at its start and in its tasks, by their keys. */
  Set<String> forms() {
    BpmnModelInstance model = process(content);
    return Stream.concat(model.getModelElementsByType(StartEvent.class).stream().map(StartEvent::getCamundaFormRef),
            model.getModelElementsByType(UserTask.class).stream().map(UserTask::getCamundaFormRef))
        .filter(Objects::nonNull).map(form -> form + FORM).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Under which name it is deployed; a form beside the others of its process. */
  String name(String process) {
    return isForm() ? "forms/" + process + "/" + key : "bpmn/" + key;
  }

  boolean sameAs(ModelFile other) {
    return other != null && key.equals(other.key) && Arrays.equals(content, other.content);
  }
}
