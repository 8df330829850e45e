package org.followthrough.people;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.followthrough.record.Families;
import org.followthrough.record.Matters;
import org.springframework.stereotype.Component;

/** Who may look into which family. A team sees what it holds; some roles stand above or beside the teams. */
@Component
public class Sight {

  private static final Set<String> ALL_FAMILIES =
      Set.of("contact-centre", "service-manager", "head-of-service", "out-of-hours");
  private static final Set<String> MAY_CHANGE = Set.of("service-manager", "head-of-service");

  private final Families families;
  private final Matters matters;

  Sight(Families families, Matters matters) {
    this.families = families;
    this.matters = matters;
  }

  /**
   * Whether members of these groups may see the whole of a family, or of a contact whose family is not known yet. A team to which the
   * family moves reads before it accepts.
   */
  public boolean maySee(List<String> groups, UUID caseId, UUID contactId) {
    return maySee(groups, matters.teams(caseId, contactId)) || caseId != null && maySee(groups, families.movingTo(caseId));
  }

  /** The same where it is known which teams hold the family. */
  public static boolean maySee(List<String> groups, List<String> holders) {
    return groups.stream().anyMatch(ALL_FAMILIES::contains)
        || holders.stream().anyMatch(team -> groups.stream().anyMatch(group -> group.startsWith(team + ".")));
  }

  /** Whether members of these groups may correct, withdraw, split or join: managers of the holding team, and above. */
  public boolean mayChange(List<String> groups, UUID caseId, UUID contactId) {
    return groups.stream().anyMatch(MAY_CHANGE::contains)
        || matters.teams(caseId, contactId).stream().anyMatch(team -> groups.contains(team + ".team-manager"));
  }

  /** Whether members of these groups are asked when something is late: managers, and the safeguarding leads of agencies. */
  public static boolean isAsked(List<String> groups) {
    return groups.stream().anyMatch(group -> MAY_CHANGE.contains(group) || group.endsWith(".team-manager") || group.contains(".safeguarding-lead")
        || group.equals("out-of-hours"));
  }

  /** Whether members of these groups may correct the calendar, which moves dates for everybody. */
  public static boolean mayProclaim(List<String> groups) {
    return groups.contains("head-of-service") || groups.contains(Grants.ADMIN);
  }

  /** The groups in which somebody works with families: all but operations, who run the engine and read no record. */
  public static List<String> withoutOperations(List<String> groups) {
    return groups.stream().filter(group -> !group.equals(Grants.ADMIN)).toList();
  }

  /** The team that holds a family or a contact, or an empty text when none does yet. */
  public String holder(UUID caseId, UUID contactId) {
    return String.join(", ", matters.teams(caseId, contactId));
  }
}
