package org.followthrough.move.teamtransfer;

import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.family.Families;
import org.followthrough.move.Moves;
import org.followthrough.move.TeamHandovers;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** The other team's manager accepts in writing; from this moment the family is theirs (learning points K-26, P-31). */
@Component
class AcceptFamily implements Step {

  private final TeamHandovers handovers;
  private final Moves moves;
  private final Families families;
  private final Directory directory;
  private final Handover handover;

  AcceptFamily(TeamHandovers handovers, Moves moves, Families families, Directory directory, Handover handover) {
    this.handovers = handovers;
    this.moves = moves;
    this.families = families;
    this.directory = directory;
    this.handover = handover;
  }

  @Override
  public Reads reads() {
    return new Reads();
  }

  @Override
  public String event() {
    return "Family accepted";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Moves.Move move = moves.get(matter.subjectId());
    Map<String, Object> shown = handover.shows(matter);
    shown.put("workerText", Words.escaped(directory.name(move.reply().worker())));
    shown.put("takenOverText", handovers.takenOver(matter.caseId(), handovers.going(move.id())).stream()
        .map(line -> "- " + Words.escaped(line)).collect(Collectors.joining("\n")));
    shown.put("onlySome", handovers.going(move.id()).size() < families.children(matter.caseId()).size());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    String user = typed.matter().user();
    moves.accepted(typed.matter().subjectId(), directory.name(user), typed.recordedAt());
    return Map.of("recordedBy", user);
  }
}
