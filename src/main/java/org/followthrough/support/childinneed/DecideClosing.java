package org.followthrough.support.childinneed;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Families;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.support.Closings;
import org.springframework.stereotype.Component;

/** Why it closes, child by child; asked until nobody is left with whom nobody works. A child with whom somebody does stays open. */
@Component
class DecideClosing implements Step {

  private final Closings closings;
  private final Families families;

  DecideClosing(Closings closings, Families families) {
    this.closings = closings;
    this.families = families;
  }

  @Override
  public Reads reads() {
    return new Reads().severalFrom("openChildren", "children").choice("reason", "RC7", "RC8", "RC9", "RC5", "RC6", "RC3", "RC4", "RC1")
        .text("why").date("closedOn");
  }

  @Override
  public String event() {
    return "Closing decided";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.JUDGEMENT;
  }

  /** It is met by the last child. */
  @Override
  public boolean meetsItsClock(Submission typed) {
    return leftAlone(typed.matter()).isEmpty();
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    List<Option> open = closings.open(matter.caseId(), matter.subjectId());
    Map<String, Object> shown = new HashMap<>(Map.of("familySummary", families.summary(matter.caseId()), "openChildren", open,
        "childOpen", !open.isEmpty()));
    List<String> matters = closings.openMatters(matter.caseId());
    if (!matters.isEmpty()) {
      shown.put("openText", "- " + String.join("\n- ", matters.stream().map(Words::escaped).toList()));
    }
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    List<UUID> children = typed.choices("children").stream().map(UUID::fromString).toList();
    if (!children.isEmpty()) {
      close(typed, children);
    } else if (!leftAlone(matter).isEmpty()) {
      throw new Refusal("children", "Tick the children whose case closes. With at least one of them nobody works any more.");
    }
    families.closeIfDone(matter.caseId(), typed.recordedAt());
    return Map.of("anotherChild", !leftAlone(matter).isEmpty());
  }

  private void close(Submission typed, List<UUID> children) {
    typed.demand("reason", "Choose the reason.");
    typed.demand("why", "Say why the work with these children ends.");
    LocalDate on = typed.date("closedOn");
    if (on == null) {
      throw new Refusal("closedOn", "Enter the day.");
    }
    if (on.isAfter(LocalDate.ofInstant(typed.recordedAt(), Submission.LONDON))) {
      throw new Refusal("closedOn", "This day lies ahead. Enter the day on which the work ended.");
    }
    closings.close(typed.matter(), children, typed.text("reason"), typed.text("why"), on, typed.recordedAt());
  }

  private List<UUID> leftAlone(Matter matter) {
    return closings.leftAlone(matter.caseId(), matter.subjectId());
  }
}
