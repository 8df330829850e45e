package org.followthrough.tasklist;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.Lateness;
import org.followthrough.engine.OpenTasks.OpenTask;
import org.followthrough.engine.OpenTasks;
import org.followthrough.page.Words;
import org.followthrough.people.Directory;
import org.followthrough.people.Sight;
import org.followthrough.referral.Contacts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What is late, one line to a family: three siblings unseen are one line, and a child in danger is never below a missing receipt. A manager
 * reads what is late for every family of the team, a social worker what is late for the families they look after; and everybody what they
 * were asked about, which is all that reaches those who stand above or beside the teams.
 */
@RestController
class LateApi {

  /**
   * One thing that is late.
   *
   * @param taskId the reader's own task about it; null where they have none
   * @param what the obligation
   * @param since when it was due
   * @param grave its class, as the table of deadlines spells it
   * @param lateBy by how much, in words
   * @param asks whether the reader's task asks what happens now
   * @param whose who has it, or whose it may be
   * @param done what was done about it so far, a sentence each
   */
  record Item(String taskId, String what, Instant since, String grave, String lateBy, boolean asks, String whose, List<String> done) {}

  /**
   * Everything that is late about one family.
   *
   * @param children their first names; empty for whoever may not see the family
   * @param open whether the reader may open the case
   * @param items the gravest first, of those the one that is late the longest
   */
  record Line(String reference, List<String> children, boolean open, List<Item> items) {}

  private static final Comparator<Clocks.Late> WORST_FIRST = Comparator
      .<Clocks.Late, DeadlineClass>comparing(late -> late.clock().rule().deadlineClass()).thenComparing(late -> late.clock().dueAt());

  private final Directory directory;
  private final OpenTasks openTasks;
  private final Clocks clocks;
  private final Lateness lateness;
  private final CaseFile file;
  private final Contacts contacts;
  private final Clock clock;
  private final int most;

  LateApi(Directory directory, OpenTasks openTasks, Clocks clocks, Lateness lateness, CaseFile file, Contacts contacts,
      Clock clock, @Value("${camunda.bpm.generic-properties.properties.queryMaxResultsLimit}") int most) {
    this.directory = directory;
    this.openTasks = openTasks;
    this.clocks = clocks;
    this.lateness = lateness;
    this.file = file;
    this.contacts = contacts;
    this.clock = clock;
    this.most = most;
  }

  /** What is late for whoever is signed in, a line to each family, the worst on top; what it shows of a family is written down as read. */
  @GetMapping("/api/overdue")
  List<Line> overdue(Principal user) {
    Reader reader = new Reader(user.getName(), directory.groupsOf(user.getName()), clock.instant(), new HashMap<>());
    List<Clocks.Late> late = clocks.late(eyes(reader), reader.now(), most);
    Map<UUID, List<OpenTask>> open = openTasks.under(late.stream().map(one -> one.clock().id()).toList());
    Set<UUID> cases = late.stream().map(one -> one.clock().caseId()).filter(Objects::nonNull).collect(Collectors.toSet());
    Map<UUID, CaseFile.Held> families = file.cards(cases).stream().collect(Collectors.toMap(CaseFile.Held::caseId, family -> family));
    // in the order of the worst of each: the map keeps in which order its families came
    Map<UUID, List<Clocks.Late>> byFamily = late.stream().sorted(WORST_FIRST).collect(Collectors.groupingBy(
        one -> one.clock().caseId() == null ? one.clock().contactId() : one.clock().caseId(), LinkedHashMap::new, Collectors.toList()));
    Set<UUID> shown = new HashSet<>();
    List<Line> lines = byFamily.values().stream()
        .map(items -> line(items, families.get(items.get(0).clock().caseId()), open, reader, shown)).toList();
    file.looked(user.getName(), "late in my families", shown);
    return lines;
  }

  /** Who reads, when, and what people are called who were named so far. */
  private record Reader(String user, List<String> groups, Instant now, Map<String, String> names) {

    boolean has(OpenTask task) {
      return user.equals(task.assignee()) || task.groups().stream().anyMatch(groups::contains);
    }
  }

  private Clocks.Eyes eyes(Reader reader) {
    boolean worker = Sight.worksWithFamilies(reader.groups());
    return new Clocks.Eyes(Sight.managedTeams(reader.groups()), worker ? reader.user() : null,
        Sight.besideTheTeams(reader.groups()), worker ? openTasks.instancesWith(reader.user(), most) : List.of());
  }

  private Line line(List<Clocks.Late> late, CaseFile.Held family, Map<UUID, List<OpenTask>> open, Reader reader, Set<UUID> shown) {
    if (family == null) {
      Contacts.Contact contact = contacts.byId(late.get(0).clock().contactId());
      List<String> holder = contact.team() == null ? List.of() : List.of(contact.team());
      return new Line(contact.reference(), List.of(), Sight.maySee(reader.groups(), holder), items(late, holder, open, reader));
    }
    boolean sees = Sight.maySee(reader.groups(), family.teams());
    if (sees) {
      shown.add(family.caseId());
    }
    return new Line(family.card().reference(), sees ? family.card().children() : List.of(), sees,
        items(late, family.teams(), open, reader));
  }

  private List<Item> items(List<Clocks.Late> late, List<String> holders, Map<UUID, List<OpenTask>> open, Reader reader) {
    return late.stream().map(one -> {
      List<OpenTask> under = open.getOrDefault(one.clock().id(), List.of());
      Optional<OpenTask> theirs = under.stream().filter(reader::has).max(Comparator.comparing(OpenTask::asks));
      DeadlineClass grave = one.clock().rule().deadlineClass();
      Instant due = one.clock().dueAt();
      return new Item(theirs.map(OpenTask::id).orElse(null), Words.label(one.clock().obligation()), due, grave.spelling(),
          lateness.by(grave, due, reader.now()), theirs.filter(OpenTask::asks).isPresent(), whose(under, holders, reader),
          done(one, Sight.maySee(reader.groups(), holders), reader));
    }).toList();
  }

  private String whose(List<OpenTask> under, List<String> holders, Reader reader) {
    List<OpenTask> work = under.stream().filter(task -> !task.asks()).toList();
    List<String> taken = work.stream().map(OpenTask::assignee).filter(Objects::nonNull).distinct().map(one -> name(one, reader)).toList();
    List<String> free = work.stream().filter(task -> task.assignee() == null).flatMap(task -> task.groups().stream()).distinct()
        .map(LateApi::role).toList();
    List<String> whose = new ArrayList<>();
    if (!taken.isEmpty()) {
      whose.add("With " + String.join(", ", taken));
    }
    if (!free.isEmpty()) {
      whose.add("Nobody has taken it: " + String.join(", ", free));
    }
    // what waits for a machine or for others is watched by whoever holds the family
    return whose.isEmpty() ? "Held by " + holders.stream().map(Words::sentence).collect(Collectors.joining(", "))
        : String.join(". ", whose);
  }

  private List<String> done(Clocks.Late late, boolean sees, Reader reader) {
    List<String> done = new ArrayList<>();
    if (late.agreedAt() != null) {
      done.add("Agreed on " + Words.date(late.agreedAt()) + " by " + name(late.agreedBy(), reader) + ", until "
          + Words.moment(late.newDate()) + (sees ? ": " + late.agreed() : ""));
    }
    if (late.asked() != null && (late.agreedAt() == null || late.askedAt().isAfter(late.agreedAt()))) {
      done.add("Asked on " + Words.moment(late.askedAt()) + ", no answer yet: "
          + Stream.of(late.asked().split(",")).map(LateApi::role).collect(Collectors.joining(", ")));
    }
    return done.isEmpty() ? List.of("Nobody has been asked yet") : done;
  }

  private static String role(String group) {
    return Words.sentence(group.replace('.', ' '));
  }

  private String name(String userId, Reader reader) {
    return reader.names().computeIfAbsent(userId, directory::name);
  }
}
