package org.followthrough.referral;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/**
 * Ends the processes that a decision started when it is taken back; the record has closed what it opened already. What holds or
 * was held stays, and so does what another reason still needs: a lead professional while another decision keeps a child's
 * episode open, a strategy discussion while one is decided elsewhere or a child is in police protection or under an order, an
 * assessment or help that an enquiry, a meeting or another decision asked for.
 */
@Component
class WithdrawWhatFollowed implements JavaDelegate {

  private final Families families;
  private final List<CaseProcess> processes;

  WithdrawWhatFollowed(Families families, List<CaseProcess> processes) {
    this.families = families;
    this.processes = processes;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    String contact = (String) execution.getVariable("contactRef");
    List<String> references = Stream.concat(Stream.of(contact), families.references(caseId).stream()).toList();
    processes.forEach(one -> one.takenBack(caseId, contact, references));
  }
}
