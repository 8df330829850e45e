package org.followthrough.support.childinneed;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.followthrough.family.Chronology;
import org.followthrough.page.Matter;
import org.followthrough.page.Nature;
import org.followthrough.page.Reads;
import org.followthrough.page.Refusal;
import org.followthrough.page.Step;
import org.followthrough.page.Submission;
import org.followthrough.page.Words;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.support.Supports;
import org.springframework.stereotype.Component;

/** Passed on is not taken over: the one who was named says that they have it, or a manager who has heard it from them. */
@Component
class AcceptSupport implements Step {

  private final Supports supports;
  private final Directory directory;
  private final Chronology chronology;
  private final Agencies agencies;

  AcceptSupport(Supports supports, Directory directory, Chronology chronology, Agencies agencies) {
    this.supports = supports;
    this.directory = directory;
    this.chronology = chronology;
    this.agencies = agencies;
  }

  @Override
  public Reads reads() {
    return new Reads().yes("accepted").text("whyNot").happened();
  }

  @Override
  public String event() {
    return "Support accepted";
  }

  @Override
  public String event(Submission typed) {
    return typed.yes("accepted") ? event() : "Support declined";
  }

  @Override
  public Nature nature(Submission typed) {
    return Nature.REPORTED;
  }

  @Override
  public boolean meetsItsClock(Submission typed) {
    return typed.yes("accepted");
  }

  @Override
  public Optional<String> notFor(Matter matter) {
    Supports.Support support = supports.find(matter.subjectId()).orElseThrow();
    boolean theirs = support.receiver().user() == null || support.receiver().user().equals(matter.user());
    return theirs || directory.groupsOf(matter.user()).stream().anyMatch(group -> group.endsWith(".team-manager")) ? Optional.empty()
        : Optional.of("This was handed to somebody else by name. They answer it, or a manager who has heard from them.");
  }

  /** Whoever takes over sees whom and with what help, and not the family's whole story. */
  @Override
  public Map<String, Object> shows(Matter matter) {
    Supports.Support support = supports.find(matter.subjectId()).orElseThrow();
    Supports.Receiver receiver = support.receiver();
    return Map.of("supportText", "**" + Words.sentence(support.kind()) + "** for "
        + supports.children(support.id()).stream().map(child -> Words.escaped(child.label())).collect(Collectors.joining(", "))
        + ", handed to **" + Words.escaped(receiver.user() == null ? receiver.name() : directory.name(receiver.user()))
        + "**" + (receiver.agency() == null ? "" : ", " + Words.escaped(agencies.spoken(receiver.agency())))
        + "\n\n" + Words.escaped(support.help()));
  }

  @Override
  public Map<String, Object> take(Submission typed) {
    Matter matter = typed.matter();
    UUID id = matter.subjectId();
    Supports.Support support = supports.find(id).orElseThrow();
    if (typed.happenedAt().isBefore(support.begunAt())) {
      throw new Refusal("happenedAt", "It would be accepted before it was needed. Check the date and time.");
    }
    if (typed.yes("accepted")) {
      supports.accept(id, typed.happenedAt(), matter.user());
      chronology.add(Chronology.Line.fact(matter.contactId(), matter.caseId(), null, "Support last reviewed", typed.recordedAt(),
          matter.user(), null)
          .about(id).happened(typed.happenedAt()));
    } else {
      typed.demand("whyNot", "Say why not, and what would have to be different.");
      supports.decline(id, typed.text("whyNot"));
    }
    return Map.of("supportAccepted", typed.yes("accepted"));
  }
}
