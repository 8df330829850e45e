package org.followthrough.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.findId;
import static org.followthrough.Practice.london;

import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@InTheHouse
class ReferralTest {

  @Autowired Practice practice;
  @Autowired ProcessEngine engine;

  @BeforeEach
  void aMondayMorning() {
    init(engine);
    practice.itIs("2026-11-16T10:00");
  }

  @Test
  void a_referral_decided_as_assessment_ends_when_the_referrer_has_heard() {
    String contact = practice.aRecordedContact("Niall");
    ProcessInstance referral = engine.getRuntimeService().createProcessInstanceQuery()
        .variableValueEquals("contactRef", contact).processDefinitionKey("referral").singleResult();
    assertThat(practice.task("Decide response", contact)).hasDueDate(java.util.Date.from(london("2026-11-17T17:00")))
        .hasCandidateGroup("north.team-manager");

    practice.handIn("manager", "Decide response", contact, practice.aDecision("assessment"));
    practice.handIn("contact", "Tell referrer", contact, Map.of("toldHow", "telephone", "toldTo", "Siobhán Doyle", "toldWhat", "An assessment starts."));
    practice.handIn("health", "Confirm outcome heard", contact, Map.of("heard", "yes"));

    assertThat(referral).isEnded().hasPassed("Event_AssessmentDecided");
  }
}
