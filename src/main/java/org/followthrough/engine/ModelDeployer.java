package org.followthrough.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Puts every model and form into one deployment under stable names, so that a form stays frozen with the process that
 * uses it. Nothing changed: nothing is deployed. Anything changed: all of it, together.
 */
@Component
class ModelDeployer implements SmartInitializingSingleton {

  static final String NAME = "follow-through";

  private final RepositoryService repository;

  ModelDeployer(RepositoryService repository) {
    this.repository = repository;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Map<String, byte[]> release = release();
    release.forEach(this::refuseToOverwriteADesigner);
    DeploymentBuilder deployment =
        repository.createDeployment().name(NAME).source(NAME).enableDuplicateFiltering(false);
    release.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
    deployment.deploy();
  }

  private static Map<String, byte[]> release() {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      var resolver = new PathMatchingResourcePatternResolver();
      for (String folder : new String[] {"bpmn", "forms"}) {
        for (Resource file : resolver.getResources("classpath:" + folder + "/**/*.*")) {
          String url = file.getURL().toString();
          files.put(url.substring(url.lastIndexOf("/" + folder + "/") + 1), file.getContentAsByteArray());
        }
      }
      return files;
    } catch (IOException e) {
      throw new IllegalStateException("The models of this release cannot be read", e);
    }
  }

  /** A designer's own newer version is not lost by installing a release; somebody must decide which one counts. */
  private void refuseToOverwriteADesigner(String name, byte[] ours) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    Deployment newest = repository.createDeploymentQuery().orderByDeploymentTime().desc().list().stream()
        .filter(deployment -> repository.getDeploymentResourceNames(deployment.getId()).stream()
            .anyMatch(resource -> resource.equals(name) || resource.equals(file)))
        .findFirst().orElse(null);
    if (newest == null || NAME.equals(newest.getSource())) {
      return;
    }
    String resource = repository.getDeploymentResourceNames(newest.getId()).contains(name) ? name : file;
    try (InputStream theirs = repository.getResourceAsStream(newest.getId(), resource)) {
      if (!Arrays.equals(theirs.readAllBytes(), ours)) {
        throw new IllegalStateException("A designer deployed a newer version of " + name + " on " + newest.getDeploymentTime()
            + " (" + newest.getName() + "). Take it over into this release, or delete that deployment, then start again.");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
