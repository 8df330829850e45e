package org.followthrough.move.teamtransfer;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.family.Families;
import org.followthrough.move.Departures;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** What the managers of two teams see of a family that goes from one to the other. */
@Component
class Handover {

  private final Moves moves;
  private final Departures departures;
  private final Families families;

  Handover(Moves moves, Departures departures, Families families) {
    this.moves = moves;
    this.departures = departures;
    this.families = families;
  }

  Map<String, Object> shows(Matter matter) {
    Moves.Move move = moves.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("moveText", "**" + departures.inWords(moves.children(move.id())).stream().map(Words::escaped)
        .collect(Collectors.joining(", ")) + "** from "
        + Words.sentence(String.join(", ", families.teams(matter.caseId()))) + " to " + Words.sentence(move.other().team())
        + (move.notice().movesOn() == null ? "" : ", on " + Words.date(move.notice().movesOn()))
        + (move.notice().why() == null ? "" : ": " + Words.escaped(move.notice().why())));
    shown.put("weighedText", departures.weighed(move.id()).map(Handover::inWords).orElse("It is not weighed up yet what the move means."));
    return shown;
  }

  private static String inWords(Departures.Weighed weighed) {
    return Stream.of("**The risk " + (weighed.risk().equals("same") ? "stays the same" : weighed.risk()) + ".** "
        + Words.escaped(weighed.comesTo()),
            "**Support lost:** " + Words.escaped(weighed.supportLost()), "**New services:** " + Words.escaped(weighed.newServices()),
            "**Appointments:** " + Words.escaped(weighed.appointments())).collect(Collectors.joining("\n\n"));
  }
}
