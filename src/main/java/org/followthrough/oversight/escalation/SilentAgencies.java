package org.followthrough.oversight.escalation;

import java.util.List;
import java.util.Optional;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Clocks;
import org.followthrough.family.Networks;
import org.followthrough.minutes.Receipts;
import org.followthrough.protection.Enquiries;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Which agencies have not said what they are asked for. */
@Component
class SilentAgencies {

  private final Contacts contacts;
  private final Enquiries enquiries;
  private final Conferences conferences;
  private final Networks networks;
  private final Receipts receipts;

  SilentAgencies(Contacts contacts, Enquiries enquiries, Conferences conferences, Networks networks, Receipts receipts) {
    this.contacts = contacts;
    this.enquiries = enquiries;
    this.conferences = conferences;
    this.networks = networks;
    this.receipts = receipts;
  }

  /** From where a word is late: each is asked through its own safeguarding lead, where it has one here. */
  List<String> of(Clocks.Running late) {
    return switch (late.obligation()) {
      case "ConfirmOutcomeHeard" -> Optional.ofNullable(contacts.byId(late.contactId()).referrer().agency()).stream().toList();
      case "CheckAgencies" -> enquiries.silent(late.subjectId());
      case "CollectReports" -> conferences.silent(late.subjectId());
      case "CollectConfirmations" -> networks.silent(late.subjectId()).stream().map(Networks.Notice::agency).distinct().toList();
      case "ConfirmReceipts" -> receipts.missing(late.subjectId()).stream().map(Receipts.Copy::agency).distinct().toList();
      default -> List.of();
    };
  }
}
