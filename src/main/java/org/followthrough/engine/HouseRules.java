package org.followthrough.engine;

import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.StartFormData;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.handler.StartFormHandler;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.followthrough.deadline.Deadline;
import org.followthrough.page.Refusal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What every model gets without drawing it, so that no designer can forget it: forms go into the record instead of the
 * engine, and every obligation has its running clock.
 */
@Component
class HouseRules extends AbstractBpmnParseListener {

  private final ObjectProvider<FormIntake> intake;
  private final ObjectProvider<Deadline> deadline;

  HouseRules(ObjectProvider<FormIntake> intake, ObjectProvider<Deadline> deadline) {
    this.intake = intake;
    this.deadline = deadline;
  }

  @Override
  public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    var definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
    definition.setTaskFormHandler(new IntoTheRecord(definition.getTaskFormHandler()));
    definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE,
        (TaskListener) task -> asTheHouse(() -> intake.getObject().onlyByItsForm(task)));
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity process) {
    process.setStartFormHandler(new NothingTyped(process.getStartFormHandler()));
  }

  @Override
  public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
    hostOf(element).ifPresent(host -> {
      String process = ((ProcessDefinitionEntity) activity.getProcessDefinition()).getKey();
      activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution ->
          asTheHouse(() -> deadline.getObject().start(execution, process, host)));
      activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) execution ->
          asTheHouse(() -> deadline.getObject().end(execution)));
    });
  }

  /** The obligation of a scope: the activity that carries the timer, in a scope that calls the escalation. */
  private static Optional<String> hostOf(Element scope) {
    boolean escalates = scope.elements("callActivity").stream()
        .anyMatch(call -> "escalation".equals(call.attribute("calledElement")));
    return scope.elements("boundaryEvent").stream()
        .filter(event -> escalates && event.element("timerEventDefinition") != null)
        .map(event -> event.attribute("attachedToRef"))
        .filter(Objects::nonNull)
        .map(host -> host.replaceFirst("^Activity_", ""))
        .findFirst();
  }

  /** What the house does for a user reaches further than the user may; the engine has checked already that they may act. */
  private static void asTheHouse(Runnable act) {
    Context.getCommandContext().runWithoutAuthorization(() -> {
      act.run();
      return null;
    });
  }

  /** Takes what a task's form posts; nothing of it becomes a variable. */
  private class IntoTheRecord implements TaskFormHandler {

    private final TaskFormHandler original;

    IntoTheRecord(TaskFormHandler original) {
      this.original = original;
    }

    @Override
    public void submitFormVariables(VariableMap typed, VariableScope task) {
      asTheHouse(() -> intake.getObject().take((DelegateTask) task, typed));
    }

    @Override
    public TaskFormData createTaskForm(TaskEntity task) {
      return original.createTaskForm(task);
    }

    @Override
    public void parseConfiguration(Element element, DeploymentEntity deployment, ProcessDefinitionEntity process, BpmnParse parse) {
      original.parseConfiguration(element, deployment, process, parse);
    }
  }

  /** A start form only starts: what is to be recorded has a page, and a draft, of its own. */
  private record NothingTyped(StartFormHandler original) implements StartFormHandler {

    @Override
    public void submitFormVariables(VariableMap typed, VariableScope instance) {
      if (!typed.isEmpty()) {
        throw new Refusal("Starting takes nothing down. Put these fields on the page that follows.");
      }
    }

    @Override
    public StartFormData createStartFormData(ProcessDefinitionEntity process) {
      return original.createStartFormData(process);
    }

    @Override
    public void parseConfiguration(Element element, DeploymentEntity deployment, ProcessDefinitionEntity process, BpmnParse parse) {
      original.parseConfiguration(element, deployment, process, parse);
    }
  }
}
