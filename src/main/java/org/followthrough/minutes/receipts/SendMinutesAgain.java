package org.followthrough.minutes.receipts;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.followthrough.minutes.Receipts;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Once more, by a way that was checked; the clock of the first sending goes on. */
@Component
class SendMinutesAgain implements Step {

  private static final String IN_THIS_SYSTEM = "in-this-system";

  private final Receipts receipts;
  private final Directory directory;
  private final Agencies agencies;

  SendMinutesAgain(Receipts receipts, Directory directory, Agencies agencies) {
    this.receipts = receipts;
    this.directory = directory;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().choice("way", IN_THIS_SYSTEM).text("reach").yes("checked").happened();
  }

  @Override
  public String event() {
    return "Minutes sent again";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Receipts.Copy copy = copy(matter);
    Map<String, Object> shown = new HashMap<>();
    shown.put("recipientText", Words.escaped(copy.recipient()) + ", " + Words.escaped(agencies.spoken(copy.agency())));
    shown.put("sentText", Words.moment(copy.sent().last()) + ", " + Words.spoken(copy.way()));
    shown.put("way", copy.way());
    shown.put("reach", copy.reach());
    return shown;
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Receipts.Copy copy = copy(typed.matter());
    if (typed.is("way", IN_THIS_SYSTEM)) {
      if (!directory.anybodyIn(copy.agency())) {
        throw new Refusal("way", "Nobody of theirs works with this system. Choose another way.");
      }
    } else {
      typed.demand("reach", "Give the address or number, or say where it is handed over.");
      typed.demand("checked", "Check just now that this reaches them and nobody else, and tick it.");
    }
    receipts.sendAgain(copy.id(), typed.text("way"), typed.text("reach"), typed.happenedAt());
    return Map.of();
  }

  private Receipts.Copy copy(Matter matter) {
    return receipts.copy(UUID.fromString(matter.reference("recipientRef")));
  }
}
