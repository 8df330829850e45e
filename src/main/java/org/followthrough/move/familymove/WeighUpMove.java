package org.followthrough.move.familymove;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.family.Chronology;
import org.followthrough.family.Events;
import org.followthrough.family.Networks;
import org.followthrough.move.Departures;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** What a move means for the children when everybody around them changes (learning points ). */
@Component
class WeighUpMove implements Step {

  static final String ANOTHER_TEAM = "another-team";
  static final String ANOTHER_AUTHORITY = "another-authority";
  private static final String ONLY_FOR_A_TIME = "only-for-a-time";

  private final Moves moves;
  private final Departures departures;
  private final Networks networks;
  private final Chronology chronology;
  private final Journey journey;
  private final Clock clock;
  private final Agencies agencies;

  WeighUpMove(Moves moves, Departures departures, Networks networks, Chronology chronology, Journey journey, Clock clock,
      Agencies agencies) {
    this.moves = moves;
    this.departures = departures;
    this.networks = networks;
    this.chronology = chronology;
    this.journey = journey;
    this.clock = clock;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().text("distance", "supportLost", "newServices", "appointments", "nobodyBehindWhy", "networkThen", "comesTo")
        .severalFrom("network", "staysBehind").either("risk", "rises", "same", "falls").happened();
  }

  @Override
  public String event() {
    return "Move weighed up";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Networks.Professional> network = networks.of(matter.caseId());
    Map<String, Object> shown = journey.shows(matter);
    shown.put("networkText", network.isEmpty() ? "The record knows nobody of another agency." : network.stream()
        .map(one -> "- " + Words.escaped(one.inWords(agencies::spoken))).collect(Collectors.joining("\n")));
    shown.put("nobodyKnown", network.isEmpty());
    shown.put("network", network.stream().map(one -> new Option(one.inWords(agencies::spoken), one.id().toString())).toList());
    shown.put("appointments", String.join("\n", departures.ahead(matter.caseId(), clock.instant())));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    List<Networks.Professional> network = networks.of(matter.caseId());
    List<String> behind = typed.choices("staysBehind");
    if (!network.isEmpty() && behind.isEmpty()) {
      typed.demand("nobodyBehindWhy", "Tick who stays behind. If everybody goes on with the family, say so here.");
    }
    moves.weighed(matter.subjectId(), new Departures.Weighed(typed.text("distance"), typed.text("supportLost"), typed.text("newServices"),
        typed.text("appointments"), typed.text("networkThen"), typed.text("risk"), typed.text("comesTo")), typed.happenedAt(),
        matter.user());
    network.stream().filter(one -> behind.contains(one.id().toString()))
        .forEach(one -> networks.leaves(matter.subjectId(), one, matter.user()));
    Moves.Move move = moves.get(matter.subjectId());
    if (move.destination().onlyForATime()) {
      // counted from the day on which they go, or from when we knew
      Moves.Notice notice = move.notice();
      Instant begins = notice.movesOn() == null ? notice.learnedAt() : notice.movesOn().atStartOfDay(Submission.LONDON).toInstant();
      chronology.add(line(typed, "Stay begun").happened(begins));
      return Map.of("whichWay", ONLY_FOR_A_TIME);
    }
    if (move.toTeam()) {
      chronology.add(line(typed, Events.ANSWER_ASKED));
    }
    return Map.of("whichWay", way(move));
  }

  static String way(Moves.Move move) {
    return move.toTeam() ? ANOTHER_TEAM : ANOTHER_AUTHORITY;
  }

  static Chronology.Line line(Submission typed, String event) {
    Matter matter = typed.matter();
    return Chronology.Line.fact(matter.contactId(), matter.caseId(), null, event, typed.recordedAt(), matter.user(), null)
        .about(matter.subjectId());
  }
}
