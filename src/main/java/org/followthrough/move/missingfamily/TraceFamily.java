package org.followthrough.move.missingfamily;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.family.Chronology;
import org.followthrough.family.Families;
import org.followthrough.move.Moves;
import org.followthrough.move.Searches;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Who was asked since and what they said; found, or whom to ask next. A look that finds nobody lets the next one count. */
@Component
class TraceFamily implements Step {

  private final Searches searches;
  private final Moves moves;
  private final Families families;
  private final AddressBook book;
  private final Directory directory;
  private final Chronology chronology;

  TraceFamily(Searches searches, Moves moves, Families families, AddressBook book, Directory directory, Chronology chronology) {
    this.searches = searches;
    this.moves = moves;
    this.families = families;
    this.book = book;
    this.directory = directory;
    this.chronology = chronology;
  }

  @Override
  public Reads reads() {
    return new Reads().several("asked").text("result", "next", "otherAuthority", "address").yes("familyFound")
        .either("destination", "team", "england-or-wales", "scotland", "northern-ireland", "abroad").choiceFrom("teams", "team")
        .choiceFrom("connectedAuthorities", "authority").happened();
  }

  @Override
  public String event() {
    return "Tracing looked at";
  }

  @Override
  public Map<String, Object> shows(Matter matter) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    searches.report(matter.subjectId()).ifPresent(report -> shown.put("reportText", "Police told "
        + Words.moment(report.policeToldAt()) + ": " + Words.escaped(report.policeReference()) + ". What is feared: "
        + Words.escaped(report.feared())));
    List<String> looks = searches.looks(matter.subjectId()).stream().map(TraceFamily::inWords).toList();
    if (!looks.isEmpty()) {
      shown.put("looksText", String.join("\n", looks));
    }
    List<String> here = families.teams(matter.caseId());
    shown.put("teams", directory.teams().stream().filter(team -> !here.contains(team.value())).toList());
    List<Option> connected = book.choices();
    shown.put("connectedAuthorities", connected);
    shown.put("anyConnected", !connected.isEmpty());
    return shown;
  }

  private static String inWords(Searches.Look look) {
    return "- " + Words.date(look.at()) + ", asked: " + String.join(", ", look.asked().stream().map(Words::spoken).toList()) + ". "
        + Words.escaped(look.result()) + (look.found() ? "" : " Next: " + Words.escaped(look.next()));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID move = matter.subjectId();
    boolean found = typed.yes("familyFound");
    if (!found) {
      typed.demand("next", "Say whom to ask next, and who does.");
    }
    if (typed.happenedAt().isBefore(moves.get(move).notice().learnedAt())) {
      throw new Refusal("happenedAt", "The family was not known to be missing then. Check the date and time.");
    }
    searches.looked(move, new Searches.Look(typed.choices("asked"), typed.text("result"), found ? null : typed.text("next"),
        typed.happenedAt()), typed.recordedAt(), matter.user());
    if (found) {
      moves.found(move, where(typed));
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Whereabouts learned", typed.recordedAt(),
          matter.user(), null)
          .about(move).happened(typed.happenedAt()));
    }
    return Map.of("familyFound", found);
  }

  private Searches.Whereabouts where(Submission typed) {
    typed.demand("destination", "Say where the family is.");
    typed.demand("address", "Give the address, or with whom they are, so that somebody can go there.");
    String destination = typed.text("destination");
    if (typed.is("destination", Moves.TEAM)) {
      typed.demand("team", "Say which team works there.");
      return new Searches.Whereabouts(destination, typed.text("team"), null, false, typed.text("address"));
    }
    String connected = typed.text("authority");
    String written = typed.text("otherAuthority");
    if ((connected == null) == (written == null)) {
      throw new Refusal("otherAuthority", "Name the one authority that is there: choose it, or write it down.");
    }
    return new Searches.Whereabouts(destination, null, connected == null ? written : connected, connected != null, typed.text("address"));
  }
}
