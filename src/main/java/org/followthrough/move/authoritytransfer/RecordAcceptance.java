package org.followthrough.move.authoritytransfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.followthrough.move.Handovers;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.springframework.stereotype.Component;

/** They accept responsibility in writing: for which children, and who signed it. */
@Component
class RecordAcceptance implements Step {

  private final Transfers transfers;
  private final Handovers handovers;

  RecordAcceptance(Transfers transfers, Handovers handovers) {
    this.transfers = transfers;
    this.handovers = handovers;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("mayPass", "children").text("acceptedBy", "inWritingHow").happened();
  }

  @Override
  public String event() {
    return "Acceptance recorded";
  }

  /** They signed it then; relieved we are when we have it in hand. */
  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>(transfers.shows(matter));
    List<Option> may = handovers.mayPass(matter.subjectId());
    shown.put("mayPass", may);
    shown.put("anybodyMayPass", !may.isEmpty());
    shown.put("children", may.stream().map(Option::value).toList());
    shown.put("connected", transfers.move(matter).other().connected());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    boolean connected = transfers.move(typed.matter()).other().connected();
    if (!connected) {
      typed.demand("inWritingHow", "Only what is written relieves us. Say how you have it in writing; until then the children are ours.");
    }
    List<String> children = typed.choices("children");
    if (children.isEmpty() && !handovers.mayPass(typed.matter().subjectId()).isEmpty() && !connected) {
      throw new Refusal("children", "Tick the children whom they have accepted in writing.");
    }
    handovers.accepted(typed.matter().subjectId(), typed.text("acceptedBy"), Transfers.ids(children), typed.happenedAt());
    return Map.of("recordedBy", typed.matter().user());
  }
}
