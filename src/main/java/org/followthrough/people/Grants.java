package org.followthrough.people;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GLOBAL;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;
import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.ALL;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_INSTANCE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What each role may do in the engine: few grants, all positive, all on groups and definitions. Sight of a task comes
 * from being a candidate for it, and from nothing else; only operations see every task.
 */
@Component
@Order(2)
class Grants implements SmartInitializingSingleton {

  static final String ADMIN = "camunda-admin";
  static final String DESIGNER = "process-designer";
  /** Puts in force what others propose; beside whatever else somebody is. */
  static final String MODEL_APPROVER = "model-approver";
  static final List<String> ROLES = List.of("contact-centre", "service-manager", "head-of-service",
      "conference-chair", "minute-taker", "out-of-hours", DESIGNER, MODEL_APPROVER, ADMIN);

  private final IdentityService identity;
  private final AuthorizationService authorizations;
  private final FilterService filters;
  private final TaskService tasks;
  private final Agencies agencies;
  private final DemoPeople demo;

  Grants(IdentityService identity, AuthorizationService authorizations, FilterService filters, TaskService tasks,
      Agencies agencies, Optional<DemoPeople> demo) {
    this.identity = identity;
    this.agencies = agencies;
    this.authorizations = authorizations;
    this.filters = filters;
    this.tasks = tasks;
    this.demo = demo.orElse(null);
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (demo != null) {
      demo.arrive();
    }
    ROLES.forEach(role -> group(identity, role));
    agencies.makeGroups();
    everyone();
    identity.createGroupQuery().list().stream().map(Group::getId)
        .filter(group -> group.endsWith(".team-manager") || group.equals("service-manager") || group.equals("head-of-service"))
        .forEach(this::manager);
    for (String group : List.of("contact-centre", "out-of-hours")) {
      grant(group, Resources.PROCESS_DEFINITION, "referral", READ, CREATE_INSTANCE);
      grant(group, Resources.PROCESS_INSTANCE, ANY, CREATE);
    }
    grant(DESIGNER, Resources.APPLICATION, "cockpit", ACCESS);
    grant(MODEL_APPROVER, Resources.APPLICATION, "cockpit", ACCESS);
    grant(DESIGNER, Resources.DEPLOYMENT, ANY, CREATE, READ);
    grant(DESIGNER, Resources.DECISION_DEFINITION, ANY, READ);
    grant(DESIGNER, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, READ);
    for (Resource resource : Resources.values()) {
      grant(ADMIN, resource, ANY, ALL);
    }
    sharedFilters();
  }

  static void group(IdentityService identity, String id) {
    if (identity.createGroupQuery().groupId(id).count() == 0) {
      Group group = identity.newGroup(id);
      group.setName(id);
      group.setType(id.equals(ADMIN) ? "SYSTEM" : "WORKFLOW");
      identity.saveGroup(group);
    }
  }

  private void everyone() {
    grant(null, Resources.APPLICATION, "tasklist", ACCESS);
    grant(null, Resources.PROCESS_DEFINITION, ANY, READ);
  }

  private void manager(String group) {
    grant(group, Resources.APPLICATION, "cockpit", ACCESS);
    // the engine knows references only, and variables stay hidden (enforceSpecificVariablePermission)
    grant(group, Resources.PROCESS_DEFINITION, ANY, READ, READ_INSTANCE);
    grant(group, Resources.DECISION_DEFINITION, ANY, READ);
  }

  /** Group null: everyone who has signed in. */
  private void grant(String group, Resource resource, String id, Permission... permissions) {
    var query = authorizations.createAuthorizationQuery().resourceType(resource).resourceId(id);
    Authorization grant = (group == null ? query.authorizationType(AUTH_TYPE_GLOBAL) : query.groupIdIn(group)).singleResult();
    if (grant == null) {
      grant = authorizations.createNewAuthorization(group == null ? AUTH_TYPE_GLOBAL : AUTH_TYPE_GRANT);
      if (group != null) {
        grant.setGroupId(group);
      }
      grant.setResource(resource);
      grant.setResourceId(id);
    }
    grant.setPermissions(permissions);
    authorizations.saveAuthorization(grant);
  }

  private void sharedFilters() {
    filter("My tasks", 10, "#1d70b8", tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
    filter("Overdue: mine and my team's", 20, "#d4351c", ours().dueBeforeExpression("${now()}"));
    filter("Due in the next two days", 30, "#b25f00",
        ours().dueAfterExpression("${now()}").dueBeforeExpression("${dateTime().plusDays(2)}"));
    filter("Everything that waits for us", 40, "#00703c", ours());
  }

  private TaskQuery ours() {
    return tasks.createTaskQuery().taskCandidateGroupInExpression("${currentUserGroups()}").includeAssignedTasks();
  }

  private void filter(String name, int position, String colour, TaskQuery query) {
    Filter filter = filters.createFilterQuery().filterName(name).singleResult();
    if (filter == null) {
      filter = filters.newTaskFilter(name);
    }
    filter.setQuery(query.orderByDueDate().asc());
    filter.setProperties(Map.of("description", name, "priority", position, "color", colour, "refresh", true,
        "showUndefinedVariable", false));
    filters.saveFilter(filter);
    grant(null, Resources.FILTER, filter.getId(), READ);
  }
}
