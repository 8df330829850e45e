package org.followthrough.tasklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Families;
import org.followthrough.move.Departures;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Option;
import org.followthrough.page.Refusal;
import org.followthrough.page.Submission;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.springframework.stereotype.Component;

/** Whoever learns that a family moves says so, at any point of its case (learning points ). */
@Component
class MoveActs {

  private static final List<Option> YES_OR_NO = List.of(new Option("Yes", "yes"), new Option("No", "no"));
  private static final List<Option> DESTINATIONS = List.of(new Option("To another team of ours", Moves.TEAM),
      new Option("Elsewhere in England, or to Wales", "england-or-wales"), new Option("To Scotland", "scotland"),
      new Option("To Northern Ireland", "northern-ireland"), new Option("Abroad", "abroad"), new Option("Nobody knows", Moves.NOT_KNOWN));

  private final Families families;
  private final Departures departures;
  private final Directory directory;
  private final AddressBook addresses;
  private final ProcessInstances instances;

  MoveActs(Families families, Departures departures, Directory directory, AddressBook addresses, ProcessInstances instances) {
    this.families = families;
    this.departures = departures;
    this.directory = directory;
    this.addresses = addresses;
    this.instances = instances;
  }

  List<Change> offered(Matter matter) {
    List<Change.Field> fields = new ArrayList<>(List.of(
        Change.Field.checklist("children", "Only some of the children? Tick those who move", families.children(matter.caseId())).ifKnown(),
        Change.Field.select("destination", "Where to?", DESTINATIONS),
        Change.Field.select("team", "If to another team: which?", otherTeams(matter)).ifKnown()));
    if (!addresses.others().isEmpty()) {
      fields.add(Change.Field.select("connected", "If to another authority: which?", addresses.choices()).ifKnown());
    }
    fields.addAll(List.of(
        Change.Field.text("authority", addresses.others().isEmpty() ? "If to another authority: which?" : "If it is none of these: which?",
            "Its name; abroad, the country and the place.").ifKnown(),
        Change.Field.select("onlyForATime", "Only for a time?", YES_OR_NO),
        Change.Field.date("staysUntil", "If only for a time: until when?").ifKnown(),
        Change.Field.datetime("learnedAt", "When did we learn of it?"),
        Change.Field.text("learnedFrom", "From whom?", "Name and role."),
        Change.Field.date("movesOn", "On which day do they move?").ifKnown(),
        Change.Field.text("address", "New address", null).ifKnown(),
        Change.Field.reason("Why they move, and what else is known")));
    return List.of(Change.acting("family-moves", "The family is moving",
        "Everybody who works with them is told today, and the first call to the other side waits in the list.", fields, this::moves));
  }

  private List<Option> otherTeams(Matter matter) {
    List<String> holding = families.teams(matter.caseId());
    return directory.teams().stream().filter(team -> !holding.equals(List.of(team.value()))).toList();
  }

  private void moves(TaskList.Entry on, Submission typed) {
    UUID caseId = on.matter().caseId();
    List<UUID> children = (typed.choices("children").isEmpty() ? families.children(caseId).stream().map(Option::value)
        .toList() : typed.choices("children")).stream().map(UUID::fromString).toList();
    UUID move = departures.begin(caseId, children, going(typed), typed.recordedAt(), on.user());
    instances.begin(Departures.MOVE_LEARNED, families.reference(caseId),
        Map.of("subjectRef", move.toString(), "whereaboutsKnown", !Moves.NOT_KNOWN.equals(typed.text("destination"))));
  }

  private static Departures.Going going(Submission typed) {
    String destination = typed.text("destination");
    boolean team = destination.equals(Moves.TEAM);
    boolean known = !destination.equals(Moves.NOT_KNOWN);
    if (team) {
      typed.demand("team", "Choose the team they move to.");
    }
    String connected = typed.text("connected");
    if (connected != null && typed.text("authority") != null) {
      throw new Refusal("authority", "Choose the authority from the list or write its name, not both.");
    }
    if (known && !team && connected == null) {
      typed.demand("authority", "Say which authority, or which place. Where nobody knows, choose “Nobody knows” above.");
    }
    if (typed.moment("learnedAt").isAfter(typed.recordedAt())) {
      throw new Refusal("learnedAt", "This time is in the future. Enter when we really learned of it.");
    }
    boolean forATime = typed.yes("onlyForATime");
    String authority = team || !known ? null : connected == null ? typed.text("authority") : connected;
    return new Departures.Going(destination, forATime, forATime ? typed.date("staysUntil") : null,
        team ? typed.text("team") : null, authority, authority != null && authority.equals(connected), typed.moment("learnedAt"),
        typed.text("learnedFrom"), typed.date("movesOn"), typed.text("address"),
        typed.text("why"));
  }
}
