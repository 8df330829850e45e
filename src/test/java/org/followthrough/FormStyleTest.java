package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How our forms are drawn. Each rule is a small named method below; the two forms among the test resources break every
 * one of them. Where a rule looks odd, it answers something seen in the form library of Camunda 7.24.
 */
class FormStyleTest {

  private static final int MOST_REQUIRED = 8;

  /** Labels do not wrap; half a form on a small screen shows so many letters. */
  private static final int LONGEST_LABEL_BESIDE_ANOTHER = 34;

  /** A dynamic list cannot be completed in Tasklist and loses rows; the others do not exist there or are no forms. */
  private static final Map<String, String> NOT_IN_OUR_FORMS = Map.of(
      "dynamiclist", "ask for one and then for another",
      "filepicker", "it does nothing in Tasklist",
      "html", "use a text",
      "iframe", "keep the worker on one page",
      "button", "Tasklist has its own");

  private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();

  private static final Set<String> TEXT_INPUTS = Set.of("textfield", "textarea");
  private static final Set<String> ONE_LINE = Set.of("textfield", "number", "select", "taglist", "datetime");
  private static final Pattern LEARNING = Pattern.compile("[KCPQS]-\\d\\d(, [KCPQS]-\\d\\d)*");

  private static final Pattern TIME_LIMIT = Pattern.compile(
      "\\b(\\d+|one|two|three|four|five|ten|fifteen) (working |calendar |clock )?(hour|day|week|month)s?\\b",
      Pattern.CASE_INSENSITIVE);

  private static final List<Rule> RULES = List.of(
      FormStyleTest::isNamedAfterItsFile,
      FormStyleTest::isDrawnForOurPlatform,
      FormStyleTest::beginsWithItsPurposeAndItsReaders,
      FormStyleTest::holdsOnlyWhatTasklistCanComplete,
      FormStyleTest::asksEachThingOnce,
      FormStyleTest::offersAListUnderItsOwnName,
      FormStyleTest::labelsEveryInput,
      FormStyleTest::cutsNoLabelShort,
      FormStyleTest::saysHowADateIsWritten,
      FormStyleTest::keepsTheMinute,
      FormStyleTest::losesNoHalfGivenTime,
      FormStyleTest::limitsEveryText,
      FormStyleTest::asksForLittle,
      FormStyleTest::requiresNothingThatHides,
      FormStyleTest::hidesByReadableConditions,
      FormStyleTest::isNotCompletedByTheEnterKey,
      FormStyleTest::repeatsNoTimeLimit,
      FormStyleTest::namesLearningPointsByTheirIds);

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void is_drawn_by_the_rules(Path form) {
    assertThat(faults(Form.read(form))).isEmpty();
  }

  @Test
  void every_folder_of_forms_is_read() throws IOException {
    try (var all = Files.walk(Path.of("forms"))) {
      assertThat(forms()).isNotEmpty().containsExactlyInAnyOrderElementsOf(all.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void every_rule_bites_on_a_bad_form() {
    var bad = Form.read(Path.of("src/test/resources/bad-forms/bad.form"));
    var oneLine = Form.read(Path.of("src/test/resources/bad-forms/one-line.form"));

    assertThat(RULES).allSatisfy(rule ->
        assertThat(Stream.of(bad, oneLine).flatMap(rule::faults)).isNotEmpty());
    assertThat(faults(oneLine)).containsExactly(
        "one-line.form: Field_name is the only line to type into, so that Enter completes the task; use a text area");
    assertThat(faults(bad)).containsExactly(
        "bad.form: the form id is \"good\"; it must be \"bad\", like its file",
        "bad.form: it is drawn for Camunda Cloud 8.5.0; Tasklist needs Camunda Platform 7.24.0",
        "bad.form: it must begin with a text that says \"**Purpose:**\" and \"**Who reads it:**\"",
        "bad.form: Field_actions has the type dynamiclist; ask for one and then for another",
        "bad.form: Field_report has the type filepicker; it does nothing in Tasklist",
        "bad.form: Field_banner has the type html; use a text",
        "bad.form: Field_map has the type iframe; keep the worker on one page",
        "bad.form: Field_send has the type button; Tasklist has its own",
        "bad.form: two inputs have the key \"name\"; the second would overwrite the first",
        "bad.form: Field_children takes its choices from the key \"children\", into which something is typed; offer "
            + "them under another name",
        "bad.form: Field_unnamed needs a label",
        "bad.form: Field_met needs a label for its time",
        "bad.form: Field_story has a label too long to stand beside another input; give it a row of its own",
        "bad.form: Field_bornOn needs the hint \"Day/month/year\"; browsers show dates in their own order",
        "bad.form: Field_met needs the time interval 1; any other rounds the time down without a word",
        "bad.form: Field_met must be required, or asked for only on demand; a day without its time is dropped",
        "bad.form: Field_story needs a maximum length",
        "bad.form: 9 inputs are required; nobody fills in more than 8 under pressure",
        "bad.form: Field_hidden is required but can hide; an error that nobody sees blocks the Complete button",
        "bad.form: Field_inHiddenGroup is required but can hide; an error that nobody sees blocks the Complete button",
        "bad.form: Text_Limit hides by a condition that is no FEEL; begin with = and compare one field",
        "bad.form: Text_Limit repeats a time limit (\"three working days\"); limits stand in deadlines.dmn only",
        "bad.form: Text_Limit has the learning points \"K2\"; write them as in \"K-02, C-20\"");
  }

  private static Stream<String> isNamedAfterItsFile(Form form) {
    var expected = form.file().replaceFirst("\\.form$", "");
    var id = form.schema().path("id").asText();
    return id.equals(expected)
        ? Stream.empty()
        : Stream.of("the form id is \"%s\"; it must be \"%s\", like its file".formatted(id, expected));
  }

  private static Stream<String> isDrawnForOurPlatform(Form form) {
    var platform = form.schema().path("executionPlatform").asText() + " "
        + form.schema().path("executionPlatformVersion").asText();
    return platform.equals("Camunda Platform 7.24.0")
        ? Stream.empty()
        : Stream.of("it is drawn for %s; Tasklist needs Camunda Platform 7.24.0".formatted(platform));
  }

  private static Stream<String> beginsWithItsPurposeAndItsReaders(Form form) {
    var first = form.schema().path("components").path(0).path("text").asText();
    return first.startsWith("**Purpose:**") && first.contains("**Who reads it:**")
        ? Stream.empty()
        : Stream.of("it must begin with a text that says \"**Purpose:**\" and \"**Who reads it:**\"");
  }

  private static Stream<String> holdsOnlyWhatTasklistCanComplete(Form form) {
    return form.components().stream()
        .filter(component -> NOT_IN_OUR_FORMS.containsKey(component.type()))
        .map(component -> "%s has the type %s; %s".formatted(component.id(), component.type(),
            NOT_IN_OUR_FORMS.get(component.type())));
  }

  private static Stream<String> asksEachThingOnce(Form form) {
    var seen = new HashSet<String>();
    return form.inputs()
        .map(input -> input.get("key"))
        .filter(key -> !seen.add(key))
        .map("two inputs have the key \"%s\"; the second would overwrite the first"::formatted);
  }

  /** A kept draft is laid over what the form shows: what was ticked would take the place of the list to tick from. */
  private static Stream<String> offersAListUnderItsOwnName(Form form) {
    return form.inputs()
        .filter(input -> !input.get("valuesKey").isEmpty() && form.inputs()
            .anyMatch(other -> other.get("key").equals(input.get("valuesKey"))))
        .map(input -> "%s takes its choices from the key \"%s\", into which something is typed; offer them under another name"
            .formatted(input.id(), input.get("valuesKey")));
  }

  private static Stream<String> labelsEveryInput(Form form) {
    return form.inputs().flatMap(input -> {
      var faults = Stream.<String>builder();
      if (input.get(input.isDate() ? "dateLabel" : "label").isBlank()) {
        faults.add(input.id() + " needs a label");
      }
      if (input.hasTime() && input.get("timeLabel").isBlank()) {
        faults.add(input.id() + " needs a label for its time");
      }
      return faults.build();
    });
  }

  private static Stream<String> cutsNoLabelShort(Form form) {
    return form.inputs()
        .filter(input -> input.json().path("layout").path("columns").isNumber())
        .filter(input -> input.get("label").length() > LONGEST_LABEL_BESIDE_ANOTHER)
        .map(input -> "%s has a label too long to stand beside another input; give it a row of its own"
            .formatted(input.id()));
  }

  private static Stream<String> saysHowADateIsWritten(Form form) {
    return form.inputs()
        .filter(input -> input.isDate() && !input.get("description").contains("Day/month/year"))
        .map(input -> "%s needs the hint \"Day/month/year\"; browsers show dates in their own order"
            .formatted(input.id()));
  }

  private static Stream<String> keepsTheMinute(Form form) {
    return form.inputs()
        .filter(input -> input.hasTime() && input.json().path("timeInterval").asInt() != 1)
        .map(input -> input.id() + " needs the time interval 1; any other rounds the time down without a word");
  }

  private static Stream<String> losesNoHalfGivenTime(Form form) {
    return form.inputs()
        .filter(input -> input.hasTime() && !input.isRequired() && !input.canHide())
        .map(input -> input.id()
            + " must be required, or asked for only on demand; a day without its time is dropped");
  }

  private static Stream<String> limitsEveryText(Form form) {
    return form.inputs()
        .filter(input -> TEXT_INPUTS.contains(input.type()) && !input.json().path("validate").has("maxLength"))
        .map(input -> input.id() + " needs a maximum length");
  }

  private static Stream<String> asksForLittle(Form form) {
    var required = form.inputs().filter(Component::isRequired).count();
    return required <= MOST_REQUIRED
        ? Stream.empty()
        : Stream.of("%d inputs are required; nobody fills in more than %d under pressure"
            .formatted(required, MOST_REQUIRED));
  }

  private static Stream<String> requiresNothingThatHides(Form form) {
    return form.inputs()
        .filter(input -> input.isRequired() && input.canHide())
        .map(input -> input.id()
            + " is required but can hide; an error that nobody sees blocks the Complete button");
  }

  /** The server asks each condition again before it looks at a field, so its FEEL must understand it too. */
  private static Stream<String> hidesByReadableConditions(Form form) {
    return form.components().stream()
        .filter(component -> component.json().path("conditional").has("hide"))
        .filter(component -> {
          var condition = component.json().path("conditional").path("hide").asText();
          return !condition.startsWith("=") || !FEEL.parseExpression(condition.substring(1)).isSuccess();
        })
        .map(component -> component.id() + " hides by a condition that is no FEEL; begin with = and compare one field");
  }

  private static Stream<String> isNotCompletedByTheEnterKey(Form form) {
    var lines = form.inputs().filter(input -> ONE_LINE.contains(input.type())).toList();
    return lines.size() == 1 && lines.get(0).type().equals("textfield")
        ? Stream.of("%s is the only line to type into, so that Enter completes the task; use a text area"
            .formatted(lines.get(0).id()))
        : Stream.empty();
  }

  private static Stream<String> repeatsNoTimeLimit(Form form) {
    return form.components().stream().flatMap(component -> Stream.of("label", "text", "description")
        .flatMap(part -> TIME_LIMIT.matcher(component.get(part)).results())
        .map(match -> "%s repeats a time limit (\"%s\"); limits stand in deadlines.dmn only"
            .formatted(component.id(), match.group())));
  }

  private static Stream<String> namesLearningPointsByTheirIds(Form form) {
    return form.components().stream()
        .filter(component -> component.json().path("properties").has("learning"))
        .filter(component -> !LEARNING.matcher(component.learning()).matches())
        .map(component -> "%s has the learning points \"%s\"; write them as in \"K-02, C-20\""
            .formatted(component.id(), component.learning()));
  }

  private static List<String> faults(Form form) {
    return RULES.stream().flatMap(rule -> rule.faults(form)).map(fault -> form.file() + ": " + fault).toList();
  }

  static List<Path> forms() throws IOException {
    try (var files = Files.walk(Path.of("forms"))) {
      return files.filter(file -> file.toString().endsWith(".form")).sorted().toList();
    }
  }

  private interface Rule {
    Stream<String> faults(Form form);
  }

  private record Form(String file, JsonNode schema, List<Component> components) {

    static Form read(Path path) {
      try {
        var schema = new ObjectMapper().readTree(path.toFile());
        var components = new ArrayList<Component>();
        collect(schema, false, components);
        return new Form(path.getFileName().toString(), schema, components);
      } catch (IOException e) {
        throw new UncheckedIOException(path + " is no form", e);
      }
    }

    private static void collect(JsonNode parent, boolean canHide, List<Component> into) {
      for (var json : parent.path("components")) {
        var component = new Component(json, canHide || json.path("conditional").has("hide"));
        into.add(component);
        collect(json, component.canHide, into);
      }
    }

    Stream<Component> inputs() {
      return components.stream().filter(component -> component.json.has("key"));
    }
  }

  /** @param canHide whether it, or a group around it, is shown only on a condition */
  private record Component(JsonNode json, boolean canHide) {

    String get(String property) {
      return json.path(property).asText();
    }

    String id() {
      return get("id");
    }

    String type() {
      return get("type");
    }

    String learning() {
      return json.path("properties").path("learning").asText();
    }

    boolean isRequired() {
      return json.path("validate").path("required").asBoolean();
    }

    boolean isDate() {
      return Set.of("date", "datetime").contains(get("subtype"));
    }

    boolean hasTime() {
      return Set.of("time", "datetime").contains(get("subtype"));
    }
  }
}
