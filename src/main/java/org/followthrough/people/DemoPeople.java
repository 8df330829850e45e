package org.followthrough.people;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Invented people for every role, with passwords that everybody knows. Never in production. */
@Component
@Profile("!production")
class DemoPeople {

  /** One of them; the password is the id with {@value #PASSWORD} after it. */
  record Person(String id, String first, String last, List<String> groups) {}

  static final String PASSWORD = "-demo";

  static final List<Person> ALL = List.of(
      new Person("contact", "Priya", "Shah", List.of("contact-centre")),
      new Person("worker", "Sam", "Carter", List.of("north.social-worker")),
      new Person("manager", "Grace", "Mensah", List.of("north.team-manager")),
      new Person("service-manager", "Owen", "Pritchard", List.of("service-manager")),
      new Person("head", "Helen", "Adeyemi", List.of("head-of-service")),
      new Person("chair", "Martin", "Walsh", List.of("conference-chair")),
      new Person("minutes", "Rosa", "Lindqvist", List.of("minute-taker")),
      new Person("out-of-hours", "Tom", "Okafor", List.of("out-of-hours")),
      new Person("police", "Dan", "Hughes", List.of("police")),
      new Person("health", "Niamh", "Byrne", List.of("health")),
      new Person("school", "Joan", "Patel", List.of("school")),
      new Person("south-worker", "Leila", "Haddad", List.of("south.social-worker")),
      new Person("south-manager", "Peter", "Novak", List.of("south.team-manager")),
      new Person("designer", "Ines", "Moreau", List.of(Grants.DESIGNER)),
      new Person("admin", "Alex", "Admin", List.of(Grants.ADMIN)));

  private final IdentityService identity;

  DemoPeople(IdentityService identity) {
    this.identity = identity;
  }

  void arrive() {
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
