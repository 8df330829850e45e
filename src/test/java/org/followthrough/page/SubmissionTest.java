package org.followthrough.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step reads what it says that it reads, as what it says that it is, and nothing else. */
class SubmissionTest {

  private static final Instant NOW = Instant.parse("2026-11-16T10:00:00Z");
  private static final Reads READS = new Reads().text("why").yes("agreed").choice("agency", "police")
      .either("answer", "taken-on", "refused").several("factors").number("age").date("bornOn").moment("metAt");

  private static Submission page(Object... fields) {
    Map<String, Object> typed = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      typed.put((String) fields[i], fields[i + 1]);
    }
    return new Submission(null, NOW, null, typed, READS);
  }

  static Stream<Arguments> readings() {
    return Stream.of(
        reading("a field that is not declared", page -> page.text("reason")),
        reading("a box that is not declared", page -> page.yes("agree")),
        reading("ticks that are not declared", page -> page.choices("children")),
        reading("a day that is not declared", page -> page.date("diedOn")),
        reading("a moment that is not declared", page -> page.moment("heldAt")),
        reading("a number that is not declared", page -> page.number("children")),
        reading("what came as it came", page -> page.value("rows")),
        reading("a demand of what is not declared", page -> {
          page.demand("reason", "Say why.");
          return null;
        }),
        reading("when it happened, where nobody is asked", Submission::happenedAt, "happenedAt", "2026-11-16T09:00"),
        reading("words as yes or no", page -> page.yes("why")),
        reading("one answer as several", page -> page.choices("answer")),
        reading("several answers as words", page -> page.text("factors")),
        reading("a choice as yes or no", page -> page.yes("agency")),
        reading("words as a day", page -> page.date("why")),
        reading("an answer that is not declared", page -> page.is("agency", "school"), "agency", "school"),
        reading("an answer to a question of yes or no", page -> page.is("agreed", "maybe"), "agreed", "yes"));
  }

  private static Arguments reading(String what, Function<Submission, Object> reads, Object... typed) {
    return Arguments.of(what, reads, page(typed));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readings")
  void what_a_step_does_not_declare_it_cannot_read(String what, Function<Submission, Object> reads, Submission page) {
    assertThatThrownBy(() -> reads.apply(page)).isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("and reads() does not say so");
  }

  @Test
  void what_it_declares_it_reads() {
    Submission page = page("why", " Because. ", "agreed", "yes", "agency", "police", "answer", "refused", "factors", List.of("drugs"),
        "age", "7", "bornOn", "2020-02-29", "metAt", "2026-11-16T09:30");

    assertThat(page.text("why")).isEqualTo("Because.");
    assertThat(page.yes("agreed")).isTrue();
    assertThat(page.is("agency", "police")).isTrue();
    assertThat(page.is("answer", "taken-on")).isFalse();
    assertThat(page.choices("factors")).containsExactly("drugs");
    assertThat(page.number("age")).isEqualTo(7);
    assertThat(page.date("bornOn")).isEqualTo("2020-02-29");
    assertThat(page.moment("metAt")).isEqualTo("2026-11-16T09:30:00Z");
  }

  @Test
  void what_a_form_from_before_does_not_ask_is_not_answered() {
    assertThat(page().text("why")).isNull();
    assertThat(page().yes("agreed")).isFalse();
    assertThat(page().choices("factors")).isEmpty();
    assertThat(page().moment("metAt")).isNull();
  }

  @Test
  void no_answer_is_neither_of_two() {
    assertThatThrownBy(() -> page().is("answer", "refused")).isInstanceOf(Refusal.class)
        .hasMessage("This is not answered yet. Choose one of the answers.").extracting("field").isEqualTo("answer");
  }

  @Test
  void a_page_that_no_designer_draws_may_be_read_freely() {
    assertThat(new Submission(null, NOW, null, Map.of("anything", "goes")).is("anything", "goes")).isTrue();
  }
}
