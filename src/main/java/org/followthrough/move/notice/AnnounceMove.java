package org.followthrough.move.notice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Networks;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/** Everybody who works with the family hears on the same day that it moves, or somebody says why not (learning points K-05, Q-11). */
@Component
class AnnounceMove implements Step {

  private static final List<String> OTHERS = List.of("other", "another");

  private final Networks networks;
  private final Moves moves;
  private final Families families;
  private final Agencies agencies;

  AnnounceMove(Networks networks, Moves moves, Families families, Agencies agencies) {
    this.networks = networks;
    this.moves = moves;
    this.families = families;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("network", "spokenTo").severalFrom("network", "writtenTo").text("notToldWhy")
        .each(OTHERS, (reads, other) -> reads.choiceFrom(Agencies.OTHERS, other + "Agency")
            .text(other + "Name", other + "Reach")).happened();
  }

  @Override
  public String event() {
    return Events.MOVE_ANNOUNCED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Moves.Move move = moves.get(matter.subjectId());
    List<Option> network = networks.of(matter.caseId()).stream()
        .map(one -> new Option(one.inWords(agencies::spoken)
            + (one.reach() == null ? "" : " (" + one.reach() + ")"), one.id().toString())).toList();
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("learnedText", Words.moment(move.notice().learnedAt())
        + (move.notice().why() == null ? "" : ": " + Words.escaped(move.notice().why())));
    shown.put("network", network);
    shown.put(Agencies.OTHERS, agencies.others());
    shown.put("nobodyKnown", network.isEmpty());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    List<String> spokenTo = typed.choices("spokenTo");
    List<String> writtenTo = typed.choices("writtenTo");
    List<Networks.Professional> network = networks.of(matter.caseId());
    if (network.stream().anyMatch(one -> !spokenTo.contains(one.id().toString()) && !writtenTo.contains(one.id().toString()))) {
      typed.demand("notToldWhy", "Not all of them are told. Say why.");
    }
    for (Networks.Professional one : network) {
      String id = one.id().toString();
      if (spokenTo.contains(id) || writtenTo.contains(id)) {
        networks.told(matter.subjectId(), one, spokenTo.contains(id) ? "spoken-to" : "written-to", typed.happenedAt(), matter.user());
      } else {
        networks.notTold(matter.subjectId(), one, typed.text("notToldWhy"), matter.user());
      }
    }
    OTHERS.forEach(other -> other(typed, other));
    return Map.of();
  }

  /** Somebody who is not on the list: the designated nurse, the new school. */
  private void other(Submission typed, String slot) {
    if (typed.text(slot + "Agency") != null) {
      typed.demand(slot + "Name", "Say who was told there, by name.");
      networks.told(typed.matter().subjectId(), new Networks.Professional(UUID.randomUUID(), typed.text(slot + "Agency"),
          typed.text(slot + "Name"), null, agencies.reach(typed.text(slot + "Reach"), typed.text(slot + "Agency"))),
          "spoken-to", typed.happenedAt(), typed.matter().user());
    }
  }
}
