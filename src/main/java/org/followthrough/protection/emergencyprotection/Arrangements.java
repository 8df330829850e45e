package org.followthrough.protection.emergencyprotection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.followthrough.deadline.Deadline;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Chronology;
import org.followthrough.meeting.Meetings;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.protection.Protections;
import org.springframework.stereotype.Component;

/** What both pages do with an arrangement that was typed: check it, record it, and begin the enquiry that it may mean. */
@Component
class Arrangements {

  /** What is typed of an arrangement, beside its kind. */
  static final Reads PAGE = new Reads().text("agreedBy", "details", "whereChildren", "parentsToldBy", "legalAdvice")
      .moment("since", "until").yes("endsEarlier", "parentsTold");

  private static final String POLICE_PROTECTION = "police-protection";
  private static final String ENQUIRY_BEGUN = "Urgent enquiry begun";

  private final Protections protections;
  private final Meetings meetings;
  private final Redating redating;
  private final Deadline deadline;

  Arrangements(Protections protections, Meetings meetings, Redating redating, Deadline deadline) {
    this.protections = protections;
    this.meetings = meetings;
    this.redating = redating;
    this.deadline = deadline;
  }

  /** Every kind of arrangement, and what else a page offers in its place. */
  static String[] kinds(String... more) {
    return Stream.concat(Stream.of(POLICE_PROTECTION, "emergency-protection-order", "section-20-agreement", "someone-leaves", "other"),
        Stream.of(more)).toArray(String[]::new);
  }

  /**
   * Records what protects children who had no arrangement.
   *
   * @throws Refusal when something is missing, the dates cannot be, or one of the children cannot be protected so
   */
  void arrange(Submission typed, List<UUID> children) {
    Protections.Arrangement how = read(typed, typed.recordedAt());
    protections.arrange(typed.matter(), children, how, typed.recordedAt());
    if (Protections.meansEnquiry(how.kind())) {
      beginEnquiry(typed, how.since());
    }
  }

  /**
   * Puts what was typed in the place of what protected these children before, without a gap.
   *
   * @param followedBy {@code protected-again} or {@code recorded-in-error}
   * @return whether an enquiry begins with it for one of them
   * @throws Refusal as {@link #arrange}
   */
  boolean replace(Submission typed, List<UUID> children, String followedBy) {
    Matter matter = typed.matter();
    Instant holds = protections.firstEnd(matter.subjectId(), children).orElse(typed.recordedAt());
    boolean ahead = followedBy.equals("protected-again") && holds.isAfter(typed.recordedAt());
    Protections.Arrangement how = read(typed, ahead ? holds : typed.recordedAt());
    boolean begins = Protections.meansEnquiry(how.kind()) && !protections.underEnquiry(matter.subjectId()).containsAll(children);
    protections.follow(matter, children, followedBy, typed.text("why"), typed.happenedAt());
    protections.arrange(matter, children, how, typed.recordedAt());
    if (begins) {
      beginEnquiry(typed, how.since());
    }
    return begins;
  }

  /** A discussion that waits to be held is now due by the enquiry too; one that will be called finds when it began by this need. */
  private void beginEnquiry(Submission typed, Instant since) {
    Matter matter = typed.matter();
    Optional<UUID> called = meetings.calledDiscussion(matter.caseId());
    redating.bringForward(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, ENQUIRY_BEGUN, typed.recordedAt(),
        matter.user(), null)
        .about(called.orElse(matter.subjectId())).happened(since.isAfter(typed.recordedAt()) ? typed.recordedAt() : since),
        "An urgent enquiry has begun");
  }

  /** @param latestBegin when it must have begun, so that no child is unprotected before */
  private Protections.Arrangement read(Submission typed, Instant latestBegin) {
    typed.demand("kind", "Say what protects the children.");
    typed.demand("details", "Say who does what, and who checks it.");
    typed.demand("whereChildren", "Say where the children are, and with whom.");
    String kind = typed.text("kind");
    if (kind.equals("section-20-agreement")) {
      typed.demand("agreedBy", "Say who agreed. It must be somebody with parental responsibility.");
    }
    Instant since = since(typed, kind);
    if (since.isAfter(latestBegin)) {
      throw new Refusal("since", "Until it begins, nothing would protect the children. It must begin by " + Words.moment(latestBegin)
          + " at the latest; say what protects them until then.");
    }
    Instant until = kind.equals(POLICE_PROTECTION) ? endOfPoliceProtection(typed, since) : demandedEnd(typed);
    if (!until.isAfter(since)) {
      throw new Refusal("until", "It would end before it begins. Check both dates.");
    }
    return new Protections.Arrangement(kind, typed.text("details"), typed.text("agreedBy"), since, until, typed.text("whereChildren"),
        typed.text("parentsTold"), typed.text("parentsToldBy"), typed.text("legalAdvice"));
  }

  /** What the police or a court began has its own hour, from which the law counts; anything else holds from when it was arranged. */
  private static Instant since(Submission typed, String kind) {
    if (Protections.meansEnquiry(kind)) {
      typed.demand("since", "Say when the police took the child, or when the court made the order: the law counts from then.");
    }
    Instant since = typed.moment("since");
    return since == null ? typed.happenedAt() : since;
  }

  /** The law's own limit; the police may end it earlier, nobody later. */
  private Instant endOfPoliceProtection(Submission typed, Instant since) {
    Instant latest = deadline.passes("emergency-protection", "PoliceProtectionEnds", since);
    Instant until = typed.moment("until");
    if (until == null && typed.yes("endsEarlier")) {
      throw new Refusal("until", "You said that it ends earlier. Give both the day and the time.");
    }
    if (until != null && until.isAfter(latest)) {
      throw new Refusal("until", "Police protection lasts until " + Words.moment(latest)
          + " at the latest. Correct the end, or when it began.");
    }
    return until == null ? latest : until;
  }

  private static Instant demandedEnd(Submission typed) {
    typed.demand("until", "Say until when this holds. Give both the day and the time.");
    return typed.moment("until");
  }
}
