package org.followthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Clocks;
import org.followthrough.engine.FormIntake;
import org.followthrough.page.Option;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/**
 * A family's time, day after day, on the controlled clock. At ten in the morning of each working day everybody does what waits
 * for them as they usually would; a test says what is kept back, and answers some pages itself. Whatever managers are asked is
 * written down with the day on which they are.
 */
@Component
public class Year {

  /** What managers are asked. */
  public static final String ESCALATED = "Agree what happens now";

  /** Work that nobody does before its day: handed in when it is due by the end of the next day. */
  private static final Set<String> IN_ITS_TIME = Set.of("Record visit", "Arrange core group", "Record core group", "Report on action",
      "Review support", "Arrange conference", "Write report", "Report to conference", "Record conference", "Write assessment");
  private static final LocalTime MORNING = LocalTime.of(10, 0);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A manager's task as it appeared. */
  public record Asked(LocalDate day, String obligation, String groups) {

    @Override
    public String toString() {
      return day + " " + obligation + ": " + groups;
    }
  }

  private final Practice practice;
  private final FormIntake forms;
  private final Clocks clocks;
  private final TheRecord record;
  private final ProcessEngine engine;

  private String contact;
  private final Set<String> seen = new HashSet<>();
  private final List<Asked> asked = new ArrayList<>();
  private final Map<String, BiFunction<Task, Map<String, Object>, Map<String, Object>>> answers = new HashMap<>();
  private Predicate<Task> keptBack = task -> false;

  Year(Practice practice, FormIntake forms, Clocks clocks, TheRecord record, ProcessEngine engine) {
    this.practice = practice;
    this.forms = forms;
    this.clocks = clocks;
    this.record = record;
    this.engine = engine;
  }

  /** Begins to live with the family of a contact. */
  public void begins(String contact) {
    this.contact = contact;
    seen.clear();
    asked.clear();
    answers.clear();
    keptBack = task -> false;
  }

  /** From now on these tasks are not done, until something else is kept back. */
  public void keepBack(Predicate<Task> tasks) {
    keptBack = tasks;
  }

  /** How pages of this name are answered from now on, given the task and what its form shows. */
  public void answer(String label, BiFunction<Task, Map<String, Object>, Map<String, Object>> how) {
    answers.put(label, how);
  }

  /** Lives on until the evening of a day. */
  public void until(String lastDay) {
    LocalDate day = LocalDate.ofInstant(now(), Submission.LONDON);
    for (; !day.isAfter(LocalDate.parse(lastDay)); day = day.plusDays(1)) {
      if (at(day, MORNING) && day.getDayOfWeek().getValue() < 6) {
        everybodyWorks();
      }
      at(day, LocalTime.of(17, 0, 1));
      at(day, LocalTime.of(23, 59, 59));
      if (day.getDayOfWeek() == DayOfWeek.FRIDAY) {
        assertThat(record.datesThatDisagree(practice.caseOf(contact))).as("one date for everybody on %s", day).isEmpty();
      }
    }
  }

  /** What managers were asked so far, in order. */
  public List<Asked> asked() {
    return asked;
  }

  /** The open tasks of the family. */
  public List<Task> open() {
    return engine.getTaskService().createTaskQuery().processVariableValueEquals("contactRef", contact).orderByTaskCreateTime().asc().list();
  }

  /** Does what waits now, and what comes of it. */
  public void everybodyWorks() {
    for (int rounds = 0; rounds < 200; rounds++) {
      List<Task> todo = open().stream().filter(task -> !task.getName().equals(ESCALATED) && !keptBack.test(task)
          && inItsTime(task)).toList();
      if (todo.isEmpty()) {
        return;
      }
      Task task = todo.get(0);
      practice.handIn(who(task), task.getId(), answer(task));
    }
    throw new AssertionError("Work never ends: " + open().stream().map(Task::getName).toList());
  }

  private boolean inItsTime(Task task) {
    return !IN_ITS_TIME.contains(task.getName()) || task.getDueDate() == null || !task.getDueDate().toInstant()
        .isAfter(now().plusSeconds(36 * 3600));
  }

  private boolean at(LocalDate day, LocalTime time) {
    Instant moment = london(LocalDateTime.of(day, time).toString());
    if (moment.isBefore(now())) {
      return false;
    }
    ClockUtil.setCurrentTime(java.util.Date.from(moment));
    practice.timersFire();
    for (Task task : open()) {
      if (task.getName().equals(ESCALATED) && seen.add(task.getId())) {
        asked.add(new Asked(day, clocks.get(UUID.fromString((String) engine.getTaskService().getVariable(task.getId(), "lateClockRef")))
            .obligation(), String.join(",", practice.groupsOf(task))));
      }
    }
    return true;
  }

  /** The first of those whose task it is who works here. */
  public String who(Task task) {
    if (task.getName().equals("Confirm action")) {
      // two pairs of eyes
      return "manager";
    }
    return practice.groupsOf(task).stream().map(group -> switch (group) {
      case "north.social-worker" -> "worker";
      case "north.team-manager" -> "manager";
      case "conference-chair" -> "chair";
      case "minute-taker" -> "minutes";
      case "contact-centre" -> "contact";
      default -> group;
    }).min(Comparator.comparing(user -> List.of("worker", "manager", "chair", "minutes", "contact", "police", "health",
        "school", "service-manager", "head-of-service", "out-of-hours").indexOf(user))).orElseThrow();
  }

  /** The usual answer to a page, every list ticked whole. */
  public Map<String, Object> answer(Task task) {
    Map<String, Object> shown = forms.prefilled(task, who(task));
    if (answers.containsKey(task.getName())) {
      return answers.get(task.getName()).apply(task, shown);
    }
    return usual(task, shown);
  }

  /** The same, for a test that changes some of it. */
  public Map<String, Object> usual(Task task, Map<String, Object> shown, Object... changes) {
    Map<String, Object> page = new HashMap<>(Answers.usual(task.getName(), LocalDateTime.ofInstant(now(), Submission.LONDON)));
    try (InputStream drawing = engine.getFormService().getDeployedTaskForm(task.getId())) {
      tick(JSON.readTree(drawing), shown, page);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Practice.page(page, changes);
  }

  private static void tick(JsonNode parent, Map<String, Object> shown, Map<String, Object> page) {
    for (JsonNode component : parent.path("components")) {
      if (component.hasNonNull("valuesKey") && shown.get(component.path("valuesKey").asText()) instanceof List<?> options
          && !options.isEmpty()) {
        List<String> offered = options.stream().map(option -> ((Option) option).value()).toList();
        if (component.path("type").asText().equals("checklist")) {
          page.putIfAbsent(component.path("key").asText(), offered);
        }
      }
      tick(component, shown, page);
    }
    page.remove("childrenDifferent");
  }

  private static Instant now() {
    return ClockUtil.getCurrentTime().toInstant();
  }
}
