package org.followthrough.minutes.receipts;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.followthrough.minutes.Receipts;
import org.followthrough.minutes.RedactedMinutes;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** The recipient's word: it has arrived, and this is what we do; or it has not (learning points Q-26, S-01, S-02). */
@Component
class ConfirmReceipt implements Step {

  private final Receipts receipts;
  private final RedactedMinutes redacted;
  private final Directory directory;
  private final Agencies agencies;

  ConfirmReceipt(Receipts receipts, RedactedMinutes redacted, Directory directory, Agencies agencies) {
    this.receipts = receipts;
    this.redacted = redacted;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("received").text("acted", "onBehalfOf").choice("onBehalfHow").happened();
  }

  @Override
  public String event() {
    return "Receipt confirmed";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("received") ? event() : "Minutes not received";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Receipts.Copy copy = copy(matter);
    Map<String, Object> shown = new HashMap<>();
    shown.put("recipientText", Words.escaped(copy.recipient()) + ", " + Words.escaped(agencies.spoken(copy.agency())));
    shown.put("purpose", copy.purpose());
    shown.put("purposeText", Words.spoken(copy.purpose()));
    shown.put("sentText", Words.moment(copy.sent().last()) + ", " + Words.spoken(copy.way()));
    // below the title that the task has
    shown.put("documentText", redacted.of(copy.id()).replaceAll("(?m)^#", "###"));
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Receipts.Copy copy = copy(typed.matter());
    boolean received = typed.yes("received");
    if (!directory.groupsOf(typed.matter().user()).contains(copy.agency())) {
      typed.demand("onBehalfOf", "You do not work for this recipient. Say who told you.");
      typed.demand("onBehalfHow", "Say how they told you.");
    }
    if (received) {
      if (copy.purpose().equals("for-action")) {
        typed.demand("acted", "You were sent this for action. Say what you do about it, and by when.");
      }
      receipts.received(copy.id(), typed.text("onBehalfOf"), typed.text("acted"), typed.happenedAt(), typed.recordedAt(),
          typed.matter().user());
    } else {
      receipts.notHad(copy.id(), typed.recordedAt());
    }
    return Map.of("minutesReceived", received);
  }

  private Receipts.Copy copy(Matter matter) {
    return receipts.copy(UUID.fromString(matter.reference("recipientRef")));
  }
}
