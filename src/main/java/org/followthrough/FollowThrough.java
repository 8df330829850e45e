package org.followthrough;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The application: one process engine, one database, one web front for Tasklist, Cockpit and our own screens. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@EnableScheduling
@ConfigurationPropertiesScan
public class FollowThrough {

  public static void main(String[] args) {
    // ACT_RU_JOB.DUEDATE_ and its like carry no zone, so the machine counts in UTC; working days are London's.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    SpringApplication.run(FollowThrough.class, args);
  }
}
