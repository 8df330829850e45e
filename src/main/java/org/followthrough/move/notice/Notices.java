package org.followthrough.move.notice;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.family.Networks;
import org.followthrough.page.ForModels;
import org.followthrough.people.Directory;
import org.followthrough.people.Team;
import org.springframework.stereotype.Component;

/** Of whom we wait to hear that they know of a move, and who may say so for them. */
@Component("notices")
public class Notices {

  private final Networks networks;
  private final Directory directory;
  private final Team team;

  Notices(Networks networks, Directory directory, Team team) {
    this.networks = networks;
    this.directory = directory;
    this.team = team;
  }

  /** Everybody who was told. */
  @ForModels
  public List<String> told(DelegateExecution execution) {
    return networks.silent(UUID.fromString((String) execution.getVariable("subjectRef"))).stream().map(one -> one.id().toString()).toList();
  }

  /** The agency where it works with this system; and always whoever has the family, who may hear it by telephone. */
  @ForModels
  public String whoConfirms(DelegateExecution execution) {
    String agency = networks.notice(UUID.fromString((String) execution.getVariable("noticeRef"))).agency();
    String sender = team.onDuty(execution);
    return directory.anybodyIn(agency) ? agency + "," + sender : sender;
  }
}
