package org.followthrough.people;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.followthrough.people.Agencies.Organisation;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Invented people for every role, with passwords that everybody knows, and some of the organisations that they come from. Never in
 * production.
 */
@Component
@Profile("!production")
public class DemoPeople {

  /** One of them: what they do, and their groups; the password is the id with {@value #PASSWORD} after it. */
  public record Person(String id, String first, String last, String does, List<String> groups) {}

  static final String PASSWORD = "-demo";

  public static final List<Person> ALL = List.of(
      new Person("contact", "Priya", "Shah", "contact centre", List.of("contact-centre")),
      new Person("worker", "Sam", "Carter", "social worker, North", List.of("north.social-worker")),
      new Person("manager", "Grace", "Mensah", "team manager, North", List.of("north.team-manager")),
      new Person("service-manager", "Owen", "Pritchard", "service manager", List.of("service-manager")),
      new Person("head", "Helen", "Adeyemi", "head of service", List.of("head-of-service", Grants.MODEL_APPROVER)),
      new Person("chair", "Martin", "Walsh", "conference chair", List.of("conference-chair")),
      new Person("minutes", "Rosa", "Lindqvist", "minute taker", List.of("minute-taker")),
      new Person("out-of-hours", "Tom", "Okafor", "emergency duty team", List.of("out-of-hours")),
      new Person("police", "Dan", "Hughes", "police", List.of("police")),
      new Person("health", "Niamh", "Byrne", "health visitor", List.of("health")),
      new Person("health-lead", "Ruth", "Ankrah", "safeguarding lead, health", List.of("health.safeguarding-lead")),
      new Person("school", "Joan", "Patel", "school", List.of("school", "mill-road-school")),
      new Person("south-worker", "Leila", "Haddad", "social worker, South", List.of("south.social-worker")),
      new Person("south-manager", "Peter", "Novak", "team manager, South", List.of("south.team-manager")),
      new Person("designer", "Ines", "Moreau", "process designer", List.of(Grants.DESIGNER)),
      new Person("admin", "Alex", "Admin", "operations", List.of(Grants.ADMIN)));

  private static final List<Organisation> ORGANISATIONS = List.of(
      new Organisation("mill-road-school", "Mill Road School", "school", "Joan Patel", "01632 960130", false),
      new Organisation("station-road-nursery", "Station Road Nursery", "school", "Megan Rees", "01632 960131", false),
      new Organisation("riverside-surgery", "Riverside Surgery", "general-practice", "Dr Ify Eze", "01632 960132", false));

  private final IdentityService identity;
  private final Agencies agencies;

  DemoPeople(IdentityService identity, Agencies agencies) {
    this.identity = identity;
    this.agencies = agencies;
  }

  void arrive() {
    ORGANISATIONS.stream().filter(one -> agencies.organisation(one.code()).isEmpty()).forEach(one -> agencies.keep(one, "demo"));
    for (Person person : ALL) {
      if (identity.createUserQuery().userId(person.id()).count() == 0) {
        User user = identity.newUser(person.id());
        user.setFirstName(person.first());
        user.setLastName(person.last());
        user.setPassword(person.id() + PASSWORD);
        identity.saveUser(user);
        person.groups().forEach(group -> {
          Grants.group(identity, group);
          identity.createMembership(person.id(), group);
        });
      }
    }
  }
}
