package org.followthrough.minutes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.minutes.Circulation.Proposal;
import org.followthrough.minutes.Circulation.Sending;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/**
 * A page for up to eight recipients, each with a slot of its own, and for one who was not proposed; it comes again for the
 * rest. The decision of a slot carries the key of its recipient, so that nothing typed for one is ever taken for another.
 */
@Component
class CirculateMinutes implements Step {

  private static final int SLOTS = 8;
  private static final String BY_HAND = "other";
  private static final String IN_THIS_SYSTEM = "in-this-system";
  private static final String NOT_FOR_THE_FAMILY =
      "The record of a strategy discussion goes to nobody of the family unless the chair and the police agree.";

  private final Circulation circulation;
  private final Directory directory;
  private final Agencies agencies;

  CirculateMinutes(Circulation circulation, Directory directory, Agencies agencies) {
    this.circulation = circulation;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().each(Reads.places("r", SLOTS), (reads, slot) -> copy(reads.choiceFrom(slot + "Decisions", slot + "Decision"), slot)
            .text(slot + "LeftOut", slot + "HandedOverBy", slot + "AgreedWith", slot + "AgreedPolice"))
        .and(copy(new Reads().text(BY_HAND + "Name").choiceFrom(Agencies.OFFERED, BY_HAND + "Agency"), BY_HAND))
        .yes("anotherRecipient").happened();
  }

  /** What is said of every copy; what only the family's needs is not asked for one who was not proposed. */
  private static Reads copy(Reads reads, String slot) {
    return reads.either(slot + "Purpose", "for-action", "for-information", "for-decision")
        .either(slot + "Extent", Circulation.WITHOUT_CONFIDENTIAL, Circulation.FULL, Circulation.LETTER)
        .choice(slot + "Way", IN_THIS_SYSTEM, "secure-email").text(slot + "Reach").yes(slot + "Checked", slot + "Cleared");
  }

  @Override
  public String event() {
    return "Minutes sent";
  }

  /** The receipts are awaited from the last page on. */
  @Override
  public String event(Submission typed) {
    return more(typed) ? "Copies sent" : event();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Proposal> proposals = circulation.proposals(matter.subjectId());
    boolean onlyWhereAgreed = circulation.familyOnlyWhereAgreed(matter.subjectId());
    Map<String, Object> shown = new HashMap<>(Map.of("familyWhereAgreed", onlyWhereAgreed,
        Agencies.OFFERED, agencies.offered()));
    for (int i = 0; i < Math.min(SLOTS, proposals.size()); i++) {
      slot("r" + (i + 1), proposals.get(i), onlyWhereAgreed, circulation.familyWorksWithThem(matter.subjectId()), shown);
    }
    if (proposals.size() > SLOTS) {
      shown.put("moreText", "After these, " + (proposals.size() - SLOTS) + " more are asked about.");
    }
    return shown;
  }

  private void slot(String slot, Proposal to, boolean onlyWhereAgreed, boolean familyWorksWithThem, Map<String, Object> shown) {
    boolean family = to.personId() != null;
    shown.put(slot + "Name", Words.escaped(to.name()));
    shown.put(slot + "About", to.about());
    shown.put(slot + "Family", family);
    shown.put(slot + "Send", "send-" + to.key());
    shown.put(slot + "Leave", "leave-" + to.key());
    shown.put(slot + "Decisions", List.of(new Option("Send to " + to.name(), "send-" + to.key()),
        new Option("Leave out " + to.name(), "leave-" + to.key())));
    shown.put(slot + "Purpose", to.forAction() ? "for-action" : "for-information");
    // what is prefilled in a field that is hidden at first is lost
    boolean send = !family || !onlyWhereAgreed || to.hadEarlier();
    shown.put(slot + "Decision", (send ? "send-" : "leave-") + to.key());
    if (!send) {
      shown.put(slot + "LeftOut", NOT_FOR_THE_FAMILY);
    }
    shown.put(slot + "Extent", family && !familyWorksWithThem ? Circulation.LETTER : Circulation.WITHOUT_CONFIDENTIAL);
    if (!family) {
      shown.put(slot + "Way", directory.anybodyIn(to.agency()) ? IN_THIS_SYSTEM : "secure-email");
    }
    shown.put(slot + "Reach", to.reach());
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    UUID minutes = typed.matter().subjectId();
    List<Proposal> proposals = circulation.proposals(minutes);
    for (int i = 0; i < Math.min(SLOTS, proposals.size()); i++) {
      decide(typed, "r" + (i + 1), proposals.get(i));
    }
    if (typed.text(BY_HAND + "Name") != null) {
      typed.demand(BY_HAND + "Agency", "Say which agency they work for.");
      send(typed, BY_HAND, new Proposal(null, typed.text(BY_HAND + "Name"), typed.text(BY_HAND + "Agency"), null, null,
          null, false, false));
    }
    return Map.of("anotherRecipient", more(typed));
  }

  private boolean more(Submission typed) {
    return typed.yes("anotherRecipient") || !circulation.proposals(typed.matter().subjectId()).isEmpty();
  }

  private void decide(Submission typed, String slot, Proposal to) {
    typed.demand(slot + "Decision", "Say of everybody on this page whether they are sent a copy.");
    if (typed.text(slot + "Decision").equals("leave-" + to.key())) {
      typed.demand(slot + "LeftOut", "Say why this person is left out.");
      circulation.leaveOut(typed.matter().subjectId(), to, typed.text(slot + "LeftOut"), typed.recordedAt(), typed.matter().user());
    } else {
      send(typed, slot, to);
    }
  }

  private void send(Submission typed, String slot, Proposal to) {
    typed.demand(slot + "Purpose", "Say what this person is to do with the minutes: act, know, or decide.");
    typed.demand(slot + "Extent", "Say which version of the minutes this person may have.");
    typed.demand(slot + "Way", "Say how this person gets the minutes.");
    boolean inThisSystem = typed.is(slot + "Way", IN_THIS_SYSTEM);
    if (inThisSystem && (to.agency() == null || !directory.anybodyIn(to.agency()))) {
      throw new Refusal(slot + "Way", "Nobody of theirs works with this system. Choose another way.");
    }
    if (!inThisSystem) {
      typed.demand(slot + "Reach", "Give the address or number, or say where it is handed over.");
      typed.demand(slot + "Checked", "Check just now that this reaches them and nobody else, and tick it.");
    }
    try {
      circulation.send(typed.matter().subjectId(), typed.matter().subjectId(),
          new Sending(to.key(), to.name(), to.agency(), to.personId(), typed.text(slot + "Purpose"), typed.text(slot + "Extent"),
              typed.yes(slot + "Cleared"), typed.text(slot + "Way"), typed.text(slot + "Reach"),
              to.personId() == null ? null : agreedWith(typed, slot),
              to.personId() == null ? null : typed.text(slot + "HandedOverBy")),
          typed.happenedAt(), typed.recordedAt(), typed.matter().user());
    } catch (Refusal refusal) {
      throw new Refusal(slot + Character.toUpperCase(refusal.field().charAt(0)) + refusal.field().substring(1), refusal.getMessage());
    }
  }

  /** Both must have agreed: what the police have yet to do may be spoiled by a letter. */
  private static String agreedWith(Submission typed, String slot) {
    String chair = typed.text(slot + "AgreedWith");
    String police = typed.text(slot + "AgreedPolice");
    return chair == null || police == null ? null : chair + " (chair), " + police + " (police)";
  }
}
