package org.followthrough.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.Redating;
import org.followthrough.engine.ProcessInstances;
import org.followthrough.family.Chronology;
import org.followthrough.move.Arrivals;
import org.followthrough.move.AuthorityWords;
import org.followthrough.move.Messages;
import org.followthrough.move.Moves;
import org.followthrough.page.Nature;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Takes in what another authority has said: its word fills in the very page on which one of us would write it down, with
 * every check that the page has. A word whose page is not there yet waits; one that was written down by hand before it came
 * stays readable beside it.
 */
@Component
class Intake {

  /** Which page a word fills in. */
  private static final Map<String, String> PAGES = Map.of("receipt", "Record receipt", "answer", "Record answer",
      "conference-date", "Record conference date", "conference-outcome", "Record conference outcome", "read-back", "Write understanding",
      "understood", "Confirm understanding", "acceptance", "Record acceptance", "handed-over", "Record handing over");

  private static final String CONFERENCE_DATE = "conference-date";
  private static final int LONGEST_NAME = 200;

  private final Moves moves;
  private final Messages messages;
  private final Chronology chronology;
  private final Clocks clocks;
  private final Redating redating;
  private final AddressBook book;
  private final Beginnings beginnings;
  private final ProcessInstances instances;
  private final TaskService tasks;
  private final FormService forms;
  private final IdentityService identity;
  private final ObjectMapper json;
  private final Clock clock;

  Intake(Moves moves, Messages messages, Chronology chronology, Clocks clocks, Redating redating, AddressBook book,
      Beginnings beginnings, ProcessInstances instances, @Lazy TaskService tasks, @Lazy FormService forms, @Lazy IdentityService identity,
      ObjectMapper json, Clock clock) {
    this.moves = moves;
    this.messages = messages;
    this.chronology = chronology;
    this.clocks = clocks;
    this.redating = redating;
    this.book = book;
    this.beginnings = beginnings;
    this.instances = instances;
    this.tasks = tasks;
    this.forms = forms;
    this.identity = identity;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Takes a word in, in the transaction of the caller.
   *
   * @return what became of it; empty where its page or process is not there yet, so that it goes on waiting
   * @throws org.followthrough.page.Refusal when the page does not take it
   */
  Optional<String> take(Messages.Word word) {
    Optional<Moves.Move> move = moves.find(word.moveId());
    if (word.type().equals("first-call")) {
      return Optional.of(announce(word, move));
    }
    // what comes before the first call was taken in waits for it
    return move.filter(known -> known.caseId() != null || known.contactId() != null).flatMap(known -> switch (word.type()) {
      // somebody who has read it says so on the page, by name
      case "pack" -> Optional.of("lies on its page");
      case "asked-again" -> askAgain(word, known);
      case "called-off" -> Optional.of(callOff(word, known));
      case "chase", "protecting" -> Optional.of(begin(AuthorityWords.AUTHORITY_WORD_RECEIVED, known, word.id()));
      default -> fillIn(word, known);
    });
  }

  // Processes -----------------------------------------------------------------------------------------------------------

  /** A family that comes only for a time may be announced once more, for good: what must be done then begins again. */
  private String announce(Messages.Word word, Optional<Moves.Move> move) {
    boolean forGoodNow = move.filter(Moves.Move::onlyForATime).isPresent() && !messages.said(word.id()).fields()
        .path("onlyForATime").asBoolean();
    if (move.isPresent() && !forGoodNow) {
      return "announced before";
    }
    beginnings.beginArrival(word.moveId());
    return "process begun";
  }

  private Optional<String> askAgain(Messages.Word word, Moves.Move move) {
    if (!Moves.REFUSED.equals(move.answer())) {
      return ended(word, move);
    }
    chronology.add(line(word, move, "Answer asked"));
    return Optional.of(begin(Arrivals.REFUSAL_DISPUTED, move, move.id()));
  }

  private String callOff(Messages.Word word, Moves.Move move) {
    if (move.passedAt() != null) {
      return later(word, move);
    }
    chronology.add(line(word, move, "Move called off"));
    Stream.of(move.id(), move.conferenceId()).filter(Objects::nonNull)
        .forEach(subject -> instances.withdrawAbout(subject, "no-longer-needed"));
    moves.end(move.id(), Moves.CALLED_OFF, clock.instant());
    return "processes withdrawn";
  }

  private String begin(String message, Moves.Move move, UUID subject) {
    beginnings.begin(message, move, subject);
    return "process begun";
  }

  // Pages -----------------------------------------------------------------------------------------------------------

  private Optional<String> fillIn(Messages.Word word, Moves.Move move) {
    String page = PAGES.get(word.type());
    String obligation = obligation(page);
    if (saidAnewSince(word, obligation)) {
      return Optional.of(later(word, move));
    }
    List<Task> open = tasks.createTaskQuery().taskName(page).processVariableValueEquals("subjectRef", move.id().toString()).list();
    if (!open.isEmpty()) {
      handIn(open.get(0).getId(), word);
      return Optional.of("page filled in");
    }
    if (word.type().equals(CONFERENCE_DATE) && clocks.metSince(obligation, move.id(), Instant.EPOCH)) {
      return Optional.of(anotherDay(word, move));
    }
    return ended(word, move);
  }

  /** Whether what this word says was said anew since: by them, or to somebody of us who wrote it down. */
  private boolean saidAnewSince(Messages.Word word, String obligation) {
    // a day may change while the word of the one before is still on its way
    boolean onlyAmongMessages = word.type().equals(CONFERENCE_DATE) && messages.tookOne(word.moveId(), word.type());
    return messages.takenOneSaidAfter(word.moveId(), word.type(), word.saidAt())
        || !onlyAmongMessages && clocks.metSince(obligation, word.moveId(), word.saidAt());
  }

  /** <i>Take in pack</i> is the obligation {@code TakeInPack}. */
  private static String obligation(String page) {
    return Arrays.stream(page.split(" ")).map(StringUtils::capitalize).collect(Collectors.joining());
  }

  /** Hands in a page as the authority that speaks: it may do what whoever is asked may do, and the record says that it did. */
  private void handIn(String task, Messages.Word word) {
    Set<String> keys = keys(task);
    Messages.Said said = messages.said(word.id());
    Map<String, Object> typed = new HashMap<>();
    said.fields().fields().forEachRemaining(field -> typed.put(field.getKey(), value(field.getValue())));
    if (keys.contains("onBehalfOf")) {
      typed.putIfAbsent("onBehalfOf", said.by().substring(0, Math.min(said.by().length(), LONGEST_NAME)));
    }
    if (keys.contains("happenedEarlier") && typed.get("happenedAt") != null) {
      typed.put("happenedEarlier", true);
    }
    identity.setAuthentication(name(word.authority()), tasks.getIdentityLinksForTask(task).stream().map(IdentityLink::getGroupId)
        .filter(Objects::nonNull).toList());
    try {
      forms.submitTaskForm(task, typed);
    } finally {
      identity.clearAuthentication();
    }
  }

  private Set<String> keys(String task) {
    try (InputStream drawing = forms.getDeployedTaskForm(task)) {
      return Set.copyOf(json.readTree(drawing).findValuesAsText("key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Tasklist posts it: what is more than one value travels as JSON. */
  private static Object value(JsonNode field) {
    return field.isNull() ? null : field.isBoolean() ? (Object) field.asBoolean() : field.isNumber() ? field.numberValue()
        : field.isContainerNode() ? SpinValues.jsonValue(field.toString()).create() : field.asText();
  }

  private String anotherDay(Messages.Word word, Moves.Move move) {
    JsonNode fields = messages.said(word.id()).fields();
    moves.conferenceMeets(move.id(), Messages.moment(fields.path("conferenceAt").asText()), fields.path("conferencePlace").asText(null));
    chronology.add(line(word, move, "Their conference moved"));
    redating.recount("date of their conference", move.contactId(), move.caseId(), move.id(), "Their conference meets on another day");
    return "date moved";
  }

  // What comes too late ---------------------------------------------------------------------------------------------

  private Optional<String> ended(Messages.Word word, Moves.Move move) {
    return move.endedAs() == null ? Optional.empty() : Optional.of(later(word, move));
  }

  /** It changes nothing any more, but it was said, and stays readable beside what was written down. */
  private String later(Messages.Word word, Moves.Move move) {
    chronology.add(line(word, move, "Their word came later"));
    return "came later";
  }

  private Chronology.Line line(Messages.Word word, Moves.Move move, String what) {
    Messages.Said said = messages.said(word.id());
    return new Chronology.Line(move.contactId(), move.caseId(), null, move.id(), what, word.saidAt(), clock.instant(),
        name(word.authority()), said.by(), null, Nature.REPORTED, Words.sentence(word.type()), said.inWords(), null, null);
  }

  private String name(String authority) {
    return book.called(authority);
  }
}
