package org.followthrough.support.childinneed;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.followthrough.family.Families;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.referral.LeadProfessionals;
import org.followthrough.support.Supports;
import org.springframework.stereotype.Component;

/** What kind of help, for which children, and who takes it over by name (learning points S-13, K-26). */
@Component
class ArrangeSupport implements Step {

  private final Supports supports;
  private final LeadProfessionals leads;
  private final Families families;
  private final Directory directory;
  private final Agencies agencies;

  ArrangeSupport(Supports supports, LeadProfessionals leads, Families families, Directory directory, Agencies agencies) {
    this.supports = supports;
    this.leads = leads;
    this.families = families;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().either("kind", "early-help", "child-in-need", "step-down", "legal-action")
        .severalFrom("helpedChildren", "children").text("help", "receiverName").either("receiver", "worker", "agency")
        .choiceFrom("workers", "receiverUser").choiceFrom(Agencies.OTHERS, "receiverAgency").choiceFrom("workers", "lead");
  }

  @Override
  public String event() {
    return "Support arranged";
  }

  /** It is met when the one who was named has accepted. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Supports.Support support = supports.find(matter.subjectId()).orElseThrow();
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()),
        "helpedChildren", supports.mayBeHelped(support.id(), matter.caseId()),
        "children", supports.children(support.id()).stream().map(Option::value).toList(), "kind", support.kind(),
        "workers", directory.members(families.team(matter.caseId()).orElseThrow() + ".social-worker")));
    shown.put(Agencies.OTHERS, agencies.others());
    Optional.ofNullable(support.help()).ifPresent(help -> shown.put("help", help));
    Optional.ofNullable(support.declinedWhy()).ifPresent(why -> shown.put("declinedText", Words.escaped(why)));
    supports.lead(support.id()).ifPresent(lead -> shown.put("lead", lead));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    String kind = typed.text("kind");
    List<UUID> children = typed.choices("children").stream().map(UUID::fromString).toList();
    boolean early = typed.is("kind", Supports.EARLY_HELP);
    if (!early) {
      typed.demand("lead", "Name the lead professional.");
    }
    supports.arrange(matter.subjectId(), kind, children, typed.text("help"), receiver(typed),
        LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON), typed.recordedAt(), matter.user());
    if (!early && !supports.lead(matter.subjectId()).equals(Optional.of(typed.text("lead")))) {
      leads.name(matter.caseId(), children, typed.text("lead"), "Leads the support", typed.recordedAt(), matter.user());
    }
    return Map.of("planNeeded", !early);
  }

  private static Supports.Receiver receiver(Submission typed) {
    if (typed.is("receiver", "worker")) {
      typed.demand("receiverUser", "Choose who takes it over.");
      return new Supports.Receiver(typed.text("receiverUser"), null, null);
    }
    typed.demand("receiverName", "Name the person who takes it over.");
    typed.demand("receiverAgency", "Choose their agency.");
    if (Meetings.namesNobody(typed.text("receiverName"))) {
      throw new Refusal("receiverName", "What everybody does, nobody does. Name one person.");
    }
    return new Supports.Receiver(null, typed.text("receiverName"), typed.text("receiverAgency"));
  }
}
