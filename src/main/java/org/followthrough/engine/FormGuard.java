package org.followthrough.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.CamundaFormDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What the step of a task reads must stand on the form of that task. A key that a designer renames or leaves out would else
 * read as “no”, without a word to anybody; so it is not deployed, and one answer names everything that is missing. Forms that
 * are in force already stay as they are.
 */
class FormGuard implements Deployer {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  /** A user task as a model draws it, and the form that it opens. */
  private record Page(String task, String form) {}

  private final Supplier<FormIntake> intake;
  private final ObjectMapper json = new ObjectMapper();

  FormGuard(Supplier<FormIntake> intake) {
    this.intake = intake;
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    if (!deployment.isNew()) {
      return;
    }
    Map<String, ResourceEntity> forms = new LinkedHashMap<>();
    List<Page> pages = new ArrayList<>();
    deployment.getResources().values().forEach(resource -> {
      if (resource.getName().endsWith(".form")) {
        forms.put(id(resource), resource);
      } else if (resource.getName().endsWith(".bpmn")) {
        pages.addAll(pages(ModelGuard.parse(resource.getName(), resource.getBytes())));
      }
    });
    Set<String> used = pages.stream().map(Page::form).collect(Collectors.toSet());
    if (!used.containsAll(forms.keySet())) {
      pages.addAll(inForce().stream().filter(page -> !used.contains(page.form())).toList());
    }
    List<String> lacking = pages.stream().flatMap(page -> lacks(page, forms.get(page.form()))).toList();
    if (!lacking.isEmpty()) {
      throw new BadUserRequestException("Not deployed. What is read of these forms is not on them, and would be taken for “no”:\n"
          + String.join("\n", lacking));
    }
  }

  private Stream<String> lacks(Page page, ResourceEntity brought) {
    ResourceEntity form = brought == null ? formInForce(page.form()) : brought;
    if (form == null) {
      return Stream.empty();
    }
    try (InputStream drawing = new ByteArrayInputStream(form.getBytes())) {
      return intake.get().lacks(page.task(), drawing).stream()
          .map(what -> "- In " + form.getName() + ", which the task “" + page.task() + "” opens, " + what + ".");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String id(ResourceEntity form) {
    try {
      return json.readTree(form.getBytes()).path("id").asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Page> pages(Document model) {
    var tasks = model.getElementsByTagNameNS(BPMN, "userTask");
    return IntStream.range(0, tasks.getLength()).mapToObj(n -> (Element) tasks.item(n))
        .map(task -> new Page(task.getAttribute("name"), task.getAttributeNS(CAMUNDA, "formRef")))
        .filter(page -> !page.task().isBlank() && !page.form().isBlank()).toList();
  }

  private static List<Page> inForce() {
    return Context.getCommandContext().runWithoutAuthorization(() -> Context.getProcessEngineConfiguration().getRepositoryService()
        .createProcessDefinitionQuery().latestVersion().list().stream().map(ProcessDefinitionEntity.class::cast)
        .flatMap(process -> pages(ModelGuard.parse(process.getResourceName(),
            resource(process.getDeploymentId(), process.getResourceName()).getBytes())).stream()).toList());
  }

  private static ResourceEntity formInForce(String id) {
    CamundaFormDefinitionEntity newest = Context.getCommandContext().getCamundaFormDefinitionManager().findLatestDefinitionByKey(id);
    return newest == null ? null : resource(newest.getDeploymentId(), newest.getResourceName());
  }

  private static ResourceEntity resource(String deployment, String name) {
    return Context.getCommandContext().getResourceManager().findResourceByDeploymentIdAndResourceName(deployment, name);
  }
}
