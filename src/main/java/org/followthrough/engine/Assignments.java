package org.followthrough.engine;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.followthrough.page.Matter;
import org.followthrough.page.Matters;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.springframework.stereotype.Component;

/**
 * Who takes a task, gives it back, or gives it to somebody. Whoever has it gives it back; a manager of the team that holds the case,
 * and operations, give it to somebody whose task it may be, or back for somebody who is away. Nobody takes it from anybody, and nobody
 * is given what a second person must do.
 */
@Component
class Assignments {

  private final Sight sight;
  private final Directory directory;
  private final FormIntake intake;
  private final Matters matters;

  Assignments(Sight sight, Directory directory, FormIntake intake, Matters matters) {
    this.sight = sight;
    this.directory = directory;
    this.intake = intake;
    this.matters = matters;
  }

  /**
   * Refuses what may not be.
   *
   * @param by whoever asks for it, and in which groups they are
   * @param to whose it is to be; null gives it back
   * @param claims whether it is taken, which never takes it from anybody
   * @throws AuthorizationException one plain sentence: why not, and who can
   */
  void check(TaskEntity task, String by, List<String> groups, String to, boolean claims) {
    List<String> askedOf = task.getCandidates().stream().map(IdentityLink::getGroupId).filter(Objects::nonNull).sorted().toList();
    Matter matter = matters.of(task.getVariables(), to);
    boolean has = by.equals(task.getAssignee());
    boolean gives = Sight.isOperations(groups) || sight.mayChange(groups, matter.caseId(), matter.contactId());
    if (!has && !gives && groups.stream().noneMatch(askedOf::contains)) {
      throw notTheirs();
    }
    boolean anothers = task.getAssignee() != null && !has && !task.getAssignee().equals(to);
    if (anothers && (claims || !gives)) {
      throw new AuthorizationException(directory.name(task.getAssignee())
          + " has this task. They can give it back, or a manager of the team gives it to somebody else.");
    }
    if (to != null && !to.equals(task.getAssignee())) {
      mayBeGiven(task, matter, askedOf, to, to.equals(by), gives);
    }
  }

  /** What is not there and what is not theirs to see look the same. */
  static AuthorizationException notTheirs() {
    return new AuthorizationException("This task is done, or it is not yours.");
  }

  private void mayBeGiven(TaskEntity task, Matter matter, List<String> askedOf, String to, boolean themselves, boolean gives) {
    if (!themselves && !gives) {
      throw new AuthorizationException("Only a manager of the team that holds the case gives a task to somebody else.");
    }
    if (!directory.works(to)) {
      throw new AuthorizationException("Nobody of this user name works here.");
    }
    String who = themselves ? "You" : directory.name(to);
    if (directory.groupsOf(to).stream().noneMatch(askedOf::contains)) {
      throw new AuthorizationException(who + " cannot do this task. It is for: "
          + askedOf.stream().map(group -> Words.sentence(group.replace('.', ' '))).collect(Collectors.joining(", ")) + ".");
    }
    intake.notFor(task.getName(), matter).ifPresent(why -> {
      throw new AuthorizationException(themselves ? why : who + " cannot do this task. Its page tells them: “" + why + "”");
    });
  }
}
