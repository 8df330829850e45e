package org.followthrough.move.familyarrival;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.followthrough.family.Events;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.move.Arrivals.Coming;
import org.followthrough.move.Arrivals;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** We take the family on, and who does; or we do not, and why. An answer, not silence. */
@Component
class AnswerMove implements Step {

  private final Moves moves;
  private final Arrivals arrivals;
  private final Families families;
  private final Persons persons;
  private final Messages messages;
  private final Directory directory;
  private final AddressBook book;

  AnswerMove(Moves moves, Arrivals arrivals, Families families, Persons persons, Messages messages, Directory directory,
      AddressBook book) {
    this.moves = moves;
    this.arrivals = arrivals;
    this.families = families;
    this.persons = persons;
    this.messages = messages;
    this.directory = directory;
    this.book = book;
  }

  @Override
  public Reads reads() {
    return new Reads().either("answer", Moves.TAKEN_ON, Moves.REFUSED).text("answerWhy", "workerReach").choiceFrom("workers", "worker")
        .yes("onPlan", "enquiryRuns").moment("enquiryDecidedAt");
  }

  @Override
  public String event() {
    return "Family refused";
  }

  /** One of the moments from which a transfer-in conference may be counted. */
  @Override
  public String event(Submission typed) {
    return taken(typed) ? Events.TAKEN_ON : event();
  }

  private static boolean taken(Submission typed) {
    return typed.is("answer", Moves.TAKEN_ON);
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Move move = moves.get(matter.subjectId());
    Coming coming = arrivals.coming(move.id());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("fromText", "**" + Words.escaped(book.called(move.other().authority())) + "** is responsible until we accept in writing."
        + (move.notice().why() == null ? "" : "\n\nWhy they move: " + Words.escaped(move.notice().why())));
    shown.put("workers", directory.members(team(matter) + ".social-worker"));
    List<String> ours = arrivals.oursAlready(move.contactId()).stream().map(child -> Words.escaped(persons.name(child))).toList();
    shown.put("oursText", ours.isEmpty() ? null : "**Ours already:** " + String.join(", ", ours) + ". Say so to the other authority.");
    if (coming.onPlan() != null) {
      shown.put("onPlan", coming.onPlan() ? "yes" : "no");
    }
    if (coming.enquiryDecidedAt() != null) {
      shown.put("enquiryRuns", true);
      shown.put("enquiryDecidedAt", Submission.wallTime(coming.enquiryDecidedAt()));
    }
    return shown;
  }

  private String team(Matter matter) {
    return families.team(matter.caseId()).orElseThrow();
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    Move move = moves.get(matter.subjectId());
    boolean taken = taken(typed);
    if (taken) {
      typed.demand("worker", "Say who takes the family on; nobody is taken on by a team.");
      typed.demand("onPlan", "Say whether a child has a plan of protection there: if so, our own conference comes first.");
      if (typed.yes("enquiryRuns")) {
        typed.demand("enquiryDecidedAt", "Ask them when their strategy discussion was held: our conference is counted from then.");
      }
      if (typed.moment("enquiryDecidedAt") != null && typed.moment("enquiryDecidedAt").isAfter(typed.recordedAt())) {
        throw new Refusal("enquiryDecidedAt", "This time is in the future. Ask them when their strategy discussion was held.");
      }
    } else {
      typed.demand("answerWhy", "Say why we do not take the family on; it is what the two authorities will talk over.");
    }
    moves.answered(move.id(), typed.text("answer"), typed.text("answerWhy"), null, taken ? typed.text("worker") : null, typed.recordedAt());
    Map<String, Object> said = new HashMap<>(Map.of("answer", typed.text("answer")));
    if (taken) {
      moves.comes(move.id(), new Coming(typed.yes("onPlan"), typed.moment("enquiryDecidedAt")));
      arrivals.goesOn(move);
      said.put("theirWorker", directory.name(typed.text("worker")) + (typed.text("workerReach") == null
          ? "" : ", " + typed.text("workerReach")));
    } else {
      said.put("answerWhy", typed.text("answerWhy"));
      arrivals.ended(move, Moves.REFUSED, typed.recordedAt());
    }
    messages.post(move, "answer", null, said, typed.recordedAt(), directory.name(matter.user()));
    return Map.of("takenOnHere", taken, "conferenceFirst", taken && (typed.yes("onPlan") || typed.text("enquiryDecidedAt") != null));
  }
}
