package org.followthrough.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.followthrough.release.Proposals;
import org.followthrough.release.Releases;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How our engine differs from the stock one; what is a plain setting stands in application.yaml. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EngineSetup extends AbstractProcessEnginePlugin {

  private final ApplicationContext context;
  private final HouseRules houseRules;
  private final LostRaceRetry lostRaces;
  private final ObjectProvider<Assignments> assignments;
  private final ObjectProvider<FormIntake> intake;
  private final ObjectProvider<Releases> releases;
  private final ObjectProvider<Proposals> proposals;

  EngineSetup(ApplicationContext context, HouseRules houseRules, LostRaceRetry lostRaces, ObjectProvider<Assignments> assignments,
      ObjectProvider<FormIntake> intake, ObjectProvider<Releases> releases, ObjectProvider<Proposals> proposals) {
    this.context = context;
    this.houseRules = houseRules;
    this.lostRaces = lostRaces;
    this.assignments = assignments;
    this.intake = intake;
    this.releases = releases;
    this.proposals = proposals;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    ModelBeans beans = new ModelBeans(context);
    ((SpringProcessEngineConfiguration) engine).setBeans(beans);
    Expressions allowed = new Expressions(beans::isDelegate, beans::answers);
    engine.setExpressionManager(new GuardedExpressions(context, beans, allowed));
    engine.setCustomPreCommandInterceptorsTxRequired(List.of(lostRaces));
    engine.setHistoryLevel(new LeanHistory());
    engine.setCustomHistoryLevels(List.of(engine.getHistoryLevel()));
    engine.setResourceAuthorizationProvider(new TaskGrants());
    engine.setTaskService(new AssignedTasks(assignments::getObject));
    engine.setRepositoryService(new ProposedDeployments(releases::getObject, proposals::getObject));
    engine.setCustomPreDeployers(List.of(new ModelGuard(allowed), new FormGuard(intake::getObject)));
    engine.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(houseRules)));
    // no script engine is on the class path; none is looked for either
    engine.setEnableFetchScriptEngineFromProcessApplication(false);
  }
}
