package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.followthrough.deadline.DeadlineRow;
import org.followthrough.deadline.DeadlineTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the handbooks say about models and limits is generated from them, between markers, and fails here when it is stale.
 * {@code mvn test -Dtest=ReadmeTest -Dreadme.write=true} writes it anew.
 */
class ReadmeTest {

  private static final Path README = Path.of("README.md");
  private static final Path MODELS = Path.of("bpmn");
  private static final Path FOR_DESIGNERS = MODELS.resolve("README.md");
  private static final Path FOR_OPERATIONS = Path.of("docker", "README.md");
  /** What somebody who comes to it newly reads in one go. */
  private static final int LONGEST = 12 * 1024;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
  private static final List<Path> HANDBOOKS = List.of(README, FOR_DESIGNERS, FOR_OPERATIONS);
  private static final boolean WRITE = Boolean.getBoolean("readme.write");

  @Test
  void the_table_of_time_limits_is_the_deadline_table() throws IOException {
    try (var dmn = Files.newInputStream(MODELS.resolve("deadlines.dmn"))) {
      assertUpToDate("deadlines", table(
          List.of("Process", "Obligation", "Limit", "Counted from", "Class", "Amber", "Asked first", "Basis", "Source"),
          DeadlineTable.read(dmn).rows().stream().map(ReadmeTest::cellsOf)));
    }
  }

  @Test
  void the_table_of_processes_is_what_the_models_say() throws IOException {
    try (var files = Files.list(MODELS)) {
      var processes = files.filter(file -> file.toString().endsWith(".bpmn")).sorted()
          .flatMap(file -> Bpmn.readModelFromFile(file.toFile()).getModelElementsByType(Process.class).stream());
      assertUpToDate("processes", table(List.of("Process", "Purpose", "Ends as"), processes.map(ReadmeTest::cellsOf)));
    }
  }

  @Test
  void the_first_page_is_read_in_one_go() throws IOException {
    assertThat(Files.size(README)).isLessThanOrEqualTo(LONGEST);
  }

  @ParameterizedTest
  @FieldSource("HANDBOOKS")
  void every_link_leads_somewhere(Path handbook) throws IOException {
    for (var link : LINK.matcher(Files.readString(handbook)).results().filter(found -> !found.group(1).contains("://")).toList()) {
      var target = link.group(1).isEmpty() ? handbook : handbook.resolveSibling(link.group(1));
      assertThat(target).as("%s links to %s", handbook, link.group()).exists();
      if (link.group(2) != null) {
        assertThat(headings(target)).as("%s links to %s", handbook, link.group()).contains(link.group(2));
      }
    }
  }

  @Test
  void the_handbooks_link_to_each_other() throws IOException {
    assertThat(Files.readString(README)).contains("(bpmn/README.md)", "(docker/README.md)");
  }

  /** As they are linked to: lower case, a dash for each space, without what is no letter. */
  private static List<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream().filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-')).toList();
  }

  private static List<String> cellsOf(DeadlineRow row) {
    return List.of(
        row.process(),
        inWords(row.obligation()),
        row.convention() == null || !row.unit().countsDays()
            ? row.limit()
            : row.limit() + ", " + row.convention().spelling(),
        row.countFrom(),
        row.deadlineClass().spelling(),
        row.warnHours() == 0 ? "–" : row.warnHours() + " h before",
        row.escalateTo(),
        row.basis().spelling(),
        row.source());
  }

  private static List<String> cellsOf(Process process) {
    var purpose = process.getDocumentations().stream().map(text -> text.getTextContent().strip()).findFirst()
        .orElse("");
    assertThat(purpose).as("documentation of " + process.getId()).isNotEmpty();
    var outcomes = outcomes(process.getFlowElements().stream()).distinct().collect(Collectors.joining("; "));
    return List.of(process.getName(), purpose, outcomes.isEmpty() ? "with the work that called it" : outcomes);
  }

  /** The ends of the process itself, and those of the event subprocesses that may take its place. */
  private static Stream<String> outcomes(Stream<FlowElement> elements) {
    return elements.flatMap(element -> {
      if (element instanceof EndEvent end) {
        return Stream.of(end.getName());
      }
      return element instanceof SubProcess subprocess && subprocess.triggeredByEvent()
          ? outcomes(subprocess.getFlowElements().stream())
          : Stream.empty();
    });
  }

  /** "DecideResponse" as "Decide response". */
  private static String inWords(String pascalCase) {
    return pascalCase.charAt(0)
        + pascalCase.substring(1).replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String table(List<String> head, Stream<List<String>> rows) {
    return Stream.of(Stream.of(head, head.stream().map(cell -> "---").toList()), rows).flatMap(lines -> lines)
        .map(cells -> cells.stream().map(ReadmeTest::oneLine).collect(Collectors.joining(" | ", "| ", " |")))
        .collect(Collectors.joining("\n"));
  }

  private static String oneLine(String cell) {
    return cell.replaceAll("\\s+", " ").replace("|", "\\|");
  }

  private static void assertUpToDate(String section, String generated) throws IOException {
    var page = Files.readString(FOR_DESIGNERS);
    var marked = Pattern.compile("(?s)(<!-- %1$s -->\n).*?(<!-- /%1$s -->)".formatted(section)).matcher(page);
    assertThat(marked.find()).as("bpmn/README.md holds the markers of \"%s\"", section).isTrue();
    var upToDate = page.substring(0, marked.end(1)) + "\n" + generated + "\n\n" + page.substring(marked.start(2));
    if (WRITE) {
      Files.writeString(FOR_DESIGNERS, upToDate);
    } else {
      assertThat(page).as("bpmn/README.md is stale: mvn test -Dtest=ReadmeTest -Dreadme.write=true").isEqualTo(upToDate);
    }
  }
}
