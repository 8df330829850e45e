package org.followthrough.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.followthrough.page.DeployedForm;
import org.followthrough.page.Refusal;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Reads forms as they are deployed, and what is posted of them. */
@Component
class FormReader {

  private final FormService forms;
  private final ObjectMapper json;

  FormReader(@Lazy FormService forms, ObjectMapper json) {
    this.forms = forms;
    this.json = json;
  }

  /** The form of an open task. */
  DeployedForm of(String taskId) {
    try (InputStream drawing = forms.getDeployedTaskForm(taskId)) {
      return read(drawing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @throws IOException when it is no form */
  DeployedForm read(InputStream drawing) throws IOException {
    return DeployedForm.read(drawing, json);
  }

  /** What was posted, as plain Java: text, numbers, and lists of them; what is stored as JSON is read. */
  Map<String, Object> plain(VariableMap posted) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (String key : posted.keySet()) {
      TypedValue value = posted.getValueTyped(key);
      plain.put(key, value instanceof SerializableValue serialized ? read(serialized.getValueSerialized())
          : value == null ? null : clean(value.getValue()));
    }
    return plain;
  }

  private Object read(String serialized) {
    try {
      return serialized == null ? null : clean(json.readValue(serialized, Object.class));
    } catch (IOException e) {
      throw new Refusal("The form could not be read. Open the task again; what you typed is kept.");
    }
  }

  /** PostgreSQL keeps every character but the zero one. */
  private static Object clean(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(FormReader::clean).toList();
    }
    return value instanceof String text ? text.replace("\u0000", "") : value;
  }
}
