package org.followthrough.move.authorityword;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.followthrough.family.Families;
import org.followthrough.family.Persons;
import org.followthrough.move.AuthorityWords;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.springframework.stereotype.Component;

/** What happens now, and by when they have it; told to somebody there by name (learning point P-14). */
@Component
class AnswerAuthority implements Step {

  private final AuthorityWords words;
  private final Moves moves;
  private final Persons persons;
  private final Families families;
  private final AddressBook book;

  AnswerAuthority(AuthorityWords words, Moves moves, Persons persons, Families families, AddressBook book) {
    this.words = words;
    this.moves = moves;
    this.persons = persons;
    this.families = families;
    this.book = book;
  }

  @Override
  public Reads reads() {
    return new Reads().date("byWhen").happened();
  }

  @Override
  public String event() {
    return "Authority answered";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    AuthorityWords.Word word = words.get(matter.subjectId());
    // their fields are written like those of a page
    Submission said = new Submission(matter, word.receivedAt(), null, word.fields());
    boolean protecting = word.type().equals(AuthorityWords.PROTECTING);
    String them = "**" + Words.escaped(book.called(word.authority())) + "** (" + Words.escaped(word.by()) + ") ";
    Map<String, Object> shown = new HashMap<>();
    if (matter.caseId() != null) {
      shown.put("familySummary", families.summary(matter.caseId()));
    }
    shown.put("protecting", protecting);
    shown.put("wordText", protecting
        ? them + "protects " + children(word, said.choices("children")) + ", for whom we are responsible, since "
        + Words.moment(said.moment("happenedAt")) + ": "
            + Words.escaped(said.text("what"))
        : them + "waits for **" + Words.escaped(said.text("waitsFor")) + "** since " + Words.moment(said.moment("since")) + ".");
    List<String> there = book.contacts(word.authority(), List.of("team-manager", "service-manager", "head-of-service")).stream()
        .map(contact -> "- " + Words.escaped(contact.name()) + ", " + Words.spoken(contact.tier()) + ": "
            + Words.escaped(contact.reach())).toList();
    if (!there.isEmpty()) {
      shown.put("contactsText", String.join("\n", there));
    }
    return shown;
  }

  /** Only children of the move they write about are called by their names. */
  private String children(AuthorityWords.Word word, List<String> ids) {
    List<String> names = moves.children(word.moveId()).stream().filter(child -> child.personId() != null)
        .filter(child -> ids.contains(child.theirId().toString()) || ids.contains(child.personId().toString()))
        .map(child -> "**" + Words.escaped(persons.name(child.personId())) + "**").toList();
    return names.isEmpty() ? "children of this family" : String.join(", ", names);
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    if (typed.date("byWhen").isBefore(LocalDate.ofInstant(typed.happenedAt(), Submission.LONDON))) {
      throw new Refusal("byWhen", "This day has passed already. Say by which day they have it now.");
    }
    return Map.of();
  }
}
