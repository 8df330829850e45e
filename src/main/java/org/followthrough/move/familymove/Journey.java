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
    Moves.Destination where = move.destination();
    Moves.Notice notice = move.notice();
    StringBuilder text = new StringBuilder("**" + departures.inWords(moves.children(move.id())).stream().map(Words::escaped)
        .collect(Collectors.joining(", ")) + "**: "
        + (move.toTeam() ? "to the team " + Words.sentence(move.other().team())
            : where.kind().equals(Moves.NOT_KNOWN) ? "nobody knows where"
            : (where.kind().equals("abroad") ? "abroad, " : "") + Words.escaped(otherSide(move))));
    if (where.onlyForATime()) {
      text.append(", only for a time").append(where.staysUntil() == null ? "" : ", until " + Words.date(where.staysUntil()));
    }
    text.append(notice.movesOn() == null ? ". The day is not known" : ", on " + Words.date(notice.movesOn()));
    text.append(where.address() == null ? ". The new address is not known." : ". New address: " + Words.escaped(where.address()) + ".");
    text.append("\n\nLearned on ").append(Words.moment(notice.learnedAt())).append(" from ").append(Words.escaped(notice.from()));
    return text.append(notice.why() == null ? "." : ": " + Words.escaped(notice.why())).toString();
  }

  private String otherSide(Moves.Move move) {
    return addresses.called(String.valueOf(move.other().authority()));
  }

  /** Whom to ask for on the other side, a line to each; empty where the record knows nobody. */
  String contacts(Moves.Move move) {
    return move.toTeam()
        ? directory.members(move.other().team() + ".team-manager").stream()
            .map(one -> "- **" + Words.escaped(one.label()) + "**, team manager").collect(Collectors.joining("\n"))
        : addresses.find(String.valueOf(move.other().authority())).stream().flatMap(other -> other.contacts().stream())
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
    if (!move.other().connected()) {
      return;
    }
    List<UUID> children = moves.children(move.id()).stream().map(Moves.Moving::personId).toList();
    Moves.Destination where = move.destination();
    Moves.Notice notice = move.notice();
    Moves.Call call = move.call();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("destination", where.kind());
    fields.put("onlyForATime", where.onlyForATime());
    fields.put("staysUntil", where.staysUntil() == null ? null : where.staysUntil().toString());
    fields.put("movesOn", notice.movesOn() == null ? null : notice.movesOn().toString());
    fields.put("why", notice.why());
    fields.put("address", where.address());
    fields.put("spokeWith", call.spokeWith());
    fields.put("reach", call.reach());
    fields.put("safety", call.safety());
    fields.put("learnedAt", Messages.moment(notice.learnedAt()));
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
