package org.followthrough.move.familymove;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Persons;
import org.followthrough.move.Departures;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/**
 * The other side knows, before any paper: who comes, and what keeps the children safe until they take over (learning points ).
 */
@Component
class MakeFirstCall implements Step {

  private final Moves moves;
  private final Departures departures;
  private final Persons persons;
  private final Journey journey;

  MakeFirstCall(Moves moves, Departures departures, Persons persons, Journey journey) {
    this.moves = moves;
    this.departures = departures;
    this.persons = persons;
    this.journey = journey;
  }

  @Override
  public Reads reads() {
    return new Reads().text("spokeWith", "reach", "safety", "callerReach").severalFrom("offeredAdults", "adults").happened();
  }

  @Override
  public String event() {
    return "Other side told";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Moves.Move move = moves.get(matter.subjectId());
    String contacts = journey.contacts(move);
    Map<String, Object> shown = journey.shows(matter);
    shown.put("contactsText", contacts);
    shown.put("contactsKnown", !contacts.isEmpty());
    shown.put("connected", move.other().connected());
    shown.put("offeredAdults", persons.adults(matter.caseId()));
    shown.put("adults", departures.adultsAtHome(matter.caseId()).stream().map(UUID::toString).toList());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    List<UUID> adults = typed.choices("adults").stream().map(UUID::fromString).toList();
    moves.called(matter.subjectId(), typed.text("spokeWith"), typed.text("reach"), typed.text("safety"), typed.happenedAt());
    journey.announce(moves.get(matter.subjectId()), "first", typed.text("callerReach"), adults, typed.recordedAt(), matter.user());
    return Map.of();
  }
}
