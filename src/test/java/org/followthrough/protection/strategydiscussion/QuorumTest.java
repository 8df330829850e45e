package org.followthrough.protection.strategydiscussion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** What {@code bpmn/quorum.dmn} says of who took part (process-rules 1.4), for every way in which people can be missing. */
class QuorumTest {

  private static final DmnEngine ENGINE = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private static final Table QUORUM = Table.changedBy(unchanged -> {});

  private static final List<String> CORE = List.of("socialWorkManager", "police", "health");
  private static final List<String> FACTS =
      List.of("socialWorkManager", "police", "health", "everyoneExpected", "earlierEnquiries", "chairAsks");

  @Test
  void it_asks_for_what_the_discussion_answers() {
    assertThat(QUORUM.table().getInputs().stream().map(input -> input.getInputExpression().getText().getTextContent()))
        .containsExactlyElementsOf(FACTS);
  }

  @Test
  void a_social_work_manager_police_and_health_are_a_quorum_and_nobody_else() {
    assertThat(everyDiscussion()).hasSize(64).allSatisfy(facts ->
        assertThat(QUORUM.<Boolean>says("quorate", facts)).isEqualTo(CORE.stream().allMatch(facts::get)));
  }

  @Test
  void all_meet_again_where_one_of_them_was_missing_or_there_were_enquiries_before_or_the_chair_asks() {
    assertThat(everyDiscussion()).allSatisfy(facts -> assertThat(QUORUM.<Boolean>says("furtherMeeting", facts))
        .isEqualTo(!CORE.stream().allMatch(facts::get) || facts.get("earlierEnquiries") || facts.get("chairAsks")));
  }

  @Test
  void a_missing_school_or_referrer_is_told_and_no_reason_to_meet_again() {
    Map<String, Boolean> facts = discussion("everyoneExpected", "earlierEnquiries", "chairAsks");
    assertThat(QUORUM.<Boolean>says("furtherMeeting", facts)).isFalse();
    assertThat(QUORUM.<String>says("because", facts)).contains("School or the person who told us did not", "tell them what was agreed");
  }

  @Test
  void who_was_missing_is_said_in_plain_words_and_nobody_is_forbidden_to_go_ahead() {
    assertThat(QUORUM.<String>says("because", discussion("socialWorkManager"))).contains("No social-work manager");
    assertThat(QUORUM.<String>says("because", discussion("police"))).contains("Police did not");
    assertThat(QUORUM.<String>says("because", discussion("health"))).contains("Health did not");
    assertThat(QUORUM.<String>says("because", discussion("police", "health"))).contains("Neither police nor health");
    assertThat(everyDiscussion().filter(facts -> !QUORUM.<Boolean>says("quorate", facts)))
        .allSatisfy(facts -> assertThat(QUORUM.<String>says("because", facts))
            .contains("Go ahead if a child cannot wait; all agencies meet again."));
  }

  @Test
  void every_rule_is_used_and_names_the_learning_that_it_answers() {
    assertThat(QUORUM.table().getRules()).allSatisfy(rule ->
        assertThat(rule.getDescription().getTextContent()).matches("[KCPQS]-\\d\\d(, [KCPQS]-\\d\\d)*"));
    assertThat(everyDiscussion().map(facts -> QUORUM.<String>says("because", facts)).distinct()).hasSameSizeAs(QUORUM.table().getRules());
  }

  // That nothing is left out, and nothing said twice.

  @Test
  void exactly_one_rule_fits_every_discussion() {
    assertThat(QUORUM.gapsAndOverlaps()).isEmpty();
  }

  @Test
  void a_table_with_a_gap_is_caught() {
    Table gap = Table.changedBy(table -> table.getRules().remove(table.getModelInstance()
        .<Rule>getModelElementById("Rule_PoliceAndHealthMissing")));
    assertThat(gap.gapsAndOverlaps()).hasSize(8).contains("no rule fits socialWorkManager", "no rule fits socialWorkManager, chairAsks");
  }

  @Test
  void a_table_with_an_overlap_is_caught() {
    Table overlap = Table.changedBy(table -> table.getModelInstance().<InputEntry>getModelElementById("Cell_ChairAsks_EarlierEnquiries")
        .getText().setTextContent(""));
    assertThat(overlap.gapsAndOverlaps()).containsExactlyInAnyOrder(
        "2 rules fit socialWorkManager, police, health, everyoneExpected, earlierEnquiries, chairAsks",
        "2 rules fit socialWorkManager, police, health, earlierEnquiries, chairAsks");
  }

  /** A discussion in which all of it is so, but this. */
  private static Map<String, Boolean> discussion(String... notSo) {
    return FACTS.stream().collect(Collectors.toMap(fact -> fact, fact -> !List.of(notSo).contains(fact)));
  }

  private static Stream<Map<String, Boolean>> everyDiscussion() {
    return IntStream.range(0, 1 << FACTS.size()).mapToObj(number -> IntStream.range(0, FACTS.size()).boxed()
        .collect(Collectors.toMap(FACTS::get, bit -> (number >> bit & 1) == 1)));
  }

  /** The table in a copy that reports every rule that fits, so that gaps and overlaps can be counted. */
  private record Table(DecisionTable table, DmnDecision decision) {

    static Table changedBy(Consumer<DecisionTable> change) {
      DmnModelInstance model = Dmn.readModelFromFile(new File("bpmn/quorum.dmn"));
      DecisionTable table = model.getModelElementsByType(DecisionTable.class).iterator().next();
      assertThat(table.getHitPolicy()).isEqualTo(HitPolicy.UNIQUE);
      table.setHitPolicy(HitPolicy.RULE_ORDER);
      change.accept(table);
      return new Table(table, ENGINE.parseDecision("quorum", model));
    }

    <T> T says(String output, Map<String, Boolean> facts) {
      assertThat(fitting(facts)).as(said(facts)).hasSize(1);
      return fitting(facts).get(0).getEntry(output);
    }

    List<String> gapsAndOverlaps() {
      return everyDiscussion().filter(facts -> fitting(facts).size() != 1)
          .map(facts -> (fitting(facts).isEmpty() ? "no rule fits " : fitting(facts).size() + " rules fit ") + said(facts)).toList();
    }

    private List<DmnDecisionRuleResult> fitting(Map<String, Boolean> facts) {
      return List.copyOf(ENGINE.evaluateDecisionTable(decision, new HashMap<>(facts)));
    }

    private static String said(Map<String, Boolean> facts) {
      return FACTS.stream().filter(facts::get).collect(Collectors.joining(", "));
    }
  }
}
