package org.followthrough.referral;

import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.CaseProcess;
import org.followthrough.family.Families;
import org.springframework.stereotype.Component;

/** A referral, as part of its case. */
@Component
class ReferralOfCase implements CaseProcess {

  private final Families families;
  private final Contacts contacts;
  private final Decisions decisions;
  private final LeadProfessionals leads;
  private final ProcessInstances instances;

  ReferralOfCase(Families families, Contacts contacts, Decisions decisions, LeadProfessionals leads, ProcessInstances instances) {
    this.families = families;
    this.contacts = contacts;
    this.decisions = decisions;
    this.leads = leads;
    this.instances = instances;
  }

  @Override
  public String process() {
    return "referral";
  }

  /** What was recorded in error decides nothing either: what its decision opened is closed with it. */
  @Override
  public void ending(EndedEarly early) {
    if (early.how().equals("recorded-in-error") && decisions.standing(early.contactId()).isPresent()) {
      decisions.takeBack(early.contactId(), early.why(), early.at(), early.by());
      if (leads.childrenWithout(early.caseId()).isEmpty()) {
        instances.end(LeadProfessionals.LEAD_PROFESSIONAL_WITHDRAWN, families.references(early.caseId()), null);
      }
    }
    contacts.endedAs(early.contactId(), early.how());
    if (early.caseId() != null) {
      families.closeIfDone(early.caseId(), early.at());
    }
  }
}
