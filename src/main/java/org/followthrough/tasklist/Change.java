package org.followthrough.tasklist;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.followthrough.page.Option;
import org.followthrough.page.Submission;

/**
 * Something that may be done to a case or its processes from outside the drawn way: at once, and recorded.
 *
 * @param acting whether everybody who works with the family may do it; else it is a manager's correction
 * @param id its name in the address
 * @param label what the menu says
 * @param help one sentence: what happens then
 * @param fields what must be filled in
 * @param apply does it, or refuses; returns what the user must know of it, a sentence each
 */
record Change(boolean acting, String id, String label, String help, List<Field> fields,
    BiFunction<TaskList.Entry, Submission, List<String>> apply) {

  /** What a manager may correct. */
  static Change correcting(String id, String label, String help, List<Field> fields, BiConsumer<TaskList.Entry, Submission> apply) {
    return answering(id, label, help, fields, silent(apply));
  }

  /** What everybody who works with the family may do. */
  static Change acting(String id, String label, String help, List<Field> fields, BiConsumer<TaskList.Entry, Submission> apply) {
    return new Change(true, id, label, help, fields, silent(apply));
  }

  /** What a manager may correct, and is answered what has moved. */
  static Change answering(String id, String label, String help, List<Field> fields,
      BiFunction<TaskList.Entry, Submission, List<String>> apply) {
    return new Change(false, id, label, help, fields, apply);
  }

  private static BiFunction<TaskList.Entry, Submission, List<String>> silent(BiConsumer<TaskList.Entry, Submission> apply) {
    return (on, typed) -> {
      apply.accept(on, typed);
      return List.of();
    };
  }

  /** One field of a change's form; {@code options} only for lists. */
  record Field(String key, String label, String type, boolean required, String help, List<Option> options) {

    static Field text(String key, String label, String help) {
      return new Field(key, label, "text", true, help, List.of());
    }

    static Field story(String key, String label, String help) {
      return new Field(key, label, "textarea", true, help, List.of());
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

    /** The same question, which may stay unanswered. */
    Field ifKnown() {
      return new Field(key, label, type, false, help, options);
    }

    static Field select(String key, String label, List<Option> options) {
      return new Field(key, label, "select", true, null, options);
    }

    static Field checklist(String key, String label, List<Option> options) {
      return new Field(key, label, "checklist", true, null, options);
    }
  }
}
