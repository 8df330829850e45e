package org.followthrough.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.record.Conferences;
import org.followthrough.record.CoreGroups;
import org.followthrough.record.Families;
import org.followthrough.record.Plans;
import org.springframework.stereotype.Component;

/**
 * Children of one family whose paths part: those who leave get a case of their own, and the roads that are about none who stays
 * go with them. What is about both stays where it is. A plan is never without its core group and its review: where both sides
 * have plans, the new case gets its own.
 */
@Component
public class Partings {

  /** The new case, and the roads that went along. */
  public record Parted(UUID caseId, List<Roads.Road> roads) {}

  private final Families families;
  private final Plans plans;
  private final CoreGroups coreGroups;
  private final Conferences conferences;
  private final Roads roads;

  Partings(Families families, Plans plans, CoreGroups coreGroups, Conferences conferences, Roads roads) {
    this.families = families;
    this.plans = plans;
    this.coreGroups = coreGroups;
    this.conferences = conferences;
    this.roads = roads;
  }

  /**
   * Parts them in one step.
   *
   * @param about what else goes along, by the subjects of its roads
   * @throws org.followthrough.record.Refusal when no child, or every child, leaves
   */
  public Parted part(UUID caseId, List<UUID> leaving, List<UUID> about, String why, Instant at, String by) {
    UUID other = families.split(caseId, leaving, why, at, by);
    List<UUID> subjects = new ArrayList<>(families.wentAlong(other));
    subjects.addAll(about);
    List<Roads.Road> going = roads.follow(families.references(caseId), subjects, families.reference(other), other);
    if (!plans.inForce(caseId, Plans.CHILD_PROTECTION).isEmpty()) {
      plans.inForce(other, Plans.CHILD_PROTECTION).stream().findFirst().ifPresent(plan -> meetOnTheirOwn(caseId, other, plan));
    }
    return new Parted(other, going);
  }

  private void meetOnTheirOwn(UUID caseId, UUID other, Plans.Plan plan) {
    begin("CoreGroupNeeded", other, coreGroups.last(caseId).orElse(plan.begunBy()));
    conferences.openReview(caseId).map(conferences::get).map(Conferences.Conference::reviews)
        .ifPresent(reviewed -> begin("ConferenceNeeded", other, reviewed));
  }

  private void begin(String message, UUID caseId, UUID subject) {
    roads.begin(message, families.reference(caseId), Map.of("subjectRef", subject.toString()));
  }
}
