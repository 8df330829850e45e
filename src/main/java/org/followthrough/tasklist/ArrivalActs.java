package org.followthrough.tasklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Families;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.people.AddressBook;
import org.springframework.stereotype.Component;

/** A family of a case here turns out to be another authority's: it is taken over as if that authority had announced it. */
@Component
class ArrivalActs {

  private static final List<Option> YES_OR_NO = List.of(new Option("Yes", "yes"), new Option("No", "no"));
  private static final String OTHER = "other";

  private final Families families;
  private final Moves moves;
  private final Arrivals arrivals;
  private final AddressBook book;
  private final ProcessInstances instances;

  ArrivalActs(Families families, Moves moves, Arrivals arrivals, AddressBook book, ProcessInstances instances) {
    this.families = families;
    this.moves = moves;
    this.arrivals = arrivals;
    this.book = book;
    this.instances = instances;
  }

  /** For a case whose move here nobody has taken down yet. */
  List<Change> offered(Matter matter) {
    if (moves.open(matter.caseId()).stream().anyMatch(Moves.Move::incoming)) {
      return List.of();
    }
    List<Option> authorities = new ArrayList<>(book.choices());
    authorities.add(new Option("Another one", OTHER));
    return List.of(Change.acting("moved-here", "This family has moved here from another authority",
        "What they know is asked for, and our answer. A child who is ours stays ours; nobody starts again.",
        List.of(Change.Field.checklist("children", "Which children?", families.children(matter.caseId())),
            Change.Field.select("authority", "From which authority?", authorities),
            Change.Field.text("otherAuthority", "Which, if another one?", null).ifKnown(),
            Change.Field.text("caller", "Who told us?", "Name and role."), Change.Field.text("reach", "How to reach them?", null),
            Change.Field.datetime("toldAt", "When did they tell us?"),
            Change.Field.select("onPlan", "Is a child on a plan of protection there?", YES_OR_NO),
            Change.Field.datetime("enquiryDecidedAt", "Does an enquiry run there? When was their strategy discussion?").ifKnown(),
            Change.Field.select("onlyForATime", "Are they here only for a time?", YES_OR_NO),
            Change.Field.date("staysUntil", "If so, until when?").ifKnown(),
            Change.Field.reason("Why they move")), this::movedHere));
  }

  private void movedHere(TaskList.Entry on, Submission typed) {
    if (typed.text("authority").equals(OTHER)) {
      typed.demand("otherAuthority", "Say which authority they come from.");
    }
    for (String moment : List.of("toldAt", "enquiryDecidedAt")) {
      Instant at = typed.moment(moment);
      if (at != null && at.isAfter(typed.recordedAt())) {
        throw new Refusal(moment, "This time is in the future. Enter when it really was.");
      }
    }
    UUID move = arrivals.takeDown(on.matter().caseId(), typed.choices("children").stream().map(UUID::fromString).toList(),
        new Arrivals.Announcement(typed.text(typed.text("authority").equals(OTHER) ? "otherAuthority" : "authority"),
            typed.yes("onlyForATime"), typed.date("staysUntil"), typed.text("caller"), typed.text("reach"), typed.text("why"),
            typed.yes("onPlan"), typed.moment("enquiryDecidedAt"), typed.moment("toldAt")), on.user());
    instances.begin(Arrivals.FAMILY_ANNOUNCED, families.reference(on.matter().caseId()), Map.of("subjectRef", move.toString()));
  }
}
