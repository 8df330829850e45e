package org.followthrough.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.followthrough.deadline.Deadline;
import org.followthrough.family.Chronology;
import org.followthrough.page.DeployedForm;
import org.followthrough.page.Drafts;
import org.followthrough.page.Matter;
import org.followthrough.page.Matters;
import org.followthrough.page.Nature;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Takes a handed-in form into the record, in the transaction that completes its task. */
@Component
public class FormIntake {

  private static final Pattern WORD = Pattern.compile(" +([a-z0-9])");

  private final Map<String, Step> steps;
  private final Chronology chronology;
  private final Matters matters;
  private final Drafts drafts;
  private final FormReader forms;
  private final TaskService tasks;
  private final IdentityService identity;
  private final Clock clock;

  FormIntake(Map<String, Step> steps, Chronology chronology, Matters matters, Drafts drafts, FormReader forms,
      @Lazy TaskService tasks, @Lazy IdentityService identity, Clock clock) {
    this.steps = steps;
    this.chronology = chronology;
    this.matters = matters;
    this.drafts = drafts;
    this.forms = forms;
    this.tasks = tasks;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Writes what a task's form posted and hands the process only what its {@link Step} returns.
   *
   * @throws Refusal when a field cannot stand; the task stays open and the draft stays kept
   */
  public void take(DelegateTask task, VariableMap posted) {
    Matter matter = matters.of(task.getVariables(), user());
    notFor(task.getName(), matter).ifPresent(why -> {
      throw new Refusal(why);
    });
    Step step = steps.get(bean(task.getName()));
    Map<String, Object> shown = step == null ? Map.of() : step.shows(matter);
    DeployedForm form = forms.of(task.getId());
    Map<String, Object> accepted = form.accept(forms.plain(posted), shown);
    Instant now = clock.instant();
    // when it happened and who told us is read of every form that asks for it
    Submission page = new Submission(matter, now, task.getId(), accepted);
    Instant happened = page.happenedAt();
    Submission typed = step == null ? page : page.readBy(step.reads());
    if (step != null) {
      Map<String, Object> decided = step.take(typed);
      task.setVariables(decided);
    }
    Matter after = matters.of(task.getVariables(), matter.user());
    boolean meets = step == null || step.meetsItsClock(typed);
    Object clockRef = task.getVariable(Deadline.CLOCK_REF);
    chronology.add(new Chronology.Line(after.contactId(), after.caseId(), null, after.subjectId(),
        step == null ? task.getName() : step.event(typed), happened,
        new Chronology.Recorded(matter.user(), now, page.text("onBehalfOf"), page.text("onBehalfHow")),
        step == null ? Nature.FACT : step.nature(typed),
        null, form.inWords(told(step, accepted), shown), task.getId(),
        meets && clockRef != null ? UUID.fromString(clockRef.toString()) : null));
    drafts.discard(task.getId(), matter.user());
  }

  /**
   * What the step of a task reads and could not read of a form, a sentence to each; empty where everything is there, and where
   * no step takes the task.
   *
   * @throws IOException when it is no form
   */
  public List<String> lacks(String label, InputStream drawing) throws IOException {
    Step step = steps.get(bean(label));
    return step == null ? List.of() : forms.read(drawing).lacks(step.reads());
  }

  private static Map<String, Object> told(Step step, Map<String, Object> accepted) {
    Map<String, Object> told = new LinkedHashMap<>(accepted);
    if (step != null) {
      told.keySet().removeAll(step.keptApart());
    }
    return told;
  }

  /** Why a task is not for the user of this matter, although their role may do it, see {@link Step#notFor}; empty where it is. */
  public Optional<String> notFor(String label, Matter matter) {
    return Optional.ofNullable(steps.get(bean(label))).flatMap(step -> step.notFor(matter));
  }

  /** Refuses to complete a task past its form: the record would know nothing of it. */
  public void onlyByItsForm(DelegateTask task) {
    if (chronology.handedInBy(task.getId()).isEmpty()) {
      throw new Refusal("Complete this task by handing in its form in Tasklist.");
    }
  }

  /**
   * What a task's form shows to this user before anything is typed, with the draft they kept. The caller has made sure
   * that the user may see the task.
   */
  public Map<String, Object> prefilled(Task task, String user) {
    Step step = steps.get(bean(task.getName()));
    Map<String, Object> shown = new LinkedHashMap<>();
    if (step != null) {
      shown.putAll(step.shows(matters.of(tasks.getVariables(task.getId()), user)));
    }
    drafts.of(task.getId(), user).ifPresent(shown::putAll);
    return shown;
  }

  /** The form's field keys of a task. */
  public Set<String> keys(String taskId) {
    return forms.of(taskId).keys();
  }

  private String user() {
    Authentication current = identity.getCurrentAuthentication();
    if (current == null || current.getUserId() == null) {
      throw new Refusal("Sign in again, then hand this in once more. Nothing is lost.");
    }
    return current.getUserId();
  }

  /** <i>Record contact</i> is taken by the bean {@code recordContact}. */
  public static String bean(String label) {
    Matcher words = WORD.matcher(label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1));
    return words.replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
  }
}
