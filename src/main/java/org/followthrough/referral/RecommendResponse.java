package org.followthrough.referral;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.family.Families;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** Asks {@code threshold.dmn} what it suggests; the manager sees it as a prompt and may overrule it with a reason. */
@Component
class RecommendResponse implements JavaDelegate {

  private final Contacts contacts;
  private final Families families;
  private final Clock clock;

  RecommendResponse(Contacts contacts, Families families, Clock clock) {
    this.contacts = contacts;
    this.families = families;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID contact = contacts.idOf((String) execution.getVariable("contactRef")).orElseThrow();
    UUID family = contacts.byId(contact).caseId();
    List<String> factors = contacts.factors(contact);
    LocalDate today = LocalDate.ofInstant(clock.instant(), Submission.LONDON);
    Map<String, Object> facts = new HashMap<>();
    facts.put("significantHarmAlleged", contacts.injuryAlleged(contact)
        || "no".equals(contacts.byId(contact).safeNow()));
    facts.put("youngestChild", contacts.youngest(contact, today));
    facts.put("alcoholOrDrugs", factors.contains("alcohol") || factors.contains("drugs"));
    facts.put("domesticAbuse", factors.contains("domestic-abuse"));
    facts.put("neglect", factors.contains("neglect"));
    facts.put("childPresentAtPoliceIncident", factors.contains("child-present-at-police-incident"));
    facts.put("disabledChild", factors.contains("disability") || contacts.everyone(contact).stream()
        .anyMatch(named -> named.child() && "yes".equals(named.typed().get("disability"))));
    facts.put("earlierContacts", families.contactsSince(family, contact,
        today.minusYears(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
    Map<String, Object> advised = execution.getProcessEngineServices().getDecisionService()
        .evaluateDecisionTableByKey("threshold", facts).getSingleResult().getEntryMap();
    contacts.recommend(contact, (String) advised.get("recommendation"), (String) advised.get("because"));
  }
}
