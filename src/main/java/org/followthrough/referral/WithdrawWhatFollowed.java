package org.followthrough.referral;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.followthrough.engine.Roads;
import org.followthrough.record.Assessments;
import org.followthrough.record.Decisions;
import org.followthrough.record.Families;
import org.followthrough.record.Meetings;
import org.followthrough.record.Protections;
import org.followthrough.record.Supports;
import org.springframework.stereotype.Component;

/**
 * Ends the roads that a decision started when it is taken back; the record has closed what it opened already. What holds or
 * was held stays, and so does what another reason still needs: a lead professional while another decision keeps a child's
 * episode open, a strategy discussion while one is decided elsewhere or a child is in police protection or under an order, an
 * assessment or help that an enquiry, a meeting or another decision asked for.
 */
@Component
class WithdrawWhatFollowed implements JavaDelegate {

  private static final String WITHDRAWN = "withdrawn";

  private final Families families;
  private final Decisions decisions;
  private final Protections protections;
  private final Meetings meetings;
  private final Assessments assessments;
  private final Supports supports;
  private final Roads roads;

  WithdrawWhatFollowed(Families families, Decisions decisions, Protections protections, Meetings meetings, Assessments assessments, Supports supports,
      Roads roads) {
    this.families = families;
    this.decisions = decisions;
    this.protections = protections;
    this.meetings = meetings;
    this.assessments = assessments;
    this.supports = supports;
    this.roads = roads;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    String contact = (String) execution.getVariable("contactRef");
    // what began before the family was found runs under the contact
    List<String> references = Stream.concat(Stream.of(contact), families.references(caseId).stream()).toList();
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      roads.listening("LeadProfessionalWithdrawn", references).forEach(road -> roads.withdraw(road.id(), WITHDRAWN));
    }
    end("EmergencyProtectionWithdrawn", references, contact, need -> !protections.arranged(need));
    if (protections.underEnquiry(caseId).isEmpty() && !decisions.discussionDecided(caseId)) {
      end("StrategyDiscussionWithdrawn", references, contact, meeting -> !meetings.held(meeting));
    }
    end("AssessmentWithdrawn", references, contact, assessment -> !assessments.stillWanted(assessment));
    // a road that only closes a case is about what it follows
    end("SupportWithdrawn", references, contact, support -> supports.find(support).isPresent() && !supports.stillWanted(support));
  }

  /** Ends the roads of this contact whose subject may be given up. */
  private void end(String message, List<String> references, String contact, Predicate<UUID> mayEnd) {
    roads.listening(message, references).stream().filter(road -> contact.equals(road.contactRef()) && mayEnd.test(road.subjectId()))
        .forEach(road -> roads.withdraw(road.id(), WITHDRAWN));
  }
}
