package org.followthrough.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server applies a form's drawing to what is posted: nothing comes in that the form would not have let in. */
class DeployedFormTest {

  private static final Map<String, Object> NOTHING_SHOWN = Map.of();
  private static final DeployedForm FORM = form("""
      {"components": [
        {"type": "text", "key": "explained", "text": "Write down who told us."},
        {"type": "textfield", "key": "name", "label": "Who? {{ hint }}", "validate": {"required": true, "maxLength": 10}},
        {"type": "group", "components": [
          {"type": "textarea", "key": "story", "label": "What happened?"},
          {"type": "textfield", "key": "code", "label": "Code", "validate": {"pattern": "[A-Z]\\\\d"}}],
          "conditional": {"hide": "=answer = \\"no\\""}},
        {"type": "textfield", "key": "detail", "label": "Detail", "validate": {"required": true},
          "conditional": {"hide": "=answer != \\"yes\\""}},
        {"type": "number", "key": "age", "label": "Age", "validate": {"min": 3, "max": 17}},
        {"type": "checkbox", "key": "heard", "label": "Heard"},
        {"type": "checklist", "key": "harms", "label": "Harms", "values": [{"label": "Neglect", "value": "neglect"}, {"label": "Cold",
          "value": "cold"}]},
        {"type": "taglist", "key": "children", "label": "Children", "valuesKey": "known"},
        {"type": "radio", "key": "answer", "label": "Answer", "values": [{"label": "Yes, indeed", "value": "yes"}, {"label": "No",
          "value": "no"}]},
        {"type": "select", "key": "child", "label": "Child", "valuesKey": "known"},
        {"type": "datetime", "subtype": "date", "key": "born", "dateLabel": "Born on"},
        {"type": "datetime", "subtype": "datetime", "key": "seen", "dateLabel": "Seen on", "timeLabel": "At"},
        {"type": "datetime", "subtype": "time", "key": "rung", "timeLabel": "Rung at"},
        {"type": "checkbox", "key": "unlabelled"},
        {"type": "textfield", "label": "Without a key"}]}""");

  private static DeployedForm form(String drawing) {
    try {
      return DeployedForm.read(new ByteArrayInputStream(drawing.getBytes(StandardCharsets.UTF_8)), new ObjectMapper());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page with a name on it, and this beside it. */
  private static Map<String, Object> page(Object... typed) {
    Map<String, Object> page = new HashMap<>(Map.of("name", "Siobhán"));
    for (int i = 0; i < typed.length; i += 2) {
      page.put((String) typed[i], typed[i + 1]);
    }
    return page;
  }

  private static void refused(String field, String sentence, Object... typed) {
    refusedOn(NOTHING_SHOWN, field, sentence, typed);
  }

  private static void refusedOn(Map<String, Object> shown, String field, String sentence, Object... typed) {
    assertThatThrownBy(() -> FORM.accept(page(typed), shown)).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.field()).isEqualTo(field)).hasMessageContaining(sentence);
  }

  @Test
  void a_form_asks_with_its_inputs_wherever_they_are_drawn_and_with_nothing_else() {
    assertThat(FORM.keys()).containsExactlyInAnyOrder("name", "story", "code", "detail", "age", "heard", "harms", "children",
        "answer", "child", "born", "seen", "rung", "unlabelled");
  }

  @Test
  void what_no_field_asks_for_is_refused_and_not_repeated_as_it_was_typed() {
    refused(null, "The form has no field “dogsb”.", "dogs<b>", "two");
  }

  @Test
  void what_was_filled_counts_in_the_order_of_the_form() {
    Map<String, Object> typed = new LinkedHashMap<>();
    typed.put("heard", true);
    typed.put("harms", List.of("cold"));
    typed.put("age", 4);
    typed.put("name", "Siobhán");
    assertThat(FORM.accept(typed, NOTHING_SHOWN)).containsExactly(Map.entry("name", "Siobhán"), Map.entry("age", 4),
        Map.entry("heard", true), Map.entry("harms", List.of("cold")));
  }

  @Test
  void what_was_left_empty_does_not_count() {
    Map<String, Object> typed = page("story", "  ", "heard", false, "harms", List.of(), "age", null);
    assertThat(FORM.accept(typed, NOTHING_SHOWN)).containsOnlyKeys("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void a_field_that_must_be_filled_is(String nothing) {
    refused("name", "“Who?” is empty.", "name", nothing);
    refused("name", "“Who?” is empty.", "name", null);
  }

  @Test
  void a_hidden_field_is_neither_asked_for_nor_taken() {
    assertThat(FORM.accept(page("answer", "no", "story", "typed before the answer", "detail", "typed too"), NOTHING_SHOWN))
        .containsOnlyKeys("name", "answer");
    refused("detail", "“Detail” is empty.", "answer", "yes");
    assertThat(FORM.accept(page("answer", "yes", "story", "It was cold.", "detail", "Very."), NOTHING_SHOWN))
        .containsOnlyKeys("name", "story", "detail", "answer");
  }

  @Test
  void a_condition_may_ask_for_what_was_shown() {
    DeployedForm asks = form("""
        {"components": [{"type": "textfield", "key": "why", "validate": {"required": true}, "conditional": {"hide": "=late != true"}}]}""");
    assertThat(asks.accept(Map.of(), Map.of("late", false))).isEmpty();
    assertThatThrownBy(() -> asks.accept(Map.of(), Map.of("late", true))).hasMessageContaining("“why” is empty");
    // what cannot be answered hides nothing
    assertThatThrownBy(() -> form("""
        {"components": [{"type": "textfield", "key": "why", "validate": {"required": true}, "conditional": {"hide": "=)("}}]}""")
        .accept(Map.of(), NOTHING_SHOWN)).hasMessageContaining("“why” is empty");
  }

  @Test
  void a_text_is_as_long_as_its_field_and_letters_outside_the_common_plane_count_once() {
    assertThat(FORM.accept(page("name", "😀".repeat(10)), NOTHING_SHOWN)).hasSize(1);
    refused("name", "“Who?” is longer than 10 characters.", "name", "elevenchars");
    assertThat(FORM.accept(page("story", "x".repeat(100_000)), NOTHING_SHOWN)).hasSize(2);
    refused("story", "longer than 100000 characters", "story", "x".repeat(100_001));
  }

  @Test
  void a_text_is_written_as_its_field_asks() {
    assertThat(FORM.accept(page("code", "K1"), NOTHING_SHOWN)).containsEntry("code", "K1");
    refused("code", "“Code” is not written as the field asks.", "code", "K12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "17"})
  void a_number_within_its_bounds_is_taken(String age) {
    assertThat(FORM.accept(page("age", age), NOTHING_SHOWN)).containsEntry("age", age);
  }

  @ParameterizedTest
  @CsvSource({"2, “Age” lies outside what is possible.", "18, “Age” lies outside what is possible.", "four, Enter a whole number.",
      "4.5, Enter a whole number."})
  void any_other_number_is_not(String age, String sentence) {
    refused("age", sentence, "age", age);
  }

  @Test
  void a_number_without_bounds_may_be_any() {
    DeployedForm free = form("{\"components\": [{\"type\": \"number\", \"key\": \"many\"}]}");
    assertThat(free.accept(Map.of("many", -5), NOTHING_SHOWN)).containsEntry("many", -5);
  }

  @Test
  void only_what_is_offered_can_be_chosen() {
    refused("answer", "“Answer” holds a choice that is not offered.", "answer", "perhaps");
    refused("harms", "“Harms” holds a choice that is not offered.", "harms", List.of("neglect", "wet"));
    refused("harms", "“Harms” could not be read.", "harms", "neglect");
    Map<String, Object> shown = Map.of("known", List.of(new Option("Aoife", "1"), new Option("Brona", "2")));
    assertThat(FORM.accept(page("child", "2", "children", List.of("1", "2")), shown)).containsKeys("child", "children");
    refusedOn(shown, "child", "“Child” holds a choice that is not offered.", "child", "3");
    refused("child", "“Child” holds a choice that is not offered.", "child", "2");
  }

  @ParameterizedTest
  @CsvSource({"2026-02-30, This is not a date of the calendar.", "2026-11-20T25:00, This is not a date and time."})
  void a_date_is_one_of_the_calendar(String seen, String sentence) {
    refused("seen", sentence, "seen", seen);
  }

  @Test
  void a_reader_finds_every_answer_under_its_label_and_in_words() {
    Map<String, Object> shown = Map.of("known", List.of(new Option("Aoife", "1"), new Option("Brona", "2")));
    Map<String, Object> accepted = FORM.accept(page("age", "4", "heard", true, "harms", List.of("neglect", "cold"),
        "answer", "yes", "detail", "Very.", "child", "1", "children", List.of("2", "1"), "born", "2019-11-02", "seen", "2026-07-01T14:05",
        "unlabelled", true), shown);
    assertThat(FORM.inWords(accepted, shown)).extracting("label", "value").containsExactly(tuple("Who?", "Siobhán"),
        tuple("Detail", "Very."), tuple("Age", "4"), tuple("Heard", "Yes"), tuple("Harms", "Neglect, Cold"),
        tuple("Children", "Brona, Aoife"), tuple("Answer", "Yes, indeed"),
        tuple("Child", "Aoife"), tuple("Born on", "2 November 2019"), tuple("Seen on", "Wednesday 1 July 2026 at 14:05"),
        tuple("unlabelled", "Yes"));
    // a list that is shown no longer leaves the choice as it was kept
    assertThat(FORM.inWords(Map.of("child", "1"), NOTHING_SHOWN)).extracting("value").containsExactly("1");
  }

  /** The lists that the form takes its choices from are offered. */
  private static final Reads LISTS = new Reads().choiceFrom("known", "child").severalFrom("known", "children");

  @Test
  void a_form_with_all_that_its_step_reads_lacks_nothing_whatever_else_it_asks() {
    assertThat(FORM.lacks(LISTS.text("name", "story").yes("heard", "answer").number("age").date("born").moment("seen")
        .several("harms", "cold").choice("answer", "yes"))).isEmpty();
    assertThat(FORM.lacks(LISTS.either("answer", "yes", "no"))).isEmpty();
  }

  @Test
  void what_a_step_reads_and_a_form_lacks_is_said_with_what_to_do() {
    assertThat(FORM.lacks(LISTS.date("absent"))).containsExactly(
        "“absent” is missing; give the date that asks for it this key, under any label");
    assertThat(FORM.lacks(LISTS.moment("absent"))).singleElement().asString().contains("give the date and time that asks for it");
    assertThat(FORM.lacks(LISTS.number("name"))).containsExactly(
        "“name” is asked with a text field; draw a number under this key");
    assertThat(FORM.lacks(LISTS.moment("born"))).containsExactly("“born” is asked with a date; draw a date and time under this key");
    assertThat(FORM.lacks(LISTS.date("rung"))).containsExactly("“rung” is asked with a date; draw a date under this key");
    assertThat(FORM.lacks(LISTS.date("seen"))).as("a day with its time has a day").isEmpty();
    assertThat(FORM.lacks(new Reads().choiceFrom("others", "child").severalFrom("known", "children"))).containsExactly(
        "“child” must take its choices from “others”");
    assertThat(FORM.lacks(new Reads().severalFrom("known", "children").text("name"))).isEmpty();
    assertThat(FORM.lacks(new Reads())).containsExactly(
        "“children” takes its choices from “known”, which nothing offers; write them into the form",
        "“child” takes its choices from “known”, which nothing offers; write them into the form");
    assertThat(FORM.lacks(LISTS.choice("answer", "yes", "perhaps", "later"))).containsExactly(
        "“answer” does not offer “later”; offer it under this value, in any words",
        "“answer” does not offer “perhaps”; offer it under this value, in any words");
    assertThat(FORM.lacks(LISTS.either("answer", "yes"))).containsExactly(
        "“answer” offers “no”, from which nothing would follow; take it out, or ask for it in a field of its own");
    DeployedForm third = form("""
        {"components": [{"type": "radio", "key": "told", "values": [{"value": "yes"}, {"value": "perhaps"}]}]}""");
    assertThat(third.lacks(new Reads().yes("told"))).containsExactly(
        "“told” does not offer “no”; offer it under this value, in any words",
        "“told” offers “perhaps”, from which nothing would follow; take it out, or ask for it in a field of its own");
  }
}
