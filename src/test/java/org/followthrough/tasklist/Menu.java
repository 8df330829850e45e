package org.followthrough.tasklist;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The menus of the Case tab, as people use them. */
@Component
public class Menu {

  private final Changes changes;

  Menu(Changes changes) {
    this.changes = changes;
  }

  /** What the menu offers. */
  public List<String> offers(String user, String taskId) {
    return changes.offered("tasks", taskId, () -> user).stream().map(Changes.Offered::id).toList();
  }

  /** Fills in one of its forms on a case found by its reference, without a task; returns what the user is told of it. */
  public List<String> chooseOnCase(String user, String reference, String change, Map<String, Object> fields) {
    Changes.Done done = changes.change("cases", reference, change, new HashMap<>(fields), () -> user).getBody();
    return done == null ? List.of() : done.said();
  }

  /** Fills in one of its forms. */
  public void choose(String user, String taskId, String change, Map<String, Object> fields) {
    changes.change("tasks", taskId, change, new HashMap<>(fields), () -> user);
  }
}
