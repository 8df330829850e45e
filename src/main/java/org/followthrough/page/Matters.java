package org.followthrough.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds what the references of a process stand for. */
@Component
public class Matters {

  private static final String CONTACT = "contactRef";
  private static final String CASE = "caseRef";

  private final Map<String, Referenced> byVariable;

  Matters(List<Referenced> referenced) {
    this.byVariable = referenced.stream().collect(Collectors.toMap(Referenced::variable, Function.identity()));
  }

  /**
   * What these process variables are about.
   *
   * @param user who is looking or acting, or null for the machine
   */
  public Matter of(Map<String, Object> references, String user) {
    return new Matter(id(CONTACT, references), id(CASE, references), references, user);
  }

  /** The team whose work a case is; where none holds it, or it is not known yet, the one that the contact is meant for. */
  public Optional<String> team(Matter matter) {
    return Optional.ofNullable(matter.caseId()).flatMap(byVariable.get(CASE)::team)
        .or(() -> Optional.ofNullable(matter.contactId()).flatMap(byVariable.get(CONTACT)::team));
  }

  /** The teams that hold a case, or a contact while its family is not known; empty where none does yet. Either may be null. */
  public List<String> teams(UUID caseId, UUID contactId) {
    return caseId != null ? byVariable.get(CASE).teams(caseId) : contactId != null ? byVariable.get(CONTACT).teams(contactId) : List.of();
  }

  private UUID id(String variable, Map<String, Object> references) {
    return Optional.ofNullable(references.get(variable)).flatMap(reference -> byVariable.get(variable).idOf(reference.toString()))
        .orElse(null);
  }
}
