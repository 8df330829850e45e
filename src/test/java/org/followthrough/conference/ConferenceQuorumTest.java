package org.followthrough.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bpmn/conference-quorum.dmn} says of who took part, for every way in which people can be missing. */
class ConferenceQuorumTest {

  private static final DmnEngine ENGINE = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

  @ParameterizedTest(name = "took place {0}, social care {1}, others {2}: quorate {3}, may go on {4}")
  @CsvSource({
      "true,  true,  3, true,  true",
      "true,  true,  2, true,  true",
      "true,  true,  1, false, true",
      "true,  true,  0, false, false",
      "true,  false, 4, false, false",
      "true,  false, 0, false, false",
      "false, false, 0, false, false"})
  void social_care_and_two_others_are_a_quorum_and_with_one_the_chair_may_go_on(boolean tookPlace, boolean socialCare,
      int others, boolean quorate, boolean mayGoOn) {
    DmnDecisionRuleResult said = fitting(table -> { }, facts(tookPlace, socialCare, others)).get(0);
    assertThat(said.<Boolean>getEntry("quorate")).isEqualTo(quorate);
    assertThat(said.<Boolean>getEntry("mayGoOn")).isEqualTo(mayGoOn);
    assertThat(said.<String>getEntry("because")).endsWith(".");
  }

  @Test
  void exactly_one_rule_fits_every_conference_and_each_is_used() {
    assertThat(gapsAndOverlaps(table -> { })).isEmpty();
    assertThat(everyConference().map(facts -> fitting(table -> { }, facts).get(0).<String>getEntry("because")).distinct()).hasSize(5);
  }

  @Test
  void a_gap_and_an_overlap_are_caught() {
    assertThat(gapsAndOverlaps(table -> table.getRules().remove(table.getModelInstance().<Rule>getModelElementById("Rule_OneAgency"))))
        .hasSize(1);
    assertThat(gapsAndOverlaps(table -> table.getModelInstance().<InputEntry>getModelElementById("Cell_NoSocialCare_SocialCare").getText()
        .setTextContent(""))).hasSize(4);
  }

  private static List<Map<String, Object>> gapsAndOverlaps(Consumer<DecisionTable> change) {
    return everyConference().filter(facts -> fitting(change, facts).size() != 1).toList();
  }

  private static Stream<Map<String, Object>> everyConference() {
    return Stream.of(true, false).flatMap(tookPlace -> Stream.of(true, false).flatMap(socialCare ->
        Stream.of(0, 1, 2, 3).map(others -> facts(tookPlace, socialCare, others))));
  }

  private static Map<String, Object> facts(boolean tookPlace, boolean socialCare, int others) {
    return Map.of("tookPlace", tookPlace, "socialCare", socialCare, "otherAgencies", others);
  }

  /** Every rule that fits, so that gaps and overlaps can be counted. */
  private static List<DmnDecisionRuleResult> fitting(Consumer<DecisionTable> change, Map<String, Object> facts) {
    DmnModelInstance model = Dmn.readModelFromFile(new File("bpmn/conference-quorum.dmn"));
    DecisionTable table = model.getModelElementsByType(DecisionTable.class).iterator().next();
    assertThat(table.getHitPolicy()).isEqualTo(HitPolicy.UNIQUE);
    table.setHitPolicy(HitPolicy.RULE_ORDER);
    change.accept(table);
    DmnDecision decision = ENGINE.parseDecision("conference-quorum", model);
    return List.copyOf(ENGINE.evaluateDecisionTable(decision, facts));
  }
}
