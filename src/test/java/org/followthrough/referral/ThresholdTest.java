package org.followthrough.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bpmn/threshold.dmn} suggests: the sentences of the learning points, and every combination of inputs. */
class ThresholdTest {

  private static final DmnEngine ENGINE =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private static final Table THRESHOLD = Table.changedBy(unchanged -> {});

  private static final List<String> FACTORS = List.of("significantHarmAlleged", "alcoholOrDrugs", "domesticAbuse",
      "neglect", "childPresentAtPoliceIncident", "disabledChild");
  private static final List<String> AGES = List.of("unborn", "under two", "two or older", "not known");
  private static final List<Integer> EARLIER_CONTACTS = List.of(0, 1, 2, 3, 12);
  private static final List<String> WEAKEST_FIRST =
      List.of("advice", "early-help", "assessment", "strategy-discussion");

  /** A first contact about a child of two or older in which nobody said anything that the table looks for. */
  private static final Contact NOTHING_SAID = new Contact(Map.of(
      "significantHarmAlleged", false, "youngestChild", "two or older", "alcoholOrDrugs", false, "domesticAbuse", false,
      "neglect", false, "childPresentAtPoliceIncident", false, "disabledChild", false, "earlierContacts", 0));

  @Test
  void significant_harm_always_needs_a_strategy_discussion() {
    assertThat(everyContact().filter(contact -> contact.is("significantHarmAlleged")))
        .allSatisfy(contact -> assertThat(recommended(contact)).isEqualTo("strategy-discussion"));
  }

  @ParameterizedTest
  @CsvSource({
    "unborn, alcoholOrDrugs", "unborn, domesticAbuse", "unborn, neglect",
    "under two, alcoholOrDrugs", "under two, domesticAbuse", "under two, neglect"
  })
  void under_two_or_unborn_with_alcohol_domestic_abuse_or_neglect_needs_a_strategy_discussion(
      String age, String factor) {
    assertThat(recommended(NOTHING_SAID.aged(age).with(factor))).isEqualTo("strategy-discussion");
  }

  @Test
  void a_child_whose_age_nobody_knows_may_be_a_baby() {
    assertThat(everyContact().filter(contact -> contact.values().get("youngestChild").equals("not known")))
        .allSatisfy(contact -> assertThat(recommended(contact)).isEqualTo(recommended(contact.aged("under two"))));
  }

  /** One input holds both, so that no row can tell them apart; and it weighs what violence at home weighs. */
  @Test
  void alcohol_weighs_like_drugs() {
    assertThat(THRESHOLD.inputs()).contains("alcoholOrDrugs")
        .noneMatch(input -> input.equals("alcohol") || input.equals("drugs"));
    assertThat(AGES).allSatisfy(age ->
        assertThat(recommended(NOTHING_SAID.aged(age).with("alcoholOrDrugs")))
            .isEqualTo(recommended(NOTHING_SAID.aged(age).with("domesticAbuse"))));
    assertThat(because(NOTHING_SAID.with("alcoholOrDrugs"))).contains("Alcohol weighs like drugs");
    assertThat(because(NOTHING_SAID.aged("unborn").with("alcoholOrDrugs"))).contains("Alcohol weighs like drugs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unborn", "under two", "two or older", "not known"})
  void a_child_present_at_a_police_incident_is_assessed(String age) {
    var contact = NOTHING_SAID.aged(age).with("childPresentAtPoliceIncident");

    assertThat(recommended(contact)).isEqualTo("assessment");
    assertThat(because(contact)).startsWith("A child was there when police were called");
  }

  @Test
  void disability_never_masks_neglect() {
    assertThat(everyContact().filter(contact -> contact.is("neglect") && contact.is("disabledChild")))
        .allSatisfy(contact ->
            assertThat(recommended(contact)).isEqualTo(recommended(contact.without("disabledChild"))));
    assertThat(because(NOTHING_SAID.with("neglect").with("disabledChild")))
        .contains("The disability does not explain the neglect");
  }

  @Test
  void a_disabled_child_is_a_child_in_need_by_law() {
    assertThat(recommended(NOTHING_SAID.with("disabledChild"))).isEqualTo("assessment");
  }

  @ParameterizedTest
  @CsvSource({"0, advice", "1, early-help", "2, early-help", "3, assessment", "12, assessment"})
  void repeated_low_level_concerns_add_up(int earlierContacts, String recommendation) {
    assertThat(recommended(NOTHING_SAID.after(earlierContacts))).isEqualTo(recommendation);
  }

  @Test
  void a_further_worry_never_weakens_the_recommendation() {
    assertThat(everyContact()).allSatisfy(contact -> {
      for (var factor : FACTORS) {
        assertThat(strength(contact.with(factor))).isGreaterThanOrEqualTo(strength(contact.without(factor)));
      }
      assertThat(strength(contact.after(12))).isGreaterThanOrEqualTo(strength(contact));
      assertThat(strength(contact.aged("unborn"))).isGreaterThanOrEqualTo(strength(contact));
    });
  }

  @Test
  void exactly_one_rule_fits_every_contact() {
    assertThat(THRESHOLD.gapsAndOverlaps()).isEmpty();
  }

  @Test
  void a_table_with_a_gap_is_caught() {
    var gap = Table.changedBy(table -> table.getRules().remove(ruleOf(table, "Rule_DisabledChild")));

    assertThat(gap.gapsAndOverlaps()).hasSize(AGES.size() * 3).contains(
        "no rule fits youngestChild=unborn, disabledChild, earlierContacts=0");
  }

  @Test
  void a_table_with_an_overlap_is_caught() {
    var overlap = Table.changedBy(table -> entryOf(table, "Cell_SomeEarlierContacts_EarlierContacts")
        .getText().setTextContent("[1..3]"));

    assertThat(overlap.gapsAndOverlaps()).containsExactlyInAnyOrder(
        "2 rules fit youngestChild=unborn, earlierContacts=3",
        "2 rules fit youngestChild=under two, earlierContacts=3",
        "2 rules fit youngestChild=two or older, earlierContacts=3",
        "2 rules fit youngestChild=not known, earlierContacts=3");
  }

  @Test
  void every_rule_names_the_learning_that_it_answers_and_gives_its_own_reason() {
    assertThat(THRESHOLD.table().getRules()).allSatisfy(rule ->
        assertThat(rule.getDescription().getTextContent()).matches("[KCPQS]-\\d\\d(, [KCPQS]-\\d\\d)*"));
    assertThat(everyContact().map(ThresholdTest::because).distinct()).hasSameSizeAs(THRESHOLD.table().getRules());
  }

  private static String recommended(Contact contact) {
    return THRESHOLD.only(contact).getEntry("recommendation");
  }

  private static String because(Contact contact) {
    return THRESHOLD.only(contact).getEntry("because");
  }

  private static int strength(Contact contact) {
    var strength = WEAKEST_FIRST.indexOf(recommended(contact));
    assertThat(strength).as(recommended(contact)).isNotNegative();
    return strength;
  }

  private static Stream<Contact> everyContact() {
    var contacts = Stream.of(NOTHING_SAID);
    for (var factor : FACTORS) {
      contacts = contacts.flatMap(contact -> Stream.of(contact, contact.with(factor)));
    }
    return contacts.flatMap(contact -> AGES.stream().map(contact::aged))
        .flatMap(contact -> EARLIER_CONTACTS.stream().map(contact::after));
  }

  private static Rule ruleOf(DecisionTable table, String id) {
    return table.getModelInstance().getModelElementById(id);
  }

  private static InputEntry entryOf(DecisionTable table, String id) {
    return table.getModelInstance().getModelElementById(id);
  }

  private record Contact(Map<String, Object> values) {

    Contact with(String factor) {
      return changed(factor, true);
    }

    Contact without(String factor) {
      return changed(factor, false);
    }

    Contact aged(String youngestChild) {
      return changed("youngestChild", youngestChild);
    }

    Contact after(int earlierContacts) {
      return changed("earlierContacts", earlierContacts);
    }

    boolean is(String factor) {
      return values.get(factor).equals(true);
    }

    private Contact changed(String name, Object value) {
      var changed = new TreeMap<>(values);
      changed.put(name, value);
      return new Contact(changed);
    }

    /** Only what somebody said: the factors that are true, the age and the count. */
    @Override
    public String toString() {
      var said = new ArrayList<String>();
      said.add("youngestChild=" + values.get("youngestChild"));
      FACTORS.stream().filter(this::is).forEach(said::add);
      said.add("earlierContacts=" + values.get("earlierContacts"));
      return String.join(", ", said);
    }
  }

  /** The table in a copy that reports every rule that fits, so that gaps and overlaps can be counted. */
  private record Table(DecisionTable table, DmnDecision decision, Map<Contact, List<DmnDecisionRuleResult>> known) {

    static Table changedBy(Consumer<DecisionTable> change) {
      DmnModelInstance model = Dmn.readModelFromFile(new File("bpmn/threshold.dmn"));
      var table = model.getModelElementsByType(DecisionTable.class).iterator().next();
      assertThat(table.getHitPolicy()).isEqualTo(HitPolicy.UNIQUE);
      table.setHitPolicy(HitPolicy.RULE_ORDER);
      change.accept(table);
      return new Table(table, ENGINE.parseDecision("threshold", model), new HashMap<>());
    }

    List<String> inputs() {
      return table.getInputs().stream().map(input -> input.getInputExpression().getText().getTextContent()).toList();
    }

    DmnDecisionRuleResult only(Contact contact) {
      assertThat(fitting(contact)).as(contact.toString()).hasSize(1);
      return fitting(contact).get(0);
    }

    List<String> gapsAndOverlaps() {
      return everyContact()
          .filter(contact -> fitting(contact).size() != 1)
          .map(contact -> fitting(contact).isEmpty()
              ? "no rule fits " + contact
              : fitting(contact).size() + " rules fit " + contact)
          .toList();
    }

    private List<DmnDecisionRuleResult> fitting(Contact contact) {
      return known.computeIfAbsent(contact, asked ->
          List.copyOf(ENGINE.evaluateDecisionTable(decision, asked.values())));
    }
  }
}
