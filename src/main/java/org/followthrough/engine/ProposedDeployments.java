package org.followthrough.engine;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.repository.DeploymentBuilderImpl;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.followthrough.release.Proposals;
import org.followthrough.release.Releases;

/**
 * The engine's repository service, which deploys what is being put in force and nothing else: whatever somebody deploys, from Modeler, over
 * REST, in Cockpit, is answered as a deployment, with the id of the proposal that it has become and no definitions.
 */
class ProposedDeployments extends RepositoryServiceImpl {

  private final Supplier<Releases> releases;
  private final Supplier<Proposals> proposals;

  ProposedDeployments(Supplier<Releases> releases, Supplier<Proposals> proposals) {
    this.releases = releases;
    this.proposals = proposals;
  }

  @Override
  public DeploymentWithDefinitions deployWithResult(DeploymentBuilderImpl deployment) {
    if (releases.get().deploying()) {
      return super.deployWithResult(deployment);
    }
    String by = commandExecutor.execute(ProposedDeployments::proposer);
    Proposals.Answer answer = proposals.get().propose(
        Optional.ofNullable(deployment.getDeployment().getName()).orElse("without a name"), files(deployment), by);
    DeploymentEntity told = new DeploymentEntity();
    told.setId(answer.id());
    told.setName(answer.title());
    told.setSource(deployment.getDeployment().getSource());
    told.setDeploymentTime(Date.from(answer.at()));
    return told;
  }

  private static String proposer(CommandContext context) {
    context.getAuthorizationManager().checkAuthorization(Permissions.CREATE, Resources.DEPLOYMENT);
    return Optional.ofNullable(context.getAuthentication()).map(Authentication::getUserId)
        .orElseThrow(() -> new BadUserRequestException("Sign in to deploy: a proposal says whose it is."));
  }

  /** What comes with it, and what it takes from earlier deployments. */
  private Map<String, byte[]> files(DeploymentBuilderImpl deployment) {
    if (deployment.getDeployment().getTenantId() != null || deployment.getProcessDefinitionsActivationDate() != null) {
      throw new BadUserRequestException("Deploy without a tenant and without a date of activation: here neither means anything.");
    }
    return commandExecutor.execute(context -> context.runWithoutAuthorization(() -> {
      Map<String, byte[]> files = new LinkedHashMap<>();
      deployment.getDeployments().forEach(id -> earlier(context, id).forEach(one -> files.put(one.getName(), one.getBytes())));
      deployment.getDeploymentResourcesById().forEach((id, chosen) -> earlier(context, id).stream()
          .filter(one -> chosen.contains(one.getId())).forEach(one -> files.put(one.getName(), one.getBytes())));
      deployment.getDeploymentResourcesByName().forEach((id, chosen) -> earlier(context, id).stream()
          .filter(one -> chosen.contains(one.getName())).forEach(one -> files.put(one.getName(), one.getBytes())));
      Optional.ofNullable(deployment.getDeployment().getResources()).orElse(Map.of())
          .forEach((name, brought) -> files.put(name, brought.getBytes()));
      if (files.isEmpty()) {
        throw new BadUserRequestException("Nothing to deploy: there is no file in it.");
      }
      return files;
    }));
  }

  private static List<ResourceEntity> earlier(CommandContext context, String deployment) {
    return context.getResourceManager().findResourcesByDeploymentId(deployment);
  }
}
