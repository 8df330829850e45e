package org.followthrough.oversight.escalation;

import java.util.List;
import java.util.stream.Collectors;
import org.followthrough.deadline.Clocks;
import org.followthrough.minutes.Receipts;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** Who and what is still missing of what is late. */
@Component
class StillMissing {

  private final Receipts receipts;
  private final Enquiries enquiries;
  private final Agencies agencies;
  private final SilentAgencies silent;

  StillMissing(Receipts receipts, Enquiries enquiries, Agencies agencies, SilentAgencies silent) {
    this.receipts = receipts;
    this.enquiries = enquiries;
    this.agencies = agencies;
    this.silent = silent;
  }

  /** Who is silent, unseen or unheard, by name: a manager can ring a person, not a number. */
  String of(Clocks.Running late) {
    List<String> names = switch (late.obligation()) {
      case "SeeChildren" -> enquiries.unseen(late.subjectId());
      case "CheckAgencies" -> enquiries.checks(late.subjectId()).stream().filter(check -> check.answeredAt() == null)
          .map(Enquiries.Check::inWords).toList();
      case "SpeakWithParents" -> enquiries.unheard(late.subjectId());
      default -> List.of();
    };
    if (!names.isEmpty()) {
      return "**Still missing**\n\n" + names.stream().map(name -> "- " + Words.escaped(name)).collect(Collectors.joining("\n")) + "\n\n";
    }
    List<Receipts.Copy> missing = late.obligation().equals("ConfirmReceipts") ? receipts.missing(late.subjectId()) : List.of();
    return missing.isEmpty() ? "" : "**Not confirmed by " + missing.size() + " of " + receipts.awaited(late.subjectId())
        .size() + "**\n\n"
        + missing.stream().map(copy -> "- " + Words.escaped(copy.recipient()) + ", " + Words.escaped(agencies.spoken(copy.agency())))
        .collect(Collectors.joining("\n")) + "\n\n";
  }

  /** Who answers for children in the organisations that are silent, and how they are reached. */
  String whomToAsk(Clocks.Running late) {
    List<String> leads = silent.of(late).stream().flatMap(code -> agencies.organisation(code).stream())
        .filter(one -> !one.lead().isEmpty()).map(one -> "- " + Words.escaped(one.name() + ": " + one.lead())).toList();
    return leads.isEmpty() ? "" : "**Whom to ask there**\n\n" + String.join("\n", leads) + "\n\n";
  }
}
