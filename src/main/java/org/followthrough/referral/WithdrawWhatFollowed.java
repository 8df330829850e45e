package org.followthrough.referral;

import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
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

  private static final Map<String, Object> WITHDRAWN = Map.of("whyWithdrawn", "withdrawn");

  private final Families families;
  private final Decisions decisions;
  private final Protections protections;
  private final Meetings meetings;
  private final Assessments assessments;
  private final Supports supports;

  WithdrawWhatFollowed(Families families, Decisions decisions, Protections protections, Meetings meetings, Assessments assessments, Supports supports) {
    this.families = families;
    this.decisions = decisions;
    this.protections = protections;
    this.meetings = meetings;
    this.assessments = assessments;
    this.supports = supports;
  }

  @Override
  public void execute(DelegateExecution execution) {
    UUID caseId = families.idOf((String) execution.getVariable("caseRef")).orElseThrow();
    RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
    if (decisions.childrenWithoutLead(caseId).isEmpty()) {
      for (String reference : families.references(caseId)) {
        runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName("LeadProfessionalWithdrawn").list()
            .forEach(road -> runtime.messageEventReceived("LeadProfessionalWithdrawn", road.getId(), WITHDRAWN));
      }
    }
    String contact = (String) execution.getVariable("contactRef");
    end(runtime, "EmergencyProtectionWithdrawn", contact, need -> !protections.arranged(need));
    if (protections.underEnquiry(caseId).isEmpty() && !decisions.discussionDecided(caseId)) {
      end(runtime, "StrategyDiscussionWithdrawn", contact, meeting -> !meetings.held(meeting));
    }
    end(runtime, "AssessmentWithdrawn", contact, assessment -> !assessments.stillWanted(assessment));
    // a road that only closes a case is about what it follows
    end(runtime, "SupportWithdrawn", contact, support -> supports.find(support).isPresent() && !supports.stillWanted(support));
  }

  /** Ends the roads of this contact whose subject may be given up. */
  private static void end(RuntimeService runtime, String message, String contact, Predicate<UUID> mayEnd) {
    runtime.createExecutionQuery().processVariableValueEquals("contactRef", contact).messageEventSubscriptionName(message).list().stream()
        .filter(road -> mayEnd.test(UUID.fromString((String) runtime.getVariable(road.getId(), "subjectRef"))))
        .forEach(road -> runtime.messageEventReceived(message, road.getId(), WITHDRAWN));
  }
}
