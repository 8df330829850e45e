package org.followthrough.upgrade;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.Answers;
import org.followthrough.Practice;
import org.followthrough.Visitor;
import org.followthrough.people.DemoPeople;
import org.followthrough.page.Submission;

/** All who work with an installation, each at a browser of their own, and what they usually do with a page that waits for them. */
final class Everybody {

  private static final String TASK = "/camunda/api/engine/engine/default/task/";

  /** Somebody whom the family does not know yet: those whom it knows may all be invited already. */
  static final Object[] INVITED = {"whom", "professional", "agency", "probation", "name", "Owen Tudor", "reach", "01632 960200",
      "purpose", "for-action", "directContact", "yes", "anotherInvitation", "yes"};

  private final int port;
  private final TaskService tasks;
  private final Map<String, Visitor> signedIn = new HashMap<>();

  Everybody(Installed house) {
    this.port = house.port();
    this.tasks = house.get(ProcessEngine.class).getTaskService();
  }

  /** Every open task, the oldest first. */
  List<Task> open() {
    return tasks.createTaskQuery().orderByTaskCreateTime().asc().orderByTaskId().asc().unlimitedList();
  }

  /** Who does a task: whoever usually does if it waits for them, else the first for whom it waits. */
  String who(Task task) {
    Set<String> groups = tasks.getIdentityLinksForTask(task.getId()).stream().map(IdentityLink::getGroupId).filter(Objects::nonNull)
        .collect(Collectors.toSet());
    List<String> people = Stream.concat(Stream.ofNullable(task.getAssignee()),
        DemoPeople.ALL.stream().filter(person -> person.groups().stream().anyMatch(groups::contains)).map(DemoPeople.Person::id)).toList();
    assertThat(people).as("whoever may do “%s”, asked of %s", task.getName(), groups).isNotEmpty();
    return people.stream().min(Comparator.comparing(person -> !person.equals(Answers.who(task.getName())))).orElseThrow();
  }

  private Visitor as(String person) {
    return signedIn.computeIfAbsent(person, id -> {
      Visitor visitor = Visitor.at(port, id);
      // the first page hands out the token that the engine's calls carry
      visitor.get("/camunda/app/tasklist/default/");
      return visitor;
    });
  }

  /** What a page shows to whoever does it. */
  JsonNode shown(Task task) {
    return answered(task, as(who(task)).get(TASK + task.getId() + "/form-variables"));
  }

  /**
   * Opens every open task as whoever does it, as Tasklist does: its form, what the form shows, its card in the list. Returns what cannot be
   * opened, in sentences.
   */
  List<String> cannotOpen() {
    List<String> shut = new ArrayList<>();
    open().stream().collect(groupingBy(this::who, LinkedHashMap::new, Collectors.toList())).forEach((person, theirs) -> {
      for (Task task : theirs) {
        for (String part : List.of("/deployed-form", "/form-variables")) {
          HttpResponse<String> answer = as(person).get(TASK + task.getId() + part);
          if (answer.statusCode() != 200) {
            shut.add("“%s” does not open for %s: %s says %s, %s".formatted(task.getName(), person, part, answer.statusCode(),
                answer.body()));
          }
        }
      }
      Set<String> cards = new TreeSet<>();
      for (int i = 0; i < theirs.size(); i += 100) {
        String asked = theirs.subList(i, Math.min(i + 100, theirs.size())).stream().map(Task::getId).collect(Collectors.joining(","));
        Visitor.read(as(person).get("/api/cards?tasks=" + asked)).forEach(card -> cards.add(card.path("taskId").asText()));
      }
      theirs.stream().filter(task -> !cards.contains(task.getId()))
          .forEach(task -> shut.add("“%s” has no card in the list of %s".formatted(task.getName(), person)));
    });
    return shut;
  }

  /** Opens the Case tab of these families as somebody who may see all of them. Returns what cannot be opened, in sentences. */
  List<String> cannotOpen(List<String> references) {
    return references.stream().flatMap(reference -> {
      HttpResponse<String> file = as("service-manager").get("/api/cases/" + reference + "/case");
      return Stream.of(file).filter(answer -> answer.statusCode() != 200)
          .map(answer -> "The Case tab of %s does not open: %s, %s".formatted(reference, answer.statusCode(), answer.body()));
    }).toList();
  }

  private static JsonNode answered(Task task, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("“%s” at %s: %s", task.getName(), answer.uri().getPath(), answer.body()).isEqualTo(200);
    return Visitor.read(answer);
  }

  /** Types this into the first open page of a label, and goes home. */
  void begin(String label, Map<String, Object> typed) {
    Task task = tasks.createTaskQuery().taskName(label).orderByTaskCreateTime().asc().listPage(0, 1).get(0);
    Visitor visitor = as(who(task));
    // the token that our own writes carry
    visitor.get("/api/session");
    assertThat(visitor.json("PUT", "/api/tasks/" + task.getId() + "/draft", typed).statusCode()).isEqualTo(204);
  }

  /**
   * Answers a page as usual but for these keys and values; null takes a usual answer away. Returns why it cannot be so; empty where it can.
   */
  Optional<String> refusal(Task task, Object... changes) {
    HttpResponse<String> answer = send(task, changes);
    return answer.statusCode() == 204 ? Optional.empty() : Optional.of("“" + task.getName() + "” cannot be handed in: " + answer.body());
  }

  private HttpResponse<String> send(Task task, Object... changes) {
    Visitor visitor = as(who(task));
    LocalDateTime now = LocalDateTime.ofInstant(ClockUtil.getCurrentTime().toInstant(), Submission.LONDON);
    return visitor.handIn(task.getId(), Practice.page(Answers.to(task.getName(), now, visitor, task.getId()), changes));
  }

  /** Hands in one page of each label that is open now. Returns the labels of which none can be handed in, and why. */
  List<String> cannotHandIn() {
    List<String> refused = new ArrayList<>();
    open().stream().collect(groupingBy(Task::getName, LinkedHashMap::new, Collectors.toList())).forEach((label, waiting) -> {
      Set<String> why = new TreeSet<>();
      for (Task task : waiting) {
        // what another page of this round has ended is no longer there
        if (tasks.createTaskQuery().taskId(task.getId()).count() == 1) {
          Optional<String> refusal = refusal(task, label.equals("Invite to conference") ? INVITED : new Object[0]);
          if (refusal.isEmpty()) {
            return;
          }
          why.add(refusal.get());
        }
      }
      refused.addAll(why);
    });
    return refused;
  }
}
