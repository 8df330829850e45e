package org.followthrough.move.authorityword;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.move.AuthorityWords;
import org.followthrough.page.ForModels;
import org.followthrough.people.Directory;
import org.followthrough.people.Team;
import org.springframework.stereotype.Component;

/** Whom another authority asks for here. */
@Component("words")
public class TheirWord {

  private static final List<String> LEVELS = List.of("team-manager", "service-manager", "head-of-service");

  private final AuthorityWords words;
  private final Team team;
  private final Directory directory;

  TheirWord(AuthorityWords words, Team team, Directory directory) {
    this.words = words;
    this.team = team;
    this.directory = directory;
  }

  /**
   * The group they ask for: of the level they name, or of the first above in which there is somebody. A child who needs
   * protecting is the team manager's, and at night the out-of-hours team's too.
   */
  @ForModels
  public String asked(DelegateExecution execution) {
    AuthorityWords.Word word = words.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    boolean protecting = word.type().equals(AuthorityWords.PROTECTING);
    int level = protecting ? 0 : LEVELS.indexOf(String.valueOf(word.fields().get("level")));
    List<String> groups = LEVELS.subList(level, LEVELS.size()).stream()
        .map(role -> role.equals("team-manager") ? team.role(execution, role) : role).toList();
    String asked = groups.stream().filter(directory::anybodyIn).findFirst().orElse(groups.get(groups.size() - 1));
    return protecting ? asked + ",out-of-hours" : asked;
  }
}
