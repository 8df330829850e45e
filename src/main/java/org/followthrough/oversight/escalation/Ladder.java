package org.followthrough.oversight.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.followthrough.conference.Conferences;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.Deadline;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.WorkingDays;
import org.followthrough.family.Families;
import org.followthrough.family.Networks;
import org.followthrough.minutes.Circulation;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.people.Team;
import org.followthrough.protection.Enquiries;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/**
 * Who is asked when, tier by tier. The first tier stands in the deadline's row, one above the owner; a tier nobody holds
 * is passed over, so that an escalation never waits for an empty chair.
 */
@Component("ladder")
public class Ladder {

  /** The case's line, lowest tier first; the owners stand below or beside it. */
  static final List<String> LINE = List.of("team-manager", "service-manager", "head-of-service");

  private final Clocks clocks;
  private final Deadline deadline;
  private final Team team;
  private final Directory directory;
  private final Contacts contacts;
  private final Families families;
  private final Circulation circulation;
  private final Enquiries enquiries;
  private final Conferences conferences;
  private final Networks networks;
  private final WorkingDays workingDays;
  private final Clock clock;
  private final Agencies agencies;

  Ladder(Clocks clocks, Deadline deadline, Team team, Directory directory, Contacts contacts, Families families,
      Circulation circulation, Enquiries enquiries, Conferences conferences, Networks networks, WorkingDays workingDays, Clock clock,
      Agencies agencies) {
    this.clocks = clocks;
    this.deadline = deadline;
    this.team = team;
    this.directory = directory;
    this.contacts = contacts;
    this.families = families;
    this.circulation = circulation;
    this.enquiries = enquiries;
    this.conferences = conferences;
    this.networks = networks;
    this.workingDays = workingDays;
    this.clock = clock;
    this.agencies = agencies;
  }

  /** The groups that are asked now, comma separated, for {@code camunda:candidateGroups}. */
  public String managers(DelegateExecution execution) {
    return (String) execution.getVariable("askedGroups");
  }

  /** When the next tier is brought in unless somebody answers. */
  public Date climbAt(DelegateExecution execution) {
    boolean danger = late(execution).deadlineClass() == DeadlineClass.DANGER;
    boolean first = (Integer) execution.getVariable("tiersThisTime") < 2;
    return Date.from(deadline.passes("escalation", (first ? "FirstClimb" : "SecondClimb") + (danger ? "InDanger" : ""),
        ((Date) execution.getVariable("askedAt")).toInstant()));
  }

  /** Until when the manager's agreement stops the climb. */
  public Date agreedDate(DelegateExecution execution) {
    return (Date) execution.getVariable("agreedDate");
  }

  /** When the obligation will be overdue after its date was moved. */
  public Date newDueDate(DelegateExecution execution) {
    return Date.from(late(execution).dueAt());
  }

  Clocks.Running late(DelegateExecution execution) {
    return clocks.get(UUID.fromString((String) execution.getVariable("lateClockRef")));
  }

  /** Asks the first tier, afresh: after the start, and after a due date that had moved passed again. */
  void askFirst(DelegateExecution execution) {
    ask(execution, firstTier(execution), true);
  }

  /** Asks the tier above for the first time of a new round; at the top, the top again. Class "record" stays where it is. */
  void askAbove(DelegateExecution execution) {
    Integer above = above(execution);
    ask(execution, above == null ? (Integer) execution.getVariable("tier") : above, true);
  }

  /** Brings in the next tier beside those already asked. */
  boolean bringIn(DelegateExecution execution) {
    Integer above = above(execution);
    if (above != null) {
      ask(execution, above, false);
    }
    return above != null && nextTier(execution) != null;
  }

  private void ask(DelegateExecution execution, int tier, boolean newRound) {
    List<String> groups = new ArrayList<>(groupsOf(execution, tier));
    if (!newRound) {
      groups.addAll(0, List.of(managers(execution).split(",")));
    }
    execution.setVariable("tier", tier);
    execution.setVariable("askedGroups", String.join(",", groups.stream().distinct().toList()));
    execution.setVariable("tiersThisTime", newRound ? 1 : (Integer) execution.getVariable("tiersThisTime") + 1);
    if (newRound) {
      execution.setVariable("askedAt", Date.from(clock.instant()));
    }
    clocks.asked(late(execution).id(), managers(execution), clock.instant());
  }

  private int firstTier(DelegateExecution execution) {
    int tier = LINE.indexOf(late(execution).escalateTo());
    while (tier < LINE.size() - 1 && !directory.anybodyIn(group(execution, tier))) {
      tier++;
    }
    return tier;
  }

  /** The tier above; none for class "record", which stops at the first manager. */
  private Integer above(DelegateExecution execution) {
    return late(execution).deadlineClass() == DeadlineClass.RECORD ? null : nextTier(execution);
  }

  private Integer nextTier(DelegateExecution execution) {
    for (int tier = (Integer) execution.getVariable("tier") + 1; tier < LINE.size(); tier++) {
      if (directory.anybodyIn(group(execution, tier))) {
        return tier;
      }
    }
    return null;
  }

  private List<String> groupsOf(DelegateExecution execution, int tier) {
    String manager = group(execution, tier);
    List<String> silent = silentAgencies(late(execution));
    List<String> groups = new ArrayList<>(silent.isEmpty() ? List.of(manager)
        : silent.stream().map(agency -> leadOf(agency, late(execution)).orElse(manager)).distinct().toList());
    if (late(execution).deadlineClass() == DeadlineClass.DANGER && !officeHours()) {
      groups.add("out-of-hours");
    }
    return groups;
  }

  /** The lead of the organisation, or else of its agency: the one for the team that holds the case, or the one for all. */
  private Optional<String> leadOf(String agency, Clocks.Running late) {
    return Stream.of(agency, agencies.agencyOf(agency)).distinct().map(Agencies::leadGroup)
        .flatMap(lead -> Stream.of(lead + "." + teamOf(late), lead)).filter(directory::anybodyIn).findFirst();
  }

  /** From where a word is late: each is asked through its own safeguarding lead, where it has one here. */
  List<String> silentAgencies(Clocks.Running late) {
    return switch (late.obligation()) {
      case "ConfirmOutcomeHeard" -> Optional.ofNullable(contacts.byId(late.contactId()).agency()).stream().toList();
      case "CheckAgencies" -> enquiries.silent(late.subjectId());
      case "CollectReports" -> conferences.silent(late.subjectId());
      case "CollectConfirmations" -> networks.silent(late.subjectId()).stream().map(Networks.Notice::agency).distinct().toList();
      case "ConfirmReceipts" -> circulation.missing(late.subjectId()).stream().map(Circulation.Copy::agency).distinct().toList();
      default -> List.of();
    };
  }

  private String group(DelegateExecution execution, int tier) {
    String role = LINE.get(tier);
    return role.equals("team-manager") ? teamOf(late(execution)) + "." + role : role;
  }

  private String teamOf(Clocks.Running late) {
    return team.of(late.caseId() == null ? null : families.reference(late.caseId()),
        late.contactId() == null ? null : contacts.byId(late.contactId()).reference());
  }

  private boolean officeHours() {
    Instant now = clock.instant();
    return workingDays.isWorkingDay(WorkingDays.dayOf(now))
        && !now.atZone(WorkingDays.LONDON).toLocalTime().isBefore(WorkingDays.OPENING)
        && now.atZone(WorkingDays.LONDON).toLocalTime().isBefore(WorkingDays.CLOSING);
  }
}
