package org.followthrough.people;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.followthrough.page.Option;
import org.followthrough.page.Words;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** People and their roles, as the engine's own user administration keeps them. */
@Component
public class Directory {

  private final IdentityService identity;

  Directory(@Lazy IdentityService identity) {
    this.identity = identity;
  }

  /** A user's name as people say it; the id where nobody has that id any more. */
  public String name(String userId) {
    User user = userId == null ? null : identity.createUserQuery().userId(userId).singleResult();
    return user == null ? String.valueOf(userId) : (user.getFirstName() + " " + user.getLastName()).strip();
  }

  /** Whether anybody of this id works here. */
  public boolean works(String userId) {
    return identity.createUserQuery().userId(userId).count() > 0;
  }

  /** The groups of a user, deputies' included. */
  public List<String> groupsOf(String userId) {
    return identity.createGroupQuery().groupMember(userId).list().stream().map(Group::getId).toList();
  }

  /** The members of a group as choices for a form. */
  public List<Option> members(String groupId) {
    return identity.createUserQuery().memberOfGroup(groupId).orderByUserLastName().asc().list().stream()
        .map(user -> new Option((user.getFirstName() + " " + user.getLastName()).strip(), user.getId())).toList();
  }

  /** Everyone but one, as choices for a form. */
  public List<Option> everyone(String except) {
    return identity.createUserQuery().orderByUserLastName().asc().list().stream().filter(user -> !user.getId().equals(except))
        .map(user -> new Option((user.getFirstName() + " " + user.getLastName()).strip(), user.getId())).toList();
  }

  /** Whether anybody holds a role; a task for an empty group would wait for nobody. */
  public boolean anybodyIn(String groupId) {
    return identity.createUserQuery().memberOfGroup(groupId).count() > 0;
  }

  /** The teams, as choices for a form: those that have a manager's group. */
  public List<Option> teams() {
    return identity.createGroupQuery().list().stream().map(Group::getId).filter(id -> id.endsWith(".team-manager"))
        .map(id -> id.substring(0, id.indexOf('.'))).sorted().map(team -> new Option(Words.sentence(team), team)).toList();
  }
}
