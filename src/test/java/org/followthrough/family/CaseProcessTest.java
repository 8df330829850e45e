package org.followthrough.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.InTheHouse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Each process answers for itself when something happens to the whole case. */
@InTheHouse
class CaseProcessTest {

  @Autowired List<CaseProcess> processes;

  @Test
  void each_answers_for_a_process_that_there_is_and_none_twice() throws IOException {
    assertThat(processes).extracting(CaseProcess::process).doesNotHaveDuplicates().isSubsetOf(models(""));
  }

  /** Letters, invitations and clocks stop at once; what others wait for, and what was held, is finished. */
  @Test
  void every_process_that_can_be_withdrawn_ends_with_the_last_child_or_says_why_it_goes_on() throws IOException {
    Set<String> ends = models("Withdrawn\" />");
    ends.removeIf(process -> processes.stream().anyMatch(one -> one.process().equals(process) && one.goesOnAfterDeath() != null));
    assertThat(ends).as("processes that end when no child of the family lives any more. A new one ends too, unless a CaseProcess of its "
        + "own says why "
        + "it goes on: decide, and say so here").containsExactly("action", "assessment", "child-in-need", "conference", "core-group",
        "emergency-protection", "family-move", "lead-professional", "notice", "referral", "section-47", "strategy-discussion", "succession",
            "visit");
    assertThat(processes).filteredOn(one -> one.goesOnAfterDeath() != null)
        .allSatisfy(one -> assertThat(one.goesOnAfterDeath()).endsWith("."))
        .extracting(CaseProcess::process).containsExactlyInAnyOrder("acceptance", "authority-word", "child-death", "dissent", "exchange",
            "family-arrival", "minutes", "receipts");
  }

  /** The processes whose model has a message that ends so. */
  private static Set<String> models(String message) throws IOException {
    try (Stream<Path> models = Files.list(Path.of("bpmn"))) {
      Set<String> found = new TreeSet<>();
      for (Path model : models.filter(file -> file.toString().endsWith(".bpmn")).collect(Collectors.toList())) {
        if (Files.readAllLines(model).stream().anyMatch(line -> message.isEmpty() || line.contains("<bpmn:message ")
            && line.endsWith(message))) {
          found.add(model.getFileName().toString().replace(".bpmn", ""));
        }
      }
      return found;
    }
  }
}
