package org.followthrough.move.familymove;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.followthrough.move.Departures;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** Children and parents hear it from somebody they know, with the reason why it is somebody else again (learning points P-31, P-39). */
@Component
class TellFamily implements Step {

  private final Moves moves;
  private final Departures departures;
  private final Journey journey;

  TellFamily(Moves moves, Departures departures, Journey journey) {
    this.moves = moves;
    this.departures = departures;
    this.journey = journey;
  }

  @Override
  public Reads reads() {
    return new Reads().happened();
  }

  @Override
  public String event() {
    return "Family told";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = journey.shows(matter);
    shown.put("workersText", departures.workers(moves.children(matter.subjectId()).stream().map(Moves.Moving::personId)
        .filter(Objects::nonNull).toList()).stream().map(line -> "- " + Words.escaped(line)).collect(Collectors.joining("\n")));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    moves.end(typed.matter().subjectId(), Moves.HANDED_OVER, typed.happenedAt());
    return Map.of();
  }
}
