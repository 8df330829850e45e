package org.followthrough.move.notice;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Networks;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** An agency's own word that it knows of the move; told is not heard (learning points K-05, S-01). */
@Component
class ConfirmNotice implements Step {

  private final Networks networks;
  private final Moves moves;
  private final Families families;
  private final Directory directory;
  private final Agencies agencies;

  ConfirmNotice(Networks networks, Moves moves, Families families, Directory directory, Agencies agencies) {
    this.networks = networks;
    this.moves = moves;
    this.families = families;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("knows").text("onBehalfOf").choice("onBehalfHow").happened();
  }

  @Override
  public String event() {
    return Events.NOTICE_CONFIRMED;
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Networks.Notice notice = notice(matter);
    Moves.Move move = moves.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("noticeText", "**" + Words.escaped(notice.inWords(agencies::spoken)) + "** "
        + (notice.reach() == null ? "" : "(" + Words.escaped(notice.reach()) + ") ") + "was told on "
        + Words.moment(notice.toldAt()) + ". The family moves" + (move.notice().movesOn() == null ? "; the day is not known"
            : " on " + Words.date(move.notice().movesOn())) + ".");
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Networks.Notice notice = notice(typed.matter());
    if (!typed.yes("knows")) {
      throw new Refusal("knows", "Tick that they know of the move. While they do not, this page stays open: ring them.");
    }
    if (!directory.groupsOf(typed.matter().user()).contains(notice.agency())) {
      typed.demand("onBehalfOf", "You do not work for this agency. Say who told you.");
      typed.demand("onBehalfHow", "Say how they told you.");
    }
    networks.confirmed(notice.id(), typed.text("onBehalfOf"), typed.happenedAt());
    return Map.of();
  }

  private Networks.Notice notice(Matter matter) {
    return networks.notice(UUID.fromString(matter.reference("noticeRef")));
  }
}
