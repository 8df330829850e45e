package org.followthrough.minutes.receipts;

import java.util.Map;
import java.util.stream.Collectors;
import org.followthrough.minutes.Receipts;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.stereotype.Component;

/**
 * Rings those who are silent, by name. Who has it after all confirms it, or is confirmed for, on their own page: one receipt
 * is one entry of the record, however it was heard of.
 */
@Component
class ChaseRecipients implements Step {

  private final Receipts receipts;
  private final Agencies agencies;

  ChaseRecipients(Receipts receipts, Agencies agencies) {
    this.receipts = receipts;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads();
  }

  @Override
  public String event() {
    return "Recipients chased";
  }

  @Override
  public boolean meetsItsClock() {
    return false;
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    return Map.of("missingText", receipts.missing(matter.subjectId()).stream()
        .map(copy -> "- **" + Words.escaped(copy.recipient()) + "**, " + Words.escaped(agencies.spoken(copy.agency()))
            + (copy.reach() == null ? "" : ", " + Words.escaped(copy.reach())))
        .collect(Collectors.joining("\n")));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    return Map.of();
  }
}
