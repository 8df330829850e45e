package org.followthrough.people;

import java.util.TimeZone;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** The first administrator of a real installation; and no demo person may be left behind in it. */
@Component
@Profile("production")
@Order(1)
class Production implements SmartInitializingSingleton {

  private final IdentityService identity;
  private final ConfigurableEnvironment environment;

  Production(IdentityService identity, ConfigurableEnvironment environment) {
    this.identity = identity;
    this.environment = environment;
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (DemoPeople.Person person : DemoPeople.ALL) {
      User there = identity.createUserQuery().userId(person.id()).singleResult();
      // by name as well: a password may be changed, or locked by too many guesses
      if (there != null && (person.first().equals(there.getFirstName()) && person.last().equals(there.getLastName())
          || identity.checkPassword(person.id(), person.id() + DemoPeople.PASSWORD))) {
        throw new IllegalStateException("The invented user " + person.id()
            + " is in this database. Remove the demo people from this database before real families enter it.");
      }
    }
    String id = environment.getRequiredProperty("followthrough.admin.user");
    if (identity.createUserQuery().userId(id).count() == 0) {
      User admin = identity.newUser(id);
      admin.setFirstName("System");
      admin.setLastName("Administrator");
      admin.setPassword(environment.getRequiredProperty("followthrough.admin.password"));
      identity.saveUser(admin);
      Grants.group(identity, Grants.ADMIN);
      identity.createMembership(id, Grants.ADMIN);
    }
  }

  /** Refuses to start for real families without what must be named, before anything else is done. */
  static class Refusal implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      ConfigurableEnvironment environment = context.getEnvironment();
      if (!environment.acceptsProfiles(Profiles.of("production"))) {
        return;
      }
      require(environment, "spring.datasource.url", "the PostgreSQL that keeps the record (SPRING_DATASOURCE_URL)");
      require(environment, "followthrough.admin.user", "the first administrator (FOLLOWTHROUGH_ADMIN_USER)");
      require(environment, "followthrough.admin.password", "the administrator's password (FOLLOWTHROUGH_ADMIN_PASSWORD)");
      String password = environment.getProperty("followthrough.admin.password", "");
      if (password.endsWith(DemoPeople.PASSWORD) || password.equals("demo") || password.equals("admin")) {
        throw new IllegalStateException("Production does not start with a demo password for the administrator.");
      }
      if (!TimeZone.getDefault().hasSameRules(TimeZone.getTimeZone("UTC"))) {
        throw new IllegalStateException("Production runs in UTC. Start with -Duser.timezone=UTC.");
      }
    }

    private static void require(ConfigurableEnvironment environment, String property, String what) {
      if (environment.getProperty(property, "").isBlank()) {
        throw new IllegalStateException("Production does not start without " + what + ".");
      }
    }
  }
}
