package org.followthrough.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.followthrough.deadline.Clocks;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What is done to a running process from outside it: by a manager, or by another process that knows that it is needed no more. The
 * community edition has no button for that, so every process listens for a message whose name ends in {@code Withdrawn}, and the
 * referral for {@code DecisionTakenBack}.
 */
@Component
public class ProcessInstances {

  /** The variable in which an escalation keeps whom it has asked so far. */
  private static final String ASKED = "askedGroups";

  private final RuntimeService runtime;
  private final RepositoryService repository;
  private final ProcessEngine engine;
  private final Clocks clocks;

  ProcessInstances(@Lazy RuntimeService runtime, @Lazy RepositoryService repository, @Lazy ProcessEngine engine, Clocks clocks) {
    this.runtime = runtime;
    this.repository = repository;
    this.engine = engine;
    this.clocks = clocks;
  }

  /** A process that runs: its process instance, its process, and what it is about. */
  public record Running(String id, String process, String name, String contactRef, String personRef, UUID subjectId) {}

  /**
   * The processes that run under these business keys, not what they have called. A process keeps the reference under which it
   * began, also when that case was joined into another, so a case is asked for with all its references.
   */
  public List<Running> running(List<String> businessKeys) {
    return businessKeys.stream()
        .flatMap(key -> runtime.createProcessInstanceQuery().processInstanceBusinessKey(key).rootProcessInstances().list().stream())
        .map(instance -> running(instance.getId())).toList();
  }

  /** The process that a process instance belongs to, called or not. */
  public Running around(String processInstanceId) {
    return running(runtime.createProcessInstanceQuery().processInstanceId(processInstanceId).singleResult().getRootProcessInstanceId());
  }

  private Running running(String id) {
    ProcessInstance instance = runtime.createProcessInstanceQuery().processInstanceId(id).singleResult();
    ProcessDefinition definition = repository.getProcessDefinition(instance.getProcessDefinitionId());
    return new Running(id, definition.getKey(), definition.getName(), (String) runtime.getVariable(id, "contactRef"),
        (String) runtime.getVariable(id, "personRef"), Optional.ofNullable((String) runtime.getVariable(id, "subjectRef"))
            .map(UUID::fromString).orElse(null));
  }

  /** Ends a process, by its process instance: it listens for a message of its own that says so. */
  public void withdraw(String processInstanceId, String why) {
    runtime.createEventSubscriptionQuery().processInstanceId(processInstanceId).eventType("message").list().stream()
        .filter(waiting -> waiting.getEventName().endsWith("Withdrawn") && waitsStill(waiting.getId()))
        .forEach(waiting -> runtime.messageEventReceived(waiting.getEventName(), waiting.getExecutionId(), Map.of("whyWithdrawn", why)));
  }

  /** What has ended in this very transaction, with something else that was withdrawn, is still found by a query. */
  private boolean waitsStill(String subscription) {
    return inside(context -> {
      EventSubscriptionEntity waiting = context.getEventSubscriptionManager().findEventSubscriptionById(subscription);
      return waiting != null && !context.getDbEntityManager().isDeleted(waiting);
    });
  }

  /**
   * Tells the processes of a contact what they wait to be told.
   *
   * @return false when none waits for it any more, because the next step is done
   */
  public boolean tell(String message, String contactRef) {
    List<Execution> waiting = runtime.createExecutionQuery().processVariableValueEquals("contactRef", contactRef)
        .messageEventSubscriptionName(message).list();
    waiting.forEach(execution -> runtime.messageEventReceived(message, execution.getId()));
    return !waiting.isEmpty();
  }

  /**
   * Starts the process that waits for a message, from outside another process.
   *
   * @param references what it is about beside the case, by the names that processes use
   */
  public void begin(String message, String caseRef, Map<String, Object> references) {
    runtime.createMessageCorrelation(message).processInstanceBusinessKey(caseRef)
        .setVariables(references).setVariable("caseRef", caseRef).correlateStartMessage();
  }

  /**
   * Tells the processes of a case that already run what they wait to be told.
   *
   * @param references all of the case: a process keeps the one under which it began
   * @param about only the processes about these subjects are told; null for all of them
   */
  public void tell(String message, List<String> references, Collection<UUID> about) {
    waiting(message, references).filter(execution -> isAbout(running(execution.getProcessInstanceId()), about))
        .forEach(execution -> runtime.messageEventReceived(message, execution.getId()));
  }

  /** Ends the processes of a case that listen for this message, because nobody needs them any more; whom and which as for {@link #tell}. */
  public void end(String message, List<String> references, Collection<UUID> about) {
    listening(message, references).stream().filter(one -> isAbout(one, about)).forEach(one -> withdraw(one.id(), "no-longer-needed"));
  }

  /** Withdraws what a contact has begun and listens for this message, where its subject may be given up. */
  public void withdrawOf(String contact, String message, List<String> references, Predicate<UUID> mayEnd) {
    listening(message, references).stream().filter(one -> contact.equals(one.contactRef()) && mayEnd.test(one.subjectId()))
        .forEach(one -> withdraw(one.id(), "withdrawn"));
  }

  /** The processes of a case, called ones too, that listen for this message. */
  public List<Running> listening(String message, List<String> references) {
    return waiting(message, references).map(execution -> running(execution.getProcessInstanceId())).toList();
  }

  /** Ends every process about this subject, whatever it is. */
  public void withdrawAbout(UUID subject, String why) {
    runtime.createProcessInstanceQuery().variableValueEquals("subjectRef", subject.toString()).rootProcessInstances().list()
        .forEach(one -> withdraw(one.getId(), why));
  }

  private Stream<Execution> waiting(String message, List<String> references) {
    return references.stream()
        .flatMap(reference -> runtime.createExecutionQuery().processInstanceBusinessKey(reference).messageEventSubscriptionName(message)
            .list().stream());
  }

  private static boolean isAbout(Running one, Collection<UUID> subjects) {
    return subjects == null || one.subjectId() != null && subjects.contains(one.subjectId());
  }

  /**
   * Takes the processes that are about these subjects over to another case of the same family, with what they have called: its
   * reference, its business key and its clocks. Nothing on them begins anew.
   *
   * @param references of the case under which they run now
   */
  public List<Running> follow(List<String> references, Collection<UUID> subjects, String reference, UUID caseId) {
    List<Running> going = running(references).stream().filter(one -> subjects.contains(one.subjectId())).toList();
    for (Running one : going) {
      List<String> instances = withCalled(one.id());
      for (String instance : instances) {
        runtime.setVariable(instance, "caseRef", reference);
        setBusinessKey(instance, reference);
      }
      clocks.belongTo(caseId, instances);
    }
    return going;
  }

  /** The engine offers this to a process that moves by itself, and not from outside. */
  private void setBusinessKey(String instance, String reference) {
    inside(context -> {
      context.getExecutionManager().findExecutionById(instance).setProcessBusinessKey(reference);
      return null;
    });
  }

  private <T> T inside(Command<T> command) {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getCommandExecutorTxRequired().execute(command);
  }

  /**
   * Gives the open work of these processes, with what they have called, from one team to another: whoever was asked in a role of the
   * old team is so no longer, and the same role of the new team is; also where a manager is asked about something late.
   */
  public void handOver(List<Running> all, String from, String to) {
    UnaryOperator<String> now = group -> group.startsWith(from + ".") ? to + group.substring(from.length()) : group;
    for (Running one : all) {
      for (String instance : withCalled(one.id())) {
        String asked = (String) runtime.getVariable(instance, ASKED);
        if (asked != null) {
          runtime.setVariable(instance, ASKED, Stream.of(asked.split(",")).map(now).distinct().collect(Collectors.joining(",")));
        }
        engine.getTaskService().createTaskQuery().processInstanceId(instance).list().forEach(task -> handOver(task, from, now));
      }
    }
  }

  private void handOver(Task task, String from, UnaryOperator<String> now) {
    TaskService tasks = engine.getTaskService();
    Set<String> asked = tasks.getIdentityLinksForTask(task.getId()).stream().map(IdentityLink::getGroupId).filter(Objects::nonNull)
        .collect(Collectors.toSet());
    for (String group : asked) {
      if (!now.apply(group).equals(group)) {
        tasks.deleteCandidateGroup(task.getId(), group);
        tasks.addCandidateGroup(task.getId(), now.apply(group));
      }
    }
    if (task.getAssignee() != null) {
      List<String> groups = engine.getIdentityService().createGroupQuery().groupMember(task.getAssignee()).list().stream()
          .map(Group::getId).toList();
      boolean askedStill = groups.stream().anyMatch(group -> asked.contains(group) && now.apply(group).equals(group));
      if (groups.stream().anyMatch(group -> group.startsWith(from + ".")) && !askedStill) {
        tasks.setAssignee(task.getId(), null);
      }
    }
  }

  /** A process instance and everything that it has called, and they in turn. */
  private List<String> withCalled(String instance) {
    return Stream.concat(Stream.of(instance), runtime.createProcessInstanceQuery().superProcessInstanceId(instance).list().stream()
        .flatMap(called -> withCalled(called.getId()).stream())).toList();
  }
}
