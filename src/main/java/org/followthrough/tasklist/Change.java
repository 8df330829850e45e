package org.followthrough.tasklist;

import java.util.List;
import java.util.function.BiConsumer;
import org.followthrough.record.Option;
import org.followthrough.record.Submission;

/**
 * Something a manager may do to a case or its road from outside the drawn way: at once, with a reason, and recorded.
 *
 * @param id its name in the address
 * @param label what the menu says
 * @param help one sentence: what happens then
 * @param fields what must be filled in
 * @param apply does it, or refuses
 */
record Change(String id, String label, String help, List<Field> fields, BiConsumer<Desk.OnDesk, Submission> apply) {

  /** One field of a change's form; {@code options} only for lists. */
  record Field(String key, String label, String type, boolean required, String help, List<Option> options) {

    static Field text(String key, String label, String help) {
      return new Field(key, label, "text", true, help, List.of());
    }

    static Field reason(String label) {
      return new Field("why", label, "textarea", true, null, List.of());
    }

    static Field date(String key, String label) {
      return new Field(key, label, "date", true, null, List.of());
    }

    static Field datetime(String key, String label) {
      return new Field(key, label, "datetime", true, null, List.of());
    }

    static Field select(String key, String label, List<Option> options) {
      return new Field(key, label, "select", true, null, options);
    }

    static Field checklist(String key, String label, List<Option> options) {
      return new Field(key, label, "checklist", true, null, options);
    }
  }
}
