package org.followthrough.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;

/**
 * A Camunda Form as it was deployed. The engine does not check what such a form posts, so the server applies the same
 * drawing again: whoever changes a field in Modeler changes the check with it.
 */
public class DeployedForm {

  private static final Set<String> INPUTS =
      Set.of("textfield", "textarea", "number", "checkbox", "checklist", "taglist", "radio", "select", "datetime");
  /** What Modeler calls them. */
  private static final Map<String, String> IN_MODELER = Map.of("textfield", "text field", "textarea", "text area", "number", "number",
      "checkbox", "checkbox", "checklist", "checkbox group", "taglist", "tag list", "radio", "radio group", "select", "select",
      "datetime", "date");
  private static final int LONGEST = 100_000;
  private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();
  /** Reading a condition costs far more than asking it, and each is asked at every hand-in; there are as many as forms say. */
  private static final Map<String, ParseResult> CONDITIONS = new ConcurrentHashMap<>();

  private final List<JsonNode> inputs = new ArrayList<>();

  private DeployedForm(JsonNode form) {
    collect(form, List.of());
  }

  /** Reads a form's drawing. */
  public static DeployedForm read(InputStream drawing, ObjectMapper json) throws IOException {
    return new DeployedForm(json.readTree(drawing));
  }

  private void collect(JsonNode parent, List<String> hiddenWith) {
    for (JsonNode component : parent.path("components")) {
      List<String> hidden = new ArrayList<>(hiddenWith);
      if (component.path("conditional").hasNonNull("hide")) {
        hidden.add(component.path("conditional").path("hide").asText());
      }
      if (INPUTS.contains(component.path("type").asText()) && component.hasNonNull("key")) {
        var input = (ObjectNode) component;
        input.putPOJO("hiddenWith", hidden);
        inputs.add(input);
      }
      collect(component, hidden);
    }
  }

  /** The keys that a form may post. */
  public Set<String> keys() {
    return Set.copyOf(inputs.stream().map(input -> input.path("key").asText()).toList());
  }

  /**
   * What a step reads and could not read of this form, a sentence to each that tells a designer what to do; empty where
   * everything is there. What is there beside it is the designer's.
   */
  public List<String> lacks(Reads reads) {
    List<String> lacking = new ArrayList<>();
    for (Reads.Field field : reads.fields()) {
      List<JsonNode> drawn = inputs.stream().filter(input -> input.path("key").asText().equals(field.key())).toList();
      if (drawn.isEmpty()) {
        lacking.add("“" + field.key() + "” is missing; give the " + inModeler(field.kind())
            + " that asks for it this key, under any label");
      }
      drawn.forEach(input -> lacking.addAll(lacks(field, input)));
    }
    Set<String> read = reads.fields().stream().map(Reads.Field::key).collect(Collectors.toSet());
    inputs.stream().filter(input -> !read.contains(input.path("key").asText()) && input.hasNonNull("valuesKey")
        && !reads.offers(input.path("valuesKey").asText()))
        .forEach(input -> lacking.add("“" + input.path("key").asText() + "” takes its choices from “" + input.path("valuesKey").asText()
            + "”, which nothing offers; write them into the form"));
    return lacking;
  }

  private static List<String> lacks(Reads.Field field, JsonNode input) {
    String named = "“" + field.key() + "” ";
    String type = input.path("type").asText();
    boolean timeless = field.kind() == Reads.Kind.MOMENT && !"datetime".equals(input.path("subtype").asText())
        || field.kind() == Reads.Kind.DATE && !input.path("subtype").asText().startsWith("date");
    if (!field.kind().components().contains(type) || timeless) {
      return List.of(named + "is asked with a " + inModeler(type) + "; draw a " + inModeler(field.kind())
          + " under this key");
    }
    if (field.list() != null) {
      return input.path("valuesKey").asText().equals(field.list()) ? List.of()
          : List.of(named + "must take its choices from “" + field.list() + "”");
    }
    boolean yes = field.kind() == Reads.Kind.YES && !"checkbox".equals(type);
    Set<String> known = yes ? Set.of("yes", "no") : field.answers();
    List<String> offered = options(input, Map.of()).stream().map(Option::value).toList();
    List<String> lacking = new ArrayList<>();
    known.stream().filter(answer -> !offered.contains(answer)).sorted().forEach(answer ->
        lacking.add(named + "does not offer “" + answer + "”; offer it under this value, in any words"));
    offered.stream().filter(answer -> (yes || field.only()) && !known.contains(answer)).forEach(answer ->
        lacking.add(named + "offers “" + answer + "”, from which nothing would follow; take it out, or ask for it in a field of its own"));
    return lacking;
  }

  /** A kind of component as Modeler calls it: {@code checklist} is "checkbox group". */
  public static String inModeler(String type) {
    return IN_MODELER.getOrDefault(type, type);
  }

  private static String inModeler(Reads.Kind kind) {
    return kind == Reads.Kind.DATE ? "date" : kind == Reads.Kind.MOMENT ? "date and time"
        : kind.components().stream().limit(2).map(IN_MODELER::get).collect(Collectors.joining(" or "));
  }

  /**
   * Checks what was posted.
   *
   * @param typed by field key
   * @param shown what the form showed; offered choices and conditions come from it
   * @return what counts: visible fields that were filled, in the order of the form
   * @throws Refusal naming the first field that cannot stand
   */
  public Map<String, Object> accept(Map<String, Object> typed, Map<String, Object> shown) {
    for (String key : typed.keySet()) {
      if (!keys().contains(key)) {
        throw new Refusal("The form has no field “" + key.replaceAll("[^a-zA-Z0-9]", "")
            + "”. Open the task again and hand it in from there.");
      }
    }
    Map<String, Object> seen = new LinkedHashMap<>(shown);
    inputs.forEach(input -> seen.put(input.path("key").asText(), null));
    seen.putAll(typed);
    Map<String, Object> accepted = new LinkedHashMap<>();
    for (JsonNode input : inputs) {
      String key = input.path("key").asText();
      Object value = typed.get(key);
      if (!hidden(input, seen)) {
        check(input, key, value, shown);
        if (filled(value)) {
          accepted.put(key, value);
        }
      }
    }
    return accepted;
  }

  private static boolean filled(Object value) {
    return value != null && !Boolean.FALSE.equals(value) && !(value instanceof Collection<?> ticked && ticked.isEmpty())
        && !value.toString().isBlank();
  }

  @SuppressWarnings("unchecked")
  private static boolean hidden(JsonNode input, Map<String, Object> seen) {
    List<String> conditions = (List<String>) ((POJONode) input.get("hiddenWith")).getPojo();
    return conditions.stream().anyMatch(condition -> {
      ParseResult read = CONDITIONS.computeIfAbsent(condition.replaceFirst("^=", ""), FEEL::parseExpression);
      if (!read.isSuccess()) {
        return false;
      }
      var result = FEEL.evaluate(read.parsedExpression(), seen);
      return result.isSuccess() && Boolean.TRUE.equals(result.result());
    });
  }

  private static void check(JsonNode input, String key, Object value, Map<String, Object> shown) {
    String label = label(input);
    JsonNode rules = input.path("validate");
    if (!filled(value)) {
      if (rules.path("required").asBoolean()) {
        throw new Refusal(key, "“" + label + "” is empty. Fill it in, or say why it is not known.");
      }
      return;
    }
    switch (input.path("type").asText()) {
      case "textfield", "textarea" -> {
        int longest = rules.path("maxLength").asInt(LONGEST);
        String text = value.toString();
        if (text.codePointCount(0, text.length()) > longest) {
          throw new Refusal(key, "“" + label + "” is longer than " + longest
              + " characters. Shorten it, or put the rest into another entry.");
        }
        if (rules.hasNonNull("pattern") && !text.matches(rules.path("pattern").asText())) {
          throw new Refusal(key, "“" + label + "” is not written as the field asks.");
        }
      }
      case "number" -> {
        Integer number = new Submission(null, null, null, Map.of(key, value)).number(key);
        if (rules.hasNonNull("min") && number < rules.path("min").asInt()
            || rules.hasNonNull("max") && number > rules.path("max").asInt()) {
          throw new Refusal(key, "“" + label + "” lies outside what is possible.");
        }
      }
      case "checklist", "taglist" -> {
        if (!(value instanceof Collection<?> ticked)) {
          throw new Refusal(key, "“" + label + "” could not be read. Open the task again and tick once more.");
        }
        ticked.forEach(choice -> offered(input, key, label, choice, shown));
      }
      case "radio", "select" -> offered(input, key, label, value, shown);
      case "datetime" -> new Submission(null, null, null, Map.of(key, value)).moment(key);
      default -> { }
    }
  }

  private static void offered(JsonNode input, String key, String label, Object choice, Map<String, Object> shown) {
    if (options(input, shown).stream().noneMatch(option -> option.value().equals(String.valueOf(choice)))) {
      throw new Refusal(key, "“" + label + "” holds a choice that is not offered. Choose again.");
    }
  }

  private static List<Option> options(JsonNode input, Map<String, Object> shown) {
    if (input.hasNonNull("valuesKey")) {
      return shown.get(input.path("valuesKey").asText()) instanceof Collection<?> offered
          ? offered.stream().map(Option.class::cast).toList() : List.of();
    }
    return StreamSupport.stream(input.path("values").spliterator(), false)
        .map(option -> new Option(option.path("label").asText(), option.path("value").asText())).toList();
  }

  /** What was accepted as a reader sees it: every field under its label, choices in words. */
  public List<Answer> inWords(Map<String, Object> accepted, Map<String, Object> shown) {
    List<Answer> words = new ArrayList<>();
    for (JsonNode input : inputs) {
      Object value = accepted.get(input.path("key").asText());
      if (value != null) {
        words.add(new Answer(label(input), said(input, value, shown)));
      }
    }
    return words;
  }

  private static String said(JsonNode input, Object value, Map<String, Object> shown) {
    if (value instanceof Collection<?> ticked) {
      return String.join(", ", ticked.stream().map(choice -> said(input, choice, shown)).toList());
    }
    return switch (input.path("type").asText()) {
      case "checkbox" -> "Yes";
      case "datetime" -> {
        Submission typed = new Submission(null, null, null, Map.of("at", value));
        yield "date".equals(input.path("subtype").asText())
            ? Words.date(typed.date("at"))
            : Words.moment(typed.moment("at"));
      }
      case "radio", "select", "checklist", "taglist" -> options(input, shown).stream()
          .filter(option -> option.value().equals(value.toString())).map(Option::label).findFirst().orElse(value.toString());
      default -> value.toString();
    };
  }

  private static String label(JsonNode input) {
    String label = input.path("label").asText(input.path("dateLabel").asText(input.path("timeLabel").asText(input.path("key").asText())));
    return label.replaceAll("\\{\\{.*?}}", "").strip();
  }
}
