package org.followthrough.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.followthrough.InTheHouse;
import org.followthrough.Practice;
import org.followthrough.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One deployment for all, nothing twice, and no designer's work lost by installing a release. */
@InTheHouse
class ModelDeployerTest {

  @LocalServerPort int port;
  @Autowired ModelDeployer deployer;
  @Autowired RepositoryService repository;
  @Autowired Practice practice;

  private Deployment release;

  @BeforeEach
  void aDayAfterTheRelease() {
    // what is deployed now is newer than what was deployed at the start
    practice.itIs("2031-01-06T10:00");
    release = newest();
  }

  @AfterEach
  void onlyTheReleaseStays() {
    repository.createDeploymentQuery().list().stream().filter(deployment -> !deployment.getId().equals(release.getId()))
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
  }

  private Deployment newest() {
    return repository.createDeploymentQuery().orderByDeploymentTime().desc().list().get(0);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> models = Files.walk(Path.of("bpmn")); Stream<Path> forms = Files.walk(Path.of("forms"))) {
      return Stream.concat(models, forms).filter(Files::isRegularFile).map(Path::toString).filter(name -> !name.contains(".camunda")).toList();
    }
  }

  @Test
  void everything_is_one_deployment_under_the_names_of_its_files() throws IOException {
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(1);
    assertThat(release.getName()).isEqualTo("follow-through");
    assertThat(repository.getDeploymentResourceNames(release.getId())).containsExactlyInAnyOrderElementsOf(files()).hasSizeGreaterThan(15);
  }

  @Test
  void nothing_is_deployed_when_nothing_changed() {
    deployer.afterSingletonsInstantiated();
    deployer.afterSingletonsInstantiated();
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(1);
    assertThat(repository.createProcessDefinitionQuery().processDefinitionKey("referral").latestVersion().singleResult().getVersion()).isEqualTo(1);
  }

  @Test
  void when_one_file_changed_all_of_them_are_deployed_together() throws IOException {
    var before = repository.createDeployment().name(ModelDeployer.NAME).source(ModelDeployer.NAME);
    for (String file : files()) {
      String content = Files.readString(Path.of(file));
      before.addInputStream(file, new ByteArrayInputStream((file.endsWith("tell-referrer.form") ? content.replace("referrer", "caller") : content)
          .getBytes(StandardCharsets.UTF_8)));
    }
    Deployment another = before.deploy();
    practice.itIs("2031-01-07T10:00");
    deployer.afterSingletonsInstantiated();
    assertThat(newest().getId()).isNotIn(release.getId(), another.getId());
    assertThat(repository.getDeploymentResourceNames(newest().getId())).containsExactlyInAnyOrderElementsOf(files());
  }

  @Test
  void a_designers_newer_model_is_not_overwritten_and_is_named() throws IOException {
    String ours = Files.readString(Path.of("bpmn/lead-professional.bpmn"));
    assertThat(Visitor.at(port).withBasic("designer", "designer-demo").deploy("/engine-rest/deployment/create",
        Map.of("lead-professional.bpmn", ours.replace("Name lead professional", "Find lead professional"))).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> deployer.afterSingletonsInstantiated()).isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("A designer deployed a newer version of bpmn/lead-professional.bpmn on ")
        .hasMessageContaining("(from Modeler)").hasMessageContaining("Take it over into this release, or delete that deployment");
  }

  @Test
  void a_designers_newer_form_is_not_overwritten_either() throws IOException {
    String ours = Files.readString(Path.of("forms/referral/tell-referrer.form"));
    Visitor.at(port).withBasic("designer", "designer-demo").deploy("/engine-rest/deployment/create", Map.of("tell-referrer.form", ours.replace("referrer", "caller")));
    assertThatThrownBy(() -> deployer.afterSingletonsInstantiated()).hasMessageContaining("forms/referral/tell-referrer.form");
  }

  @Test
  void a_designers_model_that_this_release_has_taken_over_stops_nothing() throws IOException {
    Visitor.at(port).withBasic("designer", "designer-demo").deploy("/engine-rest/deployment/create",
        Map.of("lead-professional.bpmn", Files.readString(Path.of("bpmn/lead-professional.bpmn"))));
    practice.itIs("2031-01-07T10:00");
    assertThatCode(() -> deployer.afterSingletonsInstantiated()).doesNotThrowAnyException();
  }
}
