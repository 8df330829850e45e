package org.followthrough.people;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.followthrough.family.Families;
import org.followthrough.page.Matters;
import org.springframework.stereotype.Component;

/** Who may look into which family. A team sees what it holds; some roles stand above or beside the teams. */
@Component
public class Sight {

  private static final Set<String> ALL_FAMILIES =
      Set.of("contact-centre", "service-manager", "head-of-service", "out-of-hours");
  private static final Set<String> MAY_CHANGE = Set.of("service-manager", "head-of-service");
  private static final String MANAGER = ".team-manager";
  private static final String WORKER = ".social-worker";
  /** The role of those who answer in an agency for the safety of children: bound to it as others are to a team. */
  static final String LEAD = ".safeguarding-lead";

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
        || holders.stream().anyMatch(team -> groups.stream()
            .anyMatch(group -> group.startsWith(team + ".") && !group.startsWith(team + LEAD)));
  }

  /** Whether members of these groups may correct, withdraw, split or join: managers of the holding team, and above. */
  public boolean mayChange(List<String> groups, UUID caseId, UUID contactId) {
    return overAllTeams(groups) || matters.teams(caseId, contactId).stream().anyMatch(team -> groups.contains(team + MANAGER));
  }

  /**
   * Whether something late may be the business of members of these groups: those who work with families, their managers, and whoever is
   * asked when something is late, as the safeguarding leads of agencies.
   */
  public static boolean isAsked(List<String> groups) {
    return overAllTeams(groups) || groups.stream().anyMatch(group -> group.endsWith(MANAGER) || group.endsWith(WORKER)
        || group.contains(LEAD) || group.equals("out-of-hours"));
  }

  /** Whether members of these groups stand above every team. */
  public static boolean overAllTeams(List<String> groups) {
    return groups.stream().anyMatch(MAY_CHANGE::contains);
  }

  /** The teams that members of these groups manage. */
  public static List<String> managedTeams(List<String> groups) {
    return groups.stream().filter(group -> group.endsWith(MANAGER))
        .map(group -> group.substring(0, group.length() - MANAGER.length())).toList();
  }

  /** Whether members of these groups work with families as social workers of a team. */
  public static boolean worksWithFamilies(List<String> groups) {
    return groups.stream().anyMatch(group -> group.endsWith(WORKER));
  }

  /** Those of these groups that belong to no team: they see of a family what they are asked about. */
  public static List<String> besideTheTeams(List<String> groups) {
    return groups.stream().filter(group -> !group.endsWith(MANAGER) && !group.endsWith(WORKER)).toList();
  }

  /** Whether members of these groups may correct the calendar, which moves dates for everybody. */
  public static boolean mayProclaim(List<String> groups) {
    return groups.contains("head-of-service") || groups.contains(Grants.ADMIN);
  }

  /** Whether members of these groups draw models. */
  public static boolean mayProposeModels(List<String> groups) {
    return groups.contains(Grants.DESIGNER) || groups.contains(Grants.ADMIN);
  }

  /** Whether members of these groups may put in force what others have drawn. */
  public static boolean mayPutModelsInForce(List<String> groups) {
    return groups.contains(Grants.MODEL_APPROVER);
  }

  /** Whether members of these groups run the engine. */
  public static boolean isOperations(List<String> groups) {
    return groups.contains(Grants.ADMIN);
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
