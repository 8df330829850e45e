package org.followthrough.protection.section47;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.deadline.Redating;
import org.followthrough.family.Events;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.plan.Plans;
import org.followthrough.plan.Sightings;
import org.followthrough.protection.Enquiries;
import org.springframework.stereotype.Component;

/** A child seen with our own eyes, alone where old enough, and heard in the child’s own words; or what kept us from it. */
@Component
class SeeChild implements Step {

  private static final String NOT_MET = "not-met";

  private final Enquiries enquiries;
  private final Sightings sightings;
  private final Plans plans;
  private final Redating redating;
  private final Background background;
  private final Directory directory;

  SeeChild(Enquiries enquiries, Sightings sightings, Plans plans, Redating redating, Background background, Directory directory) {
    this.enquiries = enquiries;
    this.sightings = sightings;
    this.plans = plans;
    this.redating = redating;
    this.background = background;
    this.directory = directory;
  }

  @Override
  public Reads reads() {
    return new Reads().either("seen", "yes", "no").yes("alone", "bedroom")
        .text("notAloneWhy", "ownWords", "noWordsWhy", "arrangements", "observed", "tried")
        .either("whyNot", "access-refused", "whereabouts-denied", "not-met").happened();
  }

  @Override
  public String event() {
    return Events.CHILD_SEEN;
  }

  @Override
  public String event(Submission typed) {
    return typed.text("seen") == null ? "Visit not needed any more" : typed.is("seen", "yes") ? event()
        : typed.is("whyNot", NOT_MET) ? Events.CHILD_NOT_MET : Events.ACCESS_REFUSED;
  }

  /** A visit that met nobody is none. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return typed.text("seen") == null || typed.is("seen", "yes");
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    UUID child = child(matter);
    Map<String, Object> shown = background.shows(matter);
    shown.put("childText", enquiries.inWords(child));
    shown.put("childDied", enquiries.died(child));
    shown.put("childUnborn", enquiries.unborn(child));
    sightings.of(child).stream().filter(one -> matter.subjectId().equals(one.during()) && !one.seen()).findFirst().ifPresent(last -> {
      shown.put("lastAttemptText", Words.moment(last.at()) + ": " + Words.escaped(last.notSeenWhy()));
      enquiries.access(matter.subjectId(), child).filter(access -> access.reasons() != null).ifPresent(access -> shown.put("decidedText",
          Words.sentence(access.appliedFor().equals("none") ? "no-order" : access.appliedFor()) + ". "
              + Words.escaped(access.instead() == null ? access.reasons() : access.instead())));
    });
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID child = child(matter);
    if (enquiries.died(child)) {
      // nobody is asked about a visit to a child who has died since
      return Map.of("childReached", true, "accessRefused", false);
    }
    typed.demand("seen", "Say whether you have seen the child.");
    boolean seen = typed.is("seen", "yes");
    String whyNot = typed.text("whyNot");
    if (seen) {
      demandWhatWasSeen(typed, enquiries.unborn(child));
    } else {
      typed.demand("whyNot", "Say what kept you from the child.");
      typed.demand("tried", "Say what you tried, whom you spoke to, and where you think the child is.");
    }
    sightings.record(new Sightings.Sighting(child, matter.caseId(), matter.subjectId(), Agencies.SOCIAL_CARE, directory.name(matter.user()),
        typed.happenedAt(), seen, seen ? null : Words.sentence(whyNot) + ". " + typed.text("tried"),
        typed.text("alone") == null ? null : typed.yes("alone"), typed.text("notAloneWhy"),
        typed.text("bedroom") == null ? null : typed.yes("bedroom"), typed.text("ownWords")), typed.recordedAt(), matter.user());
    if (seen) {
      // a child with a plan has been seen by us, for whichever reason we went
      plans.ofChild(child).filter(plan -> plan.kind().equals(Plans.CHILD_PROTECTION)).ifPresent(plan -> {
        for (String state : List.of("child last seen", "child last seen by anyone")) {
          redating.recount(state, null, matter.caseId(), plan.id(), "Seen in an enquiry");
        }
      });
    }
    boolean refused = !seen && !NOT_MET.equals(whyNot);
    if (refused) {
      enquiries.refused(matter.subjectId(), child, whyNot, typed.text("tried"), typed.happenedAt());
    }
    return Map.of("childReached", seen, "accessRefused", refused);
  }

  private static void demandWhatWasSeen(Submission typed, boolean unborn) {
    typed.demand("observed", "Say what you saw and heard.");
    if (unborn) {
      typed.demand("arrangements", "Say what is prepared for the baby, and who cares for mother and child.");
      return;
    }
    typed.demand("alone", "Say whether you have seen the child alone.");
    if (!typed.yes("alone")) {
      typed.demand("notAloneWhy", "Say why you have not seen the child alone. Too young is a reason.");
    }
    typed.demand("bedroom", "Say whether you have seen where the child sleeps.");
    if (typed.text("ownWords") == null) {
      typed.demand("noWordsWhy", "Write down the child’s own words, or say why there are none.");
    }
  }

  private static UUID child(Matter matter) {
    return UUID.fromString(matter.reference("childRef"));
  }
}
