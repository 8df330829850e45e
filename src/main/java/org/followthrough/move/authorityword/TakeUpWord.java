package org.followthrough.move.authorityword;

import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.move.AuthorityWords;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Their word is here since it arrived, whenever its process began. */
@Component
class TakeUpWord implements JavaDelegate {

  private final AuthorityWords words;
  private final Families families;
  private final Contacts contacts;
  private final Chronology chronology;

  TakeUpWord(AuthorityWords words, Families families, Contacts contacts, Chronology chronology) {
    this.words = words;
    this.families = families;
    this.contacts = contacts;
    this.chronology = chronology;
  }

  @Override
  public void execute(DelegateExecution execution) {
    AuthorityWords.Word word = words.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    UUID contactId = Optional.ofNullable((String) execution.getVariable("contactRef")).flatMap(contacts::idOf).orElse(null);
    UUID caseId = Optional.ofNullable((String) execution.getVariable("caseRef")).flatMap(families::idOf).orElse(null);
    chronology.add(Chronology.Line.fact(contactId, caseId, null, "Authority word received", word.receivedAt(), "system", null)
        .about(word.id()));
  }
}
