package org.followthrough.move.readback;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.move.Moves.Move;
import org.followthrough.move.pack.PackTray;
import org.followthrough.page.ForModels;
import org.followthrough.page.Option;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.followthrough.people.Team;
import org.springframework.stereotype.Component;

/**
 * Whose word it is. Within the authority the one team says it and the other hears whether it is so; between two authorities both
 * pages are here, and the one that is the other side’s to write is filled by their message, or written down by us.
 */
@Component("understanding")
public class Understanding {

  private final Moves moves;
  private final Messages messages;
  private final PackTray tray;
  private final Team team;
  private final AddressBook book;

  Understanding(Moves moves, Messages messages, PackTray tray, Team team, AddressBook book) {
    this.moves = moves;
    this.messages = messages;
    this.tray = tray;
    this.team = team;
    this.book = book;
  }

  /** Who says what they have understood. */
  @ForModels
  public String receivers(DelegateExecution execution) {
    Move move = moves.get(UUID.fromString((String) execution.getVariable("subjectRef")));
    return move.toTeam() ? move.other().team() + ".social-worker," + move.other().team() + ".team-manager" : team.onDuty(execution);
  }

  /** Who says whether it is so. */
  @ForModels
  public String holders(DelegateExecution execution) {
    return team.onDuty(execution);
  }

  /** Whose words these are, for the top of a page. */
  String whose(Move move, boolean receivers) {
    if (move.toTeam() || move.incoming() == receivers) {
      return null;
    }
    return "These are the words of **" + Words.escaped(book.called(move.other().authority())) + "**. " + messages.awaited(move);
  }

  /** The open actions with their dates, as choices. */
  List<Option> actions(UUID move) {
    return tray.actions(move).stream().map(action -> new Option(action.what() + ", " + action.namedPerson() + ", by "
        + Words.date(action.dueOn()), action.id().toString())).toList();
  }

  /** What stands open for the family, for who says it back and who hears it. */
  Map<String, Object> open(UUID move) {
    List<Option> actions = actions(move);
    List<String> notReached = tray.notReached(move);
    return Map.of("openActions", actions, "anyAction", !actions.isEmpty(),
        "notReachedText", notReached.isEmpty() ? "Nothing stands written that is not reached yet."
            : notReached.stream().map(line -> "- " + Words.escaped(line)).collect(Collectors.joining("\n")));
  }
}
