package org.followthrough.tasklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Families;
import org.followthrough.minutes.Circulation;
import org.followthrough.minutes.Minutes;
import org.followthrough.minutes.Receipts;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What may be done about the minutes of a family outside their own pages: sent to one more, corrected, handed over. */
@Component
@Order(1)
class MinutesActs implements Offers {

  private static final List<Option> PURPOSES = choices("for-action", "for-information", "for-decision");
  private static final List<Option> EXTENTS = choices(Circulation.WITHOUT_CONFIDENTIAL, Circulation.LETTER);
  private static final List<Option> WAYS = choices("secure-email", "post", "by-hand", "read-out-by-telephone");

  private final Minutes minutes;
  private final Circulation circulation;
  private final Receipts receipts;
  private final Families families;
  private final ProcessInstances instances;
  private final Agencies agencies;

  MinutesActs(Minutes minutes, Circulation circulation, Receipts receipts, Families families, ProcessInstances instances,
      Agencies agencies) {
    this.minutes = minutes;
    this.circulation = circulation;
    this.receipts = receipts;
    this.families = families;
    this.instances = instances;
    this.agencies = agencies;
  }

  private static List<Option> choices(String... codes) {
    return Stream.of(codes).map(code -> new Option(Words.sentence(code), code)).toList();
  }

  @Override
  public List<Change> offered(Matter matter) {
    List<Change> acts = new ArrayList<>();
    List<Option> agreed = minutes.agreedOf(matter.caseId());
    if (!agreed.isEmpty()) {
      acts.add(Change.acting("send-minutes", "Send the minutes to somebody else",
          "They are asked to confirm that they have them, like everybody else.",
          List.of(Change.Field.select("minutes", "Which", agreed), Change.Field.text("recipient", "Who?", "Name and role."),
              Change.Field.select("agency", "From", agencies.offered()), Change.Field.select("purpose", "What for?", PURPOSES),
              Change.Field.select("extent", "Which version?", EXTENTS), Change.Field.select("way", "How?", WAYS),
              Change.Field.text("reach", "Address or number", "Check it just now: it must reach them and nobody else.")),
          this::sendMinutes));
      acts.add(Change.acting("correct-minutes", "Correct the minutes",
          "A new version is written, agreed and sent; the old one stays readable.",
          List.of(Change.Field.select("minutes", "Which", agreed), Change.Field.reason("What is wrong")), this::correctMinutes));
    }
    List<Option> onTheirWay = receipts.onTheirWayToFamily(matter.caseId());
    if (!onTheirWay.isEmpty()) {
      acts.add(Change.acting("handed-over", "Somebody of the family has their copy",
          "Whoever handed it over says so; the family is never chased.",
          List.of(Change.Field.select("copy", "Whose", onTheirWay), Change.Field.text("by", "Handed over by", "Name and role."),
              Change.Field.datetime("at", "When")), this::handedOver));
    }
    return acts;
  }

  private void sendMinutes(TaskList.Entry on, Submission typed) {
    // clearance for the confidential part is given on the page of the circulation, never in passing
    UUID circulationId = circulation.sendLater(UUID.fromString(typed.text("minutes")),
        new Circulation.Sending(null, typed.text("recipient"), typed.text("agency"), null, typed.text("purpose"), typed.text("extent"),
            false, typed.text("way"), typed.text("reach"), null, null),
        typed.recordedAt(), on.user());
    instances.begin(Circulation.MINUTES_SENT, families.reference(on.matter().caseId()), Map.of("subjectRef", circulationId.toString()));
  }

  private void correctMinutes(TaskList.Entry on, Submission typed) {
    UUID meeting = minutes.get(UUID.fromString(typed.text("minutes"))).meetingId();
    UUID next = minutes.correct(meeting, typed.text("why"), typed.recordedAt(), on.user());
    instances.begin(Minutes.MINUTES_NEEDED, families.reference(on.matter().caseId()), Map.of("subjectRef", next.toString()));
  }

  private void handedOver(TaskList.Entry on, Submission typed) {
    Instant at = typed.moment("at");
    UUID copy = UUID.fromString(typed.text("copy"));
    if (at.isAfter(typed.recordedAt()) || at.isBefore(receipts.copy(copy).sent().at())) {
      throw new Refusal("at", "This lies in the future, or before the copy was sent. Check the day and the time.");
    }
    receipts.handedOver(copy, typed.text("by"), at, typed.recordedAt(), on.user());
  }
}
