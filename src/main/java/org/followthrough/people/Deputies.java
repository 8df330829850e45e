package org.followthrough.people;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.followthrough.page.Refusal;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deputies: for a time, somebody holds another's roles as well, and every wall lets them through as it would the other. */
@Component
public class Deputies {

  private static final Duration LONGEST = Duration.ofDays(92);

  private final JdbcClient jdbc;
  private final IdentityService identity;
  private final Directory directory;
  private final Clock clock;

  Deputies(JdbcClient jdbc, @Lazy IdentityService identity, Directory directory, Clock clock) {
    this.jdbc = jdbc;
    this.identity = identity;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Names a deputy for all roles that somebody holds in their own right.
   *
   * @throws Refusal when the end is past or more than three months away, or it is the person themselves
   */
  @Transactional
  public void name(String principal, String deputy, Instant until) {
    Instant now = clock.instant();
    if (principal.equals(deputy)) {
      throw new Refusal("deputy", "Choose somebody else.");
    }
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
      throw new Refusal("until", "Choose an end within the next three months.");
    }
    List<String> lent = lentTo(principal);
    List<String> theirs = directory.groupsOf(deputy);
    List<String> lentBefore = lentTo(deputy);
    for (String role : directory.groupsOf(principal)) {
      if (!lent.contains(role) && (!theirs.contains(role) || lentBefore.contains(role))) {
        if (!theirs.contains(role)) {
          identity.createMembership(deputy, role);
        }
        jdbc.sql("insert into deputy (role, user_id, since, until, named_by) values (:role, :user, :now, :until, :by)")
            .param("role", role).param("user", deputy).param("now", Timestamp.from(now)).param("until", Timestamp.from(until))
            .param("by", principal).update();
      }
    }
  }

  private List<String> lentTo(String user) {
    return jdbc.sql("select distinct role from deputy where user_id = :user and ended_at is null").param("user", user)
        .query(String.class).list();
  }

  /** Takes lent roles back when their time is over. */
  @Scheduled(fixedDelayString = "PT1M")
  @Transactional
  public void end() {
    jdbc.sql("select role, user_id from deputy where until <= :now and ended_at is null for update skip locked")
        .param("now", Timestamp.from(clock.instant()))
        .query((row, n) -> new String[] {row.getString("role"), row.getString("user_id")}).list()
        .forEach(over -> {
          jdbc.sql("update deputy set ended_at = :now where role = :role and user_id = :user and ended_at is null and until <= :now")
              .param("now", Timestamp.from(clock.instant())).param("role", over[0]).param("user", over[1]).update();
          // somebody who stands in twice does so until the later end
          if (!lentTo(over[1]).contains(over[0])) {
            identity.deleteMembership(over[1], over[0]);
          }
        });
  }
}
