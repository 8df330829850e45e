package org.followthrough.move.familymove;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.followthrough.family.Families;
import org.followthrough.move.Departures;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.page.Matter;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Directory;
import org.followthrough.protection.Accounts;
import org.springframework.stereotype.Component;

/** What is known of a move: for the pages of this process, and for the other side. */
@Component
class Journey {

  private final Moves moves;
  private final Departures departures;
  private final Families families;
  private final Accounts accounts;
  private final Messages messages;
  private final AddressBook addresses;
  private final Directory directory;

  Journey(Moves moves, Departures departures, Families families, Accounts accounts, Messages messages, AddressBook addresses,
      Directory directory) {
    this.moves = moves;
    this.departures = departures;
    this.families = families;
    this.accounts = accounts;
    this.messages = messages;
    this.addresses = addresses;
    this.directory = directory;
  }

  Map<String, Object> shows(Matter matter) {
    Moves.Move move = moves.get(matter.subjectId());
    Map<String, Object> shown = new HashMap<>();
    shown.put("familySummary", families.summary(matter.caseId()));
    shown.put("moveText", inWords(move));
    return shown;
  }

  private String inWords(Moves.Move move) {
    StringBuilder text = new StringBuilder("**" + departures.inWords(moves.children(move.id())).stream().map(Words::escaped)
        .collect(Collectors.joining(", ")) + "**: "
        + (move.toTeam() ? "to the team " + Words.sentence(move.team()) : move.destination().equals(Moves.NOT_KNOWN) ? "nobody knows where"
            : (move.destination().equals("abroad") ? "abroad, " : "") + Words.escaped(otherSide(move))));
    if (move.onlyForATime()) {
      text.append(", only for a time").append(move.staysUntil() == null ? "" : ", until " + Words.date(move.staysUntil()));
    }
    text.append(move.movesOn() == null ? ". The day is not known" : ", on " + Words.date(move.movesOn()));
    text.append(move.address() == null ? ". The new address is not known." : ". New address: " + Words.escaped(move.address()) + ".");
    text.append("\n\nLearned on ").append(Words.moment(move.learnedAt())).append(" from ").append(Words.escaped(move.learnedFrom()));
    return text.append(move.why() == null ? "." : ": " + Words.escaped(move.why())).toString();
  }

  private String otherSide(Moves.Move move) {
    return addresses.called(String.valueOf(move.authority()));
  }

  /** Whom to ask for on the other side, a line to each; empty where the record knows nobody. */
  String contacts(Moves.Move move) {
    return move.toTeam()
        ? directory.members(move.team() + ".team-manager").stream().map(one -> "- **" + Words.escaped(one.label()) + "**, team manager")
        .collect(Collectors.joining("\n"))
        : addresses.find(String.valueOf(move.authority())).stream().flatMap(other -> other.contacts().stream())
            .map(one -> "- **" + Words.escaped(one.name()) + "**, " + Words.spoken(one.tier()) + ", " + Words.escaped(one.reach()))
            .collect(Collectors.joining("\n"));
  }

  /**
   * Tells a connected authority what is known, as a first call has it.
   *
   * @param told what this call tells of: each is told once
   * @param callerReach how they reach whoever calls
   * @param adults who of the adults goes along
   */
  void announce(Moves.Move move, String told, String callerReach, List<UUID> adults, Instant at, String user) {
    if (!move.connected()) {
      return;
    }
    List<UUID> children = moves.children(move.id()).stream().map(Moves.Moving::personId).toList();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("destination", move.destination());
    fields.put("onlyForATime", move.onlyForATime());
    fields.put("staysUntil", move.staysUntil() == null ? null : move.staysUntil().toString());
    fields.put("movesOn", move.movesOn() == null ? null : move.movesOn().toString());
    fields.put("why", move.why());
    fields.put("address", move.address());
    fields.put("spokeWith", move.spokeWith());
    fields.put("reach", move.reach());
    fields.put("safety", move.safety());
    fields.put("learnedAt", Messages.moment(move.learnedAt()));
    fields.put("callerName", directory.name(user));
    fields.put("callerReach", callerReach);
    fields.put("onPlan", departures.planned(children));
    fields.put("enquiryDecidedAt", departures.enquiryDecided(children).map(Messages::moment).orElse(null));
    fields.put("conferenceDueFrom", departures.conferenceCountedFrom(move.caseId()).map(Messages::moment).orElse(null));
    fields.put("children", accounts.of(move.caseId(), children));
    fields.put("adults", accounts.of(move.caseId(), adults));
    messages.post(move, "first-call", told, fields, at, directory.name(user));
  }
}
