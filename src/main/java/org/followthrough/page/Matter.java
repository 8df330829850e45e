package org.followthrough.page;

import java.util.Map;
import java.util.UUID;

/**
 * What a task is about: the references that the engine carries, and nothing else.
 *
 * @param contactId the contact, or null where the task hangs on a case alone
 * @param caseId the case, or null while the contact's family is not known
 * @param references the engine's variables in sight of the task: references, dates, decisions
 * @param user who is looking or acting, or null for the machine
 */
public record Matter(UUID contactId, UUID caseId, Map<String, Object> references, String user) {

  /** What its process is about where that is finer than contact and case, or null. */
  public UUID subjectId() {
    Object subject = references.get("subjectRef");
    return subject == null ? null : UUID.fromString(subject.toString());
  }

  /** A reference that must be there; its absence is a fault of the model, not of the worker. */
  public String reference(String name) {
    Object value = references.get(name);
    if (value == null) {
      throw new IllegalStateException("The process carries no " + name);
    }
    return value.toString();
  }
}
