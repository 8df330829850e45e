package org.followthrough.oversight.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.followthrough.deadline.Clocks;
import org.followthrough.deadline.DeadlineClass;
import org.followthrough.deadline.WorkingDays;
import org.followthrough.family.Families;
import org.followthrough.people.Agencies;
import org.followthrough.people.Directory;
import org.followthrough.people.Team;
import org.followthrough.referral.Contacts;
import org.springframework.stereotype.Component;

/** Who stands in which tier of the line of a case, by day and by night. */
@Component
class Tiers {

  /** The case's line, lowest tier first; the owners stand below or beside it. */
  static final List<String> LINE = List.of("team-manager", "service-manager", "head-of-service");

  private final SilentAgencies silent;
  private final Team team;
  private final Directory directory;
  private final Contacts contacts;
  private final Families families;
  private final WorkingDays workingDays;
  private final Clock clock;
  private final Agencies agencies;

  Tiers(SilentAgencies silent, Team team, Directory directory, Contacts contacts, Families families, WorkingDays workingDays, Clock clock,
      Agencies agencies) {
    this.silent = silent;
    this.team = team;
    this.directory = directory;
    this.contacts = contacts;
    this.families = families;
    this.workingDays = workingDays;
    this.clock = clock;
    this.agencies = agencies;
  }

  /** The groups that a tier is, for what is late; agencies that are silent are asked in its place through their own leads. */
  List<String> asked(Clocks.Running late, int tier) {
    String manager = group(late, tier);
    List<String> agencies = silent.of(late);
    List<String> groups = new ArrayList<>(agencies.isEmpty() ? List.of(manager)
        : agencies.stream().map(agency -> leadOf(agency, late).orElse(manager)).distinct().toList());
    if (late.rule().deadlineClass() == DeadlineClass.DANGER && !officeHours()) {
      groups.add("out-of-hours");
    }
    return groups;
  }

  /** The lead of the organisation, or else of its agency: the one for the team that holds the case, or the one for all. */
  private Optional<String> leadOf(String agency, Clocks.Running late) {
    return Stream.of(agency, agencies.agencyOf(agency)).distinct().map(Agencies::leadGroup)
        .flatMap(lead -> Stream.of(lead + "." + teamOf(late), lead)).filter(directory::anybodyIn).findFirst();
  }

  /** Whether somebody here holds this tier. */
  boolean held(Clocks.Running late, int tier) {
    return directory.anybodyIn(group(late, tier));
  }

  private String group(Clocks.Running late, int tier) {
    String role = LINE.get(tier);
    return role.equals("team-manager") ? teamOf(late) + "." + role : role;
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
