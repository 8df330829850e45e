package org.followthrough.page;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What processes carry a reference to that people can read: a contact, a case. */
public interface Referenced {

  /** The process variable that carries the reference. */
  String variable();

  /** What has this reference now; empty where nothing has. */
  Optional<UUID> idOf(String reference);

  /** The team whose work it is now: the one that has held it longest; empty where none does yet. */
  Optional<String> team(UUID id);

  /** Every team that holds it, or one of its children, now. */
  default List<String> teams(UUID id) {
    return team(id).stream().toList();
  }
}
