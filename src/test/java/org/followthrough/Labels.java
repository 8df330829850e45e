package org.followthrough;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.camunda.bpm.model.bpmn.instance.FlowNode;

/** The ids of what is drawn, by label. The engine's own search goes through every model each time, which takes a tenth of the suite. */
public final class Labels {

  private static final Map<String, String> IDS = new ConcurrentHashMap<>();

  private Labels() {}

  /** The id of the task, event or gateway of this label in any model; fails where nothing is called so. */
  public static String findId(String label) {
    if (IDS.isEmpty()) {
      RepositoryService models = BpmnAwareTests.repositoryService();
      models.createProcessDefinitionQuery().latestVersion().list().forEach(process ->
          models.getBpmnModelInstance(process.getId()).getModelElementsByType(FlowNode.class).stream()
              .filter(node -> node.getName() != null).forEach(node -> IDS.put(node.getName(), node.getId())));
    }
    return IDS.computeIfAbsent(label, BpmnAwareTests::findId);
  }
}
