package org.followthrough.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.followthrough.InTheHouse;
import org.followthrough.engine.FormIntake;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a step says that it reads, its form and its source say the same; and whatever is changed of it is noticed. */
@InTheHouse
class StepReadsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern READING = Pattern.compile("typed\\.(text|yes|choices|number|date|moment|demand|is|value)\\(\"(\\w+)\"");
  private static final Pattern DECLARING = Pattern.compile("(?s)Reads \\w+( = new Reads\\(|\\(\\) \\{).*?;\n");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern WORD = Pattern.compile("[\"'](\\w[\\w-]*)[\"']");

  @Autowired Map<String, Step> steps;
  @Autowired FormIntake intake;

  /** A task of a process, its step, and its form as it is drawn. */
  private record Page(String task, Step step, Path model, Path form) {

    ObjectNode drawing() {
      try {
        return (ObjectNode) JSON.readTree(form.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Page> pages() throws IOException {
    List<Page> pages = new ArrayList<>();
    try (Stream<Path> models = Files.list(Path.of("bpmn"))) {
      for (Path model : models.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList()) {
        Path forms = Path.of("forms", model.getFileName().toString().replace(".bpmn", ""));
        Bpmn.readModelFromFile(model.toFile()).getModelElementsByType(UserTask.class).forEach(task -> pages.add(new Page(task.getName(),
            steps.get(FormIntake.bean(task.getName())), model, forms.resolve(task.getCamundaFormRef() + ".form"))));
      }
    }
    assertThat(pages).extracting(Page::step).containsExactlyInAnyOrderElementsOf(steps.values());
    return pages;
  }

  private List<String> lacks(Page page, JsonNode drawing) {
    try {
      return intake.lacks(page.task(), new ByteArrayInputStream(JSON.writeValueAsBytes(drawing)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<ObjectNode> inputs(JsonNode parent) {
    return StreamSupport.stream(parent.path("components").spliterator(), false).flatMap(component ->
        Stream.concat(component.has("key") ? Stream.of((ObjectNode) component) : Stream.empty(), inputs(component)));
  }

  private static ObjectNode input(JsonNode drawing, String key) {
    return inputs(drawing).filter(input -> input.path("key").asText().equals(key)).findFirst().orElseThrow();
  }

  private static Stream<String> sources(String inPackage) {
    try (Stream<Path> files = Files.list(Path.of("src/main/java", inPackage.replace('.', '/')))) {
      return files.filter(Files::isRegularFile).map(StepReadsTest::source).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is the page of no task: the owners of rows, who read what several pages have in common. */
  private static List<String> beneathAllPages() {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).map(StepReadsTest::source)
          .filter(source -> !source.contains("implements Step")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String source(Step step) {
    return source(Path.of("src/main/java", step.getClass().getName().replaceAll("\\$.*", "").replace('.', '/') + ".java"));
  }

  private static String source(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> answers(JsonNode input) {
    return StreamSupport.stream(input.path("values").spliterator(), false).map(option -> option.path("value").asText());
  }

  private static Stream<String> keys(Step step) {
    return step.reads().fields().stream().map(Reads.Field::key);
  }

  @Test
  void every_form_holds_what_its_step_reads() throws IOException {
    assertThat(pages()).allSatisfy(page -> assertThat(lacks(page, page.drawing())).as(page.task()).isEmpty());
  }

  /** One thing changed at a time, in every form: each key, each answer, each list, each kind of field. */
  @Test
  void whatever_a_designer_renames_drops_or_draws_differently_is_noticed() throws IOException {
    List<String> unnoticed = new ArrayList<>();
    int changes = 0;
    for (Page page : pages()) {
      for (Reads.Field field : page.step().reads().fields()) {
        for (Map.Entry<String, Consumer<ObjectNode>> change : changes(field, input(page.drawing(), field.key())).entrySet()) {
          ObjectNode drawing = page.drawing();
          change.getValue().accept(input(drawing, field.key()));
          changes++;
          if (lacks(page, drawing).stream().noneMatch(sentence -> sentence.startsWith("“" + field.key() + "”"))) {
            unnoticed.add(page.task() + ": " + field.key() + ", " + change.getKey());
          }
        }
      }
    }
    assertThat(unnoticed).isEmpty();
    assertThat(changes).isGreaterThan(1_500);
  }

  private static Map<String, Consumer<ObjectNode>> changes(Reads.Field field, JsonNode drawn) {
    Map<String, Consumer<ObjectNode>> changes = new LinkedHashMap<>();
    changes.put("renamed", input -> input.put("key", field.key() + "Anew"));
    changes.put("dropped", input -> input.remove("key"));
    changes.put("drawn differently", input -> input.put("type", field.kind() == Reads.Kind.SEVERAL ? "radio" : "checklist"));
    if (field.list() != null) {
      changes.put("from another list", input -> input.put("valuesKey", field.list() + "Anew"));
    }
    boolean only = field.only() || field.kind() == Reads.Kind.YES && drawn.has("values");
    Set<String> known = field.kind() == Reads.Kind.YES && only ? Set.of("yes", "no") : field.answers();
    known.forEach(answer -> changes.put("without " + answer, input -> input.path("values").forEach(option -> {
      if (option.path("value").asText().equals(answer)) {
        ((ObjectNode) option).put("value", answer + "-anew");
      }
    })));
    if (only) {
      changes.put("with one answer more", input -> input.withArray("values").addObject().put("label", "Else").put("value", "else"));
    }
    return changes;
  }

  @Test
  void a_field_of_the_designers_own_is_their_own() throws IOException {
    assertThat(pages()).allSatisfy(page -> {
      ObjectNode drawing = page.drawing();
      drawing.withArray("components").addObject().put("type", "radio").put("key", "dogs").put("id", "Field_dogs").put("label", "Dogs?")
          .putArray("values").addObject().put("label", "Yes").put("value", "yes");
      assertThat(lacks(page, drawing)).isEmpty();
    });
  }

  @Test
  void a_list_that_nothing_offers_is_noticed_in_a_field_of_the_designers_own_too() throws IOException {
    assertThat(pages()).allSatisfy(page -> {
      ObjectNode drawing = page.drawing();
      drawing.withArray("components").addObject().put("type", "select").put("key", "dog").put("id", "Field_dog").put("valuesKey", "dogs");
      assertThat(lacks(page, drawing))
          .containsExactly("“dog” takes its choices from “dogs”, which nothing offers; write them into the form");
    });
  }

  /** Where a branch is met by no test, its reading is seen here. */
  @Test
  void every_reading_in_a_steps_source_is_declared() {
    assertThat(steps.values()).allSatisfy(step -> {
      assertThat(READING.matcher(DECLARING.matcher(source(step)).replaceAll("")).results().map(reading -> reading.group(2)))
          .as(step.getClass().getSimpleName()).isSubsetOf(keys(step).toList());
      assertThat(keys(step)).as("what is kept apart of it").containsAll(step.keptApart());
    });
  }

  /** Nothing is asked of designers that nobody reads: of a row of fields alike, the end of the key stands in the source. */
  @Test
  void every_field_that_is_declared_is_read() {
    assertThat(steps.values()).allSatisfy(step -> {
      Set<String> words = Stream.concat(sources(step.getClass().getPackageName()), beneathAllPages().stream())
          .flatMap(source -> WORD.matcher(DECLARING.matcher(source).replaceAll("")).results()).map(word -> word.group(1))
          .collect(Collectors.toSet());
      assertThat(keys(step).filter(key -> !key.startsWith("happened"))).as(step.getClass().getSimpleName()).allMatch(key ->
          words.contains(key) || words.stream().anyMatch(word -> Character.isUpperCase(word.charAt(0)) && key.endsWith(word)));
    });
  }

  /** An answer that is spelled in the step's source, or in its process, is one on which something depends. */
  @Test
  void every_answer_that_code_or_model_spells_is_declared() throws IOException {
    assertThat(pages()).allSatisfy(page -> {
      Stream<String> expressions = EXPRESSION.matcher(source(page.model())).results().map(MatchResult::group);
      Set<String> spelled = Stream.concat(Stream.of(source(page.step())), expressions)
          .flatMap(text -> WORD.matcher(text).results()).map(word -> word.group(1)).collect(Collectors.toSet());
      Set<Reads.Kind> choices = Set.of(Reads.Kind.ONE, Reads.Kind.SEVERAL);
      page.step().reads().fields().stream().filter(field -> choices.contains(field.kind())).forEach(field ->
          assertThat(answers(input(page.drawing(), field.key())).filter(spelled::contains)).as(page.task() + ": " + field.key())
              .isSubsetOf(field.answers()));
    });
  }

  @Test
  void when_it_happened_is_declared_wherever_a_form_asks_for_it() throws IOException {
    Set<String> when = Set.of("happenedAt", "happenedEarlier");
    assertThat(pages()).allSatisfy(page -> {
      List<String> asked = inputs(page.drawing()).map(input -> input.path("key").asText()).filter(when::contains).toList();
      assertThat(keys(page.step()).filter(when::contains)).as(page.task()).containsExactlyInAnyOrderElementsOf(asked);
    });
  }
}
