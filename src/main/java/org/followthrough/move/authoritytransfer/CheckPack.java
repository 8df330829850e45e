package org.followthrough.move.authoritytransfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.move.Handovers;
import org.followthrough.move.pack.PackTray;
import org.followthrough.move.pack.Packs;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.springframework.stereotype.Component;

/** What goes along, and what does not because it is about somebody else. */
@Component
class CheckPack implements Step {

  private final Transfers transfers;
  private final PackTray tray;
  private final Packs packs;
  private final Handovers handovers;

  CheckPack(Transfers transfers, PackTray tray, Packs packs, Handovers handovers) {
    this.transfers = transfers;
    this.tray = tray;
    this.packs = packs;
    this.handovers = handovers;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("thirdParties", "keepBack").text("keepBackWhy");
  }

  @Override
  public String event() {
    return "Pack checked";
  }

  /** It is met when the pack has gone. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("sectionsText", tray.sections(matter.subjectId()).stream().map(section -> "- " + section).collect(Collectors.joining("\n")));
    shown.put("movingText", handovers.mayPass(matter.subjectId()).stream().map(child -> Words.escaped(child.label()))
        .collect(Collectors.joining(", ")));
    shown.put("otherName", Words.escaped(transfers.other(transfers.move(matter))));
    shown.put("stayingText", handovers.stayingInWords(matter.subjectId()));
    List<Option> others = packs.thirdParties(matter.subjectId());
    shown.put("thirdParties", others);
    shown.put("anybodyElse", !others.isEmpty());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    List<String> kept = typed.choices("keepBack");
    if (!kept.isEmpty()) {
      typed.demand("keepBackWhy", "Say why this is kept back; one sentence is enough.");
    }
    packs.keepBack(typed.matter().subjectId(), kept, typed.text("keepBackWhy"));
    return Map.of("recordedBy", typed.matter().user());
  }
}
